"""The scopes of a BPMN process, each time one is entered from another place, with their places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from cjmine.ideal.bpmn_elements import MOST_NODES, Flow, Kind, Loop, Node, Process, Scope
from cjmine.ideal.bpmn_flows import Wiring, wired
from cjmine.ideal.model_xml import unusable

DEEPEST = 50


@dataclass(slots=True)
class Spot:
    """The places of one node: where its tokens wait, where it is at work, where it is done.

    `joins` are the places of the flows that a join waits for, in the order of the file; `ready`
    are those of boundary events that may still come once; `places` is the range of all of them.
    """

    node: Node
    entry: int
    joins: dict[Flow, int] = field(default_factory=dict)
    busy: int = -1
    done: int = -1
    ready: dict[str, int] = field(default_factory=dict)
    places: tuple[int, int] = (0, 0)
    inner: Part | None = None

    def inner_places(self) -> frozenset[int]:
        """What is cleared when the activity is cut short, besides that it is at work."""
        inner = self.inner
        within = inner.inside.union(inner.armed.values()) if inner is not None else frozenset()
        return within.union(self.ready.values())


@dataclass(slots=True)
class Part:
    """A scope at the place where it is entered. `inside` are all places in it, at any depth.

    `armed` are the event sub-processes that may still begin, by id; they are no part of `inside`.
    """

    wiring: Wiring
    owner: Part | None
    at: Spot | None
    spots: dict[str, Spot] = field(default_factory=dict)
    armed: dict[str, int] = field(default_factory=dict)
    inside: frozenset[int] = frozenset()

    @property
    def outermost(self) -> Part:
        """The part of the whole process."""
        part = self
        while part.owner is not None:
            part = part.owner
        return part

    def strand(self, node: Node) -> frozenset[int]:
        """The places of a node and of everything that hangs together with it by flows."""
        keys = {one.key for one in self.wiring.strand(node)}
        return frozenset(place for key in keys for place in range(*self.spots[key].places))

    def everything(self) -> Iterator[Part]:
        """The part itself and those in it."""
        yield self
        for spot in self.spots.values():
            if spot.inner is not None:
                yield from spot.inner.everything()


class Placing:
    """Lays out the places of a process, and knows what each is called."""

    def __init__(self, processes: tuple[Process, ...], file: str) -> None:
        self.names: list[str] = []
        self._file = file
        self._called = {process.key: process for process in processes if process.key}
        self._count = 0
        self._out: dict[str, list[Flow]] = {
            node.key: [] for process in processes for node in process.scope.everything()
        }
        self._astray: list[Flow] = []
        for flow in (flow for process in processes for flow in process.scope.every_flow()):
            self._out.get(flow.source, self._astray).append(flow)

    def place(self, name: str) -> int:
        """A new place."""
        self.names.append(name)
        return len(self.names) - 1

    def part(self, process: Process) -> Part:
        """The places of a process. Raises UsageError J112: it calls itself, or it is too large."""
        for flow in process.scope.every_flow():
            if flow in self._astray:
                raise unusable(
                    self._file,
                    f'the sequence flow "{flow.key}" begins nowhere',
                    flow.line,
                    "begin it at an element, or delete it",
                )
        return self._laid(process.scope, None, None, (process.key,))

    def _laid(
        self, scope: Scope, owner: Part | None, at: Spot | None, path: tuple[str, ...]
    ) -> Part:
        if len(path) > DEEPEST:
            raise unusable(
                self._file,
                f"its sub-processes are nested more than {DEEPEST} deep",
                at.node.line if at else None,
                "draw the inner ones as models of their own",
            )
        flows = [flow for node in scope.nodes for flow in self._out[node.key]]
        part = Part(wired(scope, flows, self._file), owner, at)
        inside: set[int] = set()
        for node in scope.nodes:
            self._count += 1
            if self._count > MOST_NODES:
                raise unusable(
                    self._file,
                    f"with what it calls it has more than {MOST_NODES:,} elements",
                    node.line,
                    "draw its parts as models of their own",
                )
            first = len(self.names)
            spot = self._spot(node, part)
            self._fill(spot, part, path)
            spot.places = (first, len(self.names))
            inside.update(range(*spot.places))
            if node.by_event:
                part.armed[node.key] = self.place(str(node))
            part.spots[node.key] = spot
        part.inside = frozenset(inside)
        return part

    def _spot(self, node: Node, part: Part) -> Spot:
        spot = Spot(node, self.place(str(node)))
        if part.wiring.joins(node):
            spot.joins = {flow: self.place(str(node)) for flow in part.wiring.into[node.key]}
        spot.ready = {
            one.key: self.place(str(one)) for one in part.wiring.on(node) if not one.interrupts
        }
        return spot

    def _fill(self, spot: Spot, part: Part, path: tuple[str, ...]) -> None:
        node = spot.node
        called = self._called.get(node.called) if node.called else None
        if called is not None and called.key in path:
            raise unusable(
                self._file,
                f"{node} calls a process that it is itself part of",
                node.line,
                "draw what is repeated as a loop",
            )
        if called is not None:
            spot.inner = self._laid(called.scope, part, spot, (*path, called.key))
        elif node.parts is not None:
            spot.inner = self._laid(node.parts, part, spot, (*path, ""))
        if spot.inner is not None or spot.ready or node.loop is not Loop.ONCE:
            spot.busy, spot.done = self.place(str(node)), self.place(str(node))


def is_activity(node: Node) -> bool:
    """Whether a node is a task, a call or a sub-process."""
    return node.kind in (Kind.ACTIVITY, Kind.SUB_PROCESS)
