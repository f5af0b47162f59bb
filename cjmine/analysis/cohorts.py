"""Journeys that have something among those that could, with the customers behind both.

All groups of a table are counted in one pass. Customers of different parts of a log are disjoint,
so every figure but `largest` is a sum over parts.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np
import numpy.typing as npt

from cjmine.analysis.intervals import sampled
from cjmine.analysis.squares import Squares
from cjmine.counting.groups import Flags, Ints
from cjmine.counting.merging import summed
from cjmine.eventlog.sequences import narrowest
from cjmine.results.figures import Counted, Sampled


@dataclass(frozen=True, slots=True)
class Cohorts:
    """One entry a group: `having` of `among` journeys have something, `times` times in all.

    Distinct customers: of those journeys, of all journeys among, and of those without it
    (`customers_rest`). `largest` is what one customer adds to `times` at most, `most` the most
    journeys of one among. With n journeys of a customer among, m of them having: the sums of n²,
    nm and m² that intervals by customer need.
    """

    having: Ints
    among: Ints
    times: Ints
    customers_having: Ints
    customers_among: Ints
    customers_rest: Ints
    largest: Ints
    most: Ints
    among_squared: Ints
    among_having: Ints
    having_squared: Ints

    def n(self, group: int) -> Counted:
        """The journeys that have it, and who is behind them and behind the rest."""
        return Counted(
            int(self.having[group]), self.customers_having[group], int(self.customers_rest[group])
        )

    def of(self, group: int) -> Sampled:
        """The journeys that could, and how sure the share is."""
        squares = Squares(
            int(self.among_squared[group]),
            int(self.among_having[group]),
            int(self.having_squared[group]),
        )
        n, of = int(self.having[group]), int(self.among[group])
        rarer = int(min(self.customers_having[group], self.customers_rest[group]))
        among, most = int(self.customers_among[group]), int(self.most[group])
        return sampled(n, of, among, rarer, squares, most)

    def __add__(self, other: Cohorts) -> Cohorts:
        return summed(
            self,
            other,
            largest=np.maximum(self.largest, other.largest),
            most=np.maximum(self.most, other.most),
        )

    def occurrences(self, group: int) -> Counted:
        """How often it occurs in all."""
        return Counted(
            int(self.times[group]),
            self.customers_having[group],
            int(self.customers_rest[group]),
            int(self.largest[group]),
        )


@dataclass(frozen=True)
class Among:
    """Denominators: `journeys[g, c]` of customer c are in group g of journeys."""

    journeys: npt.NDArray[np.integer]

    @cached_property
    def total(self) -> Ints:
        """The journeys of each group."""
        found: Ints = self.journeys.sum(axis=1)
        return found

    @cached_property
    def squared(self) -> Ints:
        """The squares of the journeys of each customer, added up by group."""
        found: Ints = np.einsum("ij,ij->i", self.journeys, self.journeys)
        return found

    @cached_property
    def most(self) -> Ints:
        """The most journeys of one customer in each group."""
        found: Ints = self.journeys.max(axis=1, initial=0).astype(np.int64)
        return found

    @cached_property
    def people(self) -> Ints:
        """The customers of each group."""
        found: Ints = np.count_nonzero(self.journeys, axis=1)
        return found


def among(group: npt.NDArray[np.integer], customer: Ints, groups: int, customers: int) -> Among:
    """Denominators from rows of journeys, each once a group."""
    key = group.astype(np.int64) * customers + customer
    return Among(np.bincount(key, minlength=groups * customers).reshape(groups, customers))


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows about journeys put together by group and customer, in runs.

    `order` sorts the rows; run r begins at `begins[r]` of that order, and is about customer
    `customer[r]` in group `group[r]`. `firsts` are the first runs of the groups in `present`.
    """

    groups: int
    customers: int
    order: Ints
    begins: Ints
    group: Ints
    customer: Ints
    firsts: Ints
    present: Ints

    @property
    def many(self) -> Ints:
        """The rows of each run."""
        return np.diff(np.append(self.begins, len(self.order)))

    def sums(self, values: npt.NDArray[np.generic]) -> Ints:
        """Values of rows added up by run."""
        if not len(self.begins):
            return np.zeros(0, np.int64)
        found: Ints = np.add.reduceat(values[self.order], self.begins, dtype=np.int64)
        return found

    def by_group(self, values: npt.NDArray[np.generic]) -> Ints:
        """Values of runs added up by group."""
        found = np.zeros(self.groups, np.int64)
        if len(self.firsts):
            found[self.present] = np.add.reduceat(values, self.firsts, dtype=np.int64)
        return found

    def largest(self, values: Ints) -> Ints:
        """The largest value of the runs of each group; 0 without any."""
        found = np.zeros(self.groups, np.int64)
        if len(self.firsts):
            found[self.present] = np.maximum.reduceat(values, self.firsts)
        return found


