"""Cohorts of kinds of which only some occur: what journeys do, out of all that could be done.

Each kind of a place has the journeys of that place as its denominator, whether a part of the log
knows the kind or not.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from cjmine.analysis.cohorts import Cohorts, among, cohorts, cohorts_of, rows
from cjmine.counting.groups import (
    Flags,
    Groups,
    Ints,
    counted,
    dense,
    distinct,
    grouped,
    merged,
)


@dataclass(frozen=True, slots=True)
class KeyedCohorts:
    """One cohort a kind that occurs; `key` is its place times `width`, plus its number.

    `base` are the journeys of each place as cohorts that have nothing; `groups` the customers of
    each kind, of which those of fewer than `most` are kept. There are so many `customers` in all.
    """

    width: int
    customers: int
    most: int
    key: Ints
    base: Cohorts
    found: Cohorts
    groups: Groups

    def of(self, place: int) -> Ints:
        """The rows of the kinds of a place."""
        first, last = np.searchsorted(self.key, (place * self.width, (place + 1) * self.width))
        return np.arange(first, last)

    def __add__(self, other: KeyedCohorts) -> KeyedCohorts:
        key = distinct(np.concatenate([self.key, other.key]))
        parts = (self, other)
        at = [np.searchsorted(key, part.key) for part in parts]
        one, two = (part._spread(key, place) for part, place in zip(parts, at, strict=True))
        groups = [part.groups for part in parts]
        return KeyedCohorts(
            self.width,
            self.customers + other.customers,
            self.most,
            key,
            self.base + other.base,
            one + two,
            merged(groups, at, (0, self.customers), len(key), self.most),
        )

    def _spread(self, key: Ints, place: Ints) -> Cohorts:
        """The cohorts of more keys: those that do not occur here have nothing."""
        columns = {}
        for field in fields(Cohorts):
            column = getattr(self.base, field.name)[key // self.width].astype(np.int64)
            column[place] = getattr(self.found, field.name)
            columns[field.name] = column
        return Cohorts(**columns)


def keyed_cohorts(
    place: Ints, kind: Ints, customer: Ints, places: int, width: int, customers: int, most: int
) -> KeyedCohorts:
    """Count journeys by what they do: each row has one kind, below `width`, at one place.

    A journey has at most one row a place; customers never decrease along the rows of a place.

    >>> found = keyed_cohorts(np.array([0, 0]), np.array([7, 2]), np.array([0, 1]), 1, 9, 2, 10)
    >>> found.key.tolist(), found.found.having.tolist(), found.found.among.tolist()
    ([2, 7], [1, 1], [2, 2])
    """
    key, row = dense(place * width + kind, places * width)
    nothing: Flags = np.zeros(len(place), bool)
    by_kind = grouped(row, len(key))
    return KeyedCohorts(
        width,
        customers,
        most,
        key,
        cohorts_of(rows(place, customer, places, customers), nothing),
        cohorts(
            among(place, customer, places, customers),
            key // width,
            rows(row, customer, len(key), customers),
        ),
        counted(by_kind, customer[by_kind.order], most),
    )
