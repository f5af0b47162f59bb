"""What `outliers` counts in each part of a log; counts of parts add up."""

from __future__ import annotations

from dataclasses import dataclass

from cjmine.analysis.compared_part import Moments, Part, facts_of
from cjmine.analysis.outliers.conditions import Dimension
from cjmine.analysis.outliers.journey_table import JudgedJourneys, judged_journeys
from cjmine.analysis.outliers.log_waves import count_by_channel
from cjmine.analysis.outliers.reasons import Daily, Reasons, count_daily, log_events
from cjmine.analysis.outliers.unanswered import Asking, UnansweredCounts, count_unanswered
from cjmine.analysis.overview import Overview, count_overview
from cjmine.analysis.trend.coverage import Carriers, CoverageCounts, count_coverage
from cjmine.counting.groups import Ints
from cjmine.counting.merging import summed


@dataclass(frozen=True, slots=True)
class AskOutliers:
    """The question for the counts: names and moments of the whole log.

    Journeys are happy that are complete and fit as well as `happy`. `days` and `weeks` are the
    moments between which the days and weeks of the log lie.
    """

    moments: Moments
    reasons: Reasons
    carriers: Carriers
    dimensions: tuple[Dimension, ...]
    asking: Asking
    happy: float
    days: Ints
    weeks: Ints


@dataclass(frozen=True, slots=True)
class OutlierCounts:
    """All that is counted; `by_channel` has contacts by touchpoint and channel (the last: none)."""

    overview: Overview
    journeys: JudgedJourneys
    daily: Daily
    by_channel: Ints
    coverage: CoverageCounts
    unanswered: UnansweredCounts

    def __add__(self, other: OutlierCounts) -> OutlierCounts:
        return summed(self, other)


def count_outliers(part: Part, asked: AskOutliers) -> OutlierCounts:
    """The counts of a part."""
    facts = facts_of(part, asked.moments)
    names = asked.reasons.names
    events = log_events(part, asked.reasons)
    journeys = events.journeys
    return OutlierCounts(
        overview=count_overview(part, facts, asked.moments, names),
        journeys=judged_journeys(
            part, facts, asked.happy, asked.dimensions, asked.days, asked.weeks
        ),
        daily=count_daily(events, len(names), asked.days),
        by_channel=count_by_channel(events, names, asked.carriers.channels),
        coverage=count_coverage(part.log, journeys, events.customer, asked.carriers, asked.days),
        unanswered=count_unanswered(events, asked.asking, asked.moments.until),
    )
