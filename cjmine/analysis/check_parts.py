"""The questions of a check to each part of a log: what it holds, then what is counted."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

import numpy as np

from cjmine.analysis.check_counts import CheckCounts, count_check
from cjmine.analysis.deviation_counts import codes_in
from cjmine.analysis.example_counts import ExampleCounts, count_examples
from cjmine.analysis.judged import JudgedCounts, assumed_full_time, count_judged
from cjmine.analysis.log_counts import LogCounts, count_log, of_known
from cjmine.analysis.map_counts import MapCounts, count_map
from cjmine.analysis.measured_part import MeasuredPart, Unseen, seen_part
from cjmine.analysis.multisets import Values, values
from cjmine.analysis.range_counts import RangeCounts, count_ranges
from cjmine.analysis.score_counts import ScoreCounts, count_scores
from cjmine.analysis.segment_counts import SegmentCounts, count_segments
from cjmine.analysis.trace_counts import TraceCounts, count_traces
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
from cjmine.eventlog.chosen import EVERYBODY, Chosen, Filter, SetAside, choose
from cjmine.eventlog.journeys import CutRules, Journeys, cut
from cjmine.eventlog.log import ACTIVITY, CHANNEL, EventLog
from cjmine.eventlog.variants import variants
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


def prepared(log: EventLog, rules: Rules) -> Part:
    """Cut the journeys of a part."""
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
    seen, unseen = seen_part(log, rules.observed_until)
    chosen = choose(seen, cut(seen, rules.cut), rules.filters)
    return Part(seen, chosen, CompiledIdeal(declared, rules.space, rules.choices), unseen)


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
class AskCounts:
    """The question for the counts: names and moments of the whole log, and what is wanted.

    `has_map`, `has_examples`, `has_ranges`: whether the counts of a journey map, of examples and
    of ranges are wanted. `by` names a column that journeys are compared by.
    """

    activities: tuple[str, ...]
    channels: tuple[str, ...]
    since: int | None
    first: int
    until: int
    full_time: int | None
    min_group: int
    has_map: bool
    has_examples: bool
    has_ranges: bool
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """All counts of a check; those of a map, of examples and of ranges where they are wanted."""

    log: LogCounts
    aside: SetAside
    judged: JudgedCounts
    traces: TraceCounts
    check: CheckCounts
    scores: ScoreCounts
    map: MapCounts | None
    examples: ExampleCounts | None
    ranges: RangeCounts | None
    segments: SegmentCounts | None

    def __add__(self, other: Counts) -> Counts:
        """Both parts have counted the same."""
        journey_map, examples, ranges = self.map, self.examples, self.ranges
        if journey_map is not None and other.map is not None:
            journey_map += other.map
        if examples is not None and other.examples is not None:
            examples += other.examples
        if ranges is not None and other.ranges is not None:
            ranges += other.ranges
        segments = self.segments
        if segments is not None and other.segments is not None:
            segments += other.segments
        return summed(
            self, other, map=journey_map, examples=examples, ranges=ranges, segments=segments
        )


def facts_of(part: Part, asked: AskCounts) -> Facts:
    """A part compared with the ideal, as tables."""
    window = Window(asked.since, asked.until)
    states = journey_states(part.journeys, part.terms, window, asked.full_time)
    return Facts(part.log, compare(part.journeys, part.ideal, window, states))


def counted(part: Part, asked: AskCounts) -> Counts:
    """The counts of a part."""
    facts = facts_of(part, asked)
    comparison, names = facts.comparison, asked.activities
    is_same = comparison.compared is comparison.journeys
    found = comparison.variants if is_same else variants(comparison.journeys)
    own = codes_in(names, comparison.journeys.activities)
    measured = MeasuredPart(part.log, part.chosen, part.unseen)
    segments = None
    if asked.by is not None:
        segments = count_segments(measured, facts, asked.by, asked.min_group)
    return Counts(
        log=count_log(measured),
        aside=part.chosen.aside,
        judged=count_judged(
            part.journeys,
            comparison.states,
            facts.customer,
            part.terms,
            asked.first if asked.since is None else None,
        ),
        traces=count_traces(found, own, len(names)),
        check=count_check(facts, names, asked.min_group),
        scores=count_scores(facts, names),
        map=count_map(facts, names, asked.channels) if asked.has_map else None,
        examples=count_examples(facts, names) if asked.has_examples else None,
        ranges=count_ranges(facts, names, asked.min_group) if asked.has_ranges else None,
        segments=segments,
    )
