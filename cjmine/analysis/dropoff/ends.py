"""When journeys end, and by which cause: a goal, a declared exit, or the end of their time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.analysis.compared_part import Moments
from cjmine.conformance.alignments import NOWHERE
from cjmine.conformance.facts import Facts
from cjmine.conformance.matched_events import first_matches
from cjmine.conformance.states import State
from cjmine.counting.groups import Ints
from cjmine.eventlog.named_events import first_of
from cjmine.ideal.journey import IdealJourney
from cjmine.results.dropoff import TIMED_OUT, CauseKind

NEVER = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class Cause:
    """What ends journeys, by its label."""

    name: str
    kind: CauseKind


def causes_of(declared: IdealJourney) -> tuple[Cause, ...]:
    """The causes in their order: goals, exits, and timing out where a deadline is declared."""
    goals = [Cause(name, CauseKind.GOAL) for name in declared.goal]
    exits = [Cause(name, CauseKind.EXIT) for name in declared.exits if name not in declared.goal]
    late = [] if declared.deadline is None else [Cause(TIMED_OUT, CauseKind.TIMED_OUT)]
    return (*goals, *exits, *late)


@dataclass(frozen=True, slots=True)
class Ends:
    """The journeys that are followed, by their places, in order.

    `cause` is a place among the causes, their number where the journey is open; `time` is when it
    ended, or until when it was seen, in microseconds since its `origin` (a moment).
    """

    journey: Ints
    cause: Ints
    time: Ints
    origin: Ints


def journey_ends(facts: Facts, moments: Moments, step: int | None) -> Ends:
    """The ends of journeys, which are open until the end of observation where nothing ends them.

    A journey ends with its first goal or exit; of several at one moment the first cause counts. A
    goal or an exit after the deadline comes too late: the journey has timed out. Truncated
    journeys are left out. With a step, times count from its first match, and journeys that have
    none before they end are left out.
    """
    journeys = facts.comparison.journeys
    declared = facts.comparison.ideal.journey
    begin = journeys.time[journeys.starts[:-1]]
    causes = causes_of(declared)
    place = {one.name: at for at, one in enumerate(causes) if one.kind is not CauseKind.TIMED_OUT}
    open_ = len(causes)
    code = np.array([place.get(name, open_) for name in journeys.activities], np.int64)
    of_event = code[journeys.activity] if len(code) else np.zeros(0, np.int64)
    hits = np.flatnonzero(of_event < open_)
    first = first_of(journeys, of_event < open_)
    end = np.full(len(begin), NEVER)
    end[first >= 0] = journeys.time[first[first >= 0]]
    cause = np.full(len(begin), open_)
    at_end = hits[journeys.time[hits] == end[journeys.journey[hits]]]
    np.minimum.at(cause, journeys.journey[at_end], of_event[at_end])
    if declared.deadline is not None:
        last = begin + declared.deadline
        is_late = (end > last) & (last <= moments.until)
        cause[is_late], end[is_late] = open_ - 1, last[is_late]
    end[cause == open_] = moments.until
    origin = begin if step is None else _first_match(facts, step)
    is_followed = (facts.state != State.TRUNCATED) & (origin <= end)
    followed = np.flatnonzero(is_followed)
    return Ends(followed, cause[followed], (end - origin)[followed], origin[followed])


def _first_match(facts: Facts, step: int) -> Ints:
    """The moment of the first match of a step in each journey; never where it has none."""
    compared = facts.comparison.compared
    place = facts.of_variant(first_matches(facts.comparison, step))
    found = np.full(len(place), NEVER)
    some = np.flatnonzero(place != NOWHERE)
    found[some] = compared.time[compared.starts[some] + place[some]]
    return found
