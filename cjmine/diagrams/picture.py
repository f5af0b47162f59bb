"""The order and the picture of a process model: from its shape and labels alone.

pm4py's models come as sets in no order, with random names. So a diagram is first put in an order,
then laid out from left to right; equal models give equal pictures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

Point = tuple[int, int]
Arc = tuple[int, int]

_COLUMN, _ROW, _MARGIN = 160, 100, 100
_MOST_BENDS = 20_000
_SWEEPS = 4


class Shape(IntEnum):
    """What a node is: the first five in BPMN, the others in a Petri net."""

    START = 1
    TASK = 2
    EXCLUSIVE = 3
    PARALLEL = 4
    END = 5
    PLACE = 6
    TRANSITION = 7
    SILENT = 8


@dataclass(frozen=True, slots=True, order=True)
class Node:
    """One node: its shape, its label, and the tokens of a place at the start and at the end."""

    shape: Shape
    label: str = ""
    initial: int = 0
    final: int = 0

    @property
    def size(self) -> Point:
        """Width and height of the drawn node."""
        return _SIZES[self.shape]


_SIZES = {
    Shape.START: (36, 36),
    Shape.TASK: (100, 80),
    Shape.EXCLUSIVE: (50, 50),
    Shape.PARALLEL: (50, 50),
    Shape.END: (36, 36),
    Shape.PLACE: (40, 40),
    Shape.TRANSITION: (100, 60),
    Shape.SILENT: (20, 60),
}


@dataclass(frozen=True, slots=True)
class Diagram:
    """Nodes in any order, and arcs between them by index; an arc may stand more than once."""

    nodes: tuple[Node, ...]
    arcs: tuple[Arc, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A diagram in reading order, with the centre of each node and the way of each arc."""

    nodes: tuple[Node, ...]
    centres: tuple[Point, ...]
    arcs: tuple[Arc, ...]
    ways: tuple[tuple[Point, ...], ...]


def neighbours(nodes: int, arcs: Sequence[Arc]) -> tuple[list[list[int]], list[list[int]]]:
    """The arcs into and out of each node, by index."""
    into: list[list[int]] = [[] for _ in range(nodes)]
    out: list[list[int]] = [[] for _ in range(nodes)]
    for arc, (source, target) in enumerate(arcs):
        out[source].append(arc)
        into[target].append(arc)
    return into, out


def ordered(diagram: Diagram) -> Diagram:
    """The same diagram with nodes in an order that its shape and labels alone decide.

    Nodes are told apart by what they are, then by what stands around them, again and again. Nodes
    still equal then are mirror images: one of them is put first, and the rest follows from that.
    """
    total = len(diagram.nodes)
    into: list[list[int]] = [[] for _ in range(total)]
    out: list[list[int]] = [[] for _ in range(total)]
    for source, target in diagram.arcs:
        out[source].append(target)
        into[target].append(source)

    def told_apart(rank: list[int]) -> list[int]:
        classes = len(set(rank))
        while True:
            keys = [
                (
                    rank[node],
                    sorted(rank[other] for other in into[node]),
                    sorted(rank[other] for other in out[node]),
                )
                for node in range(total)
            ]
            fresh = -1
            last = None
            finer = [0] * total
            for node in sorted(range(total), key=keys.__getitem__):
                if keys[node] != last:
                    fresh, last = fresh + 1, keys[node]
                finer[node] = fresh
            rank = finer
            if fresh + 1 == classes:
                return rank
            classes = fresh + 1

    known = {node: place for place, node in enumerate(sorted(set(diagram.nodes)))}
    rank = told_apart([known[node] for node in diagram.nodes])
    while len(set(rank)) < total:
        sizes = Counter(rank)
        tied = min(place for place, size in sizes.items() if size > 1)
        choices = []
        for first in (node for node in range(total) if rank[node] == tied):
            split = told_apart([2 * place + (node != first) for node, place in enumerate(rank)])
            seen = sorted((split[source], split[target]) for source, target in diagram.arcs)
            choices.append((seen, split))
        rank = min(choices, key=lambda choice: choice[0])[1]
    nodes = tuple(diagram.nodes[node] for node in sorted(range(total), key=rank.__getitem__))
    arcs = sorted((rank[source], rank[target]) for source, target in diagram.arcs)
    return Diagram(nodes, tuple(arcs))


