"""What `dropoff` finds: the fields are the keys of `dropoff -f json`, in its order.

A figure that is None is withheld, because it would be about too few customers, or undefined.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Literal

from cjmine.errors import Note
from cjmine.results.figures import (
    STRICT,
    Change,
    Journeys,
    Limit,
    Moment,
    Proportion,
    Seconds,
)
from cjmine.results.full_time import JudgedPeriod
from cjmine.results.log import LogSize, Privacy, Source
from cjmine.results.share import Share
from cjmine.results.trend import Every

TIMED_OUT, UNDER_WAY = "timed out", "under way"


class CauseKind(StrEnum):
    """What ends a journey: the goal, a declared exit, or that its time is over."""

    GOAL = "goal"
    EXIT = "exit"
    TIMED_OUT = TIMED_OUT


@dataclass(frozen=True, slots=True)
class CauseShare:
    """The share of journeys that ended by a cause until some time, with its standard error.

    `cause` is the label of a goal or an exit, or "timed out"; the interval is at 95 %.
    """

    cause: str
    kind: CauseKind
    value: Proportion | None
    low: Proportion | None
    high: Proportion | None
    se: Proportion | None

    def __post_init__(self) -> None:
        """Hold that the share lies in its interval."""
        if self.value is None and (self.low, self.high, self.se) != (None, None, None):
            raise ValueError("a share that is withheld has no interval")
        if self.low is None or self.high is None:
            return
        if self.value is None or not 0 <= self.low <= self.value <= self.high <= 1:
            raise ValueError("a share lies in its interval")


@dataclass(frozen=True, slots=True)
class Horizon:
    """Where journeys are after some time: the causes and `under_way` add up to 1.

    `young` journeys are open and not that old: they count as far as they were seen. Counted as
    lost they would make the share that reached the goal `as_lost`.
    """

    at_seconds: Limit
    causes: tuple[CauseShare, ...]
    under_way: Proportion | None
    young: Journeys | None
    as_lost: Proportion | None

    def __post_init__(self) -> None:
        """Hold the conservation of journeys."""
        parts = [self.under_way, *(one.value for one in self.causes)]
        known = [one for one in parts if one is not None]
        if len(known) == len(parts) and abs(sum(known) - 1) > 1e-9:
            raise ValueError("the shares at a time do not add up")

    def goal(self) -> float | None:
        """The share that reached the goal; None where a part of it is withheld."""
        parts = [one.value for one in self.causes if one.kind is CauseKind.GOAL]
        known = [one for one in parts if one is not None]
        return sum(known) if len(known) == len(parts) else None


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """A moment of the curve of a cause: the share that ended by it until then.

    `at_risk` journeys had not ended before and were still seen; `events` ended by the cause since
    the point before.
    """

    cause: str
    kind: CauseKind
    t_seconds: Limit
    at_risk: Journeys
    events: Journeys
    value: Proportion
    low: Proportion | None
    high: Proportion | None
    se: Proportion | None


class NextKind(StrEnum):
    """What comes next: a touchpoint that is no step, a step of the ideal again, or nothing."""

    TOUCHPOINT = "touchpoint"
    CAME_BACK = "came back"
    NOTHING = "nothing"
    OTHER = "(other)"


@dataclass(frozen=True, slots=True)
class NextRow:
    """What `n` of `of` journeys did next after leaving at a step, and those that `went_on` did.

    `what` is the touchpoint, or the word of its kind; "(other)" with a channel is everything rare
    there. `of` are the journeys that were observed
    for all the time after it. The rows of a step add up to `of`.
    """

    what: str
    kind: NextKind
    channel: str | None
    n: Journeys
    of: Journeys
    value: Proportion | None
    low: Proportion | None
    high: Proportion | None
    went_on: Share

    @property
    def share(self) -> Share:
        """The share of those that left."""
        return Share(self.value, self.low, self.high, self.n, self.of)


@dataclass(frozen=True, slots=True)
class DropoffStep:
    """Who leaves at a step, as a check counts it, how soon, and what comes next.

    `abandoned` of `reached` counted journeys have their last match there and come to no end.
    `median_seconds_to_leave` is from the begin of the journey to the last event of the step.
    """

    step: str
    stage: str
    reached: Journeys | None
    abandoned: Journeys | None
    drop_off: Share
    median_seconds_to_leave: Seconds | None
    next: tuple[NextRow, ...]


@dataclass(frozen=True, slots=True)
class CauseDifference:
    """How much larger a share at a time is than that of the reference; None where not known."""

    cause: str
    kind: CauseKind
    at_seconds: Limit
    change: Change | None


@dataclass(frozen=True, slots=True)
class DropoffSegment:
    """The journeys with one value, and where they are after the same times.

    `differences` are those to the first row, whose own are empty, as those of cohorts are. `young`
    cohorts have journeys that cannot be as old as the longest time yet: they are not judged.
    """

    value: str
    journeys: Journeys
    horizons: tuple[Horizon, ...]
    differences: tuple[CauseDifference, ...]
    young: bool = False


@dataclass(frozen=True, slots=True)
class DropoffSegments:
    """The journeys by the values of a column, the most first; or by the period of their begin.

    `cohort` is that period, None where they are by a column; its values are first days, in order.
    """

    by: str
    cohort: Every | None
    values: tuple[DropoffSegment, ...]


@dataclass(frozen=True, slots=True)
class Dropoff:
    """Where journeys end, how soon, and what comes after they are left.

    Times count from the begin of a journey, or from its first match of the step `from`. Followed
    are `journeys`; `truncated` ones began before the log observes, `elsewhere` those that did not
    come to the step. `judged` says which journeys the steps are about. Journeys that begin after
    `young_from` cannot be as old as the longest time. `deadline_seconds` is None where none is
    declared: then nothing times out.
    """

    __pydantic_config__: ClassVar[Mapping[str, object]] = STRICT

    schema: Literal["cjmine/dropoff/1"]
    journey: str
    journey_file: str
    log: LogSize
    sources: tuple[Source, ...]
    goal: tuple[str, ...]
    entry: tuple[str, ...]
    from_: str | None
    deadline_seconds: Limit | None
    next_seconds: Limit
    journeys: Journeys | None
    truncated: Journeys | None
    elsewhere: Journeys | None
    young_from: Moment | None
    horizons: tuple[Horizon, ...]
    curve: tuple[CurvePoint, ...]
    judged: JudgedPeriod
    steps: tuple[DropoffStep, ...]
    segments: DropoffSegments | None
    notes: tuple[Note, ...]
    privacy: Privacy
