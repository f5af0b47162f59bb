"""What `dropoff` counts in each part of a log; counts of parts add up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.analysis.cohorts import Cells, Cohorts, cells, cohorts_of, rows
from cjmine.analysis.compared_part import Moments, Part, facts_of
from cjmine.analysis.dropoff.curve_counts import CurveCounts, count_curves
from cjmine.analysis.dropoff.ends import Ends, causes_of, journey_ends
from cjmine.analysis.dropoff.next_events import Vocabulary, left_steps, next_kinds
from cjmine.analysis.incidence import Incidence, incidence_influences
from cjmine.analysis.influences import Influences
from cjmine.analysis.keyed_cohorts import KeyedCohorts, keyed_cohorts
from cjmine.analysis.multisets import Values, values
from cjmine.analysis.overview import Overview, count_overview
from cjmine.analysis.periods import Periods, periods
from cjmine.conformance.facts import Facts
from cjmine.conformance.states import State
from cjmine.counting.groups import Ints
from cjmine.counting.merging import summed
from cjmine.eventlog.chosen import first_values
from cjmine.results.trend import Every

_AT_ONCE = 8  # times: their influences take so many numbers a journey and cause
FOLLOWED, TRUNCATED, ELSEWHERE = range(3)


@dataclass(frozen=True, slots=True)
class AskDropoff:
    """The question: names and moments of the whole log, and what is asked for.

    Journeys are put into groups by the column `by`, or by the period in which they begin.

    `step` is the number of the step that times count from. `own` are touchpoints of the customer's
    way by declaration; what comes next is looked for `within` a time (microseconds).
    """

    words: Vocabulary
    moments: Moments
    own: tuple[str, ...]
    step: int | None
    by: str | None
    cohort: Every | None
    within: int
    min_group: int

    @property
    def groups(self) -> bool:
        """Whether journeys are put into groups."""
        return self.by is not None or self.cohort is not None


def cohorts_in(moments: Moments, cohort: Every, zone: str) -> Periods:
    """The periods in which the journeys of a log begin."""
    return periods(min(moments.first, moments.until), moments.until, cohort, zone)


@dataclass(frozen=True, slots=True)
class StepCounts:
    """The counted journeys that leave at each step, by the labels of the ideal.

    `waits` are the microseconds that they stay at it. `left` has what those do next that leave
    there, `went_on` what those do that come past it; both as far as they were observed long enough.
    """

    drop_off: Cohorts
    waits: Values
    left: KeyedCohorts
    went_on: KeyedCohorts

    def __add__(self, other: StepCounts) -> StepCounts:
        return summed(self, other)


@dataclass(frozen=True, slots=True)
class DropoffCounts:
    """All counts; `followed` has the journeys that are, that are truncated, and the others.

    `groups` has the curves by the values of a column, None where none is asked for.
    """

    overview: Overview
    followed: Cells
    curves: CurveCounts
    groups: CurveCounts | None
    steps: StepCounts

    def __add__(self, other: DropoffCounts) -> DropoffCounts:
        """Both parts have counted the same."""
        groups = self.groups
        if groups is not None and other.groups is not None:
            groups += other.groups
        return summed(self, other, groups=groups)


def count_dropoff(part: Part, asked: AskDropoff) -> DropoffCounts:
    """The counts of a part."""
    facts = facts_of(part, asked.moments)
    ends = journey_ends(facts, asked.moments, asked.step)
    one_group = np.zeros(len(ends.journey), np.int64)
    return DropoffCounts(
        overview=count_overview(part, facts, asked.moments, asked.words.activities),
        followed=_followed(facts, ends),
        curves=_curves(facts, ends, one_group, (), asked),
        groups=_curves(facts, ends, *_groups(part, ends, asked), asked) if asked.groups else None,
        steps=_steps(facts, asked),
    )


def _curves(
    facts: Facts, ends: Ends, group: Ints, names: tuple[str, ...], asked: AskDropoff
) -> CurveCounts:
    causes = len(causes_of(facts.comparison.ideal.journey))
    owner, most = facts.customer[ends.journey], max(asked.min_group, 1)
    return count_curves(ends, causes, owner, facts.customers, group, names, most)


def _groups(part: Part, ends: Ends, asked: AskDropoff) -> tuple[Ints, tuple[str, ...]]:
    """The group of each journey that is followed, and the names of the groups."""
    if asked.by is None:
        assert asked.cohort is not None
        begin = part.journeys.time[part.journeys.starts[ends.journey]]
        found = cohorts_in(asked.moments, asked.cohort, part.log.about.zone)
        return found.of(begin), tuple(found.first_day(one) for one in range(len(found)))
    names = part.log.names(asked.by)
    value = first_values(part.log, part.journeys, asked.by)[ends.journey].astype(np.int64)
    return np.where(value < 0, len(names), value), names


def _followed(facts: Facts, ends: Ends) -> Cells:
    kind = np.where(facts.state == State.TRUNCATED, TRUNCATED, ELSEWHERE)
    kind[ends.journey] = FOLLOWED
    return cells(rows(kind, facts.customer, 3, facts.customers))


def _steps(facts: Facts, asked: AskDropoff) -> StepCounts:
    passed, customer, people = facts.passed, facts.customer, facts.customers
    steps, most = facts.step_count, max(asked.min_group, 1)
    is_last = passed.is_last & (facts.state[passed.journey] == State.ABANDONED)
    by_step = rows(passed.step, customer[passed.journey], steps, people)
    left = left_steps(facts)
    kind = next_kinds(facts.log, facts, left, asked.within, asked.own, asked.words)
    is_seen = left.time + asked.within <= asked.moments.until

    def keyed(which: Ints) -> KeyedCohorts:
        owner = customer[left.journey[which]]
        width = asked.words.kinds
        return keyed_cohorts(left.step[which], kind[which], owner, steps, width, people, most)

    return StepCounts(
        drop_off=cohorts_of(by_step, is_last),
        waits=values(left.step[left.is_left], left.wait[left.is_left]),
        left=keyed(np.flatnonzero(left.is_left & is_seen)),
        went_on=keyed(np.flatnonzero(~left.is_end & is_seen)),
    )


@dataclass(frozen=True, slots=True)
class AskInfluences:
    """The second question: how much customers sway curves, at some times.

    `groups` are the places of the curves among the `names` of the whole log and that of no value,
    -1 for the curve of all journeys. `at` are the times of all curves in one row, those of curve i
    from `bounds[i]` on.
    """

    asked: AskDropoff
    names: tuple[str, ...]
    groups: Ints
    wholes: tuple[Incidence, ...]
    at: Ints
    bounds: Ints


@dataclass(frozen=True, slots=True)
class Swayed:
    """The influences on each curve, in their order."""

    curves: tuple[Influences, ...]

    def __add__(self, other: Swayed) -> Swayed:
        return Swayed(tuple(one + two for one, two in zip(self.curves, other.curves, strict=True)))


def count_influences(part: Part, question: AskInfluences) -> Swayed:
    """How much the customers of a part sway the curves."""
    asked = question.asked
    facts = facts_of(part, asked.moments)
    ends = journey_ends(facts, asked.moments, asked.step)
    group = np.full(len(ends.journey), -1)
    if asked.groups:
        own, names = _groups(part, ends, asked)
        place = {name: number for number, name in enumerate(question.names)}
        group = np.array([*(place[name] for name in names), len(question.names)], np.int64)[own]
    found = []
    for number, curve in enumerate(question.wholes):
        wanted = int(question.groups[number])
        mine = np.flatnonzero((group == wanted) | (wanted < 0))
        at = question.at[question.bounds[number] : question.bounds[number + 1]]
        customer = facts.customer[ends.journey[mine]]
        cause, time = ends.cause[mine], ends.time[mine]
        some = [
            incidence_influences(curve, cause, time, customer, at[first : first + _AT_ONCE])
            for first in range(0, max(len(at), 1), _AT_ONCE)
        ]
        squared = [one.squared.reshape(curve.causes, -1) for one in some]
        found.append(Influences(np.concatenate(squared, axis=1).ravel(), some[0].customers))
    return Swayed(tuple(found))
