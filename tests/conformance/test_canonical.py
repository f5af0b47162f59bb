"""The alignment that is shown depends on the journeys that an ideal allows, not on its wording.

Beside it stands the definition: of all cheapest alignments with all words of the ideal the one
whose moves come first, match before log before model, then the order of the steps in the file.
"""

from __future__ import annotations

from functools import cache

import pytest
from conformance.ideals import aligned
from hypothesis import assume, given
from hypothesis import strategies as st
from ideal.journeys_at_random import parts
from ideal.test_space import meant, rewritten
from strategies import examples

from cjmine.conformance.alignments import Alignments, Move
from cjmine.ideal.nodes import Choice, Node, Optional, Repeat, Sequence, Step
from cjmine.ideal.space import StateSpace, compile_space

Moves = tuple[tuple[Move, str], ...]
MOST_WORDS = 3_000


def shown(space: StateSpace, found: Alignments, trace: list[str]) -> Moves:
    """The moves of the first trace, each with the name of its event or step."""
    rows = range(int(found.starts[0]), int(found.starts[1]))
    return tuple(
        (
            Move(found.kind[row]),
            trace[found.event[row]]
            if found.kind[row] == Move.LOG
            else space.labels[found.label[row]],
        )
        for row in rows
    )


def canonical(root: Node, trace: list[str]) -> Moves:
    space = compile_space(root)
    return shown(space, aligned(space, [trace]), trace)


def first_of_all(words: set[tuple[str, ...]], trace: list[str], labels: tuple[str, ...]) -> Moves:
    """The smallest of the cheapest sequences of moves, over every word of the ideal."""

    def rank(moves: Moves) -> tuple[int, list[tuple[int, int]]]:
        cost = sum(kind != Move.SYNCHRONOUS for kind, _ in moves)
        return cost, [(kind, kind == Move.MODEL and labels.index(name)) for kind, name in moves]

    def best(word: tuple[str, ...]) -> Moves:
        @cache
        def onward(step: int, event: int) -> Moves:
            ways: list[Moves] = []
            if step < len(word) and event < len(trace) and word[step] == trace[event]:
                ways.append(((Move.SYNCHRONOUS, word[step]), *onward(step + 1, event + 1)))
            if event < len(trace):
                ways.append(((Move.LOG, trace[event]), *onward(step, event + 1)))
            if step < len(word):
                ways.append(((Move.MODEL, word[step]), *onward(step + 1, event)))
            return min(ways, key=rank, default=())

        return onward(0, 0)

    return min(map(best, words), key=rank)


def agree_with_all_cheapest(root: Node, trace: list[str]) -> None:
    space = compile_space(root)
    found = aligned(space, [trace])
    # No word that is longer than this costs as little.
    words = meant(root, len(trace) + int(found.cost[0]))
    assume(len(words) <= MOST_WORDS)
    assert shown(space, found, trace) == first_of_all(words, trace, space.labels)


FEW = st.sampled_from("PQRG")
TRACES = st.lists(st.sampled_from("PQRGx"), max_size=5)


@given(parts(FEW), TRACES)
@examples(16)
def test_the_moves_come_first_among_all_cheapest_alignments(root, trace):
    agree_with_all_cheapest(root, trace)


@st.composite
def begun_alike(draw: st.DrawFn) -> Node:
    """A choice of branches with the same first step, before and behind other parts."""
    small = parts(FEW)
    branches = draw(st.lists(small, min_size=2, max_size=3))
    choice = Choice(tuple(Sequence((Step("P"), branch)) for branch in branches))
    return draw(st.sampled_from([choice, Sequence((choice, Step("G"))), Repeat(choice, 1, 2)]))


@given(begun_alike(), TRACES)
@examples(16)
def test_the_moves_come_first_where_branches_begin_alike(root, trace):
    agree_with_all_cheapest(root, trace)


@pytest.mark.prove
@given(begun_alike() | parts(FEW), TRACES)
@examples(3_000)
def test_the_moves_come_first_on_many_ideals(root, trace):
    agree_with_all_cheapest(root, trace)


@given(st.data())
@examples(16)
def test_an_ideal_in_other_words_gives_the_same_moves(data):
    root = data.draw(begun_alike() | parts(FEW))
    other = data.draw(rewritten(root))
    for trace in data.draw(st.lists(TRACES, min_size=1, max_size=4)):
        assert canonical(root, trace) == canonical(other, trace)


def sequence(*parts: Node | str) -> Sequence:
    return Sequence(tuple(Step(part) if isinstance(part, str) else part for part in parts))


@pytest.mark.parametrize(
    "root",
    [
        sequence(Choice((sequence("P", "Q"), sequence("P", "R"))), "G"),
        sequence(Choice((sequence("P", "R"), sequence("P", "Q"))), "G"),
        sequence("P", Choice((Step("Q"), Step("R"))), "G"),
        Choice((sequence("P", "R", "G"), sequence("P", "Q", "G"))),
    ],
)
def test_branches_that_begin_alike_do_not_hide_each_other(root):
    """The first branch of the file is not taken where another one matches."""
    fits = canonical(root, list("PRG"))
    assert [kind for kind, _ in fits] == [Move.SYNCHRONOUS] * 3
    late = canonical(root, list("PGR"))
    assert late == (
        (Move.SYNCHRONOUS, "P"),
        (Move.LOG, "G"),
        (Move.SYNCHRONOUS, "R"),
        (Move.MODEL, "G"),
    )


def test_an_extra_event_comes_before_a_missing_step_of_a_branch():
    """Two states can be meant by P: both are looked at, not only the one met first."""
    root = sequence(Choice((sequence("P", Optional(Step("Q"))), sequence("P", "R"))), "G")
    assert canonical(root, list("PRxG")) == (
        (Move.SYNCHRONOUS, "P"),
        (Move.SYNCHRONOUS, "R"),
        (Move.LOG, "x"),
        (Move.SYNCHRONOUS, "G"),
    )
