"""How many journeys reach the goal, in all and by a column of the log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cjmine.analysis.goal_cohorts import (
    GoalCohorts,
    count_goal_cohorts,
    merge_goal_cohorts,
)
from cjmine.analysis.intervals import share_of
from cjmine.analysis.measured_part import MeasuredPart
from cjmine.conformance.states import JourneyStates, State
from cjmine.counting.groups import Flags, Grouped, Groups, Ints, counted, grouped, merged
from cjmine.counting.names import united
from cjmine.eventlog.chosen import NONE, first_values
from cjmine.results.share import Share


@dataclass(frozen=True, slots=True)
class GoalCounts:
    """Journeys by the first value of a column, and the counted ones that reach the goal or not.

    The last of the `names` is that of journeys without a value: of all of them without a column.
    """

    names: tuple[str, ...]
    every: Groups
    reached: Groups
    missed: Groups
    cohorts: GoalCohorts


def count_goal(
    part: MeasuredPart, states: JourneyStates | None, by: str | None, most: int
) -> GoalCounts:
    """Count the journeys of a part that reach a goal, by the values of a column.

    Without states there is no goal, and no journey is judged.
    """
    if states is None:
        nobody = np.zeros(len(part.journeys), bool)
        return count_by_value(part, nobody, nobody, by, most)
    reached = states.of_journey == State.COMPLETED
    return count_by_value(part, states.is_counted, reached, by, most)


def count_by_value(
    part: MeasuredPart, is_judged: Flags, reached: Flags, by: str | None, most: int
) -> GoalCounts:
    """Count the journeys of a part, those that are judged, and those that reached something."""
    names = part.log.names(by) if by is not None else ()
    value = _values(part, by, len(names))
    by_value = grouped(value, len(names) + 1)
    cohorts = count_goal_cohorts(
        value[is_judged],
        part.customer[is_judged].astype(np.int64),
        reached[is_judged],
        len(names) + 1,
        most,
    )
    is_judged, reached = is_judged[by_value.order], reached[by_value.order]
    customer = part.customer[by_value.order]

    def those(marked: Flags) -> Groups:
        where = np.flatnonzero(marked)
        inside = Grouped(where, np.searchsorted(where, by_value.bounds))
        return counted(inside, customer[where], most)

    every = counted(by_value, customer, most)
    missed = is_judged & ~reached
    return GoalCounts((*names, NONE), every, those(reached), those(missed), cohorts)


def _values(part: MeasuredPart, by: str | None, names: int) -> Ints:
    """The value of each journey; `names` where it has none."""
    if by is None:
        return np.zeros(len(part.journeys), np.int64)
    value = first_values(part.log, part.journeys, by)
    return np.where(value < 0, names, value)


def merge_goal(parts: Sequence[GoalCounts], offsets: Sequence[int], most: int) -> GoalCounts:
    """The goal over all parts, by all values."""
    names, places = united([part.names[:-1] for part in parts])
    every = (*names, NONE)
    places = [np.append(place, len(names)) for place in places]

    def together(groups: Sequence[Groups]) -> Groups:
        return merged(groups, places, offsets, len(every), most)

    return GoalCounts(
        every,
        together([part.every for part in parts]),
        together([part.reached for part in parts]),
        together([part.missed for part in parts]),
        merge_goal_cohorts([part.cohorts for part in parts], places, offsets, len(every)),
    )


def goal_share(found: GoalCounts) -> Share:
    """The share of all counted journeys that reach the goal."""
    return share_of(*found.cohorts.every())


def share_with(found: GoalCounts, values: Ints) -> Share:
    """The share of the counted journeys with one value, or some small ones, that reach the goal."""
    return share_of(*found.cohorts.of_values(values))
