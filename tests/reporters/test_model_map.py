"""Pictures of process models: every node and arc is there, labels are text."""

from __future__ import annotations

import pytest
from reporters.hostile import LABELS
from reporters.pictured import SVG, outside, overlapping, parsed, words

from cjmine.diagrams.layered import layered
from cjmine.diagrams.picture import Diagram, Node, Shape
from cjmine.miner.kinds import Model
from cjmine.miner.models import CountedTrace, bpmn_diagram, discover_model
from cjmine.reporters.language import Lang
from cjmine.reporters.model_map import model_svg

TRACES = [
    CountedTrace(("A", "B", "C"), 20),
    CountedTrace(("A", "C", "B"), 15),
    CountedTrace(("A",), 9),
]


def drawn(diagram: Diagram, **more: object) -> str:
    return model_svg(diagram, "inductive", 3, 44, 50, layout=layered, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", Model)
def test_a_mined_model_is_drawn_whole(kind: Model) -> None:
    """A box for each task, a sign for each other node, an arrow for each arc, and what it rests on."""
    diagram = bpmn_diagram(discover_model(TRACES, kind))
    root = parsed(drawn(diagram))
    texts = [word.text for word in words(root)]
    assert sorted(text for text in texts if len(text) == 1) == ["A", "B", "C"]
    tips = [one for one in root.iter(f"{SVG}path") if one.get("class") == "cj-tip-off"]
    assert len(tips) == len(diagram.arcs)
    assert any("44 of 50 journeys (88.0 %)" in text for text in texts)


@pytest.mark.parametrize("lang", Lang)
@pytest.mark.parametrize("label", LABELS)
def test_hostile_labels_are_text(label: str, lang: Lang) -> None:
    nodes = (Node(Shape.START), Node(Shape.TASK, label), Node(Shape.TASK, "B"), Node(Shape.END))
    root = parsed(drawn(Diagram(nodes, ((0, 1), (1, 2), (2, 1), (2, 3), (1, 1))), lang=lang))
    found = words(root)
    assert overlapping(found) == [] and outside(root, found) == []


def test_the_order_of_nodes_changes_nothing() -> None:
    nodes = (Node(Shape.START), Node(Shape.TASK, "A"), Node(Shape.TASK, "B"), Node(Shape.END))
    one = Diagram(nodes, ((0, 1), (1, 2), (2, 3)))
    other = Diagram(nodes[::-1], ((3, 2), (2, 1), (1, 0)))
    assert drawn(one) == drawn(other)
