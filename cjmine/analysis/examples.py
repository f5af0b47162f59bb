"""Examples of each deviation: its commonest traces, drawn as ideal, measured and marker row."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from cjmine.analysis.folding import Gate
from cjmine.conformance.alignments import Move
from cjmine.conformance.compare import Comparison
from cjmine.conformance.moves import KIND_OF, Kind
from cjmine.conformance.states import State
from cjmine.ideal.deviations import BY_CLASS, DeviationClass, Marker
from cjmine.results.check import Cell, Example

MOST = 3
_LONGEST = 40  # columns; a longer trace explains nothing
_MARKERS = {kind: BY_CLASS[one].marker for one, kind in KIND_OF.items()}


def examples(comparison: Comparison, gate: Gate) -> tuple[Example, ...]:
    """For each class the three commonest traces that have it, of enough customers each.

    Journeys of one trace that ended in different states are different examples: what is still to
    come is not drawn for open ones, and lost for abandoned ones.
    """
    found, state = comparison.variants, comparison.states.of_journey
    many = len(State)
    key = found.of_journey.astype(np.int64) * many + state
    counts = np.bincount(key, minlength=len(found) * many)
    names = np.argsort(np.argsort(np.array(found.activities, object))) if found.activities else None
    drawn: list[Example] = []
    for one in DeviationClass:
        having = _having(comparison, one)
        if having is None:
            continue
        wanted = np.flatnonzero((counts >= max(gate.min_group, 1)) & having)
        taken = 0
        for number in _commonest(comparison, wanted, counts, names):
            if taken == MOST:
                break
            if gate.count(np.flatnonzero(key == number)) is None:
                continue
            cells = _cells(comparison, number // many, State(number % many))
            if len(cells) <= _LONGEST:
                drawn.append(Example(one.value, int(counts[number]), cells))
                taken += 1
    return tuple(drawn)


def _having(comparison: Comparison, one: DeviationClass) -> npt.NDArray[np.bool_] | None:
    """Which pairs of trace and state have a deviation; None for one that is no move."""
    moves, many = comparison.moves, len(State)
    result = np.zeros((len(comparison.variants), many), bool)
    if one is DeviationClass.ABANDONED:
        result[:, State.ABANDONED] = True
    elif one in KIND_OF:
        traces = moves.trace[comparison.explained.kind == KIND_OF[one]]
        result[traces] = True
        if one is DeviationClass.SKIPPED:
            result[moves.trace[comparison.explained.kind == Kind.TAIL], State.COMPLETED] = True
        result[:, State.TRUNCATED] = False
    else:
        return None
    return result.ravel()


def _commonest(
    comparison: Comparison,
    wanted: npt.NDArray[np.int64],
    counts: npt.NDArray[np.int64],
    names: npt.NDArray[np.int64] | None,
) -> list[int]:
    """The commonest first; among equals in the order of their activities' names."""
    found = comparison.variants
    top = wanted[np.argsort(-counts[wanted], kind="stable")][: 20 * MOST]
    if len(wanted) > len(top):
        top = wanted[counts[wanted] >= counts[top[-1]]]

    def rank(number: int) -> tuple[int, list[int], int]:
        variant, state = divmod(number, len(State))
        codes = found.codes[found.starts[variant] : found.starts[variant + 1]]
        return -int(counts[number]), [] if names is None else names[codes].tolist(), state

    return sorted(top.tolist(), key=rank)


def _cells(comparison: Comparison, variant: int, state: State) -> tuple[Cell, ...]:
    moves, found, labels = comparison.moves, comparison.variants, comparison.ideal.space.labels
    cells = []
    for row in range(int(moves.starts[variant]), int(moves.starts[variant + 1])):
        kind = Kind(comparison.explained.kind[row])
        ideal = measured = None
        if moves.kind[row] != Move.LOG:
            ideal = labels[moves.label[row]]
        if moves.kind[row] != Move.MODEL:
            measured = found.activities[found.codes[found.starts[variant] + moves.event[row]]]
        marker = _MARKERS.get(kind)
        if kind is Kind.TAIL:
            if state is State.OPEN:
                continue
            marker = Marker.SKIPPED if state is State.COMPLETED else Marker.LOST
        cells.append(Cell(ideal, measured, marker))
    return tuple(cells)
