"""How often each customer counts in what a portfolio shows: the columns of one publication."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from cjmine.analysis.cohorts import rows
from cjmine.conformance.facts import Facts
from cjmine.conformance.states import State
from cjmine.counting.groups import Flags, Ints

Keys = npt.NDArray[np.uint64]
_JOURNEYS = 1 << 32  # columns of journeys come before those of reasons, and these before the log's
_LOG = 1 << 33


class Figure(IntEnum):
    """What is counted of a journey, and what of its periods.

    `PRESENT` are the customers with any journey, `COUNTED` those with one that had its full time;
    what follows counts such journeys: all of them, and those that reach the goal, are lost, or have
    contact. `BEGUN` and `BEGUN_GOAL` are the first and the fourth of the ones that begin in a
    period.
    """

    PRESENT = 0
    COUNTED = 1
    JOURNEYS = 2
    GOAL = 3
    LOST = 4
    CONTACT = 5
    BEGUN = 6
    BEGUN_GOAL = 7


SEEN, CASES = _LOG, _LOG + 1  # the customers of the log, and its journeys before any is declared


def column_of(journey: int, figure: Figure) -> int:
    """The number of the column that holds a figure of a journey.

    >>> column_of(0, Figure.BEGUN_GOAL) < column_of(1, Figure.PRESENT) < reason_column(0) < SEEN
    True
    """
    return journey * len(Figure) + figure


def reason_column(reason: int) -> int:
    """The number of the column that holds the contacts of a reason, by its place."""
    return _JOURNEYS + reason


@dataclass(frozen=True, slots=True)
class Tally:
    """One column: customer `customer[i]` counts `times[i]` times in `table[i]`.

    Rows are in the order of tables, then of customers; no row is twice, or has no times.
    """

    column: int
    table: Ints
    customer: Ints
    times: Ints

    def of(self, table: int) -> tuple[Ints, Ints]:
        """The customers of one table in order, and how often each counts."""
        first, last = np.searchsorted(self.table, (table, table + 1))
        return self.customer[first:last], self.times[first:last]


def tally(column: int, group: Ints, customer: Ints) -> Tally:
    """A column with a table a group, from rows about customers, who never decrease."""
    groups = int(group.max(initial=0)) + 1
    found = rows(group, customer, groups, int(customer.max(initial=0)) + 1)
    return Tally(column, found.group, found.customer, found.many)


def tallies_of(facts: Facts, contact: Flags, journey: int, number: Ints) -> list[Tally]:
    """The columns of a journey in a part of a log; they are all in one table.

    `contact` flags the journeys with contact, `number` is that of each customer by their code.
    """
    counted = facts.is_counted
    owner = _owners(facts, number)
    some = {
        Figure.PRESENT: np.ones(len(facts), bool),
        Figure.COUNTED: counted,
        Figure.JOURNEYS: counted,
        Figure.GOAL: facts.state == State.COMPLETED,
        Figure.LOST: facts.state == State.ABANDONED,
        Figure.CONTACT: counted & contact,
    }
    found = []
    for figure, flags in some.items():
        mine = owner[flags]
        one = tally(column_of(journey, figure), np.zeros(len(mine), np.int64), mine)
        if figure in (Figure.PRESENT, Figure.COUNTED):
            one = Tally(one.column, one.table, one.customer, np.ones_like(one.times))
        found.append(one)
    return found


def course_tallies(facts: Facts, table: Ints, journey: int, number: Ints) -> list[Tally]:
    """The columns of a journey by period: `table` is that of each journey."""
    owner, counted = _owners(facts, number), facts.is_counted
    some = {Figure.BEGUN: counted, Figure.BEGUN_GOAL: facts.state == State.COMPLETED}
    return [
        tally(column_of(journey, figure), table[flags], owner[flags])
        for figure, flags in some.items()
    ]


def log_tallies(owner: Ints) -> list[Tally]:
    """The columns of the log: its customers, and its journeys; `owner` is that of each journey."""
    cases = tally(CASES, np.zeros(len(owner), np.int64), owner)
    return [Tally(SEEN, cases.table, cases.customer, np.ones_like(cases.times)), cases]


def _owners(facts: Facts, number: Ints) -> Ints:
    """The number of the customer of each journey."""
    found: Ints = number[facts.comparison.journeys.customer]
    return found


def weights(numbers: Ints) -> Keys:
    """A weight for each number: sums of multiples of them are as good as surely of their own."""
    return mixed(numbers.astype(np.uint64))


def mixed(numbers: Keys) -> Keys:
    """Other numbers for numbers, one for one, that look drawn at random (SplitMix64)."""
    found = (numbers + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    found = (found ^ (found >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    found = (found ^ (found >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return found ^ (found >> np.uint64(31))
