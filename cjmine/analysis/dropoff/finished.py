"""From the counts of `dropoff` to its figures: each still knows the customers behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cjmine.analysis.check.notes import absent_notes
from cjmine.analysis.deviations import measured_wait
from cjmine.analysis.dropoff.counts import ELSEWHERE, FOLLOWED, TRUNCATED, DropoffCounts
from cjmine.analysis.dropoff.curves import Curve
from cjmine.analysis.dropoff.ends import Cause, causes_of
from cjmine.analysis.dropoff.next_events import Vocabulary
from cjmine.analysis.intervals import share_of
from cjmine.analysis.log_counts import CountedNote, sources_of
from cjmine.analysis.subject import Subject
from cjmine.errors import Note
from cjmine.results.dropoff import Dropoff, DropoffStep
from cjmine.results.figures import Counted
from cjmine.results.log import Privacy, moment
from cjmine.results.trend import Every
from cjmine.sentences import Sentence


@dataclass(frozen=True, slots=True)
class DropoffPlan:
    """What is asked of a log; times in microseconds. `step` is the one that times count from.

    `young` are the cohorts that have journeys which cannot be as old as the longest time yet.
    """

    at: tuple[int, ...]
    step: str | None
    within: int
    by: str | None
    cohort: Every | None = None
    young: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class FinishedDropoff:
    """A drop-off before anything is withheld. Nothing of it may be shown as it is.

    `dropoff` has the figures that are counts; what is read off curves, and what comes next, is
    empty in it. `whole` is the curve of all journeys, `groups` those by value, with their names.
    """

    dropoff: Dropoff
    plan: DropoffPlan
    causes: tuple[Cause, ...]
    counts: DropoffCounts
    words: Vocabulary
    whole: Curve
    groups: tuple[tuple[str, Curve], ...]
    notes: tuple[CountedNote | Note, ...]


def finished(
    counts: DropoffCounts,
    subject: Subject,
    plan: DropoffPlan,
    whole: Curve,
    groups: tuple[tuple[str, Curve], ...],
) -> FinishedDropoff:
    """The figures of a drop-off. A log without journeys gives empty counts."""
    declared, judging = subject.ideal.journey, subject.judging
    journeys, truncated, elsewhere = (
        counts.followed.counted(kind) for kind in (FOLLOWED, TRUNCATED, ELSEWHERE)
    )
    young = moment(judging.until - max(plan.at)) if journeys else None
    dropoff = Dropoff(
        schema="cjmine/dropoff/1",
        journey=declared.name,
        journey_file=declared.file,
        log=counts.overview.size(subject.about, subject.filters),
        sources=sources_of(subject.about),
        goal=declared.goal,
        entry=declared.entry,
        from_=plan.step,
        deadline_seconds=None if declared.deadline is None else declared.deadline / 1e6,
        next_seconds=plan.within / 1e6,
        journeys=journeys,
        truncated=truncated,
        elsewhere=elsewhere,
        young_from=young,
        horizons=(),
        curve=(),
        judged=counts.overview.period(judging),
        steps=step_rows(counts, subject),
        segments=None,
        notes=(),
        privacy=Privacy(0, 0, subject.about.key_id),
    )
    words = Vocabulary(subject.activities, subject.channels)
    notes = tuple(_notes(counts, subject, plan, whole))
    return FinishedDropoff(dropoff, plan, causes_of(declared), counts, words, whole, groups, notes)


def step_rows(counts: DropoffCounts, subject: Subject) -> tuple[DropoffStep, ...]:
    """One row a step in the order of the ideal, without what comes next."""
    found, declared = counts.steps, subject.ideal.journey
    rows = []
    for step in declared.steps:
        number = subject.ideal.space.labels.index(step.name)
        abandoned, reached = found.drop_off.n(number), found.drop_off.of(number)
        value, times = found.waits.of(number)
        rows.append(
            DropoffStep(
                step=step.name,
                stage=declared.stage_of(step.name),
                reached=reached,
                abandoned=abandoned,
                drop_off=share_of(abandoned, reached),
                median_seconds_to_leave=measured_wait(value, times, found.drop_off, number, 0.5),
                next=(),
            )
        )
    return tuple(rows)


def _notes(
    counts: DropoffCounts, subject: Subject, plan: DropoffPlan, whole: Curve
) -> Iterator[CountedNote | Note]:
    judging = subject.judging if subject.ideal.journey.steps else None
    yield from counts.overview.notes(subject.about, subject.filters, judging)
    if subject.ideal.journey.deadline is None:
        yield CountedNote(Sentence.NO_TIMING_OUT)
    truncated = counts.followed.counted(TRUNCATED)
    if truncated:
        rest = counts.followed.counted(FOLLOWED).customers
        yield CountedNote(Sentence.BEGAN_BEFORE, (Counted(truncated, truncated.customers, rest),))
    if any(not whole.is_known(time) for time in plan.at):
        yield CountedNote(Sentence.NOT_SO_LONG)
    yield from absent_notes(subject)
