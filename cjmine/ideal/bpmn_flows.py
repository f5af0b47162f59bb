"""How the nodes of one scope of a BPMN diagram hang together: what leads to what, what begins."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import combinations

from cjmine.ideal.bpmn_elements import Flow, Kind, Node, Scope
from cjmine.ideal.model_xml import unusable

_FAR = 1_000  # nodes looked at for where branches meet
MOST_BRANCHES = 10  # of one inclusive gateway: any number of them makes 1,023 ways

Ways = list[tuple[Flow, ...]]


@dataclass(slots=True)
class Wiring:
    """The flows out of and into each node of a scope, and the links between its link events."""

    scope: Scope
    out: dict[str, list[Flow]] = field(default_factory=lambda: defaultdict(list))
    into: dict[str, list[Flow]] = field(default_factory=lambda: defaultdict(list))
    links: dict[str, str] = field(default_factory=dict)
    nodes: dict[str, Node] = field(init=False)
    _on: dict[str, list[Node]] = field(init=False, default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self.nodes = {node.key: node for node in self.scope.nodes}
        for node in filter(_is_boundary, self.scope.nodes):
            self._on[node.attached].append(node)

    def on(self, node: Node) -> list[Node]:
        """The boundary events that are drawn on an activity."""
        return self._on.get(node.key, [])

    def beginnings(self) -> list[tuple[Node, ...]]:
        """Where the scope begins: one of several start events, or all nodes that nothing leads to.

        Empty where nothing begins it.
        """
        starts: list[tuple[Node, ...]] = [
            (node,)
            for node in self.scope.nodes
            if node.kind is Kind.START or (node.begins and not self.into[node.key])
        ]
        if starts:
            return starts
        free = tuple(node for node in self.scope.nodes if self.is_free(node))
        return [free] if free else []

    def is_free(self, node: Node) -> bool:
        """Whether nothing leads to a node that a token must be led to."""
        return not (
            self.into[node.key]
            or node.by_event
            or node.compensates
            or _is_boundary(node)
            or node.key in self.links.values()
        )

    def joins(self, node: Node) -> bool:
        """Whether a node waits for several of its flows."""
        waits = node.kind in (Kind.PARALLEL, Kind.INCLUSIVE)
        return waits and len(self.into[node.key]) > 1

    def strand(self, node: Node) -> list[Node]:
        """The nodes that hang together with a node by flows and boundary events."""
        beside: dict[str, set[str]] = defaultdict(set)
        pairs = [(flow.source, flow.target) for flows in self.out.values() for flow in flows]
        pairs += [(one.key, one.attached) for one in self.scope.nodes if one.attached]
        for first, second in pairs:
            beside[first].add(second)
            beside[second].add(first)
        found, pending = {node.key}, [node.key]
        while pending:
            for key in beside[pending.pop()] - found:
                found.add(key)
                pending.append(key)
        return [one for one in self.scope.nodes if one.key in found]

    def past(self, node: Node) -> Node | None:
        """The inclusive join after an inclusive split without default, if all its branches meet.

        A drawn inclusive gateway takes any number of its branches, none too.
        """
        flows = self.out[node.key]
        if node.kind is not Kind.INCLUSIVE or len(flows) < 2:
            return None
        if node.default in [flow.key for flow in flows]:
            return None
        reached = [{flow.target: None} for flow in flows]
        newest = [[flow.target] for flow in flows]
        while any(newest):  # one step further along all branches: the nearest join counts
            for key in reached[-1] if self._meet(newest, reached) else ():
                if self._is_inclusive_join(key) and all(key in one for one in reached):
                    return self.nodes[key]
            newest = [self._further(keys, one) for keys, one in zip(newest, reached, strict=True)]
        return None

    def _meet(self, newest: list[list[str]], reached: list[dict[str, None]]) -> bool:
        """Whether one of the newest nodes is an inclusive join that all branches reached."""
        joins = (key for keys in newest for key in keys if self._is_inclusive_join(key))
        return any(all(key in one for one in reached) for key in joins)

    def _is_inclusive_join(self, key: str) -> bool:
        return self.nodes[key].kind is Kind.INCLUSIVE and self.joins(self.nodes[key])

    def _further(self, keys: list[str], reached: dict[str, None]) -> list[str]:
        """The nodes one step further, which are added to those that were reached."""
        found: list[str] = []
        for key in keys:
            for one in self.out[key]:
                if one.target not in reached and len(reached) < _FAR:
                    reached[one.target] = None
                    found.append(one.target)
        return found

    def ways(self, node: Node, file: str) -> Ways:
        """The sets of flows of which one is taken when a node is done."""
        flows = self.out[node.key]
        if len(flows) < 2 or node.kind is Kind.PARALLEL:
            return [tuple(flows)]
        if node.kind is Kind.EXCLUSIVE:
            return [(flow,) for flow in flows]
        default = [flow for flow in flows if flow.key == node.default and flow.key]
        rest = [flow for flow in flows if flow not in default]
        if node.kind is Kind.INCLUSIVE:
            return _some(node, rest, [], default, file)
        always = [flow for flow in rest if not flow.conditional]
        return _some(node, [one for one in rest if one.conditional], always, default, file)


def wired(scope: Scope, flows: list[Flow], file: str) -> Wiring:
    """The wiring of a scope, with the flows that begin in it.

    Raises
    ------
    UsageError
        J112: a flow leads nowhere or across a border, or a link has no other end.
    """
    wiring = Wiring(scope)
    nodes = wiring.nodes
    for flow in flows:
        if flow.target not in nodes:
            called = f'the sequence flow "{flow.key}" from {nodes[flow.source]}'
            raise unusable(
                file,
                f"{called} leads nowhere, or across the border of a sub-process or pool",
                flow.line,
                "end it at an element on the same level",
            )
        wiring.out[flow.source].append(flow)
        wiring.into[flow.target].append(flow)
    _link(wiring, file)
    return wiring


def _link(wiring: Wiring, file: str) -> None:
    links = [node for node in wiring.scope.nodes if "link" in node.triggers]
    goals = {_link_name(node): node for node in links if not node.throws}
    for node in links:
        if not node.throws:
            continue
        goal = goals.get(_link_name(node))
        if goal is None:
            raise unusable(
                file,
                f"{node} links to nothing",
                node.line,
                "give the catching link event the same name",
            )
        wiring.links[node.key] = goal.key


def _link_name(node: Node) -> str:
    return (node.names or node.name).casefold()


def _some(
    node: Node, choice: list[Flow], always: list[Flow], default: list[Flow], file: str
) -> Ways:
    """Any number of some flows beside those always taken; the default one where none is."""
    if len(choice) > MOST_BRANCHES:
        raise unusable(
            file,
            f"{node} has more than {MOST_BRANCHES} branches of which any number may be taken",
            node.line,
            "use an exclusive gateway where one branch is taken, a parallel one where all are",
        )
    some = [
        (*always, *taken)
        for size in range(1, len(choice) + 1)
        for taken in combinations(choice, size)
    ]
    none = [(*always, *default)] if always or default else []
    return [*none, *some]


def _is_boundary(node: Node) -> bool:
    return node.kind is Kind.BOUNDARY
