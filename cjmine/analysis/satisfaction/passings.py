"""How each step was passed, and when that showed: well, or badly in one of four ways."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from cjmine.analysis.contacts import Contacts
from cjmine.conformance.compare import steps_of_activities
from cjmine.conformance.facts import Facts
from cjmine.conformance.move_deviations import CLASSES
from cjmine.counting.groups import Ints
from cjmine.ideal.deviations import DeviationClass
from cjmine.results.satisfaction import Bad

WAYS = tuple(Bad)
PASSED = len(WAYS)  # the way of every passing, good or bad


@dataclass(frozen=True, slots=True)
class Passings:
    """One row for each counted journey, step and way: the moment at which it first showed.

    `way` is a place in `WAYS`, or `PASSED`: the step was matched. Moments are in microseconds.
    """

    journey: Ints
    step: Ints
    way: Ints
    time: Ints


def passings(facts: Facts, contacts: Contacts) -> Passings:
    """How the steps of journeys were passed; a journey may pass a step in several bad ways.

    Late is a step that `check` calls late, from the moment at which its longest wait was over;
    failed and repeated show at the event; a contact within a step comes after its match and before
    the next one.
    """
    columns = [
        _first(facts, *one)
        for one in (
            *_matched(facts),
            *_failed(facts),
            *_late(facts),
            *_repeated(facts),
            *_contacts(facts, contacts),
        )
    ]
    return Passings(*(np.concatenate(parts) for parts in zip(*columns, strict=True)))


_Found = tuple[Ints, Ints, Ints, Ints]


def _first(facts: Facts, journey: Ints, step: Ints, way: int, time: Ints) -> _Found:
    """The first of the rows of each journey and step."""
    key = journey * facts.step_count + step
    order = np.lexsort((time, key))
    first = order[np.flatnonzero(np.diff(key[order], prepend=-1))]
    return journey[first], step[first], np.full(len(first), way), time[first]


def _matched(facts: Facts) -> Iterator[tuple[Ints, Ints, int, Ints]]:
    found = facts.matches
    yield found.journey, found.step, PASSED, facts.comparison.compared.time[found.event]


def _failed(facts: Facts) -> Iterator[tuple[Ints, Ints, int, Ints]]:
    labels, compared = facts.comparison.ideal.space.labels, facts.comparison.compared
    for step in facts.comparison.ideal.journey.steps:
        if step.failed is not None:
            found = facts.failed(step)
            journey, event = found.journey[found.deviates], found.event[found.deviates]
            number = np.full(len(journey), labels.index(step.name))
            yield journey, number, WAYS.index(Bad.FAILED), compared.time[event]


def _late(facts: Facts) -> Iterator[tuple[Ints, Ints, int, Ints]]:
    labels, compared = facts.comparison.ideal.space.labels, facts.comparison.compared
    for step in facts.comparison.ideal.journey.steps:
        if step.within is None or step.within.max is None:
            continue
        found, number = facts.waits(step), labels.index(step.name)
        late = np.flatnonzero(found.wait > step.within.max)
        journey, began = found.journey[late], compared.time[found.since[late]]
        way = WAYS.index(Bad.LATE)
        yield journey, np.full(len(journey), number), way, began + step.within.max


def _repeated(facts: Facts) -> Iterator[tuple[Ints, Ints, int, Ints]]:
    """At the second event of the step: at the first it could not be known."""
    found, compared = facts.deviations, facts.comparison.compared
    steps = facts.step_count
    rows = np.flatnonzero(found.of_class == CLASSES.index(DeviationClass.REPEATED))
    rows = rows[found.name[rows] < steps]
    repeats = np.zeros(len(facts) * steps, bool)
    repeats[found.journey[rows] * steps + found.name[rows]] = True
    label = steps_of_activities(compared.activities, facts.comparison.ideal)
    event = np.flatnonzero((label >= 0)[compared.activity])
    step = label[compared.activity[event]].astype(np.int64)
    journey = compared.journey[event].astype(np.int64)
    again = np.flatnonzero(repeats[journey * steps + step])
    event, step, journey = event[again], step[again], journey[again]
    order = np.lexsort((event, journey * steps + step))
    key = (journey * steps + step)[order]
    second = order[1:][key[1:] == key[:-1]]
    yield journey[second], step[second], WAYS.index(Bad.REPEATED), compared.time[event[second]]


def _contacts(facts: Facts, contacts: Contacts) -> Iterator[tuple[Ints, Ints, int, Ints]]:
    """Contacts by the step that was matched last before them in their journey."""
    comparison, matched = facts.comparison, facts.matches
    journeys = comparison.journeys
    is_contact = contacts.flags(journeys) & ~comparison.states.is_after & ~journeys.is_survey
    event = np.flatnonzero(is_contact)
    # A contact may be compared itself, as an unexpected touchpoint: it is no match.
    upto = np.cumsum(comparison.is_compared)[event] - 1
    last = np.searchsorted(matched.event, upto, "right") - 1
    journey = journeys.journey[event].astype(np.int64)
    some = np.flatnonzero(last >= 0)
    some = some[matched.journey[last[some]] == journey[some]]
    # A step that is a contact by itself is passed by it, not disturbed.
    own = comparison.is_compared[event[some]] & (matched.event[last[some]] == upto[some])
    some = some[~own]
    step = matched.step[last[some]]
    yield journey[some], step, WAYS.index(Bad.CONTACT), journeys.time[event[some]]
