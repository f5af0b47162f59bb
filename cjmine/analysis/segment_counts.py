"""What a check counts by the values of a column: who reaches the goal, and who is as designed."""

from __future__ import annotations

from dataclasses import dataclass

from cjmine.analysis.goal import GoalCounts, count_by_value, merge_goal
from cjmine.analysis.measured_part import MeasuredPart
from cjmine.conformance.facts import Facts
from cjmine.conformance.states import State


@dataclass(frozen=True, slots=True)
class SegmentCounts:
    """Counted journeys by the first value of a column, of so many `customers` in all.

    `most` customers make a value large: all customers of smaller ones are kept.
    """

    customers: int
    most: int
    goal: GoalCounts
    fitting: GoalCounts

    def __add__(self, other: SegmentCounts) -> SegmentCounts:
        offsets = (0, self.customers)
        return SegmentCounts(
            self.customers + other.customers,
            self.most,
            merge_goal((self.goal, other.goal), offsets, self.most),
            merge_goal((self.fitting, other.fitting), offsets, self.most),
        )


def count_segments(part: MeasuredPart, facts: Facts, by: str, min_group: int) -> SegmentCounts:
    """The counts of a part."""
    most = max(min_group, 1)
    fits = facts.of_variant(facts.comparison.moves.cost) == 0
    counted = facts.is_counted
    return SegmentCounts(
        facts.customers,
        most,
        count_by_value(part, counted, facts.state == State.COMPLETED, by, most),
        count_by_value(part, counted, fits & counted, by, most),
    )
