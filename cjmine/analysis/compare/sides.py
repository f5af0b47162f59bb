"""The two sides of a comparison: on which one each journey of a part is, or why on none."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from cjmine.analysis.compared_part import Part
from cjmine.conformance.facts import Facts
from cjmine.counting.groups import Flags, Ints
from cjmine.eventlog.chosen import NONE, first_values, having_value
from cjmine.eventlog.where import Where

SIDES = 2


class Place(IntEnum):
    """Where a journey is; the control sides follow those that are compared."""

    FIRST = 0
    SECOND = 1
    CONTROL_FIRST = 2
    CONTROL_SECOND = 3
    ELSEWHERE = 4
    STRADDLES = 5
    BOTH = 6
    OTHER_SEGMENT = 7


@dataclass(frozen=True, slots=True)
class Window:
    """Journeys that begin from the first moment up to the last, in microseconds since 1970."""

    since: int
    until: int


@dataclass(frozen=True, slots=True)
class Sides:
    """What puts journeys on two sides: two values of a column, or two windows of time.

    `straddles` is the window of journeys that begin before a change and may still see it. With
    `is_exclusive` customers with journeys on both sides are on none. `only` is the one side of all
    journeys of a log that is compared with another log. With a `control`, which is a condition
    on journeys, those of `segment` are compared, and those of the control beside them.
    """

    column: str | None = None
    values: tuple[str, ...] = ()
    windows: tuple[Window, ...] = ()
    straddles: Window | None = None
    is_exclusive: bool = False
    only: int | None = None
    segment: tuple[Where, ...] = ()
    control: Where | None = None

    @property
    def cells(self) -> int:
        """The sides that are counted: two, and with a control two more."""
        return SIDES if self.control is None else 2 * SIDES

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it looks at."""
        wheres = (*self.segment, *([] if self.control is None else [self.control]))
        return (
            *([] if self.column is None else [self.column]),
            *(one.column for one in wheres),
        )


def places(part: Part, facts: Facts, sides: Sides) -> Ints:
    """The place of each journey (`Place`)."""
    place = _sides(part, sides)
    if sides.control is not None:
        place = _beside_control(part, sides, place)
    if sides.is_exclusive:
        on_side = [np.bincount(facts.customer[place == side], minlength=1) for side in range(SIDES)]
        both = np.zeros(facts.customers, bool)
        least = min(map(len, on_side))
        both[:least] = (on_side[0][:least] > 0) & (on_side[1][:least] > 0)
        place[both[facts.customer] & (place < SIDES)] = Place.BOTH
    return place


def _sides(part: Part, sides: Sides) -> Ints:
    journeys = part.journeys
    place = np.full(len(journeys), Place.ELSEWHERE, np.int64)
    if sides.only is not None:
        place[:] = sides.only
    elif sides.column is not None:
        names = part.log.names(sides.column)
        code = {name: number for number, name in enumerate(names)}
        of_journey = first_values(part.log, journeys, sides.column)
        for side, value in enumerate(sides.values):
            place[of_journey == code.get(value, -1 if value == NONE else -2)] = side
    else:
        begin = journeys.time[journeys.starts[:-1]]
        for side, window in enumerate(sides.windows):
            place[_within(begin, window)] = side
        if sides.straddles is not None:
            place[_within(begin, sides.straddles)] = Place.STRADDLES
    return place


def _within(begin: Ints, window: Window) -> Flags:
    found: Flags = (begin >= window.since) & (begin <= window.until)
    return found


def _beside_control(part: Part, sides: Sides, place: Ints) -> Ints:
    """The places with those of the control, and of journeys that are in neither segment."""
    inside = np.ones(len(place), bool)
    for one in sides.segment:
        inside &= having_value(part.log, part.journeys, one)
    assert sides.control is not None
    control = having_value(part.log, part.journeys, sides.control) & ~inside
    place[control & (place < SIDES)] += SIDES
    place[~inside & ~control] = Place.OTHER_SEGMENT
    return place
