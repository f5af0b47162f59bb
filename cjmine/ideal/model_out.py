"""The ideal journey as a process model file: BPMN for process tools, PNML for Petri nets.

Drawn straight from the declared parts, so the same journey gives the same bytes.
"""

from __future__ import annotations

from cjmine.diagrams.files import bpmn_text, pnml_text
from cjmine.diagrams.picture import Diagram, Shape
from cjmine.diagrams.picture import Node as Element
from cjmine.ideal.journey import IdealJourney
from cjmine.ideal.nodes import AnyOrder, Choice, Node, Optional, Repeat, Sequence, Step


def journey_bpmn(journey: IdealJourney) -> str:
    """A journey as BPMN 2.0: exclusive gateways for choices, parallel ones for any order."""
    return bpmn_text(_bpmn(journey.root), _about(journey))


def journey_pnml(journey: IdealJourney) -> str:
    """A journey as a Petri net in PNML, with initial and final marking."""
    return pnml_text(_net(journey.root), _about(journey))


def _about(journey: IdealJourney) -> str:
    return f"ideal journey: {journey.name}"


class _Drawing:
    """Elements and arcs, added one by one."""

    def __init__(self) -> None:
        self.elements: list[Element] = []
        self.arcs: list[tuple[int, int]] = []

    def add(self, element: Element, *before: int) -> int:
        """Put an element behind others; its number."""
        self.elements.append(element)
        number = len(self.elements) - 1
        self.arcs += [(one, number) for one in before]
        return number

    def finished(self) -> Diagram:
        """The drawing as a value."""
        return Diagram(tuple(self.elements), tuple(self.arcs))


def _bpmn(root: Node) -> Diagram:
    drawing = _Drawing()
    start = drawing.add(Element(Shape.START))
    drawing.add(Element(Shape.END), _bpmn_part(root, start, drawing))
    return drawing.finished()


def _bpmn_part(node: Node, before: int, drawing: _Drawing) -> int:
    """Draw a part behind an element; the element that it ends with."""
    match node:
        case Step():
            return drawing.add(Element(Shape.TASK, node.name), before)
        case Sequence():
            for part in node.nodes:
                before = _bpmn_part(part, before, drawing)
            return before
        case Choice():
            return _gateways(Shape.EXCLUSIVE, node.nodes, before, drawing)
        case AnyOrder():
            return _gateways(Shape.PARALLEL, node.nodes, before, drawing)
        case Optional():
            split = drawing.add(Element(Shape.EXCLUSIVE), before)
            return drawing.add(
                Element(Shape.EXCLUSIVE), _bpmn_part(node.node, split, drawing), split
            )
        case Repeat():
            return _bpmn_repeat(node, before, drawing)


def _gateways(shape: Shape, parts: tuple[Node, ...], before: int, drawing: _Drawing) -> int:
    split = drawing.add(Element(shape), before)
    ends = [_bpmn_part(part, split, drawing) for part in parts]
    return drawing.add(Element(shape), *ends)


def _bpmn_repeat(node: Repeat, before: int, drawing: _Drawing) -> int:
    copies = max(node.min, 1) if node.max is None else node.max
    skips: list[int] = []
    for number in range(1, copies + 1):
        if number > node.min:
            before = drawing.add(Element(Shape.EXCLUSIVE), before)
            skips.append(before)
        if node.max is None and number == copies:
            begin = drawing.add(Element(Shape.EXCLUSIVE), before)
            before = drawing.add(Element(Shape.EXCLUSIVE), _bpmn_part(node.node, begin, drawing))
            drawing.arcs.append((before, begin))
        else:
            before = _bpmn_part(node.node, before, drawing)
    return drawing.add(Element(Shape.EXCLUSIVE), before, *skips) if skips else before


def _net(root: Node) -> Diagram:
    drawing = _Drawing()
    start = drawing.add(Element(Shape.PLACE, initial=1))
    end = _net_part(root, start, drawing)
    final = drawing.add(Element(Shape.PLACE, final=1), drawing.add(Element(Shape.SILENT), end))
    assert final
    return drawing.finished()


def _net_part(node: Node, before: int, drawing: _Drawing) -> int:
    """Draw a part behind a place; the place that it ends with."""
    match node:
        case Step():
            step = drawing.add(Element(Shape.TRANSITION, node.name), before)
            return drawing.add(Element(Shape.PLACE), step)
        case Sequence():
            for part in node.nodes:
                before = _net_part(part, before, drawing)
            return before
        case Choice():
            # Each branch begins behind a silent step, so that none can be begun again.
            ends = [
                _silent(_net_part(part, _silently(before, drawing), drawing), drawing)
                for part in node.nodes
            ]
            return drawing.add(Element(Shape.PLACE), *ends)
        case AnyOrder():
            split = _silent(before, drawing)
            places = [drawing.add(Element(Shape.PLACE), split) for _ in node.nodes]
            ends = [
                _net_part(part, place, drawing)
                for part, place in zip(node.nodes, places, strict=True)
            ]
            join = drawing.add(Element(Shape.SILENT), *ends)
            return drawing.add(Element(Shape.PLACE), join)
        case Optional():
            inner = _silent(_net_part(node.node, _silently(before, drawing), drawing), drawing)
            return drawing.add(Element(Shape.PLACE), inner, _silent(before, drawing))
        case Repeat():
            return _net_repeat(node, before, drawing)


def _net_repeat(node: Repeat, before: int, drawing: _Drawing) -> int:
    copies = max(node.min, 1) if node.max is None else node.max
    ends: list[int] = []
    for number in range(1, copies + 1):
        if number > node.min:
            ends.append(_silent(before, drawing))
            before = _silently(before, drawing)
        if node.max is None and number == copies:
            begin = _silently(before, drawing)
            before = _net_part(node.node, begin, drawing)
            again = _silent(before, drawing)
            drawing.arcs.append((again, begin))
        else:
            before = _net_part(node.node, before, drawing)
    if not ends and node.max is not None:
        return before
    return drawing.add(Element(Shape.PLACE), _silent(before, drawing), *ends)


def _silent(place: int, drawing: _Drawing) -> int:
    return drawing.add(Element(Shape.SILENT), place)


def _silently(place: int, drawing: _Drawing) -> int:
    """A new place behind a silent step."""
    return drawing.add(Element(Shape.PLACE), _silent(place, drawing))