def _columns(diagram: Diagram) -> list[int]:
    """A column for each node: right of all that lead to it, but for arcs that lead back."""
    total = len(diagram.nodes)
    out: list[list[int]] = [[] for _ in range(total)]
    for source, target in diagram.arcs:
        out[source].append(target)
    roots = [node for node in range(total) if _is_start(diagram.nodes[node])]
    open_, done = [False] * total, [False] * total
    forward: list[list[int]] = [[] for _ in range(total)]
    finished: list[int] = []
    for root in [*roots, *range(total)]:
        if done[root]:
            continue
        open_[root] = True
        path = [(root, iter(out[root]))]
        while path:
            node, following = path[-1]
            for target in following:
                if open_[target]:
                    continue
                forward[node].append(target)
                if not done[target]:
                    open_[target] = True
                    path.append((target, iter(out[target])))
                    break
            else:
                path.pop()
                open_[node], done[node] = False, True
                finished.append(node)
    column = [0] * total
    for node in reversed(finished):
        for target in forward[node]:
            column[target] = max(column[target], column[node] + 1)
    return column


def _is_start(node: Node) -> bool:
    return node.shape is Shape.START or node.initial > 0


def drawn(diagram: Diagram) -> Picture:
    """Lay a diagram out in columns, with bends where an arc passes a column."""
    diagram = ordered(diagram)
    column = _columns(diagram)
    total = len(column)
    spans = [
        range(min(column[source], column[target]) + 1, max(column[source], column[target]))
        for source, target in diagram.arcs
    ]
    if sum(map(len, spans)) > _MOST_BENDS:
        spans = [range(0)] * len(spans)
    bends: list[list[int]] = []
    beside: list[list[int]] = [[] for _ in range(total)]
    for (source, target), span in zip(diagram.arcs, spans, strict=True):
        left, right = sorted((source, target), key=column.__getitem__)
        chain = list(range(len(column), len(column) + len(span)))
        column.extend(span)
        beside.extend([] for _ in span)
        for one, next_ in zip([left, *chain], [*chain, right], strict=True):
            beside[one].append(next_)
            beside[next_].append(one)
        bends.append(chain if left == source else chain[::-1])
    row = _rows(column, beside)
    tallest = max(row, default=0)
    centres = [
        (_MARGIN + _COLUMN * across, _MARGIN + (tallest + down) * _ROW // 2)
        for across, down in zip(column, row, strict=True)
    ]
    reading = sorted(range(total), key=lambda node: (centres[node], node))
    place = {node: number for number, node in enumerate(reading)}
    drawn = sorted(
        (
            (place[source], place[target]),
            _way(diagram.nodes, centres, (source, target), [centres[bend] for bend in chain]),
        )
        for (source, target), chain in zip(diagram.arcs, bends, strict=True)
    )
    return Picture(
        tuple(diagram.nodes[node] for node in reading),
        tuple(centres[node] for node in reading),
        tuple(arc for arc, _ in drawn),
        tuple(way for _, way in drawn),
    )


def _rows(column: list[int], beside: list[list[int]]) -> list[int]:
    """How far each node stands below the middle, in half rows: near its neighbours, none twice."""
    columns: list[list[int]] = [[] for _ in range(max(column, default=-1) + 1)]
    for node, across in enumerate(column):
        columns[across].append(node)
    row = [0] * len(column)

    def settle(members: list[int]) -> None:
        for place, node in enumerate(members):
            row[node] = 2 * place - len(members) + 1

    def wish(node: int, side: int) -> float:
        near = [row[other] for other in beside[node] if (column[other] - column[node]) * side > 0]
        return sum(near) / len(near) if near else row[node]

    for members in columns:
        settle(members)
    for sweep in range(_SWEEPS):
        side = 1 if sweep % 2 else -1
        for members in columns[::-side]:
            members.sort(key=lambda node: (wish(node, side), row[node]))
            settle(members)
    return row


def _way(
    nodes: Sequence[Node], centres: list[Point], arc: Arc, bends: list[Point]
) -> tuple[Point, ...]:
    """The corners of an arc: side to side when it leads on, from below when it leads back."""
    source, target = arc
    (from_x, from_y), (to_x, to_y) = centres[source], centres[target]
    (from_width, from_height), (to_width, to_height) = nodes[source].size, nodes[target].size
    if from_x < to_x:
        start = (from_x + from_width // 2, from_y)
        return (start, *bends, (to_x - to_width // 2, to_y))
    if source == target:
        right, side = from_x + from_width // 2, from_x + from_width
        low = from_y + from_height
        return (
            (right, from_y),
            (side, from_y),
            (side, low),
            (from_x, low),
            (from_x, from_y + from_height // 2),
        )
    below = max(from_y + from_height // 2, to_y + to_height // 2) + 10
    turn = bends or [(from_x, below), (to_x, below)]
    return ((from_x, from_y + from_height // 2), *turn, (to_x, to_y + to_height // 2))
