"""How much weeks differ by more than their journeys: what an interval of a change must hold."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np

from cjmine.analysis.intervals import Z95, student
from cjmine.counting.groups import Flags, Ints

_MOST_ALIKE = 0.9


@dataclass(frozen=True, slots=True)
class Spread:
    """The weeks before and after, and how much they vary around the level of their side.

    `dispersion` is the variance as a multiple of the binomial one (McCullagh and Nelder 1989),
    times (1 + r) / (1 - r) where weeks are like the week before them by r (Bartlett 1935).
    """

    before: int
    after: int
    dispersion: float
    freedom: int

    def factor(self, effect: float) -> float:
        """How much wider than by customer an interval is.

        Only what the design `effect` of customers does not explain counts; with Student's t,
        because the dispersion is known from so many weeks.
        """
        return student(self.freedom) / Z95 * sqrt(max(1.0, self.dispersion / effect))


def spread_of(n: Ints, of: Ints, is_after: Flags) -> Spread:
    """How weeks vary in which n of so many journeys have something, before and after a change.

    >>> found = spread_of(np.array([5, 25, 5, 25, 15, 15]), np.full(6, 50), np.arange(6) >= 4)
    >>> round(found.dispersion, 2), found.freedom, round(found.factor(10.0), 2)
    (9.52, 4, 1.42)
    """
    side = is_after.astype(np.int64)
    n_side, of_side = (np.bincount(side, one, 2)[side] for one in (n, of))
    share = n_side / np.maximum(1, of_side)
    error = np.sqrt(of * share * (1 - share))
    z = np.divide(n - of * share, error, out=np.zeros(len(n)), where=error > 0)
    many, total = int(np.count_nonzero(error)), float(z @ z)
    freedom, after = max(1, many - 2), int(np.count_nonzero(is_after))
    if not total:
        return Spread(len(n) - after, after, 1.0, freedom)
    pairs = z[1:] * z[:-1] * (side[1:] == side[:-1])
    # The mean of a side is taken from its weeks, which makes them look unlike by 1 / many.
    alike = min(_MOST_ALIKE, max(0.0, float(pairs.sum()) / total + 1 / many))
    return Spread(len(n) - after, after, total / freedom * (1 + alike) / (1 - alike), freedom)
