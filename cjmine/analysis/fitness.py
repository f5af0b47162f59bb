"""How well journeys fit, from what they cost and the most that each could cost."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum, sqrt

import numpy as np

from cjmine.analysis.multisets import Values
from cjmine.results.share import Z95


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95 % interval, and the number of journeys that it is about."""

    value: float
    low: float
    high: float
    journeys: int


def log_fitness(fit: Values) -> Estimate | None:
    """1 - summed cost / summed (events + shortest ideal path); None without journeys.

    `fit` groups the most that a journey could cost by what it costs. The interval is that of a
    ratio of two sums over journeys (delta method).
    """
    cost, worst, times = fit.group, fit.value, fit.times
    count, most = int(times.sum()), int(worst @ times)
    if not count:
        return None
    lost = int(cost @ times) / most if most else 0.0
    if count == 1 or not most:
        return Estimate(1 - lost, 0.0, 1.0, count)
    rest = cost - lost * worst
    spread = fsum(rest * rest * times) / (count - 1)
    margin = Z95 * sqrt(spread / count) * count / most
    return Estimate(1 - lost, max(0.0, 1 - lost - margin), min(1.0, 1 - lost + margin), count)


def mean_fitness(fit: Values) -> float | None:
    """The mean over journeys of 1 - cost / (events + shortest ideal path)."""
    count = int(fit.times.sum())
    if not count:
        return None
    return 1 - fsum(fit.group / np.maximum(fit.value, 1) * fit.times) / count
