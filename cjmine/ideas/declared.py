"""What an organisation has tried or wants to try, as values: ideas with what each promises."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cjmine.eventlog.where import Where
from cjmine.ideal.deviations import DeviationClass
from cjmine.ideal.nodes import UNMARKED, Mark


class Status(StrEnum):
    """How far an idea is; the last two are closed."""

    IDEA = "idea"
    PLANNED = "planned"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"

    @property
    def is_closed(self) -> bool:
        """Whether nothing more is done about it.

        >>> [one.value for one in Status if one.is_closed]
        ['done', 'stopped']
        """
        return self in (Status.DONE, Status.STOPPED)


class Metric(StrEnum):
    """The share of journeys that an idea is measured by: that of `compare` by the same name.

    From `skipped` on they are the deviations of `check`.
    """

    GOAL = "goal"
    DROP_OFF = "drop-off"
    CONTACT = "contact"
    RETURNED = "returned"
    SKIPPED = "skipped"
    UNEXPECTED = "unexpected"
    OUT_OF_ORDER = "out-of-order"
    SWAPPED = "swapped"
    REPLACED = "replaced"
    REPEATED = "repeated"
    WRONG_CHANNEL = "wrong-channel"
    LATE = "late"
    EARLY = "early"
    FAILED = "failed"

    @property
    def needs_step(self) -> bool:
        """Whether it is about one step."""
        return self not in (Metric.GOAL, Metric.CONTACT, Metric.RETURNED, Metric.UNEXPECTED)

    @property
    def rises(self) -> bool:
        """Whether more of it is better."""
        return self in (Metric.GOAL, Metric.RETURNED)


class PromiseUnit(StrEnum):
    """What a promise is in: percentage points, a part of what there was, or journeys a week."""

    POINTS = "pp"
    PERCENT = "%"
    JOURNEYS = "journeys"


@dataclass(frozen=True, slots=True)
class Promise:
    """How much a metric is expected to change; points and percents as shares, with their sign."""

    value: float
    unit: PromiseUnit


@dataclass(frozen=True, slots=True)
class Idea:
    """One idea. `noted` is the day on which it was written down; `since` and `until` when it ran.

    `touchpoint` is what is unexpected, or what contact it is about. `harm` is the loss of goals,
    as a share, that would not matter. `control` are journeys that it does not reach. `jira` is the
    key of its issue.
    """

    id: str
    title: str
    metric: Metric
    journey: str | None = None
    step: str | None = None
    touchpoint: str | None = None
    deviation: DeviationClass | None = None
    owner: str | None = None
    status: Status = Status.IDEA
    noted: date | None = None
    since: date | None = None
    until: date | None = None
    where: tuple[Where, ...] = ()
    control: tuple[Where, ...] = ()
    expected: Promise | None = None
    harm: float | None = None
    jira: str | None = None
    mark: Mark = UNMARKED

    def is_about(self, journey: str) -> bool:
        """Whether it is about a journey; one that names none is about any."""
        return self.journey in (None, journey)

    def runs_with(self, other: Idea, observed: date = date.max) -> bool:
        """Whether both ran at the same time at the same place, so that one measure has both.

        `observed` is the last day that can be measured: what begins later is in no measure.

        >>> from datetime import date
        >>> one = Idea("A", "a", Metric.GOAL, since=date(2026, 1, 1), until=date(2026, 2, 1))
        >>> one.runs_with(Idea("B", "b", Metric.CONTACT, since=date(2026, 2, 1)))
        True
        >>> one.runs_with(Idea("B", "b", Metric.LATE, step="Pay", since=date(2026, 1, 1)))
        False
        """
        if self.since is None or other.since is None:
            return False
        last, other_last = self.until or date.max, other.until or date.max
        at_once = max(self.since, other.since) <= min(last, other_last, observed)
        here = (self.journey, self.step, self.touchpoint)
        return (
            at_once
            and here == (other.journey, other.step, other.touchpoint)
            and (not _are_apart(self.where, other.where))
        )


def _are_apart(one: tuple[Where, ...], other: tuple[Where, ...]) -> bool:
    """Whether no journey can have both: the same column with other values."""
    return any(
        a.column == b.column and not set(a.values) & set(b.values) for a in one for b in other
    )


@dataclass(frozen=True, slots=True)
class Register:
    """The ideas of one file, in its order; `text` is the file itself, for edits of it."""

    ideas: tuple[Idea, ...]
    file: str
    text: str

    def of(self, journey: str) -> tuple[Idea, ...]:
        """The ideas about a journey."""
        return tuple(one for one in self.ideas if one.is_about(journey))

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that the ideas look at: a load must keep them."""
        every = (where.column for one in self.ideas for where in (*one.where, *one.control))
        return tuple(dict.fromkeys(every))
