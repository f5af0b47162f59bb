"""The distinct traces of each side, with their journeys and customers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.analysis.cohorts import rows
from cjmine.analysis.compare.sides import SIDES
from cjmine.conformance.facts import Facts
from cjmine.counting.groups import Ints
from cjmine.eventlog.sequences import Sequences, distinct, narrow, together


@dataclass(frozen=True, slots=True)
class SidedVariants:
    """Traces of activity codes, with journeys and customers by side, and then by trace."""

    traces: Sequences
    journeys: Ints
    customers: Ints

    def __add__(self, other: SidedVariants) -> SidedVariants:
        found = together(self.traces, other.traces)
        many = len(found.sequences)
        both = [one.reshape(SIDES, -1) for one in (self.journeys, self.customers)]
        more = [one.reshape(SIDES, -1) for one in (other.journeys, other.customers)]
        journeys, customers = (
            np.array(
                [np.bincount(found.number, counts, many) for counts in np.hstack(each)], np.int64
            ).ravel()
            for each in zip(both, more, strict=True)
        )
        return SidedVariants(found.sequences, journeys, customers)


def count_sided_variants(facts: Facts, side: Ints, activity: Ints, names: int) -> SidedVariants:
    """The traces within the full time, of the first two sides.

    `activity` gives the code of each activity among all `names` of the log.
    """
    found = facts.comparison.variants
    kept = np.flatnonzero((side >= 0) & (side < SIDES))
    group = side[kept] * len(found) + facts.variant[kept]
    by_trace = rows(group, facts.customer[kept], SIDES * len(found), facts.customers)
    many = by_trace.many
    coded = distinct(narrow(activity[found.codes], names), found.starts)
    counts = (by_trace.by_group(many), by_trace.by_group(many > 0))
    journeys, customers = (
        np.array(
            [
                np.bincount(coded.number, half, len(coded.sequences))
                for half in one.reshape(SIDES, -1)
            ],
            np.int64,
        ).ravel()
        for one in counts
    )
    return SidedVariants(coded.sequences, journeys, customers)
