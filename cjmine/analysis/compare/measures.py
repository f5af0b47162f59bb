"""Which journeys have what a comparison measures, among which: every measure as rows of one table.

Measures are numbered in one way for both sides, so that a table more is a row more.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.analysis.compare.returns import follow_up
from cjmine.analysis.compare.sides import Sides
from cjmine.analysis.compared_part import Moments, Part
from cjmine.analysis.contacts import Contacts, has_contact
from cjmine.analysis.deviation_counts import (
    OF_MATCHES,
    OF_MOVES,
    by_matches,
    by_moves,
    by_touchpoint,
)
from cjmine.conformance.facts import Facts
from cjmine.conformance.states import State
from cjmine.counting.groups import Flags, Ints
from cjmine.ideal.compiled import CompiledIdeal

GOAL, CONTACT, RETURNED, FIRST_STEP = range(4)


@dataclass(frozen=True, slots=True)
class Layout:
    """How measures are numbered: goal, contact, returned, drop-off by step, then deviations.

    `places` are the steps and then the choices of the ideal, `activities` those of the log.
    """

    steps: int
    places: int
    activities: int

    @property
    def moved(self) -> int:
        """The first of the deviations that moves show, by class and place."""
        return FIRST_STEP + self.steps

    @property
    def matched(self) -> int:
        """The first of those on matched steps, by class and step."""
        return self.moved + len(OF_MOVES) * self.places

    @property
    def unexpected(self) -> int:
        """The first of the unexpected touchpoints."""
        return self.matched + len(OF_MATCHES) * self.steps

    @property
    def rows(self) -> int:
        """The number of measures."""
        return self.unexpected + self.activities

    @property
    def denominators(self) -> int:
        """The number of denominators: all counted journeys, those followed up, those that come by.

        The last are by place, and by class and matched step.
        """
        return 2 + self.places + len(OF_MATCHES) * self.steps

    @property
    def denominator(self) -> Ints:
        """The denominator of each measure."""
        by_place = 2 + np.arange(self.places)
        by_match = 2 + self.places + np.arange(len(OF_MATCHES) * self.steps)
        return np.concatenate(
            [
                np.array([0, 0, 1]),
                by_place[: self.steps],
                np.tile(by_place, len(OF_MOVES)),
                by_match,
                np.zeros(self.activities, np.int64),
            ]
        )


def layout_of(ideal: CompiledIdeal, activities: int) -> Layout:
    """How the measures of an ideal and a log are numbered."""
    steps = len(ideal.space.labels)
    return Layout(steps, steps + len(ideal.choices.first), activities)


@dataclass(frozen=True, slots=True)
class AskCompare:
    """The question: names and moments of the whole log, the sides, and what counts as contact.

    A journey `returned` if another of its customer begins at most so many microseconds after it.
    """

    activities: tuple[str, ...]
    moments: Moments
    sides: Sides
    contacts: Contacts
    returned: int


@dataclass(frozen=True, slots=True)
class Column:
    """Rows of counted journeys, each with the number of a measure or of a denominator."""

    number: Ints
    journey: Ints


@dataclass(frozen=True, slots=True)
class Measured:
    """Who could have something, by denominator, and who has it, by measure.

    `is_inside`: a journey that has it is in the denominator anyway.
    """

    layout: Layout
    could: Column
    has: Column
    is_inside: Flags

    def of(self, row: int, journeys: int) -> tuple[Ints, Flags]:
        """The journeys among which one measure is counted, and which of them have it."""
        has, among = np.zeros(journeys, bool), np.zeros(journeys, bool)
        has[self.has.journey[self.has.number == row]] = True
        denominator = self.layout.denominator[row]
        among[self.could.journey[self.could.number == denominator]] = True
        journey = np.flatnonzero(among | has)
        return journey, has[journey]


def measured(part: Part, facts: Facts, asked: AskCompare) -> Measured:
    """Every measure of a part."""
    layout = layout_of(facts.comparison.ideal, len(asked.activities))
    counted, state = np.flatnonzero(facts.is_counted), facts.state
    passed, chosen = facts.passed, facts.reached_choices
    contact = has_contact(facts, asked.contacts)
    followed, returned = follow_up(part, asked.returned, asked.moments.until)
    moved, mover, _, inside = by_moves(facts, layout.places)
    on_match, could, times = by_matches(facts)
    activity, holder, _ = by_touchpoint(facts, asked.activities)
    leaves = passed.is_last & (state[passed.journey] == State.ABANDONED)
    deviates = times > 0

    def of(number: int, journey: Ints) -> Column:
        return Column(np.full(len(journey), number), journey)

    after = np.flatnonzero(facts.is_counted & followed)
    base = [
        *(of(0, counted), of(1, after), Column(2 + passed.step, passed.journey)),
        Column(2 + layout.steps + chosen.choice, chosen.journey),
        Column(2 + layout.places + on_match, could),
    ]
    having = [
        of(GOAL, counted[state[counted] == State.COMPLETED]),
        of(CONTACT, counted[contact[counted]]),
        of(RETURNED, after[returned[after]]),
        Column(FIRST_STEP + passed.step[leaves], passed.journey[leaves]),
        Column(layout.moved + moved, mover),
        Column(layout.matched + on_match[deviates], could[deviates]),
        Column(layout.unexpected + activity, holder),
    ]
    flags = [np.ones(len(one.journey), bool) for one in having]
    flags[4] = inside
    return Measured(layout, _together(base), _together(having), np.concatenate(flags))


def _together(columns: list[Column]) -> Column:
    return Column(
        np.concatenate([one.number for one in columns]),
        np.concatenate([one.journey for one in columns]),
    )
