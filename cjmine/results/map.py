"""What a journey map draws beside the steps: the shape of the ideal, and what was measured there.

The fields are the keys of `map` in `check -f json`. A figure that is None is withheld, because it
would be about too few customers, or undefined.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cjmine.results.figures import Answer, Events, Journeys, Seconds, Setting
from cjmine.scales import Scale, Summary


class Notation(StrEnum):
    """How a part of the ideal journey is put together."""

    CHOICE = "choice"
    ANY_ORDER = "any-order"
    OPTIONAL = "optional"
    REPEAT = "repeat"


@dataclass(frozen=True, slots=True)
class Column:
    """One step of the ideal journey where the file names it; times in microseconds.

    `after` names the step that `least` and `most` count from, None the matched step before.
    """

    step: str
    stage: str
    channels: tuple[str, ...] = ()
    least: Setting | None = None
    most: Setting | None = None
    after: str | None = None
    moment_of_truth: bool = False


@dataclass(frozen=True, slots=True)
class Bracket:
    """Neighbouring columns that are one part: `first` to `last`, both included.

    `branches` are the columns where a further branch begins; `depth` counts the brackets around
    this one. `least` and `most` say how often a repeated part comes, `most` None without limit.
    """

    notation: Notation
    first: Setting
    last: Setting
    depth: Setting
    branches: tuple[Setting, ...] = ()
    least: Setting | None = None
    most: Setting | None = None


@dataclass(frozen=True, slots=True)
class ChannelUse:
    """How many of the events that match a step came on a channel; of some it may be unknown."""

    step: str
    channel: str
    events: Events | None
    of: Events


@dataclass(frozen=True, slots=True)
class Wait:
    """How long a step came after the matched step before it, in so many journeys."""

    step: str
    journeys: Journeys | None
    median_seconds: Seconds | None
    p90_seconds: Seconds | None


@dataclass(frozen=True, slots=True)
class Addition:
    """An undeclared touchpoint between steps: journeys that have it after a step.

    `after` is None before any step. `of` are those that come past that step; `went_on` of the
    `journeys` come to a later one. `anywhere`: too few have it in some other place, so all that
    have it are counted, of all journeys, and it is placed where most have it.
    """

    activity: str
    after: str | None
    journeys: Journeys
    of: Journeys
    went_on: Journeys | None
    is_friction: bool
    anywhere: bool = False


@dataclass(frozen=True, slots=True)
class ScoreBand:
    """The answers of one band of a scale, such as promoters; bands are withheld together."""

    name: str
    answers: Events | None


@dataclass(frozen=True, slots=True)
class Score:
    """What customers answered about a step: the last one matched before they were asked.

    `metric` is what was asked, such as NPS, on a `scale` (declared, or the usual one); without a
    scale it is the first word of a touchpoint that carries numbers. `value` with its 95 % interval
    is what `summary` says: a net promoter score in points, the share of satisfied answers, or the
    mean. `mean` is always that of the answers as given. `bands` are in the order of the scale.
    """

    step: str
    metric: str
    scale: Scale | None
    summary: Summary
    answers: Events
    value: Answer | None
    low: Answer | None
    high: Answer | None
    mean: Answer | None
    bands: tuple[ScoreBand, ...] = ()


@dataclass(frozen=True, slots=True)
class JourneyMap:
    """The ideal journey as columns, and what was measured beside its steps.

    `scores` is empty where the log holds no score: experience is measured or left out.
    """

    columns: tuple[Column, ...]
    brackets: tuple[Bracket, ...]
    channels: tuple[ChannelUse, ...] = ()
    waits: tuple[Wait, ...] = ()
    additions: tuple[Addition, ...] = ()
    scores: tuple[Score, ...] = ()


NO_MAP = JourneyMap((), ())  # of results that are older than maps
