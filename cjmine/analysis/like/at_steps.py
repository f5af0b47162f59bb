"""What is about a step itself: skipped, late, early, in a wrong channel, failed, lost."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cjmine.analysis.like.items import Items
from cjmine.analysis.like.trials import (
    ATTEMPTS,
    Family,
    Held,
    Surroundings,
    Trials,
)
from cjmine.conformance.matched_deviations import StepEvents
from cjmine.conformance.move_deviations import CLASSES
from cjmine.conformance.states import State
from cjmine.counting.groups import Ints
from cjmine.ideal.deviations import DeviationClass
from cjmine.ideal.nodes import Step

_NEVER = int(np.iinfo(np.int64).max)


def trials_at_steps(about: Surroundings) -> Iterator[Trials]:
    """The trials of every step, in the order of the file."""
    labels = about.items.steps
    yield from trials_skipped(about)
    for step in about.facts.comparison.ideal.journey.steps:
        if step.name in labels:
            yield from _at(about, step, labels.index(step.name))


def trials_at_causes(about: Surroundings) -> Iterator[Trials]:
    """The trials of what an organisation failed to do: steps that are late, and that fail."""
    labels = about.items.steps
    for step in about.facts.comparison.ideal.journey.steps:
        if step.name not in labels:
            continue
        number = labels.index(step.name)
        if step.within is not None and step.within.max is not None:
            yield _late(about, step, number, step.within.max)
        if step.failed is not None:
            events = about.facts.failed(step)
            yield _attempts(about, number, Family.ATTEMPT, DeviationClass.FAILED, events)


def _at(about: Surroundings, step: Step, number: int) -> Iterator[Trials]:
    facts = about.facts
    if step.within is not None and step.within.max is not None:
        yield _late(about, step, number, step.within.max)
    if step.within is not None and step.within.min is not None:
        yield _early(about, step, number, step.within.min)
    if step.channels:
        events = facts.in_wrong_channel(step)
        yield _attempts(about, number, Family.CHANNEL, DeviationClass.WRONG_CHANNEL, events)
    if step.failed is not None:
        yield _attempts(about, number, Family.ATTEMPT, DeviationClass.FAILED, facts.failed(step))
    yield _lost(about, number)


def first_match(about: Surroundings, step: int) -> Ints:
    """The place of the first match of a step of each journey; `_NEVER` without one."""
    matched = about.facts.matches
    rows = np.flatnonzero(matched.step == step)[::-1]
    found = np.full(len(about.facts), _NEVER)
    found[matched.journey[rows]] = about.way[matched.event[rows]]
    return found


def trials_skipped(about: Surroundings, optional: frozenset[str] = frozenset()) -> Iterator[Trials]:
    """Compared at the first later step that matched, with those that came there with the step.

    Journeys that rightly go another way have neither come to the step nor skipped it. Of
    `optional` steps, by name, all journeys that come there without it count as those that skip it.
    """
    facts, items = about.facts, about.items
    came = [first_match(about, step) for step in range(len(items.steps))]
    order = [items.steps.index(one.name) for one in facts.comparison.ideal.journey.steps
             if one.name in items.steps]  # fmt: skip
    table = facts.deviations
    is_skipped = table.of_class == CLASSES.index(DeviationClass.SKIPPED)
    for place, (last, held) in enumerate(_holding(about, items, order)):
        skips = np.zeros(len(facts), bool)
        skips[table.journey[is_skipped & (table.name == place)]] = True
        own = np.full(len(facts), _NEVER)
        for step in held:
            own = np.minimum(own, came[step])
        later, which = np.full(len(facts), _NEVER), np.zeros(len(facts), np.int64)
        for step in order[last + 1 :]:
            is_sooner = came[step] < later
            later, which = np.where(is_sooner, came[step], later), np.where(is_sooner, step, which)
        if items.places[place] in optional:
            skips |= own >= later
        compared = np.flatnonzero((later < about.end) & (skips | (own < later)))
        landmark = about.marks.first(Family.LATER, place) + which[compared]
        affected = np.flatnonzero(skips[compared])
        number = items.begin(DeviationClass.SKIPPED) + place
        yield about.trials(landmark, compared, later[compared], _having(affected, number))


def _holding(
    about: Surroundings, items: Items, order: list[int]
) -> Iterator[tuple[int, list[int]]]:
    """For each step and choice the steps in it, and the last of these places in the file."""
    choices = about.facts.comparison.ideal.choices
    for step in range(len(items.steps)):
        yield order.index(step), [step]
    for name in range(len(items.choices)):
        held = np.flatnonzero(choices.holds[choices.named == name].any(axis=0)).tolist()
        yield max(map(order.index, held)), held


def _having(trial: Ints, item: int) -> Held:
    return Held(trial, np.full(len(trial), item), np.ones(len(trial), bool))


def _late(about: Surroundings, step: Step, number: int, limit: int) -> Trials:
    """Compared at the moment the limit passes, among journeys without goal or exit by then.

    Those that neither did it in time nor are late as `check` has it are on neither side. Journeys
    are of one kind as they were when the clock started.
    """
    waits, moments = about.facts.waits(step), about.asked.moments
    began = about.way[waits.since]
    moment = about.time[began] + limit
    journeys = about.facts.comparison.journeys
    over = journeys.time[journeys.starts[waits.journey]] + (moments.full_time or 0)
    end = np.append(about.time, _NEVER)[about.end[waits.journey]]
    is_in = (end > moment) & (moment <= np.minimum(over, moments.until))
    landmark = np.full(np.count_nonzero(is_in), about.marks.first(Family.LIMIT, number))
    late = np.flatnonzero(waits.wait[is_in] > limit)
    item = about.items.begin(DeviationClass.LATE) + number
    return about.trials(
        landmark, waits.journey[is_in], began[is_in], _having(late, item), moment[is_in]
    )


def _early(about: Surroundings, step: Step, number: int, limit: int) -> Trials:
    """Compared at the first match of the step."""
    waits = about.facts.waits(step)
    place = about.way[waits.event]
    is_in = place < about.end[waits.journey]
    landmark = np.full(np.count_nonzero(is_in), about.marks.first(Family.MATCH, number))
    early = np.flatnonzero(waits.wait[is_in] < limit)
    item = about.items.begin(DeviationClass.EARLY) + number
    return about.trials(landmark, waits.journey[is_in], place[is_in], _having(early, item))


def _attempts(
    about: Surroundings,
    number: int,
    family: Family,
    of_class: DeviationClass,
    events: StepEvents,
) -> Trials:
    """Compared at each attempt; an item shows at the first attempt that deviates.

    An attempt that succeeds may itself be the goal.
    """
    place = about.way[events.event]
    is_in = place <= about.end[events.journey]
    journey, place, deviates = events.journey[is_in], place[is_in], events.deviates[is_in]
    begins = np.flatnonzero(np.diff(journey, prepend=-1))
    times = np.diff(np.append(begins, len(journey)))
    attempt = np.minimum(np.arange(len(journey)) - np.repeat(begins, times), ATTEMPTS - 1)
    fresh = np.flatnonzero(np.diff(journey * ATTEMPTS + attempt, prepend=-1))
    trial = np.repeat(np.arange(len(fresh)), np.diff(np.append(fresh, len(journey))))
    bad = np.flatnonzero(deviates)
    first = bad[np.flatnonzero(np.diff(journey[bad], prepend=-1))]
    since = np.full(len(about.facts), _NEVER)
    since[journey[first]] = trial[first]
    owner = journey[fresh]
    rows = np.flatnonzero(np.arange(len(fresh)) >= since[owner])
    item = about.items.begin(of_class) + number
    held = Held(rows, np.full(len(rows), item), rows == since[owner[rows]])
    landmark = about.marks.first(family, number) + attempt[fresh]
    return about.trials(landmark, owner, place[fresh], held)


def _lost(about: Surroundings, number: int) -> Trials:
    """Journeys that are lost at a step, beside those that went on from it."""
    passed, facts = about.facts.passed, about.facts
    at = passed.step == number
    is_lost = at & passed.is_last & (facts.state[passed.journey] == State.ABANDONED)
    came = first_match(about, number)
    rows = np.flatnonzero(is_lost | (at & ~passed.is_last))
    rows = rows[came[passed.journey[rows]] < about.end[passed.journey[rows]]]
    journey = passed.journey[rows]
    landmark = np.full(len(rows), about.marks.first(Family.LOSS, number))
    item = about.items.begin(DeviationClass.ABANDONED) + number
    held = _having(np.flatnonzero(is_lost[rows]), item)
    return about.trials(landmark, journey, came[journey], held)
