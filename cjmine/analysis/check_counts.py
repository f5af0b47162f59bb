"""What a check counts of the journeys of a log, or of a part of one; counts of parts add up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.analysis.cohorts import (
    Cells,
    Cohorts,
    cells,
    cohorts,
    cohorts_of,
    cohorts_of_runs,
    rows,
    stacked,
    sums,
)
from cjmine.analysis.deviation_counts import (
    DeviationCounts,
    count_deviations,
    everybody,
)
from cjmine.analysis.multisets import Values, values
from cjmine.conformance.alignments import Move
from cjmine.conformance.facts import Facts
from cjmine.conformance.matched_events import touched
from cjmine.conformance.precision import Runs, runs_of
from cjmine.conformance.states import State
from cjmine.counting.groups import Ints
from cjmine.counting.merging import summed
from cjmine.eventlog.sequences import Sequences, distinct, narrow, together
from cjmine.ideal.measures import Measure

ENDED = (State.COMPLETED, State.EXITED, State.ABANDONED)
GOAL, FITTING = 0, 1
COST, LOG_MOVES, MODEL_MOVES, ALLOWED, EXITS = range(5)


@dataclass(frozen=True, slots=True)
class CheckCounts:
    """The counts of a check. Tables by step are in the order of the ideal's labels.

    `went_on` are the journeys that come past a step; `ends` counts, for each step and last for no
    step at all, the journeys that have their last match there, by state. `journey` holds the goal
    rate and the journeys that fit; `moves` the cost, log moves, model moves, allowed events and
    exits. `fit` groups the most that a journey could cost by what it costs. `runs` with
    `run_journeys` are the ways through the ideal. `touched` has one cohort for each expectation
    about an unexpected touchpoint. `most_journeys` are those of one customer.
    """

    journeys: int
    customers: int
    most_journeys: int
    events: int
    moves: Cells
    fit: Values
    runs: Sequences
    run_journeys: Ints
    states: Cells
    went_on: Cells
    ends: Cells
    matched: Cohorts
    journey: Cohorts
    reached: Cohorts
    drop_off: Cohorts
    touched: Cohorts
    deviations: DeviationCounts

    def __add__(self, other: CheckCounts) -> CheckCounts:
        ways = together(self.runs, other.runs)
        journeys = np.concatenate([self.run_journeys, other.run_journeys])
        return summed(
            self,
            other,
            most_journeys=max(self.most_journeys, other.most_journeys),
            runs=ways.sequences,
            run_journeys=np.bincount(ways.number, journeys, len(ways.sequences)).astype(np.int64),
        )


def count_check(facts: Facts, activities: tuple[str, ...], min_group: int) -> CheckCounts:
    """Count the journeys of a comparison; `activities` are those of the whole log, in order."""
    comparison, customer = facts.comparison, facts.customer
    people, steps = facts.customers, facts.step_count
    runs = runs_of(comparison)
    space = comparison.ideal.space
    ways = distinct(narrow(runs.move, len(space.labels) * space.states), runs.starts)
    passed, state = facts.passed, facts.state
    by_step = rows(passed.step, customer[passed.journey], steps, people)
    went_on = by_step.sums(~passed.is_last)
    lost = by_step.sums(passed.is_last & (state[passed.journey] == State.ABANDONED))
    return CheckCounts(
        journeys=len(facts),
        customers=people,
        most_journeys=int(np.bincount(customer).max(initial=0)),
        events=len(comparison.compared.activity),
        moves=_moves(facts),
        fit=_fit(facts),
        runs=ways.sequences,
        run_journeys=np.bincount(ways.number, runs.journeys, len(ways.sequences)).astype(np.int64),
        states=cells(rows(state, customer, len(State), people)),
        went_on=Cells(
            by_step.by_group(went_on), by_step.by_group(went_on > 0), by_step.largest(went_on)
        ),
        ends=_ends(facts),
        matched=cohorts_of(by_step, passed.is_matched),
        journey=_of_journey(facts),
        reached=cohorts(everybody(facts), np.zeros(steps, np.int64), by_step),
        drop_off=cohorts_of_runs(by_step, lost, lost + went_on, lost),
        touched=_touched(facts),
        deviations=count_deviations(facts, activities, min_group),
    )


def _ends(facts: Facts) -> Cells:
    """Where observed journeys are at the end of the log, and what became of them."""
    passed, steps = facts.passed, facts.step_count
    last = np.full(len(facts), steps)
    ended = np.flatnonzero(passed.is_last)
    last[passed.journey[ended]] = passed.step[ended]
    seen = np.flatnonzero(facts.observed)
    group = last[seen] * len(State) + facts.state[seen]
    return cells(rows(group, facts.customer[seen], (steps + 1) * len(State), facts.customers))


def runs_in(counts: CheckCounts) -> Runs:
    """The ways through the ideal as `precision` takes them."""
    return Runs(counts.runs.codes.astype(np.int64), counts.runs.starts, counts.run_journeys)


def _moves(facts: Facts) -> Cells:
    """Cost, moves and events taken out, by the customers to whom they add something."""
    comparison, customer = facts.comparison, facts.customer
    journey = comparison.journeys.journey
    taken_out = [
        np.bincount(journey[flags], minlength=len(facts))
        for flags in (comparison.is_allowed, comparison.is_exit)
    ]
    each = [
        facts.of_variant(comparison.moves.cost),
        facts.moves(Move.LOG),
        facts.moves(Move.MODEL),
        *taken_out,
    ]
    return stacked([sums(one, customer, facts.customers) for one in each])


def _fit(facts: Facts) -> Values:
    """What journeys cost, and the most that each could."""
    found = facts.comparison.variants
    worst = found.lengths + facts.comparison.ideal.space.shortest
    return values(facts.comparison.moves.cost, worst, found.journeys)


def _of_journey(facts: Facts) -> Cohorts:
    """The goal rate among journeys that have ended, and those that fit among all."""
    state, every = facts.state, np.arange(len(facts))
    ended = np.flatnonzero(np.isin(state, ENDED))
    fits = facts.of_variant(facts.comparison.moves.cost) == 0
    journey = np.concatenate([ended, every])
    group = np.repeat([GOAL, FITTING], [len(ended), len(every)])
    has = np.concatenate([state[ended] == State.COMPLETED, fits])
    return cohorts_of(rows(group, facts.customer[journey], 2, facts.customers), has)


def _touched(facts: Facts) -> Cohorts:
    """The journeys that hold a touchpoint, for each expectation about an unexpected one."""
    declared, labels = facts.comparison.ideal.journey, facts.comparison.ideal.space.labels
    asked = [one for one in declared.expectations if one.measure is Measure.UNEXPECTED]
    held, counts = [], []
    for one in asked:
        between = one.between and (labels.index(one.between[0]), labels.index(one.between[1]))
        found = touched(facts.comparison, one.step or "", between)
        journey = np.flatnonzero(found.among)
        held.append(journey)
        counts.append(found.times[journey])
    group = np.repeat(np.arange(len(asked)), [len(one) for one in held])
    journey = np.concatenate([np.zeros(0, np.int64), *held])
    times = np.concatenate([np.zeros(0, np.int64), *counts])
    by_question = rows(group, facts.customer[journey], len(asked), facts.customers)
    return cohorts_of(by_question, times > 0, times)
