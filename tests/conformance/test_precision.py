"""Precision: equal to pm4py on logs that fit, elsewhere to the definition over the runs shown."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

import numpy as np
import pytest
from conformance.ideals import accepted_words, aligned, ideals, ideals_and_logs
from hypothesis import assume, given
from hypothesis import strategies as st
from notation import journeys
from strategies import examples

from cjmine.conformance.alignments import Move
from cjmine.conformance.compare import compare
from cjmine.conformance.precision import precision, runs_of
from cjmine.conformance.states import Window
from cjmine.ideal.compiled import compile_ideal
from cjmine.ideal.graph import graph_of
from cjmine.ideal.journey import IdealJourney, Stage
from cjmine.ideal.minimal import Graph
from cjmine.ideal.nodes import (
    AnyOrder,
    Choice,
    Node,
    Optional,
    Repeat,
    Sequence,
    Step,
    steps_of,
)
from cjmine.ideal.process_tree import process_tree
from cjmine.ideal.space import compile_space

Log = list[list[str]]


def precision_of(root: Node, log: Log) -> float | None:
    """Each trace is the journey of a customer of its own."""
    text = "\n".join(f"c{number}: {' '.join(trace)}" for number, trace in enumerate(log))
    stages = (Stage("One", (root,)),)  # and time enough for what comes after the goal
    ideal = compile_ideal(IdealJourney("order", ("G",), stages, deadline=10**12))
    found = compare(journeys(text), ideal, Window(None, 10**15))
    runs = runs_of(found, np.arange(len(found.variants)))
    return precision(replace(runs, journeys=found.variants.journeys), ideal.space)


@dataclass(frozen=True, slots=True)
class Written:
    """The journey as it is written, before equal states are made one."""

    labels: tuple[str, ...]
    graph: Graph

    def after(self, prefix: tuple[str, ...]) -> set[int]:
        """All states that a beginning can be in when its last step has just happened."""
        states = {self.graph.first}
        for name in prefix:
            quiet = self.quiet(states)
            states = {
                target
                for source, label, target in self.graph.visible
                if source in quiet and self.labels[label] == name
            }
        return states

    def quiet(self, states: set[int]) -> set[int]:
        """With the states that silent ways lead to."""
        more = {target for source, target in self.graph.silent if source in states}
        return states if more <= states else self.quiet(states | more)

    def options(self, prefix: tuple[str, ...]) -> set[str]:
        """The steps that may come next."""
        states = self.quiet(self.after(prefix))
        return {self.labels[label] for source, label, _ in self.graph.visible if source in states}


def slowly(root: Node, log: Log) -> float | None:
    """Beginning by beginning of the runs that the alignments go through."""
    space = compile_space(root)
    found = aligned(space, log)
    runs = [
        tuple(
            space.labels[found.label[row]]
            for row in range(found.starts[trace], found.starts[trace + 1])
            if found.kind[row] != Move.LOG
        )
        for trace in range(len(log))
    ]
    written = Written(*graph_of(root))
    onward = Counter(run[:length] for run in runs for length in range(len(run)))
    allowed = taken = 0
    for prefix, weight in onward.items():
        nexts = {run[len(prefix)] for run in runs if run[: len(prefix)] == prefix and run != prefix}
        allowed += weight * len(written.options(prefix))
        taken += weight * len(nexts)
    return taken / allowed if allowed else None


@given(ideals_and_logs)
@examples(20)
def test_precision_is_that_of_the_definition(root_and_log):
    root, log = root_and_log
    log = [trace for trace in log if trace]
    assert precision_of(root, log) == slowly(root, log)


def by_pm4py(root: Node, log: Log) -> float:
    from pm4py.algo.evaluation.precision.variants import align_etconformance
    from pm4py.convert import convert_to_petri_net
    from pm4py.objects.log.obj import Event, EventLog, Trace

    traces = [Trace([Event({"concept:name": name}) for name in trace]) for trace in log]
    net = convert_to_petri_net(process_tree(root))
    return align_etconformance.apply(
        EventLog(traces), *net, {align_etconformance.Parameters.SHOW_PROGRESS_BAR: False}
    )


@st.composite
def fitting(draw: st.DrawFn) -> tuple[Node, Log]:
    """An ideal and words of it, each beginning of which can be in one state of the written journey.

    Where it could be in several, pm4py looks at one of them.
    """
    root = draw(ideals())
    names = [step.name for step in steps_of(root)]
    assume(len(names) == len(set(names)))
    words = accepted_words(compile_space(root), 6)
    log = draw(st.lists(words.filter(bool), min_size=1, max_size=4))
    written = Written(*graph_of(root))
    prefixes = [tuple(trace[:length]) for trace in log for length in range(len(trace))]
    assume(all(len(written.after(prefix)) == 1 for prefix in prefixes))
    return root, log


def agree_with_pm4py(root: Node, log: Log) -> None:
    assert precision_of(root, log) == pytest.approx(by_pm4py(root, log), abs=1e-12)


@pytest.mark.filterwarnings("ignore::PendingDeprecationWarning")
@given(fitting())
@examples(8)
def test_precision_of_a_log_that_fits_equals_that_of_pm4py(root_and_log):
    agree_with_pm4py(*root_and_log)


@pytest.mark.prove
@pytest.mark.filterwarnings("ignore::PendingDeprecationWarning")
@given(fitting())
@examples(400)
def test_precision_of_many_logs_that_fit_equals_that_of_pm4py(root_and_log):
    agree_with_pm4py(*root_and_log)


def sequence(*parts: Node | str) -> Sequence:
    return Sequence(tuple(Step(part) if isinstance(part, str) else part for part in parts))


@pytest.mark.parametrize(
    ("root", "log", "taken", "allowed"),
    [
        # After A both branches are open: A, B of B and C, G.
        (sequence(Choice((sequence("A", "B"), sequence("A", "C"))), "G"), ["ABG"] * 10, 30, 40),
        # A and B; A, B and G; A or B again and G; A, B and G.
        (
            sequence(Repeat(AnyOrder((Step("A"), Optional(Step("B"))))), "G"),
            ["ABAG"],
            4,
            11,
        ),
        # An ideal without freedom.
        (sequence("A", "B", "G"), ["ABG", "AG"], 6, 6),
    ],
)
def test_all_states_that_a_beginning_can_be_in_count(root, log, taken, allowed):
    found = precision_of(root, [list(trace) for trace in log])
    assert found == pytest.approx(taken / allowed, abs=1e-12)


def test_no_run_has_no_precision():
    assert precision_of(Optional(Step("A")), [["x"]]) is None
