"""How far each journey comes along the ideal: the steps and the choices that it reaches."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.conformance.alignments import NOWHERE, Move
from cjmine.conformance.compare import Comparison
from cjmine.conformance.journey_rows import journey_rows
from cjmine.counting.groups import Flags, Ints
from cjmine.ideal.choices import Choices


@dataclass(frozen=True, slots=True)
class StepsOfTraces:
    """Which traces pass which steps: one row for each pair, sorted by trace and step.

    `passes[trace, step]` says the same as a table of flags, `choices[trace, choice]` which traces
    pass any step of a choice, by the place of its name.
    """

    trace: Ints
    step: Ints
    is_matched: Flags
    is_last: Flags
    passes: Flags
    choices: Flags

    @property
    def places(self) -> Flags:
        """The steps and, behind them, the choices that traces pass."""
        return np.hstack([self.passes, self.choices])

    @property
    def last(self) -> Ints:
        """The step of the last match of each trace; the number of steps where nothing matches."""
        traces, steps = self.passes.shape
        found: Ints = np.full(traces, steps, np.int64)
        found[self.trace[self.is_last]] = self.step[self.is_last]
        return found


def steps_of_traces(comparison: Comparison) -> StepsOfTraces:
    """The steps that each distinct trace passes; traces without any match pass none."""
    moves, explained = comparison.moves, comparison.explained
    trace = moves.trace
    is_match = moves.kind == Move.SYNCHRONOUS
    matches = moves.count(Move.SYNCHRONOUS)
    left = matches[trace] - explained.before
    side = max(len(comparison.ideal.space.labels), 1)
    is_passed = (moves.kind == Move.MODEL) & (left > 0) & (explained.choice == NOWHERE)
    rows = np.flatnonzero(is_match | is_passed)
    pair = trace[rows] * side + moves.label[rows]
    matched = is_match[rows]
    size = (len(comparison.variants), side)
    passes, matches_it, ends_on_it = (
        _flagged(pair[flags], size) for flags in (slice(None), matched, matched & (left[rows] == 1))
    )
    _reach_goals(comparison, passes, matches_it, ends_on_it)
    pairs = np.flatnonzero(passes)
    found_in, step = np.divmod(pairs, side)
    is_matched, is_last = matches_it.ravel()[pairs], ends_on_it.ravel()[pairs]
    choices = _passes_choices(comparison.ideal.choices, passes)
    return StepsOfTraces(found_in, step, is_matched, is_last, passes, choices)


def _passes_choices(choices: Choices, passes: Flags) -> Flags:
    found = np.zeros((len(passes), len(choices.first)), bool)
    for name, holds in zip(choices.named.tolist(), choices.holds, strict=True):
        found[:, name] |= passes[:, np.flatnonzero(holds)].any(axis=1)
    return found


def _reach_goals(
    comparison: Comparison, passes: Flags, matches_it: Flags, ends_on_it: Flags
) -> None:
    """A goal step is passed where it is matched or its touchpoint occurs, and nowhere else.

    So the journeys that are completed are those that reach the goal, whatever the cheapest
    alignment matched. Where the alignment passes no goal step, the trace ends at the one that has
    its touchpoint, the last of them in the file.
    """
    labels, traces = comparison.ideal.space.labels, comparison.variants
    goals = np.array([name in comparison.ideal.journey.goal for name in labels], bool)
    strays = ~passes[:, : len(labels)][:, goals].any(axis=1)
    occurs = np.zeros_like(passes)
    step = {name: place for place, name in enumerate(labels) if goals[place]}
    code = np.array([step.get(name, NOWHERE) for name in traces.activities], np.int64)
    events = np.flatnonzero(code[traces.codes] != NOWHERE)
    trace = np.searchsorted(traces.starts, events, "right") - 1
    occurs[trace, code[traces.codes[events]]] = True
    for goal in np.flatnonzero(goals).tolist():
        passes[:, goal] = occurs[:, goal] | matches_it[:, goal]
        ends_there = strays & occurs[:, goal]
        ends_on_it[ends_there] = False
        ends_on_it[ends_there, goal] = True


def _flagged(pair: Ints, size: tuple[int, int]) -> Flags:
    """A table of flags, set at some places of it as one row."""
    table = np.zeros(size, bool)
    table.ravel()[pair] = True
    return table


@dataclass(frozen=True, slots=True)
class Passed:
    """Which counted journeys pass which steps: one row for each pair.

    A journey passes what its alignment goes through up to its last match, matched or skipped, but
    for choices of which it has nothing, and goal steps whose touchpoint it lacks. `is_last` marks
    the step of that last match: there the journey is at the end of the log.
    Rows are in the order of journeys, then of steps.
    """

    journey: Ints
    step: Ints
    is_matched: Flags
    is_last: Flags


def passed_steps(comparison: Comparison, found: StepsOfTraces) -> Passed:
    """The steps that each journey passes; journeys without any match pass none."""
    rows = journey_rows(found.trace, len(comparison.variants), counted_traces(comparison))
    row = rows.row
    return Passed(rows.journey, found.step[row], found.is_matched[row], found.is_last[row])


def counted_traces(comparison: Comparison) -> Ints:
    """The trace of each journey, one past the last for open and truncated journeys."""
    counted = comparison.states.is_counted
    return np.where(counted, comparison.variants.of_journey, len(comparison.variants))


@dataclass(frozen=True, slots=True)
class SeenSteps:
    """Which counted journeys have an event of which step, and whether one is matched."""

    journey: Ints
    step: Ints
    is_matched: Flags


def seen_steps(comparison: Comparison, found: StepsOfTraces) -> SeenSteps:
    """The steps that each journey has events of, wherever they come."""
    traces, steps = comparison.variants, found.passes.shape[1]
    events = np.flatnonzero(comparison.label != NOWHERE)
    trace = np.searchsorted(traces.starts, events, "right") - 1
    pair = np.flatnonzero(_flagged(trace * steps + comparison.label[events], found.passes.shape))
    matched = found.trace[found.is_matched] * steps + found.step[found.is_matched]
    is_matched = _flagged(matched, found.passes.shape).ravel()[pair]
    of_trace, step = np.divmod(pair, steps)
    rows = journey_rows(of_trace, len(traces), counted_traces(comparison))
    return SeenSteps(rows.journey, step[rows.row], is_matched[rows.row])


@dataclass(frozen=True, slots=True)
class ReachedChoices:
    """Which counted journeys pass any step of which choice, by the place of its name."""

    journey: Ints
    choice: Ints


def reached_choices(comparison: Comparison, found: StepsOfTraces) -> ReachedChoices:
    """The choices that each journey comes past."""
    trace, choice = np.nonzero(found.choices)
    rows = journey_rows(trace, len(comparison.variants), counted_traces(comparison))
    return ReachedChoices(rows.journey, choice[rows.row])
