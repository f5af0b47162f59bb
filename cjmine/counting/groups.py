"""Groups of occurrences, counted in one part of a log and added up over parts.

Customers of different parts are disjoint, so distinct customers add up exactly. Unions of groups
need names only where groups are small: at most k customers are kept of each, which is all of them
where there are fewer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from cjmine.eventlog.sequences import narrowest

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Whole = TypeVar("Whole", bound=np.integer)


@dataclass(frozen=True, slots=True)
class Groups:
    """What is behind each group: occurrences, and distinct customers.

    `members[bounds[g]:bounds[g + 1]]` are the numbers of up to k customers of group g.
    """

    occurrences: Ints
    customers: Ints
    bounds: Ints
    members: Ints

    def __len__(self) -> int:
        return len(self.customers)

    def members_of(self, groups: npt.NDArray[np.integer]) -> Ints:
        """The known customers of some groups, each once."""
        parts = [self.members[self.bounds[group] : self.bounds[group + 1]] for group in groups]
        return distinct(np.concatenate(parts)) if parts else np.zeros(0, np.int64)

    def customers_of(self, groups: npt.NDArray[np.integer]) -> int:
        """The distinct customers of some groups together: exact below k, else at least k."""
        if not len(groups):
            return 0
        return max(len(self.members_of(groups)), int(self.customers[groups].max()))


@dataclass(frozen=True, slots=True)
class Grouped:
    """Items sorted by group: group g holds the items `order[bounds[g]:bounds[g + 1]]`.

    Within a group the items keep their order.
    """

    order: npt.NDArray[np.intp]
    bounds: Ints

    @property
    def sizes(self) -> Ints:
        """The number of items of each group."""
        return np.diff(self.bounds)

    def begins(self, owner: npt.NDArray[np.integer]) -> Flags:
        """Which items are the first of their owner in their group, in the order of the groups.

        Owners have that order too, and never decrease within a group.
        """
        first = np.ones(len(owner), bool)
        np.not_equal(owner[1:], owner[:-1], out=first[1:])
        first[self.bounds[:-1][self.sizes > 0]] = True
        return first

    def per_group(self, marked: Flags) -> Ints:
        """How many items of each group are marked."""
        return np.diff(np.searchsorted(np.flatnonzero(marked), self.bounds))

    def distinct(self, owner: npt.NDArray[np.integer]) -> Ints:
        """The number of distinct owners of each group; owners never decrease along the items."""
        return self.per_group(self.begins(owner[self.order]))


def grouped(group: npt.NDArray[np.integer], groups: int) -> Grouped:
    """Sort items by group number, keeping their order within a group.

    >>> grouped(np.array([1, 0, 1]), 2).order.tolist()
    [1, 0, 2]
    """
    order = np.argsort(group.astype(narrowest(groups), copy=False), kind="stable")
    sizes = np.bincount(group, minlength=groups)
    return Grouped(order, np.append(0, np.cumsum(sizes)))


def distinct(values: npt.NDArray[Whole]) -> npt.NDArray[Whole]:
    """Numbers in order, each once; `np.unique` would import NumPy's masked arrays.

    >>> distinct(np.array([3, 1, 3])).tolist()
    [1, 3]
    """
    ordered = np.sort(values)
    fresh = np.ones(len(ordered), bool)
    np.not_equal(ordered[1:], ordered[:-1], out=fresh[1:])
    return ordered[fresh]


def dense(code: npt.NDArray[np.integer], codes: int) -> tuple[Ints, npt.NDArray[np.integer]]:
    """The numbers below `codes` that occur, in order, and the place of each number among them.

    >>> present, place = dense(np.array([7, 4, 7]), 9)
    >>> present.tolist(), place.tolist()
    ([4, 7], [1, 0, 1])
    """
    if codes > 1 << 22:
        present, found = np.unique(code, return_inverse=True)
        return present, found
    seen = np.zeros(codes, bool)
    seen[code] = True
    present = np.flatnonzero(seen)
    place = np.zeros(codes, narrowest(len(present)))
    place[present] = np.arange(len(present))
    return present, place[code]


def counted(by_group: Grouped, customer: npt.NDArray[np.integer], most: int) -> Groups:
    """Count groups of items.

    Parameters
    ----------
    customer
        The customer of each item, in the order of the groups; never decreasing within a group.
    most
        So many customers are kept of each group.

    >>> found = counted(grouped(np.array([0, 1, 0]), 2), np.array([5, 5, 5]), 9)
    >>> found.occurrences.tolist(), found.customers.tolist(), found.members.tolist()
    ([2, 1], [1, 1], [5, 5])
    """
    fresh = np.flatnonzero(by_group.begins(customer))
    bounds = np.searchsorted(fresh, by_group.bounds)
    kept, kept_bounds = _first_of_each(bounds, most)
    members = customer[fresh[kept]].astype(np.int64)
    return Groups(by_group.sizes, np.diff(bounds), kept_bounds, members)


def _first_of_each(bounds: Ints, most: int) -> tuple[Ints, Ints]:
    """The places of the first items of each group, and where the groups then begin."""
    sizes = np.diff(bounds)
    kept = np.minimum(sizes, most)
    kept_bounds = np.append(0, np.cumsum(kept))
    return np.arange(kept_bounds[-1]) + np.repeat(bounds[:-1] - kept_bounds[:-1], kept), kept_bounds


def merged(
    parts: Sequence[Groups],
    places: Sequence[npt.NDArray[np.integer]],
    offsets: Sequence[int],
    groups: int,
    most: int,
) -> Groups:
    """The same groups over all parts.

    `places[p][g]` is the number that group g of part p has in the whole; `offsets[p]` is added to
    the numbers of its customers, so that no two parts share one.
    """
    occurrences = added([part.occurrences for part in parts], places, groups)
    customers = added([part.customers for part in parts], places, groups)
    owner = np.concatenate(
        [part.members + offset for part, offset in zip(parts, offsets, strict=True)]
    )
    group = np.concatenate(
        [np.repeat(place, np.diff(part.bounds)) for part, place in zip(parts, places, strict=True)]
    )
    by_group = grouped(group, groups)
    kept, bounds = _first_of_each(by_group.bounds, most)
    return Groups(occurrences, customers, bounds, owner[by_group.order[kept]])


def added(parts: Sequence[Ints], places: Sequence[npt.NDArray[np.integer]], groups: int) -> Ints:
    """The sum of a column over all parts, where `places[p][g]` is the row of row g of part p."""
    total = np.zeros(groups, np.int64)
    for part, place in zip(parts, places, strict=True):
        np.add.at(total, place, part)
    return total
