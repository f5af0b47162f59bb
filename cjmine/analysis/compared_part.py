"""A part of a log beside an ideal: what a part holds, and its journeys compared as tables."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

import numpy as np

from cjmine.analysis.judged import assumed_full_time
from cjmine.analysis.log_counts import of_known
from cjmine.analysis.measured_part import MeasuredPart, Unseen, seen_part
from cjmine.analysis.multisets import Values, values
from cjmine.conformance.compare import compare
from cjmine.conformance.facts import Facts
from cjmine.conformance.states import (
    FullTime,
    Terms,
    Window,
    journey_states,
    terms_of,
    times_to_goal,
)
from cjmine.counting.merging import summed
from cjmine.eventlog.chosen import EVERYBODY, Chosen, Filter, choose
from cjmine.eventlog.journeys import CutRules, Journeys, cut
from cjmine.eventlog.log import ACTIVITY, CHANNEL, EventLog
from cjmine.ideal.choices import Choices
from cjmine.ideal.compiled import CompiledIdeal
from cjmine.ideal.journey import Expectation, IdealJourney, Stage
from cjmine.ideal.nodes import Step
from cjmine.ideal.space import StateSpace


@dataclass(frozen=True, slots=True)
class Rules:
    """What of an ideal journey is needed to count: it can be handed to another process."""

    steps: tuple[Step, ...]
    space: StateSpace
    choices: Choices
    goal: tuple[str, ...]
    exits: tuple[str, ...]
    entry: tuple[str, ...]
    allow: tuple[str, ...]
    gap: int | None
    deadline: int | None
    until_goal: bool
    expectations: tuple[Expectation, ...]
    observed_until: int | None
    filters: Filter

    @property
    def cut(self) -> CutRules:
        """How journeys are cut."""
        until = self.goal if self.until_goal else ()
        return CutRules(
            self.gap, until, self.entry, observed_until=self.observed_until, own=_named(self)
        )


def rules_of(
    ideal: CompiledIdeal, observed_until: int | None = None, filters: Filter = EVERYBODY
) -> Rules:
    """The rules of an ideal journey; events after `observed_until` (microseconds) are not seen.

    `filters` say which journeys are counted.
    """
    declared = ideal.journey
    return Rules(
        steps=declared.steps,
        space=ideal.space,
        choices=ideal.choices,
        goal=declared.goal,
        exits=declared.exits,
        entry=declared.entry,
        allow=declared.allow,
        gap=declared.gap,
        deadline=declared.deadline,
        until_goal=declared.until_goal,
        expectations=declared.expectations,
        observed_until=observed_until,
        filters=filters,
    )


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a log, cut into journeys, and the ideal as far as it is needed to count."""

    log: EventLog
    chosen: Chosen
    ideal: CompiledIdeal
    unseen: Unseen

    @property
    def journeys(self) -> Journeys:
        """The journeys that are counted."""
        return self.chosen.journeys

    @property
    def terms(self) -> Terms:
        """What decides the states of its journeys."""
        return terms_of(self.ideal.journey, self.log.about.cases)

    @property
    def measured(self) -> MeasuredPart:
        """The part as it is measured without an ideal."""
        return MeasuredPart(self.log, self.chosen, self.unseen)


def prepared(log: EventLog, rules: Rules) -> Part:
    """Cut the journeys of a part."""
    seen, unseen = seen_part(log, rules.observed_until)
    chosen = choose(seen, cut(seen, rules.cut), rules.filters)
    return Part(seen, chosen, ideal_of(rules), unseen)


def ideal_of(rules: Rules) -> CompiledIdeal:
    """The ideal, as far as it is needed to count."""
    declared = IdealJourney(
        name="",
        goal=rules.goal,
        stages=(Stage("", rules.steps),),
        gap=rules.gap,
        until_goal=rules.until_goal,
        entry=rules.entry,
        exits=rules.exits,
        deadline=rules.deadline,
        allow=rules.allow,
        expectations=rules.expectations,
    )
    return CompiledIdeal(declared, rules.space, rules.choices)


def _named(rules: Rules) -> tuple[str, ...]:
    """The touchpoints that are the customer's way by declaration."""
    failures = [step.failed.activities for step in rules.steps if step.failed]
    steps = [step.name for step in rules.steps]
    return (*steps, *chain.from_iterable(failures), *rules.goal, *rules.exits)


@dataclass(frozen=True, slots=True)
class Outline:
    """What is known of a log before it is compared: names, moments, customers.

    `first` and `last` are the moments of its events (microseconds), None without events.
    `to_goal` are the times from begin to first goal, where no deadline is declared.
    """

    activities: tuple[str, ...]
    channels: tuple[str, ...]
    customers: int
    first: int | None
    last: int | None
    to_goal: Values

    def __add__(self, other: Outline) -> Outline:
        return summed(
            self,
            other,
            activities=tuple(sorted({*self.activities, *other.activities})),
            channels=tuple(sorted({*self.channels, *other.channels})),
            first=of_known(min, self.first, other.first),
            last=of_known(max, self.last, other.last),
        )

    def full_time(self, deadline: int | None) -> FullTime:
        """The time that journeys are given: declared, or assumed from those that reach the goal."""
        if deadline is not None:
            return FullTime(deadline)
        return assumed_full_time(self.to_goal)


@dataclass(frozen=True, slots=True)
class AskOutline:
    """The question for an outline: from when the log observes (microseconds), where declared."""

    since: int | None


def outline(part: Part, asked: AskOutline) -> Outline:
    """The outline of a part."""
    log, journeys = part.log, part.journeys
    times = log.times
    to_goal = np.zeros(0, np.int64)
    if part.terms.deadline is None:
        to_goal = times_to_goal(part.chosen.among, part.terms, asked.since)
    return Outline(
        activities=tuple(sorted(log.names(ACTIVITY))),
        channels=tuple(sorted(log.names(CHANNEL))) if log.has(CHANNEL) else (),
        customers=journeys.customers,
        first=int(times.min()) if len(times) else None,
        last=int(times.max()) if len(times) else None,
        to_goal=values(np.zeros(len(to_goal), np.int64), to_goal),
    )


@dataclass(frozen=True, slots=True)
class Moments:
    """What of the whole log decides the states of journeys, in microseconds.

    `since` is where the log begins to observe, None where that is not declared; `first` and
    `until` are the ends of what it shows. `full_time` is None where none can be assumed.
    """

    since: int | None
    first: int
    until: int
    full_time: int | None


def facts_of(part: Part, moments: Moments) -> Facts:
    """A part compared with the ideal, as tables."""
    window = Window(moments.since, moments.until)
    states = journey_states(part.journeys, part.terms, window, moments.full_time)
    return Facts(part.log, compare(part.journeys, part.ideal, window, states))
