"""How well journeys fit as a whole, and which ways through the journey most of them take."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.analysis.deviation_counts import codes_in
from cjmine.conformance.facts import Facts
from cjmine.counting.groups import Ints
from cjmine.counting.merging import summed
from cjmine.eventlog.sequences import Sequences, narrow, together


@dataclass(frozen=True, slots=True)
class Ways:
    """The distinct traces of counted journeys, with the journeys and the customers of each.

    `cost` is what all of them cost, `worst` the most that they could cost.
    """

    traces: Sequences
    journeys: Ints
    customers: Ints
    cost: int
    worst: int

    @property
    def fitness(self) -> float:
        """1 - cost / worst; 1 without journeys."""
        return 1 - self.cost / self.worst if self.worst else 1.0

    def __add__(self, other: Ways) -> Ways:
        found = together(self.traces, other.traces)

        def added(mine: Ints, theirs: Ints) -> Ints:
            weight = np.concatenate([mine, theirs])
            return np.bincount(found.number, weight, len(found.sequences)).astype(np.int64)

        return summed(
            self,
            other,
            traces=found.sequences,
            journeys=added(self.journeys, other.journeys),
            customers=added(self.customers, other.customers),
        )


def count_ways(facts: Facts, activities: tuple[str, ...]) -> Ways:
    """The ways of a part; `activities` are those of the whole log, in order."""
    comparison, found = facts.comparison, facts.comparison.variants
    counted = np.flatnonzero(facts.is_counted)
    variant = facts.variant[counted]
    times = np.bincount(variant, minlength=len(found))
    seen = np.flatnonzero(times)
    # A customer's journeys are side by side: of one trace, each customer is counted once.
    order = np.argsort(variant, kind="stable")
    trace, owner = variant[order], facts.customer[counted][order]
    fresh = np.ones(len(order), bool)
    fresh[1:] = (trace[1:] != trace[:-1]) | (owner[1:] != owner[:-1])
    people = np.bincount(trace[fresh], minlength=len(found))
    lengths = found.lengths[seen]
    starts = np.append(0, np.cumsum(lengths))
    event = np.arange(starts[-1]) + np.repeat(found.starts[seen] - starts[:-1], lengths)
    code = codes_in(activities, found.activities)[found.codes[event]]
    worst = found.lengths + comparison.ideal.space.shortest
    return Ways(
        Sequences(narrow(code, len(activities)), starts),
        times[seen],
        people[seen],
        int(comparison.moves.cost @ times),
        int(worst @ times),
    )
