"""How much larger one figure is than another: 95 % intervals of differences, and their power.

Differences of shares, medians and other figures with an interval combine the intervals of both
sides (MOVER, the method of variance estimates recovery: Zou and Donner 2008). For Wilson
intervals this is Newcombe's method 10 (1998). Differences of means take Student's t (Welch 1947).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, sqrt

from cjmine.analysis.crossed import Crossed
from cjmine.analysis.intervals import Interval, ratio_error, student
from cjmine.analysis.squares import Squares
from cjmine.results.figures import Change
from cjmine.results.share import Share


@dataclass(frozen=True, slots=True)
class Difference:
    """How much larger a figure is than another, with its 95 % interval, in the figure's unit."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Sums:
    """What one side of a comparison counts: `n` of `of` journeys, and its sums over customers."""

    n: int
    of: int
    squares: Squares


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean of values of so many customers, with its standard error."""

    value: float
    error: float
    customers: int


def change(now: Share, before: Share, correlation: float = 0.0) -> Change | None:
    """The difference of two shares; None without both intervals.

    The interval is Newcombe's (1998, method 10): it combines those of both shares. Where both
    sides hold the same customers, `correlation` is that of the two shares (see `correlation`).

    >>> from cjmine.analysis.intervals import share
    >>> one = change(share(320, 2232), share(216, 2160))
    >>> f"{one.value:.3f} ({one.low:.3f} to {one.high:.3f})"
    '0.043 (0.024 to 0.063)'
    """
    if now.value is None or now.low is None or now.high is None:
        return None
    if before.value is None or before.low is None or before.high is None:
        return None
    sure, sure_before = Interval(now.low, now.high), Interval(before.low, before.high)
    found = difference(now.value, sure, before.value, sure_before, correlation)
    return Change(found.value, found.low, found.high)


def difference(
    now: float, sure: Interval, before: float, sure_before: Interval, correlation: float = 0.0
) -> Difference:
    """How much larger a figure is than another, from the intervals of both (MOVER).

    Serves for shares, medians with their order-statistic intervals, and any other figure; the
    unit is that of the figures. `correlation` is that of the two estimates: 0 where the sides
    hold different customers. Swapped sides give the mirrored interval.

    >>> one = difference(10.0, Interval(7.0, 15.0), 4.0, Interval(1.0, 8.0))
    >>> one.value, one.low, round(one.high, 2)
    (6.0, 1.0, 11.83)
    """
    value = now - before
    down = _combined(now - sure.low, sure_before.high - before, correlation)
    up = _combined(sure.high - now, before - sure_before.low, correlation)
    return Difference(value, value - down, value + up)


def _combined(one: float, other: float, correlation: float) -> float:
    return sqrt(max(0.0, one * one + other * other - 2 * correlation * one * other))


def correlation(one: Sums, other: Sums, crossed: Crossed) -> float:
    """How alike two shares of the same customers vary, from -1 to 1.

    A customer's influence on a share of `n` of `of` is (m - share * n of the customer) / of; the
    correlation is that of the influences on both shares, summed over all customers, who have an
    influence of 0 on a side without journeys. 0 where a side has no variance.

    >>> alike = Sums(2, 4, Squares(4, 2, 2))  # four customers, a journey each, the same two succeed
    >>> correlation(alike, alike, Crossed(4, 2, 2, 2))
    1.0
    """
    if not one.of or not other.of:
        return 0.0
    both = (
        one.of * other.of * crossed.having
        - one.n * other.of * crossed.among_having
        - other.n * one.of * crossed.having_among
        + one.n * other.n * crossed.among
    )
    spread = one.squares.spread(one.n, one.of) * other.squares.spread(other.n, other.of)
    return max(-1.0, min(1.0, both / sqrt(spread))) if spread else 0.0


def mean(total: int, of: int, customers: int, squares: Squares) -> Mean:
    """The mean of values by customer: `total` is their sum, `of` their number.

    In `squares` each customer's `having` is the sum of the customer's values. Whole numbers, so
    that parts add up: durations in seconds or less. Raises ValueError without values.

    >>> found = mean(60, 4, 4, Squares(4, 60, 1000))  # 10, 10, 20, 20
    >>> found.value, round(found.error, 3)
    (15.0, 2.887)
    """
    if not of:
        raise ValueError("a mean needs a value")
    return Mean(total / of, ratio_error(total, of, customers, squares), customers)


def difference_of_means(now: Mean, before: Mean) -> Difference:
    """How much larger a mean is than that of other customers, by Student's t (Welch 1947).

    The ends are infinite where a side has a single customer.

    >>> one = difference_of_means(Mean(20.0, 1.0, 30), Mean(15.0, 2.0, 20))
    >>> one.value, round(one.low, 2), round(one.high, 2)
    (5.0, 0.42, 9.58)
    """
    value = now.value - before.value
    if min(now.customers, before.customers) < 2:
        return Difference(value, -inf, inf)
    one, other = now.error**2, before.error**2
    if not one + other:
        return Difference(value, value, value)
    freedom = (one + other) ** 2 / (
        one**2 / (now.customers - 1) + other**2 / (before.customers - 1)
    )
    margin = student(freedom) * sqrt(one + other)
    return Difference(value, value - margin, value + margin)


def detectable(share: float, one: float, other: float, alpha: float = 0.05) -> float | None:
    """The smallest difference of two shares that would be found in four of five tries.

    (z(1 - alpha/2) + z(0.8)) * sqrt(p (1 - p) (1/n + 1/m)) (Fleiss 1981), with the `share` p of
    both sides together and so many independent journeys on each: `of / effect`. None without
    journeys, or where nothing varies.

    >>> f"{detectable(0.5, 4500, 4500):.4f}"
    '0.0295'
    """
    if not 0 < share < 1 or min(one, other) <= 0:
        return None
    return detectable_factor(alpha) * sqrt(share * (1 - share) * (1 / one + 1 / other))


def detectable_factor(alpha: float) -> float:
    """How many standard errors a difference needs to be found in four of five tries.

    >>> round(detectable_factor(0.05), 3)
    2.802
    """
    from scipy.special import ndtri

    return float(ndtri(1 - alpha / 2) + ndtri(0.8))
