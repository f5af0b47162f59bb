"""Why customers get in touch: the first of seven reasons that fits each contact.

What came before decides; only whether a step was given up depends on what comes after.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.analysis.contact.events import LONG_AGO, ContactEvents, Rules
from cjmine.analysis.contact.markers import Markers, first_after, last_before, markers_of
from cjmine.conformance.alignments import NOWHERE
from cjmine.conformance.facts import Facts
from cjmine.counting.groups import Flags, Ints
from cjmine.eventlog.named_events import named
from cjmine.ideal.nodes import Step
from cjmine.results.contact import ContactType

TYPES = tuple(ContactType)
FAILED, LATE, CHASE, AGAIN, INSTEAD, AFTER_GOAL, WAVE, OTHER = range(len(TYPES))


@dataclass(frozen=True, slots=True)
class Waves:
    """Times in which there were more contacts of a reason than usual: one entry a wave.

    `reason` is a touchpoint; the wave is from a moment up to another, in microseconds.
    """

    reason: tuple[str, ...]
    since: Ints
    until: Ints


NO_WAVES = Waves((), np.zeros(0, np.int64), np.zeros(0, np.int64))


@dataclass(frozen=True, slots=True)
class Kinds:
    """The type of each contact, and the step or the touchpoint of friction that it is about.

    `at` is a place among the labels of the ideal, then those of friction, then `nowhere`; `last`
    is the last step before the contact, `nowhere` where there is none.
    """

    type: Ints
    at: Ints
    last: Ints
    nowhere: int

    def only(self, rows: Ints) -> Kinds:
        """Some of the contacts, by their rows."""
        return Kinds(self.type[rows], self.at[rows], self.last[rows], self.nowhere)


def kinds_of(facts: Facts, found: ContactEvents, rules: Rules, waves: Waves) -> Kinds:
    """The type of each contact."""
    journeys, ideal = facts.comparison.journeys, facts.comparison.ideal
    nowhere = facts.step_count + len(rules.friction)
    markers = markers_of(facts, found, rules.friction)
    before = last_before(markers.is_marker, found, journeys.starts)
    is_close = before != NOWHERE
    is_close[is_close] = (found.time - journeys.time[before] <= rules.window)[is_close]
    goal = named(journeys, ideal.journey.goal)
    is_past = last_before(goal, found, journeys.starts) != NOWHERE
    kind = np.full(len(found.event), OTHER, np.int64)
    at = np.full(len(found.event), nowhere, np.int64)

    def put(number: int, fits: Flags, place: Ints | int) -> None:
        """Of several reasons that fit, the one that is put last remains."""
        kind[fits] = number
        at[fits] = place[fits] if isinstance(place, np.ndarray) else place

    put(WAVE, _in_wave(facts, found, waves), nowhere)
    put(AFTER_GOAL, is_past, nowhere)
    given_up = is_close & ~is_past & _is_given_up(facts, found, markers, before, rules.window)
    put(INSTEAD, given_up, markers.step[before])
    put(AGAIN, _is_again(found, rules.again), nowhere)
    put(CHASE, (found.before > LONG_AGO) & (found.before_answered > found.time), nowhere)
    promises = [
        (ideal.space.labels.index(one.name), _waited(facts, found, markers, one), one.within.max)
        for one in ideal.journey.steps
        if one.within is not None and one.within.max is not None and one.within.after is not None
    ]
    for step, waited, _ in promises:
        put(CHASE, waited >= 0, step)
    for step, waited, most in promises:
        put(LATE, waited > most, step)
    put(FAILED, is_close & markers.is_trouble[before], markers.at[before])
    last = last_before(markers.is_marker & (markers.step != NOWHERE), found, journeys.starts)
    has = last != NOWHERE
    step_before = np.full(len(found.event), nowhere, np.int64)
    step_before[has] = markers.step[last[has]]
    return Kinds(kind, at, step_before, nowhere)


def _is_given_up(
    facts: Facts, found: ContactEvents, markers: Markers, before: Ints, window: int
) -> Flags:
    """Whether the last step was a digital one, and none follows within a time."""
    journeys = facts.comparison.journeys
    fits = before != NOWHERE
    fits[fits] = (markers.is_digital & ~markers.is_trouble)[before[fits]]
    way = markers.is_marker & markers.is_digital
    following = first_after(way, found, journeys.starts)
    goes_on = following != NOWHERE
    goes_on[goes_on] = (journeys.time[following] - found.time <= window)[goes_on]
    given_up: Flags = fits & ~goes_on
    return given_up


def _is_again(found: ContactEvents, within: int) -> Flags:
    """Whether the contact before was answered, and that not so long ago."""
    is_answered = (found.before > LONG_AGO) & (found.before_answered <= found.time)
    fits: Flags = is_answered & (found.time - found.before_answered <= within)
    return fits


def _waited(facts: Facts, found: ContactEvents, markers: Markers, step: Step) -> Ints:
    """How long a step has been waited for, since the one it is promised after; -1 for no wait."""
    assert step.within is not None and step.within.after is not None
    journeys, labels = facts.comparison.journeys, facts.comparison.ideal.space.labels
    since = last_before(markers.step == labels.index(step.within.after), found, journeys.starts)
    done = last_before(markers.step == labels.index(step.name), found, journeys.starts)
    waits = since > done
    waited = np.full(len(found.event), -1, np.int64)
    waited[waits] = found.time[waits] - journeys.time[since[waits]]
    return waited


def _in_wave(facts: Facts, found: ContactEvents, waves: Waves) -> Flags:
    """Whether the contact is one of the reason of a wave, and in it."""
    names = facts.comparison.journeys.activities
    activity = facts.comparison.journeys.activity[found.event]
    inside = np.zeros(len(found.event), bool)
    for number, reason in enumerate(waves.reason):
        if reason in names:
            fits = activity == names.index(reason)
            fits &= found.time >= waves.since[number]
            inside |= fits & (found.time < waves.until[number])
    return inside
