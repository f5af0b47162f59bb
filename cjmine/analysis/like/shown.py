"""At which event each deviation first shows in a journey."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cjmine.analysis.deviation_counts import codes_in
from cjmine.analysis.like.items import Items
from cjmine.conformance.alignments import NOWHERE, Move
from cjmine.conformance.compare import Comparison
from cjmine.conformance.facts import Facts
from cjmine.conformance.journey_rows import journey_rows
from cjmine.conformance.move_deviations import is_extra
from cjmine.conformance.moves import MoveClass
from cjmine.conformance.reached_steps import counted_traces
from cjmine.counting.groups import Flags, Ints
from cjmine.ideal.deviations import DeviationClass

_PAIRS = {
    MoveClass.SWAPPED: DeviationClass.SWAPPED,
    MoveClass.OUT_OF_ORDER: DeviationClass.OUT_OF_ORDER,
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One row for each counted journey and item that its events show.

    `event` is the place of the first event that shows it among the events of journeys.
    """

    item: Ints
    journey: Ints
    event: Ints

    def beside(self, other: Shown) -> Shown:
        """These and others."""
        return Shown(
            np.concatenate([self.item, other.item]),
            np.concatenate([self.journey, other.journey]),
            np.concatenate([self.event, other.event]),
        )


_NONE = np.zeros(0, np.int64)
NOTHING = Shown(_NONE, _NONE, _NONE)


def shown_items(facts: Facts, items: Items) -> Shown:
    """Swapped, out of order, replaced, repeated and unexpected: where each shows first.

    A step that is done again shows at its second event, whichever of the two the alignment took
    for the repeated one: at the first event it is not yet known.
    """
    comparison = facts.comparison
    moves, explained, traces = comparison.moves, comparison.explained, comparison.variants
    is_log = moves.kind == Move.LOG
    label, own = comparison.label, codes_in(items.activities, traces.activities)
    found: list[tuple[Ints, Ints, Ints]] = []

    def add(of_class: DeviationClass, rows: Ints, name: Ints, event: npt.NDArray[np.int32]) -> None:
        trace = moves.trace[rows].astype(np.int64)
        found.append((trace, items.begin(of_class) + name, event.astype(np.int64)))

    for kind, one in _PAIRS.items():
        rows = np.flatnonzero((explained.kind == kind) & is_log)
        event = moves.event[rows]
        add(one, rows, label[traces.starts[moves.trace[rows]] + event].astype(np.int64), event)
    rows = np.flatnonzero((explained.kind == MoveClass.REPLACED) & (moves.kind == Move.MODEL))
    choice = explained.choice[rows]
    missing = np.where(choice == NOWHERE, moves.label[rows], len(items.steps) + choice)
    add(DeviationClass.REPLACED, rows, missing, moves.event[explained.partner[rows]])
    rows = np.flatnonzero(is_extra(comparison))
    event = moves.event[rows]
    code = traces.codes[traces.starts[moves.trace[rows]] + event]
    add(DeviationClass.UNEXPECTED, rows, own[code], event)
    trace, step, second = _second_events(comparison, _again(comparison, is_log))
    found.append((trace, items.begin(DeviationClass.REPEATED) + step, second))
    trace, item, at = (np.concatenate(column) for column in zip(*found, strict=True))
    order = np.lexsort((at, item, trace))  # rows of distinct traces: few
    pair = trace[order] * len(items) + item[order]
    first = order[np.flatnonzero(np.diff(pair, prepend=-1))]
    spread = journey_rows(trace[first], len(traces), counted_traces(comparison))
    row = first[spread.row]
    begin = comparison.compared.starts[spread.journey]
    way = np.flatnonzero(comparison.is_compared)
    return Shown(item[row], spread.journey, way[begin + at[row]])


def _again(comparison: Comparison, is_log: Flags) -> Flags:
    """Which pairs of trace and step have an event that is repeated, as one row of flags."""
    moves, traces = comparison.moves, comparison.variants
    steps = max(len(comparison.ideal.space.labels), 1)
    again = np.zeros(len(traces) * steps, bool)
    rows = np.flatnonzero((comparison.explained.kind == MoveClass.REPEATED) & is_log)
    event = traces.starts[moves.trace[rows]] + moves.event[rows]
    again[moves.trace[rows].astype(np.int64) * steps + comparison.label[event]] = True
    return again


def _second_events(comparison: Comparison, wanted: Flags) -> tuple[Ints, Ints, Ints]:
    """Trace, step and place in the trace of the second event of each wanted pair of both."""
    traces, label = comparison.variants, comparison.label
    steps = max(len(comparison.ideal.space.labels), 1)
    place = np.flatnonzero(label != NOWHERE)
    trace = np.searchsorted(traces.starts, place, "right") - 1
    pair = trace * steps + label[place]
    inside = wanted[pair]
    place, pair = place[inside], pair[inside]
    order = np.argsort(pair, kind="stable")
    place, pair = place[order], pair[order]
    first = np.flatnonzero(np.diff(pair, prepend=-1))
    second = first + 1
    second = second[second < len(pair)]
    second = second[pair[second] == pair[second - 1]]
    trace, step = np.divmod(pair[second], steps)
    return trace, step, place[second] - traces.starts[trace]
