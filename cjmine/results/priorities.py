"""What to fix first: what like journeys achieve without each deviation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from cjmine.errors import Note
from cjmine.results.figures import (
    STRICT,
    Journeys,
    Kind,
    Limit,
    Placed,
    Probability,
    Proportion,
)
from cjmine.results.full_time import JudgedPeriod
from cjmine.results.log import LogSize, Privacy, Source
from cjmine.results.share import Share
from cjmine.results.verdicts import Verdict

CONTACT = "contact"  # the class of contacts that need not have been
Estimate = Annotated[float, Kind.FIGURE]


class Per(StrEnum):
    """The times that gains are written for; without one for the period of the log."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Gap:
    """How much larger the share of goals is with something than without, with its 95 % interval."""

    value: Proportion
    low: Proportion
    high: Proportion


@dataclass(frozen=True, slots=True)
class Amount:
    """Goals, or money, over the period of the log, with the 95 % interval; an estimate."""

    value: Estimate
    low: Estimate
    high: Estimate


@dataclass(frozen=True, slots=True)
class PriorityItem:
    """A deviation, or the loss at a step, and what like journeys achieve without it.

    `code`, `class` and `step` are as `check` has them, and so are `journeys`; of a contact `class`
    is contact, and `step` its type as `contact` has it. `at` is the step after which, or at which,
    most of them have it, None at the begin of journeys. `support` is the share of them that have
    comparable journeys without it; all further figures are about those.
    `goal` is the share of all of them that reach the goal, `comparable` that of like journeys
    without it, `effect` the difference, and `naive` the difference to all other journeys. `gain` is
    what would be gained without it; of a loss (`is_ceiling`) at most. The E-values are those of the
    effect and of its near end. `not_equal` names what of `held_equal` is not held equal for it,
    since too few journeys would have comparables. None where it is withheld, or where there are
    too few journeys.
    """

    code: str
    class_: str
    step: str
    at: str | None
    journeys: Journeys
    support: Proportion | None
    goal: Share
    comparable: Proportion | None
    naive: Gap | None
    effect: Gap | None
    gain: Amount | None
    q: Probability | None
    verdict: Verdict | None
    e_value: Estimate | None
    e_value_near: Estimate | None
    is_ceiling: bool
    accepted: bool
    money: Amount | None
    not_equal: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Together:
    """What the first `items` give together, each journey counted once."""

    items: Placed
    journeys: Journeys
    gain: Amount
    money: Amount | None


@dataclass(frozen=True, slots=True)
class GoalWorth:
    """What one goal is worth, as the journey file or the project declares it."""

    goal: Limit
    currency: str


@dataclass(frozen=True, slots=True)
class Priorities:
    """Deviations in the order of the near end of their gain, then losses in a list of their own.

    `held_equal` names what journeys that are compared have in common. `margin` is the harm that
    would not matter.
    """

    __pydantic_config__: ClassVar[Mapping[str, object]] = STRICT

    schema: Literal["cjmine/priorities/1"]
    journey: str
    journey_file: str
    log: LogSize
    sources: tuple[Source, ...]
    judged: JudgedPeriod
    goal: tuple[str, ...]
    items: tuple[PriorityItem, ...]
    together: Together | None
    held_equal: tuple[str, ...]
    margin: Limit
    worth: GoalWorth | None
    notes: tuple[Note, ...]
    privacy: Privacy
