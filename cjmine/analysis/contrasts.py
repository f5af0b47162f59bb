"""Differences of several shares at once, by customer: each share counts with a weight.

The share of one cell minus that of another, or how much more one group changed than another
(difference in differences), are contrasts: Σ weight * n / of. The same customers may be in several
cells: the variance is that of the sum of each customer's influences on all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, sqrt

import numpy as np

from cjmine.analysis.differences import Difference
from cjmine.analysis.influences import Floats, Influences, influences
from cjmine.analysis.intervals import Z95, student
from cjmine.counting.groups import Flags, Ints
from cjmine.counting.merging import summed

MANY = 100  # customers, from whom on Student's t is the normal distribution
# Of the cells treated before, treated after, control before, control after.
DIFFERENCE_IN_DIFFERENCES: Floats = np.array([-1.0, 1.0, 1.0, -1.0])


@dataclass(frozen=True, slots=True)
class CellShares:
    """Journeys by cell: `n` of `of` have something."""

    n: Ints
    of: Ints

    @property
    def shares(self) -> Floats:
        """The share of each cell; 0 without journeys."""
        return self.n / np.maximum(1, self.of)

    def __add__(self, other: CellShares) -> CellShares:
        return summed(self, other)


def count_cells(cell: Ints, has: Flags, cells: int) -> CellShares:
    """Count journeys by cell.

    >>> count_cells(np.array([0, 1, 1]), np.array([True, False, True]), 2).n.tolist()
    [1, 1]
    """
    return CellShares(np.bincount(cell[has], minlength=cells), np.bincount(cell, minlength=cells))


def contrast_influences(
    whole: CellShares, weight: Floats, cell: Ints, has: Flags | Ints, customer: Ints
) -> Influences:
    """How much the customers of one part sway a contrast: one entry.

    A second round: `whole` is counted over all parts; the other columns are those of the journeys
    of the part, `customer` their customers' numbers in it. Customers whose cells have no weight
    are not counted. Instead of having something, journeys may have it several times.
    """
    inside = weight[cell] != 0
    cell = cell[inside]
    swayed = weight[cell] / np.maximum(1, whole.of[cell]) * (has[inside] - whole.shares[cell])
    return influences(swayed[None], customer[inside])


def contrast(whole: CellShares, weight: Floats, swayed: Influences) -> Difference | None:
    """A contrast of shares with its interval by customer; None where a cell has no journeys.

    1.96 standard errors; of fewer than 100 customers as many as Student's t has. Never surer than
    independent journeys would be, with half a journey added to each outcome, so that cells vary in
    which all or none have something.

    >>> cells = CellShares(np.array([40, 30, 35, 36]), np.array([100, 100, 100, 100]))
    >>> round(float(cells.shares @ DIFFERENCE_IN_DIFFERENCES), 2)
    -0.11
    """
    if (whole.of[weight != 0] == 0).any():
        return None
    value = float(whole.shares @ weight)
    if swayed.customers < 2:
        return Difference(value, -inf, inf)
    p = (whole.n + 0.5) / (whole.of + 1)
    spread = np.maximum(p * (1 - p), 0)  # of counts above one a journey there is no least
    least = float((weight**2 * spread) @ (1 / np.maximum(1, whole.of)))
    error = sqrt(max(float(swayed.errors()[0]) ** 2, least))
    margin = error * (student(swayed.customers - 1) if swayed.customers < MANY else Z95)
    return Difference(value, value - margin, value + margin)
