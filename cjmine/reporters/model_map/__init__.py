"""A mined process model as a picture: BPMN's signs, drawn like the flow map."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markupsafe import Markup

from cjmine.diagrams.engines import laid_out
from cjmine.diagrams.layout import Graph, Layout, Spot
from cjmine.diagrams.picture import Diagram, Node, Shape, graph_of, loop, ordered
from cjmine.reporters.curves import curve, ended, tip
from cjmine.reporters.language import Lang, Language, language
from cjmine.reporters.svg import element, escaped, path, text
from cjmine.reporters.svg_frame import Entry, Sheet, drawn
from cjmine.reporters.text_width import lines
from cjmine.reporters.theme import Theme

_LETTERS, _LINE = 12.0, 15.0
_PEN = 1.5


def model_svg(
    diagram: Diagram,
    miner: str,
    traces: int,
    journeys: int,
    of: int,
    lang: Lang = Lang.EN,
    layout: Callable[[Graph], Layout] = laid_out,
    theme: Theme = Theme.AUTO,
) -> Markup:
    """Draw a process model that rests on so many distinct traces, of `journeys` of all `of`.

    `miner` is the name of who mined it.
    """
    said = language(lang)
    diagram = ordered(diagram)
    graph, joining = graph_of(diagram)
    placed = layout(graph)
    body = []
    for way in placed.ways:
        body += [curve(ended(way, _PEN), "cj-way-off", _PEN), tip(way, "cj-tip-off", _PEN)]
    for number in sorted(set(range(len(diagram.arcs))) - set(joining)):
        itself = diagram.arcs[number][0]
        body.append(_to_itself(diagram.nodes[itself], placed.centres[itself]))
    for node, centre in zip(diagram.nodes, placed.centres, strict=True):
        body.append(_drawn(node, centre))
    foot = said.say(
        "model.rests",
        miner=said.say(f"model.{miner}"),
        traces=said.count(traces),
        n=said.count(journeys),
        of=said.count(of),
        share=said.share(journeys, of),
    )
    return drawn(
        Sheet(
            title=said.say("model.title"),
            below=said.say("model.below"),
            about=foot,
            body=body,
            width=placed.width,
            height=placed.height,
            foot=(foot,),
            key=_key(diagram.nodes, said),
            engine=placed.engine,
        ),
        theme,
    )


def _drawn(node: Node, centre: Spot) -> Markup:
    """A node with its label around its centre."""
    (x, y), (width, height) = centre, node.size
    match node.shape:
        case Shape.TASK | Shape.TRANSITION:
            shown = lines(node.label, _LETTERS, width - 8, 4) or ("–",)
            first = y + 4 - _LINE * (len(shown) - 1) / 2
            return element(
                "g",
                element("title", escaped(node.label)),
                _box(centre, width, height, "cj-plain", 6),
                *(
                    text(x, first + _LINE * place, line, "cj-text cj-letters", "middle")
                    for place, line in enumerate(shown)
                ),
            )
        case Shape.EXCLUSIVE | Shape.PARALLEL:
            return _gateway(x, y, width / 2, node.shape)
        case Shape.SILENT:
            return _box(centre, width, height, "cj-dot", 0)
    last = node.shape is Shape.END or node.final > 0
    circle = element("circle", cx=x, cy=y, r=width / 2 - 2, class_="cj-box" if last else "cj-plain")
    if node.shape is Shape.END or not node.initial:
        return circle
    return circle + element("circle", cx=x, cy=y, r=5, class_="cj-dot")


def _box(centre: Spot, width: float, height: float, look: str, round_: float) -> Markup:
    x, y = centre[0] - width / 2, centre[1] - height / 2
    return element("rect", x=x, y=y, width=width, height=height, rx=round_, class_=look)


def _gateway(x: float, y: float, half: float, shape: Shape) -> Markup:
    corners = [(x - half, y), (x, y - half), (x + half, y), (x, y + half)]
    arm = 8.0 if shape is Shape.EXCLUSIVE else 11.0
    slanted = shape is Shape.EXCLUSIVE
    down = arm if slanted else 0.0
    across = ((x - arm, y - down), (x + arm, y + down))
    other = ((x - arm, y + arm), (x + arm, y - arm)) if slanted else ((x, y - arm), (x, y + arm))
    return element("path", d=path(corners, closed=True), class_="cj-plain") + element(
        "path", d=path(across) + path(other), class_="cj-box"
    )


def _to_itself(node: Node, centre: Spot) -> Markup:
    corners = loop(node, (round(centre[0]), round(centre[1])))
    way = [(float(x), float(y)) for x, y in corners]
    return element("path", d=path(way), class_="cj-way-off") + tip(way, "cj-tip-off", _PEN)


def _key(nodes: Sequence[Node], said: Language) -> tuple[Entry, ...]:
    """The signs that the model has, and what they mean."""
    there = {node.shape for node in nodes}
    signs = {
        Shape.START: (element("circle", cx=8, cy=0, r=7, class_="cj-plain"), 16.0, "start"),
        Shape.END: (element("circle", cx=8, cy=0, r=7, class_="cj-box"), 16.0, "end"),
        Shape.EXCLUSIVE: (_small(Shape.EXCLUSIVE), 24.0, "exclusive"),
        Shape.PARALLEL: (_small(Shape.PARALLEL), 24.0, "parallel"),
    }
    return tuple(
        Entry(sign, wide, said.say(f"model.{name}"))
        for shape, (sign, wide, name) in signs.items()
        if shape in there
    )


def _small(shape: Shape) -> Markup:
    return element("g", _gateway(0, 0, 25, shape), transform="translate(12 0) scale(0.45)")
