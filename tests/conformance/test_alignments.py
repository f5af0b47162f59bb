"""Alignments: the cheapest, and always the same one among the cheapest."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heappop, heappush

import numpy as np
import pytest
from conformance.ideals import aligned, coded, ideals_and_logs, sequence
from hypothesis import given
from hypothesis import strategies as st
from strategies import examples

from cjmine.conformance import suffixes
from cjmine.conformance.alignments import NOWHERE, Alignments, Move, align
from cjmine.ideal.minimal import Graph
from cjmine.ideal.nodes import AnyOrder, Choice, Node, Optional, Repeat, Sequence, Step
from cjmine.ideal.space import StateSpace, compile_space, state_space


def written(space: StateSpace, found: Alignments, trace: int) -> list[str]:
    """The moves of a trace: `A>3` matched, `+2` event 2 extra, `-B>3` step B missing; `>` state 3."""
    signs = []
    for row in range(found.starts[trace], found.starts[trace + 1]):
        step = f"{space.labels[found.label[row]]}>{found.state[row]}"
        match Move(found.kind[row]):
            case Move.SYNCHRONOUS:
                signs.append(step)
            case Move.LOG:
                assert found.label[row] == NOWHERE
                signs.append(f"+{found.event[row]}")
            case Move.MODEL:
                assert found.event[row] == NOWHERE
                signs.append(f"-{step}")
    return signs


def moves_of(root: Node, trace: str) -> str:
    """The moves of a trace of single letters, without states: `A +1 B -C`."""
    space = compile_space(root)
    signs = written(space, aligned(space, [list(trace)]), 0)
    return " ".join(sign.partition(">")[0] for sign in signs)


@dataclass(frozen=True, slots=True)
class Oracle:
    """One trace against the space by the definition: a search over (state, events so far)."""

    space: StateSpace
    trace: list[str]

    def ways(self, state: int) -> list[tuple[int, int]]:
        """(label, target) of the steps from a state, in the order of preference."""
        space = self.space
        rows = np.flatnonzero(space.source == state)
        return sorted(zip(space.label[rows].tolist(), space.target[rows].tolist(), strict=True))

    def cost(self, state: int = 0, place: int = 0) -> int:
        """The least cost from here to an end (Dijkstra)."""
        done, heap = set(), [(0, state, place)]
        while heap:
            cost, state, place = heappop(heap)
            if (state, place) in done:
                continue
            done.add((state, place))
            if place == len(self.trace) and self.space.to_end[state] == 0:
                return cost
            if place < len(self.trace):
                heappush(heap, (cost + 1, state, place + 1))
            for label, target in self.ways(state):
                heappush(heap, (cost + 1, target, place))
                if place < len(self.trace) and self.space.labels[label] == self.trace[place]:
                    heappush(heap, (cost, target, place + 1))
        raise AssertionError("no end")

    def moves(self, state: int = 0, place: int = 0) -> list[str]:
        """The stated preference at each point: match, else extra event, else missing step."""
        left = self.cost(state, place)
        if place < len(self.trace):
            for label, target in self.ways(state):
                name = self.space.labels[label]
                if name == self.trace[place] and self.cost(target, place + 1) == left:
                    return [f"{name}>{target}", *self.moves(target, place + 1)]
            if self.cost(state, place + 1) + 1 == left:
                return [f"+{place}", *self.moves(state, place + 1)]
        if not left:
            return []
        label, target = next(
            way for way in self.ways(state) if self.cost(way[1], place) + 1 == left
        )
        return [f"-{self.space.labels[label]}>{target}", *self.moves(target, place)]


def agree_with_the_definition(root: Node, log: list[list[str]]) -> None:
    space = compile_space(root)
    found = aligned(space, log)
    for number, trace in enumerate(log):
        oracle = Oracle(space, trace)
        assert found.cost[number] == oracle.cost()
        assert written(space, found, number) == oracle.moves()


@given(ideals_and_logs)
@examples(20)
def test_costs_and_moves_are_those_of_the_definition(root_and_log):
    agree_with_the_definition(*root_and_log)


@pytest.mark.prove
@given(ideals_and_logs)
@examples(1_000)
def test_costs_and_moves_are_those_of_the_definition_on_many_journeys(root_and_log):
    agree_with_the_definition(*root_and_log)


@given(ideals_and_logs)
@examples(33)
def test_moves_use_each_event_once_and_walk_through_the_ideal(root_and_log):
    root, log = root_and_log
    space = compile_space(root)
    found = aligned(space, log)
    for number, trace in enumerate(log):
        moves = slice(found.starts[number], found.starts[number + 1])
        kind, event, label = found.kind[moves], found.event[moves], found.label[moves]
        assert event[kind != Move.MODEL].tolist() == list(range(len(trace)))
        matched = kind == Move.SYNCHRONOUS
        assert [space.labels[one] for one in label[matched]] == [
            trace[one] for one in event[matched]
        ]
        here = 0
        for one, by, there in zip(kind, label, found.state[moves], strict=True):
            if one == Move.LOG:
                assert there == here and by == NOWHERE
            else:
                ways = (space.source == here) & (space.label == by) & (space.target == there)
                assert ways.any()
            here = int(there)
        assert space.to_end[here] == 0
        assert found.cost[number] == (~matched).sum()
        counts = [int(found.count(one)[number]) for one in Move]
        assert counts == [int((kind == one).sum()) for one in Move]


@given(ideals_and_logs, st.randoms(use_true_random=False), st.integers(1, 12))
@examples(33)
def test_neither_order_nor_company_nor_chunks_change_an_alignment(root_and_log, random, events):
    """Alone, or twice among others in any order, in chunks of a few events."""
    root, log = root_and_log
    space = compile_space(root)
    alone = [written(space, aligned(space, [trace]), 0) for trace in log]
    order = [*range(len(log))] * 2
    random.shuffle(order)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(suffixes, "_CHUNK_BYTES", 2 * space.states * events)
        found = aligned(space, [log[number] for number in order])
    assert [written(space, found, place) for place in range(len(order))] == [
        alone[number] for number in order
    ]


@given(ideals_and_logs, st.data())
@examples(33)
def test_a_part_of_the_traces_may_be_aligned_by_itself(root_and_log, data):
    """`starts` need not begin at 0: a log can be split without copying its events."""
    root, log = root_and_log
    space = compile_space(root)
    labels, starts = coded(space, log)
    first = data.draw(st.integers(0, len(log)))
    whole, part = align(space, labels, starts), align(space, labels, starts[first:])
    assert part.cost.tolist() == whole.cost[first:].tolist()
    for number in range(first, len(log)):
        assert written(space, part, number - first) == written(space, whole, number)


@pytest.mark.parametrize(
    ("root", "trace", "moves"),
    [
        # Match the B and call C extra, or match the C and call B missing: a match comes first.
        (sequence("ABC"), "ACB", "A +1 B -C"),
        # An extra event comes before a missing step.
        (sequence("ABC"), "AxC", "A +1 -B C"),
        # Among missing steps the one that stands first in the file.
        (Sequence((Step("A"), Choice((Step("C"), Step("B"))), Step("D"))), "AD", "A -C D"),
        (Sequence((Step("A"), AnyOrder((Step("C"), Step("B"))))), "A", "A -C -B"),
        # What is optional is not missing.
        (Sequence((Optional(Step("A")), Step("B"), Repeat(Step("C"), 0))), "", "-B"),
        (Sequence((Step("A"), Repeat(Step("B"), 2, 3))), "ABBBB", "A B B B +4"),
        (Sequence((Step("A"), Repeat(Step("B"), 2))), "AB", "A B -B"),
    ],
)
def test_the_choice_among_equally_cheap_alignments(root, trace, moves):
    assert moves_of(root, trace) == moves


def test_no_traces_and_empty_traces():
    space = compile_space(Sequence((Step("A"), Optional(Step("B")))))
    nothing = aligned(space, [])
    assert len(nothing.cost) == len(nothing.kind) == 0
    assert nothing.count(Move.LOG).tolist() == []
    found = aligned(space, [[], ["A"], []])
    assert found.cost.tolist() == [1, 0, 1]
    assert [written(space, found, number) for number in range(3)] == [["-A>1"], ["A>1"], ["-A>1"]]


def test_an_ideal_of_which_nothing_is_asked():
    space = compile_space(Optional(Step("A")))
    found = aligned(space, [[], ["x"], ["A", "A"]])
    assert found.cost.tolist() == [0, 1, 1]


@pytest.mark.parametrize("events", [9_998, 9_999, 10_000, 20_000])
def test_traces_of_many_thousand_events(events):
    """On both sides of the length at which costs no longer fit into 16 bits."""
    space = compile_space(Sequence((Step("A"), Repeat(Step("B")), Step("C"))))
    log = [["A", *["B"] * (events - 2), "C"], ["B"] * events, ["x"] * events, ["C"]]
    found = aligned(space, log)
    assert found.cost.tolist() == [0, 2, events + 3, 2]
    assert np.diff(found.starts).tolist() == [events, events + 2, events + 3, 3]


def test_a_very_long_trace_cannot_jump_to_a_branch_that_it_did_not_take():
    space = compile_space(Choice((Repeat(Step("A")), Repeat(Step("B")))))
    assert aligned(space, [["A"] * 10_001 + ["B"] * 10_001]).cost.tolist() == [10_001]


def test_a_very_long_trace_cannot_end_in_a_dead_branch():
    """In a process model a step may lead nowhere: taking it is dearer than any number of events."""
    dead = ((0, 0, 1), (1, 0, 1))
    space = state_space(
        tuple("ABC"), Graph(4, 0, frozenset({3}), (), (*dead, (0, 1, 2), (2, 2, 3)))
    )
    log = [["A"] * events for events in (9_997, 9_998, 10_001)]
    assert [int(aligned(space, [trace]).cost[0]) for trace in log] == [9_999, 10_000, 10_003]


@pytest.mark.parametrize("count", [254, 255, 256, 257, 400])
def test_more_steps_than_fit_into_a_byte(count):
    """Sorting by endings writes a label in one byte, or in two: no two labels look alike."""
    names = [f"step {number}" for number in range(count)]
    space = compile_space(Sequence(tuple(map(Step, names))))
    log = [names, names[::-1], names[200:], [names[-1]], ["x"], [names[0]], [names[-2], names[-1]]]
    found = aligned(space, log)
    assert found.cost.tolist() == [
        *(0, 2 * (count - 1), 200, count - 1, count + 1, count - 1, count - 2)
    ]


def test_an_alignment_whose_moves_do_not_add_up_is_refused():
    found = aligned(compile_space(sequence("AB")), [["A"]])
    with pytest.raises(AssertionError):
        Alignments(found.cost + 1, found.starts, found.kind, found.event, found.label, found.state)
