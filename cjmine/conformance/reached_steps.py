"""How far each journey comes along the ideal, and which of its deviations are at which step."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cjmine.conformance.alignments import Move
from cjmine.conformance.compare import Comparison
from cjmine.conformance.journey_rows import distinct_rows, journey_rows
from cjmine.conformance.moves import MOVE_CLASS_OF, MoveClass
from cjmine.conformance.states import State
from cjmine.counting.groups import Flags, Ints
from cjmine.ideal.deviations import BY_CLASS, DeviationClass, Evidence


@dataclass(frozen=True, slots=True)
class StepsOfTraces:
    """Which traces pass which steps: one row for each pair, sorted by trace and step.

    `passes[trace, step]` says the same as a table of flags.
    """

    trace: Ints
    step: Ints
    is_matched: Flags
    is_last: Flags
    passes: Flags

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
    rows = np.flatnonzero(is_match | ((moves.kind == Move.MODEL) & (left > 0)))
    pair = trace[rows] * side + moves.label[rows]
    matched = is_match[rows]
    size = (len(comparison.variants), side)
    passes, matches_it, ends_on_it = (
        _flagged(pair[flags], size) for flags in (slice(None), matched, matched & (left[rows] == 1))
    )
    pairs = np.flatnonzero(passes)
    found_in, step = np.divmod(pairs, side)
    is_matched, is_last = matches_it.ravel()[pairs], ends_on_it.ravel()[pairs]
    return StepsOfTraces(found_in, step, is_matched, is_last, passes)


def _flagged(pair: Ints, size: tuple[int, int]) -> Flags:
    """A table of flags, set at some places of it as one row."""
    table = np.zeros(size, bool)
    table.ravel()[pair] = True
    return table


@dataclass(frozen=True, slots=True)
class Passed:
    """Which counted journeys pass which steps: one row for each pair.

    A journey passes what its alignment goes through up to its last match, matched or skipped.
    `is_last` marks the step of that last match: there the journey is at the end of the log.
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
class Deviations:
    """Who has which deviation how often: one row for each journey, class and name.

    Only counted journeys. `name` is a place in `names`: the steps, then the activities
    of the log. `is_passed`: the journey passes the step. Rows of one class and name are in the
    order of journeys.
    """

    names: tuple[str, ...]
    of_class: npt.NDArray[np.uint8]
    name: Ints
    journey: Ints
    times: Ints
    is_passed: Flags


CLASSES = tuple(DeviationClass)


def deviations(comparison: Comparison, found: StepsOfTraces, passed: Passed) -> Deviations:
    """The deviations that moves show: pairs count once, an abandoned journey once."""
    moves, explained, traces = comparison.moves, comparison.explained, comparison.variants
    steps = len(comparison.ideal.space.labels)
    names = (*comparison.ideal.space.labels, *traces.activities)
    kind, is_log = explained.kind, moves.kind == Move.LOG
    # Of a pair, the move that shows the step; a tail is skipped in completed journeys.
    rows = np.flatnonzero(_COUNTED[kind, moves.kind])
    is_log, trace = is_log[rows], moves.trace[rows]
    label = moves.label[rows].astype(np.int64)
    place = traces.starts[trace[is_log]] + moves.event[rows[is_log]]
    extra = kind[rows[is_log]] == MoveClass.UNEXPECTED
    label[is_log] = np.where(extra, steps + traces.codes[place], comparison.label[place])
    group = _CLASS[kind[rows]] * len(names) + label
    is_tail = kind[rows] == MoveClass.TAIL
    # Each trace twice: as completed journeys have it, and as all others do.
    state, of_journey = comparison.states.of_journey, counted_traces(comparison)
    completed = state == State.COMPLETED
    groups = len(CLASSES) * len(names)
    key = np.concatenate([(2 * trace + 1) * groups + group, (2 * trace * groups + group)[~is_tail]])
    keys, times = distinct_rows(key)
    twice = keys // groups
    is_completed = completed & (of_journey < len(traces))
    spread = journey_rows(twice, 2 * len(traces), 2 * of_journey + is_completed)
    of_class, name = np.divmod(keys % groups, len(names)) if names else (keys, keys)
    side = found.passes.shape[1]
    at_step = name < steps
    is_passed = np.zeros(len(keys), bool)
    is_passed[at_step] = found.passes.ravel()[twice[at_step] // 2 * side + name[at_step]]
    row = spread.row
    lost = np.flatnonzero(passed.is_last & (state[passed.journey] == State.ABANDONED))
    abandoned = np.full(len(lost), CLASSES.index(DeviationClass.ABANDONED))
    once = np.ones(len(lost), np.int64)
    return Deviations(
        names,
        np.concatenate([of_class[row], abandoned]).astype(np.uint8),
        np.concatenate([name[row], passed.step[lost]]),
        np.concatenate([spread.journey, passed.journey[lost]]),
        np.concatenate([times[row], once]),
        np.concatenate([is_passed[row], once > 0]),
    )


# The class of each kind of move that makes a deviation, and which moves of the kind are counted;
# what is left undone after the last match is skipped in completed journeys.
_CLASS = np.zeros(len(MoveClass), np.int64)
_COUNTED = np.zeros((len(MoveClass), len(Move)), bool)
for _class, _kind in (*MOVE_CLASS_OF.items(), (DeviationClass.SKIPPED, MoveClass.TAIL)):
    _by_log = BY_CLASS[_class].evidence is Evidence.LOG_MOVE
    _CLASS[_kind] = CLASSES.index(_class)
    _COUNTED[_kind, Move.LOG if _by_log else Move.MODEL] = True
