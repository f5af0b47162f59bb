"""Journeys of one log overlap: what is shown of them, and reported on each, is one publication.

Journeys are shown in the order of the file, each if no sum or difference of its figures with those
of the journeys before it is about few customers. So what comes first in the file is shown first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from cjmine.analysis.portfolio.kinds import Kinds
from cjmine.analysis.portfolio.tallies import Figure, figure_of, table_of
from cjmine.analysis.score_counts import Question
from cjmine.counting.groups import Flags, Ints
from cjmine.disclosure.differences import give_few_away, is_about_few
from cjmine.disclosure.policy import Policy
from cjmine.disclosure.portfolio_journeys import ShownJourney
from cjmine.results.portfolio import TrendPoint
from cjmine.results.share import WITHHELD

_OF_ROWS = frozenset({Figure.COUNTED, Figure.JOURNEYS, Figure.GOAL, Figure.NO_GOAL})
_OF_LOST = frozenset({Figure.LOST, Figure.NOT_LOST, Figure.OTHER_END})
_OF_CONTACT = frozenset({Figure.CONTACT, Figure.NO_CONTACT})
_OF_COURSES = frozenset({Figure.BEGUN, Figure.BEGUN_GOAL, Figure.BEGUN_NO_GOAL})
_OF_SCORES = frozenset({Figure.ANSWERED})


def one_publication(
    journeys: Sequence[ShownJourney],
    kinds: Kinds,
    questions: Sequence[Question],
    policy: Policy,
) -> list[ShownJourney]:
    """The journeys as they may be shown beside each other.

    A journey whose goal or numbers would give few away is withheld; of others the drop-off, the
    contact or the scores are, and a trend has whole percents and no counts.
    """
    found = list(journeys)
    if policy.min_group <= 1:
        return found
    tables = [_Table(table, *kinds.of(table)) for table in kinds.tables]

    def too_many(figures: frozenset[Figure]) -> Iterator[int]:
        some = [one for one in tables if one.figure in figures]
        return _too_many(tuple(found), some, questions, policy)

    for at in too_many(_OF_ROWS):
        found[at] = withheld(found[at])
    for at in too_many(_OF_LOST):
        found[at] = replace(found[at], lost=WITHHELD)
    for at in too_many(_OF_CONTACT):
        found[at] = replace(found[at], contact=WITHHELD)
    for at in too_many(_OF_COURSES):
        found[at] = replace(found[at], trend=tuple(map(_without_counts, found[at].trend)))
    for at in too_many(_OF_SCORES):
        found[at] = replace(found[at], scores=())
    return found


def withheld(one: ShownJourney) -> ShownJourney:
    """A journey of which nothing is shown."""
    contact = None if one.contact is None else WITHHELD
    return ShownJourney(one.finished, None, WITHHELD, contact, ())


def _without_counts(point: TrendPoint) -> TrendPoint:
    return TrendPoint(point.from_, None, None, point.value and round(point.value, 2))


@dataclass(frozen=True, slots=True)
class _Table:
    """One figure of all journeys: the kinds of customers behind it."""

    number: int
    times: Ints
    customers: Ints

    @property
    def figure(self) -> Figure:
        return figure_of(self.number)[0]

    def shown(
        self, journeys: Sequence[ShownJourney], questions: Sequence[Question], policy: Policy
    ) -> Flags:
        """The journeys that show it; what one gives away alone is decided by its check."""
        figure, group = figure_of(self.number)
        has = [_shows(one, figure, group, questions) for one in journeys]
        return np.array(has, bool) & ~is_about_few(self.times, self.customers, policy)


def _shows(one: ShownJourney, figure: Figure, group: int, questions: Sequence[Question]) -> bool:
    if one.check is None:
        return False
    match figure:
        case Figure.PRESENT:
            return True
        case Figure.COUNTED:
            return one.check.counted.customers is not None
        case Figure.JOURNEYS:
            return one.check.counted.journeys is not None
        case Figure.GOAL | Figure.NO_GOAL:
            return one.goal.n is not None
        case Figure.LOST | Figure.NOT_LOST:
            return one.lost.n is not None
        case Figure.OTHER_END:
            return one.goal.n is not None and one.lost.n is not None
        case Figure.CONTACT | Figure.NO_CONTACT:
            return one.contact is not None and one.contact.n is not None
        case Figure.BEGUN:
            return group < len(one.trend) and one.trend[group].of is not None
        case Figure.BEGUN_GOAL | Figure.BEGUN_NO_GOAL:
            return group < len(one.trend) and one.trend[group].n is not None
        case Figure.ANSWERED:
            asked = questions[group]
            return any((row.metric, row.scale) == (asked.metric, asked.scale) for row in one.scores)


def _too_many(
    journeys: Sequence[ShownJourney],
    tables: Sequence[_Table],
    questions: Sequence[Question],
    policy: Policy,
) -> Iterator[int]:
    """The places of journeys that would give few away beside those before them."""
    shown = [table.shown(journeys, questions, policy) for table in tables]
    risky = [
        (table, flags)
        for table, flags in zip(tables, shown, strict=True)
        if give_few_away(table.times[:, flags], table.customers, policy)
    ]
    for at in range(len(journeys)):
        if any(flags[at] and _is_one_too_many(table, flags, at, policy) for table, flags in risky):
            for _, flags in risky:
                flags[at] = False
            yield at


def _is_one_too_many(table: _Table, shown: Flags, at: int, policy: Policy) -> bool:
    columns = np.flatnonzero(shown[: at + 1])
    return give_few_away(table.times[:, columns], table.customers, policy)


@dataclass(slots=True)
class Published:
    """Counts of customers that are published: one column each, by kinds of customers."""

    columns: Ints
    customers: Ints
    policy: Policy

    def takes(self, column: Ints) -> bool:
        """Whether another count may be published beside these; then it is one of them."""
        columns = np.column_stack([self.columns, column])
        if self.policy.min_group > 1 and give_few_away(columns, self.customers, self.policy):
            return False
        self.columns = columns
        return True


def published(journeys: Sequence[ShownJourney], kinds: Kinds, policy: Policy) -> Published:
    """The numbers of customers that the rows of journeys show."""
    number = table_of(Figure.COUNTED)
    table = _Table(number, *kinds.of(number))
    return Published(table.times[:, table.shown(journeys, (), policy)], table.customers, policy)


def union(kinds: Kinds, figure: Figure, inside: Flags) -> Ints:
    """The customers of some journeys, each once, as a column of kinds."""
    times, _ = kinds.of(table_of(figure))
    has_any = np.asarray(times[:, inside].any(axis=1))
    return has_any.astype(np.int64)
