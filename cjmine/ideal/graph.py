"""The parts of an ideal journey as graphs: states, silent ways, and ways by a step."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

from cjmine.ideal.minimal import Graph, check_size, minimal
from cjmine.ideal.nodes import AnyOrder, Choice, Node, Optional, Repeat, Sequence, Step


def graph_of(root: Node, file: str = "") -> tuple[tuple[str, ...], Graph]:
    """The names of the steps in the order of the file, and the graph of their ways.

    >>> graph_of(Optional(Step("Search")))[0]
    ('Search',)
    """
    labels: dict[str, int] = {}
    graph = _built(root, labels, file)
    return tuple(labels), graph


def _built(node: Node, labels: dict[str, int], file: str) -> Graph:
    match node:
        case Step():
            label = labels.setdefault(node.name, len(labels))
            return Graph(2, 0, frozenset({1}), (), ((0, label, 1),))
        case Sequence():
            return _sequence([_built(part, labels, file) for part in node.nodes])
        case Choice():
            return _choice([_built(part, labels, file) for part in node.nodes])
        case Optional():
            part = _beside([_built(node.node, labels, file)])
            return part.graph(part.parts[0].ends | {0}, [(0, part.parts[0].first)])
        case Repeat():
            return _repeat(_built(node.node, labels, file), node, file)
        case AnyOrder():
            return _any_order([_built(part, labels, file) for part in node.nodes], file)


@dataclass(frozen=True, slots=True)
class _Row:
    """Parts with states of their own behind a new state 0, to which no way leads."""

    states: int
    parts: tuple[Graph, ...]

    def graph(self, ends: frozenset[int], silent: list[tuple[int, int]]) -> Graph:
        """All ways of the parts and some silent ones more, from the new state 0."""
        quiet = [way for part in self.parts for way in part.silent]
        visible = [way for part in self.parts for way in part.visible]
        return Graph(self.states, 0, ends, (*quiet, *silent), tuple(visible))


def _beside(parts: list[Graph]) -> _Row:
    states, moved = 1, []
    for part in parts:
        moved.append(
            Graph(
                part.states,
                part.first + states,
                frozenset(end + states for end in part.ends),
                tuple((source + states, target + states) for source, target in part.silent),
                tuple(
                    (source + states, label, target + states)
                    for source, label, target in part.visible
                ),
            )
        )
        states += part.states
    return _Row(states, tuple(moved))


def _behind(row: _Row) -> list[tuple[int, int]]:
    """Silent ways from the end of each part to the next one."""
    ends, silent = frozenset({0}), []
    for part in row.parts:
        silent += [(end, part.first) for end in sorted(ends)]
        ends = part.ends
    return silent


def _sequence(parts: list[Graph]) -> Graph:
    row = _beside(parts)
    return row.graph(row.parts[-1].ends if parts else frozenset({0}), _behind(row))


def _choice(parts: list[Graph]) -> Graph:
    row = _beside(parts)
    ends = frozenset().union(*(part.ends for part in row.parts))
    return row.graph(ends, [(0, part.first) for part in row.parts])


def _repeat(part: Graph, node: Repeat, file: str) -> Graph:
    """So many copies in a row; the last may begin again where there is no upper bound."""
    copies = max(node.min, 1) if node.max is None else node.max
    check_size(copies * part.states // 2, file)
    row = _beside([part] * copies)
    silent = _behind(row)
    if node.max is None:
        last = row.parts[-1]
        silent += [(end, last.first) for end in sorted(last.ends)]
    done = frozenset({0} if node.min == 0 else ())
    enough = row.parts[max(node.min, 1) - 1 :]
    return row.graph(done.union(*(copy.ends for copy in enough)), silent)


def _any_order(parts: list[Graph], file: str) -> Graph:
    """Every combination of where the branches are; one branch moves at a time.

    The branches are minimal first: where they share no step, so is what they make together.
    """
    branches = [minimal(part, file) for part in parts]
    sizes = [len(branch.ways) for branch in branches]
    states = prod(sizes)
    check_size(states, file)
    visible: list[tuple[int, int, int]] = []
    ends, stride = {0}, 1
    for branch, size in zip(branches, sizes, strict=True):
        ends = {end + stride * own for end in ends for own in branch.ends}
        for state in range(states):
            here = state // stride % size
            for label, target in branch.ways[here].items():
                visible.append((state, label, state + (target - here) * stride))
        stride *= size
    return Graph(states, 0, frozenset(ends), (), tuple(visible))
