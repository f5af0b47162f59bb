"""Costs, fitting journeys and fitness are those of pm4py's optimal alignments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from conformance.ideals import NAMES, UNKNOWN, aligned, ideals_and_logs, sequence
from hypothesis import given
from hypothesis import strategies as st
from real_logs import real
from strategies import examples

from cjmine.conformance.alignments import Move
from cjmine.ideal.nodes import AnyOrder, Choice, Node, Optional, Repeat, Sequence, Step
from cjmine.ideal.process_tree import process_tree
from cjmine.ideal.space import compile_space

# pm4py's solver of linear programs still uses a matrix class of NumPy.
pytestmark = pytest.mark.filterwarnings("ignore::PendingDeprecationWarning")

DEVIATION = 10_000  # what pm4py takes for a log or model move; a silent one takes 1


@dataclass(frozen=True, slots=True)
class Theirs:
    """One alignment of pm4py."""

    cost: int
    fitness: float
    log_moves: int
    model_moves: int


def by_pm4py(root: Node, log: list[list[str]]) -> list[Theirs]:
    from pm4py.algo.conformance.alignments.petri_net import algorithm
    from pm4py.convert import convert_to_petri_net
    from pm4py.objects.log.obj import Event, EventLog, Trace

    net = convert_to_petri_net(process_tree(root))
    traces = [Trace([Event({"concept:name": name}) for name in trace]) for trace in log]
    quiet: dict[Any, Any] = {"show_progress_bar": False}
    return [
        Theirs(
            cost=found["cost"] // DEVIATION,
            fitness=found["fitness"],
            log_moves=sum(model == ">>" for _, model in found["alignment"]),
            model_moves=sum(
                event == ">>" and model is not None for event, model in found["alignment"]
            ),
        )
        for found in algorithm.apply(EventLog(traces), *net, parameters=quiet)
    ]


def agree(root: Node, log: list[list[str]], times: np.ndarray | None = None) -> None:
    """The same cost for every trace, and so the same fitting ones and the same mean fitness."""
    space = compile_space(root)
    ours, theirs = aligned(space, log), by_pm4py(root, log)
    assert ours.cost.tolist() == [one.cost for one in theirs]
    most = np.array([len(trace) + space.shortest for trace in log])
    asked = most > 0  # pm4py gives 0 where neither trace nor ideal asks for anything
    fitness = 1 - ours.cost[asked] / most[asked]
    expected = np.array([one.fitness for one in theirs])[asked]
    assert int((fitness == 1).sum()) == int((expected == 1).sum())
    if asked.any():
        weights = None if times is None else times[asked]
        assert np.average(fitness, weights=weights) == pytest.approx(
            np.average(expected, weights=weights), rel=0, abs=1e-12
        )


@given(ideals_and_logs)
@examples(8)
def test_costs_and_fitness_equal_those_of_pm4py(root_and_log):
    agree(*root_and_log)


@pytest.mark.prove
@given(ideals_and_logs)
@examples(600)
def test_costs_and_fitness_equal_those_of_pm4py_on_hundreds_of_ideals(root_and_log):
    agree(*root_and_log)


def agree_on_the_split(root: Node, log: list[list[str]]) -> None:
    """As many log and as many model moves, trace by trace."""
    ours, theirs = aligned(compile_space(root), log), by_pm4py(root, log)
    assert ours.count(Move.LOG).tolist() == [one.log_moves for one in theirs]
    assert ours.count(Move.MODEL).tolist() == [one.model_moves for one in theirs]


@given(
    st.permutations(NAMES[:7]).map(lambda names: sequence("".join(names[:5]))),
    st.lists(st.lists(st.sampled_from((*NAMES[:7], *UNKNOWN)), max_size=9), min_size=1, max_size=3),
)
@examples(8)
def test_log_and_model_moves_of_a_plain_sequence_are_as_many_as_with_pm4py(root, log):
    """Each step once, in a row: cost and length settle how many moves of each sort there are."""
    agree_on_the_split(root, log)


ONBOARDING = Sequence(
    tuple(
        Step(name)
        for name in (
            *("Enter Data", "Submit Request", "Determine Missing Document", "Scoreboarding"),
            *("Four-eyes Check", "Update Backend Systems", "Send Notifications"),
        )
    )
)
LOOK = Choice((Step("catalog"), Sequence((Step("search"), Optional(Step("filter_results"))))))
SHOP = Sequence(
    (
        Choice((Step("home"), Step("promo_page"))),
        Repeat(Sequence((LOOK, Repeat(Step("product_view"), 0)))),
        AnyOrder(
            (Step("add_to_cart"), Repeat(Choice((Step("compare"), Step("review_page"))), 0, 2))
        ),
        Optional(Step("cart")),
        Step("shipping_details"),
        Repeat(Sequence((Step("payment_details"), Optional(Step("payment_error"))))),
        Step("purchase"),
    )
)


def of_real_log(file: str, case: str, activity: str, time: str) -> tuple[list[list[str]], Any]:
    """The distinct traces of a log of the data folder, and how many journeys follow each."""
    from cjmine.eventlog.journeys import cut
    from cjmine.eventlog.variants import variants
    from cjmine.notebook import load

    log = load(real(file), case=case, activity=activity, timestamp=time, tz="UTC")
    found = variants(cut(log))
    return [list(found.trace(number)) for number in range(len(found))], found.journeys


@pytest.mark.real_data
def test_the_known_figures_of_the_onboarding_log():
    log, times = of_real_log("onboarding/onboard_client.csv", "process", "activity", "start")
    assert len(log) == 16
    ours = aligned(compile_space(ONBOARDING), log)
    assert int(ours.cost @ times) == 22_360
    fitness = 1 - ours.cost / (np.array([len(trace) for trace in log]) + 7)
    assert float(fitness @ times / times.sum()) == pytest.approx(0.7842621360, abs=1e-10)
    histogram = np.bincount(ours.cost, times).astype(int).tolist()
    assert histogram == [0, 0, 1937, 2444, 1412, 764, 281]
    agree(ONBOARDING, log, times)
    agree_on_the_split(ONBOARDING, log)


@pytest.mark.real_data
@pytest.mark.parametrize("every", [10, pytest.param(1, marks=pytest.mark.prove)])
def test_the_sessions_of_a_shop_cost_what_pm4py_says(every):
    """Each tenth distinct trace, and all of them as a proof, against an ideal with choices, any
    order, optional and repeated parts."""
    log, times = of_real_log("clicks/ecom.csv.gz", "session_id", "event", "timestamp")
    assert len(log) == 3_003
    agree(SHOP, log[::every], times[::every])
