"""The layout that needs nothing but Python: in columns, with room for every box and every label.

After Sugiyama, Tagawa and Toda (1981). Everything in a column is alone at its
height: boxes, labels, and the places where a link passes. So nothing can overlap.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from dataclasses import dataclass, field
from itertools import groupby

from cjmine.diagrams.layout import Engine, Graph, Layout, Spot, smooth

_MARGIN = 12.0
_BETWEEN = 30.0  # columns
_APART, _PASSING, _PEN = 12.0, 4.0, 5.0  # items of a column; where links pass; half a link
_SWEEPS, _FEWER, _MANY = 16, 6, 1_500  # rounds of moving; fewer for so many items
_STRAIGHT = 3
_MOST_PASSES = 20_000


@dataclass(slots=True)
class _Item:
    """An item of a column: a box, a label above its link, or a link that passes.

    `y` is where links meet it; it reaches so far `up` and `down` from there. `before` and `after`
    are its neighbours with the weight of the links to them.
    """

    column: int
    up: float
    down: float
    passes: bool
    before: list[tuple[int, int]] = field(default_factory=list)
    after: list[tuple[int, int]] = field(default_factory=list)
    y: float = 0.0


def layered(graph: Graph) -> Layout:
    """Lay a graph out in columns; the same graph gives the same layout on every machine.

    >>> from cjmine.diagrams.layout import Box, Link
    >>> layered(Graph((Box(40, 20), Box(40, 20)), (Link(0, 1),))).centres
    ((32.0, 22.0), (102.0, 22.0))
    """
    labelled = any(link.label for link in graph.links)
    step = 2 if labelled else 1
    column = [step * one for one in _columns(graph)]
    items = [
        _Item(at, box.height / 2, box.height / 2, False)
        for at, box in zip(column, graph.boxes, strict=True)
    ]
    widths = [0.0] * (max(column, default=-1) + 1)
    for at, box in zip(column, graph.boxes, strict=True):
        widths[at] = max(widths[at], box.width)
    chains, labels = _chains(graph, items, widths)
    _arrange(items, len(widths))
    lefts = [_MARGIN]
    for wide in widths:
        lefts.append(lefts[-1] + wide + _BETWEEN)
    top = min((item.y - item.up for item in items), default=0.0) - _MARGIN
    for item in items:
        item.y -= top
    centres = tuple(
        (lefts[item.column] + widths[item.column] / 2, item.y) for item in items[: len(graph.boxes)]
    )
    ways = []
    for link, chain in zip(graph.links, chains, strict=True):
        left, right = link.ends
        # From side to side of each column level, and from column to column on a slope.
        corners: list[Spot] = [(centres[left][0] + graph.boxes[left].width / 2, items[left].y)]
        for one in [left, *chain, right]:
            at = items[one].column
            sides = (lefts[at], items[one].y), (lefts[at] + widths[at], items[one].y)
            corners += sides[1:] if one == left else sides[:1] if one == right else sides
        corners.append((centres[right][0] - graph.boxes[right].width / 2, items[right].y))
        corners = [spot for spot, _ in groupby(corners)]
        ways.append(smooth(corners[::-1] if link.back else corners))
    return Layout(
        lefts[-1] - _BETWEEN + _MARGIN if widths else 2 * _MARGIN,
        max((item.y + item.down for item in items), default=0.0) + _MARGIN,
        centres,
        tuple(ways),
        tuple(
            None
            if one is None
            else (
                lefts[items[one].column] + widths[items[one].column] / 2,
                items[one].y - items[one].up / 2,
            )
            for one in labels
        ),
        Engine.BUILTIN,
    )


def _columns(graph: Graph) -> list[int]:
    """A column for each box: right of all that leads to it, and no further left than it must."""
    total = len(graph.boxes)
    after: list[set[int]] = [set() for _ in range(total)]
    waiting = [0] * total
    for link in graph.links:
        left, right = link.ends
        if right not in after[left]:
            after[left].add(right)
            waiting[right] += 1
    column = [0] * total
    roots = [node for node in range(total) if not waiting[node]]
    order = list(roots)
    for node in order:
        for right in sorted(after[node]):
            column[right] = max(column[right], column[node] + 1)
            waiting[right] -= 1
            if not waiting[right]:
                order.append(right)
    for node in roots:
        if after[node]:
            column[node] = min(column[right] for right in after[node]) - 1
    return column


def _chains(
    graph: Graph, items: list[_Item], widths: list[float]
) -> tuple[list[list[int]], list[int | None]]:
    """For each link what it passes from left to right, and which of these is its label."""
    spans = []
    for link in graph.links:
        left, right = link.ends
        spans.append((left, right, range(items[left].column + 1, items[right].column)))
    # A drawing of so many passes is unreadable anyway: links keep their label, and pass straight.
    thin = sum(len(span) for _, _, span in spans) > _MOST_PASSES
    chains: list[list[int]] = []
    labels: list[int | None] = []
    for link, (left, right, span) in zip(graph.links, spans, strict=True):
        spot = None
        if link.label is not None:
            middle = span[0] + (len(span) - 1) // 2
            spot = middle + (middle - span[0]) % 2  # odd columns are those of labels
            widths[spot] = max(widths[spot], link.label.width)
        chain = []
        for at in span:
            if at == spot and link.label is not None:
                chain.append(len(items))
                items.append(_Item(at, link.label.height, _PEN, False))
            elif not thin:
                chain.append(len(items))
                items.append(_Item(at, _PEN, _PEN, True))
        labels.append(
            next((one for one in chain if items[one].column == spot), None) if spot else None
        )
        for one, other in zip([left, *chain], [*chain, right], strict=True):
            # What passes, passes straight on; boxes give way to that.
            weight = link.weight * _STRAIGHT ** (items[one].passes + items[other].passes)
            items[one].after.append((other, weight))
            items[other].before.append((one, weight))
        chains.append(chain)
    return chains, labels


def _arrange(items: list[_Item], columns: int) -> None:
    """Give every item its y: near what it is joined to, and clear of its column."""
    members: list[list[int]] = [[] for _ in range(columns)]
    for number, item in enumerate(items):
        members[item.column].append(number)
    place = [0.0] * len(items)
    sweeps = _SWEEPS if len(items) < _MANY else _FEWER
    heavy = [1.0 + sum(weight for _, weight in item.before + item.after) for item in items]

    def settle(inside: list[int]) -> None:
        for spot, number in enumerate(inside):
            place[number] = spot - len(inside) / 2

    for inside in members:
        settle(inside)
    best, least = [list(inside) for inside in members], _crossings(items, members, place)
    for sweep in range(sweeps):
        for inside in members if sweep % 2 == 0 else members[::-1]:
            inside.sort(key=lambda number: (_wish(items[number], place, sweep, 0.0), place[number]))
            settle(inside)
        found = _crossings(items, members, place)
        if found < least:
            best, least = [list(inside) for inside in members], found
    for inside in best:
        _stack(items, inside, [0.0] * len(inside), heavy)
    for sweep in range(sweeps):
        heights = [item.y for item in items]
        for inside in best if sweep % 2 == 0 else best[::-1]:
            side = sweep if sweep < sweeps - 2 else None
            wishes = [_wish(items[number], heights, side, heights[number]) for number in inside]
            _stack(items, inside, wishes, heavy)
            for number in inside:
                heights[number] = items[number].y


def _wish(item: _Item, place: list[float], sweep: int | None, else_: float) -> float:
    """The best place of an item: amid its neighbours on the side that is placed already."""
    if sweep is None:
        near = item.before + item.after
    else:
        near = (item.before or item.after) if sweep % 2 == 0 else (item.after or item.before)
    total = sum(weight for _, weight in near)
    return sum(place[other] * weight for other, weight in near) / total if total else else_


def _crossings(items: list[_Item], members: list[list[int]], place: list[float]) -> int:
    """How often links cross between neighbouring columns."""
    crossings = 0
    for inside in members:
        ends: list[float] = []
        for number in inside:
            fresh = sorted(place[other] for other, _ in items[number].after)
            for end in fresh:
                crossings += len(ends) - bisect_right(ends, end)
            for end in fresh:
                insort(ends, end)
    return crossings


def _stack(items: list[_Item], inside: list[int], wishes: list[float], heavy: list[float]) -> None:
    """Place items below one another, in all as near to their wishes as their heights allow.

    Items that would overlap form a block, placed at the mean of what its members need; those
    with heavy links count for more, so that the main ways run straight.
    """
    blocks: list[tuple[float, float, list[tuple[int, float]]]] = []  # wish, weight, members
    offset = 0.0
    for spot, number in enumerate(inside):
        if spot:
            offset += _gap(items[inside[spot - 1]], items[number])
        blocks.append((wishes[spot] - offset, heavy[number], [(number, offset)]))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (one, first, inner), (other, second, outer) = blocks[-2:]
            joined = (one * first + other * second) / (first + second)
            blocks[-2:] = [(joined, first + second, inner + outer)]
    for middle, _, block in blocks:
        for number, below in block:
            items[number].y = middle + below


def _gap(above: _Item, below: _Item) -> float:
    between = _PASSING if above.passes or below.passes else _APART
    return above.down + between + below.up
