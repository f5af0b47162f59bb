"""How long journeys take to their goal, asked of every part before journeys are judged."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.analysis.log_counts import of_known
from cjmine.analysis.measured_part import MeasuredPart
from cjmine.analysis.multisets import Values, values
from cjmine.conformance.states import Terms, times_to_goal
from cjmine.counting.merging import summed


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

    def __add__(self, other: GoalTimes) -> GoalTimes:
        return summed(
            self,
            other,
            first=of_known(min, self.first, other.first),
            last=of_known(max, self.last, other.last),
        )


def goal_times(part: MeasuredPart, asked: AskTimes) -> GoalTimes:
    """The times of a part."""
    times = part.log.times
    found = times_to_goal(part.chosen.among, asked.terms, asked.since)
    return GoalTimes(
        first=int(times.min()) if len(times) else None,
        last=int(times.max()) if len(times) else None,
        to_goal=values(np.zeros(len(found), np.int64), found),
    )
