"""A trend before anything is withheld: the shares of every period, with the customers behind."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cjmine.analysis.intervals import share_of
from cjmine.analysis.judged import Judging
from cjmine.analysis.periods import Periods
from cjmine.analysis.trend.counts import JourneyTable, Selected, TrendCounts
from cjmine.analysis.trend.coverage import Carriers, covered
from cjmine.analysis.trend.measures import Series, series_of
from cjmine.counting.groups import Flags, Ints
from cjmine.declared import DatedChange
from cjmine.eventlog.chosen import EVERYBODY, Filter
from cjmine.eventlog.log import About
from cjmine.ideal.compiled import CompiledIdeal
from cjmine.results.figures import Counted
from cjmine.results.share import Share
from cjmine.results.trend import Carrier, Coverage


@dataclass(frozen=True, slots=True)
class TrendSubject:
    """What is followed in which log; `dated` are the changes that the configuration names."""

    ideal: CompiledIdeal
    about: About
    judging: Judging
    carriers: Carriers
    periods: Periods
    topics: tuple[str, ...]
    dated: tuple[DatedChange, ...] = ()
    filters: Filter = EVERYBODY

    @property
    def series(self) -> tuple[Series, ...]:
        """The shares that are followed, in the order of their flags."""
        return series_of(self.ideal, self.topics, self.carriers.labels)


@dataclass(frozen=True)
class FinishedTrend:
    """The counts of all parts together; nothing of it may be shown as it is.

    `periods` are those from the first to the last in which a journey begins.
    """

    counts: TrendCounts
    subject: TrendSubject

    @property
    def journeys(self) -> JourneyTable:
        """The journeys one by one."""
        return self.counts.journeys

    @cached_property
    def periods(self) -> Periods:
        """The periods in which journeys begin."""
        whole, begin = self.subject.periods, self.journeys.begin
        if not len(begin):
            return whole.part(0, 0)
        first, last = whole.of(np.array([begin.min(), begin.max()])).tolist()
        return whole.part(first, last + 1)

    @cached_property
    def period(self) -> Ints:
        """The period in which each journey begins."""
        return self.periods.of(self.journeys.begin)

    @property
    def is_mature(self) -> list[bool]:
        """Which periods are over for so long that every journey had its full time."""
        full = self.subject.judging.full_time.value
        if full is None:
            return [False] * len(self.periods)
        ends = self.periods.bounds[1:] - 1
        return [end + full <= self.subject.judging.until for end in ends.tolist()]

    def days(self, periods: list[int]) -> list[tuple[str, str]]:
        """The first and the last day of some periods."""
        return [(self.periods.first_day(one), self.periods.last_day(one)) for one in periods]

    @cached_property
    def by_period(self) -> Selected:
        """All journeys by period."""
        return self.journeys.grouped(
            np.arange(len(self.journeys)), self.period, max(len(self.periods), 1)
        )

    def begun(self) -> list[Counted]:
        """The journeys that begin in each period."""
        found = self.by_period.cells()
        return [found.counted(period) for period in range(len(self.periods))]

    def shares(self, series: int) -> list[Share]:
        """A share in each period."""
        found = self.by_period.cohorts(series)
        return [share_of(found.n(one), found.of(one)) for one in range(len(self.periods))]

    @cached_property
    def _whole(self) -> Selected:
        """All journeys as one group."""
        many = len(self.journeys)
        return self.journeys.grouped(np.arange(many), np.zeros(many, np.int64), 1)

    def having(self, series: int) -> Counted:
        """The journeys of the whole log that a share counts, as one group."""
        return self._whole.cohorts(series).n(0)

    def between(self, first: int, last: int) -> Flags:
        """The counted journeys that begin from a period up to another."""
        inside: Flags = (self.period >= first) & (self.period < last)
        return inside & self.journeys.is_counted

    def share_among(self, series: int, chosen: Flags) -> Share:
        """A share among some journeys."""
        at = np.flatnonzero(chosen)
        found = self.journeys.grouped(at, np.zeros(len(at), np.int64), 1).cohorts(series)
        return share_of(found.n(0), found.of(0))

    def coverage(self, min_group: int) -> tuple[Coverage, ...]:
        """What of the log begins or ends inside it."""
        subject = self.subject
        full = subject.judging.full_time.value or 0
        rows = covered(self.counts.coverage, subject.carriers, subject.periods, full, min_group)
        return tuple(
            Coverage(
                Carrier(one.of.kind.value),
                one.of.name,
                None if one.begins is None else subject.periods.first_day(one.begins),
                None if one.ends is None else subject.periods.last_day(one.ends),
            )
            for one in rows
        )
