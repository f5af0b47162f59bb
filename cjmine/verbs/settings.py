"""What can be asked of each verb: one dataclass a verb, for the command line and notebooks.

Light, because `--help` reads it: everything slow is imported by what reads a value.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, TypeVar

from cjmine.disclosure.policy import Policy
from cjmine.durations import microseconds
from cjmine.errors import Code, Place, Problem, UsageError
from cjmine.eventlog.where import Where, where
from cjmine.option import option
from cjmine.privacy.group_size import DEFAULT_MIN_GROUP
from cjmine.verbs.bounds import Bound, bound

if TYPE_CHECKING:
    from cjmine.ideal.journey import IdealJourney
    from cjmine.results.baseline import Baseline

LABELS_LISTED = 25
VARIANTS_LISTED = 5  # on a screen; notebooks list all
VARIANTS_REPORTED = 10
JUDGING = "Judging"
FILTERS = "Filters: which journeys are counted"


Other = TypeVar("Other", bound="Settings")


def duration(written: str, name: str) -> int:
    """A duration in microseconds; `name` is the option for errors. Raises UsageError U101."""
    try:
        return microseconds(written)
    except UsageError as error:
        place = Place(name)
        raise UsageError(*(replace(problem, place=place) for problem in error.problems)) from None


def rows(written: str, name: str) -> int | None:
    """A number of rows, or None for all of them; `name` is the option for errors.

    >>> rows("20", "--top"), rows("all", "--top")
    (20, None)

    Raises UsageError U101.
    """
    if written == "all":
        return None
    if written.isdecimal():
        return int(written)
    raise UsageError(
        Problem(
            Code.USAGE,
            'a number or "all" is needed',
            Place(name),
            remedy=f"for example {name} 20",
        )
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What every verb that counts can be asked: how small a group may be shown, and to whom."""

    min_group: int = option(
        DEFAULT_MIN_GROUP, "Fold groups of fewer customers.", "N", kind=int, min=1
    )
    release: bool = option(False, "Round counts: for what leaves the team.", kind=bool)

    @property
    def policy(self) -> Policy:
        """What may be shown. Raises UsageError U101 where small groups would be released.

        >>> Settings(min_group=20, release=True).policy.base
        10
        """
        if self.release and self.min_group < DEFAULT_MIN_GROUP:
            raise UsageError(
                Problem(
                    Code.USAGE,
                    f"what is released shows groups of {DEFAULT_MIN_GROUP} customers or more",
                    Place("--release"),
                    remedy="leave --min-group away, or --release for use inside",
                )
            )
        return Policy(self.min_group, self.release)

    def into(self, kind: type[Other], **more: Any) -> Other:
        """Settings of another verb with the same answers to what both are asked of every log.

        >>> Settings(min_group=5).into(CutSettings, goal=("Buy",)).min_group
        5
        >>> CheckSettings(deadline=60).into(DiscoverSettings).deadline
        60
        """
        common = {one.name for one in fields(self)} & {one.name for one in fields(kind)}
        asked = (one.name for one in fields(JudgedSettings) if one.name in common)
        return kind(**{name: getattr(self, name) for name in asked}, **more)


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedSettings(Settings):
    """Which journeys are counted and judged, and by what time, in microseconds (since 1970).

    Without moments the log observes from its first to its last event; without a deadline that of
    the ideal holds, else an assumed one. Filters choose journeys by when they begin, never events.
    """

    observed_from: Bound | None = option(
        None, "Journeys that began before are truncated.", "DAY", read=bound, panel=JUDGING
    )
    observed_until: Bound | None = option(
        None, "Events after it are not seen.", "DAY", read=bound, panel=JUDGING
    )
    deadline: int | None = option(
        None, "Judge journeys by their first: 14d.", "TIME", read=duration, panel=JUDGING
    )

    since: Bound | None = option(
        None, "Journeys that begin then or later.", "DAY", read=bound, panel=FILTERS
    )
    until: Bound | None = option(
        None, "Journeys that begin then or earlier.", "DAY", read=bound, panel=FILTERS
    )
    where: tuple[Where, ...] = option(
        (),
        "Journeys by a column: 'fund = \"A\"'; repeatable.",
        "CONDITION",
        several=True,
        read=where,
        panel=FILTERS,
    )

    having: tuple[str, ...] = option(
        (), "Journeys that have it; repeatable.", "ACTIVITY", several=True, panel=FILTERS
    )
    shorter: int | None = option(
        None, "Journeys that take less: 3d.", "TIME", read=duration, panel=FILTERS
    )
    longer: int | None = option(
        None, "Journeys that take more: 3d.", "TIME", read=duration, panel=FILTERS
    )
    variant: int | None = option(
        None, "Journeys of one variant, as discover lists.", "N", kind=int, min=1, panel=FILTERS
    )

    by: str | None = option(None, "Compare journeys by a column.", "COLUMN")

    @property
    def is_about_a_log(self) -> bool:
        """Whether anything of this is asked for, which an earlier result has decided."""
        mine = {one.name for one in fields(JudgedSettings)} - {one.name for one in fields(Settings)}
        return any(
            getattr(self, one.name) != one.default for one in fields(self) if one.name in mine
        )

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that journeys are chosen and compared by: a load must keep them."""
        by = () if self.by is None else (self.by,)
        return (*(one.column for one in self.where), *by)


@dataclass(frozen=True, slots=True, kw_only=True)
class CutSettings(JudgedSettings):
    """How journeys are cut from events, and what they are for; `gap` is in microseconds."""

    goal: tuple[str, ...] = option((), "The goal; repeatable.", "ACTIVITY", several=True)
    entry: tuple[str, ...] = option(
        (), "Count journeys from here; repeatable.", "ACTIVITY", several=True
    )
    gap: int | None = option(None, "A pause that begins a new journey: 30d.", "TIME", read=duration)


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalSettings(CutSettings):
    """A goal and how journeys are cut, for verbs that an ideal journey can also say this to."""

    until_goal: bool = option(False, "A journey ends with the goal.", kind=bool)

    @property
    def rules(self) -> tuple[str, ...]:
        """The names of those rules that are asked for, and that an ideal journey declares.

        >>> GoalSettings(goal=("Buy",), gap=60).rules
        ('goal', 'gap')
        """
        return tuple(name for name in ("goal", "entry", "gap", "until_goal") if getattr(self, name))


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscoverSettings(GoalSettings):
    """What to find out about a log. `top` limits the list of variants; None lists all.

    `declared` are the names that an ideal journey declares: only these may be absent from the log.
    """

    declared: tuple[str, ...] = ()
    top: int | None = option(
        None, "How many variants to show.", "N|all", typed=str(VARIANTS_LISTED), read=rows
    )

    def as_the_ideal_says(self, journey: IdealJourney) -> DiscoverSettings:
        """The same, with the goal, entry, cut and deadline that an ideal journey declares."""
        return replace(
            self,
            goal=journey.goal,
            entry=journey.entry,
            gap=journey.gap,
            until_goal=journey.until_goal,
            declared=(*journey.goal, *journey.entry),
            deadline=journey.deadline if self.deadline is None else self.deadline,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckSettings(JudgedSettings):
    """How to check."""

    baseline: Baseline | None = None
    ranges: bool = option(
        False, "Also say what is left out or extra in every cheapest alignment.", kind=bool
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSettings(JudgedSettings):
    """What to report; without a goal that of the ideal. `command` is what was typed."""

    goal: tuple[str, ...] = option((), "The goal; repeatable.", "ACTIVITY", several=True)
    title: str | None = option(None, "The title; else the name of the journey.", "TEXT")
    gain: bool = option(
        False, "Of a portfolio: also say what fixing each journey would gain.", kind=bool
    )
    baseline: Baseline | None = None
    command: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchpointSettings(Settings):
    """How many labels of a source to list; None lists all."""

    listed: int | None = option(
        None,
        "How many labels of a source to list.",
        "N|all",
        names=("--list",),
        typed=str(LABELS_LISTED),
        read=rows,
    )
