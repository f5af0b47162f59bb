"""Layouts: everything has room of its own, whoever places it, and whoever fails makes way."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import examples

from cjmine.diagrams import graphviz_layout
from cjmine.diagrams.engines import laid_out
from cjmine.diagrams.layered import layered
from cjmine.diagrams.layout import Box, Engine, Graph, Layout, Link, Spot, leading_back

CHILD = Path(graphviz_layout.__file__).with_name("graphviz_child.py")
Rectangle = tuple[float, float, float, float]


@st.composite
def graphs(draw: st.DrawFn, most: int = 9) -> Graph:
    """Boxes of any size, joined in any way, some links with room for a label."""
    sizes = st.builds(Box, st.integers(10, 200).map(float), st.integers(10, 120).map(float))
    boxes = draw(st.lists(sizes, min_size=1, max_size=most))
    ends = st.integers(0, len(boxes) - 1)
    pairs = draw(st.lists(st.tuples(ends, ends, st.integers(1, 900)), max_size=3 * most))
    flows = [pair for pair in pairs if pair[0] != pair[1]]
    back = leading_back(len(boxes), flows)
    labels = draw(st.lists(st.none() | sizes, min_size=len(flows), max_size=len(flows)))
    links = [
        Link(*flow, label, turned) for flow, label, turned in zip(flows, labels, back, strict=True)
    ]
    return Graph(tuple(boxes), tuple(links))


CIRCLE = Graph(
    (Box(100, 50), Box(100, 50), Box(80, 60)),
    (
        Link(0, 1, 3, Box(40, 20)),
        Link(1, 2, 1, Box(40, 20)),
        Link(2, 0, 1, Box(40, 20), back=True),
        Link(0, 2),
    ),
)


def around(centre: Spot, box: Box) -> Rectangle:
    (x, y), wide, high = centre, box.width / 2, box.height / 2
    return x - wide, y - high, x + wide, y + high


def rectangles(graph: Graph, placed: Layout) -> list[Rectangle]:
    """Where boxes and labels are."""
    boxes = [around(*one) for one in zip(placed.centres, graph.boxes, strict=True)]
    labels = zip(placed.labels, graph.links, strict=True)
    return boxes + [around(spot, link.label) for spot, link in labels if spot and link.label]


def overlap(one: Rectangle, other: Rectangle) -> bool:
    left, top = max(one[0], other[0]), max(one[1], other[1])
    right, bottom = min(one[2], other[2]), min(one[3], other[3])
    return right - left > 0.01 and bottom - top > 0.01


def along(way: tuple[Spot, ...]) -> Iterator[Spot]:
    """Places on a way, close to each other."""
    for piece in range(0, len(way) - 1, 3):
        a, b, c, d = way[piece : piece + 4]
        for t in (step / 20 for step in range(21)):
            s = 1 - t
            parts = (s**3, 3 * s * s * t, 3 * s * t * t, t**3)
            yield (
                sum(part * spot[0] for part, spot in zip(parts, (a, b, c, d), strict=True)),
                sum(part * spot[1] for part, spot in zip(parts, (a, b, c, d), strict=True)),
            )


@given(graphs())
def test_nothing_overlaps(graph: Graph) -> None:
    """Boxes and labels stand apart, and inside the picture."""
    placed = layered(graph)
    found = rectangles(graph, placed)
    assert not any(overlap(one, other) for one, other in combinations(found, 2))
    for left, top, right, bottom in found:
        assert left >= 0 and top >= 0 and right <= placed.width and bottom <= placed.height
    assert all(
        spot is not None
        for spot, link in zip(placed.labels, graph.links, strict=True)
        if link.label
    )


@given(graphs())
def test_ways_pass_by(graph: Graph) -> None:
    """A way joins the boxes that it names, and goes through no box and no label."""
    placed = layered(graph)
    rooms = rectangles(graph, placed)
    for link, way in zip(graph.links, placed.ways, strict=True):
        for end, number in ((way[0], link.source), (way[-1], link.target)):
            left, top, right, bottom = rooms[number]
            assert end[0] in (pytest.approx(left), pytest.approx(right))
            assert top <= end[1] <= bottom
        for x, y in along(way):
            inside = [
                r for r in rooms if r[0] + 0.1 < x < r[2] - 0.1 and r[1] + 0.1 < y < r[3] - 0.1
            ]
            assert inside == []


@given(graphs())
def test_all_that_leads_back_is_found(graph: Graph) -> None:
    """Without the links that lead back, taking away what nothing leads to takes everything."""
    left = set(range(len(graph.boxes)))
    while left:
        led_to = {one.target for one in graph.links if not one.back and one.source in left}
        assert left - led_to, "a circle"
        left &= led_to


def test_the_main_way_runs_straight() -> None:
    """The heaviest links lie on one line, whatever small ones are beside them."""
    flows = [(0, 1, 900), (1, 2, 900), (0, 3, 5), (3, 2, 5), (1, 4, 5), (4, 2, 5)]
    placed = layered(Graph((Box(80, 40),) * 5, tuple(Link(*flow) for flow in flows)))
    heights = [placed.centres[number][1] for number in (0, 1, 2)]
    assert max(heights) - min(heights) < 12
    assert placed.centres[0][0] < placed.centres[1][0] < placed.centres[2][0]


def test_no_box_gives_an_empty_picture() -> None:
    placed = laid_out(Graph((), ()))
    assert placed.centres == () and placed.engine is Engine.BUILTIN


def program(folder: Path, text: str) -> None:
    """A program called `dot` in a folder."""
    file = folder / "dot"
    file.write_text(f"#!{sys.executable}\n{text}")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)


needs_pygraphviz = pytest.mark.skipif(
    find_spec("pygraphviz") is None, reason="pygraphviz is not installed"
)


@needs_pygraphviz
@examples(8)
@given(graphs(most=5))
def test_graphviz_keeps_boxes_apart(graph: Graph) -> None:
    """The same graph by the library: every box, way and label has its place."""
    placed = laid_out(graph)
    assert placed.engine is Engine.PYGRAPHVIZ
    boxes = rectangles(graph, placed)[: len(graph.boxes)]
    assert not any(overlap(one, other) for one, other in combinations(boxes, 2))
    for link, way, spot in zip(graph.links, placed.ways, placed.labels, strict=True):
        source, target = placed.centres[link.source], placed.centres[link.target]
        assert abs(way[0][1] - source[1]) < 1 and abs(way[-1][1] - target[1]) < 1
        assert (source[0] < target[0]) is (not link.back)
        assert (spot is None) is (link.label is None)


@pytest.fixture
def only_dot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without pygraphviz, and the folder where it looks for `dot`."""
    monkeypatch.setattr(graphviz_layout, "find_spec", lambda _: None)
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


