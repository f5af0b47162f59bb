"""Two sides that hold the same customers: the sums of products that their correlation needs.

Each customer has n journeys among those of one side, m of them having something, and N and M on
the other side. The sums are over customers with journeys on both sides, and add up over parts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.analysis.cohorts import Among, Rows
from cjmine.counting.groups import Flags, Ints
from cjmine.counting.merging import summed


@dataclass(frozen=True, slots=True)
class Crossed:
    """For one figure of both sides the sums of nN, nM, mN and mM."""

    among: int
    among_having: int
    having_among: int
    having: int


@dataclass(frozen=True, slots=True)
class CrossedCohorts:
    """The sums of nN, nM, mN and mM: one entry a group."""

    among: Ints
    among_having: Ints
    having_among: Ints
    having: Ints

    def of(self, group: int) -> Crossed:
        """The sums of one group."""
        return Crossed(
            int(self.among[group]),
            int(self.among_having[group]),
            int(self.having_among[group]),
            int(self.having[group]),
        )

    def __add__(self, other: CrossedCohorts) -> CrossedCohorts:
        return summed(self, other)


def crossed(one: Rows, has: Flags, other: Rows, other_has: Flags) -> CrossedCohorts:
    """Count groups of journeys of both sides, whose groups and customers have the same numbers.

    As `cohorts_of`, each row is a journey of a group; `has` those that have something.

    >>> from cjmine.analysis.cohorts import rows
    >>> before = rows(np.zeros(3, np.int64), np.array([0, 0, 1]), 1, 2)
    >>> after = rows(np.zeros(2, np.int64), np.array([0, 1]), 1, 2)
    >>> crossed(before, np.array([True, False, True]), after, np.array([True, False])).of(0)
    Crossed(among=3, among_having=2, having_among=2, having=1)
    """
    key = one.group * one.customers + one.customer
    other_key = other.group * other.customers + other.customer
    place = np.searchsorted(other_key, key)
    meets = place < len(other_key)
    meets[meets] = other_key[place[meets]] == key[meets]
    at, group = place[meets], one.group[meets]
    n, m = one.many[meets], one.sums(has)[meets]
    other_n, other_m = other.many[at], other.sums(other_has)[at]
    return CrossedCohorts(
        *(_added(group, product, one.groups) for product in (n * other_n, n * other_m)),
        *(_added(group, product, one.groups) for product in (m * other_n, m * other_m)),
    )


def _added(group: Ints, values: Ints, groups: int) -> Ints:
    """Whole numbers added up by group; groups never decrease."""
    ends = np.append(0, np.cumsum(values))
    bounds = np.searchsorted(group, np.arange(groups + 1))
    found: Ints = ends[bounds[1:]] - ends[bounds[:-1]]
    return found


def crossed_among(base: Among, denominator: Ints, having: Rows, is_inside: Flags) -> CrossedCohorts:
    """Count groups of journeys of both sides, as `cohorts` counts those of one.

    `base` has the denominators of the first side, then those of the second; `having` the groups
    of the first side, then those of the second. Both sides have the `denominator` of each group.
    """
    groups, most = len(denominator), len(base.journeys) // 2
    first, second = base.journeys[:most], base.journeys[most:]
    m = having.many
    extra = m - having.sums(is_inside)
    of_first = having.group < groups
    group, customer = having.group % max(groups, 1), having.customer
    other = np.where(
        of_first,
        second[denominator[group], customer],
        first[denominator[group], customer],
    )

    def added(runs: Flags, values: Ints) -> Ints:
        return np.bincount(group[runs], values[runs], groups).astype(np.int64)

    key = group * having.customers + customer
    one, two = np.flatnonzero(of_first), np.flatnonzero(~of_first)
    at = np.searchsorted(key[two], key[one])
    meets = at < len(two)
    meets[meets] = key[two][at[meets]] == key[one][meets]
    one, two = one[meets], two[at[meets]]

    def met(values: Ints, other_values: Ints) -> Ints:
        found = np.bincount(group[one], values[one] * other_values[two], groups)
        return found.astype(np.int64)

    every = np.einsum("ij,ij->i", first.astype(np.int64), second.astype(np.int64))
    return CrossedCohorts(
        every[denominator] + added(extra > 0, extra * other) + met(extra, extra),
        added(~of_first, m * other) + met(extra, m),
        added(of_first, m * other) + met(m, extra),
        met(m, m),
    )
