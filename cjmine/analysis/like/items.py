"""What journeys are compared by: each deviation as one number, and who has it at all.

An item is a class and a step, choice or touchpoint, as `check` lists it. Items are numbered as the
counts of a check are: those that moves show, by class and then by step and choice; touchpoints;
those on matched steps, by class and step.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.analysis.deviation_counts import (
    OF_MATCHES,
    OF_MOVES,
    by_matches,
    by_moves,
    by_touchpoint,
)
from cjmine.conformance.facts import Facts
from cjmine.counting.groups import Ints
from cjmine.ideal.compiled import CompiledIdeal
from cjmine.ideal.deviations import DeviationClass


@dataclass(frozen=True, slots=True)
class Item:
    """A deviation: its class, and the step, choice or touchpoint that it is about."""

    of_class: DeviationClass
    name: str


@dataclass(frozen=True, slots=True)
class Items:
    """The numbers of items beside an ideal; `activities` are those of the whole log, in order."""

    steps: tuple[str, ...]
    choices: tuple[str, ...]
    activities: tuple[str, ...]

    @property
    def places(self) -> tuple[str, ...]:
        """The steps, then the choices."""
        return (*self.steps, *self.choices)

    @property
    def first_touchpoint(self) -> int:
        """The number of the first item about a touchpoint."""
        return len(OF_MOVES) * len(self.places)

    @property
    def first_match(self) -> int:
        """The number of the first item on a matched step."""
        return self.first_touchpoint + len(self.activities)

    def __len__(self) -> int:
        return self.first_match + len(OF_MATCHES) * len(self.steps)

    def begin(self, of_class: DeviationClass) -> int:
        """The number of the first item of a class; the others follow in the order of names."""
        if of_class in OF_MOVES:
            return OF_MOVES.index(of_class) * len(self.places)
        if of_class in OF_MATCHES:
            return self.first_match + OF_MATCHES.index(of_class) * len(self.steps)
        return self.first_touchpoint

    def read(self, number: int) -> Item:
        """The item that a number is.

        >>> items = Items(("Search", "Pay"), (), ("Help", "Pay", "Search"))
        >>> items.read(items.begin(DeviationClass.LATE) + 1)
        Item(of_class=<DeviationClass.LATE: 'late'>, name='Pay')
        """
        if number < self.first_touchpoint:
            which, name = divmod(number, len(self.places))
            return Item(OF_MOVES[which], self.places[name])
        if number < self.first_match:
            name = number - self.first_touchpoint
            return Item(DeviationClass.UNEXPECTED, self.activities[name])
        which, name = divmod(number - self.first_match, len(self.steps))
        return Item(OF_MATCHES[which], self.steps[name])


def items_of(ideal: CompiledIdeal, activities: tuple[str, ...]) -> Items:
    """The items beside an ideal journey."""
    return Items(tuple(ideal.space.labels), ideal.choices.names, activities)


def having_items(facts: Facts, items: Items) -> tuple[Ints, Ints]:
    """Item and journey of each counted journey that has one, exactly as `check` counts them.

    Rows of one item are in the order of journeys.
    """
    moved, moving, _, _ = by_moves(facts, len(items.places))
    touchpoint, holder, _ = by_touchpoint(facts, items.activities)
    matched, could, times = by_matches(facts)
    deviates = times > 0
    return (
        np.concatenate(
            [moved, items.first_touchpoint + touchpoint, items.first_match + matched[deviates]]
        ),
        np.concatenate([moving, holder, could[deviates]]),
    )
