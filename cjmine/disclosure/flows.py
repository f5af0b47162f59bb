"""Flows that may not be shown one by one, so that no small one can be computed back.

What flows into an activity equals what flows out, so a single hidden flow could be computed back.
Flows are therefore hidden until each hidden one can be swapped against others without changing any
sum that is shown.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cjmine.analysis.flows import FlowCounts
from cjmine.counting.groups import Flags, Groups, distinct

Ints = npt.NDArray[np.integer]


def flows_to_hide(found: FlowCounts, min_group: int) -> Flags:
    """Which flows of a log are hidden; none where every group is shown."""
    if min_group <= 1:
        return np.zeros(len(found.source), bool)
    table = FlowTable(found.outside + 1, found.source, found.target, found.groups)
    return hidden_flows(table, min_group)


@dataclass(frozen=True, slots=True)
class FlowTable:
    """Flows between places: row r are the steps from `source[r]` to `target[r]`."""

    places: int
    source: Ints
    target: Ints
    behind: Groups


def hidden_flows(table: FlowTable, min_group: int) -> Flags:
    """Which flows must not be shown one by one, so that no small one can be computed back.

    Every place shows what flows in and out of it in all; the flows that are not shown are
    therefore known by their sums along each place. A flow under `min_group` customers is safe
    when the hidden flows of its source and of its target each hold enough customers, and when it
    can be exchanged against other hidden flows around a square without changing any sum. The
    hidden flows between activities are one row of the report, which needs enough customers too.
    """
    hidden = table.behind.customers < min_group
    while True:
        smallest = _next_to_hide(table, hidden, min_group)
        if smallest is None:
            return hidden
        hidden[smallest] = True


def _next_to_hide(table: FlowTable, hidden: Flags, min_group: int) -> int | None:
    if not hidden.any():
        return None
    for ends in (table.source, table.target):
        for place in distinct(ends[hidden]):
            rows = np.flatnonzero((ends == place) & hidden)
            if table.behind.customers_of(rows) < min_group or len(rows) < 2:
                found = _smallest(table, (ends == place) & ~hidden)
                if found is not None:
                    return found
    outside = table.places - 1
    inner = (table.source != outside) & (table.target != outside)
    if 0 < table.behind.customers_of(np.flatnonzero(inner & hidden)) < min_group:
        found = _smallest(table, inner & ~hidden)
        if found is not None:
            return found
    small = table.behind.customers < min_group
    exposed = np.flatnonzero(hidden & small & ~_exchangeable(table, hidden))
    for row in exposed:
        beside = (table.source == table.source[row]) | (table.target == table.target[row])
        found = _smallest(table, beside & ~hidden)
        if found is None:
            found = _smallest(table, ~hidden)
        if found is not None:
            return found
    return None


def _smallest(table: FlowTable, among: Flags) -> int | None:
    rows = np.flatnonzero(among)
    if not len(rows):
        return None
    order = np.lexsort((table.target[rows], table.source[rows], table.behind.occurrences[rows]))
    return int(rows[order[0]])


def _exchangeable(table: FlowTable, hidden: Flags) -> Flags:
    """Which hidden rows lie on a square of hidden flows along which amounts can be moved.

    In the table a hidden flow looks like one that does not occur, so any pair of
    places that is not shown may be a corner, if amounts can leave the corners that lose. Two
    kinds of pairs look different after all, and gain nothing: a place where no journey begins or
    ends shows a 0, and where no journey has an activity twice, none repeats it at once.
    """
    sources, s = np.unique(table.source[hidden], return_inverse=True)
    targets, t = np.unique(table.target[hidden], return_inverse=True)
    unknown = np.ones((len(sources), len(targets)), np.float32)
    shown = ~hidden & np.isin(table.source, sources) & np.isin(table.target, targets)
    unknown[
        np.searchsorted(sources, table.source[shown]), np.searchsorted(targets, table.target[shown])
    ] = 0
    filled = np.zeros_like(unknown)
    filled[s, t] = 1
    outside = table.places - 1
    shows_zero = (
        (sources[:, None] == targets) | (sources[:, None] == outside) | (targets == outside)
    )
    unknown[shows_zero] = filled[shows_zero]
    more = filled @ unknown.T @ filled - filled * _degenerate(filled, unknown, filled)
    less = unknown @ filled.T @ unknown - filled * _degenerate(unknown, filled, unknown)
    result = np.zeros(len(hidden), bool)
    result[hidden] = ((more > 0.5) | (less > 0.5))[s, t]
    return result


def _degenerate(
    first: npt.NDArray[np.float32], second: npt.NDArray[np.float32], third: npt.NDArray[np.float32]
) -> npt.NDArray[np.float32]:
    """Walks of three steps from source to target that turn back and so close no square."""
    along_row = (first * second).sum(axis=1, keepdims=True)
    along_column = (second * third).sum(axis=0, keepdims=True)
    walks: npt.NDArray[np.float32] = along_row + along_column - second
    return walks
