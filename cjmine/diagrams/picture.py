"""The order and the picture of a process model: from its shape and labels alone.

pm4py's models come as sets in no order, with random names. So a diagram is first put in an order,
then laid out from left to right; equal models give equal pictures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from cjmine.diagrams.layered import layered
from cjmine.diagrams.layout import Box, Graph, Link

Point = tuple[int, int]
Arc = tuple[int, int]


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
    """Nodes in any order, and arcs between them by index; an arc may occur more than once."""

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

    Nodes are ordered by what they are, then by what is around them, again and again. Nodes
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


def graph_of(diagram: Diagram) -> tuple[Graph, list[int]]:
    """What is to be laid out, and which arcs its links are: none joins a node to itself."""
    back = _leading_back(diagram)
    joining = [place for place, (source, target) in enumerate(diagram.arcs) if source != target]
    return (
        Graph(
            tuple(Box(*map(float, node.size)) for node in diagram.nodes),
            tuple(
                Link(*diagram.arcs[place], back=diagram.arcs[place] in back) for place in joining
            ),
        ),
        joining,
    )


def _leading_back(diagram: Diagram) -> set[Arc]:
    """The arcs that lead back to where a walk from the start is on its way from."""
    total = len(diagram.nodes)
    out: list[list[int]] = [[] for _ in range(total)]
    for source, target in diagram.arcs:
        out[source].append(target)
    roots = [node for node in range(total) if _is_start(diagram.nodes[node])]
    open_, seen = [False] * total, [False] * total
    back: set[Arc] = set()
    for root in [*roots, *range(total)]:
        if seen[root]:
            continue
        open_[root] = seen[root] = True
        path = [(root, iter(out[root]))]
        while path:
            node, following = path[-1]
            for target in following:
                if open_[target]:
                    back.add((node, target))
                elif not seen[target]:
                    open_[target] = seen[target] = True
                    path.append((target, iter(out[target])))
                    break
            else:
                path.pop()
                open_[node] = False
    return back


def _is_start(node: Node) -> bool:
    return node.shape is Shape.START or node.initial > 0


def drawn(diagram: Diagram) -> Picture:
    """Lay a diagram out in columns, with bends where an arc passes a column."""
    diagram = ordered(diagram)
    graph, joining = graph_of(diagram)
    placed = layered(graph)
    centres = [(round(x), round(y)) for x, y in placed.centres]
    ways = dict(zip(joining, placed.ways, strict=True))
    reading = sorted(range(len(centres)), key=lambda node: (centres[node], node))
    place = {node: number for number, node in enumerate(reading)}
    drawn = sorted(
        (
            (place[source], place[target]),
            tuple((round(x), round(y)) for x, y in ways[number][::3])
            if number in ways
            else loop(diagram.nodes[source], centres[source]),
        )
        for number, (source, target) in enumerate(diagram.arcs)
    )
    return Picture(
        tuple(diagram.nodes[node] for node in reading),
        tuple(centres[node] for node in reading),
        tuple(arc for arc, _ in drawn),
        tuple(way for _, way in drawn),
    )


def loop(node: Node, centre: Point) -> tuple[Point, ...]:
    """The corners of an arc from a node to itself: out at its side, and back from below."""
    (x, y), (width, height) = centre, node.size
    right, side, low = x + width // 2, x + width // 2 + 12, y + height // 2 + 12
    return ((right, y), (side, y), (side, low), (x, low), (x, y + height // 2))
