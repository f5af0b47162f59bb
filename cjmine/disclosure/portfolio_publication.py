"""Journeys of one log overlap: what is shown of them, and reported on each, is one publication.

Figures are shown in the order of their importance, then of the file, each if no sum or difference
with those before it is about few customers. So what comes first in the file is shown first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from cjmine.analysis.portfolio.kinds import Kinds
from cjmine.analysis.portfolio.tallies import CASES, SEEN, Figure, column_of
from cjmine.counting.groups import Flags, Ints
from cjmine.disclosure.differences import Publication
from cjmine.disclosure.policy import Policy
from cjmine.disclosure.portfolio_journeys import ShownJourney
from cjmine.results.log import LogSize
from cjmine.results.portfolio import TrendPoint
from cjmine.results.share import WITHHELD


@dataclass(slots=True)
class Published:
    """All counts of customers, journeys and contacts that are published, by kinds of customers."""

    kinds: Kinds
    counts: Publication

    @classmethod
    def of(cls, kinds: Kinds, policy: Policy) -> Published:
        """Nothing is published yet."""
        return cls(kinds, _empty(kinds, policy))

    def takes(self, numbers: Iterable[int]) -> bool:
        """Whether more columns may be published beside these; then they are of these."""
        return self.takes_columns(*(self.kinds.column(one) for one in numbers))

    def takes_columns(self, *columns: Ints) -> bool:
        """The same of columns that are made of others."""
        found = self.counts.taking(*columns)
        self.counts = found or self.counts
        return found is not None

    def union(self, figure: Figure, inside: Flags) -> Ints:
        """The customers of some journeys, each once, as a column."""
        has_any = np.zeros(len(self.kinds.customers), bool)
        for journey in np.flatnonzero(inside).tolist():
            has_any |= self.kinds.column(column_of(journey, figure)) > 0
        return has_any.astype(np.int64)


def shown_size(log: LogSize, page: Published) -> LogSize:
    """How large the log is, which comes last: in round numbers where few are in no journey."""
    if page.takes([SEEN, CASES]):
        return log
    policy = page.counts.policy
    journeys, customers = (round_number(one, policy) for one in (log.journeys, log.customers))
    return replace(log, journeys=journeys, customers=customers)


def round_number(value: int, policy: Policy) -> int:
    """A count as a multiple of the fewest customers that may be shown.

    >>> round_number(76, Policy(10)), round_number(4, Policy(10))
    (80, 0)
    """
    return (value + policy.min_group // 2) // policy.min_group * policy.min_group


def _empty(kinds: Kinds, policy: Policy) -> Publication:
    return Publication.empty(kinds.customers, policy)


def one_publication(
    journeys: Sequence[ShownJourney], page: Published, periods: Kinds
) -> list[ShownJourney]:
    """The journeys as they may be shown beside each other; `page` takes what they show.

    A journey whose goal or journeys would give few away is withheld; of others the number of
    customers, the drop-off or the contact is, and a trend has whole percents and no counts.
    """
    found = list(journeys)
    policy = page.counts.policy
    for at, one in enumerate(found):
        if one.check is not None and not page.takes(_of_row(at, one)):
            found[at] = withheld(one)
    for at, one in enumerate(found):
        if one.customers is not None and not page.takes([column_of(at, Figure.COUNTED)]):
            found[at] = one.without_customers()
    for at, one in enumerate(found):
        if one.lost.n is not None and not page.takes([column_of(at, Figure.LOST)]):
            found[at] = replace(one, lost=WITHHELD)
    for at, one in enumerate(found):
        has_contact = one.contact is not None and one.contact.n is not None
        if has_contact and not page.takes([column_of(at, Figure.CONTACT)]):
            found[at] = replace(one, contact=WITHHELD)
    if policy.min_group > 1:
        return _with_courses(found, periods, policy)
    return found


def _of_row(at: int, one: ShownJourney) -> Iterator[int]:
    assert one.check is not None
    if one.check.counted.journeys is not None:
        yield column_of(at, Figure.JOURNEYS)
    if one.goal.n is not None:
        yield column_of(at, Figure.GOAL)


def withheld(one: ShownJourney) -> ShownJourney:
    """A journey of which nothing is shown."""
    contact = None if one.contact is None else WITHHELD
    return ShownJourney(one.finished, None, WITHHELD, contact, ())


def _with_courses(
    journeys: Sequence[ShownJourney], periods: Kinds, policy: Policy
) -> list[ShownJourney]:
    """The journeys with the counts of all periods of their trend, or of none.

    What begins in no period that is shown is a period as well: it follows from the sum.
    """
    shown = {table: periods.of(table) for table in periods.tables}
    taken = {table: _empty(kinds, policy) for table, kinds in shown.items()}
    found = []
    for at, one in enumerate(journeys):
        numbers = [column_of(at, figure) for figure in (Figure.BEGUN, Figure.BEGUN_GOAL)]
        more = {
            table: taken[table].taking(*(kinds.column(number) for number in numbers))
            for table, kinds in shown.items()
            if one.trend
        }
        known = {table: each for table, each in more.items() if each is not None}
        if len(known) == len(more) and all(point.n is not None for point in one.trend):
            taken |= known
            found.append(one)
        else:
            found.append(replace(one, trend=tuple(map(_without_counts, one.trend))))
    return found


def _without_counts(point: TrendPoint) -> TrendPoint:
    return TrendPoint(point.from_, None, None, point.value and round(point.value, 2))
