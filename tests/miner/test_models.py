"""Process models: equal to pm4py's, the same bytes on every run, readable by other tools."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import xml.etree.ElementTree as Xml
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import networkx
import pandas as pd
import pytest

from cjmine.diagrams.files import bpmn_text, pnml_text
from cjmine.diagrams.picture import Diagram, Node, Shape
from cjmine.errors import Code, DataError, UsageError
from cjmine.miner.kinds import Model
from cjmine.miner.models import CountedTrace, ProcessModel, discover_model, model_text, write_model

ROOT = Path(__file__).parents[2]
Log = list[CountedTrace]


def log_of(*lines: str) -> Log:
    """One line a trace: the number of journeys, then the activities, each without blanks."""
    parts = [line.split() for line in lines]
    return [CountedTrace(tuple(names), int(count)) for count, *names in parts]


def wandering(seed: int, activities: int, traces: int) -> Log:
    """Traces of a made-up walk through steps that may be skipped, repeated and swapped."""
    dice = random.Random(seed)
    found: Counter[tuple[str, ...]] = Counter()
    for _ in range(traces):
        step, trace = 0, []
        while step < activities and len(trace) < 12:
            trace.append(f"step {step}")
            step += dice.choice([1, 1, 1, 1, 2, 0, -1]) if step else 1
        found[tuple(trace)] += dice.randint(1, 5)
    return [CountedTrace(trace, count) for trace, count in found.items()]


LOGS = {
    "one step": log_of("3 Search"),
    "sequence": log_of("3 Search View Buy"),
    "choice": log_of("3 Search Card Mail", "2 Search Transfer Mail"),
    "optional": log_of("3 Search Compare Buy", "4 Search Buy"),
    "parallel": log_of("3 Search Upload Sign Buy", "2 Search Sign Upload Buy"),
    "repeat": log_of("1 Search View Buy", "4 Search View View View Buy"),
    "loop": log_of("2 Search Call Search Buy", "5 Search Buy", "1 Search Call Search Call Search"),
    "loop of two": log_of("9 A B A B C", "4 A B C", "3 A C"),
    "several ends": log_of("5 Search", "3 Search Buy", "2 Call Buy Mail", "1 Mail"),
    "three parallel": log_of("3 A B C D", "3 A C B D", "3 A D C B", "2 A B D C", "2 A C D B"),
    "rare": log_of("900 A B C", "3 A C B", "1 C A", "250 A B B C D"),
    "no pairs": log_of("2 A", "1 B", "4 C"),
    "walk 8": wandering(1, 8, 30),
    "walk 12": wandering(2, 12, 9),
    "walk 5": wandering(3, 5, 80),
}
every_log = pytest.mark.parametrize("log", LOGS.values(), ids=LOGS.keys())
every_kind = pytest.mark.parametrize("kind", Model)


def expanded(log: Log) -> pd.DataFrame:
    """The log written out, one row an event, as pm4py likes it."""
    begin, rows = datetime(2026, 1, 1, tzinfo=UTC), []
    journey = 0
    for trace in log:
        for _ in range(trace.journeys):
            journey += 1
            rows += [
                (f"{journey:06d}", name, begin + timedelta(minutes=place))
                for place, name in enumerate(trace.activities)
            ]
    return pd.DataFrame(rows, columns=["case:concept:name", "concept:name", "time:timestamp"])


def as_graph(net: Any, initial: Any, final: Any) -> networkx.MultiDiGraph:
    """A Petri net without its names: what must be equal when two nets are."""
    graph = networkx.MultiDiGraph()
    for place in net.places:
        graph.add_node(id(place), what=("place", initial.get(place, 0), final.get(place, 0)))
    for transition in net.transitions:
        graph.add_node(id(transition), what=("transition", transition.label))
    graph.add_edges_from((id(arc.source), id(arc.target)) for arc in net.arcs)
    return graph


def same_net(one: Any, other: Any) -> bool:
    return networkx.is_isomorphic(
        as_graph(*one), as_graph(*other), node_match=lambda a, b: a["what"] == b["what"]
    )


def read_back(file: Path) -> tuple[Any, Any, Any]:
    """The Petri net that pm4py reads from a BPMN or PNML file."""
    import pm4py

    if file.suffix == ".pnml":
        return pm4py.read_pnml(str(file))
    return pm4py.convert_to_petri_net(pm4py.read_bpmn(str(file)))


def labels(net: Any) -> Counter[str]:
    return Counter(step.label for step in net.transitions if step.label is not None)


@every_log
def test_inductive_model_is_the_one_pm4py_finds_in_the_written_out_log(log: Log) -> None:
    """Traces with counts give the same process tree and Petri net as one row an event."""
    import pm4py
    from pm4py.objects.process_tree.utils.generic import tree_sort

    model = discover_model(log, Model.INDUCTIVE)
    theirs = pm4py.discover_process_tree_inductive(expanded(log))
    for tree in (model.tree, theirs):
        tree_sort(tree)
    assert str(model.tree) == str(theirs)
    assert same_net((model.net, model.initial, model.final), pm4py.convert_to_petri_net(theirs))


@every_log
def test_heuristics_model_is_the_one_pm4py_finds_in_the_written_out_log(log: Log) -> None:
    """Counts of pairs and triples give the same net as one row an event, silent steps included."""
    import pm4py

    model = discover_model(log, Model.HEURISTICS)
    theirs = pm4py.discover_petri_net_heuristics(expanded(log))
    assert same_net((model.net, model.initial, model.final), theirs)


@every_log
@pytest.mark.filterwarnings("ignore:the matrix subclass:PendingDeprecationWarning")
@pytest.mark.parametrize("suffix", ["bpmn", "pnml"])
def test_inductive_model_read_back_replays_every_trace(
    log: Log, suffix: str, tmp_path: Path
) -> None:
    """What the file says is what was discovered: each trace aligns without a move of its own."""
    from pm4py.algo.conformance.alignments.petri_net import algorithm
    from pm4py.objects.log.obj import Event, Trace

    file = tmp_path / f"model.{suffix}"
    write_model(discover_model(log, Model.INDUCTIVE), file)
    net, initial, final = read_back(file)
    for trace in log:
        events = Trace([Event({"concept:name": name}) for name in trace.activities])
        found = algorithm.apply_trace(events, net, initial, final)
        # pm4py charges 10,000 for a real move and 1 for a silent step
        assert found["cost"] < 10_000, trace


@every_log
@every_kind
def test_files_show_the_activities_of_the_model_once_each(
    log: Log, kind: Model, tmp_path: Path
) -> None:
    """Both files, read back, have the visible steps of the discovered net and no others."""
    model = discover_model(log, kind)
    for suffix in ("bpmn", "pnml"):
        file = tmp_path / f"model.{suffix}"
        write_model(model, file)
        assert labels(read_back(file)[0]) == labels(model.net)


@every_log
@every_kind
def test_pnml_read_back_is_the_same_net(log: Log, kind: Model, tmp_path: Path) -> None:
    """Places, silent steps, arcs and both markings survive the file."""
    model = discover_model(log, kind)
    file = tmp_path / "model.pnml"
    write_model(model, file)
    assert same_net(read_back(file), (model.net, model.initial, model.final))


FILES_IN_A_NEW_PROCESS = """
import json, os, sys
from pathlib import Path
import cjmine.miner.models as models
from cjmine.miner.kinds import Model
assert "pm4py" not in sys.modules, "pm4py is imported before it is needed"
before, depth = dict(os.environ), sys.getrecursionlimit()
logs = [[models.CountedTrace(tuple(t), n) for t, n in log] for log in json.load(sys.stdin)]
written = [
    models.model_text(models.discover_model(order, kind), Path("model." + suffix))
    for log in logs
    for kind in Model
    for suffix in ("bpmn", "pnml")
    for order in (log, log[::-1])
]
assert dict(os.environ) == before, "the environment was changed"
assert sys.getrecursionlimit() == depth, "the recursion limit was changed"
from pm4py.util import constants
assert constants.SHOW_PROGRESS_BAR is False
Path(sys.argv[1]).write_text(json.dumps(written))
"""


def test_bytes_do_not_depend_on_the_run_the_hash_seed_or_the_order(tmp_path: Path) -> None:
    """Processes with other hash seeds write the same, and print nothing at all."""
    logs = [[(trace.activities, trace.journeys) for trace in log] for log in LOGS.values()]
    runs = []
    for seed in ("0", "4294967295"):
        file = tmp_path / seed
        done = subprocess.run(
            [sys.executable, "-c", FILES_IN_A_NEW_PROCESS, str(file)],
            input=json.dumps(logs),
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        runs.append(json.loads(file.read_text()))
    assert len(runs[0]) == len(LOGS) * 2 * 2 * 2
    assert runs[0][::2] == runs[0][1::2], "the order of the traces shows"
    assert all(run == runs[0] for run in runs), "the run shows"
    assert len(set(runs[0])) == len(runs[0]) // 2, "different logs give different files"


def shuffled(diagram: Diagram, seed: int) -> Diagram:
    dice = random.Random(seed)
    place = list(range(len(diagram.nodes)))
    dice.shuffle(place)
    nodes = [diagram.nodes[place.index(new)] for new in range(len(place))]
    arcs = [(place[source], place[target]) for source, target in diagram.arcs]
    dice.shuffle(arcs)
    return Diagram(tuple(nodes), tuple(arcs))


def test_mirror_images_and_silent_nodes_are_written_in_one_order() -> None:
    """Nodes that nothing tells apart (twins, two equal rings) do not make the bytes differ."""
    nodes = [Node(Shape.START), Node(Shape.END), Node(Shape.TASK, "Buy")]
    nodes += [Node(Shape.EXCLUSIVE)] * 10
    arcs = [(0, 3), (0, 4), (3, 2), (4, 2), (2, 1)]
    arcs += [(0, 5), (5, 6), (6, 7), (7, 5), (7, 1), (0, 8), (8, 9), (9, 10), (10, 8), (10, 1)]
    arcs += [(2, 11), (11, 12), (12, 11), (12, 2), (3, 3)]
    diagram = Diagram(tuple(nodes), tuple(arcs))
    texts = {bpmn_text(shuffled(diagram, seed), "") for seed in range(40)}
    assert len(texts) == 1
    assert bpmn_text(Diagram(diagram.nodes, tuple(arcs[:-1])), "") not in texts


HOSTILE = {
    '<IMG SRC="/etc/passwd"/>': '<IMG SRC="/etc/passwd"/>',
    "]]></name><!-- & &amp; 'x' \"y\"": "]]></name><!-- & &amp; 'x' \"y\"",
    "nul\x00 bell\x07 escape\x1b": "nul\ufffd bell\ufffd escape\ufffd",
    "lone \ud800 surrogate": "lone \ufffd surrogate",
    "not \ufffe\uffff characters": "not \ufffd\ufffd characters",
    "two\r\nlines\tand a tab": "two lines and a tab",
    "=cmd|' /C calc'!A0": "=cmd|' /C calc'!A0",
    "tau": "tau",
    "": "\ufffd",
    " ": " ",
    "transition_1": "transition_1",
    "start": "start",
    "Überweisung 🛒 \u202egnp": "Überweisung 🛒 \u202egnp",
    "1": "1",
    "x" * 5000: "x" * 5000,
}


@every_kind
@pytest.mark.parametrize("suffix", ["bpmn", "pnml"])
def test_hostile_labels_stay_labels(kind: Model, suffix: str, tmp_path: Path) -> None:
    """A label is never markup, never silent, and survives but for what XML cannot carry."""
    log = [
        CountedTrace(tuple(HOSTILE), 5),
        CountedTrace(tuple(HOSTILE)[:4], 3),
        CountedTrace(tuple(HOSTILE)[4:], 2),
    ]
    file = tmp_path / f"model.{suffix}"
    model = discover_model(log, kind)
    assert labels(model.net) == Counter(list(HOSTILE))
    write_model(model, file)
    assert labels(read_back(file)[0]) == Counter(list(HOSTILE.values()))


def drawn(text: str) -> tuple[dict[str, list[int]], dict[str, list[tuple[int, int]]]]:
    """The box of each drawn element and the corners of each drawn flow of a BPMN text."""
    boxes, ways = {}, {}
    for element in Xml.fromstring(text).iter():
        of = element.get("bpmnElement", "")
        if element.tag.endswith("}BPMNShape"):
            boxes[of] = [int(element[0].get(key, "")) for key in ("x", "y", "width", "height")]
        elif element.tag.endswith("}BPMNEdge"):
            ways[of] = [(int(point.get("x", "")), int(point.get("y", ""))) for point in element]
    return boxes, ways


@every_log
@every_kind
def test_bpmn_opens_as_a_picture(log: Log, kind: Model) -> None:
    """Every element has a box, no two boxes overlap, and every flow joins the boxes it names."""
    text = model_text(discover_model(log, kind), Path("model.bpmn"))
    boxes, ways = drawn(text)
    process = Xml.fromstring(text)[0]
    ids = [element.get("id", "") for element in process if element.get("id")]
    flows = {element.get("id", ""): element for element in process if element.get("sourceRef")}
    assert len(ids) == len(set(ids))
    assert set(boxes) | set(ways) == set(ids)
    assert set(ways) == set(flows)
    placed = list(boxes.values())
    for number, (x, y, width, height) in enumerate(placed):
        for left, top, wide, high in placed[:number]:
            apart = left + wide <= x or x + width <= left or top + high <= y or y + height <= top
            assert apart
    for flow, way in ways.items():
        for corner, end in ((way[0], "sourceRef"), (way[-1], "targetRef")):
            x, y, width, height = boxes[flows[flow].get(end, "")]
            assert x <= corner[0] <= x + width
            assert y <= corner[1] <= y + height


def test_picture_reads_from_left_to_right() -> None:
    """Steps of a sequence stand in their order on one line, numbered as they are read."""
    model = discover_model(log_of("2 Zoom Yes Answer"), Model.INDUCTIVE)
    boxes, _ = drawn(model_text(model, Path("model.bpmn")))
    order = sorted(boxes, key=lambda name: boxes[name][0])
    assert order == ["start", "task_1", "task_2", "task_3", "end"]
    assert len({y + height // 2 for _, y, _, height in boxes.values()}) == 1


def test_arcs_that_stand_twice_become_a_weight(tmp_path: Path) -> None:
    """Two arcs between the same two nodes of a net mean two tokens, also in the file."""
    begin, end = Node(Shape.PLACE, initial=2), Node(Shape.PLACE, final=1)
    twice = Diagram((begin, Node(Shape.TRANSITION, "Buy"), end), ((0, 1), (0, 1), (1, 2)))
    file = tmp_path / "model.pnml"
    file.write_text(pnml_text(twice, "two for one"))
    net, initial, final = read_back(file)
    assert sorted(arc.weight for arc in net.arcs) == [1, 2]
    assert (list(initial.values()), list(final.values())) == ([2], [1])


def test_equal_traces_are_added_up() -> None:
    """A trace given in two parts counts as one distinct trace."""
    model = discover_model(log_of("2 A B", "1 A", "3 A B"), Model.INDUCTIVE)
    assert isinstance(model, ProcessModel)
    assert (model.traces, model.journeys) == (2, 6)
    assert str(model.tree) == str(discover_model(log_of("5 A B", "1 A"), model.kind).tree)


@every_kind
def test_journeys_without_events_are_no_obstacle(kind: Model) -> None:
    """An empty trace beside others makes an inductive model skippable and changes no other."""
    log = log_of("2 A B")
    model = discover_model([*log, CountedTrace((), 1)], kind)
    assert set(labels(model.net)) == {"A", "B"}
    if kind is Model.INDUCTIVE:
        assert str(model.tree) == "X( tau, ->( 'A', 'B' ) )"
    else:
        theirs = discover_model(log, kind)
        assert same_net(
            (model.net, model.initial, model.final), (theirs.net, theirs.initial, theirs.final)
        )


@every_kind
@pytest.mark.parametrize("log", [[], [CountedTrace((), 4)]], ids=["no traces", "no events"])
def test_nothing_to_discover_is_refused(log: Log, kind: Model) -> None:
    """No journeys, or only journeys without events, give a data error and no model."""
    with pytest.raises(DataError) as refused:
        discover_model(log, kind)
    assert refused.value.code is Code.NO_EVENTS


@pytest.mark.parametrize("name", ["model.xml", "model", "model.bpmn.txt"])
def test_other_suffixes_are_refused_with_both_names(name: str, tmp_path: Path) -> None:
    """The error says which two suffixes there are, and no file appears."""
    model = discover_model(LOGS["sequence"], Model.INDUCTIVE)
    with pytest.raises(UsageError) as refused:
        write_model(model, tmp_path / name)
    problem = refused.value.problems[0]
    assert problem.code is Code.USAGE
    assert ".bpmn" in problem.remedy
    assert ".pnml" in problem.remedy
    assert list(tmp_path.iterdir()) == []


def test_suffix_may_be_in_capitals(tmp_path: Path) -> None:
    """`Model.BPMN` is a BPMN file."""
    model = discover_model(LOGS["sequence"], Model.INDUCTIVE)
    write_model(model, tmp_path / "Model.BPMN")
    assert "bpmn:definitions" in (tmp_path / "Model.BPMN").read_text(encoding="utf-8")
