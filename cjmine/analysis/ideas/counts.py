"""What the measuring of ideas counts of each part of a log: one share an idea, by its weeks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.analysis.cohorts import Cohorts, cohorts_of, rows
from cjmine.analysis.compare.measures import CONTACT, AskCompare, measured
from cjmine.analysis.compared_part import Part, facts_of
from cjmine.analysis.contacts import Contacts, has_contact
from cjmine.analysis.crossed import CrossedCohorts, crossed
from cjmine.analysis.ideas.near import Overlap, count_differences
from cjmine.analysis.ideas.plan import Plan
from cjmine.analysis.overview import Overview, count_overview
from cjmine.conformance.facts import Facts
from cjmine.counting.groups import Flags, Ints
from cjmine.counting.merging import summed
from cjmine.eventlog.chosen import having_value
from cjmine.eventlog.where import Where


@dataclass(frozen=True, slots=True)
class Measure:
    """One share that is followed: the number of the measure as `compare` has it, among whom.

    `contacts` is what counts as contact for it. Journeys for which all of `where` holds are
    followed, without those for which all of `outside` does, where it has any.
    """

    row: int
    contacts: Contacts
    where: tuple[Where, ...]
    plan: Plan
    outside: tuple[Where, ...] = ()

    def inside(self, part: Part) -> Flags:
        """The journeys of a part that are followed."""
        found = _fitting(part, self.where)
        return found & ~_fitting(part, self.outside) if self.outside else found


@dataclass(frozen=True, slots=True)
class Places:
    """The numbers of the measures of one share: its own, its control's, and others of its kind."""

    own: int
    control: int | None = None
    others: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class AskIdeas:
    """The question: what a comparison would ask, and what is followed of it.

    `controlled` are the measures that have a control, each with the number of that; `overlaps` the
    stretches of weeks whose differences are counted.
    """

    compare: AskCompare
    measures: tuple[Measure, ...]
    controlled: tuple[tuple[int, int], ...] = ()
    overlaps: tuple[Overlap, ...] = ()

    @property
    def first_weeks(self) -> Ints:
        """The number of the first week of each measure, and of the first beyond all."""
        many = [len(one.plan.before) + len(one.plan.after) for one in self.measures]
        return np.append(0, np.cumsum(np.array(many, np.int64)))


@dataclass(frozen=True, slots=True)
class IdeaCounts:
    """The counts of measures: `sides` has all of them before, then all of them after.

    `crossed` is about the customers of both sides; `months` the month that each idea was born in;
    `weeks` the weeks of the first measure, then those of the second; `differences` the customers
    by whom stretches that overlap differ.
    """

    overview: Overview
    sides: Cohorts
    crossed: CrossedCohorts
    months: Cohorts
    weeks: Cohorts
    differences: Ints

    def __add__(self, other: IdeaCounts) -> IdeaCounts:
        return summed(self, other)


@dataclass(frozen=True, slots=True)
class FollowedRows:
    """Journeys with a group, and whether each has what its group is about."""

    group: Ints
    journey: Ints
    has: Flags

    def only(self, kept: Flags, group: Ints) -> FollowedRows:
        return FollowedRows(group[kept], self.journey[kept], self.has[kept])


def count_ideas(part: Part, asked: AskIdeas) -> IdeaCounts:
    """The counts of a part."""
    facts, many = facts_of(part, asked.compare.moments), len(asked.measures)
    followed = followed_rows(part, facts, asked)
    begin = part.journeys.time[part.journeys.starts[:-1]]
    weeks, sides, months = [], [], []
    for number, (one, first) in enumerate(zip(asked.measures, asked.first_weeks, strict=False)):
        found, at = followed[number], begin[followed[number].journey]
        week = one.plan.place(at)
        weeks.append(found.only(week >= 0, first + week))
        side = (week >= len(one.plan.before)) * many + number
        sides.append(found.only(week >= 0, side))
        in_month = (at >= one.plan.month.since) & (at <= one.plan.month.until)
        months.append(found.only(in_month, np.full(len(at), number)))
    both = _together(sides)
    return IdeaCounts(
        overview=count_overview(part, facts, asked.compare.moments, asked.compare.activities),
        sides=_cohorts(facts, both, 2 * many),
        crossed=_crossed(facts, both, many),
        months=_cohorts(facts, _together(months), many),
        weeks=_cohorts(facts, _together(weeks), int(asked.first_weeks[-1])),
        differences=count_differences(facts, begin, asked.measures, followed, asked.overlaps),
    )


def followed_rows(part: Part, facts: Facts, asked: AskIdeas) -> list[FollowedRows]:
    """The counted journeys of each measure, and which of them have it."""
    every = measured(part, facts, asked.compare)
    found = []
    for one in asked.measures:
        if one.row == CONTACT:
            journey = np.flatnonzero(facts.is_counted)
            has = has_contact(facts, one.contacts)[journey]
        else:
            journey, has = every.of(one.row, len(facts))
        kept = one.inside(part)[journey] & facts.is_counted[journey]
        found.append(FollowedRows(journey[kept], journey[kept], has[kept]))
    return found


def _fitting(part: Part, where: tuple[Where, ...]) -> Flags:
    found = np.ones(len(part.journeys), bool)
    for condition in where:
        found &= having_value(part.log, part.journeys, condition)
    return found


def _together(found: list[FollowedRows]) -> FollowedRows:
    empty = np.zeros(0, np.int64)
    return FollowedRows(
        np.concatenate([empty, *(one.group for one in found)]),
        np.concatenate([empty, *(one.journey for one in found)]),
        np.concatenate([np.zeros(0, bool), *(one.has for one in found)]),
    )


def _cohorts(facts: Facts, found: FollowedRows, groups: int) -> Cohorts:
    return cohorts_of(
        rows(found.group, facts.customer[found.journey], groups, facts.customers), found.has
    )


def _crossed(facts: Facts, found: FollowedRows, many: int) -> CrossedCohorts:
    is_after = found.group >= many
    one, other = (
        found.only(~is_after, found.group),
        found.only(is_after, found.group - many),
    )
    sides = [rows(s.group, facts.customer[s.journey], many, facts.customers) for s in (one, other)]
    return crossed(sides[0], one.has, sides[1], other.has)
