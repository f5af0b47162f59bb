"""Compare: two sides of a log, or two logs, measured alike, and how much they differ."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace

from cjmine.analysis.compare.contrasts import Contrasts, contrasts_asked, count_contrasts
from cjmine.analysis.compare.counts import CompareCounts, count_compare
from cjmine.analysis.compare.finished import found_shares
from cjmine.analysis.compare.measures import AskCompare
from cjmine.analysis.compare.sides import Sides
from cjmine.analysis.contacts import contacts_of
from cjmine.analysis.subject import Subject
from cjmine.counting.merging import merged
from cjmine.counting.rounds import IN_THIS_PROCESS
from cjmine.counting.split import Split
from cjmine.declared import NOTHING_DECLARED, Declared
from cjmine.disclosure.compare import shown_comparison
from cjmine.disclosure.compare_frame import Asked
from cjmine.eventlog.log import ROLES
from cjmine.eventlog.parts import Log
from cjmine.ideal.compiled import CompiledIdeal
from cjmine.progress import Phase, Progress, ProgressEvent, no_progress
from cjmine.results.compare import Compared, Design
from cjmine.sentences import Sentence
from cjmine.verbs.compare_designs import (
    Sided,
    design_of,
    experiment_of,
    sides_by,
    sides_by_change,
    sides_by_period,
    sides_of_experiment,
)
from cjmine.verbs.compare_mix import found_mix
from cjmine.verbs.compare_next import compare_next
from cjmine.verbs.compare_settings import CompareSettings
from cjmine.verbs.compared import ComparedLog, compared
from cjmine.verbs.filters import check_column
from cjmine.verbs.ideals import check_goal

TWO_LOGS = ("first log", "second log")


def compare(
    log: Log,
    ideal: CompiledIdeal,
    settings: CompareSettings,
    declared: Declared = NOTHING_DECLARED,
    other: Log | None = None,
    names: tuple[str, str] = TWO_LOGS,
    new: CompiledIdeal | None = None,
    progress: Progress = no_progress,
    split: Split = IN_THIS_PROCESS,
) -> Compared:
    """Compare two sides of a log, or two logs, in one part or in several: it is the same.

    Parameters
    ----------
    declared
        The experiments, dated changes and contacts of the project.
    other
        A second log, whose journeys are the second side; `names` are what both logs are called.
    new
        A new ideal, which the same journeys are compared with.

    Raises UsageError: U101 where no design or two are asked for, or a column or a day does not
    fit the log, U103 for values that it does not have, C103 for an experiment that is not
    declared; PrivacyError P103 where the log is about fewer customers than `min_group`.
    """
    design = design_of(settings, other is not None, new is not None)
    check_goal(log, settings, split)
    if new is not None:
        return compare_next(log, ideal, new, settings, progress, split)
    progress(ProgressEvent(Phase.ALIGN))
    chosen = settings
    if settings.control is not None:
        for one in (*settings.where, settings.control):
            check_column(log, one.column, "--control")
        chosen = replace(settings, where=())
    with ExitStack() as opened:
        logs = [
            opened.enter_context(compared(each, ideal, chosen, split))
            for each in (log, *(() if other is None else (other,)))
        ]
        sided = _sided(design, log, logs[0], settings, declared, names, split)
        # A journey that pauses cut is followed by none within the pause.
        returned = max(settings.returned, 2 * (ideal.journey.gap or 0))
        counts, subject, contrasts = _counted(logs, sided, returned, declared)
        like = (*settings.like, *declared.like)
        mix = found_mix(log, logs[0], sided.sides, design, like, split)
    progress(ProgressEvent(Phase.COUNT))
    experiment = sided.experiment
    arms = None if experiment is None else experiment.arms
    asked = Asked(
        design=design,
        name=sided.name,
        names=sided.names,
        sides=sided.sides,
        returned=returned,
        margin=settings.harm,
        planned=None if arms is None else (arms[0].planned, arms[1].planned),
        until=None if experiment is None else experiment.until,
        is_running=sided.is_running(subject.judging),
        notes=sided.notes,
    )
    return shown_comparison(counts, subject, asked, settings.policy, contrasts, mix)


def _sided(
    design: Design,
    log: Log,
    measured: ComparedLog,
    settings: CompareSettings,
    declared: Declared,
    names: tuple[str, str],
    split: Split,
) -> Sided:
    judging, experiment = measured.judging, experiment_of(settings, declared)
    if design is Design.BY:
        found = sides_by(log, settings, split)
    elif experiment is not None:
        found = sides_of_experiment(log, experiment)
    elif settings.period is not None:
        found = sides_by_period(settings.period, judging.zone)
    elif settings.change is not None:
        found = sides_by_change(settings.change, declared, judging)
    else:
        note = Sentence.CUSTOMERS_OF_TWO_LOGS.note()
        return Sided(design, f"{names[0]} {names[1]}", names, Sides(only=0), notes=(note,))
    if settings.control is None:
        return found
    sides = replace(found.sides, segment=settings.where, control=settings.control)
    return replace(found, sides=sides)


def _counted(
    logs: list[ComparedLog], sided: Sided, returned: int, declared: Declared
) -> tuple[CompareCounts, Subject, Contrasts]:
    """The counts of all logs, judged by one full time, and what is known of them together.

    Beside a control also how customers sway the contrast of each share.
    """
    first, known = logs[0], merged([one.known for one in logs])
    journey = first.ideal.journey
    full_time = known.full_time(journey.deadline)
    contacts = contacts_of(declared.contact.activities, journey)
    asked = [
        AskCompare(
            known.activities,
            replace(one.moments, full_time=full_time.value),
            sided.sides if len(logs) == 1 else Sides(only=side),
            contacts,
            returned,
        )
        for side, one in enumerate(logs)
    ]
    counts = merged(
        [
            merged(one.rounds.ask(count_compare, question, CompareCounts))
            for one, question in zip(logs, asked, strict=True)
        ]
    )
    contrasts = Contrasts(())
    if sided.sides.control is not None:
        rows = [one.row for one in found_shares(counts, first.ideal, known.activities)]
        question = contrasts_asked(asked[0], counts.measures, rows)
        contrasts = merged(first.rounds.ask(count_contrasts, question, Contrasts))
    sources = tuple(source for one in logs for source in one.about.sources)
    subject = Subject(
        ideal=first.ideal,
        about=replace(first.about, sources=sources),
        columns=ROLES,
        activities=known.activities,
        channels=known.channels,
        judging=replace(first.judging, full_time=full_time),
        labels=(),
        filters=first.filters,
    )
    return counts, subject, contrasts
