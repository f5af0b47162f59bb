"""The events that match a step, and the undeclared ones between them, journey by journey."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.conformance.alignments import NOWHERE, Move
from cjmine.conformance.compare import Comparison
from cjmine.conformance.journey_rows import distinct_rows, journey_rows
from cjmine.conformance.move_deviations import is_extra
from cjmine.conformance.reached_steps import StepsOfTraces, counted_traces
from cjmine.counting.groups import Flags, Ints


@dataclass(frozen=True, slots=True)
class Matches:
    """One row a matched event: its journey, step, and place among the compared events.

    `before` is the place of the match before it in its journey, `NOWHERE` for the first. Rows are
    in the order of events; only those of counted journeys.
    """

    journey: Ints
    step: Ints
    event: Ints
    before: Ints


def matches(comparison: Comparison, steps: Flags | None = None) -> Matches:
    """The matched events of all steps, or of those that are flagged."""
    moves = comparison.moves
    rows = np.flatnonzero(moves.kind == Move.SYNCHRONOUS)
    trace, step = moves.trace[rows], moves.label[rows].astype(np.int64)
    event = moves.event[rows].astype(np.int64)
    before = np.full(len(rows), NOWHERE, np.int64)
    follows = trace[1:] == trace[:-1]
    before[1:][follows] = event[:-1][follows]
    if steps is not None:
        wanted = steps[step]
        trace, step, event, before = (one[wanted] for one in (trace, step, event, before))
    found = journey_rows(trace, len(comparison.variants), counted_traces(comparison))
    begins = comparison.compared.starts[found.journey]
    previous = before[found.row]
    return Matches(
        found.journey,
        step[found.row],
        begins + event[found.row],
        np.where(previous == NOWHERE, NOWHERE, begins + previous),
    )


@dataclass(frozen=True, slots=True)
class Extras:
    """One row for each journey, undeclared activity, and step that it comes after.

    `after` is the number of steps where it comes before any. `times` counts the events, `goes_on`:
    the journey comes to a later step after one of them. `is_passed`: it passes the step `after`.
    """

    journey: Ints
    activity: Ints
    after: Ints
    times: Ints
    goes_on: Flags
    is_passed: Flags


def extras(comparison: Comparison, found: StepsOfTraces) -> Extras:
    """The undeclared events of the counted journeys."""
    moves, explained, traces = comparison.moves, comparison.explained, comparison.variants
    steps, activities = len(comparison.ideal.space.labels), max(len(traces.activities), 1)
    is_match = moves.kind == Move.SYNCHRONOUS
    rows = np.flatnonzero(is_extra(comparison))
    trace, before = moves.trace[rows], explained.before[rows]
    match_rows = np.flatnonzero(is_match)
    last = np.cumsum(is_match)[rows] - 1
    after = np.full(len(rows), steps, np.int64)
    after[before > 0] = moves.label[match_rows[last[before > 0]]]
    activity = traces.codes[traces.starts[trace] + moves.event[rows]].astype(np.int64)
    goes_on = before < moves.count(Move.SYNCHRONOUS)[trace]
    key = ((trace * activities + activity) * (steps + 1) + after) * 2 + goes_on
    keys, times = distinct_rows(key)
    fresh = np.flatnonzero(np.diff(keys // 2, prepend=-1))
    if len(fresh):
        times = np.add.reduceat(times, fresh)
        goes_on = np.bitwise_or.reduceat(keys % 2, fresh) > 0
    place = keys[fresh] // 2
    trace, rest = np.divmod(place, activities * (steps + 1))
    activity, after = np.divmod(rest, steps + 1)
    is_passed = np.zeros(len(place), bool)
    inside = after < steps
    is_passed[inside] = found.passes[trace[inside], after[inside]]
    spread = journey_rows(trace, len(traces), counted_traces(comparison))
    row = spread.row
    return Extras(
        spread.journey, activity[row], after[row], times[row], goes_on[row], is_passed[row]
    )


def first_matches(comparison: Comparison, step: int) -> Ints:
    """The place of the event of each trace that first matches a step, or `NOWHERE`."""
    moves = comparison.moves
    rows = np.flatnonzero((moves.kind == Move.SYNCHRONOUS) & (moves.label == step))[::-1]
    first = np.full(len(comparison.variants), NOWHERE, np.int64)
    first[moves.trace[rows]] = moves.event[rows]
    return first


@dataclass(frozen=True, slots=True)
class Touched:
    """Which journeys hold a touchpoint, of which journeys, and how often."""

    among: Flags
    times: Ints


def touched(comparison: Comparison, touchpoint: str, between: tuple[int, int] | None) -> Touched:
    """Journeys that hold a touchpoint at all, or after a match of one step and before another.

    The journeys that could: the counted ones, with `between` those that match the first of its
    steps.
    """
    found = comparison.variants
    codes = np.array([name == touchpoint for name in found.activities], bool)
    events = np.flatnonzero(codes[found.codes]) if codes.any() else np.zeros(0, np.int64)
    trace = np.searchsorted(found.starts, events, "right") - 1
    among = np.ones(len(found), bool)
    if between is not None:
        begin, end = (first_matches(comparison, step) for step in between)
        among = begin != NOWHERE
        place = events - found.starts[trace]
        inside = among[trace] & (place > begin[trace])
        inside &= (end[trace] == NOWHERE) | (place < end[trace])
        trace = trace[inside]
    times = np.append(np.bincount(trace, minlength=len(found)), 0)
    counted = counted_traces(comparison)
    return Touched(np.append(among, False)[counted], times[counted])
