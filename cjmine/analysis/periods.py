"""Days, weeks and months of a zone: the periods by which a trend puts journeys together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo

import numpy as np

from cjmine.counting.groups import Ints
from cjmine.results.log import day_of, known_zone, moment
from cjmine.results.trend import Every

_START = datetime(1970, 1, 1, tzinfo=UTC)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Periods:
    """Periods one after the other: period p is the days from `days[p]` up to `days[p + 1]`.

    `bounds` are the moments at which these days begin in the zone, in microseconds.
    """

    every: Every
    days: tuple[date, ...]
    bounds: Ints

    def __len__(self) -> int:
        return len(self.days) - 1

    def part(self, first: int, last: int) -> Periods:
        """The periods from one up to another."""
        return Periods(self.every, self.days[first : last + 1], self.bounds[first : last + 1])

    def of(self, moments: Ints) -> Ints:
        """The period of each moment that is in one of them."""
        found: Ints = np.searchsorted(self.bounds, moments, side="right") - 1
        return found

    def first_day(self, period: int) -> str:
        """The day on which a period begins."""
        return self.days[period].isoformat()

    def last_day(self, period: int) -> str:
        """The last day of a period."""
        return (self.days[period + 1] - _DAY).isoformat()


def periods(first: int, last: int, every: Every, zone: str) -> Periods:
    """The days, weeks from Monday, or months that hold everything between two moments.

    Moments are in microseconds; days are those of the zone, so that one of them may have 23 or 25
    hours.

    >>> found = periods(0, 8 * 86_400_000_000, Every.WEEK, "UTC")
    >>> found.first_day(0), found.last_day(1)
    ('1969-12-29', '1970-01-11')
    """
    day, end = _begin(day_of(moment(first), zone), every), day_of(moment(last), zone)
    days = [day]
    while days[-1] <= end:
        days.append(_next(days[-1], every))
    there = known_zone(zone)
    return Periods(every, tuple(days), np.array([_moment(one, there) for one in days], np.int64))


def _begin(day: date, every: Every) -> date:
    match every:
        case Every.WEEK:
            return day - day.weekday() * _DAY
        case Every.MONTH:
            return day.replace(day=1)
    return day


def _next(day: date, every: Every) -> date:
    match every:
        case Every.WEEK:
            return day + 7 * _DAY
        case Every.MONTH:
            return (day.replace(day=1) + 31 * _DAY).replace(day=1)
    return day + _DAY


def _moment(day: date, zone: tzinfo) -> int:
    there = datetime(day.year, day.month, day.day, tzinfo=zone)
    return (there.astimezone(UTC) - _START) // timedelta(microseconds=1)
