"""BPMN and PNML files of a process model, with a picture and with the same bytes on every run."""

from __future__ import annotations

import re
import xml.etree.ElementTree as Xml
from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from cjmine.diagrams.picture import Diagram, Node, Point, Shape, drawn, neighbours

_FORBIDDEN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BREAKS = re.compile("[\t\n\r]+")


def bpmn_text(diagram: Diagram, about: str) -> str:
    """The diagram as a BPMN 2.0 file with shapes and edges to draw.

    An empty diagram gives a process without elements.
    """
    picture = drawn(diagram)
    root = Xml.Element(
        "bpmn:definitions",
        {
            "xmlns:bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
            "xmlns:bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
            "xmlns:dc": "http://www.omg.org/spec/DD/20100524/DC",
            "xmlns:di": "http://www.omg.org/spec/DD/20100524/DI",
            "id": "definitions",
            "targetNamespace": "urn:cjmine:model",
        },
    )
    process = Xml.SubElement(root, "bpmn:process", {"id": "process", "isExecutable": "false"})
    Xml.SubElement(process, "bpmn:documentation").text = _clean(about)
    drawing = Xml.SubElement(root, "bpmndi:BPMNDiagram", {"id": "diagram"})
    plane = Xml.SubElement(drawing, "bpmndi:BPMNPlane", {"id": "plane", "bpmnElement": "process"})
    ids = _numbered(picture.nodes)
    flows = [f"flow_{number}" for number in range(1, len(picture.arcs) + 1)]
    into, out = neighbours(len(ids), picture.arcs)
    for place, node in enumerate(picture.nodes):
        element = Xml.SubElement(process, _ELEMENTS[node.shape], {"id": ids[place]})
        if node.shape in (Shape.EXCLUSIVE, Shape.PARALLEL):
            element.set("gatewayDirection", _direction(len(into[place]), len(out[place])))
        else:
            element.set("name", _clean(node.label) if node.shape is Shape.TASK else ids[place])
        for arc in into[place]:
            Xml.SubElement(element, "bpmn:incoming").text = flows[arc]
        for arc in out[place]:
            Xml.SubElement(element, "bpmn:outgoing").text = flows[arc]
        _draw_node(plane, node, ids[place], picture.centres[place])
    for flow, (source, target), way in zip(flows, picture.arcs, picture.ways, strict=True):
        Xml.SubElement(
            process,
            "bpmn:sequenceFlow",
            {"id": flow, "sourceRef": ids[source], "targetRef": ids[target]},
        )
        edge = Xml.SubElement(plane, "bpmndi:BPMNEdge", {"id": f"{flow}_edge", "bpmnElement": flow})
        for x, y in way:
            Xml.SubElement(edge, "di:waypoint", {"x": str(x), "y": str(y)})
    return _serialised(root)


def pnml_text(diagram: Diagram, about: str) -> str:
    """The diagram as a PNML file: a Petri net with initial and final marking."""
    picture = drawn(diagram)
    root = Xml.Element("pnml")
    net = Xml.SubElement(
        root,
        "net",
        {"id": "net", "type": "http://www.pnml.org/version-2009/grammar/pnmlcoremodel"},
    )
    _texted(net, "name", _clean(about))
    page = Xml.SubElement(net, "page", {"id": "page"})
    ids = _numbered(picture.nodes)
    for node, name, (x, y) in zip(picture.nodes, ids, picture.centres, strict=True):
        is_place = node.shape is Shape.PLACE
        element = Xml.SubElement(page, "place" if is_place else "transition", {"id": name})
        visible = node.shape is Shape.TRANSITION
        _texted(element, "name", _clean(node.label) if visible else name)
        graphics = Xml.SubElement(element, "graphics")
        Xml.SubElement(graphics, "position", {"x": str(x), "y": str(y)})
        width, height = node.size
        Xml.SubElement(graphics, "dimension", {"x": str(width), "y": str(height)})
        if node.initial:
            _texted(element, "initialMarking", str(node.initial))
        if node.shape is Shape.SILENT:
            # Without this mark, readers take a silent step for an activity of that name.
            mark = {"tool": "ProM", "version": "6.4", "activity": "$invisible$"}
            Xml.SubElement(element, "toolspecific", {**mark, "localNodeID": name})
    for number, ((source, target), same) in enumerate(groupby(picture.arcs), start=1):
        ends = {"source": ids[source], "target": ids[target]}
        arc = Xml.SubElement(page, "arc", {"id": f"arc_{number}", **ends})
        weight = len(list(same))
        if weight > 1:
            _texted(arc, "inscription", str(weight))
    marking = Xml.SubElement(Xml.SubElement(net, "finalmarkings"), "marking")
    for node, name in zip(picture.nodes, ids, strict=True):
        if node.final:
            place = Xml.SubElement(marking, "place", {"idref": name})
            Xml.SubElement(place, "text").text = str(node.final)
    return _serialised(root)


_ELEMENTS = {
    Shape.START: "bpmn:startEvent",
    Shape.TASK: "bpmn:task",
    Shape.EXCLUSIVE: "bpmn:exclusiveGateway",
    Shape.PARALLEL: "bpmn:parallelGateway",
    Shape.END: "bpmn:endEvent",
}


_WORDS = {
    Shape.START: "start",
    Shape.TASK: "task",
    Shape.EXCLUSIVE: "gateway",
    Shape.PARALLEL: "gateway",
    Shape.END: "end",
    Shape.PLACE: "place",
    Shape.TRANSITION: "transition",
    Shape.SILENT: "transition",
}


def _clean(label: str) -> str:
    """A label that XML can carry and every reader takes for a name: one line, never empty."""
    return _BREAKS.sub(" ", _FORBIDDEN.sub("\ufffd", label)) or "\ufffd"


def _texted(parent: Xml.Element, tag: str, text: str) -> None:
    Xml.SubElement(Xml.SubElement(parent, tag), "text").text = text


def _serialised(root: Xml.Element) -> str:
    Xml.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{Xml.tostring(root, encoding="unicode")}\n'


def _direction(into: int, out: int) -> str:
    if into > 1:
        return "Mixed" if out > 1 else "Converging"
    return "Diverging" if out > 1 else "Unspecified"


def _draw_node(plane: Xml.Element, node: Node, name: str, centre: Point) -> None:
    shape = Xml.SubElement(plane, "bpmndi:BPMNShape", {"id": f"{name}_shape", "bpmnElement": name})
    if node.shape is Shape.EXCLUSIVE:
        shape.set("isMarkerVisible", "true")
    (x, y), (width, height) = centre, node.size
    bounds = {"x": x - width // 2, "y": y - height // 2, "width": width, "height": height}
    Xml.SubElement(shape, "dc:Bounds", {key: str(value) for key, value in bounds.items()})


def _numbered(nodes: Sequence[Node]) -> list[str]:
    """Ids in reading order: the word for the shape and, unless it is an event, a number."""
    seen: Counter[str] = Counter()
    ids = []
    for node in nodes:
        word = _WORDS[node.shape]
        seen[word] += 1
        alone = node.shape in (Shape.START, Shape.END) and seen[word] == 1
        ids.append(word if alone else f"{word}_{seen[word]}")
    return ids
