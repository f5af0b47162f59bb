"""Trend: a log in, its shares over time out, with what changed and what was not covered."""

from __future__ import annotations

from cjmine.analysis.contacts import contacts_of
from cjmine.analysis.periods import Periods, periods
from cjmine.analysis.trend.counts import AskTrend, TrendCounts, count_trend
from cjmine.analysis.trend.coverage import Carriers
from cjmine.analysis.trend.finished import FinishedTrend, TrendSubject
from cjmine.analysis.trend.flow import AskFlow, FlowTable, count_flow, flow_of
from cjmine.counting.merging import merged
from cjmine.counting.rounds import IN_THIS_PROCESS
from cjmine.counting.split import Split
from cjmine.declared import NOTHING_DECLARED, Declared
from cjmine.disclosure.trend import shown_trend
from cjmine.disclosure.trend_drifts import shown_drifts
from cjmine.errors import Code, Place, Problem, UsageError
from cjmine.eventlog.parts import Log
from cjmine.ideal.compiled import CompiledIdeal
from cjmine.progress import Phase, Progress, ProgressEvent, no_progress
from cjmine.results.trend import Topic, Trend
from cjmine.verbs.compared import ComparedLog, compared
from cjmine.verbs.ideals import check_goal
from cjmine.verbs.trend_settings import TrendSettings

_MOST_PERIODS = 2000


def trend(
    log: Log,
    ideal: CompiledIdeal,
    settings: TrendSettings = TrendSettings(),
    declared: Declared = NOTHING_DECLARED,
    progress: Progress = no_progress,
    split: Split = IN_THIS_PROCESS,
) -> Trend:
    """Follow the shares of a log over time, in one part or in several: it is the same.

    `declared` names contacts and dated changes. A log without journeys has no periods. Raises
    UsageError U103 for a goal that no event has, U101 for more than 2,000 periods; PrivacyError
    P103 where the log is about fewer customers than `min_group`.
    """
    policy = settings.policy
    check_goal(log, settings, split)
    progress(ProgressEvent(Phase.ALIGN))
    with compared(log, ideal, settings, split) as measured:
        known = measured.known
        carriers = Carriers(known.activities, known.channels, log.attributes)
        contacts = contacts_of(declared.contact.activities, measured.ideal.journey)
        topics = settings.what
        if not contacts.may_occur(known.activities, known.channels):
            topics = tuple(one for one in topics if one is not Topic.CONTACT)
        spans = _periods(measured, settings)
        asked = AskTrend(carriers, measured.moments, topics, contacts, spans.bounds)
        counts = merged(measured.rounds.ask(count_trend, asked, TrendCounts))
        table = None
        if settings.drift:
            flow = AskFlow(known.activities, measured.moments)
            table = merged(measured.rounds.ask(count_flow, flow, FlowTable))
    progress(ProgressEvent(Phase.COUNT))
    drifts = None
    if table is not None:
        flowing = flow_of(table, len(known.activities), policy.min_group)
        drifts = shown_drifts(
            flowing, known.activities, measured.about.zone, declared.changes, policy
        )
    subject = TrendSubject(
        ideal=measured.ideal,
        about=measured.about,
        judging=measured.judging,
        carriers=carriers,
        periods=spans,
        topics=topics,
        dated=declared.changes,
        filters=measured.filters,
    )
    return shown_trend(FinishedTrend(counts, subject), policy, drifts)


def _periods(measured: ComparedLog, settings: TrendSettings) -> Periods:
    first, last = measured.known.first or 0, measured.known.last or 0
    found = periods(first, last, settings.every, measured.about.zone)
    if len(found) > _MOST_PERIODS:
        raise UsageError(
            Problem(
                Code.USAGE,
                f"the log has {len(found):,} periods; a trend has at most {_MOST_PERIODS:,}",
                Place("--every"),
                cause="single events far from all others stretch a log",
                remedy="--every month, or load the log without the times that are wrong",
            )
        )
    return found
