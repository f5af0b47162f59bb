"""Deviations at steps that were seen, which cost nothing: time, channel, failure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.conformance.alignments import NOWHERE, Move
from cjmine.conformance.compare import Comparison, steps_of_activities
from cjmine.conformance.matched_events import Matches
from cjmine.counting.groups import Flags, Ints
from cjmine.eventlog.log import EventLog
from cjmine.ideal.nodes import Step


@dataclass(frozen=True, slots=True)
class Waits:
    """How long a step came after another (or after the match before it, where none is named).

    `both` are the journeys in which both are matched, `journey` those of them in which the step
    comes after the other, with the `wait` (microseconds) of its first match since the last match of
    the other before it, and the places of these two among the compared events (`event`, `since`).
    `overdue` lists the journeys in which only the other is matched, and the longest wait allowed is
    over.
    """

    both: Ints
    journey: Ints
    event: Ints
    since: Ints
    wait: Ints
    overdue: Ints


def waits(comparison: Comparison, step: Step) -> Waits:
    """Measure the time that a step declares in `within`; only of counted journeys."""
    assert step.within is not None
    moves, found = comparison.moves, comparison.variants
    labels = comparison.ideal.space.labels
    matches = np.flatnonzero(moves.kind == Move.SYNCHRONOUS)
    trace = moves.trace[matches]
    label, event = moves.label[matches], moves.event[matches].astype(np.int64)
    own = labels.index(step.name)
    at_step = np.full(len(found), NOWHERE, np.int64)
    rows = np.flatnonzero(label == own)[::-1]
    at_step[trace[rows]] = event[rows]
    anchor = label != own
    if step.within.after is not None:
        anchor = label == labels.index(step.within.after)
    before = anchor & ((event < at_step[trace]) | (at_step[trace] == NOWHERE))
    at_anchor = np.full(len(found), NOWHERE, np.int64)
    at_anchor[trace[before]] = event[before]
    has_anchor = at_anchor != NOWHERE
    if step.within.after is not None:
        has_anchor[trace[anchor]] = True

    compared = comparison.compared
    here, there = at_step[found.of_journey], at_anchor[found.of_journey]
    seen = comparison.states.is_counted
    both = np.flatnonzero(seen & (here != NOWHERE) & has_anchor[found.of_journey])
    after = both[there[both] != NOWHERE]
    began = compared.starts[after] + there[after]
    came = compared.starts[after] + here[after]
    wait = compared.time[came] - compared.time[began]
    overdue = np.zeros(0, np.int64)
    if step.within.max is not None and step.within.after is not None:
        only = np.flatnonzero(seen & (here == NOWHERE) & (there != NOWHERE))
        since = compared.time[compared.starts[only] + there[only]]
        overdue = only[_judged_until(comparison)[only] - since > step.within.max]
    return Waits(both, after, came, began, wait, overdue)


def _judged_until(comparison: Comparison) -> Ints:
    """The moment up to which each journey is judged: its full time is over."""
    journeys, full_time = comparison.journeys, comparison.states.full_time
    begin: Ints = journeys.time[journeys.starts[:-1]]
    return begin + (full_time or 0)


@dataclass(frozen=True, slots=True)
class StepEvents:
    """Events of one step: the journey and the place of each among the compared events, in order.

    `deviates`: whether the event deviates.
    """

    journey: Ints
    event: Ints
    deviates: Flags


def in_wrong_channel(comparison: Comparison, matched: Matches, step: Step) -> StepEvents:
    """Matches of a step whose channel is known, and whether it is one that the ideal names."""
    rows = np.flatnonzero(matched.step == comparison.ideal.space.labels.index(step.name))
    channel = comparison.compared.channel[matched.event[rows]]
    known = channel >= 0
    is_right = np.array([name in step.channels for name in comparison.journeys.channels], bool)
    rows = rows[known]
    return StepEvents(matched.journey[rows], matched.event[rows], ~is_right[channel[known]])


def failed(comparison: Comparison, step: Step, log: EventLog) -> StepEvents:
    """Every event of a step, matched or not, and whether it shows that the step failed.

    None where the log lacks the column that shows it: what is unknown is not zero.
    """
    assert step.failed is not None
    column, compared = step.failed.column, comparison.compared
    if column is not None and not log.has(column):
        return StepEvents(_NONE, _NONE, _NONE > 0)
    number = comparison.ideal.space.labels.index(step.name)
    is_step = steps_of_activities(compared.activities, comparison.ideal) == number
    event = np.flatnonzero(is_step[compared.activity])
    journey = compared.journey[event].astype(np.int64)
    counted = comparison.states.is_counted[journey]
    event, journey = event[counted], journey[counted]
    is_bad = np.array([name in step.failed.activities for name in compared.activities], bool)
    bad: Flags = is_bad[compared.activity[event]]
    if column is not None:
        values = np.array([*(name in step.failed.values for name in log.names(column)), False])
        bad = bad | values[log.codes(column)[compared.event[event]]]
    return StepEvents(journey, event, bad)


_NONE = np.zeros(0, np.int64)
