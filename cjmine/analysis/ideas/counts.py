"""What the measuring of ideas counts of each part of a log: one share an idea, by its weeks."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from cjmine.analysis.cohorts import Cohorts, cohorts_of, rows
from cjmine.analysis.compare.measures import AskCompare, measured
from cjmine.analysis.compared_part import Part, facts_of
from cjmine.analysis.contacts import Contacts
from cjmine.analysis.crossed import CrossedCohorts, crossed
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

    `contacts` is what counts as contact for it.
    """

    row: int
    contacts: Contacts
    where: tuple[Where, ...]
    plan: Plan


@dataclass(frozen=True, slots=True)
class AskIdeas:
    """The question: what a comparison would ask, and what is followed of it."""

    compare: AskCompare
    measures: tuple[Measure, ...]

    @property
    def first_weeks(self) -> Ints:
        """The number of the first week of each measure, and of the first beyond all."""
        many = [len(one.plan.before) + len(one.plan.after) for one in self.measures]
        return np.append(0, np.cumsum(np.array(many, np.int64)))


@dataclass(frozen=True, slots=True)
class IdeaCounts:
    """The counts of measures: `sides` has all of them before, then all of them after.

    `crossed` is about the customers of both sides; `months` the month that each idea was born in;
    `weeks` the weeks of the first measure, then those of the second.
    """

    overview: Overview
    sides: Cohorts
    crossed: CrossedCohorts
    months: Cohorts
    weeks: Cohorts

    def __add__(self, other: IdeaCounts) -> IdeaCounts:
        return summed(self, other)


@dataclass(frozen=True, slots=True)
class _Rows:
    """Journeys with a group, and whether each has what its group is about."""

    group: Ints
    journey: Ints
    has: Flags

    def only(self, kept: Flags, group: Ints) -> _Rows:
        return _Rows(group[kept], self.journey[kept], self.has[kept])


def count_ideas(part: Part, asked: AskIdeas) -> IdeaCounts:
    """The counts of a part."""
    facts, many = facts_of(part, asked.compare.moments), len(asked.measures)
    followed = _followed(part, facts, asked)
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
    )


def _followed(part: Part, facts: Facts, asked: AskIdeas) -> list[_Rows]:
    """The counted journeys of each measure, and which of them have it."""
    every = {
        one: measured(part, facts, replace(asked.compare, contacts=one))
        for one in dict.fromkeys(measure.contacts for measure in asked.measures)
    }
    found = []
    for one in asked.measures:
        journey, has = every[one.contacts].of(one.row, len(facts))
        inside = np.ones(len(facts), bool)
        for condition in one.where:
            inside &= having_value(part.log, part.journeys, condition)
        kept = inside[journey] & facts.is_counted[journey]
        found.append(_Rows(journey[kept], journey[kept], has[kept]))
    return found


def _together(found: list[_Rows]) -> _Rows:
    empty = np.zeros(0, np.int64)
    return _Rows(
        np.concatenate([empty, *(one.group for one in found)]),
        np.concatenate([empty, *(one.journey for one in found)]),
        np.concatenate([np.zeros(0, bool), *(one.has for one in found)]),
    )


def _cohorts(facts: Facts, found: _Rows, groups: int) -> Cohorts:
    return cohorts_of(
        rows(found.group, facts.customer[found.journey], groups, facts.customers), found.has
    )


def _crossed(facts: Facts, found: _Rows, many: int) -> CrossedCohorts:
    is_after = found.group >= many
    one, other = (
        found.only(~is_after, found.group),
        found.only(is_after, found.group - many),
    )
    sides = [rows(s.group, facts.customer[s.journey], many, facts.customers) for s in (one, other)]
    return crossed(sides[0], one.has, sides[1], other.has)
