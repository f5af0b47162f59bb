"""How far each trace goes along the ideal, and which of its deviations stand at which step."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cjmine.conformance.alignments import NOWHERE, Move
from cjmine.conformance.compare import Comparison, for_each_journey
from cjmine.conformance.moves import KIND_OF, Kind
from cjmine.conformance.states import State
from cjmine.ideal.deviations import BY_CLASS, DeviationClass, Evidence

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Passed:
    """Which journeys pass which steps: one row for each pair, journeys that are not truncated.

    A journey passes what its alignment goes through up to its last match, matched or skipped.
    `is_last` marks the step of that last match: there the journey stands at the end of the log.
    """

    journey: Ints
    step: Ints
    is_matched: Flags
    is_last: Flags


def passed_steps(comparison: Comparison) -> Passed:
    """The steps that each journey passes; journeys without any match pass none."""
    moves, explained = comparison.moves, comparison.explained
    trace = moves.trace.astype(np.int64)
    is_match = moves.kind == Move.SYNCHRONOUS
    matches = moves.count(Move.SYNCHRONOUS)
    on_the_way = is_match | ((moves.kind == Move.MODEL) & (explained.before < matches[trace]))
    side = max(len(comparison.ideal.space.labels), 1)
    rows = np.flatnonzero(on_the_way)
    pair = trace[rows] * side + moves.label[rows]
    pairs = np.unique(pair)
    matched = np.isin(pairs, pair[is_match[rows]])
    final = is_match & (explained.before == matches[trace] - 1)
    last = np.isin(pairs, trace[final] * side + moves.label[final])
    row, journey = for_each_journey(comparison, pairs // side)
    seen = comparison.states.of_journey[journey] != State.TRUNCATED
    row, journey = row[seen], journey[seen]
    return Passed(journey, (pairs % side)[row], matched[row], last[row])


@dataclass(frozen=True, slots=True)
class Deviations:
    """Who has which deviation how often: one row for each journey, class and name.

    Truncated journeys are left out. `name` is a place in `names`: the steps, then the activities
    of the log. Rows are sorted by class, name and journey.
    """

    names: tuple[str, ...]
    of_class: npt.NDArray[np.uint8]
    name: Ints
    journey: Ints
    times: Ints


CLASSES = tuple(DeviationClass)


def deviations(comparison: Comparison) -> Deviations:
    """The deviations that moves tell: pairs count once, an abandoned journey once."""
    moves, explained, found = comparison.moves, comparison.explained, comparison.variants
    steps = len(comparison.ideal.space.labels)
    trace = moves.trace.astype(np.int64)
    is_log = moves.kind == Move.LOG
    label = moves.label.astype(np.int64)
    label[is_log] = comparison.label[found.starts[trace[is_log]] + moves.event[is_log]]
    activity = np.full(len(trace), NOWHERE, np.int64)
    activity[is_log] = found.codes[found.starts[trace[is_log]] + moves.event[is_log]]
    name = np.where(explained.kind == Kind.UNEXPECTED, steps + activity, label)
    counted = _IS_COUNTED[explained.kind, moves.kind]
    tails = explained.kind == Kind.TAIL
    names = (*comparison.ideal.space.labels, *found.activities)
    state = comparison.states.of_journey

    rows = np.flatnonzero(counted)
    row, journey = for_each_journey(comparison, trace[rows])
    seen = state[journey] != State.TRUNCATED
    parts = [(_CLASS[explained.kind[rows]][row[seen]], name[rows][row[seen]], journey[seen])]
    rows = np.flatnonzero(tails)
    row, journey = for_each_journey(comparison, trace[rows])
    seen = state[journey] == State.COMPLETED
    skipped = np.full(int(seen.sum()), CLASSES.index(DeviationClass.SKIPPED), np.uint8)
    parts.append((skipped, label[rows][row[seen]], journey[seen]))
    passed = passed_steps(comparison)
    stopped = passed.is_last & (state[passed.journey] == State.ABANDONED)
    abandoned = np.full(int(stopped.sum()), CLASSES.index(DeviationClass.ABANDONED), np.uint8)
    parts.append((abandoned, passed.step[stopped], passed.journey[stopped]))
    of_class, name, journey = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    return _counted(names, of_class, name.astype(np.int64), journey)


# The class of each kind of move that makes a deviation, and which moves of the kind are counted.
_CLASS = np.zeros(len(Kind), np.uint8)
_IS_COUNTED = np.zeros((len(Kind), len(Move)), bool)
for _class, _kind in KIND_OF.items():
    _by_log = BY_CLASS[_class].evidence is Evidence.LOG_MOVE
    _CLASS[_kind] = CLASSES.index(_class)
    _IS_COUNTED[_kind, Move.LOG if _by_log else Move.MODEL] = True


def _counted(names: tuple[str, ...], of_class: np.ndarray, name: Ints, journey: Ints) -> Deviations:
    order = np.lexsort((journey, name, of_class))
    of_class, name, journey = of_class[order], name[order], journey[order]
    fresh = np.ones(len(order), bool)
    fresh[1:] = (np.diff(of_class) != 0) | (np.diff(name) != 0) | (np.diff(journey) != 0)
    rows = np.flatnonzero(fresh)
    times = np.diff(np.append(rows, len(order)))
    return Deviations(names, of_class[rows], name[rows], journey[rows], times)
