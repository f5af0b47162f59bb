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
    rows,
    stacked,
    sums,
)
from cjmine.analysis.deviation_counts import (
    DeviationCounts,
    count_deviations,
    everybody,
)
from cjmine.analysis.fit_counts import FitCounts, count_counted, count_whole
from cjmine.conformance.facts import Facts
from cjmine.conformance.matched_events import touched
from cjmine.conformance.move_deviations import CLASSES
from cjmine.conformance.states import State
from cjmine.counting.groups import Flags
from cjmine.counting.merging import summed
from cjmine.ideal.deviations import DeviationClass
from cjmine.ideal.measures import Measure

ALLOWED, EXITS, SURVEYS, AFTER = range(4)


@dataclass(frozen=True, slots=True)
class CheckCounts:
    """The counts of a check. Tables by step are in the order of the ideal's labels.

    `whole` is about all journeys with all their events, everything else about the counted ones
    within their full time. `taken_out` has the allowed events, the exits and the events of surveys
    of all journeys, and the events after the full time of counted ones; `later` those of these
    journeys that reach the goal then. `went_on` are the journeys that come past a step; `ends`
    counts, for each step and last for no step at all, the journeys that have their last match
    there, by state, open ones too. `touched` has one cohort for each expectation about an
    unexpected touchpoint, `skipped` for each about a skipped step.
    """

    whole: FitCounts
    counted: FitCounts
    taken_out: Cells
    later: Cells
    states: Cells
    went_on: Cells
    ends: Cells
    matched: Cohorts
    seen: Cohorts
    matched_of_seen: Cohorts
    goal: Cohorts
    reached: Cohorts
    drop_off: Cohorts
    touched: Cohorts
    skipped: Cohorts
    deviations: DeviationCounts

    def __add__(self, other: CheckCounts) -> CheckCounts:
        return summed(self, other)


def count_check(facts: Facts, activities: tuple[str, ...], min_group: int) -> CheckCounts:
    """Count the journeys of a comparison; `activities` are those of the whole log, in order."""
    comparison, customer = facts.comparison, facts.customer
    people, steps = facts.customers, facts.step_count
    passed, seen, state = facts.passed, facts.seen_steps, facts.state
    by_seen = rows(seen.step, customer[seen.journey], steps, people)
    by_step = rows(passed.step, customer[passed.journey], steps, people)
    went_on = by_step.sums(~passed.is_last)
    later = comparison.states.reaches_later.astype(np.int64)
    return CheckCounts(
        whole=count_whole(facts),
        counted=count_counted(facts),
        taken_out=_taken_out(facts),
        later=sums(later, customer, people),
        states=cells(rows(state, customer, len(State), people)),
        went_on=Cells(
            by_step.by_group(went_on), by_step.by_group(went_on > 0), by_step.largest(went_on)
        ),
        ends=_ends(facts),
        matched=cohorts_of(by_step, passed.is_matched),
        seen=cohorts(everybody(facts), np.zeros(steps, np.int64), by_seen),
        matched_of_seen=cohorts_of(by_seen, seen.is_matched),
        goal=_goal(facts),
        reached=cohorts(everybody(facts), np.zeros(steps, np.int64), by_step),
        drop_off=cohorts_of(by_step, passed.is_last & (state[passed.journey] == State.ABANDONED)),
        touched=_touched(facts),
        skipped=_skipped(facts),
        deviations=count_deviations(facts, activities, min_group),
    )


def _ends(facts: Facts) -> Cells:
    """Where journeys have their last match, and what became of them; without truncated ones."""
    steps = facts.step_count
    seen = np.flatnonzero(facts.state != State.TRUNCATED)
    last = np.minimum(facts.of_variant(facts.steps.last), steps)
    group = last[seen] * len(State) + facts.state[seen]
    return cells(rows(group, facts.customer[seen], (steps + 1) * len(State), facts.customers))


def _taken_out(facts: Facts) -> Cells:
    """Events that are not compared, by the customers who have them."""
    comparison, journey = facts.comparison, facts.comparison.journeys.journey
    after = comparison.states.is_after & facts.is_counted[journey]
    each = [
        np.bincount(journey[flags], minlength=len(facts))
        for flags in (comparison.is_allowed, comparison.is_exit, comparison.is_survey, after)
    ]
    return stacked([sums(one, facts.customer, facts.customers) for one in each])


def _goal(facts: Facts) -> Cohorts:
    """The counted journeys that reach the goal."""
    counted = np.flatnonzero(facts.is_counted)
    one_group = np.zeros(len(counted), np.int64)
    return cohorts_of(
        rows(one_group, facts.customer[counted], 1, facts.customers),
        facts.state[counted] == State.COMPLETED,
    )


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


def _skipped(facts: Facts) -> Cohorts:
    """The journeys that skip a step or a choice that it names, for each expectation about it."""
    ideal, found = facts.comparison.ideal, facts.deviations
    asked = [one.step for one in ideal.journey.expectations if one.measure is Measure.SKIPPED]
    is_skip = found.of_class == CLASSES.index(DeviationClass.SKIPPED)
    reaches = facts.steps.places
    among, having = [], []
    for step in asked:
        places = np.array(
            [
                place
                for place, name in enumerate(found.names[: reaches.shape[1]])
                if ideal.choices.is_about(step, name)
            ],
            np.int64,
        )
        has = np.zeros(len(facts), bool)
        has[found.journey[is_skip & np.isin(found.name, places)]] = True
        reaching: Flags = np.logical_or.reduce(reaches[:, places], axis=1)
        could = has | (reaching[facts.variant] & facts.is_counted)
        among.append(np.flatnonzero(could))
        having.append(has[could])
    group = np.repeat(np.arange(len(asked)), [len(one) for one in among])
    journey = np.concatenate([np.zeros(0, np.int64), *among])
    has = np.concatenate([np.zeros(0, bool), *having])
    return cohorts_of(rows(group, facts.customer[journey], len(asked), facts.customers), has)
