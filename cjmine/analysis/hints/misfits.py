"""The counted journeys that do not fit the ideal: their distinct traces, and who has them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.analysis.deviation_counts import codes_in
from cjmine.conformance.facts import Facts
from cjmine.counting.groups import Flags, Ints
from cjmine.counting.merging import summed
from cjmine.eventlog.sequences import Sequences, narrow, together


@dataclass(frozen=True, slots=True)
class Misfits:
    """One row a journey: its trace, a place in `traces`, and its customer, a number from 0.

    Codes of traces are places among the activities of the whole log. `customers` are all of the
    part, with journeys that fit too, so that numbers of parts do not meet.
    """

    traces: Sequences
    trace: Ints
    customer: Ints
    customers: int

    def __add__(self, other: Misfits) -> Misfits:
        found = together(self.traces, other.traces)
        mine = len(self.traces)
        numbers = found.number.astype(np.int64)
        return summed(
            self,
            other,
            traces=found.sequences,
            trace=np.concatenate([numbers[:mine][self.trace], numbers[mine:][other.trace]]),
            customer=np.concatenate([self.customer, other.customer + self.customers]),
        )

    @property
    def journeys(self) -> Ints:
        """The journeys of each trace."""
        return np.bincount(self.trace, minlength=len(self.traces))

    def people(self, some: Flags) -> int:
        """The distinct customers with a journey of some traces."""
        rows = self.customer[some[self.trace]]
        return int(np.count_nonzero(np.bincount(rows, minlength=self.customers)))


def count_misfits(facts: Facts, activities: tuple[str, ...]) -> Misfits:
    """The journeys of a part that do not fit; `activities` are those of the whole log, in order."""
    comparison = facts.comparison
    found = comparison.variants
    misfit = comparison.moves.cost > 0
    journey = np.flatnonzero(facts.is_counted & misfit[facts.variant])
    times = np.bincount(facts.variant[journey], minlength=len(found))
    chosen = np.flatnonzero(times)
    lengths = found.lengths[chosen]
    starts = np.append(0, np.cumsum(lengths))
    event = np.arange(starts[-1]) + np.repeat(found.starts[chosen] - starts[:-1], lengths)
    code = codes_in(activities, found.activities)[found.codes[event]]
    place = np.zeros(len(found), np.int64)
    place[chosen] = np.arange(len(chosen))
    trace = place[facts.variant[journey]]
    traces = Sequences(narrow(code, len(activities)), starts)
    return Misfits(traces, trace, facts.customer[journey], facts.customers)
