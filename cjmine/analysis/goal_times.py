"""How long journeys take to their goal, asked of every part before journeys are judged."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.analysis.measured_part import MeasuredPart
from cjmine.analysis.multisets import Values, merged_values, values
from cjmine.conformance.states import Terms, times_to_goal


@dataclass(frozen=True, slots=True)
class AskTimes:
    """The question: what decides states, and from when the log observes where declared."""

    terms: Terms
    since: int | None


@dataclass(frozen=True, slots=True)
class GoalTimes:
    """The moments of the first and last event, and the times from begin to first goal.

    In microseconds; the moments are None without events.
    """

    first: int | None
    last: int | None
    to_goal: Values


def goal_times(part: MeasuredPart, asked: AskTimes) -> GoalTimes:
    """The times of a part."""
    times = part.log.times
    found = times_to_goal(part.journeys, asked.terms, asked.since)
    return GoalTimes(
        first=int(times.min()) if len(times) else None,
        last=int(times.max()) if len(times) else None,
        to_goal=values(np.zeros(len(found), np.int64), found),
    )


def merged_times(one: GoalTimes, other: GoalTimes) -> GoalTimes:
    """The times of two parts together."""
    first = [moment for moment in (one.first, other.first) if moment is not None]
    last = [moment for moment in (one.last, other.last) if moment is not None]
    return GoalTimes(
        min(first, default=None),
        max(last, default=None),
        merged_values(one.to_goal, other.to_goal),
    )
