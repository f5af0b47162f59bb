"""Which weeks an idea is measured by, fixed before anything is counted.

Ideas are born in bad weeks, after which things get better by themselves (regression to the mean).
So the week in which an idea was written down and the one before are left out, and what there was
is the mean of at least 13 other weeks. Of fewer weeks it is pulled to what others had (`shrunken`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count, islice, takewhile
from zoneinfo import ZoneInfo

import numpy as np

from cjmine.analysis.compare.sides import Window
from cjmine.analysis.compare.weeks import WEEK
from cjmine.counting.groups import Ints

LEAST_BEFORE, ENOUGH_BEFORE, MOST_BEFORE = 4, 13, 26  # weeks
LEAST_AFTER = 4
MONTH = 4
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Span:
    """The moments that decide, in microseconds since 1970: `first` to `last` can be compared.

    A journey that begins by `last` has had its full time, which lasts `full`. The idea came into
    force at `since`, and was born in the week that begins at `born`; weeks are of a `zone`.
    """

    first: int
    last: int
    full: int
    since: int
    born: int
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Plan:
    """The weeks before and after, in order, and the month that the idea was born in."""

    before: tuple[Window, ...]
    after: tuple[Window, ...]
    month: Window

    @property
    def is_short(self) -> bool:
        """Whether the weeks before are enough for a shrunken baseline alone.

        >>> plan_of(Span(0, 40 * WEEK, WEEK, 9 * WEEK, 8 * WEEK)).is_short
        True
        """
        return LEAST_BEFORE <= len(self.before) < ENOUGH_BEFORE

    def place(self, begin: Ints) -> Ints:
        """The week of each journey by its begin: those before first; -1 for others."""
        found = np.full(len(begin), -1, np.int64)
        for week, window in enumerate((*self.before, *self.after)):
            found[(begin >= window.since) & (begin <= window.until)] = week
        return found


def plan_of(span: Span) -> Plan:
    """The weeks of seven whole days before and after; either may be without any.

    A journey that begins less than its full time before the change may see it, and is in none.
    Weeks that were not observed are in neither.

    >>> found = plan_of(Span(0, 40 * WEEK, WEEK, 20 * WEEK, 19 * WEEK))
    >>> len(found.before), found.before[-1].until + 1 == 18 * WEEK, len(found.after)
    (18, True, 20)
    """

    def weeks(begin: int, first: int) -> Window:
        """The week that is so many later than the one that begins then."""
        since, end = (moved(begin, one * WEEK, span.zone) for one in (first, first + 1))
        return Window(since, end - 1)

    end = moved(span.since, -span.full, span.zone)
    every = takewhile(lambda one: one.since >= span.first, (weeks(end, -n) for n in count(1)))
    left_out = Window(weeks(span.born, -1).since, weeks(span.born, 0).until)
    apart = (one for one in every if one.until < left_out.since or one.since > left_out.until)
    before = [one for one in islice(apart, MOST_BEFORE) if one.until <= span.last]
    every = takewhile(lambda one: one.until <= span.last, (weeks(span.since, n) for n in count()))
    after = (one for one in every if one.since >= span.first)
    month_end = min(left_out.until + 1, span.since)
    return Plan(
        tuple(reversed(before)),
        tuple(after),
        Window(moved(month_end, -MONTH * WEEK, span.zone), month_end - 1),
    )


def moved(at: int, by: int, zone: str) -> int:
    """A moment so many microseconds later by the clock of a zone, which may be put forward.

    >>> march = 1_774_220_400_000_000  # 23 March 2026 in Amsterdam, a week before the clock is
    >>> (moved(march, WEEK, "Europe/Amsterdam") - march - WEEK) / 3_600_000_000
    -1.0
    """
    local = (_EPOCH + timedelta(microseconds=at)).astimezone(ZoneInfo(zone))
    later = (local + timedelta(microseconds=by)).astimezone(UTC)
    return (later - _EPOCH) // timedelta(microseconds=1)
