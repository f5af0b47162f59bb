"""Hints: what the measured journeys suggest for the journey file, and its smallest repair."""

from __future__ import annotations

from collections.abc import Iterator

from cjmine.analysis.cohorts import Cohorts
from cjmine.analysis.hints.counts import AskFitting, AskHints, HintCounts, count_hints, fitting_of
from cjmine.analysis.hints.finished import HintPlan, Repairing, finished
from cjmine.analysis.hints.found import FoundHint
from cjmine.analysis.hints.found_around import found_around
from cjmine.analysis.hints.found_left_out import candidates, found_left_out
from cjmine.analysis.hints.found_shares import found_shares
from cjmine.analysis.hints.left_out import AskLeftOut, AskSwayed, count_swayed, optional_steps
from cjmine.analysis.hints.messages import message_names
from cjmine.analysis.hints.repair import Known, repair
from cjmine.analysis.like.counts import SwayedCounts
from cjmine.counting.merging import merged
from cjmine.counting.rounds import IN_THIS_PROCESS
from cjmine.counting.split import Split
from cjmine.declared import NOTHING_DECLARED, Declared
from cjmine.disclosure.hints import shown_hints
from cjmine.errors import UsageError
from cjmine.eventlog.parts import Log
from cjmine.ideal.compiled import CompiledIdeal
from cjmine.ideal.file import WrittenIdeal
from cjmine.progress import Phase, Progress, ProgressEvent, no_progress
from cjmine.results.hints import Hints
from cjmine.results.satisfaction import Satisfaction
from cjmine.scales import SCORE
from cjmine.verbs.compared import ComparedLog, compared, subject_of
from cjmine.verbs.hints_settings import HintsSettings
from cjmine.verbs.like import asked_like
from cjmine.verbs.satisfaction import satisfaction
from cjmine.verbs.satisfaction_settings import SatisfactionSettings


def hints(
    log: Log,
    written: WrittenIdeal,
    settings: HintsSettings,
    declared: Declared = NOTHING_DECLARED,
    progress: Progress = no_progress,
    split: Split = IN_THIS_PROCESS,
) -> Hints:
    """What the journeys of a log suggest; with `repair`, the edits that fit more of them.

    The edited file is compared with the log anew, as a check of it would be, so its share is the
    one that a check gives. In one part or in several: it is the same. An empty log gives no hint
    and no edit. `declared` says what is contact, what answers it, and what else is held equal.

    Raises what `check` raises, and UsageError U101 where a column is not there, or more is held
    equal than can be.
    """
    ideal = written.ideal
    progress(ProgressEvent(Phase.ALIGN))
    with compared(log, ideal, settings, split) as measured:
        like = (*declared.like, *settings.like)
        equal = asked_like(log, measured, declared.contact.activities, like, split)
        left_out = AskLeftOut(equal.asked, tuple(sorted(optional_steps(ideal.journey.root))))
        activities = measured.known.activities
        messages = message_names(ideal.journey, declared.contact.answers, activities)
        asked = AskHints(left_out, messages, settings.repair)
        counts = merged(measured.rounds.ask(count_hints, asked, HintCounts))
        found = [
            *_left_out(measured, counts, left_out, settings.margin),
            *found_around(counts.around, ideal.journey, activities),
            *found_shares(
                counts.messages, counts.again, counts.ways, counts.fitting, ideal, activities
            ),
        ]
    repairing = None
    if settings.repair:
        contacts = declared.contact.activities
        repairing = _repairing(log, written, measured, counts, settings, contacts, progress, split)
    rated, is_rated_twice = _rated(log, ideal, settings, declared, progress, split)
    progress(ProgressEvent(Phase.COUNT))
    subject = subject_of(log, measured, settings, split)
    plan = HintPlan(settings.margin, messages, is_rated_twice, equal.held)
    finish = finished(counts, subject, plan, found, repairing)
    return shown_hints(finish, rated, subject, settings.policy)


def _rated(
    log: Log,
    ideal: CompiledIdeal,
    settings: HintsSettings,
    declared: Declared,
    progress: Progress,
    split: Split,
) -> tuple[Satisfaction | None, bool]:
    """What customers said, where they were asked; and whether they were on two scales."""
    if not log.has(SCORE):
        return None, False
    asked = settings.into(SatisfactionSettings)
    try:
        return satisfaction(log, ideal, asked, declared, progress, split), False
    except UsageError:  # the scores of one question cannot be put together
        return None, True


def _left_out(
    measured: ComparedLog, counts: HintCounts, asked: AskLeftOut, margin: float
) -> Iterator[FoundHint]:
    """What many leave out or turn round, and what like journeys say of it."""
    held = candidates(counts.left_out, measured.ideal, asked)
    if held:
        question = AskSwayed(asked, held)
        swayed = merged(measured.rounds.ask(count_swayed, question, SwayedCounts))
        yield from found_left_out(counts.left_out, measured.ideal, asked, held, swayed, margin)


def _repairing(
    log: Log,
    written: WrittenIdeal,
    measured: ComparedLog,
    counts: HintCounts,
    settings: HintsSettings,
    contacts: tuple[str, ...],
    progress: Progress,
    split: Split,
) -> Repairing:
    """The edited file, and how many journeys fit it, as a check of it counts them."""
    assert counts.misfits is not None
    fitting = counts.fitting
    known = Known(
        activities=measured.known.activities,
        completed=counts.completed,
        customers=int(fitting.customers_having[0]),
        min_group=settings.min_group,
        contacts=contacts,
    )
    found = repair(written.text, written.ideal, counts.misfits, known)
    if found.edits:
        progress(ProgressEvent(Phase.ALIGN))
        with compared(log, found.ideal, settings, split) as again:
            question = AskFitting(again.moments)
            fitting = merged(again.rounds.ask(fitting_of, question, Cohorts))
    return Repairing(written.text, found, fitting)
