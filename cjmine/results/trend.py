"""What `trend` finds: the fields are the keys of `trend -f json`, in its order.

A figure that is None is withheld, because it would be about too few customers, or undefined.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
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
    Setting,
)
from cjmine.results.full_time import JudgedPeriod
from cjmine.results.log import LogSize, Privacy, Source
from cjmine.results.share import Share, check_share


class Every(StrEnum):
    """The periods by which journeys are put together; `result`: one a saved result."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    RESULT = "result"


class Topic(StrEnum):
    """What is followed over time; each topic has one measure or several."""

    GOAL = "goal"
    DROP_OFF = "drop-off"
    CONTACT = "contact"
    FITTING = "fitting"
    DEVIATIONS = "deviations"


class Carrier(StrEnum):
    """What of a log can begin or end: an activity, a channel, or a column of its own."""

    LABEL = "label"
    CHANNEL = "channel"
    COLUMN = "column"


@dataclass(frozen=True, slots=True)
class PeriodMeasure:
    """One share of one period, with the control limits of its part of the series.

    `measure` is goal-rate, drop-off, contact, fitting, or deviation: with its code; `step` is
    None where it is about whole journeys. `limits` are None where fewer than eight periods are
    judged between two changes.
    """

    measure: str
    step: str | None
    n: Journeys | None
    of: Journeys | None
    value: Proportion | None
    low: Proportion | None
    high: Proportion | None
    limits: tuple[Limit, Limit] | None = None

    def __post_init__(self) -> None:
        """Hold that the figures are those of one share."""
        check_share(self.value, self.low, self.high, self.n, self.of)

    @property
    def share(self) -> Share:
        """The same as a share."""
        return Share(self.value, self.low, self.high, self.n, self.of)

    @property
    def is_outside(self) -> bool:
        """Whether the share is outside its control limits."""
        if self.limits is None or self.value is None:
            return False
        return not self.limits[0] <= self.value <= self.limits[1]


@dataclass(frozen=True, slots=True)
class Period:
    """The journeys that begin from the day `from_` to the day `until`, both included.

    `mature`: all of them have had their full time, so that they are judged. Periods that are too
    young have no measures.
    """

    from_: Moment
    until: Moment
    journeys: Journeys | None
    mature: bool
    measures: tuple[PeriodMeasure, ...]


@dataclass(frozen=True, slots=True)
class Dated:
    """A change that the configuration dates: `[[change]]`."""

    on: str
    what: str


@dataclass(frozen=True, slots=True)
class Near:
    """The dated change nearest to a day, so many `days` away; `is_before`: the day comes first."""

    on: str
    what: str
    days: Setting
    is_before: bool


@dataclass(frozen=True, slots=True)
class LevelChange:
    """A measure that has another level from the day `at` on.

    `before` and `after` are the shares from the change before it and up to the change after it;
    `p` is how often a series without a change shows one as large, by permutation.
    """

    measure: str
    step: str | None
    at: Moment
    before: Share
    after: Share
    difference: Change | None
    p: Limit
    near: Near | None


@dataclass(frozen=True, slots=True)
class Slope:
    """A measure that rises or falls steadily between two days, by so much a period; p as above."""

    measure: str
    step: str | None
    from_: Moment
    until: Moment
    by_period: Proportion
    p: Limit


@dataclass(frozen=True, slots=True)
class PairChange:
    """The share of journeys in which `to` directly follows `from_`, before and after a drift."""

    from_: str
    to: str
    before: Proportion
    after: Proportion


@dataclass(frozen=True, slots=True)
class Drift:
    """Where the flow of journeys changes: at a day, after so many journeys.

    `z` is the mean of the three largest z of pairs, between windows of `window` journeys on both
    sides. Pairs are the most changed first.
    """

    at: Moment
    journeys_before: Journeys
    window: Journeys
    z: Limit
    pairs: tuple[PairChange, ...]
    near: Near | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """A label, channel or column that begins or ends while others go on.

    `begins` and `ends` are the first days of the first and of the last period in which enough
    customers have it; None where it goes on as long as the log does.
    """

    what: Carrier
    name: str
    begins: Moment | None
    ends: Moment | None


@dataclass(frozen=True, slots=True)
class SinceLast:
    """What is new since an earlier trend: `until` is the last day that it judged.

    `periods` are the first days of the periods judged since then, `changes` and `drifts` the
    places in those lists of what the earlier trend did not have; `gone` counts what it had and
    this one has not.
    """

    until: Moment | None
    periods: tuple[str, ...]
    changes: tuple[Setting, ...]
    drifts: tuple[Setting, ...]
    gone: Setting


@dataclass(frozen=True, slots=True)
class Trend:
    """The shares of journeys over time, what of them changed, and what the log did not cover.

    `journey` is the name of the ideal, None without one. `log`, `sources` and `judged` are those
    of the last result in a trend of saved results. `drifts` are None where they were not asked
    for, `since` without an earlier trend.
    """

    __pydantic_config__: ClassVar[Mapping[str, object]] = STRICT

    schema: Literal["cjmine/trend/1"]
    journey: str | None
    journey_file: str | None
    every: Every
    zone: str
    log: LogSize
    sources: tuple[Source, ...]
    judged: JudgedPeriod
    periods: tuple[Period, ...]
    changes: tuple[LevelChange, ...]
    slopes: tuple[Slope, ...]
    drifts: tuple[Drift, ...] | None
    coverage: tuple[Coverage, ...]
    dated: tuple[Dated, ...]
    since: SinceLast | None = field(default=None, kw_only=True)
    notes: tuple[Note, ...]
    privacy: Privacy

    @property
    def mature(self) -> tuple[Period, ...]:
        """The periods that are judged."""
        return tuple(one for one in self.periods if one.mature)

    @property
    def series(self) -> tuple[tuple[str, str | None], ...]:
        """Measure and step of every series, in their order."""
        found = ((row.measure, row.step) for one in self.mature for row in one.measures)
        return tuple(dict.fromkeys(found))

    def row(self, period: Period, measure: str, step: str | None) -> PeriodMeasure | None:
        """A share of a period; None where it has none."""
        rows = (row for row in period.measures if (row.measure, row.step) == (measure, step))
        return next(rows, None)
