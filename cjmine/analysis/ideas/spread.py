"""How much weeks differ by more than their journeys: what an interval of a change must hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from cjmine.analysis.intervals import Z95, student
from cjmine.counting.groups import Flags, Ints

_MOST_ALIKE = 0.9


@dataclass(frozen=True, slots=True)
class Spread:
    """The weeks before and after, and how much they vary around the level of their side.

    `beyond` is the variance as a multiple of the binomial one (McCullagh and Nelder 1989), `alike`
    the correlation of weeks with the week before them, as it is measured.
    """

    before: int
    after: int
    beyond: float
    alike: float
    freedom: int

    @property
    def weeks(self) -> int:
        """The weeks that can vary."""
        return self.freedom + 2

    @property
    def dispersion(self) -> float:
        """The variance, times (1 + r) / (1 - r) for weeks that are alike by r (Bartlett 1935)."""
        # The mean of a side is taken from its weeks, which makes them look unlike by 1 / weeks.
        return self.beyond * _longer(self.alike + 1 / self.weeks)

    def factor(self, effect: float, least: float = 1.0) -> float:
        """How much wider than by customer an interval is.

        Only what the design `effect` of customers does not explain counts; with Student's t,
        because the dispersion, at `least` what others have, is known from so many weeks.
        """
        dispersion = max(self.dispersion, least)
        return student(self.freedom) / Z95 * sqrt(max(1.0, dispersion / effect))


def pooled(every: Sequence[Spread]) -> float:
    """The dispersion of several measures in the same few weeks, at least 1.

    In so few weeks a correlation r looks smaller by (1 + 3 r) / weeks of each side (Marriott and
    Pope 1954), for which the mean over all is corrected.

    >>> pooled([Spread(5, 5, 2.0, -0.2, 8), Spread(5, 5, 0.5, 0.2, 8)])
    4.5
    """
    beyond = sum(max(1.0, one.beyond) for one in every) / len(every)
    alike, side = sum(one.alike for one in every) / len(every), every[0].weeks / 2
    return beyond * _longer((alike + 1 / side) / (1 - 3 / side))


def _longer(alike: float) -> float:
    found = min(_MOST_ALIKE, max(0.0, alike))
    return (1 + found) / (1 - found)


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
        return Spread(len(n) - after, after, 1.0, -1.0, freedom)
    pairs = z[1:] * z[:-1] * (side[1:] == side[:-1])
    return Spread(len(n) - after, after, total / freedom, float(pairs.sum()) / total, freedom)
