"""Counts of journeys that are shown only where enough customers stand behind them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cjmine.analysis.ratio import Ratio
from cjmine.eventlog.journeys import Journeys
from cjmine.privacy.small_groups import is_small

Ints = npt.NDArray[np.integer]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Journeys that have something (`some`), `times` in all, among those that could (`of`)."""

    some: npt.NDArray[np.int64]
    of: npt.NDArray[np.int64]
    times: int

    @classmethod
    def once(cls, some: npt.NDArray[np.int64], of: npt.NDArray[np.int64]) -> Part:
        """A part whose journeys have it once each."""
        return cls(some, of, len(some))


@dataclass(frozen=True, slots=True)
class Gate:
    """Decides what may be shown of some journeys, by the customers behind it."""

    journeys: Journeys
    min_group: int

    def customers(self, journeys: Ints) -> int:
        """The number of distinct customers of some journeys."""
        return len(np.unique(self.journeys.customer[journeys]))

    def count(self, journeys: Ints) -> int | None:
        """How many journeys these are; None where they are of too few customers."""
        return None if is_small(self.customers(journeys), self.min_group) else len(journeys)

    def tells_too_much(self, some: Ints, of: Ints) -> bool:
        """Whether a share would tell about few: those who have something, or those who do not."""
        rest = np.setdiff1d(of, some, assume_unique=True)
        return any(is_small(self.customers(side), self.min_group) for side in (some, rest))

    def ratio(self, part: Part) -> Ratio | None:
        """The share that a part is; None where it would tell too much."""
        if self.tells_too_much(part.some, part.of):
            return None
        return Ratio(len(part.some), len(part.of))


def hidden_cells(
    cell_row: Ints, cell_column: Ints, customer: Ints, shape: tuple[int, int], min_group: int
) -> Flags:
    """Which cells of a table must not be shown, when the sums of its rows and columns are.

    One entry a journey: its row, its column, its customer. Hidden are cells of fewer than
    `min_group` customers and, so that none of them can be computed from a sum, others of the same
    row and column: no row or column has a single hidden cell, or hidden ones of too few together.
    """
    rows, columns = shape
    number = np.asarray(cell_row) * columns + np.asarray(cell_column)
    pairs = np.unique(np.stack([number, np.asarray(customer)]), axis=1)
    people = np.bincount(pairs[0], minlength=rows * columns).reshape(shape)
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
