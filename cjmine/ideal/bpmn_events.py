"""Which BPMN events a log may show, and which event catches the error that an end event throws."""

from __future__ import annotations

from dataclasses import dataclass

from cjmine.ideal.bpmn_elements import Kind, Node
from cjmine.ideal.bpmn_parts import Part, Spot

ENDING = frozenset(("terminate", "error", "cancel"))
_SENT = frozenset(("message", "signal"))
_EVENTS = (Kind.START, Kind.END, Kind.EVENT, Kind.BOUNDARY)


@dataclass(frozen=True, slots=True)
class Caught:
    """An event that catches: a boundary event, or the start of an event sub-process.

    `spot` is the boundary event or the event sub-process, `part` the part that it is in.
    """

    event: Node
    spot: Spot
    part: Part


def may_be_seen(node: Node) -> bool:
    """Whether an event may be a touchpoint: it has a name and is a message, signal or milestone.

    Nothing says whether a log has it, so that it may come or not.
    """
    if not node.name or node.kind not in _EVENTS:
        return False
    milestone = node.kind is Kind.EVENT and node.throws and not node.triggers
    return milestone or bool(node.triggers & _SENT)


def catcher(node: Node, part: Part) -> Caught | None:
    """What catches the error or cancellation of an end event: the nearest one around it."""
    here: Part | None = part
    came_from: Spot | None = None
    while here is not None:
        for spot in here.spots.values():
            if spot.node.by_event and spot.inner is not None and spot is not came_from:
                for event in spot.inner.wiring.scope.nodes:
                    if event.kind is Kind.START and _fits(node, event):
                        return Caught(event, spot, here)
        if here.at is None or here.owner is None:
            return None
        for event in here.owner.wiring.on(here.at.node):
            if event.interrupts and _fits(node, event):
                return Caught(event, here.owner.spots[event.key], here.owner)
        here, came_from = here.owner, here.at
    return None


def _fits(thrown: Node, event: Node) -> bool:
    """Whether an event is of the same kind, and about the same or about anything."""
    alike = thrown.triggers & event.triggers & {"error", "cancel"}
    return bool(alike) and (not thrown.names or event.names in ("", thrown.names))
