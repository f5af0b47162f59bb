"""Outliers: a log and an ideal in, what is odd about the journeys outside the happy flow out."""

from __future__ import annotations

from cjmine.analysis.contacts import Contacts, contacts_of
from cjmine.analysis.outliers.conditions import AskValues, ValuesFound, count_values, dimensions
from cjmine.analysis.outliers.contrasts import least_journeys
from cjmine.analysis.outliers.counts import AskOutliers, OutlierCounts, count_outliers
from cjmine.analysis.outliers.finished import FinishedOutliers, OutlierPlan
from cjmine.analysis.outliers.reasons import Reasons, Spans, count_spans, errors_of
from cjmine.analysis.outliers.unanswered import asking
from cjmine.analysis.periods import Periods, periods
from cjmine.analysis.trend.coverage import Carriers, Valued
from cjmine.counting.merging import merged
from cjmine.counting.rounds import IN_THIS_PROCESS
from cjmine.counting.split import Split
from cjmine.declared import NOTHING_DECLARED, Declared
from cjmine.disclosure.outliers import shown_outliers
from cjmine.errors import Code, Place, Problem, UsageError
from cjmine.eventlog.log import ACTIVITY, CHANNEL
from cjmine.eventlog.parts import Log
from cjmine.ideal.compiled import CompiledIdeal
from cjmine.progress import Phase, Progress, ProgressEvent, no_progress
from cjmine.results.outliers import Outliers
from cjmine.results.trend import Every
from cjmine.scales import SCALE, SCORE
from cjmine.verbs.compared import ComparedLog, compared, subject_of
from cjmine.verbs.filters import check_column
from cjmine.verbs.outliers_settings import OutliersSettings

_MOST_DAYS = 4000


def outliers(
    log: Log,
    ideal: CompiledIdeal,
    settings: OutliersSettings,
    declared: Declared = NOTHING_DECLARED,
    progress: Progress = no_progress,
    split: Split = IN_THIS_PROCESS,
) -> Outliers:
    """What journeys outside the happy flow share, who is lost from sight, and waves of contact.

    `declared` names contacts, answers and dated changes. In one part or in several: it is the same.
    A log without journeys has nothing of it.

    Raises
    ------
    UsageError
        U101 for a column that is not there, and a log of more than 4,000 days.
    PrivacyError
        P103 where the log is about fewer customers than `min_group`.
    """
    if settings.by is not None:
        check_column(log, settings.by, "--by")
    progress(ProgressEvent(Phase.ALIGN))
    with compared(log, ideal, settings, split) as measured:
        own = tuple(one for one in log.attributes if one not in (SCORE, SCALE))
        columns = (*own, ACTIVITY, *((CHANNEL,) if log.has(CHANNEL) else ()))
        values = merged(measured.rounds.ask(count_values, AskValues(columns), ValuesFound))
        asked, days = _asked(measured, settings, declared, columns, values)
        counts = merged(measured.rounds.ask(count_outliers, asked, OutlierCounts))
        progress(ProgressEvent(Phase.COUNT))
        plan = OutlierPlan(
            happy=settings.happy,
            is_contrasted=settings.is_contrasted,
            is_waved=settings.is_waved,
            is_lost=settings.is_lost,
            is_answerable=asked.asking.is_known,
            reasons=asked.reasons,
            carriers=asked.carriers,
            dimensions=asked.dimensions,
            days=days,
            changes=declared.changes,
            min_group=settings.min_group,
        )
        found = FinishedOutliers(counts, plan, subject_of(log, measured, settings, split))
        spans = merged(measured.rounds.ask(count_spans, found.spans(), Spans))
    return shown_outliers(found, spans, settings.policy)


def _asked(
    measured: ComparedLog,
    settings: OutliersSettings,
    declared: Declared,
    columns: tuple[str, ...],
    values: ValuesFound,
) -> tuple[AskOutliers, Periods]:
    known, journey = measured.known, measured.ideal.journey
    days, weeks = _periods(measured, Every.DAY), _periods(measured, Every.WEEK)
    everybody = int(values.columns[columns.index(ACTIVITY)].journeys.sum())
    ways = dimensions(columns, values, least_journeys(everybody), weeks)
    own = tuple(one for one in columns if one not in (ACTIVITY, CHANNEL))
    carriers = Carriers(
        known.activities,
        known.channels,
        own,
        tuple(Valued(one.column, one.values) for one in ways if one.column in own),
    )
    reasons = Reasons(
        known.activities,
        contacts_of(declared.contact.activities, journey),
        Contacts(declared.contact.answers),
        errors_of(known.activities, journey),
    )
    asked = AskOutliers(
        moments=measured.moments,
        reasons=reasons,
        carriers=carriers,
        dimensions=ways,
        asking=asking(declared.contact, journey, known.activities),
        happy=settings.happy,
        days=days.bounds,
        weeks=weeks.bounds,
    )
    return asked, days


def _periods(measured: ComparedLog, every: Every) -> Periods:
    first, last = measured.known.first or 0, measured.known.last or 0
    found = periods(first, last, every, measured.about.zone)
    if len(found) > _MOST_DAYS:
        raise UsageError(
            Problem(
                Code.USAGE,
                f"the log has {len(found):,} days; waves are looked for in {_MOST_DAYS:,} at most",
                Place("LOG"),
                cause="single events far from all others stretch a log",
                remedy="load the log without the times that are wrong",
            )
        )
    return found
