"""Cumulative incidence: which share of journeys ended by some time, by each of several causes.

A journey that is still open counts as far as it was seen, and leaves after all that end at the
same moment (Aalen and Johansen 1978): F_k(t) is the sum over moments up to t of S(before) d_k / n,
where n journeys were still at risk, d_k of them ended by cause k, and S is the share that had not
ended. At every time the causes and those still under way add up to 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, sqrt

import numpy as np

from cjmine.analysis.influences import Floats, Influences, influences
from cjmine.analysis.intervals import ANYTHING, Z95, Interval, steadied, student, wilson
from cjmine.analysis.multisets import Values
from cjmine.counting.groups import Ints, distinct


@dataclass(frozen=True, slots=True)
class Incidence:
    """The curves of all causes: one column a moment at which journeys ended, in order.

    `at_risk` had not ended before the moment; `events`, `value` and `error` (the standard error
    where each customer has one journey) have one row a cause. `survival` is the share that has
    not ended after the moment. All are 0 before the first moment, `survival` 1.
    """

    journeys: int
    time: Ints
    at_risk: Ints
    events: Ints
    survival: Floats
    value: Floats
    error: Floats
    censored: Ints

    @property
    def causes(self) -> int:
        """How many causes there are."""
        return len(self.events)

    def moment(self, time: int) -> int:
        """The column of the last moment up to a time; -1 before the first."""
        return int(np.searchsorted(self.time, time, "right")) - 1

    def by(self, cause: int, time: int) -> float:
        """The share that ended by a cause until a time."""
        at = self.moment(time)
        return float(self.value[cause, at]) if at >= 0 else 0.0

    def error_by(self, cause: int, time: int) -> float:
        """Its standard error where each customer has one journey."""
        at = self.moment(time)
        return float(self.error[cause, at]) if at >= 0 else 0.0

    def under_way(self, time: int) -> float:
        """The share that has not ended until a time."""
        at = self.moment(time)
        return float(self.survival[at]) if at >= 0 else 1.0

    def known(self, time: int) -> int:
        """The journeys of which it is known whether and how they ended until a time."""
        return self.journeys - int(np.searchsorted(self.censored, time, "left"))


def incidence(ends: Values, causes: int) -> Incidence:
    """The incidence of each cause.

    Parameters
    ----------
    ends
        When each journey ended, in whole units since its begin: `values(cause, time)`, which adds
        up over parts. The group of those still open, at the time until which they were seen, is
        `causes`.

    The standard error is that of the delta method (Greenwood's for several causes: Marubini and
    Valsecchi 1995). Without journeys or without ends there is no moment.

    >>> from cjmine.analysis.multisets import values
    >>> found = incidence(values(np.array([0, 2, 1, 0]), np.array([1, 2, 3, 5])), 2)
    >>> found.by(0, 2), found.by(1, 4), found.by(0, 9), found.under_way(2)
    (0.25, 0.375, 0.625, 0.75)
    """
    open_ = ends.group == causes
    censored = np.repeat(ends.value[open_], ends.times[open_]).astype(np.int64)
    time = distinct(ends.value[~open_].astype(np.int64))
    place = np.searchsorted(time, ends.value[~open_])
    events = np.zeros((causes, len(time)), np.int64)
    events[ends.group[~open_], place] = ends.times[~open_]
    ended = events.sum(axis=0)
    journeys = int(ends.times.sum())
    before = np.cumsum(ended) - ended
    at_risk = journeys - before - np.searchsorted(censored, time, "left")
    survival = np.cumprod(1 - ended / at_risk)
    earlier = _before(survival)
    value = np.cumsum(earlier * events / at_risk, axis=1)
    assert np.allclose(value.sum(axis=0) + survival, 1.0, rtol=0, atol=1e-9)
    sums = _hazards(events, at_risk, earlier, value)
    second = np.cumsum(earlier**2 * events * (at_risk - events) / at_risk**3, axis=1)
    squares = np.cumsum(value**2 * sums.weight, axis=1)
    products = np.cumsum(value * earlier * events / at_risk**2, axis=1)
    first = value**2 * sums.all_causes - 2 * value * sums.valued + squares
    variance = first + second - 2 * (value * sums.own - products)
    error = np.sqrt(np.maximum(0.0, variance))
    return Incidence(journeys, time, at_risk, events, survival, value, error, censored)


def incidence_influences(
    whole: Incidence, cause: Ints, time: Ints, customer: Ints, at: Ints
) -> Influences:
    """How much the customers of one part sway the shares that ended at some times.

    One entry a cause and time, all times of a cause together. `whole` is the incidence over all
    parts; `cause` and `time` are those of the journeys of the part, as in `incidence`, `customer`
    their customers' numbers in the part (infinitesimal jackknife: Lin and Wei 1989).
    """
    earlier = _before(whole.survival)
    sums = _hazards(whole.events, whole.at_risk, earlier, whole.value)
    left = np.maximum(1, whole.at_risk - whole.events.sum(axis=0))
    last = np.searchsorted(whole.time, time, "right") - 1
    swayed = np.zeros((whole.causes, len(at), len(time)))
    for column, moment in enumerate(whole.moment(int(one)) for one in at):
        seen = np.minimum(last, moment)
        is_seen = np.flatnonzero(seen >= 0)
        is_event = np.flatnonzero((cause < whole.causes) & (last <= moment))
        until, then = seen[is_seen], last[is_event]
        for number in range(whole.causes if moment >= 0 else 0):
            value, own = whole.value[number], cause[is_event] == number
            end, row = value[moment], swayed[number, column]
            row[is_seen] = end * sums.all_causes[until] - sums.valued[number, until]
            row[is_seen] -= sums.own[number, until]
            row[is_event] -= (end - value[then]) / left[then]
            row[is_event] += own * earlier[then] / whole.at_risk[then]
    return influences(swayed.reshape(whole.causes * len(at), len(time)), customer)


def steady_error(error: float, alone: float, alike: float, rarer: int, customers: int) -> float:
    """The standard error of a share that ended, where customers have several journeys.

    `error` is that of influences and `alone` that of the delta method. Their squares' ratio is a
    design effect, which few customers may show too small (see `steadied`): `alike` is the effect
    of journeys that all end alike, `rarer` the customers with the outcome that fewer have.

    >>> round(steady_error(0.05, 0.04, 4.0, 8, 1000), 4), steady_error(0.05, 0.04, 1.0, 8, 1000)
    (0.0572, 0.05)
    """
    if not alone or customers < 2:
        return error
    few = (student(customers - 1) / Z95) ** 2  # which the effect of alike journeys has in it
    shown = max(1.0, (error / alone) ** 2)
    return alone * sqrt(steadied(few * shown, alike, rarer) / few)


def incidence_interval(
    value: float, error: float, known: int, customers: int | None = None, effect: float = 1.0
) -> Interval:
    """The 95 % interval of a share that ended, symmetric on log(-log) (Choudhury 2002).

    Where none or all ended it is Wilson's of the `known` journeys, with the design `effect` of
    journeys that all end alike. With so many `customers` Student's t takes the place of 1.96;
    None where each has one journey.

    >>> found = incidence_interval(0.4, 0.05, 100)
    >>> round(found.low, 3), round(found.high, 3)
    (0.302, 0.496)
    """
    if customers is not None and customers < 2:
        return ANYTHING
    if not 0 < value < 1 - 1e-12:
        return wilson(known if value else 0, known, effect) or ANYTHING
    quantile = Z95 if customers is None else student(customers - 1)
    spread = quantile * error / (value * -log(value))
    middle = log(-log(value))
    return Interval(exp(-exp(middle + spread)), exp(-exp(middle - spread)))


@dataclass(frozen=True, slots=True)
class _Hazards:
    """Sums up to each moment: of d / (n (n - d)), of the same by value, and of S d_k / n²."""

    weight: Floats
    all_causes: Floats
    valued: Floats
    own: Floats


def _hazards(events: Ints, at_risk: Ints, earlier: Floats, value: Floats) -> _Hazards:
    ended = events.sum(axis=0)
    # Where all that are left end, nothing comes later on which the weight could act.
    left = at_risk - ended
    weight = np.where(left > 0, ended / (at_risk * np.maximum(left, 1)), 0.0)
    return _Hazards(
        weight,
        np.cumsum(weight),
        np.cumsum(value * weight, axis=1),
        np.cumsum(earlier * events / at_risk**2, axis=1),
    )


def _before(survival: Floats) -> Floats:
    return np.concatenate([np.ones(min(1, len(survival))), survival[:-1]])
