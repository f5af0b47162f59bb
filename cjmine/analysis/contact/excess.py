"""From the trials of each type to what like journeys would have had, and what is excess."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from cjmine.analysis.contact.expected import (
    CAUSED,
    ExpectedCounts,
    SwayedTypes,
    TypeItems,
    items_of_type,
)
from cjmine.analysis.influences import Influences
from cjmine.analysis.intervals import Z95
from cjmine.analysis.like.counts import WITH, WITHOUT, ItemStrata, LikeCounts
from cjmine.analysis.like.items import Items
from cjmine.analysis.looks import LEAST_JOURNEYS, LEAST_OUTCOMES
from cjmine.analysis.strata import Mix, standard_difference, standardised
from cjmine.results.figures import Counted

LEAST_SUPPORT = 0.7  # of the journeys with a cause: so many need comparable ones without it


@dataclass(frozen=True, slots=True)
class FoundExcess:
    """What like journeys say of the contacts of a type: all figures are about comparable journeys.

    `expected` contacts would have come anyway, `value` are excess, with their interval; `sides` are
    the journeys without the cause and with it, of every item.
    """

    expected: float
    value: float
    low: float
    high: float
    sides: tuple[Counted, ...]


def type_items(counts: ExpectedCounts, items: Items, friction: tuple[str, ...]) -> TypeItems:
    """The items of each type that like journeys can speak of: enough on both sides."""
    return TypeItems(
        *(
            tuple(
                held
                for item in sorted(items_of_type(items, kind, friction))
                if _is_enough(held := counts.of(kind).strata(item), counts.of(kind), item)
            )
            for kind in CAUSED
        )
    )


def _is_enough(held: ItemStrata, counts: LikeCounts, item: int) -> bool:
    """Whether 7 of 10 journeys have comparable ones, with 30 a side and 10 contacts in all."""
    both = held.strata.supported
    columns = (held.strata.second_n, held.strata.second_of, held.strata.n, held.strata.of)
    n, of, other_n, other_of = (int(one[both].sum()) for one in columns)
    affected = int(counts.affected.of_item(item).of.sum())
    enough = min(of, other_of) >= LEAST_JOURNEYS and n + other_n >= LEAST_OUTCOMES
    return enough and of >= LEAST_SUPPORT * affected


def excess_of(kind: int, items: TypeItems, swayed: SwayedTypes) -> FoundExcess | None:
    """What is expected and excess of a type; None where no item of it can be compared.

    The items of a type (steps) are taken as independent of each other.
    """
    expected = value = variance = 0.0
    sides: list[Counted] = []
    counts = swayed.of(kind)
    for place, held in enumerate(items.of(kind)):
        one: Influences = counts.swayed[place]
        effect = standard_difference(held.strata, Mix.SECOND, one)
        mix = standardised(held.strata, Mix.SECOND)
        if effect is None or mix is None or one.customers < 2:
            continue
        expected += mix.first * mix.second_journeys
        value += effect.value * mix.second_journeys
        variance += ((effect.high - effect.value) * mix.second_journeys / Z95) ** 2
        sides += [counts.sides.counted(3 * place + side) for side in (WITHOUT, WITH)]
    if not sides:
        return None
    margin = Z95 * sqrt(variance)
    return FoundExcess(expected, value, value - margin, value + margin, tuple(sides))
