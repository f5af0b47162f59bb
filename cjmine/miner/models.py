"""Process models: one net or diagram of how all measured journeys run.

pm4py discovers, and reads a handful of distinct traces with counts, never one row an event. While
it works, numbers replace the activities, in the order of their names: their hashes are the same
on every run, and no name, however odd, reaches code that was not written for it.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from cjmine.diagrams.files import bpmn_text, pnml_text
from cjmine.diagrams.picture import Diagram, Node, Shape
from cjmine.errors import Code, DataError, Place, Problem, UsageError
from cjmine.ideal.pm4py_import import load_pm4py
from cjmine.miner.kinds import Model


@dataclass(frozen=True, slots=True)
class CountedTrace:
    """The activities of a journey in order, and the number (1 or more) of journeys like it."""

    activities: tuple[str, ...]
    journeys: int


@dataclass(frozen=True, slots=True)
class ProcessModel:
    """A discovered model, with the numbers of distinct traces and of journeys it rests on.

    `net`, `initial` and `final` are pm4py's Petri net and markings; `tree` is its process tree,
    which only the inductive miner gives.
    """

    kind: Model
    net: Any
    initial: Any
    final: Any
    traces: int
    journeys: int
    tree: Any = None


@dataclass(frozen=True, slots=True)
class _Coded:
    """A counted trace with the places of its activities among the sorted names."""

    numbers: tuple[int, ...]
    journeys: int


def discover_model(traces: Sequence[CountedTrace], kind: Model) -> ProcessModel:
    """The model that the miner finds for these traces.

    The order of the traces does not matter; equal traces are added up. Equal to what pm4py finds
    in the log written out event by event (a test holds it).

    Raises
    ------
    DataError
        L121: no trace holds an activity.

    Examples
    --------
    >>> seen = [CountedTrace(("Search", "Buy"), 2), CountedTrace(("Search",), 1)]
    >>> discover_model(seen, Model.INDUCTIVE).tree
    ->( 'Search', X( tau, 'Buy' ) )
    """
    counts: Counter[tuple[str, ...]] = Counter()
    for trace in traces:
        counts[trace.activities] += trace.journeys
    names = sorted({activity for activities in counts for activity in activities})
    if not names:
        raise DataError(
            Problem(Code.NO_EVENTS, "a process model needs journeys with events; there are none")
        )
    number = {name: place for place, name in enumerate(names)}
    coded = [
        _Coded(tuple(number[name] for name in activities), counts[activities])
        for activities in sorted(counts)
    ]
    load_pm4py()
    tree = None
    if kind is Model.INDUCTIVE:
        with _deeper(len(names)):
            tree, (net, initial, final) = _inductive(coded, names)
    else:
        net, initial, final = _heuristics(coded, names)
    return ProcessModel(kind, net, initial, final, len(counts), counts.total(), tree)


def write_model(model: ProcessModel, file: Path) -> None:
    """Write a model as BPMN or PNML, as the file's suffix says.

    The bytes depend on the traces alone, not on their order nor on the run.

    Raises
    ------
    UsageError
        U101: the suffix is neither .bpmn nor .pnml.
    """
    file.write_text(model_text(model, file), encoding="utf-8", newline="\n")


def model_text(model: ProcessModel, file: Path) -> str:
    """What `write_model` would put in a file of this name.

    Raises
    ------
    UsageError
        U101: the suffix is neither .bpmn nor .pnml.
    """
    about = f"{model.kind} miner: {model.traces:,} distinct traces, {model.journeys:,} journeys"
    match file.suffix.lower():
        case ".bpmn":
            return bpmn_text(bpmn_diagram(model), about)
        case ".pnml":
            return pnml_text(_net_diagram(model), about)
        case other:
            raise UsageError(
                Problem(
                    Code.USAGE,
                    f'a process model cannot be written as "{other}"'
                    if other
                    else "a process model needs a file name with a suffix",
                    Place(str(file)),
                    remedy="name the file .bpmn (for BPMN tools) or .pnml (a Petri net)",
                )
            )


@contextmanager
def _deeper(activities: int) -> Iterator[None]:
    """Room for pm4py to call itself: a process tree may be as deep as there are activities."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(before + 50 * activities)
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


