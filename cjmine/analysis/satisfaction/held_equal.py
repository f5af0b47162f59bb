"""The difference of two means held equal: within strata, weighed to the strata of one side."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum, sqrt

import numpy as np

from cjmine.analysis.differences import Difference
from cjmine.analysis.influences import Floats
from cjmine.analysis.intervals import student
from cjmine.counting.groups import Ints

LEAST_SUPPORTED = 0.7  # of the answers of the first side


@dataclass(frozen=True, slots=True)
class Held:
    """The difference, first side minus second, and the share of the first side it rests on."""

    difference: Difference
    supported: float


@dataclass(frozen=True, slots=True)
class StratumScores:
    """One side: `times` answers of `value` in `stratum`."""

    stratum: Ints
    value: Floats
    times: Ints


def held_equal(one: StratumScores, other: StratumScores, strata: int) -> Held | None:
    """How much larger the mean of one side is than that of like answers of the other.

    Within each stratum that both have, the means differ by something; these differences count as
    often as the first side has answers there. Both sides vary about the means of their strata as
    much in each: so a stratum with a single answer has a variance too. By Student's t (Welch 1947).
    None where too few answers are beyond one a stratum to know how they vary, or none varies.

    >>> first = StratumScores(np.array([0, 0]), np.array([4.0, 6.0]), np.array([9, 9]))
    >>> second = StratumScores(np.array([0, 0]), np.array([7.0, 9.0]), np.array([9, 9]))
    >>> found = held_equal(first, second, 1)
    >>> found.difference.value, round(found.difference.high, 2), found.supported
    (-3.0, -2.3, 1.0)
    """
    n, m = (np.bincount(side.stratum, side.times, strata) for side in (one, other))
    both = (n > 0) & (m > 0)
    if not both.any():
        return None
    mean, squares = _within(one, both, n)
    mean_other, squares_other = _within(other, both, m)
    held, beside = n[both], m[both]
    freedom, freedom_other = held.sum() - len(held), beside.sum() - len(beside)
    if min(freedom, freedom_other) < 1:
        return None
    weight = held / held.sum()
    value = fsum(weight * (mean[both] - mean_other[both]))
    part = squares / freedom * fsum(weight**2 / held)
    part_other = squares_other / freedom_other * fsum(weight**2 / beside)
    supported = float(held.sum() / n.sum())
    if not part + part_other:
        return None
    degrees = (part + part_other) ** 2 / (part**2 / freedom + part_other**2 / freedom_other)
    margin = student(degrees) * sqrt(part + part_other)
    return Held(Difference(value, value - margin, value + margin), supported)


def _within(side: StratumScores, both: np.ndarray, n: np.ndarray) -> tuple[Floats, float]:
    """The mean of each stratum, and the sum of squares about these over strata of both sides."""
    total = np.bincount(side.stratum, side.value * side.times, len(n))
    mean: Floats = total / np.maximum(1, n)
    inside = both[side.stratum]
    apart = side.value[inside] - mean[side.stratum[inside]]
    return mean, fsum(side.times[inside] * apart**2)
