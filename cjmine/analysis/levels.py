"""A share over periods: between which limits it varies anyway, and when its level changed.

Weekly shares vary more than the journeys of a week alone explain. The limits take that from the
series itself (Laney 2002), and a change must be unlikely among the same periods in another order.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import log

import numpy as np
import numpy.typing as npt

from cjmine.counting.groups import Ints

Floats = npt.NDArray[np.float64]
LEAST_FOR_LIMITS = 8  # periods
LEAST_A_SIDE = 4  # weeks before and after a change of level
LEAST_DAYS_A_SIDE = 14  # days, where periods are days
ORDERS = 999  # of blocks, that a change is compared with
LEAST_FOR_STRETCHES = 6  # times the periods of a level
MOST_BEGINS = 64  # of a stretch between; in longer series they are evenly spread
CHANCE = 0.05


@dataclass(frozen=True, slots=True)
class Limits:
    """The level of a share, and the limits between which it varies in each period."""

    level: float
    low: Floats
    high: Floats


@dataclass(frozen=True, slots=True)
class LevelChange:
    """From period `at` on a share has another level, compared with those from `first` to `end`.

    Both are whole levels. `n` of `of` journeys before and `later_n` of `later_of` after; `p` is
    by permutation.
    """

    first: int
    at: int
    end: int
    n: int
    of: int
    later_n: int
    later_of: int
    p: float


@dataclass(frozen=True, slots=True)
class Slope:
    """A share that rises or falls steadily over the periods from `first` to `end`.

    `by_period` is how much it changes in a period on average, from -1 to 1; `p` by permutation.
    """

    first: int
    end: int
    by_period: float
    p: float


@dataclass(frozen=True, slots=True)
class Course:
    """What a share did over the periods: sudden changes and slopes, in order of time."""

    changes: tuple[LevelChange, ...]
    slopes: tuple[Slope, ...]

    @property
    def bounds(self) -> tuple[int, ...]:
        """Where its levels begin."""
        return (0, *(one.at for one in self.changes))


def limits(n: Ints, of: Ints) -> Limits | None:
    """The control limits of one level (Laney's p'): None below 8 periods with journeys.

    p ± 3 σ_p σ_z, where σ_p is binomial and σ_z is the mean difference of successive z-values by
    1.128, at least 1: how much more the periods vary than their journeys explain. Periods without
    journeys have limits of 0 and 1.

    >>> found = limits(np.array([40, 44, 42, 38, 41, 43, 39, 40]), np.full(8, 100))
    >>> round(found.level, 3), found.low.round(3)[0].item(), found.high.round(3)[0].item()
    (0.409, 0.261, 0.556)
    """
    has = of > 0
    if np.count_nonzero(has) < LEAST_FOR_LIMITS:
        return None
    level = float(n.sum() / of.sum())
    sigma = np.sqrt(level * (1 - level) / np.maximum(1, of))
    if not level * (1 - level):
        return Limits(level, np.where(has, level, 0.0), np.where(has, level, 1.0))
    z = (n[has] / of[has] - level) / sigma[has]
    margin = 3 * sigma * max(1.0, float(np.abs(np.diff(z)).mean()) / 1.128)
    low, high = np.maximum(0.0, level - margin), np.minimum(1.0, level + margin)
    return Limits(level, np.where(has, low, 0.0), np.where(has, high, 1.0))


def course(n: Ints, of: Ints, least: int = LEAST_A_SIDE) -> Course:
    """Find sudden changes of level and slopes of a share over mature periods in order.

    Binary segmentation on weighted logits (Scott and Knott 1974): one level, a step and a line are
    compared by BIC, and in long series a stretch that has another level than what is before and
    after it (Olshen and others 2004). The best is real where fewer than 5 of 100 orders of the
    same periods, in blocks of two, gain as much. Steps split the periods, and each side is looked
    at again, with a chance as much smaller as it is shorter; every level has at least `least`
    periods. Periods without journeys carry no weight. The orders are drawn from a seed made of the
    counts.

    >>> found = course(np.array([20] * 9 + [35] * 9), np.full(18, 100))
    >>> [(one.at, one.n, one.later_n) for one in found.changes], found.slopes
    ([(9, 180, 315)], ())
    """
    cuts: list[tuple[int, float]] = []
    slopes: list[Slope] = []
    stretches = [(0, len(n))] if len(n) else []
    while stretches:
        first, end = stretches.pop()
        chance = CHANCE * (end - first) / len(n)
        found = _best(n[first:end], of[first:end], least, chance)
        if isinstance(found, _Steps):
            places = [first + one for one in found.at]
            cuts += [(one, found.p) for one in places]
            stretches += pairwise([first, *places, end])
        elif found is not None:
            slopes.append(Slope(first, end, found.by_period, found.p))
    cuts.sort()
    bounds = [0, *(at for at, _ in cuts), len(n)]
    changes = []
    for number, (at, p) in enumerate(cuts):
        first, end = bounds[number], bounds[number + 2]
        before, after = slice(first, at), slice(at, end)
        earlier = (int(n[before].sum()), int(of[before].sum()))
        later = (int(n[after].sum()), int(of[after].sum()))
        changes.append(LevelChange(first, at, end, *earlier, *later, p))
    return Course(tuple(changes), tuple(sorted(slopes, key=lambda one: one.first)))


@dataclass(frozen=True, slots=True)
class _Steps:
    at: tuple[int, ...]
    p: float


@dataclass(frozen=True, slots=True)
class _Line:
    by_period: float
    p: float


def _best(n: Ints, of: Ints, least: int, chance: float) -> _Steps | _Line | None:
    """The steps or the line that a stretch has; None where it has one level."""
    size = len(n)
    if size < 2 * least or not n.any() or (n == of).all():
        return None  # 0 or 100 % all the time; their logits would differ by journeys alone
    weight = np.where(of > 0, (n + 0.5) * (of - n + 0.5) / (of + 1), 0.0)
    logit = np.log((n + 0.5) / (of - n + 0.5))
    logit = logit - weight @ logit / max(float(weight.sum()), 1e-12)
    spread = float(weight @ logit**2)
    if spread < 1e-9:
        return None
    series = np.stack([weight, weight * logit])[:, None, :]
    orders = series[:, 0][:, _orders(n, of)]
    candidates = [at for at in (_places(size, least), _pairs(size, least)) if at.size]

    def gains(given: Floats) -> Floats:
        """How much lower the BIC of a line, a step and a stretch is than that of one level."""
        explained = [_lines(given), *(_explained(given, at).max(axis=1) for at in candidates)]
        left = np.maximum(1 - np.stack(explained) / spread, 1e-9)
        more = np.arange(1, len(explained) + 1)[:, None]  # parameters than one level has
        found: Floats = -size * np.log(left) - more * log(size)
        return found

    own, others = gains(series)[:, 0], gains(orders).max(axis=0)
    best = int(own.argmax())
    p = (1 + int(np.count_nonzero(others >= own[best] - 1e-9))) / (1 + len(others))
    if own[best] <= 0 or p >= chance:
        return None
    if not best:
        return _Line(_by_period(n, of, weight), p)
    at = candidates[best - 1]
    begin, end = at[:, int(_explained(series, at)[0].argmax())].tolist()
    return _Steps((begin,) if end == size else (begin, end), p)


def _places(size: int, least: int) -> Ints:
    """Where the last stretch may begin that has another level, and where it ends."""
    begin = np.arange(least, size - least + 1)
    return np.stack([begin, np.full(len(begin), size)])


def _pairs(size: int, least: int) -> Ints:
    """Where a stretch between may begin and end that has another level than the rest.

    None in shorter series: of few orders too many have one by chance, which hides single steps.
    """
    if size < LEAST_FOR_STRETCHES * least:
        return np.zeros((2, 0), np.int64)
    grid = np.arange(0, size + 1, 1 + size // MOST_BEGINS)
    begin, end = (grid[one] for one in np.triu_indices(len(grid), 1))
    inside = (end - begin >= least) & (begin >= least) & (end <= size - least)
    return np.stack([begin[inside], end[inside]])


def _explained(series: Floats, at: Ints) -> Floats:
    """How much of the spread another level of a stretch explains: one row an order.

    `series` are weights, and weights times logits whose weighted mean is 0; `at` where each
    stretch begins and ends.
    """
    sums = np.concatenate([np.zeros((2, series.shape[1], 1)), np.cumsum(series, axis=2)], axis=2)
    weight, moment = sums[:, :, at[1]] - sums[:, :, at[0]]
    whole = sums[0, :, -1:]
    share = weight * (whole - weight) / whole
    found: Floats = np.divide(moment**2, share, out=np.zeros(share.shape), where=share > 1e-12)
    return found


def _lines(series: Floats) -> Floats:
    """How much of the spread a line explains, for each series."""
    weight, moment = series
    time = np.arange(weight.shape[1])
    centred = time - (weight @ time / weight.sum(axis=1))[:, None]
    spread = np.einsum("ij,ij->i", weight, centred**2)
    found: Floats = np.einsum("ij,ij->i", moment, centred) ** 2 / np.maximum(spread, 1e-12)
    return found


def _orders(n: Ints, of: Ints) -> npt.NDArray[np.intp]:
    """Orders of the periods in blocks of two, which begin at the first or at the second."""
    random = np.random.default_rng([len(n), *n.tolist(), *of.tolist()])
    begins = random.integers(0, 2, ORDERS)
    block = (np.arange(len(n)) + begins[:, None]) // 2
    key = np.take_along_axis(random.random((ORDERS, len(n) // 2 + 1)), block, axis=1)
    return np.argsort(key, axis=1, kind="stable")


def _by_period(n: Ints, of: Ints, weight: Floats) -> float:
    """The slope of the shares themselves, by weighted least squares."""
    share, time = n / np.maximum(1, of), np.arange(len(n))
    centred = time - weight @ time / weight.sum()
    return float((weight * centred) @ share / ((weight * centred) @ centred))
