"""The flow map: levels that add up, and pictures and DOT that say what the level holds."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from notation import log
from privacy.journeys_at_random import walks
from reporters.hostile import LABELS
from reporters.pictured import outside, overlapping, parsed, words
from strategies import log_from, rows

from cjmine.diagrams.engines import laid_out
from cjmine.diagrams.layered import layered
from cjmine.diagrams.layout import Graph, Layout
from cjmine.ideal.allowed_flows import AllowedFlows
from cjmine.reporters.flow_map import FlowLevel, flow_dot, flow_level, flow_svg
from cjmine.reporters.language import Lang
from cjmine.results.discovery import Discovery
from cjmine.verbs.discover import discover
from cjmine.verbs.settings import DiscoverSettings

shares = st.sampled_from([0.01, 0.5, 0.8, 0.96, 1.0])


def measured(events: object, min_group: int = 1) -> Discovery:
    return discover(events, DiscoverSettings(min_group=min_group))  # type: ignore[arg-type]


def walked(seed: int, min_group: int = 10) -> Discovery:
    """Some dozens of customers who walk at random, with what that folds."""
    found = walks(seed)
    return measured(
        log_from(
            [
                (f"c{number:03}", name, 100 * place)
                for number, one in enumerate(found)
                for place, name in enumerate(one.trace)
            ]
        ),
        min_group,
    )


def adds_up(level: FlowLevel, found: Discovery) -> None:
    """At every node, what flows in and begins, and what flows out and ends, are its events."""
    for place, node in enumerate(level.nodes):
        into = sum(edge.count for edge in level.edges if edge.target == place)
        out = sum(edge.count for edge in level.edges if edge.source == place)
        assert into + (node.starts or 0) + node.other_in == node.events
        assert out + (node.ends or 0) + node.other_out == node.events
        assert node.other_in >= 0 and node.other_out >= 0
    assert level.shown == sum(edge.count for edge in level.edges) <= level.of
    assert level.of == level.events - level.journeys == found.log.events - found.log.journeys


@given(rows(least=1), shares)
def test_every_level_adds_up(given_rows: list, share: float) -> None:
    """Whatever the log and the share, also with ties, odd names and one customer."""
    found = measured(log_from(given_rows))
    level = flow_level(found, share)
    adds_up(level, found)
    assert level.shown >= share * level.of
    if share == 1:
        assert len(level.nodes) == level.activities and level.shown == level.of


@given(st.integers(0, 400), shares)
def test_every_level_adds_up_with_small_groups(seed: int, share: float) -> None:
    """What is withheld is part of the others: in all as much flows in hidden as is not shown."""
    found = walked(seed)
    level = flow_level(found, share)
    adds_up(level, found)
    if len(level.nodes) == level.activities:
        begun = sum(node.starts or 0 for node in level.nodes)
        ended = sum(node.ends or 0 for node in level.nodes)
        hidden = level.of - level.shown
        assert sum(node.other_in for node in level.nodes) == hidden + level.journeys - begun
        assert sum(node.other_out for node in level.nodes) == hidden + level.journeys - ended


@given(st.integers(0, 400), shares)
def test_a_level_rests_on_the_tables_alone(seed: int, share: float) -> None:
    """A flow that the tables withhold is drawn at no level, nor a start or an end."""
    found = walked(seed)
    level = flow_level(found, share)
    told = {(row.from_, row.to, row.count, row.median_seconds) for row in found.directly_follows}
    for edge in level.edges:
        pair = level.nodes[edge.source].activity, level.nodes[edge.target].activity
        assert (*pair, edge.count, edge.median_seconds) in told
    edges = {row.activity: (row.starts_here, row.ends_here) for row in found.activities}
    assert all(edges[node.activity] == (node.starts, node.ends) for node in level.nodes)


@given(rows(least=1), shares)
def test_no_node_stands_apart(given_rows: list, share: float) -> None:
    """What flows join in the log, flows join in the level."""
    found = measured(log_from(given_rows))
    level = flow_level(found, share)
    names = [node.activity for node in level.nodes]
    drawn = {(names[edge.source], names[edge.target]) for edge in level.edges}
    whole = {(row.from_, row.to) for row in found.directly_follows}

    def reach(pairs: set[tuple[str, str]], start: str) -> set[str]:
        seen, pending = {start}, [start]
        while pending:
            here = pending.pop()
            for one, other in pairs:
                for name in ({other} if one == here else set()) | (
                    {one} if other == here else set()
                ):
                    if name not in seen:
                        seen.add(name)
                        pending.append(name)
        return seen

    for name in names:
        assert reach(drawn, name) == reach(whole, name) & set(names)


SHOP = """
    ann: Search@0 View@1m View@2m Pay@10m Mail@2h
    bob: Search@0 View@3m Call@9m Pay@30m Mail@3h
    cas: Search@0 Call@1m
    dee: View@0 Pay@4m
