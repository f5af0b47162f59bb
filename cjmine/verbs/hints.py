"""Hints: what the measured journeys suggest for the journey file, and its smallest repair."""

from __future__ import annotations

from cjmine.analysis.cohorts import Cohorts
from cjmine.analysis.hints.counts import (
    AskFitting,
    AskHints,
    HintCounts,
    count_hints,
    fitting_of,
)
from cjmine.analysis.hints.finished import Repairing, finished
from cjmine.analysis.hints.repair import Known, repair
from cjmine.counting.merging import merged
from cjmine.counting.rounds import IN_THIS_PROCESS
from cjmine.counting.split import Split
from cjmine.disclosure.hints import shown_hints
from cjmine.eventlog.parts import Log
from cjmine.ideal.file import WrittenIdeal
from cjmine.progress import Phase, Progress, ProgressEvent, no_progress
from cjmine.results.hints import Hints
from cjmine.verbs.compared import ComparedLog, compared, subject_of
from cjmine.verbs.hints_settings import HintsSettings


def hints(
    log: Log,
    written: WrittenIdeal,
    settings: HintsSettings,
    progress: Progress = no_progress,
    split: Split = IN_THIS_PROCESS,
) -> Hints:
    """What the journeys of a log suggest; with `repair`, the edits that fit more of them.

    The edited file is compared with the log anew, as a check of it would be, so its share is the
    one that a check gives. In one part or in several: it is the same. An empty log gives no hint
    and no edit. Raises what `check` raises.
    """
    progress(ProgressEvent(Phase.ALIGN))
    with compared(log, written.ideal, settings, split) as measured:
        known = measured.known.activities
        asked = AskHints(known, measured.moments, settings.repair)
        counts = merged(measured.rounds.ask(count_hints, asked, HintCounts))
    repairing = None
    if settings.repair:
        repairing = _repairing(log, written, measured, counts, settings, progress, split)
    progress(ProgressEvent(Phase.COUNT))
    subject = subject_of(log, measured, settings, split)
    return shown_hints(
        finished(counts, subject, settings.margin, repairing), subject, settings.policy
    )


def _repairing(
    log: Log,
    written: WrittenIdeal,
    measured: ComparedLog,
    counts: HintCounts,
    settings: HintsSettings,
    progress: Progress,
    split: Split,
) -> Repairing:
    """The edited file, and how many journeys fit it, as a check of it counts them."""
    assert counts.misfits is not None
    fitting = counts.fitting
    known = Known(
        activities=measured.known.activities,
        counted=int(fitting.among[0]),
        customers=int(fitting.customers_having[0]),
        min_group=settings.min_group,
    )
    found = repair(written.text, written.ideal, counts.misfits, known)
    if found.edits:
        progress(ProgressEvent(Phase.ALIGN))
        with compared(log, found.ideal, settings, split) as again:
            question = AskFitting(again.moments)
            fitting = merged(again.rounds.ask(fitting_of, question, Cohorts))
    return Repairing(written.text, found, fitting)
