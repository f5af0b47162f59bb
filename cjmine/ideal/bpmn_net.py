"""A BPMN process as a Petri net (Dijkman, Dumas and Ouyang 2008; BPMN 2.0.2, chapter 13).

A sub-process is done when nothing is left in it. A boundary event that interrupts comes instead of
a task, and clears a sub-process; one that does not interrupts comes at most once beside it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from cjmine.errors import listed
from cjmine.ideal.bpmn_elements import Flow, Kind, Loop, Node, Process
from cjmine.ideal.bpmn_events import ENDING, catcher, may_be_seen
from cjmine.ideal.bpmn_flows import Ways
from cjmine.ideal.bpmn_parts import Part, Placing, Spot, is_activity
from cjmine.ideal.model_xml import unusable
from cjmine.ideal.net import NOTHING, Join, Net, Transition


@dataclass(frozen=True, slots=True)
class Drawn:
    """The net of a process, and what was read otherwise than drawn."""

    net: Net
    remarks: tuple[str, ...]


def net_of(process: Process, processes: tuple[Process, ...], file: str) -> Drawn:
    """The net of one process; calls of the others are entered.

    Raises
    ------
    UsageError
        J112: an element that cannot be read; the message names it.
    """
    placing = Placing(processes, file)
    whole = placing.part(process)
    builder = _Builder(file)
    begin, busy, done = (placing.place(f'the process "{process.name}"') for _ in range(3))
    builder.enter(whole, (begin,), (busy,))
    builder.leave(whole, busy, done)
    for part in whole.everything():
        builder.throw(part)
    for part in whole.everything():
        for spot in part.spots.values():
            builder.node(spot, part)
    net = Net(
        tuple(placing.names),
        tuple(builder.transitions),
        tuple(builder.joins),
        (begin,),
        frozenset({(done,)}),
    )
    nodes = [spot.node for part in whole.everything() for spot in part.spots.values()]
    events = listed(dict.fromkeys(node.name for node in nodes if may_be_seen(node)))
    if events:
        builder.remarks.append(f"events that a journey may have or not: {events}")
    return Drawn(net, tuple(dict.fromkeys(builder.remarks)))


class _Builder:
    """The transitions of a process, node by node."""

    def __init__(self, file: str) -> None:
        self.transitions: list[Transition] = []
        self.joins: list[Join] = []
        self.remarks: list[str] = []
        self._file = file
        self._thrown: dict[int, set[str]] = defaultdict(set)

    def throw(self, part: Part) -> None:
        """Take note of which events only come by the end events of a part."""
        for spot in part.spots.values():
            if spot.node.kind is Kind.END and spot.node.triggers & ENDING:
                caught = catcher(spot.node, part)
                if caught is not None:
                    place = caught.spot.inner or caught.part
                    self._thrown[id(place)].add(caught.event.key)

    def enter(
        self,
        part: Part,
        takes: tuple[int, ...],
        gives: tuple[int, ...],
        empty: frozenset[int] = NOTHING,
        drains: frozenset[int] = NOTHING,
        label: str | None = None,
    ) -> None:
        """Begin a part at one of its beginnings."""
        ad_hoc = part.at is not None and part.at.node.ad_hoc
        beginnings = [()] if ad_hoc else part.wiring.beginnings()
        if not beginnings:
            where = part.at.node if part.at else part.wiring.scope.nodes[0]
            raise unusable(
                self._file,
                f"nothing begins {part.at.node if part.at else 'the process'}: something leads to"
                f" every element, to {part.wiring.scope.nodes[0]} too",
                where.line,
                "draw a start event",
            )
        for nodes in beginnings:
            inner = tuple(part.spots[node.key].entry for node in nodes)
            given = (*gives, *inner, *part.armed.values())
            self._add(label, takes, given, empty, drains)

    def leave(self, part: Part, busy: int, done: int) -> None:
        """End a part when nothing is left in it; what is ad hoc may begin again and again."""
        self._add(None, (busy,), (done,), part.inside, frozenset(part.armed.values()))
        self._remark_unreached(part)
        if part.at is not None and part.at.node.ad_hoc:
            for node in part.wiring.scope.nodes:
                if part.wiring.is_free(node):
                    again = (busy, part.spots[node.key].entry)
                    self._add(None, (busy,), again, part.strand(node))

    def node(self, spot: Spot, part: Part) -> None:
        """What one node does with its tokens."""
        node = spot.node
        if node.spoken == "complex gateway":
            self.remarks.append(f"{node} is read as an inclusive one")
        if spot.joins:
            inputs = tuple(spot.joins.values())
            if node.kind is Kind.PARALLEL:
                self._add(None, inputs, (spot.entry,))
            else:
                self.joins.append(Join(inputs, spot.entry))
        if node.compensates or "compensate" in node.triggers:
            self._undoing(spot, part)
        elif node.by_event:
            self._event_sub_process(spot, part)
        elif node.kind is Kind.BOUNDARY:
            self._boundary(node, part)
        elif is_activity(node):
            self._activity(spot, part)
        elif node.kind is Kind.END and node.triggers & ENDING:
            self._ending(spot, part)
        elif node.key in part.wiring.links:
            self._seen(node, (spot.entry,), (part.spots[part.wiring.links[node.key]].entry,))
        else:
            for gives in self._gives(node, part):
                self._seen(node, (spot.entry,), gives)
            past = part.wiring.past(node)
            if past is not None:
                self._add(None, (spot.entry,), (part.spots[past.key].entry,))

    def _undoing(self, spot: Spot, part: Part) -> None:
        """What only undoes is left out; an event that asks for it is passed."""
        node = spot.node
        if node.kind in (Kind.EVENT, Kind.END):
            for gives in self._gives(node, part):
                self._add(None, (spot.entry,), gives)
        elif node.kind is not Kind.BOUNDARY:
            self.remarks.append(f"{node} only undoes another one and is left out")

    def _boundary(self, node: Node, part: Part) -> None:
        """A boundary event comes with the activity that it is drawn on."""
        on = part.spots.get(node.attached)
        if on is None or not is_activity(on.node):
            raise unusable(
                self._file,
                f"{node} is drawn on no activity of its level",
                node.line,
                "attach it to a task or sub-process",
            )

    def _activity(self, spot: Spot, part: Part) -> None:
        node = spot.node
        if spot.inner is None and not node.name:
            self.remarks.append(f"{node} has no name and is passed over")
        begun = spot.entry if spot.busy < 0 else spot.busy
        if spot.busy < 0:
            for gives in self._gives(node, part):
                self._add(node.name or None, (spot.entry,), gives)
        else:
            self._at_work(spot, part)
        for one in part.wiring.on(node):
            if "compensate" in one.triggers or self._is_thrown(one, part):
                continue
            for gives in self._gives(one, part):
                if one.interrupts:
                    self._seen(one, (begun,), gives, spot.inner_places())
                else:
                    self._seen(one, (begun, spot.ready[one.key]), (begun, *gives))

    def _at_work(self, spot: Spot, part: Part) -> None:
        """An activity that takes a while: begun, done, done again where it loops."""
        node, ready = spot.node, tuple(spot.ready.values())
        if spot.inner is None:
            self._add(None, (spot.entry,), (spot.busy, *ready))
            self._add(node.name or None, (spot.busy,), (spot.done,))
        else:
            once = frozenset((spot.busy, spot.done))  # the next one waits until this one is over
            self.enter(spot.inner, (spot.entry,), (spot.busy, *ready), once)
            self.leave(spot.inner, spot.busy, spot.done)
        if node.loop is not Loop.ONCE:
            if spot.inner is None:
                self._add(None, (spot.done,), (spot.busy,))
            else:
                self.enter(spot.inner, (spot.done,), (spot.busy,))
                self.remarks.append(f"{node} is done once or more, one time after the other")
        if node.loop is Loop.MAYBE:
            self._add(None, (spot.entry,), (spot.done,))
        for gives in self._gives(node, part):
            self._add(None, (spot.done,), gives, drains=frozenset(ready))

    def _event_sub_process(self, spot: Spot, part: Part) -> None:
        """It begins once at any time while the part around it is at work."""
        inner = spot.inner
        if inner is None:
            self.remarks.append(f"{spot.node} has nothing in it and is left out")
            return
        around = part.inside | frozenset(part.armed.values())
        for start, *_ in inner.wiring.beginnings():
            if self._is_thrown(start, inner):
                continue
            gives = (spot.busy, inner.spots[start.key].entry, *inner.armed.values())
            drains = around if start.interrupts else NOTHING
            self._add(None, (part.armed[spot.node.key],), gives, drains=drains)
        self.leave(inner, spot.busy, spot.done)
        self._add(None, (spot.done,), ())

    def _ending(self, spot: Spot, part: Part) -> None:
        """An end that clears its sub-process, or what the catcher of its error is drawn on."""
        node = spot.node
        caught = None if "terminate" in node.triggers else catcher(node, part)
        if caught is not None and caught.spot.inner is not None:
            around = caught.part.inside | frozenset(caught.part.armed.values())
            self.enter(caught.spot.inner, (spot.entry,), (caught.spot.busy,), drains=around)
        elif caught is not None:
            on = caught.part.spots[caught.spot.node.attached]
            drains = on.inner_places() | {on.busy}
            for gives in self._gives(caught.spot.node, caught.part):
                self._seen(caught.spot.node, (spot.entry,), gives, drains)
        else:
            ended = part if "terminate" in node.triggers else part.outermost
            drains = ended.inside | frozenset(ended.armed.values())
            self._add(None, (spot.entry,), (), drains=drains)

    def _is_thrown(self, node: Node, part: Part) -> bool:
        """Whether an end event is drawn for an error, so that it comes at no other time."""
        return id(part) in self._thrown and node.key in self._thrown[id(part)]

    def _remark_unreached(self, part: Part) -> None:
        wiring = part.wiring
        begun = {node.key for nodes in wiring.beginnings() for node in nodes}
        for node in wiring.scope.nodes:
            ad_hoc = part.at is not None and part.at.node.ad_hoc
            if wiring.is_free(node) and node.key not in begun and not ad_hoc:
                self.remarks.append(f"nothing leads to {node}, and it is left out")

    def _add(
        self,
        label: str | None,
        takes: tuple[int, ...],
        gives: tuple[int, ...],
        empty: frozenset[int] = NOTHING,
        drains: frozenset[int] = NOTHING,
    ) -> None:
        self.transitions.append(Transition(label, takes, gives, empty, drains))

    def _seen(
        self,
        node: Node,
        takes: tuple[int, ...],
        gives: tuple[int, ...],
        drains: frozenset[int] = NOTHING,
    ) -> None:
        """An event or gateway: silent, and with its name where a log may have it too."""
        self._add(None, takes, gives, drains=drains)
        if may_be_seen(node):
            self._add(node.name, takes, gives, drains=drains)

    def _gives(self, node: Node, part: Part) -> list[tuple[int, ...]]:
        """The places that get a token when a node is done, for each of its ways."""
        ways: Ways = part.wiring.ways(node, self._file)
        return [tuple(self._into(flow, part) for flow in way) for way in ways]

    def _into(self, flow: Flow, part: Part) -> int:
        spot = part.spots[flow.target]
        return spot.joins.get(flow, spot.entry)
