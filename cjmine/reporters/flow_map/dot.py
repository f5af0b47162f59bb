"""The flow map as DOT text, for Graphviz and what reads its language."""

from __future__ import annotations

from cjmine.ideal.allowed_flows import AllowedFlows
from cjmine.reporters.escaping import visible
from cjmine.reporters.flow_map import words
from cjmine.reporters.flow_map.levels import FlowNode, flow_level
from cjmine.reporters.language import Lang, Language, language
from cjmine.reporters.text_width import lines
from cjmine.reporters.theme import Colour
from cjmine.results.discovery import Discovery

_FONT = {"fontname": "sans-serif", "fontsize": "11", "fontcolor": Colour.TEXT.light}
_ROOM = 156.0


def flow_dot(
    found: Discovery,
    share: float = 0.8,
    path: AllowedFlows | None = None,
    lang: Lang = Lang.EN,
) -> str:
    """The largest flows up to a share of all transitions as DOT, ending with a line feed.

    Nodes are called n0, n1 and so on, in the order of the touchpoints; every label is written out.
    """
    from graphviz import Digraph

    level, said = flow_level(found, share), language(lang).about(found.privacy)
    drawing = Digraph(
        "flow",
        graph_attr={**_FONT, "rankdir": "LR", "label": _told(words.shown(level, said))},
        node_attr={**_FONT, "shape": "box", "style": "rounded", "color": Colour.LINE.light},
        edge_attr={**_FONT, "color": Colour.MEASURED.light if path is None else Colour.LINE.light},
    )
    for number, node in enumerate(level.nodes):
        name = lines(node.activity, 13, _ROOM, 2, bold=True) or ("–",)
        facts = (*name, *words.on_node(node, level, said), *_outside(node, said))
        declared = words.is_declared(node.activity, path)
        drawing.node(
            f"n{number}",
            label=_told(*facts),
            tooltip=_told(words.about_node(node, level, said)),
            style="rounded" if declared else "rounded,dashed",
            penwidth="2" if declared and path is not None else "1",
        )
    most = max((edge.count for edge in level.edges), default=1)
    for edge in level.edges:
        look = {"penwidth": f"{1 + 5 * edge.count / most:.2f}"}
        if words.is_ideal(edge, level, path):
            look |= {"style": "bold", "color": Colour.MEASURED.light}
        drawing.edge(
            f"n{edge.source}",
            f"n{edge.target}",
            label=_told(*words.on_edge(edge, said)),
            tooltip=_told(words.about_edge(edge, level, said)),
            **look,
        )
    return str(drawing.source)


def _outside(node: FlowNode, said: Language) -> list[str]:
    """What begins and ends at a node, and what is not drawn one by one: two lines."""
    return [
        said.say("flow.in", starts=said.count(node.starts), other=said.count(node.other_in)),
        said.say("flow.out", ends=said.count(node.ends), other=said.count(node.other_out)),
    ]


def _told(*written: str) -> str:
    """Lines as a label: text alone, whatever they say to Graphviz.

    Markup it would be only if it began with < and ended with >; the last line is always ours.
    """
    shown = (visible(line).replace("\\", "\\\\").replace("&", "&amp;") for line in written)
    return "\\n".join(shown)
