"""What a trend keeps of each journey: when it begins, whose it is, and two bits a share.

Periods, the stretches between two changes and the customers who are on both sides are then
counted from one small table, without looking at events again.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cjmine.analysis.cohorts import Cells, Cohorts, Rows, cells, cohorts_of_runs, rows
from cjmine.analysis.compared_part import Moments, Part, facts_of
from cjmine.analysis.contacts import Contacts
from cjmine.analysis.crossed import Crossed, crossed
from cjmine.analysis.differences import Sums
from cjmine.analysis.overview import Overview, count_overview
from cjmine.analysis.squares import Squares
from cjmine.analysis.trend.coverage import Carriers, CoverageCounts, count_coverage
from cjmine.analysis.trend.measures import flagged, series_of
from cjmine.conformance.states import State
from cjmine.counting.groups import Flags, Ints
from cjmine.counting.merging import summed

Bits = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class JourneyTable:
    """One entry a journey, in the order of the log; truncated journeys are left out.

    `begin` is in microseconds; customers are numbered from 0 and never decrease. `is_counted`:
    the journey had its full time. Row j of `among` and `having` has one bit a share.
    """

    begin: Ints
    customer: npt.NDArray[np.int32]
    is_counted: Flags
    among: Bits
    having: Bits
    customers: int

    def __len__(self) -> int:
        return len(self.begin)

    def __add__(self, other: JourneyTable) -> JourneyTable:
        return JourneyTable(
            np.concatenate([self.begin, other.begin]),
            np.concatenate([self.customer, other.customer + np.int32(self.customers)]),
            np.concatenate([self.is_counted, other.is_counted]),
            np.concatenate([self.among, other.among]),
            np.concatenate([self.having, other.having]),
            self.customers + other.customers,
        )

    def flags(self, share: int) -> tuple[Flags, Flags]:
        """Who is among a share, and who has it."""
        byte, bit = divmod(share, 8)
        mask = np.uint8(128 >> bit)
        return (self.among[:, byte] & mask) > 0, (self.having[:, byte] & mask) > 0

    def grouped(self, at: Ints, group: Ints, groups: int) -> Selected:
        """Some journeys put together by group and customer."""
        people = self.customer[at].astype(np.int64)
        return Selected(self, at, rows(group, people, groups, self.customers))

    def crossed(self, share: int, one: Flags, other: Flags) -> tuple[Sums, Sums, Crossed]:
        """A share on two sides, and the customers who are on both."""
        among, having = self.flags(share)
        sides = [np.flatnonzero(side & among) for side in (one, other)]
        both = [self.grouped(at, np.zeros(len(at), np.int64), 1).rows for at in sides]
        has = [having[at] for at in sides]
        found = crossed(both[0], has[0], both[1], has[1])
        before, after = (_sums(side, flags) for side, flags in zip(both, has, strict=True))
        return before, after, found.of(0)


@dataclass(frozen=True, slots=True)
class Selected:
    """The journeys `at` some places of a table, put together by group and customer."""

    table: JourneyTable
    at: Ints
    rows: Rows

    def cells(self, flags: Flags | None = None) -> Cells:
        """The journeys of each group and their customers, or those that are flagged."""
        if flags is None:
            return cells(self.rows)
        many = self.rows.sums(flags[self.at])
        return Cells(
            self.rows.by_group(many), self.rows.by_group(many > 0), self.rows.largest(many)
        )

    def cohorts(self, share: int) -> Cohorts:
        """A share in each group."""
        among, having = self.table.flags(share)
        n, m = self.rows.sums(among[self.at]), self.rows.sums(having[self.at])
        return cohorts_of_runs(self.rows, m, n, m)


def _sums(side: Rows, has: Flags) -> Sums:
    n, m = side.many, side.sums(has)
    return Sums(int(m.sum()), int(n.sum()), Squares(int(n @ n), int(n @ m), int(m @ m)))


@dataclass(frozen=True, slots=True)
class AskTrend:
    """The question for the counts: names and moments of the whole log, and what is followed.

    `contacts` says what is contact, `bounds` are the moments between which its periods lie.
    """

    carriers: Carriers
    moments: Moments
    topics: tuple[str, ...]
    contacts: Contacts
    bounds: Ints


@dataclass(frozen=True, slots=True)
class TrendCounts:
    """All that a trend needs of a part."""

    overview: Overview
    journeys: JourneyTable
    coverage: CoverageCounts

    def __add__(self, other: TrendCounts) -> TrendCounts:
        return summed(self, other)


def count_trend(part: Part, asked: AskTrend) -> TrendCounts:
    """The counts of a part."""
    facts = facts_of(part, asked.moments)
    names = asked.carriers.labels
    series = series_of(part.ideal, asked.topics, names)
    flags = flagged(facts, series, asked.contacts, names)
    stays = np.flatnonzero(facts.state != State.TRUNCATED)
    journeys = part.journeys
    return TrendCounts(
        overview=count_overview(part, facts, asked.moments, names),
        journeys=JourneyTable(
            journeys.time[journeys.starts[:-1]][stays],
            facts.customer[stays].astype(np.int32),
            facts.is_counted[stays],
            np.packbits(flags.among[:, stays], axis=0).T.copy(),
            np.packbits(flags.having[:, stays], axis=0).T.copy(),
            facts.customers,
        ),
        coverage=count_coverage(part.log, journeys, facts.customer, asked.carriers, asked.bounds),
    )
