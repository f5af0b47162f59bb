"""In how many journeys a step is left out or a touchpoint extra, by how sure that is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.analysis.cohorts import Cohorts, cohorts, rows
from cjmine.analysis.deviation_counts import Few, codes_in, everybody
from cjmine.conformance.attributions import Sureness
from cjmine.conformance.facts import Facts
from cjmine.counting.groups import Ints
from cjmine.counting.merging import summed


@dataclass(frozen=True, slots=True)
class RangeCounts:
    """The ranges of the counted journeys.

    Groups are the steps of the ideal, which may be left out, and then the activities of the log,
    which may be extra. `only_possible`, `only_shown` and `uncertain` are the customers with a
    journey in which it is possible and not shown, shown and not certain, possible and not certain.
    `few` has the journeys of small groups; its `times` are how sure they are.
    """

    journeys: int
    customers: int
    possible: Cohorts
    shown: Cohorts
    certain: Cohorts
    only_possible: Ints
    only_shown: Ints
    uncertain: Ints
    few: Few

    def __add__(self, other: RangeCounts) -> RangeCounts:
        return summed(self, other, few=self.few.beside(other.few, self.customers, self.journeys))


def count_ranges(facts: Facts, activities: tuple[str, ...], min_group: int) -> RangeCounts:
    """Count ranges; `activities` are those of the whole log, in the order of the counts."""
    found, base = facts.attributions, everybody(facts)
    steps, people = facts.step_count, facts.customers
    groups = steps + len(activities)
    own = codes_in(activities, facts.comparison.journeys.activities)
    group = np.concatenate([np.arange(steps), steps + own])[found.name]
    customer = facts.customer[found.journey]
    everyone = np.zeros(groups, np.int64)
    possible, shown, certain = (
        cohorts(base, everyone, rows(group[having], customer[having], groups, people))
        for having in (found.sureness >= least for least in Sureness)
    )
    whole = rows(group, customer, groups, people)

    def customers(least: Sureness, most: Sureness) -> Ints:
        inside = (found.sureness >= least) & (found.sureness <= most)
        return whole.by_group(whole.sums(inside) > 0)

    at = np.flatnonzero((possible.customers_having < min_group)[group])
    of_customer = base.journeys[0]
    return RangeCounts(
        journeys=len(facts),
        customers=people,
        possible=possible,
        shown=shown,
        certain=certain,
        only_possible=customers(Sureness.POSSIBLE, Sureness.POSSIBLE),
        only_shown=customers(Sureness.SHOWN, Sureness.SHOWN),
        uncertain=customers(Sureness.POSSIBLE, Sureness.SHOWN),
        few=Few(
            group[at],
            customer[at],
            found.journey[at],
            found.sureness[at].astype(np.int64),
            of_customer[customer[at]],
        ),
    )
