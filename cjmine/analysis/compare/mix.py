"""The goal of both sides at one mix of journeys: by month, first channel and declared columns.

One side may do better because its journeys are of another kind. Journeys of one kind are a
stratum; both sides are weighed to the mix of strata that they have together.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.analysis.cohorts import Cells, cells, rows
from cjmine.analysis.compare.sides import SIDES, Sides, places
from cjmine.analysis.compared_part import Moments, Part, facts_of
from cjmine.analysis.deviation_counts import codes_in
from cjmine.analysis.influences import Influences
from cjmine.analysis.strata import Mix, Strata, count_strata, strata_influences
from cjmine.conformance.facts import Facts
from cjmine.conformance.states import State
from cjmine.counting.groups import Ints
from cjmine.counting.merging import summed
from cjmine.eventlog.chosen import first_values


@dataclass(frozen=True, slots=True)
class Kinds:
    """A column whose first value tells journeys apart, with its values in the whole log."""

    column: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AskMix:
    """The question: what tells journeys apart. `months` are the moments at which months begin."""

    moments: Moments
    sides: Sides
    months: Ints
    kinds: tuple[Kinds, ...]

    @property
    def strata(self) -> int:
        """How many kinds of journeys there could be; those without a value are one of each."""
        found = len(self.months) + 1
        for one in self.kinds:
            found *= len(one.values) + 1
        return found


@dataclass(frozen=True, slots=True)
class AskMixAgain:
    """The second question: the strata over the whole log."""

    asked: AskMix
    whole: Strata


@dataclass(frozen=True, slots=True)
class MixCounts:
    """How customers sway the difference, and the journeys of each side that have comparables."""

    swayed: Influences
    supported: Cells

    def __add__(self, other: MixCounts) -> MixCounts:
        return summed(self, other)


@dataclass(frozen=True, slots=True)
class _Journeys:
    """The counted journeys of both sides."""

    journey: Ints
    side: Ints
    stratum: Ints


def count_mix(part: Part, asked: AskMix) -> Strata:
    """Who reaches the goal by stratum and side."""
    facts = facts_of(part, asked.moments)
    found = _journeys(part, facts, asked)
    has = facts.state[found.journey] == State.COMPLETED
    return count_strata(found.stratum, found.side == 1, has, asked.strata)


def count_mix_again(part: Part, again: AskMixAgain) -> MixCounts:
    """The influences of the customers of a part."""
    facts = facts_of(part, again.asked.moments)
    found = _journeys(part, facts, again.asked)
    customer = facts.customer[found.journey]
    has = facts.state[found.journey] == State.COMPLETED
    swayed = strata_influences(
        again.whole, Mix.POOLED, found.stratum, found.side == 1, has, customer
    )
    inside = again.whole.supported[found.stratum]
    by_side = rows(found.side[inside], customer[inside], SIDES, facts.customers)
    return MixCounts(swayed, cells(by_side))


def _journeys(part: Part, facts: Facts, asked: AskMix) -> _Journeys:
    place = places(part, facts, asked.sides)
    journey = np.flatnonzero((place < SIDES) & facts.is_counted)
    stratum = kinds_of(part, asked.months, asked.kinds)
    return _Journeys(journey, place[journey], stratum[journey])


def kinds_of(part: Part, months: Ints, kinds: tuple[Kinds, ...]) -> Ints:
    """The kind of each journey of a part: its month of begin, and its first value of each column.

    `months` are the moments at which months begin.
    """
    journeys = part.journeys
    found = np.searchsorted(months, journeys.time[journeys.starts[:-1]], "right")
    for one in kinds:
        own = codes_in(one.values, part.log.names(one.column))
        value = first_values(part.log, journeys, one.column)
        # The last entry is that of journeys without a value, whose code is -1.
        found = found * (len(one.values) + 1) + np.append(own, len(one.values))[value]
    return found
