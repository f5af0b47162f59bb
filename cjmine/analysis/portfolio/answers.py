"""What customers answered about the journeys of a portfolio: each answer once.

The answers are kept one by one, with the journeys that they are placed in, so that those of any
group of journeys can be pooled without counting one twice where journeys overlap.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from cjmine.analysis.portfolio.part import PortfolioPart
from cjmine.analysis.portfolio.tallies import Tally, mixed, weights
from cjmine.analysis.score_counts import BANDS, Given, bands_of, questions_asked, questions_of
from cjmine.conformance.facts import Facts
from cjmine.counting.groups import Flags, Ints
from cjmine.eventlog.log import CUSTOMER

Bits = npt.NDArray[np.uint8]
_FIRST_COLUMN = 1 << 62  # those of answers come after all others


@dataclass(frozen=True, slots=True)
class JourneyAnswers:
    """The placed answers of one journey of a part: their events in the log, and what was said."""

    event: Ints
    asked: Ints
    value: npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class AnswerTable:
    """One row an answer that is placed in some journey, by customer.

    `asked` is the place of its question. Row a of `inside` has one bit a measured journey;
    `customers` are all those of the part, numbered from 0.
    """

    customer: Ints
    asked: Ints
    value: npt.NDArray[np.float64]
    inside: Bits
    customers: int

    def __add__(self, other: AnswerTable) -> AnswerTable:
        return AnswerTable(
            np.concatenate([self.customer, other.customer + self.customers]),
            np.concatenate([self.asked, other.asked]),
            np.concatenate([self.value, other.value]),
            np.concatenate([self.inside, other.inside]),
            self.customers + other.customers,
        )

    def about(self, question: int) -> AnswerTable:
        """The answers to one question."""
        return self._at(np.flatnonzero(self.asked == question))

    def placed_in(self, journeys: int) -> Flags:
        """Which of so many journeys (a row each) each answer is placed in."""
        return np.unpackbits(self.inside, axis=1, count=journeys).T.astype(bool)

    def given(self, chosen: Flags) -> Given:
        """Some of the answers, to be counted."""
        some = self._at(np.flatnonzero(chosen))
        return Given(some.customer, some.asked, some.value, some.customers)

    @property
    def band(self) -> Ints:
        """The band of each answer on its scale; 0 without one."""
        return bands_of(self.asked, self.value)[1]

    @property
    def column(self) -> Ints:
        """The column that counts all answers to one question, in the same band and journeys."""
        where = self.inside.astype(np.uint64) @ weights(np.arange(self.inside.shape[1]))
        what = weights(self.asked * BANDS + self.band)
        return _FIRST_COLUMN + (mixed(where + what) >> np.uint64(2)).astype(np.int64)

    def tallies(self) -> Iterator[Tally]:
        """How often each customer answers, a column for the answers that are alike."""
        column = self.column
        order = np.lexsort((self.customer, column))
        both = np.stack([column[order], self.customer[order]])
        begins = np.flatnonzero(np.append(True, np.diff(both).any(axis=0))[: len(order)])
        (column, customer), times = both[:, begins], np.diff(np.append(begins, len(order)))
        firsts = np.flatnonzero(np.diff(column, prepend=-1)).tolist()
        for first, end in pairwise([*firsts, len(column)]):
            some = slice(first, end)
            nought = np.zeros(end - first, np.int64)
            yield Tally(int(column[first]), nought, customer[some], times[some])

    def _at(self, rows: Ints) -> AnswerTable:
        return AnswerTable(
            self.customer[rows],
            self.asked[rows],
            self.value[rows],
            self.inside[rows],
            self.customers,
        )


def journey_answers(
    facts: Facts, part: PortfolioPart, activities: tuple[str, ...]
) -> JourneyAnswers:
    """The placed answers of the counted journeys; `activities` are those of the whole log."""
    answers, log = facts.answers, facts.log
    asked = questions_asked(facts, questions_of(activities))
    placed = np.flatnonzero(bands_of(asked, answers.value)[0] & (answers.step >= 0))
    event = facts.comparison.journeys.event[answers.row[placed]].astype(np.int64)
    if log.events != part.log.events:
        # The journeys are cut from the events of some customers: back to those of the part.
        owner = part.log.codes(CUSTOMER)
        has = np.zeros(int(owner.max(initial=-1)) + 1, bool)
        has[log.codes(CUSTOMER)] = True
        event = np.flatnonzero(has[owner])[event]
    return JourneyAnswers(event, asked[placed], answers.value[placed])


def answer_table(part: PortfolioPart, journeys: Sequence[JourneyAnswers]) -> AnswerTable:
    """The answers of a part, from those of each of its journeys."""
    events = part.log.events
    asked, value = np.full(events, -1, np.int64), np.zeros(events)
    for one in journeys:
        asked[one.event], value[one.event] = one.asked, one.value
    row = np.flatnonzero(asked >= 0)
    place = np.zeros(events, np.int64)
    place[row] = np.arange(len(row))
    inside = np.zeros((len(row), len(journeys)), bool)
    for at, one in enumerate(journeys):
        inside[place[one.event], at] = True
    number = part.numbered()
    return AnswerTable(
        customer=number[part.log.codes(CUSTOMER)[row]],
        asked=asked[row],
        value=value[row],
        inside=np.packbits(inside, axis=1),
        customers=int(number.max(initial=-1)) + 1,
    )
