"""Counts of journeys that are shown only where enough customers stand behind them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from cjmine.eventlog.journeys import Journeys
from cjmine.privacy.small_groups import is_small
from cjmine.results.share import WITHHELD, Share, share

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


def flags(members: npt.NDArray[np.integer], size: int) -> Flags:
    """Which of the numbers below `size` are among the members: sets as flags need no sorting."""
    found = np.zeros(size, bool)
    found[members] = True
    return found


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Journeys that have something (`some`), `times` in all, among those that could (`of`).

    `wider` lists the groups around `of` whose sizes are told elsewhere, from small to large.
    """

    some: Ints
    of: Ints
    times: int
    wider: tuple[Ints, ...] = ()

    @classmethod
    def once(cls, some: Ints, of: Ints, *wider: Ints) -> Part:
        """A part whose journeys have it once each."""
        return cls(some, of, len(some), wider)


@dataclass(frozen=True, eq=False)
class Gate:
    """Decides what may be shown of some journeys, by the customers behind it."""

    journeys: Journeys
    min_group: int
    _customers: dict[int, tuple[Ints, int]] = field(default_factory=dict, init=False)
    _gaps: dict[tuple[int, int], bool] = field(default_factory=dict, init=False)

    def customers(self, journeys: Ints) -> int:
        """The number of distinct customers of some journeys."""
        return int(np.count_nonzero(flags(self.journeys.customer[journeys], self._everybody)))

    @cached_property
    def _everybody(self) -> int:
        """One more than the largest code of a customer."""
        return int(self.journeys.customer.max(initial=-1)) + 1

    def count(self, journeys: Ints) -> int | None:
        """How many journeys these are; None where they are of too few customers."""
        return None if is_small(self.customers(journeys), self.min_group) else len(journeys)

    def tells_too_much(self, part: Part) -> bool:
        """Whether a share would tell about few: who has something, or who lacks it.

        The same holds for what lies between the groups whose sizes are told.
        """
        if self.min_group <= 1:
            return False
        if is_small(self.customers(part.some), self.min_group):
            return True
        if self._leaves_few(part.some, part.of):
            return True
        around = (part.of, *part.wider)
        return any(self._gap(one, other) for one, other in pairwise(around))

    def share(self, part: Part) -> Share:
        """The share that a part is, withheld where it would tell too much."""
        return WITHHELD if self.tells_too_much(part) else share(len(part.some), len(part.of))

    def _leaves_few(self, some: Ints, of: Ints) -> bool:
        if self._all_customers(of) - len(some) >= self.min_group:
            return False  # at least so many customers are left
        rest = of[~flags(some, len(self.journeys))[of]]
        return is_small(self.customers(rest), self.min_group)

    def _gap(self, one: Ints, other: Ints) -> bool:
        key = (id(one), id(other))
        if key not in self._gaps:
            self._all_customers(one)  # keeps it, so that its number stays its own
            self._gaps[key] = self._leaves_few(one, other)
        return self._gaps[key]

    def _all_customers(self, journeys: Ints) -> int:
        known = self._customers.get(id(journeys))
        if known is None:
            known = self._customers[id(journeys)] = (journeys, self.customers(journeys))
        return known[1]


def hidden_cells(
    cell_row: Ints,
    cell_column: Ints,
    customer: npt.NDArray[np.integer],
    shape: tuple[int, int],
    min_group: int,
) -> Flags:
    """Which cells of a table must not be shown, when the sums of its rows and columns are.

    One entry a journey: its row, its column, its customer. Hidden are cells of fewer than
    `min_group` customers and, so that none of them can be computed from a sum, others of the same
    row and column: no row or column has a single hidden cell, or hidden ones of too few together.
    """
    rows, columns = shape
    number = np.asarray(cell_row) * columns + np.asarray(cell_column)
    everybody = int(np.asarray(customer).max(initial=-1)) + 1
    pairs = np.unique(number.astype(np.int64) * everybody + customer)
    cells = pairs // max(everybody, 1)
    people = np.bincount(cells, minlength=rows * columns).reshape(shape)
    sizes = np.bincount(number, minlength=rows * columns).reshape(shape)
    hidden = (people > 0) & (people < min_group)
    lines = [(row, slice(None)) for row in range(rows)]
    lines += [(slice(None), column) for column in range(columns)]  # type: ignore[misc]
    changed = True
    while changed and hidden.any():
        changed = False
        for line in lines:
            inside = hidden[line]
            if not inside.any():
                continue
            # Distinct customers of cells together are at least those of the largest.
            enough = int(people[line][inside].sum()) >= min_group and int(inside.sum()) > 1
            if enough:
                continue
            open_to = np.flatnonzero(~inside & (people[line] > 0))
            if len(open_to):
                smallest = open_to[np.argmin(sizes[line][open_to])]
                inside[smallest] = True  # a view: hides the cell itself
                changed = True
    return hidden
