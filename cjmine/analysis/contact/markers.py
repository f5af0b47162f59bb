"""The events that show how far customers are when they get in touch: steps, and trouble."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.analysis.contact.events import ContactEvents
from cjmine.analysis.contacts import BY_PEOPLE
from cjmine.conformance.alignments import NOWHERE
from cjmine.conformance.compare import steps_of_activities
from cjmine.conformance.facts import Facts
from cjmine.counting.groups import Flags, Ints
from cjmine.ideal.nodes import Step


@dataclass(frozen=True, slots=True)
class Markers:
    """One entry an event of journeys; `step` is `NOWHERE` for an event that is none of a step.

    Markers are steps and trouble that are no contact. `is_trouble`: a step that failed, or a
    touchpoint of friction; `at` is its place among steps and, behind them, those touchpoints.
    `is_digital`: not by call, chat, mail, post or in a branch.
    """

    is_marker: Flags
    is_trouble: Flags
    is_digital: Flags
    step: Ints
    at: Ints


def markers_of(facts: Facts, found: ContactEvents, friction: tuple[str, ...]) -> Markers:
    """The markers of journeys; `friction` are names of touchpoints."""
    journeys, ideal = facts.comparison.journeys, facts.comparison.ideal
    names = journeys.activities
    step = steps_of_activities(names, ideal).astype(np.int64)[journeys.activity]
    place = {name: facts.step_count + number for number, name in enumerate(friction)}
    trouble = np.array([place.get(name, NOWHERE) for name in names], np.int64)[journeys.activity]
    is_contact = np.zeros(len(step), bool)
    is_contact[found.event] = True
    is_failed = np.zeros(len(step), bool)
    for one in ideal.journey.steps:
        if one.failed is not None:
            number = ideal.space.labels.index(one.name)
            is_failed |= (step == number) & _shows_failure(facts, one)
    is_trouble = is_failed | ((trouble != NOWHERE) & (step == NOWHERE))
    by_hand = np.array([*(name in BY_PEOPLE for name in journeys.channels), False], bool)
    return Markers(
        is_marker=((step != NOWHERE) | is_trouble) & ~is_contact & ~journeys.is_survey,
        is_trouble=is_trouble,
        is_digital=(step != NOWHERE) & ~by_hand[journeys.channel],
        step=step,
        at=np.where(step == NOWHERE, trouble, step),
    )


def last_before(flags: Flags, found: ContactEvents, starts: Ints) -> Ints:
    """The place of the last flagged event of the journey before each contact, or `NOWHERE`."""
    place = np.where(flags, np.arange(len(flags)), NOWHERE)
    upto = np.append(NOWHERE, np.maximum.accumulate(place))[found.event]
    return np.where(upto >= starts[found.journey], upto, NOWHERE)


def first_after(flags: Flags, found: ContactEvents, starts: Ints) -> Ints:
    """The place of the first flagged event of the journey after each contact, or `NOWHERE`."""
    end = len(flags)
    place = np.where(flags, np.arange(end), end)
    onward = np.append(np.minimum.accumulate(place[::-1])[::-1], end)[found.event + 1]
    return np.where(onward < starts[found.journey + 1], onward, NOWHERE)


def _shows_failure(facts: Facts, step: Step) -> Flags:
    """Which events of journeys show that a step failed, if they are of the step."""
    journeys, log = facts.comparison.journeys, facts.log
    assert step.failed is not None
    is_bad = np.array([name in step.failed.activities for name in journeys.activities], bool)
    bad: Flags = is_bad[journeys.activity]
    column = step.failed.column
    if column is not None and log.has(column):
        values = np.array([*(name in step.failed.values for name in log.names(column)), False])
        bad = bad | values[log.codes(column)[journeys.event]]
    return bad
