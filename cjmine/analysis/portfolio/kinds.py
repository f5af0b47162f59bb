"""Customers who count alike in all journeys of a portfolio.

Sums and differences of figures of journeys are sums over such customers, so nothing else has to be
known of how journeys overlap.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cjmine.analysis.portfolio.tallies import Tally
from cjmine.counting.groups import Ints

Keys = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Kinds:
    """`customers[i]` customers count `times[i, j]` times in journey j of table `table[i]`.

    `key` is a number that only customers of one kind have. Kinds are in the order of tables.
    """

    table: Ints
    key: Keys
    times: Ints
    customers: Ints

    @property
    def tables(self) -> list[int]:
        """The tables that have any customers."""
        return list(_distinct(self.table))

    def of(self, table: int) -> tuple[Ints, Ints]:
        """The kinds of one table: how often they count in each journey, and their customers."""
        first, last = np.searchsorted(self.table, (table, table + 1))
        return self.times[first:last], self.customers[first:last]

    def __add__(self, other: Kinds) -> Kinds:
        table = np.concatenate([self.table, other.table])
        key = np.concatenate([self.key, other.key])
        customers = np.concatenate([self.customers, other.customers])
        order = np.lexsort((key, table))
        fresh = np.ones(len(order), bool)
        fresh[1:] = (table[order[1:]] != table[order[:-1]]) | (key[order[1:]] != key[order[:-1]])
        begins = np.flatnonzero(fresh)
        first = order[begins]
        return Kinds(
            table[first],
            key[first],
            np.concatenate([self.times, other.times])[first],
            np.add.reduceat(customers[order], begins) if len(begins) else customers,
        )


def kinds_of(tallies: Sequence[Tally], people: int) -> Kinds:
    """The kinds of customers of a part, who are numbered below `people`."""
    tables = sorted({table for one in tallies for table in _distinct(one.table)})
    found = [_of_table(table, tallies, people) for table in tables]
    return Kinds(
        np.concatenate([np.zeros(0, np.int64), *(one.table for one in found)]),
        np.concatenate([np.zeros(0, np.uint64), *(one.key for one in found)]),
        np.concatenate([np.zeros((0, len(tallies)), np.int64), *(one.times for one in found)]),
        np.concatenate([np.zeros(0, np.int64), *(one.customers for one in found)]),
    )


def _distinct(ordered: Ints) -> Iterator[int]:
    yield from ordered[np.flatnonzero(np.diff(ordered, prepend=-1))].tolist()


def _of_table(table: int, tallies: Sequence[Tally], people: int) -> Kinds:
    columns = [one.of(table) for one in tallies]
    key = np.zeros(people, np.uint64)
    for weight, (customer, times) in zip(weights(len(tallies)), columns, strict=True):
        key[customer] += weight * times.astype(np.uint64)
    some = np.flatnonzero(key)
    order = some[np.argsort(key[some])]
    begins = np.flatnonzero(np.diff(key[order], prepend=np.zeros(1, np.uint64)))
    first = order[begins]
    many = np.zeros((len(first), len(tallies)), np.int64)
    for at, (customer, times) in enumerate(columns):
        if len(customer):
            place = np.minimum(np.searchsorted(customer, first), len(customer) - 1)
            many[:, at] = np.where(customer[place] == first, times[place], 0)
    sizes = np.diff(np.append(begins, len(order)))
    return Kinds(np.full(len(first), table, np.int64), key[first], many, sizes)


def weights(columns: int) -> Keys:
    """Odd numbers by which rows of whole numbers get sums of their own, as good as surely."""
    return np.random.default_rng(0).integers(1, 1 << 63, columns, np.uint64) | np.uint64(1)