def _inductive(coded: Sequence[_Coded], names: Sequence[str]) -> tuple[Any, Any]:
    from pm4py.algo.discovery.inductive.dtypes.im_ds import IMDataStructureUVCL
    from pm4py.algo.discovery.inductive.variants.im import IMUVCL
    from pm4py.objects.conversion.process_tree.variants import to_petri_net
    from pm4py.objects.process_tree.utils.generic import fold

    # pm4py sorts some groups by the text of their members: equally long texts sort as numbers do.
    first = 10 ** len(str(len(names)))
    log = Counter(
        {tuple(first + number for number in trace.numbers): trace.journeys for trace in coded}
    )
    settings = {"multiprocessing": False}
    tree = IMUVCL(settings).apply(IMDataStructureUVCL(log), settings)
    pending = [tree]
    while pending:
        node = pending.pop()
        pending.extend(node.children)
        if node.label is not None:
            node.label = names[node.label - first]
    tree = fold(tree)
    return tree, to_petri_net.apply(tree)


def _heuristics(coded: Sequence[_Coded], names: Sequence[str]) -> Any:
    from pm4py.algo.discovery.heuristics.variants import classic
    from pm4py.objects.conversion.heuristics_net.variants import to_petri_net

    width = len(str(len(names)))
    occurrences: Counter[str] = Counter()
    starts: Counter[str] = Counter()
    ends: Counter[str] = Counter()
    next_to: Counter[tuple[str, ...]] = Counter()
    next_but_one: Counter[tuple[str, ...]] = Counter()
    triples: Counter[tuple[str, ...]] = Counter()
    for counted in coded:
        journeys = counted.journeys
        trace = [f"{number:0{width}d}" for number in counted.numbers]
        for activity in trace:
            occurrences[activity] += journeys
        for activity in trace[:1]:
            starts[activity] += journeys
        for activity in trace[-1:]:
            ends[activity] += journeys
        for pair in pairwise(trace):
            next_to[pair] += journeys
        for triple in zip(trace, trace[1:], trace[2:], strict=False):
            triples[triple] += journeys
            next_but_one[triple[0], triple[2]] += journeys
    found = classic.apply_heu_dfg(
        dict(sorted(next_to.items())),
        activities=sorted(occurrences),
        activities_occurrences=occurrences,
        start_activities=starts,
        end_activities=ends,
        dfg_window_2=dict(sorted(next_but_one.items())),
        freq_triples=dict(sorted(triples.items())),
    )
    net, initial, final = to_petri_net.apply(found)
    for transition in net.transitions:
        if transition.label is not None:
            transition.label = names[int(transition.label)]
    return net, initial, final


def _net_diagram(model: ProcessModel) -> Diagram:
    """The Petri net as plain nodes and arcs; an arc of weight n occurs n times."""
    nodes: dict[Any, Node] = {}
    for place in model.net.places:
        nodes[place] = Node(
            Shape.PLACE, initial=model.initial.get(place, 0), final=model.final.get(place, 0)
        )
    for transition in model.net.transitions:
        silent = transition.label is None
        nodes[transition] = (
            Node(Shape.SILENT) if silent else Node(Shape.TRANSITION, transition.label)
        )
    index = {node: place for place, node in enumerate(nodes)}
    arcs = [
        (index[arc.source], index[arc.target]) for arc in model.net.arcs for _ in range(arc.weight)
    ]
    return Diagram(tuple(nodes.values()), tuple(arcs))


def bpmn_diagram(model: ProcessModel) -> Diagram:
    """The model as BPMN: from the tree where there is one, since its blocks make a neater picture.

    Raises
    ------
    TypeError
        The converter gave an element that is not known here.
    """
    from pm4py.objects.bpmn.obj import BPMN
    from pm4py.objects.conversion.process_tree.variants import to_bpmn as from_tree
    from pm4py.objects.conversion.wf_net.variants import to_bpmn as from_net

    shapes = (
        (BPMN.StartEvent, Shape.START),
        (BPMN.EndEvent, Shape.END),
        (BPMN.Task, Shape.TASK),
        (BPMN.ExclusiveGateway, Shape.EXCLUSIVE),
        (BPMN.ParallelGateway, Shape.PARALLEL),
    )

    def plain(element: Any) -> Node:
        for known, shape in shapes:
            if isinstance(element, known):
                return Node(shape, element.get_name() if shape is Shape.TASK else "")
        raise TypeError(f"unknown BPMN element {type(element).__name__}")

    if model.tree is not None:
        with _deeper(len(model.net.transitions)):
            graph = from_tree.apply(model.tree)
    else:
        graph = from_net.apply(model.net, model.initial, model.final)
    elements = list(graph.get_nodes())
    index = {element: place for place, element in enumerate(elements)}
    arcs = [(index[flow.get_source()], index[flow.get_target()]) for flow in graph.get_flows()]
    return Diagram(tuple(plain(element) for element in elements), tuple(arcs))
