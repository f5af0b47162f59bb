"""The cheapest way to go on from every state of the ideal, for every ending that traces share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from cjmine.columns import array
from cjmine.counting.groups import Ints
from cjmine.ideal.space import FAR, StateSpace

Table = npt.NDArray[np.integer[Any]]
_NEVER = 1 << 28  # two of them still fit in 32 bits
_CHUNK_BYTES = 1 << 26


def by_ending(labels: npt.NDArray[np.int32], starts: Ints) -> Ints:
    """The traces sorted by their last event, then the one before it, and so on."""
    lengths = np.diff(starts)
    backwards = np.repeat(starts[1:] + starts[:-1] - 1, lengths) - np.arange(starts[0], starts[-1])
    wide = int(labels.max(initial=0)) >= 255
    written = (labels[backwards] + 1).astype(">u2" if wide else np.uint8)
    bounds = np.ascontiguousarray((starts - starts[0]) * written.itemsize)
    traces = pa.Array.from_buffers(
        pa.large_binary(),
        len(lengths),
        [None, pa.py_buffer(bounds), pa.py_buffer(np.ascontiguousarray(written))],
    )
    return array(pc.array_sort_indices(traces)).astype(np.int64)


def chunks(lengths: Ints, states: int) -> Iterator[slice]:
    """Slices of traces whose tables fit into the memory that is set aside for them."""
    most = max(_CHUNK_BYTES // (2 * states), 1)
    ends = np.cumsum(lengths)
    first = 0
    while first < len(lengths):
        before = ends[first - 1] if first else 0
        last = max(int(np.searchsorted(ends, before + most, "right")), first + 1)
        yield slice(first, last)
        first = last


@dataclass(frozen=True, slots=True)
class Costs:
    """The tree of endings: node 0 is the empty one, each other adds an event before its parent.

    `label` is the label of that event, -1 where the ideal lacks it; `table[node, state]` the
    least cost from that state with those events to come; `node` the node of each whole trace.
    The nodes with d events are `levels[d]` up to `levels[d + 1]`.
    """

    parent: Ints
    label: Ints
    table: Table
    node: Ints
    levels: Ints


def suffix_costs(
    space: StateSpace, labels: npt.NDArray[np.int32], starts: Ints, chosen: Ints
) -> Costs:
    """The table for some traces, which must be sorted by their endings.

        H[empty][s] = M[s][end]
        H[a before x][s] = min( H[x][s] + 1, min over steps u -a-> v of M[s][u] + H[x][v] )

    with M the distance between two states in steps.
    """
    ends = starts[chosen + 1]
    lengths = ends - starts[chosen]
    dtype = np.int16 if int(lengths.max(initial=0)) + space.states < FAR else np.int32
    into = _entrances(space, dtype)
    level = _wide(space.to_end[None, :], dtype)
    levels, parents, kinds = [level], [np.zeros(1, np.int64)], [np.full(1, -1)]
    node = np.zeros(len(chosen), np.int64)
    first_above, first = 0, 1
    active = np.flatnonzero(lengths > 0)
    depth = 0
    while len(active):
        depth += 1
        label = labels[ends[active] - depth].astype(np.int64)
        above = node[active]
        fresh = np.ones(len(active), bool)
        fresh[1:] = (above[1:] != above[:-1]) | (label[1:] != label[:-1])
        new = np.flatnonzero(fresh)
        node[active] = first + np.cumsum(fresh) - 1
        parents.append(above[new])
        kinds.append(label[new])
        level = _one_more(level[above[new] - first_above], label[new], into)
        levels.append(level)
        first_above, first = first, first + len(new)
        active = active[lengths[active] > depth]
    return Costs(
        np.concatenate(parents),
        np.concatenate(kinds),
        np.concatenate(levels),
        node,
        np.cumsum([0, *map(len, levels)]),
    )


def _wide(distance: npt.NDArray[np.int16], dtype: npt.DTypeLike) -> Table:
    """Distances in a type that holds every cost; what cannot be reached costs more than any."""
    wide: Table = distance.astype(dtype)
    if wide.dtype != np.int16:
        wide[distance >= FAR] = _NEVER
    return wide


@dataclass(frozen=True, slots=True)
class _Entrance:
    """A state that a label leads to, and how far it is from each state to where that begins."""

    target: int
    distance: Table


def _entrances(space: StateSpace, dtype: npt.DTypeLike) -> list[list[_Entrance]]:
    """For each label the states that it leads to."""
    found: list[list[_Entrance]] = [[] for _ in space.labels]
    pair = space.label * space.states + space.target
    order = np.argsort(pair, kind="stable")
    for rows in np.split(order, np.flatnonzero(np.diff(pair[order])) + 1):
        if len(rows):
            nearest = _wide(space.distance[:, space.source[rows]].min(axis=1), dtype)
            found[space.label[rows[0]]].append(_Entrance(int(space.target[rows[0]]), nearest))
    return found


def _one_more(above: Table, label: Ints, into: list[list[_Entrance]]) -> Table:
    """The costs with one more event in front, for all nodes of one depth."""
    costs = above + above.dtype.type(1)
    order = np.argsort(label, kind="stable")
    for rows in np.split(order, np.flatnonzero(np.diff(label[order])) + 1):
        kind = int(label[rows[0]])
        if kind < 0:
            continue
        before = above[rows]
        best = costs[rows]
        for way in into[kind]:
            np.minimum(best, before[:, way.target, None] + way.distance, out=best)
        costs[rows] = best
    return costs
