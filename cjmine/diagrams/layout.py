"""What a layout is made of, in every engine: boxes and links in, places and curves out.

Lengths are units of the picture, y grows downwards. A label comes as the room it needs, never as
text: no text of a log reaches a layout program.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from heapq import heapify, heappop, heappush
from itertools import pairwise

Spot = tuple[float, float]
_LAST, _FIRST, _AMID = range(3)


class Engine(StrEnum):
    """Who laid a picture out; the first that is installed is taken, in this order."""

    PYGRAPHVIZ = "pygraphviz"
    DOT = "dot"
    BUILTIN = "builtin"


@dataclass(frozen=True, slots=True)
class Box:
    """The room that a node, or the label of a link, needs."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Link:
    """A way from one box to another, by index; never from a box to itself.

    Heavier links bend the less; `label` is the room for the text on the link. A link that leads
    `back` is drawn from right to left.
    """

    source: int
    target: int
    weight: int = 1
    label: Box | None = None
    back: bool = False

    @property
    def ends(self) -> tuple[int, int]:
        """The box on the left and the one on the right."""
        return (self.target, self.source) if self.back else (self.source, self.target)


@dataclass(frozen=True, slots=True)
class Graph:
    """Boxes, and the links between them. Without those that lead back none leads in a circle."""

    boxes: tuple[Box, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything is drawn: from left to right, except links that lead back.

    `ways` holds the points of cubic Bézier curves (a start, then three for each piece), `labels`
    the centre of each link's label. `engine` is who made it.
    """

    width: float
    height: float
    centres: tuple[Spot, ...]
    ways: tuple[tuple[Spot, ...], ...]
    labels: tuple[Spot | None, ...]
    engine: Engine


def leading_back(boxes: int, flows: Sequence[tuple[int, int, int]]) -> tuple[bool, ...]:
    """Which flows (source, target, weight) lead back: without them none leads in a circle.

    The order of Eades, Lin and Smyth (1993): what nothing leads to comes first, what leads nowhere
    last, and among the others that from which most more leads away than to it.

    >>> leading_back(2, [(0, 1, 5), (1, 0, 2)])
    (False, True)
    """
    place = _places(boxes, flows)
    return tuple(place[source] > place[target] for source, target, _ in flows)


def _places(total: int, flows: Sequence[tuple[int, int, int]]) -> list[int]:
    out: list[dict[int, int]] = [{} for _ in range(total)]
    into: list[dict[int, int]] = [{} for _ in range(total)]
    for source, target, weight in flows:
        out[source][target] = out[source].get(target, 0) + weight
        into[target][source] = into[target].get(source, 0) + weight
    more = [sum(out[node].values()) - sum(into[node].values()) for node in range(total)]
    first: list[int] = []
    last: list[int] = []
    left = set(range(total))
    # A heap of whose turn is next; stale entries are skipped.
    waiting = [_turn(node, out, into, more) for node in range(total)]
    heapify(waiting)
    while waiting:
        kind, _, node = turn = heappop(waiting)
        if node not in left or turn != _turn(node, out, into, more):
            continue
        (last if kind == _LAST else first).append(node)
        left.discard(node)
        beside = sorted({*out[node], *into[node]} & left)
        for other in beside:
            more[other] += into[other].pop(node, 0) - out[other].pop(node, 0)
            heappush(waiting, _turn(other, out, into, more))
    place = [0] * total
    for spot, node in enumerate([*first, *reversed(last)]):
        place[node] = spot
    return place


def _turn(
    node: int, out: list[dict[int, int]], into: list[dict[int, int]], more: list[int]
) -> tuple[int, int, int]:
    """When a node comes: first those that lead nowhere, then what nothing leads to, then others."""
    if into[node] and not out[node]:
        return _LAST, -node, node
    if not into[node]:
        return _FIRST, node, node
    return _AMID, -more[node], node


def smooth(corners: Sequence[Spot]) -> tuple[Spot, ...]:
    """A curve through corners that leaves and reaches each of them level.

    >>> smooth([(0, 0), (10, 4)])
    ((0, 0), (5.0, 0), (5.0, 4), (10, 4))
    """
    way = [corners[0]]
    for (from_x, from_y), (to_x, to_y) in pairwise(corners):
        middle = (from_x + to_x) / 2
        way += [(middle, from_y), (middle, to_y), (to_x, to_y)]
    return tuple(way)
