"""Who lays a picture out: Graphviz where it is installed, else cjmine itself."""

from __future__ import annotations

from cjmine.diagrams.graphviz_layout import by_graphviz
from cjmine.diagrams.layered import layered
from cjmine.diagrams.layout import Engine, Graph, Layout


def laid_out(graph: Graph) -> Layout:
    """Lay a graph out by the first engine that is installed and succeeds; the layout names it.

    >>> laid_out(Graph((), ())).engine
    <Engine.BUILTIN: 'builtin'>
    """
    if not graph.boxes:
        return layered(graph)
    for engine in (Engine.PYGRAPHVIZ, Engine.DOT):
        placed = by_graphviz(graph, engine)
        if placed is not None:
            return placed
    return layered(graph)
