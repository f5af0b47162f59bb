"""A log beside an ideal journey: what every verb that compares the two does first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from cjmine.analysis.compared_part import (
    AskOutline,
    Moments,
    Outline,
    Part,
    Rules,
    outline,
    prepared,
    rules_of,
)
from cjmine.analysis.judged import Judging
from cjmine.analysis.subject import Subject, absent_steps
from cjmine.conformance.states import terms_of
from cjmine.counting.merging import merged
from cjmine.counting.rounds import IN_THIS_PROCESS, Rounds
from cjmine.counting.split import Split
from cjmine.disclosure.labels import shown_labels
from cjmine.disclosure.refusals import refuse_small_result
from cjmine.eventlog.chosen import Filter
from cjmine.eventlog.log import ROLES, About
from cjmine.eventlog.parts import Log
from cjmine.ideal.compiled import CompiledIdeal
from cjmine.verbs.filters import filter_of
from cjmine.verbs.observed import judging_of, observed
from cjmine.verbs.settings import JudgedSettings


@dataclass(frozen=True, slots=True)
class ComparedLog:
    """The parts of a log cut into journeys, which can be asked questions, and what is known.

    `ideal` has the deadline that was asked for; `about` has the observation that was.
    """

    rounds: Rounds[Rules, Part]
    ideal: CompiledIdeal
    about: About
    known: Outline
    judging: Judging
    filters: Filter

    @property
    def moments(self) -> Moments:
        """What of the whole log decides the states of journeys."""
        judging = self.judging
        return Moments(
            self.about.observed_from, judging.first, judging.until, judging.full_time.value
        )


def subject_of(
    log: Log, measured: ComparedLog, settings: JudgedSettings, split: Split = IN_THIS_PROCESS
) -> Subject:
    """What figures of a log beside an ideal are about.

    Where the log lacks steps of the ideal, also the labels that may be proposed in their place.
    """
    labels: tuple[str, ...] = ()
    if absent_steps(measured.ideal, measured.known.activities):
        labels = shown_labels(log, settings.min_group, split)
    return Subject(
        ideal=measured.ideal,
        about=measured.about,
        columns=(*(name for name in ROLES if log.has(name)), *log.attributes),
        activities=measured.known.activities,
        channels=measured.known.channels,
        judging=measured.judging,
        labels=labels,
        filters=measured.filters,
        by=settings.by,
    )


@contextmanager
def compared(
    log: Log,
    ideal: CompiledIdeal,
    settings: JudgedSettings,
    split: Split = IN_THIS_PROCESS,
) -> Iterator[ComparedLog]:
    """Cut the journeys of a log as the ideal says, in one part or in several: it is the same.

    Journeys are judged by the deadline that the settings ask for, else by that of the ideal, else
    by an assumed one. Raises UsageError U101 and U103 for filters that do not fit the log,
    PrivacyError P103 where the log is about fewer customers than `min_group`.
    """
    ideal = _with_deadline(ideal, settings.deadline)
    about = observed(log.about, settings)
    rules = rules_of(ideal, about.observed_until)
    filters = filter_of(log, rules.cut, about, settings, split)
    rules = replace(rules, filters=filters)
    with Rounds(log, prepared, rules, replace(split, weight=2)) as rounds:
        known = merged(rounds.ask(outline, AskOutline(about.observed_from), Outline))
        refuse_small_result(known.customers, settings.policy, is_chosen=bool(filters.said))
        judging = judging_of(
            about,
            (known.first, known.last),
            known.full_time(ideal.journey.deadline),
            terms_of(ideal.journey, about.cases).gap,
            filters,
        )
        yield ComparedLog(rounds, ideal, about, known, judging, filters)


def _with_deadline(ideal: CompiledIdeal, deadline: int | None) -> CompiledIdeal:
    if deadline is None:
        return ideal
    return replace(ideal, journey=replace(ideal.journey, deadline=deadline))
