"""Whether the values of a template differ: a funnel plot instead of a league table.

Small groups are extreme by chance, so a value is compared with limits that are wider the smaller
it is (Spiegelhalter 2005): exact binomial quantiles around the share of all values, at 95 and
99.8 %. They are widened by the variance by customer and, from ten values on, by how much values
differ among themselves (the mean of z squared with a tenth at each end drawn in, at least 1).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from cjmine.analysis.influences import Floats
from cjmine.analysis.squares import Squares

INNER, OUTER = 0.95, 0.998
MANY = 10  # values, from which on their spread among themselves is known
FEWEST = 3  # values of a funnel; two are compared with each other
DRAWN_IN = 0.1
_SAME = 1e-12  # two ways of computing one share


@dataclass(frozen=True, slots=True)
class Counts:
    """The journeys of one value that reach the goal, and the sums over its customers."""

    n: int
    of: int
    squares: Squares


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value is in the funnel: its share, `z`, and the limits that it is compared with."""

    value: float
    z: float
    inner: tuple[float, float]
    outer: tuple[float, float]

    @property
    def is_outside(self) -> bool:
        """Whether it is outside the limits at 95 %."""
        return _is_outside(self.value, self.inner)

    @property
    def is_far_outside(self) -> bool:
        """Whether it is outside the limits at 99.8 %."""
        return _is_outside(self.value, self.outer)


@dataclass(frozen=True, slots=True)
class Funnel:
    """The share of all values, how much they vary among themselves, and where each is."""

    share: float
    spread: float
    places: tuple[Place, ...]


def funnel(values: Sequence[Counts]) -> Funnel | None:
    """The funnel of some values with journeys; None of fewer than three, or without both ends.

    >>> one = Squares(40, 20, 20)
    >>> found = funnel([Counts(20, 40, one), Counts(16, 40, one), Counts(24, 40, one)])
    >>> found.share, [round(one.z, 2) for one in found.places]
    (0.5, [0.0, -1.26, 1.26])
    """
    n, of = (np.array([getattr(one, key) for one in values], np.int64) for key in ("n", "of"))
    if len(values) < FEWEST or (of == 0).any() or not 0 < n.sum() < of.sum():
        return None
    share = float(n.sum() / of.sum())
    effects = design_effects(values, share)
    values_of = n / of
    z = (values_of - share) / np.sqrt(share * (1 - share) / of * effects)
    spread = spread_of(z) if len(values) >= MANY else 1.0
    wider = np.sqrt(effects * spread)
    places = [
        Place(
            value,
            one / sqrt(spread),
            _wider(share, many, INNER, by),
            _wider(share, many, OUTER, by),
        )
        for value, one, many, by in zip(
            values_of.tolist(), z.tolist(), of.tolist(), wider.tolist(), strict=True
        )
    ]
    return Funnel(share, spread, tuple(places))


def design_effects(values: Sequence[Counts], share: float) -> Floats:
    """How many journeys of each value say as much as one customer with a single journey.

    Journeys of a customer are as alike in every value: one value may have too few customers to
    say. Exactly 1 where customers have one journey each.
    """
    squares = [one.squares for one in values]
    among = np.array([one.among for one in squares], np.float64)
    of = np.array([one.of for one in values], np.float64)
    varies = share * (1 - share)
    # Over customers with n journeys, m of them with the goal: the sums of (m - n p)² and of n p q.
    found = sum(
        one.having - 2 * share * one.both + share * share * one.among for one in squares
    ) - varies * float(of.sum())
    pairs = varies * float((among - of).sum())
    alike = min(1.0, max(0.0, found / pairs)) if pairs > 0 else 0.0
    effects: Floats = 1 + alike * (among / of - 1)
    return effects


def spread_of(z: Floats) -> float:
    """The mean of z squared, with a tenth at each end drawn in to the next; at least 1.

    >>> spread_of(np.array([0.0] * 9 + [9.0]))
    1.0
    """
    ordered = np.sort(z)
    few = int(DRAWN_IN * len(z))
    drawn = np.clip(ordered, ordered[few], ordered[len(z) - 1 - few])
    return max(1.0, float(np.mean(drawn**2)))


def limits(share: float, of: int, level: float) -> tuple[float, float]:
    """Between which shares so many journeys lie, ends included, with a chance of `level` or more.

    Quantiles of the binomial distribution around a share.

    >>> limits(0.5, 40, 0.95)
    (0.35, 0.65)
    """
    from scipy.stats import binom

    low, high = binom.ppf([(1 - level) / 2, (1 + level) / 2], of, share).tolist()
    return low / of, high / of


def _wider(share: float, of: int, level: float, by: float) -> tuple[float, float]:
    low, high = limits(share, of, level)
    return max(0.0, share + (low - share) * by), min(1.0, share + (high - share) * by)


def _is_outside(value: float, ends: tuple[float, float]) -> bool:
    low, high = ends
    return value < low - _SAME or value > high + _SAME
