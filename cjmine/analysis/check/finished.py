"""From the counts of a check to its figures: each still knows the customers behind it."""

from __future__ import annotations

from dataclasses import dataclass

from cjmine.analysis.check.counts import ALLOWED, EXITS, SURVEYS, CheckCounts
from cjmine.analysis.check.notes import check_notes
from cjmine.analysis.check.parts import Counts
from cjmine.analysis.deviations import DeviationTable, deviation_table, timing_rows
from cjmine.analysis.example_counts import ExampleCounts
from cjmine.analysis.expectations import expectation_rows
from cjmine.analysis.fit_counts import COST, LOG_MOVES, MODEL_MOVES, FitCounts, runs_in
from cjmine.analysis.fitness import log_fitness, mean_fitness
from cjmine.analysis.intervals import share_of
from cjmine.analysis.journey_map import MapFigures
from cjmine.analysis.log_counts import CountedNote, sources_of
from cjmine.analysis.ranges import RangeTable, range_table
from cjmine.analysis.score_counts import questions_of
from cjmine.analysis.scores import FoundScore, found_scores
from cjmine.analysis.segment_counts import SegmentCounts
from cjmine.analysis.steps import never_row, state_counts, step_rows
from cjmine.analysis.subject import Subject
from cjmine.conformance.precision import precision
from cjmine.errors import Note
from cjmine.ideal.compiled import CompiledIdeal
from cjmine.results.check import Check
from cjmine.results.discovery import goal_of
from cjmine.results.expectations import verdict_of
from cjmine.results.figures import Counted
from cjmine.results.fit import Conformance, CountedFit
from cjmine.results.log import Privacy


@dataclass(frozen=True, slots=True)
class FinishedCheck:
    """A check before anything is withheld. Nothing of it may be shown as it is.

    `check` has every figure that depends on no other; its expectations are not judged, and its
    tables that fold are empty: deviations, ranges, examples, what a map shows, scores and notes.
    """

    check: Check
    counts: CheckCounts
    deviations: DeviationTable
    notes: tuple[CountedNote | Note, ...]
    scores: tuple[FoundScore, ...]
    map: MapFigures | None
    examples: ExampleCounts | None
    ranges: RangeTable | None
    segments: SegmentCounts | None


def finished(counts: Counts, subject: Subject) -> FinishedCheck:
    """The figures of a check: those of counted journeys, and the conformance of all.

    A log without journeys gives empty counts.
    """
    ideal, found = subject.ideal, counts.check
    declared = ideal.journey
    table = deviation_table(found.deviations, ideal, subject.activities, subject.accepts)
    expectations = expectation_rows(found, ideal)
    check = Check(
        schema="cjmine/check/2",
        journey=declared.name,
        journey_file=declared.file,
        purpose=declared.purpose,
        verdict=verdict_of(expectations),
        log=counts.overview.size(subject.about, subject.filters),
        sources=sources_of(subject.about),
        conformance=_conformance(found, ideal),
        counted=_counted(found.counted, ideal),
        judged=counts.overview.period(subject.judging),
        states=state_counts(found),
        goal=goal_of(declared.goal, share_of(found.goal.n(0), found.goal.of(0))),
        steps=step_rows(found, ideal),
        never=never_row(found, ideal),
        choices=ideal.choices.first,
        deviations=(),
        timings=timing_rows(found.deviations, ideal),
        expectations=expectations,
        examples=(),
        baseline=None,
        notes=(),
        privacy=Privacy(0, 0, subject.about.key_id),
    )
    figures = None
    if counts.map is not None:
        figures = MapFigures(counts.map, ideal, subject.activities, subject.channels)
    notes = tuple(check_notes(counts, subject, table))
    labels = ideal.space.labels
    steps = [labels.index(step.name) for step in declared.steps]
    scores = tuple(found_scores(counts.scores, questions_of(subject.activities), steps))
    ranges = None
    if counts.ranges is not None:
        ranges = range_table(counts.ranges, labels, subject.activities)
    return FinishedCheck(
        check, found, table, notes, scores, figures, counts.examples, ranges, counts.segments
    )


def _conformance(counts: CheckCounts, ideal: CompiledIdeal) -> Conformance:
    whole, taken_out = counts.whole, counts.taken_out
    fitness = log_fitness(whole.fit, whole.customers, whole.squares)
    return Conformance(
        journeys=Counted(whole.journeys, whole.customers),
        fitting=whole.fitting.n(0),
        cost=whole.moves.sum(COST),
        log_moves=whole.moves.sum(LOG_MOVES),
        model_moves=whole.moves.sum(MODEL_MOVES),
        events=Counted(whole.events, whole.customers),
        shortest=ideal.space.shortest,
        mean_fitness=mean_fitness(whole.fit),
        log_fitness=fitness.value if fitness else None,
        low=fitness.low if fitness else None,
        high=fitness.high if fitness else None,
        precision=precision(runs_in(whole), ideal.space),
        allowed_events=taken_out.sum(ALLOWED),
        exit_events=taken_out.sum(EXITS),
        survey_events=taken_out.sum(SURVEYS),
    )


def _counted(counts: FitCounts, ideal: CompiledIdeal) -> CountedFit:
    fitness = log_fitness(counts.fit, counts.customers, counts.squares)
    return CountedFit(
        journeys=Counted(counts.journeys, counts.customers),
        customers=Counted(counts.customers, counts.customers),
        fitting=counts.fitting.n(0),
        fits=share_of(counts.fitting.n(0), counts.fitting.of(0)),
        cost=counts.moves.sum(COST),
        log_moves=counts.moves.sum(LOG_MOVES),
        model_moves=counts.moves.sum(MODEL_MOVES),
        events=Counted(counts.events, counts.customers),
        mean_fitness=mean_fitness(counts.fit),
        log_fitness=fitness.value if fitness else None,
        low=fitness.low if fitness else None,
        high=fitness.high if fitness else None,
        precision=precision(runs_in(counts), ideal.space),
    )
