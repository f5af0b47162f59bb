"""How sure a figure is: 95 % intervals in which customers, not journeys, are the sample.

Journeys of one customer are alike, so ten of them say less than ten of ten customers. How much
less is the design effect: the variance of a share over customers (linearised, Kish 1965), divided
by the variance that as many customers with one journey each would give. The interval is Wilson's
(1927) at the number of journeys divided by it (Korn and Graubard 1998; Dean and Pagano 2015).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import inf, sqrt

from cjmine.analysis.squares import Squares
from cjmine.results.figures import Counted, Sampled
from cjmine.results.share import Share

Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Interval:
    """The ends of a 95 % interval."""

    low: float
    high: float


ANYTHING = Interval(0.0, 1.0)


def wilson(n: float, of: int, effect: float = 1.0) -> Interval | None:
    """Wilson's interval of `n` of `of` journeys that say as much as `of / effect` customers.

    It stays within 0 and 1 and holds for small groups and near the ends. None of nothing.

    >>> found = wilson(81, 263)
    >>> round(found.low, 4), round(found.high, 4)
    (0.2553, 0.3662)
    """
    if not of:
        return None
    if effect == inf:
        return ANYTHING
    part, square, sample = n / of, Z95 * Z95, of / effect
    middle = part + square / (2 * sample)
    spread = Z95 * sqrt(part * (1 - part) / sample + square / (4 * sample * sample))
    whole = 1 + square / sample
    low = (middle - spread) / whole if n else 0.0
    return Interval(low, (middle + spread) / whole if n < of else 1.0)


def share(n: int, of: int, effect: float = 1.0) -> Share:
    """The share that `n` of `of` is, with its interval. Raises ValueError unless 0 <= n <= of.

    >>> share(1745, 4812)
    36.3 % (34.9 to 37.6), 1,745 of 4,812
    >>> share(1745, 4812, effect=4)
    36.3 % (33.6 to 39.0), 1,745 of 4,812
    """
    if not 0 <= n <= of:
        raise ValueError("a share needs 0 <= n <= of")
    found = wilson(n, of, effect)
    if found is None:
        return Share(None, None, None, n, of)
    return Share(n / of, found.low, found.high, n, of)


def share_of(n: Counted, of: Sampled) -> Share:
    """The share that `n` of `of` is, whose customers are known."""
    return share(n, of, of.effect)


def sampled(n: int, of: int, customers: int, rarer: int, squares: Squares, most: int) -> Sampled:
    """The journeys that `n` are a share of; `most` are those of one customer.

    `rarer` customers have the outcome that fewer customers have.

    >>> found = sampled(50, 100, 10, 5, Squares(1000, 500, 500), 10)
    >>> round(found.effect, 1), found.is_led
    (14.7, False)
    """
    alike = alike_effect(of, customers, squares)
    effect = steadied(design_effect(n, of, customers, squares), alike, rarer)
    return Sampled(of, customers, effect, alike, 2 * most * most > squares.among)


def steadied(effect: float, alike: float, rarer: int) -> float:
    """A design effect that few customers may have shown too small by chance.

    Where few have the rarer outcome, their variance says little. Two customers more are added
    whose journeys all end alike, as two journeys more of each outcome steady a share (Agresti and
    Coull 1998): in simulation rare outcomes are then covered as often as others. Nothing changes
    where customers have one journey each, little where many have both outcomes.

    >>> steadied(3.0, 8.0, 0), steadied(3.0, 8.0, 8), steadied(9.0, 8.0, 0)
    (8.0, 4.0, 9.0)
    """
    return effect + (alike - effect) * 2 / (rarer + 2) if effect < alike < inf else effect


def design_effect(n: int, of: int, customers: int, squares: Squares) -> float:
    """How many journeys say as much as one customer with a single journey: 1 or more.

    The variance of a ratio of two sums over customers, by that of as many customers with one
    journey each; where no customer differs from the others it is unknown, and `alike_effect` takes
    its place. What Student's t, with one degree of freedom less than customers, has over 1.96 is
    in it. Infinite for one customer.

    >>> round(design_effect(50, 100, 100, Squares(100, 50, 50)), 3)  # one journey each
    1.025
    """
    if customers < 2:
        return inf
    spread = squares.spread(n, of)
    if not spread:
        return alike_effect(of, customers, squares)
    found = customers * spread * (of - 1) / ((customers - 1) * of * of * n * (of - n))
    return max(1.0, found) * _of_few(customers)


def alike_effect(of: int, customers: int, squares: Squares) -> float:
    """The design effect where all journeys of a customer end alike; it depends on no outcome.

    >>> round(alike_effect(100, 10, Squares(1000, 0, 0)), 1)  # ten journeys each
    13.3
    """
    if customers < 2:
        return inf
    return max(1.0, squares.among / of) * _of_few(customers)


def effect_of(found: Share) -> float:
    """The design effect that an interval shows: the reverse of `share`.

    >>> round(effect_of(share(81, 263, effect=4)), 9)
    4.0
    """
    assert found.value is not None and found.low is not None and found.high is not None
    assert found.of is not None
    # Near its other end the interval of 0 or 100 % is closed.
    end = found.low if found.low > 0 else found.high
    if found.low == 0 and found.high == 1:
        return inf
    sample = Z95 * Z95 * end * (1 - end) / (found.value - end) ** 2
    return max(1.0, found.of / sample)


def ratio_error(n: int, of: int, customers: int, squares: Squares) -> float:
    """The standard error of n / of, a ratio of two sums over customers; 0 for one customer."""
    if customers < 2:
        return 0.0
    return sqrt(customers * squares.spread(n, of) / (customers - 1)) / (of * of)


def ratio_interval(value: float, error: float, customers: int) -> Interval:
    """The interval of a ratio of sums over customers that lies between 0 and 1.

    `error` is its standard error. One customer says nothing of others.

    >>> found = ratio_interval(0.9, 0.02, 21)
    >>> round(found.low, 3), round(found.high, 3)
    (0.858, 0.942)
    """
    if customers < 2:
        return ANYTHING
    margin = student(customers - 1) * error
    return Interval(max(0.0, value - margin), min(1.0, value + margin))


def adjusted_wald(
    promoters: float, detractors: float, of: int, effect: float = 1.0
) -> Interval | None:
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


def median_places(values: int, effect: float) -> tuple[int, int] | None:
    """Between which of so many values in order their median lies, counted from 0; None of too few.

    The share of values below the median is a half: the ends of its interval are those of the
    median (Woodruff 1952), the next value outwards where they fall between two.

    >>> median_places(10, 1.0), median_places(100, 4.0), median_places(3, 1.0)
    ((1, 8), (30, 69), None)
    """
    found = wilson(values, 2 * values, 2 * effect)
    last = 0 if found is None else int(values * found.low)
    return (last - 1, values - last) if last else None


def poisson(count: int, overdispersion: float = 1.0) -> Interval:
    """The interval of a count of events that happen independently of each other.

    Exact (Garwood 1936): the ends are quantiles of gamma distributions. Where counts vary
    `overdispersion` times as much as independent events would, both sides are its root as wide.

    >>> found = poisson(10)
    >>> round(found.low, 2), round(found.high, 2)
    (4.8, 18.39)
    """
    if count < 0:
        raise ValueError("a count needs 0 <= count")
    from scipy.special import gammaincinv

    low = float(gammaincinv(count, 0.025)) if count else 0.0
    high, wider = float(gammaincinv(count + 1, 0.975)), sqrt(max(1.0, overdispersion))
    return Interval(max(0.0, count - wider * (count - low)), count + wider * (high - count))


@lru_cache
def student(freedom: float) -> float:
    """The 97.5th percentile of Student's t.

    >>> round(student(49), 4)
    2.0096
    """
    from scipy.special import stdtrit

    return float(stdtrit(freedom, 0.975))


def _of_few(customers: int) -> float:
    """What Student's t adds for few customers, as a factor of the variance."""
    return (student(customers - 1) / Z95) ** 2
