"""The goal by full week of both sides, beside that of the control: what a trend is seen by."""

from __future__ import annotations

import numpy as np

from cjmine.analysis.cohorts import Cohorts, cohorts_of, rows
from cjmine.analysis.compare.sides import SIDES, Sides, Window
from cjmine.conformance.facts import Facts
from cjmine.conformance.states import State
from cjmine.counting.groups import Ints

WEEK = 7 * 86_400_000_000  # microseconds
SEGMENTS = 2  # the journeys that are compared, and those of the control


def full_weeks(window: Window) -> int:
    """How many weeks a window has.

    >>> full_weeks(Window(0, 2 * WEEK)), full_weeks(Window(0, 2 * WEEK - 2))
    (2, 1)
    """
    return (window.until + 1 - window.since) // WEEK


def count_weeks(facts: Facts, side: Ints, sides: Sides) -> Cohorts:
    """Who reaches the goal by week of the first side, then of the second, and by segment.

    `side` is the cell of each counted journey, -1 for others. Without windows there are no weeks.
    """
    journeys = facts.comparison.journeys
    begin = journeys.time[journeys.starts[:-1]]
    weeks = [full_weeks(one) for one in sides.windows]
    group = np.full(len(side), -1)
    for number, window in enumerate(sides.windows):
        week = (begin - window.since) // WEEK
        inside = (side >= 0) & (side % SIDES == number) & (week < weeks[number])
        place = sum(weeks[:number]) + week[inside]
        group[inside] = place * SEGMENTS + side[inside] // SIDES
    kept = np.flatnonzero(group >= 0)
    found = rows(group[kept], facts.customer[kept], sum(weeks) * SEGMENTS, facts.customers)
    return cohorts_of(found, facts.state[kept] == State.COMPLETED)
