"""What `satisfaction` finds: the fields are the keys of `satisfaction -f json`, in its order.

A figure that is None is withheld, because it would be about too few customers, or undefined. One
score a customer counts, the last: so counts of answers are counts of customers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Literal

from cjmine.errors import Note
from cjmine.results.figures import (
    STRICT,
    Answer,
    Customers,
    Journeys,
    Limit,
    Names,
    Probability,
)
from cjmine.results.full_time import JudgedPeriod
from cjmine.results.log import LogSize, Privacy, Source
from cjmine.results.share import Share
from cjmine.results.verdicts import Verdict
from cjmine.scales import Scale, Summary

STATE, CHANNEL, CONTACT, STEP, DEVIATION = "state", "channel", "contact", "step", "deviation"
NO_CONTACT, HAD_CONTACT = "no contact before", "contact before"
DIMENSIONS = (STATE, CHANNEL, CONTACT, STEP, DEVIATION)


class Bad(StrEnum):
    """How a step can be passed badly."""

    FAILED = "failed"
    LATE = "late"
    REPEATED = "repeated"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class Rating:
    """The scores of `n` customers.

    `value` with its 95 % interval is the figure of the scale, `mean` that of the scores as given.
    """

    n: Customers | None
    value: Answer | None
    low: Answer | None
    high: Answer | None
    mean: Answer | None
    mean_low: Answer | None
    mean_high: Answer | None


@dataclass(frozen=True, slots=True)
class ScoreBy:
    """The scores of a group of customers, and the share of those asked who gave one.

    `dimension` is what the group is by: the state of the journey when asked, the channel in which
    it began, whether a contact came before, the last step before, a deviation before, or a column.
    """

    dimension: str
    name: str
    n: Customers | None
    value: Answer | None
    low: Answer | None
    high: Answer | None
    mean: Answer | None
    mean_low: Answer | None
    mean_high: Answer | None
    response: Share


@dataclass(frozen=True, slots=True)
class WeightedScore:
    """The figure with each answer as often as the inverse of the share that answers in its cell."""

    value: Answer
    low: Answer
    high: Answer
    cells: Names


@dataclass(frozen=True, slots=True)
class NeverAsked:
    """Counted journeys in which the question was never asked, by what became of them."""

    state: str
    journeys: Journeys | None


@dataclass(frozen=True, slots=True)
class Difference:
    """How much larger a figure is on one side than on the other, with its 95 % interval."""

    value: Answer
    low: Answer
    high: Answer


@dataclass(frozen=True, slots=True)
class PeakEnd:
    """The mean score by whether a moment before the last was bad, and whether the last was."""

    bad_before: bool
    bad_end: bool
    n: Customers | None
    mean: Answer | None
    low: Answer | None
    high: Answer | None


@dataclass(frozen=True, slots=True)
class LongAgainstShort:
    """How much higher journeys of `at_seconds` or more are rated, moments and ends held equal."""

    at_seconds: Limit
    long: Customers | None
    short: Customers | None
    difference: Difference | None


@dataclass(frozen=True, slots=True)
class Score:
    """One question: its figure over all who answered, who did, and by what it differs.

    `kind` is what was asked, such as NPS, `about` a step or the journey, where that is declared;
    else a score is about the last step before the question. Where `is_asked_known` is false the log
    does not say who was asked: then there is no share of those asked, and no weighted figure.
    """

    kind: str
    scale: Scale | None
    about: str | None
    summary: Summary
    value: Answer | None
    low: Answer | None
    high: Answer | None
    mean: Answer | None
    mean_low: Answer | None
    mean_high: Answer | None
    n: Customers | None
    is_asked_known: bool
    asked: Customers | None
    response: Share
    weighted: WeightedScore | None
    never_asked: tuple[NeverAsked, ...]
    by: tuple[ScoreBy, ...]
    ends: tuple[PeakEnd, ...]
    duration: LongAgainstShort | None


@dataclass(frozen=True, slots=True)
class Moment:
    """A step passed badly against the same passed well, before customers were asked.

    `difference` is that of the mean scores, bad minus good, held equal for the state when asked
    and bad passings of other steps; `figure_difference` that of the figure of the scale. `q` is
    over the rows of one question. `declared`: the journey file calls it a moment of truth.
    """

    kind: str
    step: str
    what: Bad
    bad: Rating
    good: Rating
    difference: Difference | None
    figure_difference: Difference | None
    q: Probability | None
    verdict: Verdict
    declared: bool


class Found(StrEnum):
    """Whether a step goes with the score."""

    YES = "yes"
    NO = "no"
    CANNOT_SAY = "cannot say"


@dataclass(frozen=True, slots=True)
class Truth:
    """A step: whether it is declared as a moment of truth, and whether it is measured as one."""

    step: str
    declared: bool
    measured: Found


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """How customers rate a journey, who answered, and which moments go with the score.

    `by` is the column that was asked for; `cells` are the things by which answers are weighted.
    """

    __pydantic_config__: ClassVar[Mapping[str, object]] = STRICT

    schema: Literal["cjmine/satisfaction/1"]
    journey: str
    journey_file: str
    log: LogSize
    sources: tuple[Source, ...]
    judged: JudgedPeriod
    by: str | None
    cells: tuple[str, ...]
    scores: tuple[Score, ...]
    moments: tuple[Moment, ...]
    truths: tuple[Truth, ...]
    notes: tuple[Note, ...]
    privacy: Privacy
