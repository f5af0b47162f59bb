"""Collections in which values may occur several times: how they are counted, merged and read.

They hold the distinct values with their numbers, so that their order and their parts leave no
trace in what is computed from them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cjmine.counting.groups import Ints

Numbers = npt.NDArray[np.int64] | npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Values:
    """Numbers by group: `times[i]` times `value[i]` in group `group[i]`; sorted by both."""

    group: Ints
    value: Numbers
    times: Ints

    def of(self, group: int) -> tuple[Numbers, Ints]:
        """The values of one group in order, and how often each occurs."""
        first, last = np.searchsorted(self.group, (group, group + 1))
        return self.value[first:last], self.times[first:last]

    def __add__(self, other: Values) -> Values:
        return values(
            np.concatenate([self.group, other.group]),
            np.concatenate([self.value, other.value]),
            np.concatenate([self.times, other.times]),
        )


def values(group: Ints, value: Numbers, times: Ints | None = None) -> Values:
    """Collect numbers by group.

    >>> found = values(np.array([1, 0, 1]), np.array([5, 7, 5]))
    >>> found.group.tolist(), found.value.tolist(), found.times.tolist()
    ([0, 1], [7, 5], [1, 2])
    """
    order = np.lexsort((value, group)) if times is not None or len(group) else np.zeros(0, np.int64)
    group, value = group[order], value[order]
    fresh = np.ones(len(order), bool)
    fresh[1:] = (group[1:] != group[:-1]) | (value[1:] != value[:-1])
    begins = np.flatnonzero(fresh)
    if times is None:
        many = np.diff(np.append(begins, len(order)))
    else:
        many = np.add.reduceat(times[order], begins) if len(begins) else times
    return Values(group[begins].astype(np.int64), value[begins], many)


def quantile(value: Numbers, times: Ints, share: float) -> float:
    """The quantile of numbers in order, linear between neighbours as `np.quantile` has it.

    >>> quantile(np.array([10, 20]), np.array([1, 3]), 0.25)
    17.5
    """
    ends = np.cumsum(times)
    place = (int(ends[-1]) - 1) * share
    below = int(place)
    low, high = value[np.searchsorted(ends, [below, min(below + 1, int(ends[-1]) - 1)], "right")]
    step, part = float(high - low), place - below
    return float(low + step * part if part < 0.5 else high - step * (1 - part))


def quantile_from_above(value: Numbers, times: Ints, share: float) -> int:
    """The quantile of numbers in order, the next larger one where it falls between two."""
    ends = np.cumsum(times)
    place = int(np.ceil((int(ends[-1]) - 1) * share))
    return int(value[np.searchsorted(ends, place, "right")])
