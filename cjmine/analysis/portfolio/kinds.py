"""Customers who count alike in all that a portfolio shows.

Sums and differences of figures are sums over such customers, so nothing else has to be known of how
journeys overlap.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cjmine.analysis.portfolio.tallies import Keys, Tally, weights
from cjmine.counting.groups import Ints, distinct


@dataclass(frozen=True, slots=True)
class Kinds:
    """`customers[i]` customers count `times[i, j]` times in column `columns[j]` of `table[i]`.

    `key` is a number that only customers of one kind have. Kinds are in the order of tables, then
    of keys; columns are in order, and without those in which nobody counts.
    """

    table: Ints
    key: Keys
    columns: Ints
    times: npt.NDArray[np.int32]
    customers: Ints

    def of(self, table: int) -> Kinds:
        """The kinds of one table."""
        first, last = np.searchsorted(self.table, (table, table + 1))
        mine = slice(int(first), int(last))
        return Kinds(
            self.table[mine], self.key[mine], self.columns, self.times[mine], self.customers[mine]
        )

    @property
    def tables(self) -> list[int]:
        """The tables that have any customers."""
        return list(_runs(self.table))

    def column(self, number: int) -> Ints:
        """How often a customer of each kind counts in a column."""
        at = int(np.searchsorted(self.columns, number))
        if at == len(self.columns) or self.columns[at] != number:
            return np.zeros(len(self.customers), np.int64)
        return self.times[:, at].astype(np.int64)

    def sum_of(self, numbers: Ints) -> Ints:
        """How often a customer of each kind counts in some columns together."""
        at = np.searchsorted(self.columns, numbers)
        found: Ints = self.times[:, at].sum(axis=1, dtype=np.int64)
        return found

    def __add__(self, other: Kinds) -> Kinds:
        columns = distinct(np.concatenate([self.columns, other.columns]))
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
            columns,
            np.concatenate([self._in(columns), other._in(columns)])[first],
            np.add.reduceat(customers[order], begins) if len(begins) else customers,
        )

    def _in(self, columns: Ints) -> npt.NDArray[np.int32]:
        """The times of more columns."""
        found = np.zeros((len(self.times), len(columns)), np.int32)
        found[:, np.searchsorted(columns, self.columns)] = self.times
        return found


def kinds_of(tallies: Sequence[Tally], people: int) -> Kinds:
    """The kinds of customers of a part, who are numbered below `people`."""
    some = sorted((one for one in tallies if len(one.times)), key=lambda one: one.column)
    columns = np.array([one.column for one in some], np.int64)
    tables = sorted({table for one in some for table in _runs(one.table)})
    found = [_of_table(table, some, columns, people) for table in tables]
    nothing = np.zeros(0, np.int64)
    return Kinds(
        np.concatenate([nothing, *(one.table for one in found)]),
        np.concatenate([np.zeros(0, np.uint64), *(one.key for one in found)]),
        columns,
        np.concatenate([np.zeros((0, len(some)), np.int32), *(one.times for one in found)]),
        np.concatenate([nothing, *(one.customers for one in found)]),
    )


def _runs(ordered: Ints) -> Iterator[int]:
    yield from ordered[np.flatnonzero(np.diff(ordered, prepend=-1))].tolist()


def _of_table(table: int, tallies: Sequence[Tally], columns: Ints, people: int) -> Kinds:
    some = [one.of(table) for one in tallies]
    key = np.zeros(people, np.uint64)
    for weight, (customer, times) in zip(weights(columns), some, strict=True):
        key[customer] += weight * times.astype(np.uint64)
    counting = np.flatnonzero(key)
    order = counting[np.argsort(key[counting], kind="stable")]
    begins = np.flatnonzero(np.diff(key[order], prepend=np.zeros(1, np.uint64)))
    first = order[begins]
    many = np.zeros((len(first), len(some)), np.int32)
    for at, (customer, times) in enumerate(some):
        if len(customer):
            place = np.minimum(np.searchsorted(customer, first), len(customer) - 1)
            many[:, at] = np.where(customer[place] == first, times[place], 0)
    sizes = np.diff(np.append(begins, len(order)))
    return Kinds(np.full(len(first), table, np.int64), key[first], columns, many, sizes)
