"""What a flow map says, in both its forms: about a touchpoint, about a flow, and below it."""

from __future__ import annotations

from cjmine.ideal.allowed_flows import AllowedFlows
from cjmine.reporters.flow_map.levels import FlowEdge, FlowLevel, FlowNode
from cjmine.reporters.language import Language


def on_node(node: FlowNode, level: FlowLevel, said: Language) -> tuple[str, str]:
    """The journeys that have a touchpoint, with their share of all, and its events."""
    journeys = said.count(node.journeys)
    return (
        said.say("flow.journeys", n=journeys, share=said.share(node.journeys, level.journeys)),
        said.say("flow.events", n=said.count(node.events)),
    )


def about_node(node: FlowNode, level: FlowLevel, said: Language) -> str:
    """All figures of a touchpoint as one sentence."""
    return said.say(
        "flow.node",
        activity=node.activity,
        journeys=said.count(node.journeys),
        of=said.count(level.journeys),
        events=said.count(node.events),
        starts=said.count(node.starts),
        ends=said.count(node.ends),
        other_in=said.count(node.other_in),
        other_out=said.count(node.other_out),
    )


def on_edge(edge: FlowEdge, said: Language) -> tuple[str, str]:
    """How often a flow is taken, and the median time it takes."""
    return said.count(edge.count), said.seconds(edge.median_seconds)


def about_edge(edge: FlowEdge, level: FlowLevel, said: Language) -> str:
    """All figures of a flow as one sentence."""
    return said.say(
        "flow.edge",
        source=level.nodes[edge.source].activity,
        target=level.nodes[edge.target].activity,
        n=said.count(edge.count),
        median=said.seconds(edge.median_seconds),
    )


def shown(level: FlowLevel, said: Language) -> str:
    """How much of all is shown: transitions, touchpoints, and their events."""
    hidden = level.events - sum(node.events for node in level.nodes)
    sentence = said.say(
        "flow.shown",
        share=said.share(level.shown, level.of),
        n=said.count(level.shown),
        of=said.count(level.of),
        nodes=said.count(len(level.nodes)),
        activities=said.count(level.activities),
    )
    if not hidden:
        return sentence
    rest = said.say("flow.hidden", n=said.count(hidden), of=said.count(level.events))
    return f"{sentence} {rest}"


def is_declared(name: str, path: AllowedFlows | None) -> bool:
    """Whether the ideal knows a touchpoint; without an ideal nothing is undeclared."""
    return path is None or name in path.declared


def is_ideal(edge: FlowEdge, level: FlowLevel, path: AllowedFlows | None) -> bool:
    """Whether a flow is one that the ideal takes."""
    if path is None:
        return False
    pair = level.nodes[edge.source].activity, level.nodes[edge.target].activity
    return pair in path.pairs
