"""Satisfaction: how customers rate a journey, who answered, and which moments go with the score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cjmine.analysis.compare.mix import Kinds
from cjmine.analysis.contacts import contacts_of
from cjmine.analysis.satisfaction.asked import Asker
from cjmine.analysis.satisfaction.counts import (
    AskSatisfaction,
    SatisfactionCounts,
    count_satisfaction,
)
from cjmine.analysis.satisfaction.finished import finished
from cjmine.analysis.score_counts import Question, questions_of
from cjmine.analysis.scores import is_elsewhere
from cjmine.counting.merging import merged
from cjmine.counting.rounds import IN_THIS_PROCESS
from cjmine.counting.split import Split
from cjmine.declared import NOTHING_DECLARED, Declared
from cjmine.disclosure.labels import shown_labels
from cjmine.disclosure.satisfaction import shown_satisfaction
from cjmine.errors import Code, Place, Problem, UsageError, did_you_mean
from cjmine.eventlog.log import CHANNEL
from cjmine.eventlog.parts import Log
from cjmine.ideal.compiled import CompiledIdeal
from cjmine.progress import Phase, Progress, ProgressEvent, no_progress
from cjmine.results.satisfaction import DIMENSIONS, Satisfaction
from cjmine.verbs.compared import ComparedLog, compared, subject_of
from cjmine.verbs.filters import check_column
from cjmine.verbs.satisfaction_settings import SatisfactionSettings


def satisfaction(
    log: Log,
    ideal: CompiledIdeal,
    settings: SatisfactionSettings,
    declared: Declared = NOTHING_DECLARED,
    progress: Progress = no_progress,
    split: Split = IN_THIS_PROCESS,
) -> Satisfaction:
    """How customers rate the journeys of a log, in one part or in several: it is the same.

    `declared` names contacts and columns that like journeys share. A log without scores has none.

    Raises
    ------
    UsageError
        U101 where a column or a question is not there, and where one question was answered on two
        scales.
    PrivacyError
        P103 where the log is about fewer customers than `min_group`.
    """
    columns = _columns(log, settings, declared)
    progress(ProgressEvent(Phase.ALIGN))
    with compared(log, ideal, settings, split) as measured:
        kinds = tuple(Kinds(one, shown_labels(log, 1, split, one)) for one in columns)
        asked = _asked(measured, kinds, declared)
        counts = merged(measured.rounds.ask(count_satisfaction, asked, SatisfactionCounts))
    progress(ProgressEvent(Phase.COUNT))
    wanted = _wanted(counts, asked.asker.questions, settings.score)
    subject = subject_of(log, measured, settings, split)
    found = finished(counts, subject, asked, wanted)
    if settings.unweighted:
        questions = tuple(replace(one, weighted=None) for one in found.questions)
        found = replace(found, questions=questions)
    return shown_satisfaction(found, subject, settings.policy)


def _columns(log: Log, settings: SatisfactionSettings, declared: Declared) -> tuple[str, ...]:
    """The columns that cells are made of: those declared, then the one asked for."""
    named = declared.like
    if settings.by is not None and settings.by not in DIMENSIONS:
        check_column(log, settings.by, "--by")
        named = (*named, settings.by)
    return tuple(dict.fromkeys(one for one in named if log.has(one) and one != CHANNEL))


def _asked(measured: ComparedLog, kinds: tuple[Kinds, ...], declared: Declared) -> AskSatisfaction:
    known = measured.known
    contacts = contacts_of(declared.contact.activities, measured.ideal.journey)
    questions = questions_of(known.activities)
    asker = Asker(questions, known.channels, contacts, kinds, declared.surveys)
    return AskSatisfaction(known.activities, measured.moments, asker)


def _wanted(
    counts: SatisfactionCounts, questions: Sequence[Question], name: str | None
) -> tuple[int, ...]:
    """The places of the questions that were asked, or of the one that is named.

    Raises UsageError U101 for a question that nobody was asked, and for two scales of one.
    """
    found = [
        number
        for number, question in enumerate(questions)
        if len(counts.questions[number].cells.asked.group)
        and not is_elsewhere(counts.scores, number, question)
    ]
    if name is not None:
        chosen = [one for one in found if name.casefold() in _names(questions[one])]
        if not chosen:
            known = [one for number in found for one in _names(questions[number])]
            raise UsageError(
                Problem(
                    Code.USAGE,
                    "nobody was asked this question",
                    Place("--score"),
                    remedy=did_you_mean(name, known) or "leave --score away to see all",
                )
            )
        found = chosen
    _refuse_mixed([questions[one] for one in found if _answers(counts, one)])
    return tuple(found)


def _answers(counts: SatisfactionCounts, number: int) -> bool:
    return bool(len(counts.questions[number].cells.scores.group))


def _names(question: Question) -> tuple[str, ...]:
    scale = () if question.scale is None else (question.scale.value,)
    return (question.metric.casefold(), *scale)


def _refuse_mixed(found: Sequence[Question]) -> None:
    """Scores of two scales cannot be put together. Raises UsageError U101."""
    for metric in dict.fromkeys(one.metric for one in found):
        scales = [one.scale.value for one in found if one.metric == metric and one.scale]
        if len(scales) > 1:
            raise UsageError(
                Problem(
                    Code.USAGE,
                    f"{metric} was answered on {len(scales)} scales",
                    Place("--score"),
                    cause=f"{' and '.join(scales)} cannot be put together",
                    remedy=f"choose one: --score {scales[0]}",
                )
            )
