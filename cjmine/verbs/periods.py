"""Periods as they are typed: days inclusive, a month, or an ISO week.

Light, because `--help` reads it.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cjmine.errors import Code, Place, Problem, UsageError
from cjmine.verbs.bounds import Bound

_MONTH, _WEEK = re.compile(r"(\d{4})-(\d\d)"), re.compile(r"(\d{4})-?W(\d\d)")
_POINTS = re.compile(r"(\d+(?:\.\d+)?)\s*pp")


@dataclass(frozen=True, slots=True)
class Period:
    """The days from the first to the last, both included."""

    first: date
    last: date

    def __str__(self) -> str:
        return f"{self.first}..{self.last}" if self.first < self.last else f"{self.first}"

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def moments(self, zone: str) -> tuple[int, int]:
        """Its first and its last microsecond since 1970, in a zone."""
        return begin_of(self.first, zone), end_of(self.last, zone)


def period(written: str, name: str) -> Period:
    """A period; `name` is the option for errors. Raises UsageError U101.

    >>> str(period("2026-02", "--period")), str(period("2026-W01", "--period"))
    ('2026-02-01..2026-02-28', '2025-12-29..2026-01-04')
    >>> period("2026-03-01..2026-03-14", "--period").days
    14
    """
    try:
        if found := _MONTH.fullmatch(written):
            year, month = int(found[1]), int(found[2])
            return Period(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
        if found := _WEEK.fullmatch(written):
            monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
            return Period(monday, monday + timedelta(days=6))
        first, _, last = written.partition("..")
        made = Period(date.fromisoformat(first), date.fromisoformat(last or first))
    except ValueError:
        raise _unread(name, "a period is a month, an ISO week, or two days") from None
    if made.last < made.first:
        raise _unread(name, "a period ends before it begins")
    return made


def two_periods(written: tuple[str, str], name: str) -> tuple[Period, Period]:
    """Two periods that share no day. Raises UsageError U101."""
    one, other = (period(each, name) for each in written)
    if one.first <= other.last and other.first <= one.last:
        raise _unread(name, "the periods share a day")
    return one, other


def day(written: str, name: str) -> date:
    """A day. Raises UsageError U101.

    >>> day("2026-04-15", "--change").isoformat()
    '2026-04-15'
    """
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise UsageError(
            Problem(
                Code.USAGE, "a day is needed", Place(name), remedy=f"for example {name} 2026-04-15"
            )
        ) from None


def points(written: str, name: str) -> float:
    """Percentage points as a share. Raises UsageError U101.

    >>> points("1.5 pp", "--harm")
    0.015
    """
    found = _POINTS.fullmatch(written.strip())
    if found is None or not 0 < float(found[1]) < 100:
        raise UsageError(
            Problem(
                Code.USAGE,
                "percentage points are needed",
                Place(name),
                remedy=f"for example {name} 1pp",
            )
        )
    return float(found[1]) / 100


def begin_of(day: date, zone: str) -> int:
    """The first microsecond since 1970 of a day in a zone."""
    return _day(day).first(zone)


def end_of(day: date, zone: str) -> int:
    """The last microsecond since 1970 of a day in a zone."""
    return _day(day).last(zone)


def _day(found: date) -> Bound:
    return Bound(datetime(found.year, found.month, found.day), is_day=True)


def _unread(name: str, cause: str) -> UsageError:
    return UsageError(
        Problem(
            Code.USAGE,
            "a period is needed",
            Place(name),
            cause=cause,
            remedy=f"for example {name} 2026-03 2026-04, {name} 2026-W10 2026-W14 or"
            f" {name} 2026-03-01..2026-03-14 2026-04-01..2026-04-14",
        )
    )
