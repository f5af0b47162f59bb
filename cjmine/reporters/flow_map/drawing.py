"""The flow map as SVG: boxes and flows, placed by the layout engine that is installed."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from cjmine.diagrams.engines import laid_out
from cjmine.diagrams.layout import Box, Graph, Layout, Link, Spot, leading_back
from cjmine.ideal.allowed_flows import AllowedFlows
from cjmine.reporters.curves import curve, ended, tip
from cjmine.reporters.flow_map import words
from cjmine.reporters.flow_map.levels import FlowEdge, FlowLevel, FlowNode, flow_level
from cjmine.reporters.language import Lang, Language, language
from cjmine.reporters.svg import element, escaped, text
from cjmine.reporters.svg_frame import BODY, SMALL, Entry, Sheet, drawn
from cjmine.reporters.text_width import cut, lines, width
from cjmine.reporters.theme import Theme
from cjmine.results.discovery import Discovery

_WIDE = 176.0
_LINE, _SMALL_LINE = 16.0, 15.0
_PAD = 10.0
_STUB = 25.0  # room above and below a box for what begins, ends, and is not shown
_THINNEST, _THICKEST = 1.2, 7.0


def flow_svg(
    found: Discovery,
    share: float = 0.8,
    path: AllowedFlows | None = None,
    lang: Lang = Lang.EN,
    layout: Callable[[Graph], Layout] = laid_out,
    theme: Theme = Theme.AUTO,
) -> Markup:
    """Draw the largest flows up to a share of all transitions; with a path, the ideal is marked.

    The picture says how much it shows, and who laid it out.
    """
    level, said = flow_level(found, share), language(lang).about(found.privacy)
    loops = {edge.source: edge for edge in level.edges if edge.source == edge.target}
    edges = [edge for edge in level.edges if edge.source != edge.target]
    blocks = [_Block(node, loops.get(place), level, said) for place, node in enumerate(level.nodes)]
    flows = [(edge.source, edge.target, edge.count) for edge in edges]
    turned = leading_back(len(blocks), flows)
    graph = Graph(
        tuple(Box(_WIDE, block.height + 2 * _STUB) for block in blocks),
        tuple(
            Link(edge.source, edge.target, edge.count, _room(words.on_edge(edge, said)), back)
            for edge, back in zip(edges, turned, strict=True)
        ),
    )
    placed = layout(graph)
    body = _flows(edges, level, path, placed, said)
    for block, centre in zip(blocks, placed.centres, strict=True):
        body.append(block.drawn(centre, path))
    return drawn(
        Sheet(
            title=said.say("flow.title"),
            below=said.say(
                "flow.below",
                journeys=said.count(level.journeys),
                period=said.period(found.log.days, found.log.zone),
            ),
            about=words.shown(level, said),
            body=body,
            width=placed.width,
            height=placed.height,
            foot=(words.shown(level, said), said.say("flow.reading")),
            key=_key(path, said),
            engine=placed.engine,
        ),
        theme,
    )


def _room(label: tuple[str, str]) -> Box:
    wide = max(width(label[0], SMALL, True), width(label[1], SMALL))
    return Box(wide + 8, 2 * _SMALL_LINE + _THICKEST)


def _flows(
    edges: list[FlowEdge],
    level: FlowLevel,
    path: AllowedFlows | None,
    placed: Layout,
    said: Language,
) -> list[Markup]:
    """All ways, the smallest first so that the largest stay whole; then their figures."""
    most = max((edge.count for edge in edges), default=1)
    ways, figures = [], []
    for edge, way, spot in reversed(list(zip(edges, placed.ways, placed.labels, strict=True))):
        pen = _THINNEST + (_THICKEST - _THINNEST) * edge.count / most
        ideal = words.is_ideal(edge, level, path)
        off = "-off" if path is not None and not ideal else ""
        short = ended(way, pen)
        ways.append(
            element(
                "g",
                element("title", escaped(words.about_edge(edge, level, said))),
                *([curve(short, "cj-casing", pen + 3)] if ideal else []),
                curve(short, f"cj-way{off}", pen),
                tip(way, f"cj-tip{off}", pen),
            )
        )
        if spot is not None:
            count, median = words.on_edge(edge, said)
            strong = "cj-strong" if ideal or path is None else "cj-text"
            x, y = spot
            figures.append(text(x, y - 7, count, f"cj-halo {strong} cj-small", "middle"))
            figures.append(text(x, y + 6, median, "cj-halo cj-muted cj-small", "middle"))
    return [*ways, *figures]


class _Block:
    """A touchpoint: its box, and above and below it what begins, ends, or is not shown."""

    def __init__(
        self, node: FlowNode, loop: FlowEdge | None, level: FlowLevel, said: Language
    ) -> None:
        self.node, self._level, self._said = node, level, said
        self._label = lines(node.activity, BODY, _WIDE - 2 * _PAD, 2, bold=True) or ("–",)
        self._facts = [*words.on_node(node, level, said)]
        if loop is not None:
            count, median = words.on_edge(loop, said)
            self._facts.append(said.say("flow.loop", n=count, median=median))
        self.height = 2 * _PAD + _LINE * len(self._label) + _SMALL_LINE * len(self._facts) - 3

    def drawn(self, centre: Spot, path: AllowedFlows | None) -> Markup:
        """The whole block around its centre."""
        x, y = centre
        top, bottom = y - self.height / 2, y + self.height / 2
        declared = words.is_declared(self.node.activity, path)
        look = "cj-box" if path is not None and declared else "cj-plain"
        parts = [
            element("title", escaped(words.about_node(self.node, self._level, self._said))),
            element(
                "rect",
                x=x - _WIDE / 2,
                y=top,
                width=_WIDE,
                height=self.height,
                rx=4,
                class_=look if declared else f"{look} cj-dashed",
            ),
        ]
        line = top + _PAD + BODY - 2
        for label in self._label:
            parts.append(text(x, line, label, "cj-strong", "middle"))
            line += _LINE
        line -= 1
        for fact in self._facts:
            shown = cut(fact, SMALL, _WIDE - 8)
            parts.append(text(x, line, shown, "cj-text cj-small", "middle"))
            line += _SMALL_LINE
        left, right = x - _WIDE / 2 + 14, x + 14
        node, count = self.node, self._said.count
        if node.starts:
            parts += [_begin(left, top - 16), *_stub(left, top - 16, top, count(node.starts))]
        if node.other_in:
            parts += _stub(right, top - 20, top, count(node.other_in), "cj-dotted")
        if node.ends:
            parts += [*_stub(left, bottom, bottom + 13, count(node.ends)), _end(left, bottom + 16)]
        if node.other_out:
            parts += _stub(right, bottom, bottom + 20, count(node.other_out), "cj-dotted")
        return element("g", *parts)


def _stub(x: float, top: float, bottom: float, figure: str, look: str = "") -> list[Markup]:
    """A short arrow downwards, into a box or out of it, and its figure."""
    way = ((x, top), (x, top), (x, bottom), (x, bottom))
    middle = (top + bottom) / 2
    return [
        curve(ended(way, 0), f"cj-thin {look}".strip(), 1),
        tip(way, "cj-tip-off", 0),
        text(x + 9, middle + 4, figure, "cj-muted cj-small"),
    ]


def _begin(x: float, y: float) -> Markup:
    return element("circle", cx=x, cy=y, r=4, class_="cj-dot")


def _end(x: float, y: float) -> Markup:
    ring = element("circle", cx=x, cy=y, r=4.5, class_="cj-outline")
    return ring + element("circle", cx=x, cy=y, r=2, class_="cj-dot")


def _key(path: AllowedFlows | None, said: Language) -> tuple[Entry, ...]:
    """What the signs mean."""
    line = ((0.0, 0.0), (9.0, 0.0), (17.0, 0.0), (26.0, 0.0))
    stub = ((6.0, -8.0), (6.0, -8.0), (6.0, 8.0), (6.0, 8.0))

    def flow(off: str, casing: bool) -> Markup:
        parts = [curve(ended(line, 2), "cj-casing", 6)] if casing else []
        return Markup().join(
            [*parts, curve(ended(line, 2), f"cj-way{off}", 3), tip(line, f"cj-tip{off}", 2)]
        )

    def box(look: str) -> Markup:
        return element("rect", x=1, y=-6, width=22, height=12, rx=3, class_=look)

    dotted = curve(ended(stub, 0), "cj-thin cj-dotted", 1) + tip(stub, "cj-tip-off", 0)
    entries = [
        Entry(_begin(5, 0), 10, said.say("flow.begins")),
        Entry(_end(5, 0), 10, said.say("flow.ends")),
        Entry(dotted, 12, said.say("flow.other")),
    ]
    if path is None:
        return tuple(entries)
    return (
        *entries,
        Entry(flow("", True), 28, said.say("flow.ideal")),
        Entry(flow("-off", False), 28, said.say("flow.not-ideal")),
        Entry(box("cj-box"), 24, said.say("flow.declared")),
        Entry(box("cj-plain cj-dashed"), 24, said.say("flow.undeclared")),
    )
