"""What a comparison counts of each part of a log: every measure, on both sides at once.

Measures are numbered in one way for both sides, so that a table more is a row more.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.analysis.cohorts import Among, Cells, Cohorts, Rows, among, cells, cohorts, rows
from cjmine.analysis.compare_sides import SIDES, Place, Sides, places
from cjmine.analysis.compare_times import SidedTimes, count_times
from cjmine.analysis.compare_variants import SidedVariants, count_sided_variants
from cjmine.analysis.compared_part import Moments, Part, facts_of
from cjmine.analysis.contacts import Contacts, has_contact
from cjmine.analysis.crossed import CrossedCohorts, crossed_among
from cjmine.analysis.deviation_counts import (
    OF_MATCHES,
    OF_MOVES,
    by_matches,
    by_moves,
    by_touchpoint,
    codes_in,
)
from cjmine.analysis.judged import JudgedCounts, count_judged
from cjmine.analysis.log_counts import LogCounts, count_log
from cjmine.analysis.returns import follow_up
from cjmine.analysis.sided_fit import SidedFit, count_fit
from cjmine.analysis.trace_counts import TraceCounts, count_traces
from cjmine.conformance.facts import Facts
from cjmine.conformance.states import State
from cjmine.counting.groups import Flags, Ints
from cjmine.counting.merging import summed
from cjmine.eventlog.chosen import SetAside
from cjmine.eventlog.variants import variants
from cjmine.ideal.compiled import CompiledIdeal

GOAL, CONTACT, RETURNED, FIRST_STEP = range(4)
LEFT_OUT = (Place.ELSEWHERE, Place.STRADDLES, Place.BOTH, Place.OTHER_SEGMENT)


@dataclass(frozen=True, slots=True)
class Layout:
    """How measures are numbered: goal, contact, returned, drop-off by step, then deviations.

    `places` are the steps and then the choices of the ideal, `activities` those of the log.
    """

    steps: int
    places: int
    activities: int

    @property
    def moved(self) -> int:
        """The first of the deviations that moves show, by class and place."""
        return FIRST_STEP + self.steps

    @property
    def matched(self) -> int:
        """The first of those on matched steps, by class and step."""
        return self.moved + len(OF_MOVES) * self.places

    @property
    def unexpected(self) -> int:
        """The first of the unexpected touchpoints."""
        return self.matched + len(OF_MATCHES) * self.steps

    @property
    def rows(self) -> int:
        """The number of measures."""
        return self.unexpected + self.activities

    @property
    def denominators(self) -> int:
        """The number of denominators: all counted journeys, those followed up, those that come by.

        The last are by place, and by class and matched step.
        """
        return 2 + self.places + len(OF_MATCHES) * self.steps

    @property
    def denominator(self) -> Ints:
        """The denominator of each measure."""
        by_place = 2 + np.arange(self.places)
        by_match = 2 + self.places + np.arange(len(OF_MATCHES) * self.steps)
        return np.concatenate(
            [
                np.array([0, 0, 1]),
                by_place[: self.steps],
                np.tile(by_place, len(OF_MOVES)),
                by_match,
                np.zeros(self.activities, np.int64),
            ]
        )


@dataclass(frozen=True, slots=True)
class AskCompare:
    """The question: names and moments of the whole log, the sides, and what counts as contact.

    A journey `returned` if another of its customer begins at most so many microseconds after it.
    """

    activities: tuple[str, ...]
    moments: Moments
    sides: Sides
    contacts: Contacts
    returned: int


@dataclass(frozen=True, slots=True)
class CompareCounts:
    """The counts of a comparison; those of `measures` are by side, then by measure.

    `crossed` is about the customers that both sides hold. `left` has the journeys on no side by
    `LEFT_OUT`, then the open and the truncated ones; `arms` all customers of each side.
    """

    log: LogCounts
    aside: SetAside
    judged: JudgedCounts
    traces: TraceCounts
    measures: Cohorts
    crossed: CrossedCohorts
    fit: SidedFit
    times: SidedTimes
    variants: SidedVariants
    left: Cells
    arms: Cells

    def __add__(self, other: CompareCounts) -> CompareCounts:
        return summed(self, other)


def count_compare(part: Part, asked: AskCompare) -> CompareCounts:
    """The counts of a part."""
    facts = facts_of(part, asked.moments)
    comparison, names = facts.comparison, asked.activities
    place = places(part, facts, asked.sides)
    side = np.where((place < asked.sides.cells) & facts.is_counted, place, -1)
    found = comparison.variants
    if comparison.compared is not comparison.journeys:
        found = variants(comparison.journeys)
    own = codes_in(names, comparison.journeys.activities)
    measures, crossed = _measures(part, facts, asked, side)
    since = asked.moments.since
    return CompareCounts(
        log=count_log(part.measured),
        aside=part.chosen.aside,
        judged=count_judged(
            part.journeys,
            comparison.states,
            facts.customer,
            part.terms,
            asked.moments.first if since is None else None,
        ),
        traces=count_traces(found, own, len(names)),
        measures=measures,
        crossed=crossed,
        fit=count_fit(facts, side),
        times=count_times(facts, side),
        variants=count_sided_variants(facts, side, own, len(names)),
        left=_left(facts, place),
        arms=cells(_some(facts, place, np.flatnonzero(place < SIDES), SIDES)),
    )


def layout_of(ideal: CompiledIdeal, activities: int) -> Layout:
    """How the measures of an ideal and a log are numbered."""
    steps = len(ideal.space.labels)
    return Layout(steps, steps + len(ideal.choices.first), activities)


@dataclass(frozen=True, slots=True)
class _Column:
    """Rows of one kind: the measure or denominator of each, and its journey."""

    number: Ints
    journey: Ints


def _measures(
    part: Part, facts: Facts, asked: AskCompare, side: Ints
) -> tuple[Cohorts, CrossedCohorts]:
    layout = layout_of(facts.comparison.ideal, len(asked.activities))
    counted, state = np.flatnonzero(facts.is_counted), facts.state
    passed, chosen = facts.passed, facts.reached_choices
    contact = has_contact(facts, asked.contacts)
    followed, returned = follow_up(part, asked.returned, asked.moments.until)
    moved, mover, _, inside = by_moves(facts, layout.places)
    on_match, could, times = by_matches(facts)
    activity, holder, _ = by_touchpoint(facts, asked.activities)
    leaves = passed.is_last & (state[passed.journey] == State.ABANDONED)
    deviates = times > 0

    def of(number: int, journey: Ints) -> _Column:
        return _Column(np.full(len(journey), number), journey)

    every = of(0, counted)
    after = of(1, np.flatnonzero(facts.is_counted & followed))
    base = _together(
        [
            *(every, after, _Column(2 + passed.step, passed.journey)),
            _Column(2 + layout.steps + chosen.choice, chosen.journey),
            _Column(2 + layout.places + on_match, could),
        ]
    )
    having = [
        of(GOAL, counted[state[counted] == State.COMPLETED]),
        of(CONTACT, counted[contact[counted]]),
        of(RETURNED, after.journey[returned[after.journey]]),
        _Column(FIRST_STEP + passed.step[leaves], passed.journey[leaves]),
        _Column(layout.moved + moved, mover),
        _Column(layout.matched + on_match[deviates], could[deviates]),
        _Column(layout.unexpected + activity, holder),
    ]
    is_inside = np.concatenate(
        [*(np.ones(len(one.journey), bool) for one in having[:4]), inside]
        + [np.ones(len(one.journey), bool) for one in having[5:]]
    )
    has = _together(having)
    return _counted(facts, side, asked.sides.cells, layout, base, has, is_inside)


def _counted(
    facts: Facts,
    side: Ints,
    sides: int,
    layout: Layout,
    base: _Column,
    has: _Column,
    is_inside: Flags,
) -> tuple[Cohorts, CrossedCohorts]:
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
    owner, inside = has.journey[kept], is_inside[kept]
    group = side[owner] * layout.rows + has.number[kept]
    having = rows(group, facts.customer[owner], sides * layout.rows, people)
    of_sides = (np.arange(sides) * layout.denominators)[:, None] + denominator
    found = cohorts(could, of_sides.ravel(), having, None, inside)
    return found, _crossed(could, denominator, group, facts.customer[owner], inside)


def _crossed(
    base: Among, denominator: Ints, group: Ints, customer: Ints, is_inside: Flags
) -> CrossedCohorts:
    """Of the first two sides alone."""
    most = SIDES * len(denominator)
    kept = group < most
    having = rows(group[kept], customer[kept], most, base.journeys.shape[1])
    first = Among(base.journeys[: SIDES * (int(denominator.max()) + 1)])
    return crossed_among(first, denominator, having, is_inside[kept])


def _together(columns: list[_Column]) -> _Column:
    return _Column(
        np.concatenate([one.number for one in columns]),
        np.concatenate([one.journey for one in columns]),
    )


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
