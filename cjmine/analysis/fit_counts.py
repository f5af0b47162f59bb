"""How well journeys fit the ideal, as counts: their moves, and the ways that they go through it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.analysis.cohorts import (
    Cells,
    Cohorts,
    cohorts_of,
    rows,
    stacked,
    sums,
)
from cjmine.analysis.multisets import Values, values
from cjmine.analysis.squares import Squares
from cjmine.conformance.alignments import Move
from cjmine.conformance.facts import Facts
from cjmine.conformance.precision import Runs, runs_of
from cjmine.counting.groups import Flags, Ints
from cjmine.counting.merging import summed
from cjmine.eventlog.sequences import Sequences, distinct, narrow, together

COST, LOG_MOVES, MODEL_MOVES = range(3)


@dataclass(frozen=True, slots=True)
class FitCounts:
    """The counts of some journeys of a check: of all, or of those that are counted.

    `moves` holds their cost, log moves and model moves, `fitting` those that cost nothing. `fit`
    groups the most that a journey could cost by what it costs. `runs` with `run_journeys` are the
    ways through the ideal. `most_journeys` are those of one customer; `events` are compared.
    `squares` has, by customer, the most that all journeys could cost and what they cost;
    `most_worst` is the first of these for one customer.
    """

    journeys: int
    customers: int
    most_journeys: int
    events: int
    moves: Cells
    fit: Values
    squares: Squares
    most_worst: int
    fitting: Cohorts
    runs: Sequences
    run_journeys: Ints

    def __add__(self, other: FitCounts) -> FitCounts:
        ways = together(self.runs, other.runs)
        journeys = np.concatenate([self.run_journeys, other.run_journeys])
        return summed(
            self,
            other,
            most_journeys=max(self.most_journeys, other.most_journeys),
            most_worst=max(self.most_worst, other.most_worst),
            runs=ways.sequences,
            run_journeys=np.bincount(ways.number, journeys, len(ways.sequences)).astype(np.int64),
        )

    @property
    def is_led(self) -> bool:
        """Whether one customer weighs more in the interval of fitness than all others."""
        return 2 * self.most_worst**2 > self.squares.among


def count_whole(facts: Facts) -> FitCounts:
    """All journeys with all their events."""
    return _count(facts, np.arange(len(facts)), facts.comparison.of_whole.astype(np.int64))


def count_counted(facts: Facts) -> FitCounts:
    """The counted journeys within their full time."""
    counted = np.flatnonzero(facts.is_counted)
    return _count(facts, counted, facts.variant[counted])


def _count(facts: Facts, journey: Ints, variant: Ints) -> FitCounts:
    comparison, people = facts.comparison, facts.customers
    found, moves, space = comparison.variants, comparison.moves, comparison.ideal.space
    customer = facts.customer[journey]
    times = np.bincount(variant, minlength=len(found))
    each = (moves.cost, moves.count(Move.LOG), moves.count(Move.MODEL))
    seen = np.flatnonzero(times)
    runs = runs_of(comparison, seen)
    ways = distinct(narrow(runs.move, len(space.labels) * space.states), runs.starts)
    of_customer = np.bincount(customer, minlength=people)
    costs, worst = (
        np.bincount(customer, one[variant], people).astype(np.int64)
        for one in (moves.cost, found.lengths + space.shortest)
    )
    return FitCounts(
        journeys=len(journey),
        customers=int(np.count_nonzero(of_customer)),
        most_journeys=int(of_customer.max(initial=0)),
        events=int(found.lengths @ times),
        moves=stacked([sums(one[variant], customer, people) for one in each]),
        fit=values(moves.cost[seen], found.lengths[seen] + space.shortest, times[seen]),
        squares=Squares(int(worst @ worst), int(worst @ costs), int(costs @ costs)),
        most_worst=int(worst.max(initial=0)),
        fitting=_fitting(customer, moves.cost[variant] == 0, people),
        runs=ways.sequences,
        run_journeys=np.bincount(ways.number, times[seen], len(ways.sequences)).astype(np.int64),
    )


def count_fitting(facts: Facts) -> Cohorts:
    """The counted journeys, and those of them that fit within their full time."""
    counted = np.flatnonzero(facts.is_counted)
    fits = facts.comparison.moves.cost[facts.variant[counted]] == 0
    return _fitting(facts.customer[counted], fits, facts.customers)


def _fitting(customer: Ints, fits: Flags, people: int) -> Cohorts:
    return cohorts_of(rows(np.zeros(len(customer), np.int64), customer, 1, people), fits)


def runs_in(counts: FitCounts) -> Runs:
    """The ways through the ideal as `precision` takes them."""
    return Runs(counts.runs.codes.astype(np.int64), counts.runs.starts, counts.run_journeys)
