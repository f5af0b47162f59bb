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
from cjmine.conformance.reached_steps import CLASSES
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

    `moved` has the classes that moves show, step by step, `matched` those on matched steps,
    `unexpected` the activities of the log. `few` numbers all three one after the other. `measured`
    are the journeys whose wait is known, among those that reach the step; `waits` their
    microseconds by step; `overdue` those that wait longer than allowed and go on waiting.
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
    passed, customer = facts.passed, facts.customer
    reaching = among(passed.step, customer[passed.journey], steps, people)
    base = everybody(facts)
    of_customer = base.journeys[0]
    group, journey, times, inside = _moved(facts)
    moved = cohorts(
        reaching,
        np.tile(np.arange(steps), len(OF_MOVES)),
        rows(group, customer[journey], len(OF_MOVES) * steps, people),
        times,
        inside,
    )
    activity, holder, often = _unexpected(facts, activities)
    unexpected = cohorts(
        base,
        np.zeros(len(activities), np.int64),
        rows(activity, customer[holder], len(activities), people),
        often,
    )
    matched, deviating = _on_matches(facts)
    few = [
        _few(moved, group, journey, times, 0, min_group),
        _few(unexpected, activity, holder, often, len(moved.having), min_group),
        _few(matched, *deviating, len(moved.having) + len(unexpected.having), min_group),
    ]
    groups, journeys, many = (np.concatenate(columns) for columns in zip(*few, strict=True))
    measured, overdue, waits, short = _timings(facts, reaching)
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


def _moved(facts: Facts) -> tuple[Ints, Ints, Ints, Flags]:
    """Group (class and step), journey, times and whether the journey passes the step."""
    table, steps = facts.deviations, facts.step_count
    place = np.full(len(CLASSES), -1)
    place[: len(OF_MOVES)] = np.arange(len(OF_MOVES))
    at = np.flatnonzero(place[table.of_class] >= 0)
    group = place[table.of_class[at]] * steps + table.name[at]
    return group, table.journey[at], table.times[at], table.is_passed[at]


def _unexpected(facts: Facts, activities: tuple[str, ...]) -> tuple[Ints, Ints, Ints]:
    """Activity of the whole log, journey and times."""
    table = facts.deviations
    steps = facts.step_count
    at = np.flatnonzero(table.of_class == CLASSES.index(DeviationClass.UNEXPECTED))
    code = codes_in(activities, facts.comparison.journeys.activities)
    return code[table.name[at] - steps], table.journey[at], table.times[at]


def codes_in(names: tuple[str, ...], own: tuple[str, ...]) -> Ints:
    """For each own name its place among the names of the whole log."""
    place = {name: number for number, name in enumerate(names)}
    return np.array([place[name] for name in own], np.int64)


def _on_matches(facts: Facts) -> tuple[Cohorts, tuple[Ints, Ints, Ints]]:
    """Deviations on matched steps, and the group, journey and times of each."""
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
                found.append((DeviationClass.LATE, waits.journey, waits.wait > within.max))
            if within.min is not None:
                found.append((DeviationClass.EARLY, waits.journey, waits.wait < within.min))
        for one, journey, deviates in found:
            times = np.bincount(journey[deviates], minlength=len(facts))
            is_matched = np.zeros(len(facts), bool)
            is_matched[journey] = True
            every = np.flatnonzero(is_matched)
            number = OF_MATCHES.index(one) * len(labels) + labels.index(step.name)
            columns.append((np.full(len(every), number), every, times[every]))
    nothing = np.zeros(0, np.int64)
    group, journey, times = (
        np.concatenate(parts) for parts in zip((nothing,) * 3, *columns, strict=True)
    )
    has = times > 0
    groups = len(OF_MATCHES) * len(labels)
    by_group = rows(group, facts.customer[journey], groups, facts.customers)
    counted = cohorts_of(by_group, has, times)
    return counted, (group[has], journey[has], times[has])


def _few(
    counted: Cohorts, group: Ints, journey: Ints, times: Ints, first: int, min_group: int
) -> tuple[Ints, Ints, Ints]:
    """The rows of groups with fewer customers than `min_group`, groups numbered from `first`."""
    at = np.flatnonzero((counted.customers_having < min_group)[group])
    return first + group[at], journey[at], times[at]


def _timings(facts: Facts, reaching: Among) -> tuple[Cohorts, Cells, Values, ShortWaits]:
    """Journeys whose wait is known, those that wait too long already, and the waits by step."""
    declared, labels = facts.comparison.ideal.journey, facts.comparison.ideal.space.labels
    columns: list[tuple[Ints, Ints, Ints]] = []
    overdue: list[tuple[Ints, Ints]] = []
    for step in declared.steps:
        if step.within is not None:
            found, number = facts.waits(step), labels.index(step.name)
            columns.append((np.full(len(found.journey), number), found.journey, found.wait))
            overdue.append((np.full(len(found.overdue), number), found.overdue))
    nothing = np.zeros(0, np.int64)
    step_of, journey, wait = (
        np.concatenate(parts) for parts in zip((nothing,) * 3, *columns, strict=True)
    )
    late_step, late = (
        np.concatenate(parts) for parts in zip((nothing,) * 2, *overdue, strict=True)
    )
    people = facts.customers
    by_step = rows(step_of, facts.customer[journey], len(labels), people)
    return (
        cohorts(reaching, np.arange(len(labels)), by_step),
        cells(rows(late_step, facts.customer[late], len(labels), people)),
        values(step_of, wait),
        short_waits(by_step, wait),
    )
