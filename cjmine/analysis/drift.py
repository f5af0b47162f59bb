"""When the flow of journeys changed at once, and which pairs of activities changed.

Journeys are put in order of their begin. At each journey, which share of the journeys before and
which of those after have a pair of activities one directly after the other? The three pairs whose
shares differ most, in standard errors, decide: their mean is the drift's z.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, inf, sqrt

import numpy as np
import numpy.typing as npt

from cjmine.counting.groups import Ints, grouped

Floats = npt.NDArray[np.float64]
WINDOWS = (200, 400)  # journeys before and after
NEAREST = 400  # journeys between two drifts
LEAST_Z = 5.0  # of a drift
LEAST_PAIR_Z = 4.0  # of a pair that is named
WEEK = 7 * 86_400_000_000
LEAST_WEEKS, LEAST_A_WEEK = 4, 200  # of logs whose windows are whole weeks
MOST_PLACES = 20_000  # so many places are looked at in larger logs, evenly spread


@dataclass(frozen=True, slots=True)
class Presence:
    """Which journeys have which pair of activities, the second directly after the first.

    Pair p is activity `first[p]` and then `second[p]`; the journeys
    `journey[bounds[p]:bounds[p + 1]]` have it, each once, in order.
    """

    journeys: int
    first: Ints
    second: Ints
    bounds: Ints
    journey: Ints

    def having(self, pair: int, before: Ints) -> Ints:
        """How many of the journeys before some places have a pair."""
        found = self.journey[self.bounds[pair] : self.bounds[pair + 1]]
        return np.searchsorted(found, before)


@dataclass(frozen=True, slots=True)
class PairChange:
    """A pair in the journeys before and after a drift: in `before` and `after` of them."""

    pair: int
    before: int
    after: int
    z: float


@dataclass(frozen=True, slots=True)
class Drift:
    """A change of the flow at a journey: the first of those after it.

    Compared are the journeys from `first` to `journey` with those from `journey` to `end`; the
    last of each is not among them. Pairs are in order of their z.
    """

    journey: int
    moment: int
    z: float
    first: int
    end: int
    pairs: tuple[PairChange, ...]


@dataclass(frozen=True, slots=True)
class _Windows:
    """For each place the journeys `first` to `place` and `place` to `end`, which are compared."""

    first: Ints
    place: Ints
    end: Ints

    def z(self, found: Presence, pair: int) -> Floats:
        """By how many standard errors the shares of a pair before and after differ."""
        first, place, end = (found.having(pair, one) for one in (self.first, self.place, self.end))
        before, after = self.place - self.first, self.end - self.place
        return _z(place - first, before, end - place, after)


def presence(starts: Ints, activity: npt.NDArray[np.integer], activities: int) -> Presence:
    """Find the pairs of each journey, whose events are `activity[starts[j]:starts[j + 1]]`.

    >>> found = presence(np.array([0, 3, 5]), np.array([0, 1, 0, 0, 1]), 2)
    >>> found.first.tolist(), found.second.tolist(), found.having(0, np.array([0, 1, 2])).tolist()
    ([0, 1], [1, 0], [0, 1, 2])
    """
    sizes = np.diff(starts)
    journey = np.repeat(np.arange(len(sizes)), sizes)
    inside = np.flatnonzero(journey[1:] == journey[:-1])
    code = activity[inside].astype(np.int64) * activities + activity[inside + 1]
    by_pair = grouped(code, activities * activities)
    owner = journey[inside][by_pair.order]
    fresh = by_pair.begins(owner)
    present = np.flatnonzero(by_pair.sizes)
    bounds = np.append(0, np.cumsum(by_pair.per_group(fresh)[present]))
    return Presence(len(sizes), present // activities, present % activities, bounds, owner[fresh])


def drifts(begin: Ints, found: Presence) -> tuple[Drift, ...]:
    """When the flow changed, in order of time.

    Parameters
    ----------
    begin
        When each journey begins (microseconds), in order; those of one moment in an order that
        does not depend on the parts of the log. Only journeys that had their full time: open ones
        have fewer pairs.

    Windows are 200 and 400 journeys, and the greater z counts. A drift is where z is at least 5,
    the highest first, and no other within 400 journeys. On logs of four weeks or more with over
    200 journeys a week windows are whole weeks instead, as many as hold so many journeys, and no
    other drift is within one: else days and nights would differ. None where there are too few.
    """
    taken: list[Drift] = []
    free = np.ones(len(begin) + 1, bool)
    for z, windows, at in _candidates(begin, found):
        first, place, end = (int(one[at]) for one in (windows.first, windows.place, windows.end))
        if free[place]:
            pairs = tuple(_changes(found, first, place, end))
            taken.append(Drift(place, int(begin[place]), z, first, end, pairs))
            near = max(NEAREST, place - first, end - place)
            free[max(0, place - near) : place + near + 1] = False
    return tuple(sorted(taken, key=lambda one: one.journey))


def _candidates(begin: Ints, found: Presence) -> Iterator[tuple[float, _Windows, int]]:
    """Places with a z of a drift, the highest first; of one height the earliest."""
    scored = [(windows, _mean_of_three(windows, found)) for windows in _windows(begin)]
    places = [
        (-float(z[at]), int(windows.place[at]), row, int(at))
        for row, (windows, z) in enumerate(scored)
        for at in np.flatnonzero(z >= LEAST_Z)
    ]
    for minus_z, _, row, at in sorted(places):
        yield -minus_z, scored[row][0], at


def _windows(begin: Ints) -> Iterator[_Windows]:
    """The windows that are compared, of both sizes: places without whole windows are left out."""
    size = len(begin)
    places = np.arange(1, size, max(1, size // MOST_PLACES))
    weeks = (int(begin[-1]) - int(begin[0])) / WEEK if size else 0.0
    if weeks < LEAST_WEEKS or size / weeks <= LEAST_A_WEEK:
        for window in WINDOWS:
            inside = places[(places >= window) & (places <= size - window)]
            yield _Windows(inside - window, inside, inside + window)
        return
    for many in sorted({ceil(window * weeks / size) for window in WINDOWS}):
        moment = begin[places]
        whole = (moment - many * WEEK >= begin[0]) & (moment + many * WEEK <= begin[-1])
        first, end = (
            np.searchsorted(begin, moment[whole] + shift * WEEK) for shift in (-many, many)
        )
        place = places[whole]
        held = (first < place) & (place < end)
        yield _Windows(first[held], place[held], end[held])


def _mean_of_three(windows: _Windows, found: Presence) -> Floats:
    """The mean of the three largest z of pairs at each place."""
    top: Floats = np.zeros((3, len(windows.place)))
    if not len(windows.place):
        return np.zeros(0)
    before, after = windows.place - windows.first, windows.end - windows.place
    least, ratio = int((before + after).min()), float((before / after).max())
    ratio = max(ratio, float((after / before).max()))
    many = np.diff(found.bounds)
    rarer = np.minimum(many, found.journeys - many)
    for pair in np.argsort(-rarer, kind="stable").tolist():
        rare = int(rarer[pair])
        # All journeys with a pair on one side give the largest z that so few can have.
        most = sqrt(rare * ratio / (1 - rare / least)) if rare < least else inf
        if most <= top[2].min():
            break
        rest = windows.z(found, pair)
        for row in top:
            larger = np.maximum(row, rest)
            rest = np.minimum(row, rest)
            row[:] = larger
    mean: Floats = top.mean(axis=0)
    return mean


def _changes(found: Presence, first: int, place: int, end: int) -> list[PairChange]:
    """The pairs that changed at a place, those with the largest z first."""
    pairs, journey = len(found.first), found.journey
    pair = np.repeat(np.arange(pairs), np.diff(found.bounds))
    before = np.bincount(pair[(journey >= first) & (journey < place)], minlength=pairs)
    after = np.bincount(pair[(journey >= place) & (journey < end)], minlength=pairs)
    z = _z(before, np.full(pairs, place - first), after, np.full(pairs, end - place))
    return [
        PairChange(int(one), int(before[one]), int(after[one]), float(z[one]))
        for one in np.argsort(-z, kind="stable")
        if z[one] >= LEAST_PAIR_Z
    ]


def _z(n: Ints, of: Ints, later_n: Ints, later_of: Ints) -> Floats:
    p = (n + later_n) / (of + later_of)
    error = np.sqrt(p * (1 - p) * (1 / of + 1 / later_of))
    gap = np.abs(n / of - later_n / later_of)
    found: Floats = np.divide(gap, error, out=np.zeros(len(gap)), where=error > 0)
    return found
