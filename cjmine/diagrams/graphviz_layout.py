"""Layouts by Graphviz: the library in pygraphviz's wheel, or the program `dot`.

Graphviz gets boxes of fixed size and no text, so neither fonts nor labels decide anything. It runs
in a process of its own with a time limit (the graphviz package sets none), so that a crash or an
endless run ends only that process.
"""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from cjmine.diagrams.layout import Box, Engine, Graph, Layout, Spot

_INCH = 72.0
_MARGIN = 12.0
_PATIENCE = 30  # seconds
_CHILD = Path(__file__).with_name("graphviz_child.py")


def by_graphviz(graph: Graph, engine: Engine) -> Layout | None:
    """Lay a graph out by one of the two ways to Graphviz.

    Returns None where that way is not installed, fails, or takes too long.
    """
    from graphviz import DOT_BINARY

    if engine is Engine.DOT:
        command = [str(DOT_BINARY), "-Tjson0"]
    elif find_spec("pygraphviz") is not None:
        command = [sys.executable, "-P", str(_CHILD)]
    else:
        return None
    try:
        written = subprocess.run(  # noqa: S603 - the command is ours, without a shell
            command,
            input=_dot_text(graph).encode(),
            capture_output=True,
            timeout=_PATIENCE,
            check=True,
        ).stdout
        return _read(json.loads(written), graph, engine)
    except (OSError, subprocess.SubprocessError, ValueError, KeyError, TypeError, IndexError):
        return None


def _dot_text(graph: Graph) -> str:
    """The graph in DOT: sizes alone. Links that lead back are turned round, and drawn so later."""
    from graphviz import Digraph

    drawing = Digraph(
        graph_attr={"rankdir": "LR", "nodesep": "0.3", "ranksep": "0.35", "margin": "0"},
        node_attr={"shape": "box", "fixedsize": "true", "label": " "},
        edge_attr={"tailport": "e", "headport": "w", "arrowhead": "none"},
    )
    for number, box in enumerate(graph.boxes):
        drawing.node(f"n{number}", width=_inches(box.width), height=_inches(box.height))
    for number, link in enumerate(graph.links):
        drawing.edge(
            *(f"n{end}" for end in link.ends),
            label=None if link.label is None else _room(link.label),
            id=f"e{number}",
            weight=str(max(1, round(link.weight))),
        )
    return str(drawing.source)


def _inches(length: float) -> str:
    return f"{length / _INCH:.4f}"


def _room(box: Box) -> str:
    """Room for a label, as a table without text: its size is the same whatever the fonts."""
    size = f'WIDTH="{box.width:.0f}" HEIGHT="{box.height:.0f}"'
    return f'<<TABLE BORDER="0" FIXEDSIZE="TRUE" {size}><TR><TD></TD></TR></TABLE>>'


def _read(answer: Any, graph: Graph, engine: Engine) -> Layout:
    """The places out of Graphviz's JSON, whose y grows upwards."""
    _, _, width, height = (float(part) for part in answer["bb"].split(","))

    def spot(written: str) -> Spot:
        x, y = written.split(",")
        return _MARGIN + float(x), _MARGIN + height - float(y)

    centres: list[Spot] = [(0.0, 0.0)] * len(graph.boxes)
    for node in answer.get("objects", ()):
        centres[int(node["name"][1:])] = spot(node["pos"])
    ways: list[tuple[Spot, ...]] = [()] * len(graph.links)
    labels: list[Spot | None] = [None] * len(graph.links)
    for edge in answer.get("edges", ()):
        number = int(edge["id"][1:])
        way = [spot(one) for one in edge["pos"].split() if one[0] not in "es"]
        ways[number] = tuple(way[::-1] if graph.links[number].back else way)
        labels[number] = spot(edge["lp"]) if "lp" in edge else None
    if not all(ways) or any(len(way) % 3 != 1 for way in ways):
        raise ValueError
    size = (width + 2 * _MARGIN, height + 2 * _MARGIN)
    return Layout(*size, tuple(centres), tuple(ways), tuple(labels), engine)