"""
PATH = AllowedFlows(
    frozenset({"Search", "View", "Pay", "Mail"}),
    frozenset({("Search", "View"), ("View", "Pay"), ("Pay", "Mail")}),
)


def test_the_largest_flows_come_first() -> None:
    """Half of the ten transitions: Search to View, View to Pay and Pay to Mail, each twice."""
    level = flow_level(measured(log(SHOP)), 0.5)
    assert [node.activity for node in level.nodes] == ["View", "Pay", "Search", "Mail"]
    assert (level.shown, level.of) == (6, 10)
    view = level.nodes[0]
    assert (view.events, view.starts, view.ends, view.other_in, view.other_out) == (4, 1, 0, 1, 2)


def test_the_picture_says_what_it_shows() -> None:
    """Title, share shown, engine, journeys and events at each node, count and median at flows."""
    svg = flow_svg(measured(log(SHOP)), 0.5, layout=layered)
    texts = [word.text for word in words(parsed(svg))]
    assert "<!-- Drawn by cjmine" in svg and "Layout: builtin. -->" in svg
    assert "3 journeys, 75.0 %" in texts and "4 events" in texts
    assert any(text.startswith("Shown are 60.0 % of the transitions (6 of 10)") for text in texts)
    assert {"2", "2.2 h"} <= set(texts)


def test_the_ideal_stands_out() -> None:
    """Its flows have a casing, its touchpoints a strong outline, all others are dashed."""
    svg = flow_svg(measured(log(SHOP)), 1.0, PATH, layout=layered)
    root = parsed(svg)
    classes = [element.get("class", "") for element in root.iter()]
    key = 1  # each sign stands in the key once more
    assert classes.count("cj-casing") == 3 + key
    assert classes.count("cj-box") == 4 + key
    assert classes.count("cj-plain cj-dashed") == 1 + key
    dot = flow_dot(measured(log(SHOP)), 1.0, PATH)
    assert dot.count("style=bold") == 3 and dot.count("dashed") == 1


def test_dot_has_names_of_its_own_and_every_label() -> None:
    dot = flow_dot(measured(log(SHOP)), 1.0)
    assert re.findall(r"^\t(n\d+) \[label=", dot, re.MULTILINE) == [f"n{one}" for one in range(5)]
    edges = re.findall(r"^\tn\d+ -> n\d+ \[label=\"(.+?)\"", dot, re.MULTILINE)
    assert len(edges) == 7 and all("\\n" in label for label in edges)
    assert "rankdir=LR" in dot and 'label=""' not in dot


def hostile(label: str) -> Discovery:
    names = [label, "Search", label or "x", "Buy"]
    events = [
        (f"c{one:02}", name, 60 * place) for one in range(12) for place, name in enumerate(names)
    ]
    return measured(log_from(events), 10)


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("lang", Lang)
def test_hostile_labels_are_text(label: str, lang: Lang) -> None:
    """No label is markup, none leaves its box, none covers another text."""
    root = parsed(flow_svg(hostile(label), 1.0, PATH, lang, layered))
    found = words(root)
    assert overlapping(found) == [] and outside(root, found) == []


@pytest.mark.parametrize(
    "label", [*LABELS, '"]; evil [label="', "<B>x</B>", "\\N \\G", "</TABLE>", "{a|b}"]
)
def test_hostile_labels_are_text_for_graphviz(label: str) -> None:
    """Graphviz reads the same four nodes, or three where two are one, and nothing else."""
    dot = flow_dot(hostile(label), 1.0)
    assert "label=<" not in dot
    pygraphviz = pytest.importorskip("pygraphviz")
    graph = pygraphviz.AGraph(string=dot)
    assert set(graph.nodes()) == {
        f"n{one}" for one in range(len(flow_level(hostile(label), 1.0).nodes))
    }


@pytest.mark.parametrize(
    ("label", "written"),
    [("\\N", "\\\\N"), ("a\\", "a\\\\"), ('a"b', 'a\\"b'), ("&lt;", "&amp;lt;"), ("<b>", "<b>")],
)
def test_dot_writes_labels_so_that_they_are_read_as_they_are(label: str, written: str) -> None:
    """No name of the node for `\\N`, no end of the text at a quote, no sign for its entity."""
    dot = flow_dot(hostile(label), 1.0)
    assert f'[label="{written}\\n12 journeys' in dot


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("layout", [layered, laid_out])
def test_no_text_covers_another(seed: int, layout: Callable[[Graph], Layout]) -> None:
    """Whole logs at every level; cjmine's own layout never, Graphviz's within boxes."""
    for share in (0.5, 1.0):
        root = parsed(flow_svg(walked(seed), share, layout=layout))
        found = words(root)
        assert outside(root, found) == []
        if layout is layered:
            assert overlapping(found) == []


def test_equal_logs_give_equal_pictures() -> None:
    """Rows in another order, the same bytes."""
    events = [
        (f"c{one}", name, 60 * place) for one in range(12) for place, name in enumerate("abcab")
    ]
    one, other = (measured(log_from(given)) for given in (events, events[::-1]))
    for share in (0.5, 1.0):
        assert flow_svg(one, share) == flow_svg(other, share)
        assert flow_dot(one, share) == flow_dot(other, share)


def test_an_empty_log_gives_a_picture_that_says_so() -> None:
    root = parsed(flow_svg(measured(log_from([]))))
    assert any("0 of 0" in word.text for word in words(root))


def test_tables_that_do_not_add_up_are_refused() -> None:
    """A result by somebody else: more flows through a touchpoint than it has events."""
    found = measured(log(SHOP))
    less = tuple(replace(row, events=1) for row in found.activities)
    with pytest.raises(ValueError):
        flow_level(replace(found, activities=less), 1.0)


def test_of_many_activities_the_thirty_with_most_events_are_drawn() -> None:
    """Customer n visits the pages 0 to n, so page 0 has most events; the whole share has all."""
    rows = [(f"c{n}", f"p{at:02}", at) for n in range(60) for at in range(n + 1)]
    found = discover(log_from(rows), DiscoverSettings(min_group=1))
    level = flow_level(found, 0.8)
    assert {node.activity for node in level.nodes} <= {f"p{n:02}" for n in range(30)}
    assert len(level.nodes) > 20
    assert level.activities == 60
    assert level.nodes[-1].other_out > 0
    assert len(flow_level(found, 1.0).nodes) == 60
