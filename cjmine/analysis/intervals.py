"""How sure a figure is: 95 % intervals in which customers, not journeys, are the sample."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import inf, sqrt

from cjmine.results.share import Z95


@dataclass(frozen=True, slots=True)
class Interval:
    """The ends of a 95 % interval."""

    low: float
    high: float


def adjusted_wald(promoters: int, detractors: int, of: int, effect: float = 1.0) -> Interval | None:
    """The interval of a net promoter score in points, from -100 to 100; None of no answers.

    Three answers are added to those given, three quarters of one promoter, three quarters of one
    detractor, and the rest passive (Rocks 2016). `of / effect` answers say as much as these.

    >>> found = adjusted_wald(promoters=5, detractors=2, of=10)
    >>> round(found.low), round(found.high)
    (-19, 65)
    """
    if not of:
        return None
    if effect == inf:
        return Interval(-100.0, 100.0)
    sample = of / effect
    more = sample + 3
    up = (promoters / effect + 0.75) / more
    down = (detractors / effect + 0.75) / more
    middle = up - down
    margin = Z95 * sqrt((up + down - middle * middle) / more)
    return Interval(100 * max(-1.0, middle - margin), 100 * min(1.0, middle + margin))


@lru_cache
def student(freedom: int) -> float:
    """The 97.5th percentile of Student's t.

    >>> round(student(49), 4)
    2.0096
    """
    from scipy.special import stdtrit

    return float(stdtrit(freedom, 0.975))
