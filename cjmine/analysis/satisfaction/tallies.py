"""Customers who were asked, and their scores, in groups: one row a customer, so counts say all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cjmine.analysis.multisets import Values, values
from cjmine.counting.groups import Flags, Ints
from cjmine.counting.merging import summed


@dataclass(frozen=True, slots=True)
class Tally:
    """The customers asked in each group (as so many zeros), and the scores of those who answered.

    A customer is in a group once. Groups have any numbers from 0 on; those without anyone are not
    there.
    """

    asked: Values
    scores: Values

    def __add__(self, other: Tally) -> Tally:
        return summed(self, other)

    def where(self, chosen: Callable[[Ints], Flags]) -> Group:
        """The groups that are chosen by their numbers, as one; each customer must be in one."""
        asked, scores = chosen(self.asked.group), chosen(self.scores.group)
        return Group(
            int(self.asked.times[asked].sum()),
            values(
                np.zeros(np.count_nonzero(scores), np.int64),
                self.scores.value[scores],
                self.scores.times[scores],
            ),
        )

    def of(self, group: int) -> Group:
        """One group."""
        return self.where(lambda groups: groups == group)

    def grouped(self, place: Callable[[Ints], Ints]) -> Tally:
        """The same customers in other groups, which follow from the numbers of these."""
        return Tally(
            values(place(self.asked.group), self.asked.value, self.asked.times),
            values(place(self.scores.group), self.scores.value, self.scores.times),
        )


@dataclass(frozen=True, slots=True)
class Group:
    """The customers asked, and the scores of those who answered (as group 0)."""

    asked: int
    scores: Values

    @property
    def answered(self) -> int:
        """How many answered."""
        return int(self.scores.times.sum())


def tally(group: Ints, score: npt.NDArray[np.float64]) -> Tally:
    """Count customers by group; a score that is not a number is no answer.

    >>> found = tally(np.array([3, 3, 5]), np.array([9.0, np.nan, 7.0]))
    >>> found.of(3).asked, found.of(3).answered, found.of(4).asked
    (2, 1, 0)
    """
    is_answered = np.isfinite(score)
    return Tally(
        values(group, np.zeros(len(group), np.int64)),
        values(group[is_answered], score[is_answered]),
    )
