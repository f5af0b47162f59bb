"""How often each customer counts in the figures of one journey of a portfolio."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from cjmine.analysis.cohorts import rows
from cjmine.analysis.score_counts import placed_answers
from cjmine.conformance.facts import Facts
from cjmine.conformance.states import State
from cjmine.counting.groups import Flags, Ints

_GROUPS = 1 << 32  # more than any figure has


class Figure(IntEnum):
    """What is counted of a journey: numbers of journeys, of customers or of answers.

    `PRESENT` are the customers with any journey, `COUNTED` those with one that had its full time;
    what follows counts such journeys. `BEGUN`, `BEGUN_GOAL` and `BEGUN_NO_GOAL` have a group a week
    or month, `ANSWERED` (answers) one a question.
    """

    PRESENT = 0
    COUNTED = 1
    JOURNEYS = 2
    GOAL = 3
    NO_GOAL = 4
    LOST = 5
    NOT_LOST = 6
    OTHER_END = 7
    CONTACT = 8
    NO_CONTACT = 9
    BEGUN = 10
    BEGUN_GOAL = 11
    BEGUN_NO_GOAL = 12
    ANSWERED = 13


def table_of(figure: Figure, group: int = 0) -> int:
    """The number of the table that compares a figure of all journeys.

    >>> table_of(Figure.COUNTED) < table_of(Figure.BEGUN, 3) < table_of(Figure.BEGUN, 4)
    True
    """
    return figure * _GROUPS + group


def figure_of(table: int) -> tuple[Figure, int]:
    """The figure of a table, and its week, month or question."""
    figure, group = divmod(table, _GROUPS)
    return Figure(figure), group


@dataclass(frozen=True, slots=True)
class Tally:
    """One journey of a portfolio: customer `customer[i]` counts `times[i]` times in `table[i]`.

    Rows are in the order of tables, then of customers; no row is twice, or has no times.
    """

    table: Ints
    customer: Ints
    times: Ints

    def of(self, table: int) -> tuple[Ints, Ints]:
        """The customers of one table in order, and how often each counts."""
        first, last = np.searchsorted(self.table, (table, table + 1))
        return self.customer[first:last], self.times[first:last]


def tally_of(
    facts: Facts, contact: Flags, period: Ints, number: Ints, activities: tuple[str, ...]
) -> Tally:
    """The tally of a journey in a part of a log.

    `contact` flags the journeys with contact, `period` is the week or month that each begins in,
    `number` the number of each customer by their code; `activities` are those of the whole log.
    """
    counted = facts.is_counted
    goal, lost = facts.state == State.COMPLETED, facts.state == State.ABANDONED
    once = np.zeros(len(facts), np.int64)
    question, asked = placed_answers(facts, activities)
    found = [
        _runs(facts, figure, group[chosen], chosen)
        for figure, group, chosen in (
            (Figure.PRESENT, once, np.arange(len(facts))),
            (Figure.COUNTED, once, np.flatnonzero(counted)),
            (Figure.JOURNEYS, once, np.flatnonzero(counted)),
            (Figure.GOAL, once, np.flatnonzero(goal)),
            (Figure.NO_GOAL, once, np.flatnonzero(counted & ~goal)),
            (Figure.LOST, once, np.flatnonzero(lost)),
            (Figure.NOT_LOST, once, np.flatnonzero(counted & ~lost)),
            (Figure.OTHER_END, once, np.flatnonzero(counted & ~goal & ~lost)),
            (Figure.CONTACT, once, np.flatnonzero(counted & contact)),
            (Figure.NO_CONTACT, once, np.flatnonzero(counted & ~contact)),
            (Figure.BEGUN, period, np.flatnonzero(counted)),
            (Figure.BEGUN_GOAL, period, np.flatnonzero(goal)),
            (Figure.BEGUN_NO_GOAL, period, np.flatnonzero(counted & ~goal)),
        )
    ]
    found.append(_runs(facts, Figure.ANSWERED, question, asked))
    table, customer, times = (
        np.concatenate([getattr(one, name) for one in found])
        for name in ("table", "customer", "times")
    )
    codes = facts.comparison.journeys.customer
    begins = np.flatnonzero(np.diff(codes, prepend=-1))
    return Tally(table, number[codes[begins]][customer], times)


def _runs(facts: Facts, figure: Figure, group: Ints, journey: Ints) -> Tally:
    """One figure, of rows about journeys in groups."""
    groups = int(group.max(initial=0)) + 1
    found = rows(group, facts.customer[journey], groups, max(facts.customers, 1))
    is_of_customers = figure in (Figure.PRESENT, Figure.COUNTED)
    times = np.ones(len(found.begins), np.int64) if is_of_customers else found.many
    return Tally(table_of(figure) + found.group, found.customer, times)
