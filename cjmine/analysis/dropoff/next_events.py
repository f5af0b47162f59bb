"""What customers do next after a step: a touchpoint, a step of the ideal again, or nothing.

The step is over with the last event of it before the next match. What comes next is the next event
of the customer in the whole log, in whichever journey; being asked in a survey is none.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.conformance.alignments import NOWHERE, Move
from cjmine.conformance.compare import Comparison, steps_of_activities
from cjmine.conformance.facts import Facts
from cjmine.conformance.journey_rows import journey_rows
from cjmine.conformance.reached_steps import counted_traces
from cjmine.conformance.states import State
from cjmine.counting.groups import Flags, Ints
from cjmine.eventlog.log import ACTIVITY, CHANNEL, CUSTOMER, Cases, EventLog
from cjmine.eventlog.surveys import survey_events

NOTHING, CAME_BACK, TOUCHPOINTS = range(3)


@dataclass(frozen=True, slots=True)
class Left:
    """The matched steps of counted journeys: one row a journey and step, in order of journeys.

    `is_end`: no later step is matched; `is_left`: and the journey is abandoned. The last
    event of the step before the next match is at `time`, so long after the begin (`wait`), and in
    this `row` of the log.
    """

    journey: Ints
    step: Ints
    is_end: Flags
    is_left: Flags
    wait: Ints
    time: Ints
    row: Ints


def left_steps(facts: Facts) -> Left:
    """The steps that counted journeys match, and whether they end there."""
    comparison = facts.comparison
    compared, traces = comparison.compared, comparison.variants
    places, begin = _places(comparison), comparison.journeys.time[comparison.journeys.starts[:-1]]
    found = journey_rows(places.trace, len(traces), counted_traces(comparison))
    last = compared.starts[found.journey] + places.last[found.row]
    is_end = places.is_end[found.row]
    is_left = is_end & (facts.state[found.journey] == State.ABANDONED)
    return Left(
        found.journey,
        places.step[found.row],
        is_end,
        is_left,
        compared.time[last] - begin[found.journey],
        compared.time[last],
        compared.event[last],
    )


@dataclass(frozen=True, slots=True)
class _Places:
    """The matched steps of distinct traces, sorted by trace; `last` are places in the trace."""

    trace: Ints
    step: Ints
    last: Ints
    is_end: Flags


def _places(comparison: Comparison) -> _Places:
    moves, traces = comparison.moves, comparison.variants
    steps = max(len(comparison.ideal.space.labels), 1)
    rows = np.flatnonzero(moves.kind == Move.SYNCHRONOUS)
    trace, step = moves.trace[rows].astype(np.int64), moves.label[rows].astype(np.int64)
    event = traces.starts[trace] + moves.event[rows]
    owner = np.repeat(np.arange(len(traces)), np.diff(traces.starts))
    # Later events of the step that was matched last belong to that match.
    label = comparison.label
    match = np.searchsorted(event, np.arange(len(label)), "right") - 1
    is_own = match >= 0
    if len(rows):
        is_own &= (trace[match] == owner) & (step[match] == label)
    over = event.copy()
    own = np.flatnonzero(is_own)
    over[match[own]] = own
    size = len(traces) * steps
    last = np.full(size, NOWHERE, np.int64)
    last[trace * steps + step] = over
    end = np.full(len(traces), NOWHERE, np.int64)
    end[trace] = step
    pairs = np.flatnonzero(last != NOWHERE)
    of_trace, of_step = np.divmod(pairs, steps)
    place = last[pairs] - traces.starts[of_trace]
    return _Places(of_trace, of_step, place, end[of_trace] == of_step)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The activities and the channels of the whole log, in the order in which they are counted."""

    activities: tuple[str, ...]
    channels: tuple[str, ...]

    @property
    def kinds(self) -> int:
        """So many things can come next: nothing, a step, and touchpoints by channel."""
        return TOUCHPOINTS + (len(self.channels) + 1) * len(self.activities)

    def activity(self, kind: int) -> str:
        """The activity of a touchpoint."""
        return self.activities[(kind - TOUCHPOINTS) % len(self.activities)]

    def channel(self, kind: int) -> str | None:
        """The channel of a touchpoint; None where it is not known, and for other kinds."""
        channel = (kind - TOUCHPOINTS) // len(self.activities) if kind >= TOUCHPOINTS else 0
        return self.channels[channel - 1] if channel else None


def next_kinds(
    log: EventLog, facts: Facts, left: Left, within: int, own: tuple[str, ...], words: Vocabulary
) -> Ints:
    """What comes next within a time (microseconds) after each row, as `words` numbers it.

    `own` are touchpoints of the customer's way by declaration.
    """
    customer, time = log.codes(CUSTOMER), log.times
    order = np.arange(len(customer))
    if log.about.cases is Cases.GIVEN:
        order = np.lexsort((time, customer))
    way = order[~survey_events(log, own)[order]]
    place = np.zeros(len(customer), np.int64)
    place[way] = np.arange(len(way))
    following = place[left.row] + 1
    inside = np.flatnonzero(following < len(way))
    then = way[following[inside]]
    comes = customer[then] == customer[left.row[inside]]
    comes &= time[then] - left.time[inside] <= within
    found = np.full(len(left.row), NOTHING, np.int64)
    found[inside[comes]] = _kinds(log, facts, words)[then[comes]] if comes.any() else NOTHING
    return found


def _kinds(log: EventLog, facts: Facts, words: Vocabulary) -> Ints:
    """The kind of each event of a log."""
    names = log.activities
    is_step = steps_of_activities(names, facts.comparison.ideal) != NOWHERE
    activity = _codes(words.activities, names)
    code = log.codes(ACTIVITY)
    channel = np.zeros(len(code), np.int64)
    if log.has(CHANNEL):
        own = 1 + _codes(words.channels, log.names(CHANNEL))
        channel = np.append(own, 0)[log.codes(CHANNEL)]  # -1 is unknown
    found = TOUCHPOINTS + channel * len(words.activities) + activity[code]
    return np.where(is_step[code], CAME_BACK, found)


def _codes(names: tuple[str, ...], own: tuple[str, ...]) -> Ints:
    place = {name: number for number, name in enumerate(names)}
    return np.array([place[name] for name in own], np.int64)
