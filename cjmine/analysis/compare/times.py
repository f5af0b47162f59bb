"""How long the journeys of each side take: to the goal, and at the steps that declare a time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.analysis.cohorts import Cohorts, cohorts_of, rows
from cjmine.analysis.compare.sides import SIDES
from cjmine.analysis.median_waits import ShortWaits, short_waits
from cjmine.analysis.multisets import Values, values
from cjmine.conformance.facts import Facts
from cjmine.conformance.states import State
from cjmine.counting.groups import Flags, Ints
from cjmine.counting.merging import summed
from cjmine.eventlog.named_events import first_of, named

TO_GOAL = 0


@dataclass(frozen=True, slots=True)
class SidedTimes:
    """Times in microseconds, by side, and within it: to the goal, then the wait of each step.

    `measured` are the journeys with a time, among those counted, or those that match both steps.
    """

    measured: Cohorts
    waits: Values
    short: ShortWaits

    def __add__(self, other: SidedTimes) -> SidedTimes:
        return summed(self, other)


@dataclass(frozen=True, slots=True)
class _Timed:
    """The journeys that could have a time of one kind, and those that have one, with it."""

    kind: int
    could: Ints
    journey: Ints
    wait: Ints


def count_times(facts: Facts, side: Ints) -> SidedTimes:
    """The times of the first two sides; `side` is -1 for journeys that are not counted."""
    kinds, people = 1 + facts.step_count, facts.customers
    timed = _timed(facts)
    could = np.concatenate([one.could for one in timed])
    group = _groups(side, kinds, [(one.kind, one.could) for one in timed])
    is_measured = np.concatenate([_flags(facts, one.journey)[one.could] for one in timed])
    on = group >= 0
    measured = rows(group[on], facts.customer[could[on]], SIDES * kinds, people)
    journey = np.concatenate([one.journey for one in timed])
    wait = np.concatenate([one.wait for one in timed])
    waiting = _groups(side, kinds, [(one.kind, one.journey) for one in timed])
    has = waiting >= 0
    by_kind = rows(waiting[has], facts.customer[journey[has]], SIDES * kinds, people)
    return SidedTimes(
        cohorts_of(measured, is_measured[on]),
        values(waiting[has], wait[has]),
        short_waits(by_kind, wait[has]),
    )


def _timed(facts: Facts) -> list[_Timed]:
    declared, labels = facts.comparison.ideal.journey, facts.comparison.ideal.space.labels
    journeys = facts.comparison.journeys
    counted = np.flatnonzero(facts.is_counted)
    reached = counted[facts.state[counted] == State.COMPLETED]
    goal = first_of(journeys, named(journeys, declared.goal))[reached]
    begin = journeys.time[journeys.starts[:-1]]
    found = [_Timed(TO_GOAL, counted, reached, journeys.time[goal] - begin[reached])]
    for step in declared.steps:
        if step.within is not None:
            waits = facts.waits(step)
            number = 1 + labels.index(step.name)
            found.append(_Timed(number, waits.both, waits.journey, waits.wait))
    return found


def _groups(side: Ints, kinds: int, columns: list[tuple[int, Ints]]) -> Ints:
    """The group of each row; -1 where its journey is on no side."""
    found = []
    for kind, journey in columns:
        on = (side[journey] >= 0) & (side[journey] < SIDES)
        found.append(np.where(on, side[journey] * kinds + kind, -1))
    return np.concatenate(found)


def _flags(facts: Facts, journey: Ints) -> Flags:
    found = np.zeros(len(facts), bool)
    found[journey] = True
    return found
