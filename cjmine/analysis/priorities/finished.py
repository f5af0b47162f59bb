"""From the counts of `priorities` to its items: each still knows the customers behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from cjmine.analysis.differences import Difference
from cjmine.analysis.influences import Influences
from cjmine.analysis.intervals import sampled, share, share_of
from cjmine.analysis.like.counts import ALONE, WITH, WITHOUT, ItemStrata, SwayedCounts
from cjmine.analysis.like.items import Item, Items, items_of
from cjmine.analysis.like.kinds import CONTACTS_BEFORE, AskLike
from cjmine.analysis.like.trials import Family, Landmarks
from cjmine.analysis.looks import LEAST_JOURNEYS, LEAST_OUTCOMES
from cjmine.analysis.priorities.contacts import KINDS
from cjmine.analysis.priorities.counts import GOALS, FirstCounts
from cjmine.analysis.squares import Squares
from cjmine.analysis.strata import Mix, Standardised, standard_difference, standardised
from cjmine.ideal.compiled import CompiledIdeal
from cjmine.ideal.deviations import DeviationClass
from cjmine.results.contact import ContactType
from cjmine.results.figures import Counted, Sampled
from cjmine.results.share import Share

LEAST_SUPPORT = 0.7  # of the journeys with an item: so many need comparable ones without it


@dataclass(frozen=True, slots=True)
class FoundItem:
    """An item before anything is withheld: a deviation, or a kind of contact.

    `at` is the step of the landmark at which most journeys have it, None at the begin. `goal` is
    the share of its journeys that reach the goal, `others` that of all other journeys, whose
    interval takes journeys as independent: a bare comparison.
    """

    number: int
    item: Item | ContactType
    at: str | None
    journeys: Counted
    goal: Share
    others: Share
    held: ItemStrata

    @property
    def is_ceiling(self) -> bool:
        """Whether it is a loss: journeys that leave have no goal, so only a ceiling is known."""
        return isinstance(self.item, Item) and self.item.of_class is DeviationClass.ABANDONED

    @property
    def at_one_mix(self) -> Standardised | None:
        """Both sides at the mix of those with the item; None without comparables."""
        return standardised(self.held.strata, Mix.SECOND)

    @property
    def support(self) -> float:
        """The share of its journeys that have comparable journeys without it."""
        found = self.at_one_mix
        return found.second_journeys / max(int(self.journeys), 1) if found else 0.0

    @property
    def is_enough(self) -> bool:
        """Whether like journeys can say anything: 7 of 10 have any, and both sides are enough.

        That is 30 journeys a side, and 10 of the rarer outcome over both sides together.
        """
        both, strata = self.held.strata.supported, self.held.strata
        columns = (strata.second_n, strata.second_of, strata.n, strata.of)
        n, of, other_n, other_of = (int(one[both].sum()) for one in columns)
        if self.support < LEAST_SUPPORT or self.journeys < LEAST_JOURNEYS:
            return False
        rarer = min(n + other_n, of - n + other_of - other_n)
        return other_of >= LEAST_JOURNEYS and rarer >= LEAST_OUTCOMES


def found_items(counts: FirstCounts, ideal: CompiledIdeal, asked: AskLike) -> tuple[FoundItem, ...]:
    """The items that any counted journey has, in the order of their numbers."""
    items = items_of(ideal, asked.names.activities)
    marks = Landmarks(len(items.steps), len(items.choices))
    return tuple(_items(counts, items, marks, asked.kinds * CONTACTS_BEFORE))


def _items(counts: FirstCounts, items: Items, marks: Landmarks, width: int) -> Iterator[FoundItem]:
    for number in np.flatnonzero(counts.items.having).tolist():
        held = counts.like.strata(number)
        yield FoundItem(
            number=number,
            item=items.read(number) if number < len(items) else KINDS[number - len(items)],
            at=_at(held, items, marks, width),
            journeys=counts.items.n(number),
            goal=_goal(counts, number),
            others=_others(counts, number),
            held=held,
        )


def _at(held: ItemStrata, items: Items, marks: Landmarks, width: int) -> str | None:
    """The step of the landmark at which most journeys have an item."""
    landmark = held.stratum // width
    if not len(landmark):
        return None
    many: dict[int, int] = {}
    for one, of in zip(landmark.tolist(), held.strata.second_of.tolist(), strict=True):
        read = marks.read(one)
        step = read.number if read.family is Family.LATER else read.place
        many[step] = many.get(step, 0) + of
    most = min(many, key=lambda step: (-many[step], step))
    return items.steps[most] if most < marks.steps else None


def _goal(counts: FirstCounts, number: int) -> Share:
    """The share of the journeys with an item that reach the goal, by customer."""
    missed, reached = GOALS * number, GOALS * number + 1
    own, by_goal = counts.items, counts.goals
    every, bad, good = (
        int(own.having_squared[number]),
        *(int(by_goal.having_squared[one]) for one in (missed, reached)),
    )
    both = (every - bad - good) // 2  # of a customer's journeys that miss and that reach it
    n, of = int(by_goal.having[reached]), int(own.having[number])
    people = (int(by_goal.customers_having[one]) for one in (missed, reached))
    without, having = people
    sizes = Squares(every, good + both, good)
    customers, most = int(own.customers_having[number]), int(own.largest[number])
    return share_of(
        Counted(n, having, without),
        sampled(n, of, customers, min(having, without), sizes, most),
    )


def _others(counts: FirstCounts, number: int) -> Share:
    """The share of all other journeys that reach the goal."""
    by_goal, own = counts.goals, counts.items
    missed, reached = (
        Counted(int(by_goal.among[one] - by_goal.having[one]), int(by_goal.customers_rest[one]))
        for one in (GOALS * number, GOALS * number + 1)
    )
    found = share(int(reached), int(missed) + int(reached))
    n = Counted(int(reached), reached.customers, missed.customers)
    people = int(own.customers_rest[number])
    of = Sampled(int(missed) + int(reached), people, 1.0, 1.0, False)
    return Share(found.value, found.low, found.high, n, of)


@dataclass(frozen=True, slots=True)
class Compared:
    """What like journeys say of an item: the difference, with it minus without it.

    `sides` are the journeys in strata with both sides: without it, with it; and those with it that
    have no comparables.
    """

    effect: Difference
    at_one_mix: Standardised
    sides: tuple[Counted, Counted, Counted]


def compared(one: FoundItem, place: int, counts: SwayedCounts) -> Compared | None:
    """What like journeys say of the item at a place of the question; None where they cannot."""
    swayed: Influences = counts.swayed[place]
    effect = standard_difference(one.held.strata, Mix.SECOND, swayed)
    at_one_mix = one.at_one_mix
    if effect is None or at_one_mix is None or swayed.customers < 2:
        return None
    cell = 3 * place
    without, having, alone = (counts.sides.counted(cell + side) for side in (WITHOUT, WITH, ALONE))
    return Compared(effect, at_one_mix, (without, having, alone))