@needs_pygraphviz
def test_dot_comes_next_and_says_so(only_dot: Path) -> None:
    """A `dot` on the path is asked, in Graphviz's own way of speaking."""
    by_library = graphviz_layout._read(json.loads(by_child(CIRCLE)), CIRCLE, Engine.PYGRAPHVIZ)
    program(only_dot, f"import runpy; runpy.run_path({str(CHILD)!r}, run_name='__main__')")
    by_dot = laid_out(CIRCLE)
    assert by_dot.engine is Engine.DOT
    assert (by_dot.centres, by_dot.ways) == (by_library.centres, by_library.ways)


def by_child(graph: Graph) -> bytes:
    """What the library answers."""
    written = graphviz_layout._dot_text(graph).encode()
    command = [sys.executable, "-P", str(CHILD)]
    return subprocess.run(command, input=written, capture_output=True, check=True).stdout


FAILURES = {
    "ends badly": "raise SystemExit(3)",
    "says nothing": "",
    "says no JSON": "print('dot: error')",
    "says other JSON": 'print(\'{"bb": "0,0,1,1"}\')',
    "takes for ever": "import time; time.sleep(60)",
}


@pytest.mark.parametrize("failure", FAILURES)
def test_a_dot_that_fails_makes_way(
    only_dot: Path, monkeypatch: pytest.MonkeyPatch, failure: str
) -> None:
    """Whatever goes wrong with it, cjmine's own layout is drawn."""
    monkeypatch.setattr(graphviz_layout, "_PATIENCE", 2)
    program(only_dot, FAILURES[failure])
    assert graphviz_layout.by_graphviz(CIRCLE, Engine.DOT) is None
    assert laid_out(CIRCLE).engine is Engine.BUILTIN


def test_a_library_that_fails_makes_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where its wheel does not fit the machine."""
    child = tmp_path / "child.py"
    child.write_text(FAILURES["ends badly"])
    monkeypatch.setattr(graphviz_layout, "_CHILD", child)
    monkeypatch.setattr(graphviz_layout, "find_spec", lambda _: object())
    monkeypatch.setenv("PATH", str(tmp_path))
    assert laid_out(CIRCLE).engine is Engine.BUILTIN


def test_without_graphviz_cjmine_lays_out(only_dot: Path) -> None:
    for engine in (Engine.DOT, Engine.PYGRAPHVIZ):
        assert graphviz_layout.by_graphviz(CIRCLE, engine) is None
    assert laid_out(CIRCLE) == layered(CIRCLE)


def test_layout_programs_get_no_label() -> None:
    """What Graphviz reads holds sizes alone."""
    written = graphviz_layout._dot_text(CIRCLE)
    assert written.count("width=") == 3 and written.count("->") == 4
    assert 'label=" "' in written
