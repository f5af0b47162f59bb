"""Alignments: the cheapest, and always the same one among the cheapest."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ideal.journeys_at_random import LABELS, UNKNOWN, parts, words
from strategies import rows  # noqa: F401  the same examples on every run

from cjmine.conformance import alignments
from cjmine.conformance.alignments import NOWHERE, Move, align
from cjmine.ideal.nodes import AnyOrder, Choice, Maybe, Node, Repeat, Sequence, Step
from cjmine.ideal.space import StateSpace, compile_space
from cjmine.ideal.tree import process_tree

# pm4py's solver of linear programs still uses a matrix class of NumPy.
pytestmark = pytest.mark.filterwarnings("ignore::PendingDeprecationWarning")

DATA = Path(__file__).parents[3] / "shared" / "data"


def aligned(space: StateSpace, traces: list[list[str]]):
    number = {name: place for place, name in enumerate(space.labels)}
    labels = [number.get(name, NOWHERE) for trace in traces for name in trace]
    starts = np.cumsum([0, *map(len, traces)])
    return align(space, np.array(labels, np.int32), starts)


def written(space: StateSpace, found, trace: int) -> str:
    """The moves of a trace: `A` matched, `+2` event 2 extra, `-B` step B missing."""
    signs = []
    for row in range(found.starts[trace], found.starts[trace + 1]):
        match Move(found.kind[row]):
            case Move.SYNCHRONOUS:
                signs.append(space.labels[found.label[row]])
            case Move.LOG:
                signs.append(f"+{found.event[row]}")
            case Move.MODEL:
                signs.append(f"-{space.labels[found.label[row]]}")
    return " ".join(signs)


def slowly(space: StateSpace, trace: list[str]) -> tuple[int, str]:
    """Cost and moves by the definition: all ways tried, the stated preference among the best."""
    ways = sorted(
        zip(space.label.tolist(), space.target.tolist(), space.source.tolist(), strict=True)
    )

    @cache
    def least(state: int, place: int) -> int:
        seen, front, cost = {(state, place)}, [(state, place)], 0
        while front:
            nearby = []
            while front:
                here, at = front.pop()
                if at == len(trace) and space.to_end[here] == 0:
                    return cost
                if at < len(trace):
                    for label, target, source in ways:
                        step = (target, at + 1)
                        if source == here and space.labels[label] == trace[at] and step not in seen:
                            seen.add(step)
                            front.append(step)
                    nearby.append((here, at + 1))
                nearby += [(target, at) for _, target, source in ways if source == here]
            front = [one for one in set(nearby) if one not in seen]
            seen |= set(front)
            cost += 1
        raise AssertionError("no end")

    state, place, signs = 0, 0, []
    total = left = least(0, 0)
    while place < len(trace) or left:
        for label, target, source in ways:
            if (
                place < len(trace)
                and source == state
                and space.labels[label] == trace[place]
                and least(target, place + 1) == left
            ):
                signs.append(space.labels[label])
                state, place = target, place + 1
                break
        else:
            if place < len(trace) and least(state, place + 1) == left - 1:
                signs.append(f"+{place}")
                place += 1
            else:
                label, target = next(
                    (label, target)
                    for label, target, source in ways
                    if source == state and least(target, place) == left - 1
                )
                signs.append(f"-{space.labels[label]}")
                state = target
            left -= 1
    return total, " ".join(signs)


@given(parts(), st.lists(words, min_size=1, max_size=4))
@settings(max_examples=150)
def test_costs_and_moves_are_those_of_the_definition(root, traces):
    space = compile_space(root)
    found = aligned(space, traces)
    for number, trace in enumerate(traces):
        cost, moves = slowly(space, trace)
        assert found.cost[number] == cost
        assert written(space, found, number) == moves


@given(parts(), st.lists(words, max_size=8))
def test_moves_use_each_event_once_and_walk_through_the_ideal(root, traces):
    space = compile_space(root)
    found = aligned(space, traces)
    for number, trace in enumerate(traces):
        moves = slice(found.starts[number], found.starts[number + 1])
        kind, event, state = found.kind[moves], found.event[moves], found.state[moves]
        assert event[kind != Move.MODEL].tolist() == list(range(len(trace)))
        here = 0
        for one, label, there in zip(kind, found.label[moves], state, strict=True):
            if one == Move.LOG:
                assert there == here and label == NOWHERE
            else:
                ways = (space.source == here) & (space.label == label) & (space.target == there)
                assert ways.any()
            here = int(there)
        assert space.to_end[here] == 0


@given(parts(), st.lists(words, min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_neither_order_nor_company_nor_chunks_change_an_alignment(root, traces, random):
    space = compile_space(root)
    expected = [written(space, aligned(space, [trace]), 0) for trace in traces]
    shuffled = list(enumerate([*traces, *traces]))
    random.shuffle(shuffled)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(alignments, "_CHUNK_BYTES", 4 * space.states)
        found = aligned(space, [trace for _, trace in shuffled])
    for place, (number, _) in enumerate(shuffled):
        assert written(space, found, place) == expected[number % len(traces)]


def test_a_match_comes_before_an_extra_event_and_that_before_a_missing_step():
    space = compile_space(Sequence((Step("A"), Step("B"), Step("C"))))
    assert written(space, aligned(space, [["A", "C", "B"]]), 0) == "A +1 B -C"


def test_no_traces_and_empty_traces():
    space = compile_space(Sequence((Step("A"), Maybe(Step("B")))))
    assert len(aligned(space, []).cost) == 0
    found = aligned(space, [[], ["A"], []])
    assert found.cost.tolist() == [1, 0, 1]
    assert written(space, found, 2) == "-A"


def test_traces_of_many_thousand_events():
    space = compile_space(Sequence((Step("A"), Repeat(Step("B")), Step("C"))))
    found = aligned(space, [["A", *["B"] * 20_000, "C"], ["B"] * 20_000, [UNKNOWN] * 15_000])
    assert found.cost.tolist() == [0, 2, 15_003]


def test_more_steps_than_fit_into_a_byte():
    names = [f"step {number}" for number in range(400)]
    space = compile_space(Sequence(tuple(map(Step, names))))
    found = aligned(space, [names, names[::-1], names[200:]])
    assert found.cost.tolist() == [0, 2 * 399, 200]


def pm4py_costs(root: Node, traces: list[list[str]]) -> list[int]:
    from pm4py.algo.conformance.alignments.petri_net import algorithm
    from pm4py.convert import convert_to_petri_net
    from pm4py.objects.log.obj import Event, Trace

    net = convert_to_petri_net(process_tree(root))
    return [
        algorithm.apply_trace(Trace([Event({"concept:name": name}) for name in trace]), *net)[
            "cost"
        ]
        // 10_000
        for trace in traces
    ]


@given(parts(), st.lists(words, min_size=1, max_size=3))
@settings(max_examples=30)
def test_costs_equal_those_of_pm4py(root, traces):
    found = aligned(compile_space(root), traces)
    assert found.cost.tolist() == pm4py_costs(root, traces)


@pytest.mark.prove
@given(parts(), st.lists(words, min_size=1, max_size=6))
@settings(max_examples=600)
def test_costs_equal_those_of_pm4py_on_hundreds_of_journeys(root, traces):
    found = aligned(compile_space(root), traces)
    assert found.cost.tolist() == pm4py_costs(root, traces)


@given(st.permutations(LABELS), st.lists(words, min_size=1, max_size=3))
@settings(max_examples=20)
def test_log_and_model_moves_of_a_sequence_are_as_many_as_with_pm4py(order, traces):
    from pm4py.algo.conformance.alignments.petri_net import algorithm
    from pm4py.convert import convert_to_petri_net
    from pm4py.objects.log.obj import Event, Trace

    root = Sequence(tuple(map(Step, order)))
    net = convert_to_petri_net(process_tree(root))
    found = aligned(compile_space(root), traces)
    for number, trace in enumerate(traces):
        theirs = algorithm.apply_trace(
            Trace([Event({"concept:name": name}) for name in trace]), *net
        )["alignment"]
        extra = sum(model == ">>" for _, model in theirs)
        assert found.count(Move.LOG)[number] == extra
        assert found.count(Move.MODEL)[number] == len(theirs) - len(trace)


ONBOARDING = Sequence(
    tuple(
        Step(name)
        for name in (
            *("Enter Data", "Submit Request", "Determine Missing Document", "Scoreboarding"),
            *("Four-eyes Check", "Update Backend Systems", "Send Notifications"),
        )
    )
)
SHOP = Sequence(
    (
        Choice((Step("home"), Step("promo_page"))),
        Repeat(Choice((Step("catalog"), Step("product_view")))),
        AnyOrder((Step("add_to_cart"), Repeat(Step("search"), 0, 2))),
        Maybe(Step("cart")),
        Step("shipping_details"),
        Repeat(Sequence((Step("payment_details"), Maybe(Step("payment_error"))))),
        Step("purchase"),
    )
)


@pytest.mark.real_data
@pytest.mark.skipif(not DATA.is_dir(), reason="the folder of real logs is not here")
def test_the_known_figures_of_the_onboarding_log():
    from cjmine.eventlog.journeys import cut
    from cjmine.eventlog.variants import variants
    from cjmine.notebook import load

    log = load(
        DATA / "onboarding" / "onboard_client.csv",
        **{"case": "process", "activity": "activity", "timestamp": "start", "tz": "UTC"},
    )
    found = variants(cut(log))
    traces = [list(found.trace(number)) for number in range(len(found))]
    ours = aligned(compile_space(ONBOARDING), traces)
    times = found.journeys
    assert int(ours.cost @ times) == 22_360
    fitness = 1 - ours.cost / (found.lengths + 7)
    assert float(fitness @ times / times.sum()) == pytest.approx(0.7842621360, abs=1e-10)
    histogram = np.bincount(ours.cost, times).astype(int).tolist()
    assert histogram == [0, 0, 1937, 2444, 1412, 764, 281]
    assert ours.cost.tolist() == pm4py_costs(ONBOARDING, traces)


@pytest.mark.real_data
@pytest.mark.prove
@pytest.mark.skipif(not DATA.is_dir(), reason="the folder of real logs is not here")
def test_the_clicks_of_the_shop_cost_what_pm4py_says():
    compare_shop(None)


@pytest.mark.real_data
@pytest.mark.skipif(not DATA.is_dir(), reason="the folder of real logs is not here")
def test_some_clicks_of_the_shop_cost_what_pm4py_says():
    compare_shop(25)


def compare_shop(most: int | None) -> None:
    from cjmine.eventlog.journeys import cut
    from cjmine.eventlog.variants import variants
    from cjmine.notebook import load

    log = load(
        DATA / "clicks" / "ecom.csv.gz",
        **{"case": "session_id", "activity": "event", "timestamp": "timestamp", "tz": "UTC"},
    )
    found = variants(cut(log))
    chosen = found.ranked(None)
    chosen = chosen if most is None else chosen[:: len(chosen) // most]
    traces = [list(found.trace(number)) for number in chosen]
    traces = [trace for trace in traces if len(trace) <= 40]
    ours = aligned(compile_space(SHOP), traces)
    assert len(traces) > 10
    assert ours.cost.tolist() == pm4py_costs(SHOP, traces)
