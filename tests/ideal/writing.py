"""Ideal journeys as YAML text: what a journey owner would have written for these nodes."""

from __future__ import annotations

from dataclasses import replace

import yaml

from cjmine.ideal.nodes import (
    UNMARKED,
    AnyOrder,
    Choice,
    Failed,
    Node,
    Optional,
    Repeat,
    Sequence,
    Step,
    Within,
)


def written(nodes: tuple[Node, ...], goal: str, flow: bool) -> str:
    """A journey of one stage with these parts, in brackets (`flow`) or line by line."""
    steps = [plain(node) for node in nodes]
    whole = {"journey": "order", "goal": goal, "stages": [{"stage": "One", "steps": steps}]}
    return yaml.safe_dump(whole, default_flow_style=flow, allow_unicode=True, sort_keys=False)


def plain(node: Node) -> object:
    """A part as lists, mappings and texts."""
    match node:
        case Step():
            options = options_of(node)
            return {"step": node.name, **options} if options else node.name
        case Sequence():
            return [plain(part) for part in node.nodes]
        case Choice():
            return {"choice": [plain(part) for part in node.nodes]}
        case AnyOrder():
            return {"any-order": [plain(part) for part in node.nodes]}
        case Optional():
            return {"optional": plain(node.node)}
        case Repeat():
            bounds = {"min": node.min} if node.min != 1 else {}
            bounds |= {"max": node.max} if node.max is not None else {}
            return {"repeat": plain(node.node), **bounds}


def options_of(step: Step) -> dict[str, object]:
    options: dict[str, object] = {}
    if step.channels:
        options["channel"] = list(step.channels)
    if step.within is not None:
        options["within"] = limits(step.within)
    if step.failed is not None:
        options["failed"] = failure(step.failed)
    if step.moment_of_truth:
        options["moment-of-truth"] = True
    if step.keep is not None:
        options["keep"] = step.keep
    return options


def limits(within: Within) -> dict[str, str]:
    found = {}
    if within.min is not None:
        found["min"] = f"{within.min // 1_000_000}s"
    if within.max is not None:
        found["max"] = f"{within.max // 1_000_000}s"
    if within.after is not None:
        found["after"] = within.after
    return found


def failure(failed: Failed) -> object:
    if failed.column is not None:
        return {"column": failed.column, "is": list(failed.values)}
    return list(failed.activities)


def unmarked(node: Node) -> Node:
    """The same part without places."""
    match node:
        case Step():
            return replace(node, mark=UNMARKED)
        case Optional() | Repeat():
            return replace(node, node=unmarked(node.node))
        case _:
            return replace(node, nodes=tuple(unmarked(part) for part in node.nodes))
