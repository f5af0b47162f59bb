"""The flow map: which touchpoint comes next after which, how often and how fast."""

from __future__ import annotations

from cjmine.reporters.flow_map.dot import flow_dot
from cjmine.reporters.flow_map.drawing import flow_svg
from cjmine.reporters.flow_map.levels import FlowEdge, FlowLevel, FlowNode, flow_level

__all__ = ["FlowEdge", "FlowLevel", "FlowNode", "flow_dot", "flow_level", "flow_svg"]
