"""What a comparison counts of each part of a log: every measure, on both sides at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.analysis.cohorts import Among, Cells, Cohorts, Rows, among, cells, cohorts, rows
from cjmine.analysis.compare.fit import SidedFit, count_fit
from cjmine.analysis.compare.measures import AskCompare, Measured, measured
from cjmine.analysis.compare.sides import SIDES, Place, places
from cjmine.analysis.compare.times import SidedTimes, count_times
from cjmine.analysis.compare.variants import SidedVariants, count_sided_variants
from cjmine.analysis.compare.weeks import count_weeks
from cjmine.analysis.compared_part import Part, facts_of
from cjmine.analysis.crossed import CrossedCohorts, crossed_among
from cjmine.analysis.deviation_counts import codes_in
from cjmine.analysis.overview import Overview, count_overview
from cjmine.conformance.facts import Facts
from cjmine.conformance.states import State
from cjmine.counting.groups import Flags, Ints
from cjmine.counting.merging import summed

LEFT_OUT = (Place.ELSEWHERE, Place.STRADDLES, Place.BOTH, Place.OTHER_SEGMENT)


@dataclass(frozen=True, slots=True)
class CompareCounts:
    """The counts of a comparison; those of `measures` are by side, then by measure.

    `crossed` is about the customers that both sides hold. `left` has the journeys on no side by
    `LEFT_OUT`, then the open and the truncated ones; `arms` all customers of each side.
    """

    overview: Overview
    measures: Cohorts
    crossed: CrossedCohorts
    fit: SidedFit
    times: SidedTimes
    weeks: Cohorts
    variants: SidedVariants
    left: Cells
    arms: Cells

    def __add__(self, other: CompareCounts) -> CompareCounts:
        return summed(self, other)


def count_compare(part: Part, asked: AskCompare) -> CompareCounts:
    """The counts of a part."""
    facts = facts_of(part, asked.moments)
    names = asked.activities
    place = places(part, facts, asked.sides)
    side = np.where((place < asked.sides.cells) & facts.is_counted, place, -1)
    own = codes_in(names, facts.comparison.journeys.activities)
    measures, crossed = _counted(facts, side, asked.sides.cells, measured(part, facts, asked))
    return CompareCounts(
        overview=count_overview(part, facts, asked.moments, names),
        measures=measures,
        crossed=crossed,
        fit=count_fit(facts, side),
        times=count_times(facts, side),
        weeks=count_weeks(facts, side, asked.sides),
        variants=count_sided_variants(facts, side, own, len(names)),
        left=_left(facts, place),
        arms=cells(_some(facts, place, np.flatnonzero(place < SIDES), SIDES)),
    )


def _counted(
    facts: Facts, side: Ints, sides: int, found: Measured
) -> tuple[Cohorts, CrossedCohorts]:
    layout, base, has = found.layout, found.could, found.has
    people, denominator = facts.customers, layout.denominator
    on = side[base.journey] >= 0
    at = base.journey[on]
    could: Among = among(
        side[at] * layout.denominators + base.number[on],
        facts.customer[at],
        sides * layout.denominators,
        people,
    )
    kept = side[has.journey] >= 0
    owner, inside = has.journey[kept], found.is_inside[kept]
    group = side[owner] * layout.rows + has.number[kept]
    having = rows(group, facts.customer[owner], sides * layout.rows, people)
    of_sides = (np.arange(sides) * layout.denominators)[:, None] + denominator
    counts = cohorts(could, of_sides.ravel(), having, None, inside)
    first = Among(could.journeys[: SIDES * layout.denominators])
    return counts, _crossed(first, denominator, group, facts.customer[owner], inside)


def _crossed(
    base: Among, denominator: Ints, group: Ints, customer: Ints, is_inside: Flags
) -> CrossedCohorts:
    """Of the first two sides alone."""
    most = SIDES * len(denominator)
    kept = group < most
    having = rows(group[kept], customer[kept], most, base.journeys.shape[1])
    return crossed_among(base, denominator, having, is_inside[kept])


def _left(facts: Facts, place: Ints) -> Cells:
    """The journeys on no side, then those on a side that are open, and that are truncated."""
    group = np.full(len(place), -1)
    for number, one in enumerate(LEFT_OUT):
        group[place == one] = number
    on_side = place < Place.ELSEWHERE
    group[on_side & (facts.state == State.OPEN)] = len(LEFT_OUT)
    group[on_side & (facts.state == State.TRUNCATED)] = len(LEFT_OUT) + 1
    return cells(_some(facts, group, np.flatnonzero(group >= 0), len(LEFT_OUT) + 2))


def _some(facts: Facts, group: Ints, journey: Ints, groups: int) -> Rows:
    return rows(group[journey], facts.customer[journey], groups, facts.customers)
