"""Journeys at landmarks: from which moment on like journeys are compared, and which has what.

A journey that repeats a step lasted long enough to repeat it; beside journeys that left at once it
looks successful (immortal time: Suissa 2008). Both sides must be known to be still there at the
moment from which they are compared, the landmark (Anderson, Cain and Gelber 1983), and what happens
later may not decide on which side a journey is. A journey comes to several landmarks, and is
compared at each of them, as in a sequence of trials (Hernán and Robins, What If, chapter 21).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property

import numpy as np

from cjmine.analysis.compared_part import Part, facts_of
from cjmine.analysis.like.items import Items, items_of
from cjmine.analysis.like.kinds import CONTACTS_BEFORE, AskLike, Digits, journey_kinds
from cjmine.conformance.facts import Facts
from cjmine.counting.groups import Flags, Ints
from cjmine.eventlog.named_events import first_of, named


class Family(IntEnum):
    """The kinds of landmarks, each with a number of them for each step or choice."""

    AFTER = 0  # so many events after the furthest step, stuck or not
    LATER = 1  # the first later step that matched
    LIMIT = 2  # the moment at which a time limit passes
    MATCH = 3  # the first match of a step
    CHANNEL = 4  # the first, second, later matches of a step
    ATTEMPT = 5  # the first, second, later events of a step
    LOSS = 6  # coming to a step


SINCE = (1, 3, 7)  # events since a step: none, 1 or 2, 3 to 6, more
BUCKETS = len(SINCE) + 1
ATTEMPTS = 3  # the first, the second, later ones


@dataclass(frozen=True, slots=True)
class Landmark:
    """A landmark: its family, the step or choice that it is about, and which of its several.

    After events, `place` is the furthest step, the number of steps at the begin; `number` says how
    many events since, and from `BUCKETS` on that the last attempt failed. At a later step, `number`
    is that step.
    """

    family: Family
    place: int
    number: int


@dataclass(frozen=True, slots=True)
class Landmarks:
    """The numbers of landmarks beside an ideal with so many steps and choices."""

    steps: int
    choices: int

    @property
    def _sizes(self) -> tuple[tuple[int, int], ...]:
        places = self.steps + self.choices
        return (
            *((self.steps + 1, 2 * BUCKETS), (places, self.steps)),
            *((self.steps, 1), (self.steps, 1)),
            *((self.steps, ATTEMPTS), (self.steps, ATTEMPTS), (self.steps, 1)),
        )

    def __len__(self) -> int:
        return sum(places * several for places, several in self._sizes)

    def begin(self, family: Family) -> int:
        """The number of the first landmark of a family."""
        return sum(places * several for places, several in self._sizes[:family])

    def first(self, family: Family, place: int) -> int:
        """The number of the first landmark at a step or choice; its others follow."""
        return self.begin(family) + place * self._sizes[family][1]

    def read(self, number: int) -> Landmark:
        """The landmark that a number is.

        >>> marks = Landmarks(steps=3, choices=1)
        >>> marks.read(marks.first(Family.ATTEMPT, 2) + 1)
        Landmark(family=<Family.ATTEMPT: 5>, place=2, number=1)
        """
        family = max(one for one in Family if self.begin(one) <= number)
        place, several = divmod(number - self.begin(family), self._sizes[family][1])
        return Landmark(family, place, several)


@dataclass(frozen=True, slots=True)
class Held:
    """Which trials are of journeys that have an item: one row a trial and item.

    `is_first`: the item shows first at the landmark; else the journey had it before, and is on
    neither side there.
    """

    trial: Ints
    item: Ints
    is_first: Flags


@dataclass(frozen=True, slots=True)
class Trials:
    """One row for each journey and landmark that it comes to, before its goal and its exits.

    `moment` is that of the landmark (microseconds), `stratum` the kind of the journey there:
    landmark, kind (see `journey_kinds`), contacts before (see `Digits`). Only counted journeys.
    """

    journey: Ints
    moment: Ints
    stratum: Ints
    held: Held
    digits: Digits

    def __len__(self) -> int:
        return len(self.journey)


def trials_beside(many: Iterable[Trials]) -> Trials:
    """Several tables of trials as one."""
    found, begin = list(many), 0
    held = []
    for one in found:
        held.append(Held(one.held.trial + begin, one.held.item, one.held.is_first))
        begin += len(one)
    return Trials(
        np.concatenate([one.journey for one in found]),
        np.concatenate([one.moment for one in found]),
        np.concatenate([one.stratum for one in found]),
        Held(
            np.concatenate([one.trial for one in held]),
            np.concatenate([one.item for one in held]),
            np.concatenate([one.is_first for one in held]),
        ),
        found[0].digits,
    )


@dataclass(frozen=True)
class Surroundings:
    """A part with what its trials are made from; places are those among all events."""

    facts: Facts
    asked: AskLike
    kind: Ints
    items: Items = field(init=False)
    marks: Landmarks = field(init=False)

    def __post_init__(self) -> None:
        """Number items and landmarks."""
        ideal = self.facts.comparison.ideal
        object.__setattr__(self, "items", items_of(ideal, self.asked.names.activities))
        object.__setattr__(
            self, "marks", Landmarks(self.facts.step_count, len(ideal.choices.names))
        )

    @cached_property
    def time(self) -> Ints:
        """The moment of each event."""
        return self.facts.comparison.journeys.time

    @cached_property
    def way(self) -> Ints:
        """The place of each compared event among all."""
        return np.flatnonzero(self.facts.comparison.is_compared)

    @cached_property
    def end(self) -> Ints:
        """The place of the first goal or exit of each journey; behind all events without one."""
        comparison = self.facts.comparison
        declared, journeys = comparison.ideal.journey, comparison.journeys
        ends = named(journeys, (*declared.goal, *declared.exits)) & ~comparison.states.is_after
        place = first_of(journeys, ends)
        return np.where(place < 0, len(journeys.time), place)

    @cached_property
    def _contacts(self) -> Ints:
        """How many events before each are contact, and before the end of all."""
        journeys = self.facts.comparison.journeys
        flags = self.asked.contacts.flags(journeys) & ~journeys.is_survey
        return np.append(0, np.cumsum(flags))

    def trials(
        self, landmark: Ints, journey: Ints, place: Ints, held: Held, moment: Ints | None = None
    ) -> Trials:
        """Trials at events; what was before the event at `place` is known of the journey.

        The moment is that of the event, where none is given.
        """
        begin = self.facts.comparison.journeys.starts[journey]
        before = np.minimum(self._contacts[place] - self._contacts[begin], CONTACTS_BEFORE - 1)
        stratum = (landmark * self.asked.kinds + self.kind[journey]) * CONTACTS_BEFORE + before
        when = self.time[place] if moment is None else moment
        return Trials(journey, when, stratum, held, self.asked.digits)

    def landmark_of(self, stratum: Ints) -> Ints:
        """The landmark of each stratum."""
        return stratum // (self.asked.kinds * CONTACTS_BEFORE)


def surroundings(part: Part, asked: AskLike) -> Surroundings:
    """What is known of the journeys of a part."""
    return Surroundings(facts_of(part, asked.moments), asked, journey_kinds(part, asked))
