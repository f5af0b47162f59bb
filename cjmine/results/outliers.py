"""What `outliers` finds: the fields are the keys of `outliers -f json`, in its order.

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
    Events,
    Journeys,
    Limit,
    Moment,
    Probability,
    Setting,
)
from cjmine.results.full_time import JudgedPeriod
from cjmine.results.log import LogSize, Privacy, Source
from cjmine.results.share import Share
from cjmine.results.verdicts import Confirmation


class Carrier(StrEnum):
    """What of a log can begin or end: an activity, a channel, a column, or a value of one."""

    LABEL = "label"
    CHANNEL = "channel"
    COLUMN = "column"
    VALUE = "value"


class What(StrEnum):
    """What journeys are compared by."""

    VALUE = "value"
    ENTRY = "entry"
    CHANNEL = "channel"
    HOUR = "hour"
    WEEK = "week"


class CandidateKind(StrEnum):
    """What may have brought a wave."""

    CHANGE = "change"
    MAILING = "mailing"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Condition:
    """What some journeys share: a value of `column` (None but for kept columns)."""

    what: What
    column: str | None
    value: str


@dataclass(frozen=True, slots=True)
class Lift:
    """How many times as often journeys with a condition are outside as those without.

    `with_` and `without` are the shares outside that it is the ratio of.
    """

    value: Limit
    low: Limit
    high: Limit
    with_: Share
    without: Share


@dataclass(frozen=True, slots=True)
class Contrast:
    """One condition or a pair: found on one half of the customers, looked at again on the other.

    `q` is that of the other half, over all that was found.
    """

    condition: str
    parts: tuple[Condition, ...]
    found: Lift
    confirmed: Lift
    q: Probability
    verdict: Confirmation


@dataclass(frozen=True, slots=True)
class Candidate:
    """What came before a wave, so many `days` before its begin; `n` mails, None for the others."""

    kind: CandidateKind
    what: str
    at: Moment
    days: Setting
    n: Events | None


@dataclass(frozen=True, slots=True)
class Excess:
    """A number of events beyond what is expected, with its 95 % interval."""

    value: Limit
    low: Limit
    high: Limit


@dataclass(frozen=True, slots=True)
class OutlierWave:
    """Far more events of a reason than usual, from the day `from_` to the day `until`.

    `expected` is what the four weeks before lead one to expect, `excess` how many more there are;
    `per_thousand` is that by 1,000 mails of the nearest mailing.
    """

    reason: str
    is_error: bool
    from_: Moment
    until: Moment
    n: Events
    expected: Limit
    dispersion: Limit
    p: Probability
    excess: Excess
    per_thousand: Excess | None
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class CoveredFrom:
    """What begins or ends while others go on: the first days of both, None where it does not."""

    what: Carrier
    name: str
    begins: Moment | None
    ends: Moment | None


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Who asked, had no answer within the promise, and has nothing later.

    `share` is of the journeys that asked so long ago; `again` of them tried more than once.
    """

    share: Share
    again: Journeys | None


@dataclass(frozen=True, slots=True)
class Outliers:
    """The journeys outside the happy flow, what they share, who is lost from sight, and waves.

    `happy` is the least fitness of journeys that are as designed and complete (`as_designed`, of
    all that are judged). `contrasts`, `waves`, `black_hole` and `silent` are None where only others
    were asked for; `black_hole` also where nothing says what an answer is, `silent` where no
    customer table was read.
    """

    __pydantic_config__: ClassVar[Mapping[str, object]] = STRICT

    schema: Literal["cjmine/outliers/1"]
    journey: str
    journey_file: str
    log: LogSize
    sources: tuple[Source, ...]
    judged: JudgedPeriod
    happy: Limit
    as_designed: Share
    completed: Journeys | None
    deviating: Journeys | None
    contrasts: tuple[Contrast, ...] | None
    waves: tuple[OutlierWave, ...] | None
    coverage: tuple[CoveredFrom, ...]
    black_hole: Unanswered | None
    silent: Share | None
    notes: tuple[Note, ...]
    privacy: Privacy
