"""Levels of detail: the largest flows up to a share of all, and the rest as "other" at each node.

Whatever is left out, the figures at each node add up: what flows in and begins here, and what
flows out and ends here, are both its events. Everything is worked out from the tables that
`discover` shows, so a level shows nothing that they withhold.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cjmine.results.discovery import ActivityRow, Discovery, FlowRow
from cjmine.results.figures import OTHER


@dataclass(frozen=True, slots=True)
class FlowNode:
    """One touchpoint that is shown.

    `starts` and `ends` are None where they are withheld; they are part of the others then.
    `other_in` and `other_out` are what flows in and out, and is not shown one by one.
    """

    activity: str
    events: int
    journeys: int
    starts: int | None
    ends: int | None
    other_in: int
    other_out: int


@dataclass(frozen=True, slots=True)
class FlowEdge:
    """One flow that is shown, between two nodes by index, or from a node to itself."""

    source: int
    target: int
    count: int
    median_seconds: float | None


@dataclass(frozen=True, slots=True)
class FlowLevel:
    """What is drawn of the flows: `shown` of the `of` transitions, the largest first.

    `activities` and `events` are all there are, also those that are not drawn.
    """

    nodes: tuple[FlowNode, ...]
    edges: tuple[FlowEdge, ...]
    shown: int
    of: int
    journeys: int
    activities: int
    events: int


BOXES = 30  # more are no picture; the whole share shows all of them


def flow_level(found: Discovery, share: float) -> FlowLevel:
    """The largest flows that make up a share (0 to 1) of all transitions, and what joins them.

    Of more than 30 activities the 30 with most events are drawn, and the share is of the
    transitions among them; the others are in what flows in and out of each. A flow more is shown
    where an activity would be alone otherwise, though flows join it with the others. With the
    whole share every activity is shown, also one without any flow. An empty log gives an empty
    level.
    """
    rows = found.directly_follows
    of = sum(row.count for row in rows)
    # The last row may sum up withheld flows: these have no place in the drawing.
    single = rows[:-1] if rows and (rows[-1].from_, rows[-1].to) == (OTHER, OTHER) else rows
    number = {row.activity: place for place, row in enumerate(found.activities)}
    drawn = single if share == 1 else _among(found.activities, single)
    wanted = share * (of if len(drawn) == len(single) else sum(row.count for row in drawn))
    chosen = _largest(drawn, wanted)
    if share < 1 and chosen:
        chosen = _joined(drawn, chosen)
        names = {name for row in chosen for name in (row.from_, row.to)}
    else:
        chosen, names = list(single), set(number)
    shown = [row for row in found.activities if row.activity in names]
    into, out = dict.fromkeys(number, 0), dict.fromkeys(number, 0)
    for row in chosen:
        out[row.from_] += row.count
        into[row.to] += row.count

    def rest(count: int) -> int:
        """What is left of a sum; rounded counts may add up to more than it."""
        return max(0, count) if found.privacy.release else count

    nodes = tuple(
        FlowNode(
            row.activity,
            row.events,
            row.journeys,
            row.starts_here,
            row.ends_here,
            rest(row.events - (row.starts_here or 0) - into[row.activity]),
            rest(row.events - (row.ends_here or 0) - out[row.activity]),
        )
        for row in shown
    )
    if any(node.other_in < 0 or node.other_out < 0 for node in nodes):
        raise ValueError("more flows through an activity than it has events")
    place = {node.activity: spot for spot, node in enumerate(nodes)}
    edges = tuple(
        FlowEdge(place[row.from_], place[row.to], row.count, row.median_seconds) for row in chosen
    )
    return FlowLevel(
        nodes,
        edges,
        sum(row.count for row in chosen),
        of,
        found.log.journeys,
        len(number),
        sum(row.events for row in found.activities),
    )


def _among(activities: Sequence[ActivityRow], rows: tuple[FlowRow, ...]) -> tuple[FlowRow, ...]:
    """The flows among the activities with most events, if there are too many to draw."""
    if len(activities) <= BOXES:
        return rows
    most = sorted(activities, key=lambda row: (-row.events, row.activity))[:BOXES]
    names = {row.activity for row in most}
    return tuple(row for row in rows if row.from_ in names and row.to in names)


def _largest(rows: Iterable[FlowRow], wanted: float) -> list[FlowRow]:
    chosen: list[FlowRow] = []
    reached = 0
    for row in rows:
        if reached >= wanted:
            break
        chosen.append(row)
        reached += row.count
    return chosen


def _joined(rows: tuple[FlowRow, ...], chosen: list[FlowRow]) -> list[FlowRow]:
    """The chosen rows, and the largest others that join what would be alone.

    These are on a spanning tree of the largest flows (Kruskal 1956), cut back to what is needed.
    """
    wanted = {name for row in chosen for name in (row.from_, row.to)}
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            name = parent[name]
        return name

    beside: dict[str, set[int]] = {}
    for place, row in enumerate(rows):
        one, other = root(row.from_), root(row.to)
        if one != other:
            parent[one] = other
            beside.setdefault(row.from_, set()).add(place)
            beside.setdefault(row.to, set()).add(place)
    loose = [name for name in beside if name not in wanted and len(beside[name]) == 1]
    while loose:
        name = loose.pop()
        if not beside[name]:
            continue
        place = beside[name].pop()
        row = rows[place]
        other = row.to if row.from_ == name else row.from_
        beside[other].discard(place)
        if other not in wanted and len(beside[other]) == 1:
            loose.append(other)
    kept = {place for places in beside.values() for place in places} | set(range(len(chosen)))
    return [rows[place] for place in sorted(kept)]
