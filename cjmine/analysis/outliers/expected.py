"""How many events a day is expected to have, from the four weeks before it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

WEEK = 7
BEFORE = 4 * WEEK  # days before the first that is judged
_TREND = 8  # weeks that a trend is read off
_ENOUGH = 100  # events in them; of fewer no trend is read
_CENTRE = 2.5  # weeks from the middle of the four weeks before to the day itself
_FAST = np.log(1.1)  # a trend is at most so steep, as a logarithm a week
_NEAR = 4  # weeks on both sides that the usual level of a day is taken from


@dataclass(frozen=True, slots=True)
class Expected:
    """What is usual from the 29th day of each series on: one row a series, one column a day.

    `weekday` is the median of the four same weekdays before. The rest is as seen from the day:
    the `trend`, what the median week has on a day beyond the weekdays' medians (`rest`), and φ
    (`dispersion`, 1 or more).
    """

    weekday: Floats
    rest: Floats
    trend: Floats
    dispersion: Floats

    @property
    def daily(self) -> Floats:
        """What is expected of each day itself."""
        return self.ahead(0, self.trend.shape[1])

    def ahead(self, days: int, places: int) -> Floats:
        """What is expected so many days after each of the first `places` days, seen from that day.

        Later weeks are expected to be as the first: a wave must not raise what is expected of its
        later days.
        """
        first = days % WEEK
        usual_day = self.weekday[:, first : first + places] + self.rest[:, :places]
        found: Floats = np.maximum(usual_day * self.trend[:, :places], 1 / BEFORE)
        return found

    def window(self, first: int, days: int) -> Floats:
        """What is expected of each day of a window in the first series, seen from its begin."""
        usual_day = self.weekday[0, first + np.arange(days) % WEEK] + self.rest[0, first]
        found: Floats = np.maximum(usual_day * self.trend[0, first], 1 / BEFORE)
        return found


def expected(series: Floats) -> Expected:
    """What some series are expected to have: one row a series, one column a day.

    The median of the four same weekdays before, times the trend. Of rare events most days have
    none, and so would the medians: what the median of the four weeks has beyond those of its
    weekdays is spread over its days. Never less than one event in four weeks.

    >>> expected(np.tile([4.0, 5, 3, 4, 5, 2, 1], (1, 5))).daily[0].tolist()
    [4.0, 5.0, 3.0, 4.0, 5.0, 2.0, 1.0]
    """
    days = series.shape[1]
    before = np.stack([series[:, BEFORE - WEEK * k : days - WEEK * k] for k in range(1, 5)])
    weekday = _middle(before)
    weeks = np.stack([_weekly(one) for one in before])
    rest = np.maximum(0.0, _middle(weeks) - _weekly(weekday)) / WEEK
    return Expected(weekday, rest, _trend(series), _dispersion(before))


def _middle(four: Floats) -> Floats:
    """The median of four."""
    found: Floats = (four.sum(axis=0) - four.max(axis=0) - four.min(axis=0)) / 2
    return found


def _weekly(series: Floats) -> Floats:
    """The sum of a week from each day on; at the end, of the last whole week."""
    days = series.shape[1]
    found = _rolled(series, min(WEEK, days))
    return np.concatenate([found, np.repeat(found[:, -1:], days - found.shape[1], axis=1)], axis=1)


@dataclass(frozen=True, slots=True)
class Usual:
    """The level of each day of a series, and week by week what its overdispersion is read off.

    Over all weeks φ is `spread` by `free`: the squared distances from the level, and the distances
    that independent events would have.
    """

    mean: Floats
    spread: Floats
    free: Floats


def usual(series: Floats) -> Usual:
    """What a whole series is like without its waves.

    Each day is as the mean of the same weekdays up to four weeks before and after, counts far
    above what was expected lowered to six standard deviations above it.
    """
    clipped, seen = series.copy(), expected(series[None])
    most = seen.daily + 6 * np.sqrt(seen.dispersion * seen.daily) + 1
    clipped[BEFORE:] = np.minimum(clipped[BEFORE:], most[0])
    total, many = np.zeros(len(series)), np.zeros(len(series))
    for week in range(-_NEAR, _NEAR + 1):
        inside = slice(max(0, WEEK * week), len(series) + min(0, WEEK * week))
        there = slice(max(0, -WEEK * week), len(series) + min(0, -WEEK * week))
        total[there] += clipped[inside]
        many[there] += 1
    mean = total / many
    begins = np.arange(0, len(series), WEEK)
    spread = np.add.reduceat((clipped - mean) ** 2, begins)
    return Usual(mean, spread, np.add.reduceat((1 - 1 / many) * mean, begins))


def _dispersion(before: Floats) -> Floats:
    """φ of the four weeks before each day: all weekdays together."""
    spread, level = _weekly(before.var(axis=0, ddof=1)), _weekly(before.mean(axis=0))
    found: Floats = np.maximum(1.0, spread / np.maximum(level, 1e-9))
    return found


def _trend(series: Floats) -> Floats:
    """How much higher a day is than the middle of the four weeks before, by their trend.

    A line through the logarithms of eight weekly totals; 1 where there are fewer weeks or events.
    """
    days = series.shape[1]
    found = np.ones((len(series), days - BEFORE))
    first = _TREND * WEEK
    if days <= first:
        return found
    weekly = _rolled(series, WEEK)
    weeks = np.stack([weekly[:, first - WEEK * k : days - WEEK * k] for k in range(1, _TREND + 1)])
    ago = (_TREND + 1) / 2 - np.arange(1, _TREND + 1)
    slope = np.tensordot(ago / (ago @ ago), np.log(weeks + 0.5), axes=1)
    factor = np.exp(_CENTRE * np.clip(slope, -_FAST, _FAST))
    found[:, first - BEFORE :] = np.where(weeks.sum(axis=0) >= _ENOUGH, factor, 1.0)
    return found


def _rolled(series: Floats, days: int) -> Floats:
    """The sums of so many days from each day on that has as many ahead."""
    upto = np.concatenate([np.zeros((len(series), 1)), np.cumsum(series, axis=1)], axis=1)
    found: Floats = upto[:, days:] - upto[:, :-days]
    return found
