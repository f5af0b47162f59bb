"""How much single customers sway a figure: its variance where journeys of one are alike.

The influence of a journey is what a figure changes by where the journey counts for slightly more;
that of a customer the sum over the journeys, and the variance G / (G - 1) Σ u² over G customers.
It needs a second round over the parts of a log, with the figure over all of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cjmine.counting.groups import Ints
from cjmine.counting.merging import summed

Floats = npt.NDArray[np.float64]
UNIT = float(1 << 60)  # squared influences are whole numbers of so small a part


@dataclass(frozen=True, slots=True)
class Influences:
    """Sums over customers of squared influences on shares, one entry a figure.

    Whole numbers of 2^-60, so that parts add up to the same bytes.
    """

    squared: Ints
    customers: int

    def errors(self) -> Floats:
        """The standard errors: √(G / (G - 1) Σ u²) over G customers; infinite for one.

        >>> influences(np.array([[0.25, 0.25, -0.5]]), np.array([0, 0, 1])).errors().tolist()
        [1.0]
        """
        if self.customers < 2:
            return np.full(len(self.squared), np.inf)
        found = self.squared / UNIT * (self.customers / (self.customers - 1))
        root: Floats = np.sqrt(found)
        return root

    def __add__(self, other: Influences) -> Influences:
        return summed(self, other)


def influences(swayed: Floats, customer: Ints) -> Influences:
    """Add up the influences of journeys: one row a figure, one column a journey.

    `customer` are numbers from 0 on. A customer's journeys have the same order in any part.
    """
    people = int(customer.max()) + 1 if len(customer) else 0
    each = np.array([np.bincount(customer, row, people) for row in swayed])
    each = each.reshape(len(swayed), people)
    squared = np.rint(each**2 * UNIT).astype(np.int64).sum(axis=1)
    return Influences(squared, int(np.count_nonzero(np.bincount(customer, minlength=people))))
