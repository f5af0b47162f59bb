"""How well journeys fit, from what they cost and the most that each could cost."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum

import numpy as np

from cjmine.analysis.intervals import ANYTHING, ratio_error, ratio_interval
from cjmine.analysis.multisets import Values
from cjmine.analysis.squares import Squares


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95 % interval, and the number of customers that it is about."""

    value: float
    low: float
    high: float
    customers: int


def log_fitness(fit: Values, customers: int, squares: Squares) -> Estimate | None:
    """1 - summed cost / summed (events + shortest ideal path); None without journeys.

    `fit` groups the most that a journey could cost by what it costs; `squares` has, by customer,
    the most that all journeys could cost, and what they cost. The interval is that of a ratio of
    two sums over customers.
    """
    cost, worst, times = fit.group, fit.value, fit.times
    if not customers:
        return None
    lost, most = int(cost @ times), int(worst @ times)
    if not most:
        return Estimate(1.0, ANYTHING.low, ANYTHING.high, customers)
    fitness = 1 - lost / most
    found = ratio_interval(fitness, ratio_error(lost, most, customers, squares), customers)
    return Estimate(fitness, found.low, found.high, customers)


def mean_fitness(fit: Values) -> float | None:
    """The mean over journeys of 1 - cost / (events + shortest ideal path)."""
    count = int(fit.times.sum())
    if not count:
        return None
    return 1 - fsum(fit.group / np.maximum(fit.value, 1) * fit.times) / count
