"""A comparison: the same figures of two sides, how much they differ, and whether that is real."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar, Literal

from cjmine.errors import Note
from cjmine.results.figures import (
    STRICT,
    Customers,
    Figure,
    Journeys,
    Moment,
    Probability,
    Proportion,
    Setting,
)
from cjmine.results.full_time import JudgedPeriod
from cjmine.results.log import LogSize, Privacy, Source
from cjmine.results.verdicts import RatioVerdict, Verdict

GOAL_RATE, DROP_OFF, CONTACT, TIME, FITNESS, RETURNED, AS_DESIGNED, DONE = (
    *("goal-rate", "drop-off", "contact", "time"),
    *("fitness", "returned", "as-designed", "done"),
)


class Design(StrEnum):
    """What makes the two sides."""

    BY = "by"
    PERIOD = "period"
    CHANGE = "change"
    EXPERIMENT = "experiment"
    LOGS = "logs"
    WITH = "with"


class Unit(StrEnum):
    """What the figures of a row are in."""

    SHARE = "share"
    SECONDS = "seconds"


class Reason(StrEnum):
    """Why journeys are on neither side; of a control, that they are in neither segment."""

    ELSEWHERE = "elsewhere"
    STRADDLES = "straddles"
    BOTH = "both"
    OTHER_SEGMENT = "other segment"
    OPEN = "open"
    TRUNCATED = "truncated"


@dataclass(frozen=True, slots=True)
class Side:
    """A figure of one side: a share of journeys, a median time, or fitness.

    A share is `n` of `of`; a median is of the times of n of them; fitness has no n, and `of` are
    the journeys that it is about. What is withheld is None.
    """

    n: Journeys | None
    of: Journeys | None
    value: Figure | None
    low: Figure | None
    high: Figure | None


@dataclass(frozen=True, slots=True)
class SideDifference:
    """The second side minus the first, with its 95 % interval where that may be shown."""

    value: Figure
    low: Figure | None
    high: Figure | None


@dataclass(frozen=True, slots=True)
class ControlSides:
    """The same figure of the control, which the change does not reach, on both sides."""

    a: Side
    b: Side


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One measure of both sides.

    `measure` is goal-rate, drop-off, contact, time, fitness, returned, or deviation: and its code;
    beside two ideals also as-designed, and done of each step of either: where that ideal has it.
    `step` the step or touchpoint that it is about, None for all of the journey. `q` is p corrected
    for all rows of the table but the goal, which keeps its p and has none. `verdict` is None where
    none is given. `detectable` is the smallest difference that would be found in 4 of 5 tries.
    Beside a `control` the difference is how much more the compared journeys changed than those of
    the control (difference in differences).
    """

    measure: str
    step: str | None
    unit: Unit
    a: Side
    b: Side
    difference: SideDifference | None
    p: Probability | None
    q: Probability | None
    verdict: Verdict | None
    detectable: Proportion | None
    control: ControlSides | None = field(default=None, kw_only=True)


@dataclass(frozen=True, slots=True)
class Week:
    """The goal of journeys that begin in one full week, from its first moment on.

    `after`: the week is one of the second side. `control` is that of the control.
    """

    since: Moment
    after: bool
    goal: Side
    control: Side | None


@dataclass(frozen=True, slots=True)
class GoalTrend:
    """What the goal did before the change, and what that would have given after it.

    `without` is the share that level and slope of the weeks before would give after the change,
    and `difference` how much the goal differs from it; None where no trend is known, which takes
    eight weeks before. `slope_p` is how often chance alone gives such a slope before the change:
    that of the goal, or with a control that of its distance to the control.
    """

    weeks_before: Setting
    weeks_after: Setting
    without: Proportion | None
    difference: SideDifference | None
    slope_p: Probability | None


@dataclass(frozen=True, slots=True)
class HeldEqual:
    """The goal of both sides at one mix of journeys: that of both together.

    `held` names what is equal: month, channel (the first of a journey), and columns. `a` and `b`
    are the shares at that mix. The difference of both as they are, within comparable journeys, is
    `rate` + `mix` (Kitagawa 1955): what would differ at their average mix, and what the difference
    of mix adds. `a_journeys` and `b_journeys` have journeys of the same kind on the other side.
    """

    held: tuple[str, ...]
    a: Proportion
    b: Proportion
    difference: SideDifference
    rate: Proportion
    mix: Proportion
    a_journeys: Journeys
    b_journeys: Journeys


@dataclass(frozen=True, slots=True)
class Group:
    """One side: its counted journeys and their customers."""

    name: str
    journeys: Journeys | None
    customers: Customers | None


@dataclass(frozen=True, slots=True)
class SampleRatio:
    """Whether as many customers are in each arm as planned, of all that have an arm.

    `planned` are the shares of the arms. All but the plan is None where an arm is withheld.
    """

    customers: tuple[Customers | None, Customers | None]
    planned: tuple[Proportion, Proportion]
    chi2: Figure | None
    p: Probability | None
    verdict: RatioVerdict | None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Journeys on neither side, and why."""

    reason: Reason
    journeys: Journeys | None
    customers: Customers | None


@dataclass(frozen=True, slots=True)
class SidedVariant:
    """A distinct trace that one side has and the other has not."""

    activities: tuple[str, ...]
    journeys: Journeys


@dataclass(frozen=True, slots=True)
class Compared:
    """Two sides of one log, or two logs, measured alike.

    `name` is what the design is called: the column, the change, the experiment. `running`: the
    experiment has not ended, so there is no verdict. `control` says which journeys the change does
    not reach; `weeks` and `trend` are about the goal, where the sides are times. `held_equal` is
    None where nothing can be held equal, or its journeys are too few. Variants are those of at
    least as many customers as a group that is shown. `detectable` is that of the goal.
    `returned_seconds` is the time within which a customer returns.
    """

    __pydantic_config__: ClassVar[Mapping[str, object]] = STRICT

    schema: Literal["cjmine/compare/1"]
    journey: str
    journey_file: str
    design: Design
    name: str
    groups: tuple[Group, Group]
    running: bool
    sample_ratio: SampleRatio | None
    log: LogSize
    sources: tuple[Source, ...]
    judged: JudgedPeriod
    goal: tuple[str, ...]
    rows: tuple[ComparedRow, ...]
    detectable: Proportion | None
    gained: tuple[SidedVariant, ...]
    lost: tuple[SidedVariant, ...]
    left_out: tuple[LeftOut, ...]
    control: str | None
    weeks: tuple[Week, ...]
    trend: GoalTrend | None
    held_equal: HeldEqual | None
    returned_seconds: Figure
    notes: tuple[Note, ...]
    privacy: Privacy = field(kw_only=True)
