"""How well the journeys of each side fit: what they cost, and the most that they could, summed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.analysis.crossed import Crossed
from cjmine.analysis.squares import Squares
from cjmine.conformance.facts import Facts
from cjmine.counting.groups import Ints
from cjmine.counting.merging import summed


@dataclass(frozen=True, slots=True)
class FitOfSide:
    """Of counted journeys `cost` and `worst`, what they cost and the most that they could.

    `customers_costing` have a cost; `largest` and `most_worst` are what one customer adds most.
    """

    journeys: int
    customers: int
    cost: int
    customers_costing: int
    largest: int
    worst: int
    most_worst: int
    squares: Squares

    def __add__(self, other: FitOfSide) -> FitOfSide:
        return summed(
            self,
            other,
            largest=max(self.largest, other.largest),
            most_worst=max(self.most_worst, other.most_worst),
        )


@dataclass(frozen=True, slots=True)
class SidedFit:
    """Both sides, and the sums of products over customers of both, in the order of `Crossed`."""

    first: FitOfSide
    second: FitOfSide
    crossed: Ints

    @property
    def of_both(self) -> Crossed:
        """The sums that the correlation of both sides needs."""
        return Crossed(*self.crossed.tolist())

    def __add__(self, other: SidedFit) -> SidedFit:
        return summed(self, other)


def count_fit(facts: Facts, side: Ints) -> SidedFit:
    """The sums of the first two sides; `side` is -1 for journeys that are not counted."""
    one, other = (_by_customer(facts, np.flatnonzero(side == number)) for number in range(2))
    return _sided(one, other)


def count_both(facts: Facts, other: Facts) -> SidedFit:
    """The sums of the counted journeys beside one ideal, and of the same beside another."""
    counted = np.flatnonzero(facts.is_counted)
    return _sided(_by_customer(facts, counted), _by_customer(other, counted))


def _sided(one: _ByCustomer, other: _ByCustomer) -> SidedFit:
    products = [x @ y for x in (one.worst, one.cost) for y in (other.worst, other.cost)]
    return SidedFit(_of_side(one), _of_side(other), np.array(products, np.int64))


@dataclass(frozen=True, slots=True)
class _ByCustomer:
    journeys: Ints
    cost: Ints
    worst: Ints


def _by_customer(facts: Facts, journey: Ints) -> _ByCustomer:
    found, customer = facts.comparison, facts.customer[journey]
    worst = found.variants.lengths + found.ideal.space.shortest

    def summed_up(each: Ints) -> Ints:
        of_journey = each[facts.variant[journey]]
        return np.bincount(customer, of_journey, facts.customers).astype(np.int64)

    journeys = np.bincount(customer, minlength=facts.customers)
    return _ByCustomer(journeys, summed_up(found.moves.cost), summed_up(worst))


def _of_side(each: _ByCustomer) -> FitOfSide:
    journeys, cost, worst = each.journeys, each.cost, each.worst
    return FitOfSide(
        journeys=int(journeys.sum()),
        customers=int(np.count_nonzero(journeys)),
        cost=int(cost.sum()),
        customers_costing=int(np.count_nonzero(cost)),
        largest=int(cost.max(initial=0)),
        worst=int(worst.sum()),
        most_worst=int(worst.max(initial=0)),
        squares=Squares(int(worst @ worst), int(worst @ cost), int(cost @ cost)),
    )
