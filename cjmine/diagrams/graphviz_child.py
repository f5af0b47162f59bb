"""A process of its own for pygraphviz: DOT in on stdin, the layout as JSON out on stdout."""

from __future__ import annotations

import sys


def main() -> None:
    """Lay out the graph that stdin holds."""
    import pygraphviz

    drawing = pygraphviz.AGraph(string=sys.stdin.buffer.read().decode())
    sys.stdout.buffer.write(drawing.draw(format="json0", prog="dot"))


if __name__ == "__main__":
    main()
