"""Who lays a picture out: dot where it is installed, else pygraphviz, else cjmine itself."""

from __future__ import annotations

from cjmine.diagrams.graphviz_layout import by_graphviz, is_here
from cjmine.diagrams.layered import layered
from cjmine.diagrams.layout import Engine, Graph, Layout
from cjmine.errors import OutputError


def laid_out(graph: Graph, engine: Engine = Engine.AUTO) -> Layout:
    """Lay a graph out; the layout says by whom.

    With `auto`, a program that fails or takes too long makes way for the next one. Raises
    OutputError O103 where the one that is asked for is not here or fails.
    """
    if engine is Engine.BUILTIN or not graph.boxes:
        return layered(graph)
    if engine is not Engine.AUTO:
        return by_graphviz(graph, engine)
    for one in (Engine.DOT, Engine.PYGRAPHVIZ):
        if is_here(one):
            try:
                return by_graphviz(graph, one)
            except OutputError:
                continue
    return layered(graph)