def rows(group: npt.NDArray[np.integer], customer: Ints, groups: int, customers: int) -> Rows:
    """Put rows together; customers never decrease along the rows of a group."""
    # Stable sorting of small numbers takes linear time, and keeps customers in order.
    small = group.astype(narrowest(groups), copy=False)
    order = np.argsort(small, kind="stable")
    ordered, owner = small[order], customer[order]
    fresh = np.ones(len(order), bool)
    fresh[1:] = (ordered[1:] != ordered[:-1]) | (owner[1:] != owner[:-1])
    begins = np.flatnonzero(fresh)
    run_group = ordered[begins].astype(np.int64)
    is_first = np.ones(len(begins), bool)
    is_first[1:] = run_group[1:] != run_group[:-1]
    firsts = np.flatnonzero(is_first)
    return Rows(
        groups, customers, order, begins, run_group, owner[begins], firsts, run_group[firsts]
    )


def cohorts(
    base: Among,
    denominator: Ints,
    having: Rows,
    times: Ints | None = None,
    is_inside: Flags | None = None,
) -> Cohorts:
    """Count groups of journeys, each with a group of `base` as its denominator.

    `having` has one row for each group and journey that has it, `times` times. A journey that is
    not inside the denominator of its group counts among it all the same.
    """
    m = having.many
    often = m if times is None else having.sums(times)
    n = base.journeys[denominator[having.group], having.customer]
    both = n if is_inside is None else n + m - having.sums(is_inside)
    among_all, squared = base.total[denominator], base.squared[denominator]
    people, most = base.people[denominator], base.most[denominator]
    if is_inside is not None:
        among_all = among_all + having.by_group(both - n)
        squared = squared + having.by_group(both**2 - n**2)
        people = people + having.by_group(n == 0)
        most = np.maximum(most, having.largest(both.astype(np.int64)))
    return Cohorts(
        having=having.by_group(m),
        among=among_all,
        times=having.by_group(often),
        customers_having=having.by_group(m > 0),
        customers_among=people,
        customers_rest=people - having.by_group(m == both),
        largest=having.largest(often),
        most=most,
        among_squared=squared,
        among_having=having.by_group(m * both),
        having_squared=having.by_group(m * m),
    )


def cohorts_of(found: Rows, has: Flags, times: Ints | None = None) -> Cohorts:
    """Count groups from the rows of all journeys among; `has` flags those that have it."""
    m = found.sums(has)
    return cohorts_of_runs(found, m, found.many, m if times is None else found.sums(times))


def cohorts_of_runs(found: Rows, m: Ints, n: Ints, times: Ints) -> Cohorts:
    """Count groups from runs: m of n journeys of the customer of a run have it, `times` times."""
    return Cohorts(
        having=found.by_group(m),
        among=found.by_group(n),
        times=found.by_group(times),
        customers_having=found.by_group(m > 0),
        customers_among=found.by_group(n > 0),
        customers_rest=found.by_group(n > m),
        largest=found.largest(times),
        most=found.largest(n),
        among_squared=found.by_group(n * n),
        among_having=found.by_group(n * m),
        having_squared=found.by_group(m * m),
    )


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of a table: a count, its distinct customers, and what one of them adds at most."""

    count: Ints
    customers: Ints
    largest: Ints

    def counted(self, cell: int) -> Counted:
        """A cell as a count that knows its customers."""
        return Counted(int(self.count[cell]), self.customers[cell])

    def __add__(self, other: Cells) -> Cells:
        return summed(self, other, largest=np.maximum(self.largest, other.largest))

    def sum(self, cell: int) -> Counted:
        """A cell as a sum over customers."""
        return Counted(int(self.count[cell]), self.customers[cell], None, int(self.largest[cell]))


def cells(found: Rows) -> Cells:
    """Count rows by group."""
    many = found.many
    return Cells(found.by_group(many), found.by_group(many > 0), found.largest(many))


def sums(values: Ints, customer: Ints, customers: int) -> Cells:
    """One cell: the sum of values of journeys, over the customers to whom they add something."""
    each = np.bincount(customer, values, customers).astype(np.int64)
    found = (int(each.sum()), int(np.count_nonzero(each)), int(each.max(initial=0)))
    return Cells(*(np.array([one]) for one in found))


def stacked(tables: list[Cells]) -> Cells:
    """Cells one behind the other."""
    return Cells(
        *(np.concatenate([getattr(one, field.name) for one in tables]) for field in fields(Cells))
    )
