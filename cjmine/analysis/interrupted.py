"""Before and after a dated change: how much a share differs from what its trend would have given.

A share that has been rising for weeks is higher after any date. The model of weekly counts
therefore has a level, a slope, and a step at the change (interrupted time series: Bernal,
Cummins and Gasparrini 2017). Weeks vary more than their journeys alone explain: the variance is
that of a binomial, times the overdispersion (quasi-binomial: McCullagh and Nelder 1989).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np

from cjmine.analysis.differences import Difference
from cjmine.analysis.influences import Floats
from cjmine.analysis.intervals import student
from cjmine.counting.groups import Flags, Ints

LEAST_WEEKS_BEFORE = 8  # with fewer no trend is known
MOST_ROUNDS = 50
FURTHEST = 15.0  # a logit beyond which a share is 0 or 1: the model has no finite answer


@dataclass(frozen=True, slots=True)
class Fit:
    """A quasi-binomial regression on logits.

    `covariance` is that of the coefficients of a binomial; times `dispersion` that of the counts.
    `freedom` is the number of rows less the number of coefficients.
    """

    coefficients: Floats
    covariance: Floats
    dispersion: float
    freedom: int


@dataclass(frozen=True, slots=True)
class Step:
    """What a change added to a share, on average over the journeys after it.

    `without` is the share that level and slope alone give after the change; `slope` is the change
    of the logit in a period, and `slope_error` its standard error.
    """

    difference: Difference
    without: float
    slope: float
    slope_error: float
    dispersion: float


def quasi_binomial(design: Floats, n: Ints, of: Ints) -> Fit | None:
    """Regress the logits of shares `n` of `of` on the columns of `design`, one row a period.

    Iteratively reweighted least squares. Rows without journeys are left out. None where there are
    no more rows than columns, where columns say the same, or where the shares are all 0 or 1 on
    one side of them, so that no finite coefficients fit.

    >>> fit = quasi_binomial(np.ones((3, 1)), np.array([10, 12, 8]), np.array([40, 40, 40]))
    >>> fit.coefficients.round(4).tolist(), round(fit.dispersion, 3), fit.freedom
    ([-1.0986], 0.533, 2)
    """
    design, n, of = design[of > 0], n[of > 0], of[of > 0]
    freedom = len(of) - design.shape[1]
    if freedom < 1 or np.linalg.matrix_rank(design) < design.shape[1]:
        return None
    logit = np.log((n + 0.5) / (of - n + 0.5))
    coefficients: Floats = np.zeros(design.shape[1])
    for _ in range(MOST_ROUNDS):
        share = _share(logit)
        weight = of * share * (1 - share)
        working = logit + (n - of * share) / weight
        information = design.T @ (weight[:, None] * design)
        before, coefficients = coefficients, _solved(information, design.T @ (weight * working))
        logit = design @ coefficients
        if np.abs(logit).max() > FURTHEST:
            return None
        if np.abs(coefficients - before).max() < 1e-12:
            break
    share = _share(logit)
    weight = of * share * (1 - share)
    covariance = _solved(design.T @ (weight[:, None] * design), np.eye(design.shape[1]))
    dispersion = float(((n - of * share) ** 2 / weight).sum() / freedom)
    return Fit(coefficients, covariance, dispersion, freedom)


def step_at(n: Ints, of: Ints, is_after: Flags) -> Step | None:
    """How much a share differs after a change from what its level and slope would have given.

    One entry a full week in order; `is_after` those after the change. The difference is averaged
    over the journeys after it, with Student's t and the delta method; counts that vary less than
    a binomial are taken as binomial. None where no model fits (see `quasi_binomial`), or without
    weeks on both sides.

    >>> n, of = np.array([20, 22, 24, 26, 28, 45, 47, 49, 51]), np.full(9, 100)
    >>> found = step_at(n, of, np.arange(9) >= 5)
    >>> round(found.difference.value, 2), found.difference.low < 0, round(found.without, 2)
    (0.15, True, 0.33)
    """
    if is_after.all() or not is_after.any():
        return None
    time = np.arange(len(of)) - float(np.argmax(is_after))
    design = np.stack([np.ones(len(of)), time, is_after.astype(float)], axis=1)
    fit = quasi_binomial(design, n, of)
    if fit is None or not of[is_after].sum():
        return None
    after, weight = design[is_after], of[is_after] / of[is_after].sum()
    without = after * np.array([1.0, 1.0, 0.0])
    share, share_without = _share(after @ fit.coefficients), _share(without @ fit.coefficients)
    value = float(weight @ (share - share_without))
    steepness, steepness_without = share * (1 - share), share_without * (1 - share_without)
    gradient = (weight * steepness) @ after - (weight * steepness_without) @ without
    scale = max(1.0, fit.dispersion)
    margin = student(fit.freedom) * sqrt(scale * float(gradient @ fit.covariance @ gradient))
    return Step(
        Difference(value, value - margin, value + margin),
        float(weight @ share_without),
        float(fit.coefficients[1]),
        sqrt(scale * float(fit.covariance[1, 1])),
        fit.dispersion,
    )


def _solved(matrix: Floats, right: Floats) -> Floats:
    return np.asarray(np.linalg.solve(matrix, right), np.float64)


def _share(logit: Floats) -> Floats:
    found: Floats = 1 / (1 + np.exp(-logit))
    return found
