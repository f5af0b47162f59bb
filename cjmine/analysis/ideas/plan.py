"""Which weeks an idea is measured by, fixed before anything is counted.

Ideas are born in bad weeks, after which things get better by themselves (regression to the mean).
So the week in which an idea was written down and the one before are left out, and what there was
is the mean of at least 13 other weeks. Of fewer weeks it is pulled to what others had (`shrunken`).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count, takewhile

import numpy as np

from cjmine.analysis.compare.sides import Window
from cjmine.analysis.compare.weeks import WEEK
from cjmine.counting.groups import Ints

LEAST_BEFORE, ENOUGH_BEFORE, MOST_BEFORE = 4, 13, 26  # weeks
LEAST_AFTER = 4
MONTH = 4


@dataclass(frozen=True, slots=True)
class Span:
    """The moments that decide, in microseconds since 1970: `first` to `last` can be compared.

    A journey that begins by `last` has had its full time, which lasts `full`. The idea came into
    force at `since`, and was born in the week that begins at `born`.
    """

    first: int
    last: int
    full: int
    since: int
    born: int


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

    >>> found = plan_of(Span(0, 40 * WEEK, WEEK, 20 * WEEK, 19 * WEEK))
    >>> len(found.before), found.before[-1].until + 1 == 18 * WEEK, len(found.after)
    (18, True, 20)
    """
    end = span.since - span.full
    weeks = (Window(end - (n + 1) * WEEK, end - n * WEEK - 1) for n in count())
    every = takewhile(lambda one: one.since >= span.first, weeks)
    left_out = Window(span.born - WEEK, span.born + WEEK - 1)
    before = [one for one in every if one.until < left_out.since or one.since > left_out.until]
    many = max(0, (span.last + 1 - span.since) // WEEK)
    after = (Window(span.since + n * WEEK, span.since + (n + 1) * WEEK - 1) for n in range(many))
    month_end = min(span.born + WEEK, span.since)
    return Plan(
        tuple(reversed(before[:MOST_BEFORE])),
        tuple(after),
        Window(month_end - MONTH * WEEK, month_end - 1),
    )
