"""The shares that a trend follows: which journeys are among each, and which of them have it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.analysis.contacts import Contacts, has_contact
from cjmine.analysis.deviation_counts import OF_MATCHES, OF_MOVES, codes_in
from cjmine.conformance.facts import Facts
from cjmine.conformance.move_deviations import CLASSES
from cjmine.conformance.states import State
from cjmine.counting.groups import Flags, Ints
from cjmine.ideal.compiled import CompiledIdeal
from cjmine.ideal.deviations import BY_CLASS, DeviationClass
from cjmine.results.trend import Topic

_OF_MOVES = tuple(one for one in OF_MOVES if one is not DeviationClass.ABANDONED)  # a drop-off


@dataclass(frozen=True, slots=True)
class Series:
    """A share that is followed; `step` is a step, a choice or a touchpoint, None for journeys."""

    measure: str
    step: str | None = None


def series_of(
    ideal: CompiledIdeal,
    topics: tuple[str, ...],
    activities: tuple[str, ...],
) -> tuple[Series, ...]:
    """The shares of some topics, in the order of their flags; `activities` are those of the log.

    Without a goal there is none, and nobody drops off; at a goal nobody does.
    """
    steps = [step.name for step in ideal.journey.steps]
    found: list[Series] = []
    if Topic.GOAL in topics and ideal.journey.goal:
        found.append(Series("goal-rate"))
    if Topic.DROP_OFF in topics and ideal.journey.goal:
        left = [step for step in steps if step not in ideal.journey.goal]
        found += [Series("drop-off", step) for step in (None, *left)]
    if Topic.CONTACT in topics:
        found.append(Series("contact"))
    if Topic.FITTING in topics and steps:
        found.append(Series("fitting"))
    if Topic.DEVIATIONS in topics and steps:
        found += _deviations(ideal, activities)
    return tuple(found)


def _deviations(ideal: CompiledIdeal, activities: tuple[str, ...]) -> list[Series]:
    labels = ideal.space.labels
    places = (*labels, *ideal.choices.names)
    found = [_deviation(one, name) for one in _OF_MOVES for name in places]
    found += [_deviation(DeviationClass.UNEXPECTED, name) for name in activities]
    return found + [_deviation(one, name) for one in OF_MATCHES for name in labels]


def _deviation(one: DeviationClass, name: str) -> Series:
    return Series(f"deviation:{BY_CLASS[one].code.value}", name)


@dataclass(frozen=True, slots=True)
class Flagged:
    """One row a share and one column a journey: who is among it, and who has it."""

    among: Flags
    having: Flags


def flagged(
    facts: Facts, series: tuple[Series, ...], contacts: Contacts, activities: tuple[str, ...]
) -> Flagged:
    """The flags of the journeys of a part; only counted journeys are among any share."""
    shape = (len(series), len(facts))
    found = Flagged(np.zeros(shape, bool), np.zeros(shape, bool))
    row = {one: place for place, one in enumerate(series)}
    counted, state = facts.is_counted, facts.state

    def whole(measure: str, has: Flags) -> None:
        place = row.get(Series(measure))
        if place is not None:
            found.among[place], found.having[place] = counted, has & counted

    whole("goal-rate", state == State.COMPLETED)
    whole("drop-off", state == State.ABANDONED)
    if Series("contact") in row:
        whole("contact", has_contact(facts, contacts))
    if Series("fitting") in row:
        whole("fitting", facts.of_variant(facts.comparison.moves.cost) == 0)
    _flag_steps(facts, row, found)
    if any(one.measure.startswith("deviation:") for one in series):
        _flag_moved(facts, row, found)
        _flag_unexpected(facts, row, found, activities)
        _flag_matched(facts, row, found)
    return found


def _flag_steps(facts: Facts, row: dict[Series, int], found: Flagged) -> None:
    labels = facts.comparison.ideal.space.labels
    places = np.array([row.get(Series("drop-off", name), -1) for name in labels], np.int64)
    if not (places >= 0).any():
        return
    passed = facts.passed
    at = np.flatnonzero(places[passed.step] >= 0)
    place, journey = places[passed.step[at]], passed.journey[at]
    found.among[place, journey] = True
    lost = passed.is_last[at] & (facts.state[journey] == State.ABANDONED)
    found.having[place[lost], journey[lost]] = True


def _flag_moved(facts: Facts, row: dict[Series, int], found: Flagged) -> None:
    """What moves show: among are the journeys that pass the step or choice, or deviate there."""
    table, ideal = facts.deviations, facts.comparison.ideal
    labels = ideal.space.labels
    passed, chosen = facts.passed, facts.reached_choices
    for one in _OF_MOVES:
        names = (*labels, *ideal.choices.names)
        place = np.array([row[_deviation(one, name)] for name in names], np.int64)
        found.among[place[passed.step], passed.journey] = True
        found.among[place[len(labels) + chosen.choice], chosen.journey] = True
        at = np.flatnonzero(table.of_class == CLASSES.index(one))
        _set(found, place[table.name[at]], table.journey[at])


def _flag_unexpected(
    facts: Facts, row: dict[Series, int], found: Flagged, activities: tuple[str, ...]
) -> None:
    own = facts.comparison.journeys.activities
    of_name = np.array(
        [row[_deviation(DeviationClass.UNEXPECTED, one)] for one in activities], np.int64
    )
    found.among[of_name] = facts.is_counted
    table = facts.deviations
    at = np.flatnonzero(table.of_class == CLASSES.index(DeviationClass.UNEXPECTED))
    first = len(table.names) - len(own)
    code = codes_in(activities, own)[table.name[at] - first]
    _set(found, of_name[code], table.journey[at])


def _flag_matched(facts: Facts, row: dict[Series, int], found: Flagged) -> None:
    """What matched events show: wrong channels, failures, and times that are too long or short."""

    def flag(one: DeviationClass, step: str, among: Ints, has: Ints) -> None:
        place = row[_deviation(one, step)]
        found.among[place, among] = True
        found.having[place, has] = True

    for step in facts.comparison.ideal.journey.steps:
        if step.channels:
            wrong = facts.in_wrong_channel(step)
            has = wrong.journey[wrong.deviates]
            flag(DeviationClass.WRONG_CHANNEL, step.name, wrong.journey, has)
        if step.failed is not None:
            failed = facts.failed(step)
            flag(DeviationClass.FAILED, step.name, failed.journey, failed.journey[failed.deviates])
        if step.within is not None:
            waits, within = facts.waits(step), step.within
            if within.max is not None:
                late = waits.journey[waits.wait > within.max]
                flag(DeviationClass.LATE, step.name, waits.both, late)
            if within.min is not None:
                early = waits.journey[waits.wait < within.min]
                flag(DeviationClass.EARLY, step.name, waits.both, early)


def _set(found: Flagged, place: Ints, journey: Ints) -> None:
    found.among[place, journey] = True
    found.having[place, journey] = True
