"""Discover: a log in, the measured journeys out. What the command line and notebooks share."""

from __future__ import annotations

from dataclasses import replace

from cjmine.analysis.discover import Wishes, discover_journeys
from cjmine.errors import Code, Note, Problem, UsageError, did_you_mean
from cjmine.eventlog.journeys import CutRules, cut
from cjmine.eventlog.log import CHANNEL, Cases, EventLog
from cjmine.progress import Phase, Progress, ProgressEvent, no_progress
from cjmine.results.discovery import Discovery
from cjmine.verbs.settings import DiscoverSettings


def discover(
    log: EventLog, settings: DiscoverSettings, progress: Progress = no_progress
) -> Discovery:
    """Measure the journeys of a log.

    Raises
    ------
    UsageError
        U101 where `by` names a column that the log does not have.
    PrivacyError
        P103 where the log is about fewer customers than `min_group`.
    """
    if settings.by is not None and not log.has(settings.by):
        available = [*log.attributes, *([CHANNEL] if log.has(CHANNEL) else [])]
        raise UsageError(
            Problem(
                Code.USAGE,
                f'the log has no column "{settings.by}"',
                remedy=did_you_mean(settings.by, available)
                or "keep it when loading: --keep COLUMN",
            )
        )
    rules = CutRules(
        gap_us=settings.gap,
        until=settings.goal if settings.until_goal else (),
        entry=settings.entry,
    )
    progress(ProgressEvent(Phase.COUNT))
    journeys = cut(log, rules)
    wishes = Wishes(settings.goal, settings.by, settings.top, settings.min_group)
    found = discover_journeys(log, journeys, wishes)
    if log.about.cases is Cases.GIVEN and (settings.gap or settings.until_goal):
        note = Note(
            Code.RULES_IGNORED, "the log came with its cases; rules that cut journeys do not apply"
        )
        found = replace(found, notes=(*found.notes, note))
    return found
