"""What customers do in the day before a journey begins and in the day after its goal.

Whether that is more than usual is asked of the same customers: the same hours a week before the
begin, and a week after the goal (case-crossover: Maclure 1991). So who they are plays no part.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.analysis.cohorts import Cohorts, among, cohorts, rows
from cjmine.analysis.compared_part import Moments, Part
from cjmine.analysis.deviation_counts import codes_in
from cjmine.conformance.facts import Facts
from cjmine.counting.groups import Flags, Ints
from cjmine.counting.merging import summed
from cjmine.eventlog.log import ACTIVITY, CUSTOMER, Cases
from cjmine.eventlog.named_events import first_of, named
from cjmine.eventlog.surveys import survey_events

DAY, WEEK = 24 * 3_600_000_000, 7 * 24 * 3_600_000_000
BEFORE, AFTER = range(2)
_SECOND = 1_000_000


@dataclass(frozen=True, slots=True)
class AroundCounts:
    """One group a side and touchpoint: journeys with it in the day, and in the day of that week.

    Among are counted journeys of which both days are observed. With d = 1, 0 or -1 by which of the
    two days has it, and n journeys of a customer: `difference_squared` has the sums over customers
    of (Σd)², `difference_among` those of n Σd.
    """

    beside: Cohorts
    usually: Cohorts
    difference_squared: Ints
    difference_among: Ints

    def __add__(self, other: AroundCounts) -> AroundCounts:
        return summed(self, other)


def count_around(
    part: Part, facts: Facts, moments: Moments, activities: tuple[str, ...]
) -> AroundCounts:
    """The counts of a part; process logs have none, since their cases are no customers."""
    size, people = len(activities), facts.customers
    found = _Found(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64))
    sides = [found, found]
    if part.log.about.cases is Cases.CUSTOMER and len(facts):
        events = _Events.of(part, facts, activities)
        sides = [_before(events, facts, moments), _after(events, facts, moments)]
    journey = np.concatenate([one.among for one in sides])
    side = np.repeat([BEFORE, AFTER], [len(one.among) for one in sides])
    base = among(side, facts.customer[journey], 2, people)
    # A row for each journey and touchpoint that one of the two days has, by side and touchpoint.
    pair = np.concatenate([one.pair + place * size for place, one in enumerate(sides)])
    days = np.concatenate([one.days for one in sides])
    touchpoint, owner = pair % (2 * size), pair // (2 * size)
    order = np.argsort(owner, kind="stable")
    touchpoint, owner, days = touchpoint[order], owner[order], days[order]
    denominator = np.arange(2 * size) // max(size, 1)

    def having(flags: Flags) -> Cohorts:
        at = np.flatnonzero(flags)
        return cohorts(
            base,
            denominator,
            rows(touchpoint[at], facts.customer[owner[at]], 2 * size, people),
        )

    every = rows(touchpoint, facts.customer[owner], 2 * size, people)
    difference = every.sums((days & 1) - (days >> 1))
    n = base.journeys[denominator[every.group], every.customer]
    return AroundCounts(
        having((days & 1) > 0),
        having(days > 1),
        every.by_group(difference * difference),
        every.by_group(difference * n),
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """The journeys among, and pairs of journey and touchpoint; `days`: 1 the day, 2 the other."""

    among: Ints
    pair: Ints
    days: Ints


@dataclass(frozen=True, slots=True)
class _Events:
    """The events of customers in order: `key` has customer and second as one number.

    `activity` is that of the whole log, -1 for what no hint is about; `sides` numbers pairs.
    """

    key: Ints
    activity: Ints
    first: int
    span: int
    size: int

    @classmethod
    def of(cls, part: Part, facts: Facts, activities: tuple[str, ...]) -> _Events:
        log, declared = part.log, facts.comparison.ideal.journey
        own = np.array([*activities, ""], object)
        known = {*declared.allow, *declared.exits, *declared.goal}
        for step in declared.steps:
            known |= {step.name, *(step.failed.activities if step.failed else ())}
        code = codes_in(activities, log.activities)
        code[np.array([name in known for name in own[code]], bool)] = -1
        activity = code[log.codes(ACTIVITY)]
        activity[survey_events(log, ())] = -1
        second = log.times // _SECOND
        first = int(second.min()) - 2 * WEEK // _SECOND
        span = int(second.max()) + 2 * WEEK // _SECOND - first
        key = log.codes(CUSTOMER).astype(np.int64) * span + (second - first)
        return cls(key, activity, first, span, len(activities))

    def between(self, customer: Ints, since: Ints, until: Ints) -> tuple[Ints, Ints]:
        """The rows of events of customers from one moment to before another (microseconds)."""
        ends = (
            np.searchsorted(self.key, customer * self.span + moment // _SECOND - self.first)
            for moment in (since, until)
        )
        low, high = ends
        return low, high

    def pairs(self, journey: Ints, low: Ints, high: Ints) -> Ints:
        """Each journey and touchpoint that occurs in its rows, once, as one number."""
        many = np.maximum(high - low, 0)
        row = np.arange(int(many.sum())) + np.repeat(low - np.cumsum(many) + many, many)
        activity = self.activity[row]
        owner = np.repeat(journey, many)
        known = activity >= 0
        key = np.sort(owner[known] * (2 * self.size) + activity[known])
        return key[np.flatnonzero(np.diff(key, prepend=-1))]

    def found(self, journey: Ints, day: tuple[Ints, Ints], usual: tuple[Ints, Ints]) -> _Found:
        """What either day of journeys has."""
        here, there = self.pairs(journey, *day), self.pairs(journey, *usual)
        key = np.concatenate([here, there])
        flag = np.repeat([1, 2], [len(here), len(there)])
        order = np.argsort(key, kind="stable")
        key, flag = key[order], flag[order]
        fresh = np.flatnonzero(np.diff(key, prepend=-1))
        days = np.add.reduceat(flag, fresh) if len(fresh) else flag
        return _Found(journey, key[fresh], days)


def _before(events: _Events, facts: Facts, moments: Moments) -> _Found:
    """The day before the begin of journeys, and that of the week before."""
    journeys = facts.comparison.journeys
    begin = journeys.time[journeys.starts[:-1]]
    first = moments.first if moments.since is None else moments.since
    at = np.flatnonzero(facts.is_counted & (begin - WEEK - DAY >= first))
    customer, begin = journeys.customer[at].astype(np.int64), begin[at]
    return events.found(
        at,
        events.between(customer, begin - DAY, begin),
        events.between(customer, begin - WEEK - DAY, begin - WEEK),
    )


def _after(events: _Events, facts: Facts, moments: Moments) -> _Found:
    """The day after the first goal of journeys, and that of the week after."""
    comparison, journeys = facts.comparison, facts.comparison.journeys
    goal = named(journeys, comparison.ideal.journey.goal) & ~comparison.states.is_after
    place = first_of(journeys, goal)
    reached = np.append(journeys.time, 0)[place]
    at = np.flatnonzero(
        facts.is_counted & (place >= 0) & (reached + WEEK + DAY + _SECOND <= moments.until)
    )
    customer, since = journeys.customer[at].astype(np.int64), reached[at] + _SECOND
    return events.found(
        at,
        events.between(customer, since, since + DAY),
        events.between(customer, since + WEEK, since + WEEK + DAY),
    )
