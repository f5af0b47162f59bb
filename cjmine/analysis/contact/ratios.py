"""How many times as often callers had a touchpoint in the hour before as like journeys had.

Each kind of journey is a table of two by two; they are put together by Mantel and Haenszel (1959),
with the variance of Robins, Breslow and Greenland (1986). Like journeys are also as often before
the last hour at the touchpoint: who visits it daily will have done so before a call, too.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, sqrt

import numpy as np

from cjmine.analysis.contact.callers import CallerCounts
from cjmine.analysis.contact.controls import ControlCounts
from cjmine.analysis.contact.like_times import CELLS
from cjmine.analysis.intervals import Z95
from cjmine.analysis.multisets import Values
from cjmine.counting.groups import Ints

LEAST_SETS = 10


@dataclass(frozen=True, slots=True)
class Tables:
    """Tables of two by two: callers with and without something, and controls with and without."""

    callers_with: Ints
    callers: Ints
    controls_with: Ints
    controls: Ints


@dataclass(frozen=True, slots=True)
class OddsRatio:
    """An odds ratio over tables, with its 95 % interval and p."""

    value: float
    low: float
    high: float
    p: float


def sets_of(found: Tables) -> int:
    """The callers whose set holds both journeys with it and journeys without."""
    both = (found.callers_with + found.controls_with > 0) & (found.controls > 0)
    both &= found.callers + found.controls > found.callers_with + found.controls_with
    return int(found.callers[both].sum())


def odds_ratio(found: Tables) -> OddsRatio | None:
    """The odds ratio of callers to controls; None where nothing can be compared.

    >>> found = odds_ratio(Tables(*(np.array([count]) for count in (20, 40, 100, 400))))
    >>> round(found.value, 2), round(found.low, 2), round(found.high, 2)
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
    value, error = log(up / down), sqrt(variance)
    from scipy.special import ndtr

    return OddsRatio(
        exp(value),
        exp(value - Z95 * error),
        exp(value + Z95 * error),
        float(2 * ndtr(-abs(value) / error)),
    )


def tables_of(
    touchpoint: int, touchpoints: int, callers: CallerCounts, controls: ControlCounts
) -> Tables:
    """The tables of a touchpoint, one for each kind of journey and number of earlier visits."""
    levels = CELLS // 2
    kinds = callers.callers.value.astype(np.int64)

    def counts(every: Values, some: Values) -> tuple[Ints, Ints]:
        """So many journeys by table, and those of them with the touchpoint in the hour."""
        size = np.zeros(len(kinds), np.int64)
        size[np.searchsorted(kinds, every.value)] = every.times
        pair, cell = np.divmod(some.value.astype(np.int64), CELLS)
        mine = np.flatnonzero(pair % touchpoints == touchpoint)
        place = np.searchsorted(kinds, pair[mine] // touchpoints) * CELLS + cell[mine]
        table = np.bincount(place, some.times[mine], len(kinds) * CELLS).astype(np.int64)
        table = table.reshape(len(kinds), levels, 2)
        table[:, 0, 0] = size - table.sum(axis=(1, 2))
        return table.sum(axis=2).ravel(), table[:, :, 1].ravel()

    of, n = counts(callers.callers, callers.cells)
    control_of, control_n = counts(controls.journeys, controls.cells)
    return Tables(n, of, control_n, control_of)
