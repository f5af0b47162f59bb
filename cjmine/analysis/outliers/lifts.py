"""How many times as often: the ratio of two shares with its interval."""

from __future__ import annotations

from math import inf, sqrt

from cjmine.analysis.differences import Difference, change
from cjmine.analysis.looks import p_value
from cjmine.results.outliers import Lift
from cjmine.results.share import Share


def lift(with_: Share, without: Share) -> Lift | None:
    """The ratio of two shares; None where one of them is withheld or nothing is without.

    Its interval combines those of both shares (MOVER for ratios: Donner and Zou 2012), so it is by
    customer where they are. Journeys of one customer on both sides make it wider than it need be.

    >>> from cjmine.analysis.intervals import share
    >>> found = lift(share(71, 88), share(580, 998))
    >>> f"{found.value:.1f} ({found.low:.1f} to {found.high:.1f})"
    '1.4 (1.2 to 1.5)'
    """
    if with_.value is None or with_.low is None or with_.high is None:
        return None
    if without.value is None or without.low is None or without.high is None:
        return None
    if not without.value or not without.low:
        return None
    one, other = with_.value, without.value
    low = _end(one, with_.low, other, without.high, -1)
    high = _end(one, with_.high, other, without.low, 1)
    return Lift(one / other, max(0.0, low), high, with_, without)


def chance(found: Lift) -> float:
    """How often chance alone gives shares as far apart."""
    apart = change(found.with_, found.without)
    assert apart is not None
    return p_value(Difference(apart.value, apart.low, apart.high))


def _end(one: float, end: float, other: float, other_end: float, sign: int) -> float:
    below = other_end * (2 * other - other_end)
    if below <= 0:
        return inf if sign > 0 else 0.0
    inside = (one * other) ** 2 - end * other_end * (2 * one - end) * (2 * other - other_end)
    return (one * other + sign * sqrt(max(0.0, inside))) / below
