"""What a check counts of each part of a log."""

from __future__ import annotations

from dataclasses import dataclass

from cjmine.analysis.check.counts import CheckCounts, count_check
from cjmine.analysis.compared_part import Moments, Part, facts_of
from cjmine.analysis.example_counts import ExampleCounts, count_examples
from cjmine.analysis.map_counts import MapCounts, count_map
from cjmine.analysis.overview import Overview, count_overview
from cjmine.analysis.range_counts import RangeCounts, count_ranges
from cjmine.analysis.score_counts import ScoreCounts, count_scores
from cjmine.analysis.segment_counts import SegmentCounts, count_segments
from cjmine.conformance.facts import Facts
from cjmine.counting.merging import summed


@dataclass(frozen=True, slots=True)
class AskCounts:
    """The question for the counts: names and moments of the whole log, and what is wanted.

    `has_map`, `has_examples`, `has_ranges`: whether the counts of a journey map, of examples and
    of ranges are wanted. `by` names a column that journeys are compared by.
    """

    activities: tuple[str, ...]
    channels: tuple[str, ...]
    moments: Moments
    min_group: int
    has_map: bool
    has_examples: bool
    has_ranges: bool
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """All counts of a check; those of a map, of examples and of ranges where they are wanted."""

    overview: Overview
    check: CheckCounts
    scores: ScoreCounts
    map: MapCounts | None
    examples: ExampleCounts | None
    ranges: RangeCounts | None
    segments: SegmentCounts | None

    def __add__(self, other: Counts) -> Counts:
        """Both parts have counted the same."""
        journey_map, examples, ranges = self.map, self.examples, self.ranges
        if journey_map is not None and other.map is not None:
            journey_map += other.map
        if examples is not None and other.examples is not None:
            examples += other.examples
        if ranges is not None and other.ranges is not None:
            ranges += other.ranges
        segments = self.segments
        if segments is not None and other.segments is not None:
            segments += other.segments
        return summed(
            self, other, map=journey_map, examples=examples, ranges=ranges, segments=segments
        )


def counted(part: Part, asked: AskCounts) -> Counts:
    """The counts of a part."""
    return counts_of(part, facts_of(part, asked.moments), asked)


def counts_of(part: Part, facts: Facts, asked: AskCounts) -> Counts:
    """The same, where the part is compared already."""
    names, segments = asked.activities, None
    if asked.by is not None:
        segments = count_segments(part.measured, facts, asked.by, asked.min_group)
    return Counts(
        overview=count_overview(part, facts, asked.moments, names),
        check=count_check(facts, names, asked.min_group),
        scores=count_scores(facts, names),
        map=count_map(facts, names, asked.channels) if asked.has_map else None,
        examples=count_examples(facts, names) if asked.has_examples else None,
        ranges=count_ranges(facts, names, asked.min_group) if asked.has_ranges else None,
        segments=segments,
    )
