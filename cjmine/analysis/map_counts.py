"""What a journey map shows beside its steps: channels, waits, undeclared touchpoints, answers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.analysis.cohorts import (
    Cells,
    Cohorts,
    among,
    cells,
    cohorts,
    cohorts_of,
    rows,
)
from cjmine.analysis.deviation_counts import codes_in, everybody
from cjmine.analysis.multisets import Values, values
from cjmine.conformance.alignments import NOWHERE
from cjmine.conformance.facts import Facts
from cjmine.counting.groups import Ints
from cjmine.counting.merging import summed


@dataclass(frozen=True, slots=True)
class MapCounts:
    """The counts of a journey map, of the counted journeys.

    `met` counts matched events by step and channel, the unknown channel last; `met_at` by step,
    `met_on` by channel. `waited` are the journeys that match a step after another match, among
    those that match it, and `waits` the microseconds between. Undeclared activities are counted
    by `place` (the step that they come after, before any last) and `anywhere`; the `later` ones
    are journeys that go on to a later step.
    """

    met: Cells
    met_at: Cells
    met_on: Cells
    waited: Cohorts
    waits: Values
    placed: Cohorts
    placed_later: Cohorts
    anywhere: Cohorts
    anywhere_later: Cohorts

    def __add__(self, other: MapCounts) -> MapCounts:
        return summed(self, other)


def count_map(facts: Facts, activities: tuple[str, ...], channels: tuple[str, ...]) -> MapCounts:
    """Count what a map shows; activities and channels are those of the whole log, in order."""
    steps, people = facts.step_count, facts.customers
    found, compared = facts.matches, facts.comparison.compared
    owner = facts.customer[found.journey]
    own = np.append(codes_in(channels, compared.channels), len(channels))
    channel = own[compared.channel[found.event]]  # -1, the unknown one, is the last
    wide = len(channels) + 1
    placed, later = _extras(facts, activities)
    anywhere, anywhere_later = _anywhere(facts, activities)
    step_of, waited, wait = _waits(facts)
    return MapCounts(
        met=cells(rows(found.step * wide + channel, owner, steps * wide, people)),
        met_at=cells(rows(found.step, owner, steps, people)),
        met_on=cells(rows(channel, owner, wide, people)),
        waited=waited,
        waits=values(step_of, wait),
        placed=placed,
        placed_later=later,
        anywhere=anywhere,
        anywhere_later=anywhere_later,
    )


def _waits(facts: Facts) -> tuple[Ints, Cohorts, Ints]:
    """The first match of each step that follows another match: step, cohorts, microseconds."""
    found, steps = facts.matches, facts.step_count
    place = found.journey * max(steps, 1) + found.step
    follows = np.flatnonzero(found.before != NOWHERE)
    # Writing backwards leaves the first of each journey and step.
    first = np.full(len(facts) * max(steps, 1), NOWHERE, np.int64)
    first[place[follows[::-1]]] = follows[::-1]
    is_matched = np.zeros(len(first), bool)
    is_matched[place] = True
    pairs = np.flatnonzero(is_matched)
    at = first[pairs]
    journey, step = np.divmod(pairs, max(steps, 1))
    by_step = rows(step, facts.customer[journey], steps, facts.customers)
    counted = cohorts_of(by_step, at != NOWHERE)
    at = at[at != NOWHERE]
    time = facts.comparison.compared.time
    return found.step[at], counted, time[found.event[at]] - time[found.before[at]]


def _extras(facts: Facts, activities: tuple[str, ...]) -> tuple[Cohorts, Cohorts]:
    """Undeclared activities by the step that they come after, and those that go on from there."""
    found, customer = facts.extras, facts.customer
    steps, people = facts.step_count, facts.customers
    passed, seen = facts.passed, np.flatnonzero(facts.is_counted)
    base = among(
        np.concatenate([passed.step, np.full(len(seen), steps)]),
        np.concatenate([customer[passed.journey], customer[seen]]),
        steps + 1,
        people,
    )
    activity = codes_in(activities, facts.comparison.journeys.activities)[found.activity]
    group = activity * (steps + 1) + found.after
    placed = rows(group, customer[found.journey], len(activities) * (steps + 1), people)
    is_inside = found.is_passed | (found.after == steps)
    after = np.tile(np.arange(steps + 1), len(activities))
    counted = cohorts(base, after, placed, found.times, is_inside)
    return counted, cohorts_of(placed, found.goes_on)


def _anywhere(facts: Facts, activities: tuple[str, ...]) -> tuple[Cohorts, Cohorts]:
    """Undeclared activities wherever they come, and the journeys that go on to a later step."""
    found, many = facts.extras, max(len(activities), 1)
    activity = codes_in(activities, facts.comparison.journeys.activities)[found.activity]
    key = found.journey * many + activity
    order = np.argsort(key, kind="stable")
    begins = np.flatnonzero(np.diff(key[order], prepend=-1))
    nothing = np.zeros(0, np.int64)
    times = np.add.reduceat(found.times[order], begins) if len(begins) else nothing
    goes_on = np.logical_or.reduceat(found.goes_on[order], begins) if len(begins) else nothing > 0
    journey, activity = np.divmod(key[order[begins]], many)
    held = rows(activity, facts.customer[journey], len(activities), facts.customers)
    of = np.zeros(len(activities), np.int64)
    return cohorts(everybody(facts), of, held, times), cohorts_of(held, goes_on)
