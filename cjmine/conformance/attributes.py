"""Deviations on matched steps, which cost nothing: time, channel, failure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cjmine.conformance.alignments import NOWHERE, Move
from cjmine.conformance.compare import Comparison, for_each_journey
from cjmine.conformance.states import State
from cjmine.eventlog.log import EventLog
from cjmine.ideal.nodes import Step

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Waits:
    """How long a step came after another (or after the match before it, where none is named).

    `journey` and `wait` (microseconds) are about journeys in which both were seen: the first match
    of the step, counted from the last match of the other before it. `overdue` lists the journeys
    in which only the other was seen, and the longest wait allowed is over.
    """

    journey: Ints
    wait: Ints
    overdue: Ints


def waits(comparison: Comparison, step: Step) -> Waits:
    """Measure the time that a step declares in `within`; truncated journeys are left out."""
    assert step.within is not None
    moves, found = comparison.moves, comparison.variants
    labels = comparison.ideal.space.labels
    matches = np.flatnonzero(moves.kind == Move.SYNCHRONOUS)
    trace = moves.trace.astype(np.int64)[matches]
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

    kept = comparison.kept
    here, there = at_step[found.of_journey], at_anchor[found.of_journey]
    seen = comparison.states.of_journey != State.TRUNCATED
    both = np.flatnonzero(seen & (here != NOWHERE) & (there != NOWHERE))
    began = kept.time[kept.starts[both] + there[both]]
    wait = kept.time[kept.starts[both] + here[both]] - began
    overdue = np.zeros(0, np.int64)
    if step.within.max is not None and step.within.after is not None:
        only = np.flatnonzero(seen & (here == NOWHERE) & (there != NOWHERE))
        since = kept.time[kept.starts[only] + there[only]]
        overdue = only[comparison.window.until - since > step.within.max]
    return Waits(both, wait, overdue)


@dataclass(frozen=True, slots=True)
class Matches:
    """Every match of a step: its journey, and whether it deviates; truncated journeys left out."""

    journey: Ints
    deviates: Flags


def in_wrong_channel(comparison: Comparison, step: Step) -> Matches:
    """Matches of a step whose channel is known, and whether it is one that the ideal names."""
    journey, event = _matches(comparison, step)
    channel = comparison.kept.channel[event]
    known = channel >= 0
    names = comparison.journeys.channels
    right = [code for code, name in enumerate(names) if name in step.channels]
    return Matches(journey[known], ~np.isin(channel[known], right))


def failed(comparison: Comparison, step: Step, log: EventLog) -> Matches:
    """Matches of a step, and whether they tell that it was tried and failed.

    None where the log lacks the column that tells: what is unknown is not zero.
    """
    assert step.failed is not None
    journey, event = _matches(comparison, step)
    if step.failed.column is not None and not log.has(step.failed.column):
        return Matches(journey[:0], np.zeros(0, bool))
    kept = comparison.kept
    codes = [code for code, name in enumerate(kept.activities) if name in step.failed.activities]
    bad = np.isin(kept.activity[event], codes)
    column = step.failed.column
    if column is not None:
        values = [code for code, name in enumerate(log.names(column)) if name in step.failed.values]
        bad |= np.isin(log.codes(column)[kept.event[event]], values)
    return Matches(journey, bad)


def _matches(comparison: Comparison, step: Step) -> tuple[Ints, Ints]:
    """The journey and the event (a place in `kept`) of every match of a step."""
    moves = comparison.moves
    own = comparison.ideal.space.labels.index(step.name)
    rows = np.flatnonzero((moves.kind == Move.SYNCHRONOUS) & (moves.label == own))
    variant = moves.trace[rows].astype(np.int64)
    row, journey = for_each_journey(comparison, variant)
    event = comparison.kept.starts[journey] + moves.event[rows][row]
    seen = comparison.states.of_journey[journey] != State.TRUNCATED
    journey, event = journey[seen], event[seen]
    sorted_by_journey = np.argsort(journey, kind="stable")
    return journey[sorted_by_journey], event[sorted_by_journey]
