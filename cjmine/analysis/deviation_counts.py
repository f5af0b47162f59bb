"""Who deviates, by class and step or touchpoint, and how long steps took that declare a time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.analysis.cohorts import (
    Among,
    Cells,
    Cohorts,
    among,
    cells,
    cohorts,
    cohorts_of,
    rows,
)
from cjmine.analysis.median_waits import ShortWaits, short_waits
from cjmine.analysis.multisets import Values, values
from cjmine.conformance.facts import Facts
from cjmine.conformance.move_deviations import CLASSES
from cjmine.counting.groups import Flags, Ints
from cjmine.counting.merging import summed
from cjmine.ideal.deviations import DeviationClass

OF_MOVES = CLASSES[: CLASSES.index(DeviationClass.UNEXPECTED)]  # at a step
OF_MATCHES = CLASSES[CLASSES.index(DeviationClass.UNEXPECTED) + 1 :]  # at a matched step


@dataclass(frozen=True, slots=True)
class Few:
    """The journeys of those groups that hold few customers, in full: a union needs them.

    One row a group and journey, which has it `times` times; `of_customer` is the number of
    journeys that its customer has.
    """

    group: Ints
    customer: Ints
    journey: Ints
    times: Ints
    of_customer: Ints

    def beside(self, other: Few, customers: int, journeys: int) -> Few:
        """Those of two parts; the first has so many customers and journeys."""
        return Few(
            np.concatenate([self.group, other.group]),
            np.concatenate([self.customer, other.customer + customers]),
            np.concatenate([self.journey, other.journey + journeys]),
            np.concatenate([self.times, other.times]),
            np.concatenate([self.of_customer, other.of_customer]),
        )


@dataclass(frozen=True, slots=True)
class DeviationCounts:
    """The deviations of the counted journeys.

    `moved` has the classes that moves show, by step and then by choice, `matched` those on matched
    steps, `unexpected` the activities of the log. `few` numbers all three one after the other.
    `measured` are the journeys whose wait is known, among those that match both steps; `waits`
    their microseconds by step; `overdue` those that wait longer than allowed and go on waiting.
    """

    journeys: int
    customers: int
    counted_journeys: int
    counted_customers: int
    moved: Cohorts
    unexpected: Cohorts
    matched: Cohorts
    measured: Cohorts
    overdue: Cells
    waits: Values
    short_waits: ShortWaits
    few: Few

    def __add__(self, other: DeviationCounts) -> DeviationCounts:
        """Customers and journeys are numbered one after the other."""
        return summed(self, other, few=self.few.beside(other.few, self.customers, self.journeys))


def count_deviations(facts: Facts, activities: tuple[str, ...], min_group: int) -> DeviationCounts:
    """Count deviations; `activities` are those of the whole log, in the order of the counts."""
    steps, people = facts.step_count, facts.customers
    places = steps + len(facts.comparison.ideal.choices.first)
    passed, chosen, customer = facts.passed, facts.reached_choices, facts.customer
    reaching = among(
        np.concatenate([passed.step, steps + chosen.choice]),
        customer[np.concatenate([passed.journey, chosen.journey])],
        places,
        people,
    )
    base = everybody(facts)
    of_customer = base.journeys[0]
    group, journey, times, inside = by_moves(facts, places)
    moved = cohorts(
        reaching,
        np.tile(np.arange(places), len(OF_MOVES)),
        rows(group, customer[journey], len(OF_MOVES) * places, people),
        times,
        inside,
    )
    activity, holder, often = by_touchpoint(facts, activities)
    unexpected = cohorts(
        base,
        np.zeros(len(activities), np.int64),
        rows(activity, customer[holder], len(activities), people),
        often,
    )
    on_match, could, often_so = by_matches(facts)
    matched = cohorts_of(
        rows(on_match, customer[could], len(OF_MATCHES) * steps, people), often_so > 0, often_so
    )
    deviates = often_so > 0
    few = [
        _few(moved, group, journey, times, 0, min_group),
        _few(unexpected, activity, holder, often, len(moved.having), min_group),
        _few(
            matched,
            *(on_match[deviates], could[deviates], often_so[deviates]),
            len(moved.having) + len(unexpected.having),
            min_group,
        ),
    ]
    groups, journeys, many = (np.concatenate(columns) for columns in zip(*few, strict=True))
    measured, overdue, waits, short = _timings(facts)
    return DeviationCounts(
        journeys=len(facts),
        customers=people,
        measured=measured,
        overdue=overdue,
        waits=waits,
        short_waits=short,
        counted_journeys=int(base.total[0]),
        counted_customers=int(base.people[0]),
        moved=moved,
        unexpected=unexpected,
        matched=matched,
        few=Few(groups, customer[journeys], journeys, many, of_customer[customer[journeys]]),
    )


def everybody(facts: Facts) -> Among:
    """All counted journeys, as one group."""
    customer = facts.customer[facts.is_counted]
    return among(np.zeros(len(customer), np.int64), customer, 1, facts.customers)


def by_moves(facts: Facts, places: int) -> tuple[Ints, Ints, Ints, Flags]:
    """Group (class and step or choice), journey, times and whether the journey passes it."""
    table = facts.deviations
    place = np.full(len(CLASSES), -1)
    place[: len(OF_MOVES)] = np.arange(len(OF_MOVES))
    at = np.flatnonzero(place[table.of_class] >= 0)
    group = place[table.of_class[at]] * places + table.name[at]
    return group, table.journey[at], table.times[at], table.is_passed[at]


def by_touchpoint(facts: Facts, activities: tuple[str, ...]) -> tuple[Ints, Ints, Ints]:
    """Activity of the whole log, journey and times."""
    table = facts.deviations
    first = len(table.names) - len(facts.comparison.journeys.activities)
    at = np.flatnonzero(table.of_class == CLASSES.index(DeviationClass.UNEXPECTED))
    code = codes_in(activities, facts.comparison.journeys.activities)
    return code[table.name[at] - first], table.journey[at], table.times[at]


def codes_in(names: tuple[str, ...], own: tuple[str, ...]) -> Ints:
    """For each own name its place among the names of the whole log."""
    place = {name: number for number, name in enumerate(names)}
    return np.array([place[name] for name in own], np.int64)


def by_matches(facts: Facts) -> tuple[Ints, Ints, Ints]:
    """Group (class and matched step), each journey that could deviate there, and its times."""
    declared, labels = facts.comparison.ideal.journey, facts.comparison.ideal.space.labels
    columns: list[tuple[Ints, Ints, Ints]] = []
    for step in declared.steps:
        found: list[tuple[DeviationClass, Ints, Flags]] = []
        if step.channels:
            wrong = facts.in_wrong_channel(step)
            found.append((DeviationClass.WRONG_CHANNEL, wrong.journey, wrong.deviates))
        if step.failed is not None:
            failed = facts.failed(step)
            found.append((DeviationClass.FAILED, failed.journey, failed.deviates))
        if step.within is not None:
            waits, within = facts.waits(step), step.within
            if within.max is not None:
                late = _flagged(facts, waits.journey[waits.wait > within.max])
                found.append((DeviationClass.LATE, waits.both, late[waits.both]))
            if within.min is not None:
                early = _flagged(facts, waits.journey[waits.wait < within.min])
                found.append((DeviationClass.EARLY, waits.both, early[waits.both]))
        for one, journey, deviates in found:
            times = np.bincount(journey[deviates], minlength=len(facts))
            every = np.flatnonzero(_flagged(facts, journey))
            number = OF_MATCHES.index(one) * len(labels) + labels.index(step.name)
            columns.append((np.full(len(every), number), every, times[every]))
    nothing = np.zeros(0, np.int64)
    group, journey, times = (
        np.concatenate(parts) for parts in zip((nothing,) * 3, *columns, strict=True)
    )
    return group, journey, times


def _flagged(facts: Facts, journey: Ints) -> Flags:
    """Which journeys are in a list."""
    found = np.zeros(len(facts), bool)
    found[journey] = True
    return found


def _few(
    counted: Cohorts, group: Ints, journey: Ints, times: Ints, first: int, min_group: int
) -> tuple[Ints, Ints, Ints]:
    """The rows of groups with fewer customers than `min_group`, groups numbered from `first`."""
    at = np.flatnonzero((counted.customers_having < min_group)[group])
    return first + group[at], journey[at], times[at]


def _timings(facts: Facts) -> tuple[Cohorts, Cells, Values, ShortWaits]:
    """Journeys whose wait is known, those that wait too long already, and the waits by step."""
    declared, labels = facts.comparison.ideal.journey, facts.comparison.ideal.space.labels
    both: list[tuple[Ints, Ints, Flags]] = [(_NONE, _NONE, _NONE > 0)]
    waits: list[tuple[Ints, Ints, Ints]] = [(_NONE, _NONE, _NONE)]
    overdue: list[tuple[Ints, Ints]] = [(_NONE, _NONE)]
    for step in declared.steps:
        if step.within is not None:
            found, number = facts.waits(step), labels.index(step.name)
            has_wait = _flagged(facts, found.journey)[found.both]
            both.append((np.full(len(found.both), number), found.both, has_wait))
            waits.append((np.full(len(found.wait), number), found.journey, found.wait))
            overdue.append((np.full(len(found.overdue), number), found.overdue))
    step_of, journey = (np.concatenate([part[one] for part in both]) for one in (0, 1))
    is_measured = np.concatenate([flags for *_, flags in both])
    wait_step, waiting, wait = map(np.concatenate, zip(*waits, strict=True))
    late_step, late = map(np.concatenate, zip(*overdue, strict=True))
    customer, people = facts.customer, facts.customers
    return (
        cohorts_of(rows(step_of, customer[journey], len(labels), people), is_measured),
        cells(rows(late_step, customer[late], len(labels), people)),
        values(wait_step, wait),
        short_waits(rows(wait_step, customer[waiting], len(labels), people), wait),
    )


_NONE = np.zeros(0, np.int64)
