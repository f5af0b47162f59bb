"""How many times as often callers had a touchpoint in the hour before as like journeys had.

Each kind of journey is a table of two by two; they are put together by Mantel and Haenszel (1959),
with the variance of Robins, Breslow and Greenland (1986). Like journeys were also as often at the
touchpoint before that hour.

Heavy users are at every touchpoint more often and also call more often, and what is held equal does
not catch all of it. So the ratio is taken beside that of the day before the hour, in which no call
followed (case-time-control: Suissa 1995): what callers have more of then is who they are, and not
what comes before a call.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, sqrt

import numpy as np

from cjmine.analysis.contact.done import DoneCounts
from cjmine.analysis.contact.like_times import CELLS, LEVELS
from cjmine.analysis.intervals import Z95
from cjmine.analysis.multisets import Values
from cjmine.counting.groups import Ints

LEAST_SETS = 10
LEAST_VISITS = 10  # of the day before, of callers and expected of them


@dataclass(frozen=True, slots=True)
class Tables:
    """Tables of two by two: callers with and without something, and controls with and without."""

    callers_with: Ints
    callers: Ints
    controls_with: Ints
    controls: Ints


@dataclass(frozen=True, slots=True)
class OddsRatio:
    """A ratio with its 95 % interval and p."""

    value: float
    low: float
    high: float
    p: float


@dataclass(frozen=True, slots=True)
class LogRatio:
    """The logarithm of a ratio and its variance."""

    value: float
    variance: float

    def beside(self, other: LogRatio) -> LogRatio:
        """How many times this ratio is another; taken as independent."""
        return LogRatio(self.value - other.value, self.variance + other.variance)

    @property
    def ratio(self) -> OddsRatio:
        """The ratio itself."""
        from scipy.special import ndtr

        error = sqrt(self.variance)
        low, high = (exp(self.value + sign * Z95 * error) for sign in (-1, 1))
        return OddsRatio(exp(self.value), low, high, float(2 * ndtr(-abs(self.value) / error)))


def sets_of(found: Tables) -> int:
    """The callers whose set holds both journeys with it and journeys without."""
    both = (found.callers_with + found.controls_with > 0) & (found.controls > 0)
    both &= found.callers + found.controls > found.callers_with + found.controls_with
    return int(found.callers[both].sum())


def odds_ratio(found: Tables) -> LogRatio | None:
    """The odds ratio of callers to controls; None where nothing can be compared.

    >>> found = odds_ratio(Tables(*(np.array([count]) for count in (20, 40, 100, 400))))
    >>> round(found.ratio.value, 2), round(found.ratio.low, 2), round(found.ratio.high, 2)
    (3.0, 1.55, 5.8)
    """
    a, c = found.callers_with, found.controls_with
    b, d = found.callers - a, found.controls - c
    n = np.maximum(a + b + c + d, 1)
    r, s, p, q = a * d / n, b * c / n, (a + d) / n, (b + c) / n
    up, down = float(r.sum()), float(s.sum())
    if not up or not down:
        return None
    variance = float((p * r).sum()) / (2 * up * up)
    variance += float((p * s + q * r).sum()) / (2 * up * down)
    variance += float((q * s).sum()) / (2 * down * down)
    return LogRatio(log(up / down), variance)


@dataclass(frozen=True, slots=True)
class Earlier:
    """Journeys by kind, and their visits in the day before the last hour, with their squares."""

    journeys: Ints
    visits: Ints
    squares: Ints


def earlier_ratio(callers: Earlier, controls: Earlier) -> LogRatio | None:
    """How many times as many visits callers had in the day before as like journeys had.

    The rate of callers by that of controls at the callers' mix of kinds. None where there are too
    few visits to say: they are then too few to matter beside those of the last hour.

    >>> one = Earlier(*(np.array([count]) for count in (40, 20, 20)))
    >>> found = earlier_ratio(one, Earlier(*(np.array([count]) for count in (400, 100, 100))))
    >>> round(exp(found.value), 3), round(found.variance, 3)
    (2.0, 0.06)
    """
    both = (callers.journeys > 0) & (controls.journeys > 0)
    visits = int(callers.visits[both].sum())
    rate = controls.visits[both] / controls.journeys[both]
    expected = float(callers.journeys[both] @ rate)
    if max(visits, expected) < LEAST_VISITS or not visits or not expected:
        return None
    weight = callers.journeys[both] / controls.journeys[both]
    variance = int(callers.squares[both].sum()) / visits**2
    variance += float(weight**2 @ controls.squares[both]) / expected**2
    return LogRatio(log(visits / expected), variance)


def tables_of(touchpoint: int, touchpoints: int, callers: DoneCounts, like: DoneCounts) -> Tables:
    """The tables of a touchpoint, one for each kind of journey and number of earlier visits."""
    kinds = callers.journeys.value.astype(np.int64)

    def counts(found: DoneCounts) -> tuple[Ints, Ints]:
        """So many journeys by table, and those of them with the touchpoint in the hour."""
        table = _placed(found.cells, kinds, CELLS, touchpoint, touchpoints).reshape(-1, LEVELS, 2)
        table[:, 0, 0] = _by_kind(found.journeys, kinds) - table.sum(axis=(1, 2))
        return table.sum(axis=2).ravel(), table[:, :, 1].ravel()

    of, n = counts(callers)
    control_of, control_n = counts(like)
    return Tables(n, of, control_n, control_of)


def earlier_of(
    touchpoint: int, touchpoints: int, callers: DoneCounts, like: DoneCounts
) -> tuple[Earlier, Earlier]:
    """The day before the last hour, of callers and of like journeys, in the same kinds."""
    kinds = callers.earlier.value.astype(np.int64)

    def counts(found: DoneCounts) -> Earlier:
        many, sums, squares = (
            _placed(one, kinds, LEVELS, touchpoint, touchpoints).reshape(-1, LEVELS)
            for one in (found.levels, found.sums, found.squares)
        )
        many[:, 0] = _by_kind(found.earlier, kinds) - many.sum(axis=1)
        return Earlier(many.ravel(), sums.ravel(), squares.ravel())

    return counts(callers), counts(like)


def _by_kind(found: Values, kinds: Ints) -> Ints:
    size = np.zeros(len(kinds), np.int64)
    size[np.searchsorted(kinds, found.value)] = found.times
    return size


def _placed(found: Values, kinds: Ints, width: int, touchpoint: int, touchpoints: int) -> Ints:
    """The counts of one touchpoint by kind and place below `width`."""
    pair, place = np.divmod(found.value.astype(np.int64), width)
    mine = np.flatnonzero(pair % touchpoints == touchpoint)
    at = np.searchsorted(kinds, pair[mine] // touchpoints) * width + place[mine]
    counts: Ints = np.bincount(at, found.times[mine], len(kinds) * width).astype(np.int64)
    return counts
