"""What the reader of a trend should know about its periods, from what is shown."""

from __future__ import annotations

from collections.abc import Iterator

from cjmine.analysis.levels import LEAST_FOR_LIMITS
from cjmine.errors import Note
from cjmine.results.trend import Trend
from cjmine.trend_sentences import TrendSentence


def trend_notes(found: Trend, hidden: int) -> Iterator[Note]:
    """Periods that are not judged or not shown, too few of them, and what the log did not cover.

    `hidden` shares have too many periods without a figure to look for changes.
    """
    if found.coverage:
        yield TrendSentence.LOG_CHANGES.note(len(found.coverage))
    judged = len(found.mature)
    if judged < len(found.periods):
        yield TrendSentence.TOO_YOUNG.note(len(found.periods) - judged)
    if 0 < judged < LEAST_FOR_LIMITS:
        yield TrendSentence.FEW_PERIODS.note(judged, LEAST_FOR_LIMITS)
    withheld = sum(one.journeys is None for one in found.periods)
    if withheld:
        yield TrendSentence.SMALL_PERIODS.note(found.privacy.min_group, withheld)
    if hidden:
        yield TrendSentence.NOT_FOLLOWED.note(hidden)
