"""How ends follow each other: which are one journey, or a part of another, and which is first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cjmine.counting.groups import Flags, Ints
from cjmine.eventlog.journeys import Journeys
from cjmine.eventlog.named_events import first_of

Shares = npt.NDArray[np.float64]  # ends × ends
Pairs = npt.NDArray[np.bool_]
_SAME, _PART, _CLEAR = 0.9, 0.75, 0.75


@dataclass(frozen=True, slots=True)
class Courses:
    """What comes after what, of each two ends.

    After so large a share of one end comes the other, before the first again (`goes_on`); so large
    a share of the other has the first before it, since it came last (`comes_from`). `is_before`
    says that most journeys with both come to the first one first, `is_clear` that three of four do.
    """

    goes_on: Shares
    comes_from: Shares
    is_before: Pairs
    is_clear: Pairs

    @property
    def is_same(self) -> Pairs:
        """Whether the first is only the way to the other: nine of ten go on, and come from it."""
        return self.is_before & (self.goes_on >= _SAME) & (self.comes_from >= _SAME)

    @property
    def is_part(self) -> Pairs:
        """Whether three of four go on from the first to the other, or come from it."""
        return self.is_before & ((self.goes_on >= _PART) | (self.comes_from >= _PART))


def courses_of(journeys: Journeys, is_pause: Flags, ends: Ints, least: int) -> Courses:
    """How some ends follow each other; an order is clear only among `least` journeys or more."""
    column = np.full(len(journeys.activities), -1)
    column[ends] = np.arange(len(ends))
    events = np.flatnonzero(column[journeys.activity] >= 0)
    found = column[journeys.activity[events]]
    owner = journeys.journey[events].astype(np.int64)
    visit: Ints = np.cumsum(is_pause)[events] - is_pause[events]
    is_again = np.zeros(len(events), bool)  # seen once more before a pause
    is_again[1:] = (found[1:] == found[:-1]) & (visit[1:] == visit[:-1])
    found, owner = found[~is_again], owner[~is_again]
    firsts = [first_of(journeys, journeys.activity == end) for end in ends.tolist()]
    before, both = _firsts(firsts)
    return Courses(
        goes_on=_followed(found, owner, len(ends)),
        comes_from=_followed(found[::-1], -owner[::-1], len(ends)).T,
        is_before=2 * before > both,
        is_clear=(both >= least) & (before >= _CLEAR * both) & (both > 0),
    )


def _followed(found: Ints, owner: Ints, size: int) -> Shares:
    """After what share of each end another comes in the same journey, before the end again."""
    every = len(found)
    place = np.arange(every)
    until = np.searchsorted(owner, owner, "right")
    for end in range(size):
        at = np.flatnonzero(found == end)
        until[at[:-1]] = np.minimum(until[at[:-1]], at[1:])
    share = np.zeros((size, size))
    many = np.maximum(np.bincount(found, minlength=size), 1)
    for other in range(size):
        following = np.append(np.where(found == other, place, every), every)
        following = np.minimum.accumulate(following[::-1])[::-1][1:]
        share[:, other] = np.bincount(found[following < until], minlength=size) / many
    np.fill_diagonal(share, 0.0)
    return share


def _firsts(firsts: list[Ints]) -> tuple[Ints, Ints]:
    """Of each two ends, the journeys that come to the first one first, of those with both."""
    size = len(firsts)
    before, both = np.zeros((size, size), np.int64), np.zeros((size, size), np.int64)
    for one in range(size):
        for other in range(size):
            if one != other:
                is_both = (firsts[one] >= 0) & (firsts[other] >= 0)
                both[one, other] = np.count_nonzero(is_both)
                before[one, other] = np.count_nonzero(is_both & (firsts[one] < firsts[other]))
    return before, both


def in_order(ends: list[int], is_clear: Pairs) -> list[int]:
    """Ends in the order that is clear in time, else in the order they have; cycles as they come.

    >>> in_order([0, 1, 2], np.array([[0, 0, 0], [0, 0, 0], [1, 0, 0]], bool))
    [1, 2, 0]
    """
    left, ordered = list(ends), []
    while left:
        free = (one for one in left if not any(is_clear[other, one] for other in left))
        one = next(free, left[0])
        left.remove(one)
        ordered.append(one)
    return ordered
