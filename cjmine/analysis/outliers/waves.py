"""Waves: runs of days with far more events than the weeks before lead one to expect.

Each day is expected to have the median of the four same weekdays before it, times the trend of the
eight weeks before. The largest scan statistic over all windows of 1 to 28 days (Kulldorff 1997,
prospectively 2001; divided by the overdispersion φ of the four weeks before) says where the wave
is. How often chance alone gives as much is simulated, with everything estimated anew each time, so
that the error of a median of four is in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from math import sqrt

import numpy as np
import numpy.typing as npt

from cjmine.analysis.intervals import poisson
from cjmine.analysis.looks import q_values
from cjmine.analysis.outliers.expected import (
    BEFORE,
    WEEK,
    Expected,
    expected,
    usual,
)
from cjmine.counting.groups import Ints

Floats = npt.NDArray[np.float64]

LONGEST = 28  # days of a window
_SURE = 0.025  # half of 5 %, since what chance gives is itself estimated
_LARGER = 1.5  # times the expected events: less is no wave, however many events show it
_LONG, _AFTER = 14, 14  # days of a rise that may be one of level, and days that say so
_MOST = 5  # waves of one reason
_FIRST, _ALL, _OFTEN = (
    99,
    1999,
    10,
)  # worlds: few, then all unless 10 of few do


@dataclass(frozen=True, slots=True)
class Wave:
    """The days `first` to `last`, both included, with `n` events where `expected` would be usual.

    `dispersion` is φ, `p` how often chance alone gives a wave as large anywhere in the series.
    """

    first: int
    last: int
    n: int
    expected: float
    dispersion: float
    p: float


def waves(
    daily: Ints, covered: Sequence[tuple[int, int]] | None = None
) -> tuple[tuple[Wave, ...], ...]:
    """The waves of several reasons, in order of time; one row a reason and one column a day.

    All reasons are looked through together: only those count whose largest wave has q < 0.025
    among them (Benjamini and Hochberg 1995). The first four weeks have no days before them and are
    not judged. `covered` are the days from which up to which each reason is in the log; what is
    outside is no part of its series. The same counts give the same waves: they are the seed of
    what chance gives.

    >>> quiet = np.tile([4, 5, 3, 4, 5, 2, 1], 10)
    >>> loud = quiet.copy()
    >>> loud[49:52] += 40
    >>> [[(one.first, one.last) for one in row] for row in waves(np.array([quiet, loud]))]
    [[], [(49, 51)]]
    """
    spans = [(0, daily.shape[1])] * len(daily) if covered is None else covered
    found = [
        [replace(one, first=one.first + first, last=one.last + first) for one in _waves(row)]
        for first, row in (
            (first, counts[first:end].astype(np.float64))
            for counts, (first, end) in zip(daily, spans, strict=True)
        )
    ]
    sure = q_values([row[0].p if row else None for row in found])
    return tuple(
        tuple(sorted(row, key=lambda one: one.first)) if q is not None and q < _SURE else ()
        for row, q in zip(found, sure, strict=True)
    )


def _waves(series: Floats) -> list[Wave]:
    """The waves of one reason, the largest first; a series without any that could be one has none.

    Where the largest is no wave, it is given with its p: it counts among all that was looked at.
    """
    if len(series) < BEFORE + 1 or not series.any():
        return []
    left, worlds = series, None
    found: list[Wave] = []
    while len(found) < _MOST:
        seen = expected(left[None])
        largest = _largest(left[None], seen)
        start, days = int(largest.start[0]), int(largest.days[0])
        usual_then = seen.window(start - BEFORE, days)
        dispersion = float(seen.dispersion[0, start - BEFORE])
        wave = _dated(left[start : start + days], usual_then, start, dispersion)
        if _stays(left, wave):
            return _with(found, _apart(left, wave.first))
        inside, counts = slice(start, start + days), left[start : start + days]
        if worlds is None:
            # Chance is like the series without its wave, of which 3 standard errors may be chance.
            usual_n = float(usual_then.sum())
            most = usual_n + 3 * sqrt(dispersion * usual_n)
            without = series.copy()
            without[inside] *= min(1.0, most / max(float(counts.sum()), 1.0))
            worlds = _Worlds(series, without)
        left = left.copy()
        left[inside] = np.minimum(counts, usual_then)
        if wave.n >= _LARGER * wave.expected:
            wave = replace(wave, p=worlds.chance(float(largest.size[0])))
        if found and wave.p >= _SURE / (1 + len(found)):
            break
        found.append(wave)
        if wave.p >= _SURE:
            break
    return found


def _stays(series: Floats, wave: Wave) -> bool:
    """Whether a long rise goes on after its window: then it is a change of level, and no wave.

    On the days after it, up to two weeks, half of what it had beyond what is usual is still there.
    """
    days = wave.last + 1 - wave.first
    after = series[wave.last + 1 : wave.last + 1 + _AFTER]
    if days < _LONG or len(after) < WEEK:
        return False
    usual_day, day = wave.expected / days, wave.n / days
    return float(after.mean()) >= (usual_day + day) / 2


def _apart(series: Floats, at: int) -> list[Wave]:
    """The waves before a change of level and after it, each part with its own weeks before."""
    before, after = _waves(series[:at]), _waves(series[at:])
    found = [replace(one, p=min(1.0, 2 * one.p)) for one in before]
    found += [
        replace(one, first=one.first + at, last=one.last + at, p=min(1.0, 2 * one.p))
        for one in after
    ]
    return sorted(found, key=lambda one: one.p)


def _with(found: list[Wave], more: list[Wave]) -> list[Wave]:
    """Waves and further ones: of those after the first only what is a wave by itself."""
    every = [*found, *more]
    return every[:1] + [one for one in every[1:] if one.p < _SURE / 2]


def _dated(counts: Floats, usual_then: Floats, start: int, dispersion: float) -> Wave:
    """The days of a window that are its wave, from the first above what is usual to the last.

    What is usual is seen from the begin of the window here, so a quiet week before the wave, which
    a scan takes in where the weeks before it were quieter still, is left out.
    """
    n, usual_n = (np.append(0, np.cumsum(one)) for one in (counts, usual_then))
    first, end = np.triu_indices(len(counts) + 1, 1)
    gain = _gain(n[end] - n[first], usual_n[end] - usual_n[first])
    best = int(gain.argmax())
    place, last = int(first[best]), int(end[best]) - 1
    above = counts > usual_then + 1.96 * np.sqrt(dispersion * usual_then)
    days = place + np.flatnonzero(above[place : last + 1])
    if len(days):
        place, last = int(days[0]), int(days[-1])
    inside = slice(place, last + 1)
    found, expected_n = int(counts[inside].sum()), float(usual_then[inside].sum())
    return Wave(start + place, start + last, found, expected_n, dispersion, 1.0)


def _gain(n: Floats, usual_n: Floats) -> Floats:
    """How much likelier counts are with a rate of their own, where they are above what is usual."""
    found: Floats = n * np.log(np.maximum(n, 1) / usual_n) - (n - usual_n)
    return np.where(n > usual_n, found, 0.0)


@dataclass(frozen=True, slots=True)
class _Largest:
    """The window with the largest statistic of each series."""

    size: Floats
    start: Ints
    days: Ints


def _largest(series: Floats, seen: Expected) -> _Largest:
    """Scan all windows: one row a series. Windows begin once there are four weeks before."""
    rows, days = len(series), series.shape[1] - BEFORE
    upto = np.concatenate([np.zeros((rows, 1)), np.cumsum(series[:, BEFORE:], axis=1)], axis=1)
    size, start = np.zeros(rows), np.full(rows, BEFORE)
    length = np.ones(rows, np.int64)
    usual_n = np.zeros((rows, days))
    every = np.arange(rows)
    for many in range(1, min(LONGEST, days) + 1):
        places = days - many + 1
        usual_n = usual_n[:, :places] + seen.ahead(many - 1, places)
        n = upto[:, many:] - upto[:, :places]
        gain = _gain(n, usual_n) / seen.dispersion[:, :places]
        at = gain.argmax(axis=1)
        best = gain[every, at]
        better = best > size
        size[better], start[better], length[better] = best[better], at[better] + BEFORE, many
    return _Largest(size, start, length)


class _Worlds:
    """Series like one without its waves, and the largest statistic of each.

    They have its level and its overdispersion; how sure that is, weeks drawn with replacement say.
    """

    def __init__(self, series: Floats, without: Floats) -> None:
        self._usual = usual(without)
        seed = sha256(series.astype(np.int64).tobytes()).digest()[:8]
        self._random = np.random.default_rng(int.from_bytes(seed, "little"))
        self._sizes = np.zeros(0)

    def chance(self, size: float) -> float:
        """How often a series without a wave has a statistic as large, from 1/2000 to 1.

        After 99 series it is known well enough where 10 of them had it (Besag and Clifford 1991).
        """
        if not size:
            return 1.0
        self._simulate(_FIRST)
        if np.count_nonzero(self._sizes[:_FIRST] >= size) < _OFTEN:
            self._simulate(_ALL)
        return (1 + int(np.count_nonzero(self._sizes >= size))) / (1 + len(self._sizes))

    def _simulate(self, worlds: int) -> None:
        more = worlds - len(self._sizes)
        if more <= 0:
            return
        seen, random = self._usual, self._random
        weeks = random.integers(0, len(seen.spread), (more, len(seen.spread)))
        free = np.maximum(seen.free[weeks].sum(axis=1), 1e-9)
        over = np.maximum(seen.spread[weeks].sum(axis=1) / free - 1, 1e-9)[:, None]
        # Gamma mixed with Poisson: the variance is φ times the mean.
        mean = random.gamma(np.maximum(seen.mean, 1e-9) / over, over)
        drawn = random.poisson(mean).astype(np.float64)
        self._sizes = np.concatenate([self._sizes, _largest(drawn, expected(drawn)).size])


def excess_interval(wave: Wave) -> tuple[float, float]:
    """The 95 % interval of how many events a wave has more than expected.

    That of the count, as overdispersed as the weeks before; what is expected is taken as known.

    >>> [round(one) for one in excess_interval(Wave(0, 2, 61, 8.0, 1.3, 0.001))]
    [37, 73]
    """
    sure = poisson(wave.n, wave.dispersion)
    return sure.low - wave.expected, sure.high - wave.expected
