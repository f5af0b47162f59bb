"""The journeys of a check by the values of a column."""

from __future__ import annotations

from cjmine.analysis.segment_counts import SegmentCounts
from cjmine.disclosure.policy import Policy
from cjmine.disclosure.segments import segments_of
from cjmine.disclosure.shown import shown
from cjmine.results.check import Check
from cjmine.results.segments import CheckedSegment, CheckedSegments


def checked_segments(
    found: SegmentCounts, by: str, result: Check, policy: Policy
) -> CheckedSegments:
    """The same of a check: shares of values are shown only beside that of all."""
    goal = segments_of(found.goal, by, result.goal.n is not None, policy)
    fitting = segments_of(found.fitting, by, result.counted.fitting is not None, policy)
    assert goal is not None and fitting is not None
    rows = tuple(
        CheckedSegment(one.value, one.journeys, one.goal, other.goal)
        for one, other in zip(goal.values, fitting.values, strict=True)
    )
    return shown(CheckedSegments(by, rows), policy)
