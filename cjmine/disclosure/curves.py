"""Which moments and shares of a curve may be shown.

A curve says when single journeys end. So a moment is shown only where enough customers have ended
so since the moment before, and enough are left; and it is a round time, not that of a journey.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import isfinite

import numpy as np

from cjmine.analysis.dropoff.curves import Curve
from cjmine.analysis.dropoff.ends import Cause
from cjmine.counting.groups import Flags, Ints, distinct
from cjmine.disclosure.policy import Policy
from cjmine.disclosure.shown import count, two_digits
from cjmine.results.dropoff import CauseKind, CauseShare, CurvePoint, Horizon

_MOST = 500  # moments of the curve of one cause


@dataclass(frozen=True, slots=True)
class Moments:
    """The moments of each cause that are shown, in microseconds, and for each horizon and cell.

    Cells are the causes, and last the journeys under way.
    """

    of_cause: tuple[Ints, ...]
    hidden: Flags


def moments_of(
    curve: Curve, causes: tuple[Cause, ...], horizons: tuple[int, ...], policy: Policy
) -> Moments:
    """Which moments and which cells of a curve are shown."""
    hidden = np.array([_hidden(curve, causes, time, policy) for time in horizons])
    chosen = []
    for cause in range(curve.causes):
        fixed = [at for at, flags in zip(horizons, hidden, strict=True) if not flags[cause]]
        if policy.is_exact:
            times = curve.found.time[curve.found.events[cause] > 0]
            thin = max(1, -(-len(times) // _MOST))
            chosen.append(np.append(times[thin - 1 : -1 : thin], times[-1:]))
        else:
            chosen.append(_spaced(curve, cause, fixed, policy))
    return Moments(tuple(chosen), hidden.reshape(len(horizons), curve.causes + 1))


def times_of(found: Moments, horizons: tuple[int, ...]) -> Ints:
    """All times at which something of a curve is shown, in order."""
    return distinct(np.concatenate([*found.of_cause, np.array(horizons, np.int64)]))


def _hidden(curve: Curve, causes: tuple[Cause, ...], time: int, policy: Policy) -> Flags:
    """The cells of one horizon that are not shown: too few, or known from those that are.

    For the sake of others those of goals are hidden last.
    """
    goals = [cause.kind is CauseKind.GOAL for cause in causes]
    cells = [*(curve.ended(kind, time) for kind in range(curve.causes)), curve.under_way(time)]
    sizes = [int(one) for one in cells]
    people = [one.customers for one in cells]
    hidden = np.array([policy.is_small(one) for one in people])
    while hidden.any():
        together = sum(one for one, flag in zip(people, hidden, strict=True) if flag)
        if hidden.sum() > 1 and not policy.is_small(together):
            break
        left = [at for at, size in enumerate(sizes) if size and not hidden[at]]
        if not left:
            break
        hidden[min(left, key=lambda at: (at < len(goals) and goals[at], sizes[at]))] = True
    return hidden


def _may_step(curve: Curve, kind: int, before: int, time: int, policy: Policy) -> bool:
    """Whether no customer, or enough of them, ended so for the first time between two moments."""
    begun = curve.events(kind, before) if before else 0
    if curve.events(kind, time) == begun:
        return True
    fresh = curve.first[kind].until(time) - (curve.first[kind].until(before) if before else 0)
    return not policy.is_small(max(fresh, 1))


def _spaced(curve: Curve, cause: int, fixed: list[int], policy: Policy) -> Ints:
    """Round times with enough customers between them, and the fixed ones as far as they are."""
    round_times = _round_times(curve.found.time[curve.found.events[cause] > 0])
    chosen: list[int] = []
    last = 0
    for time in sorted({*round_times.tolist(), *fixed}):
        if curve.events(cause, time) > (curve.events(cause, last) if last else 0):
            later = [] if time in fixed else [at for at in fixed if at > time][:1]
            is_spaced = all(
                _may_step(curve, cause, before, after, policy)
                for before, after in pairwise([last, time, *later])
            )
            if is_spaced and _is_open(curve, cause, time, policy):
                chosen.append(time)
                last = time
        last = time if time in fixed else last
    return np.array(chosen, np.int64)


def _is_open(curve: Curve, cause: int, time: int, policy: Policy) -> bool:
    """Whether enough customers are behind a share, its complement, and those under way."""
    under_way = curve.under_way(time).customers
    at_risk = curve.at_risk(time).customers
    ended = [curve.ended(kind, time).customers for kind in range(curve.causes)]
    # Customers who did anything else are at least those of its largest part.
    others = max([under_way, *(one for kind, one in enumerate(ended) if kind != cause)])
    groups = (ended[cause], others, under_way, at_risk)
    return at_risk > 0 and not any(policy.is_small(one) for one in groups)


def _round_times(time: Ints) -> Ints:
    """Times rounded up to two significant digits of seconds, each once.

    >>> _round_times(np.array([0, 1_234_000_000, 1_299_000_000])).tolist()
    [0, 1300000000]
    """
    seconds = np.maximum(time, 1) / 1e6
    digits = 10.0 ** (np.ceil(np.log10(seconds)) - 2)
    found = np.where(time > 0, np.ceil(seconds / digits - 1e-9) * digits * 1e6, 0)
    return distinct(np.rint(found).astype(np.int64))


def curve_points(
    curve: Curve, causes: tuple[Cause, ...], found: Moments, policy: Policy
) -> tuple[CurvePoint, ...]:
    """The moments that are shown, by cause and then in order."""
    points = []
    for number, (cause, times) in enumerate(zip(causes, found.of_cause, strict=True)):
        before = -1
        for time in times.tolist():
            events = curve.events(number, time) - (
                curve.events(number, before) if before >= 0 else 0
            )
            point = _share(curve, number, cause, time, policy)
            at_risk = count(curve.at_risk(time), policy)
            assert point.value is not None and at_risk is not None
            points.append(
                CurvePoint(
                    cause.name,
                    cause.kind,
                    time / 1e6,
                    at_risk,
                    policy.rounded(events),
                    point.value,
                    point.low,
                    point.high,
                    point.se,
                )
            )
            before = time
    return tuple(points)


def horizons_of(
    curve: Curve,
    causes: tuple[Cause, ...],
    at: tuple[int, ...],
    found: Moments,
    policy: Policy,
) -> tuple[Horizon, ...]:
    """Where journeys are after some times; nothing is known of longer ones than were followed."""
    rows = []
    for time, hidden in zip(at, found.hidden, strict=True):
        known = curve.is_known(time)
        shares = tuple(
            _share(curve, number, cause, time, policy)
            if known and not hidden[number]
            else CauseShare(cause.name, cause.kind, None, None, None, None)
            for number, cause in enumerate(causes)
        )
        under_way = _under_way(curve, time, policy) if known and not hidden[-1] else None
        young = count(curve.young(time), policy)
        rows.append(
            Horizon(time / 1e6, shares, under_way, young, _as_lost(curve, shares, time, policy))
        )
    return tuple(rows)


def _share(curve: Curve, number: int, cause: Cause, time: int, policy: Policy) -> CauseShare:
    """The share that ended by a cause; its interval is withheld where one customer leads.

    No chance is in it that no deadline is over yet.
    """
    value = _values(curve, time, policy)[number]
    error = curve.error(number, time)
    if cause.kind is CauseKind.TIMED_OUT and not curve.events(number, time):
        return CauseShare(cause.name, cause.kind, value, None, None, None)
    found = curve.interval(value, error, time)
    if policy.release:
        error = two_digits(error)
        found = curve.interval(value, error, time)
    if curve.journeys.is_led and not policy.is_exact:
        return CauseShare(cause.name, cause.kind, value, None, None, None)
    low, high = min(found.low, value), max(found.high, value)
    known = error if isfinite(error) else None  # no error is known of a single customer
    return CauseShare(cause.name, cause.kind, value, low, high, known)


def _values(curve: Curve, time: int, policy: Policy) -> list[float]:
    """The shares of all causes; in what is released, of rounded counts that add up."""
    exact = [min(1.0, curve.found.by(number, time)) for number in range(curve.causes)]
    if not policy.release:
        return exact
    whole = max(policy.rounded(curve.journeys), policy.base)
    upto = [policy.rounded(round(one * curve.journeys)) for one in np.cumsum([0.0, *exact])]
    return [min(one, whole) / whole - min(before, whole) / whole for before, one in pairwise(upto)]


def _under_way(curve: Curve, time: int, policy: Policy) -> float:
    if policy.release:
        return max(0.0, 1 - sum(_values(curve, time, policy)))
    return curve.found.under_way(time)


def _as_lost(
    curve: Curve, shares: tuple[CauseShare, ...], time: int, policy: Policy
) -> float | None:
    """The share that would be said to reach the goal if open journeys counted as lost."""
    goals = [at for at, one in enumerate(shares) if one.kind is CauseKind.GOAL]
    if any(shares[at].value is None for at in goals) or not curve.journeys:
        return None
    reached = sum(curve.events(at, time) for at in goals)
    whole = max(policy.rounded(curve.journeys), policy.base)
    return min(policy.rounded(reached), whole) / whole
