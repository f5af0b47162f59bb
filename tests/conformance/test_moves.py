"""Every move belongs to one named deviation; the names mean what they say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ideal.journeys_at_random import parts, words
from strategies import seconds  # noqa: F401  the same examples on every run

from cjmine.conformance.alignments import NOWHERE, Alignments, Move, align
from cjmine.conformance.moves import Explained, Kind, explain_moves
from cjmine.ideal.nodes import AnyOrder, Choice, Node, Repeat, Sequence, Step
from cjmine.ideal.space import compile_space

SHORT = {
    Kind.MATCHED: "",
    Kind.SWAPPED: "swapped",
    Kind.OUT_OF_ORDER: "moved",
    Kind.REPLACED: "replaced",
    Kind.TAIL: "tail",
    Kind.SKIPPED: "skipped",
    Kind.REPEATED: "again",
    Kind.UNEXPECTED: "extra",
}


def sequence(names: str) -> Node:
    return Sequence(tuple(map(Step, names)))


def explained(root: Node, trace: list[str]) -> tuple[Alignments, Explained, np.ndarray]:
    space = compile_space(root)
    labels = np.array(
        [space.labels.index(name) if name in space.labels else NOWHERE for name in trace], np.int32
    )
    starts = np.array([0, len(trace)])
    moves = align(space, labels, starts)
    return moves, explain_moves(moves, labels, starts), labels


def story(root: Node, trace: str) -> str:
    """The moves in words: `C:swapped` for an event, `-C:swapped` for a step without one."""
    space = compile_space(root)
    moves, found, _ = explained(root, list(trace))
    said = []
    for row, kind in enumerate(found.kind):
        if moves.kind[row] == Move.MODEL:
            name = f"-{space.labels[moves.label[row]]}"
        else:
            name = trace[moves.event[row]]
        said.append(f"{name}:{SHORT[Kind(kind)]}".rstrip(":"))
    return " ".join(said)


@pytest.mark.parametrize(
    ("ideal", "trace", "expected"),
    [
        ("ABC", "ABC", "A B C"),
        ("ABC", "ACB", "A C:swapped B -C:swapped"),
        ("ABCD", "ADBC", "A D:moved B C -D:moved"),
        ("ABCD", "BCDA", "-A:moved B C D A:moved"),
        ("ABC", "AxC", "A x:replaced -B:replaced C"),
        ("ABC", "AC", "A -B:skipped C"),
        ("ABC", "A", "A -B:tail -C:tail"),
        ("ABC", "Ax", "A x:extra -B:tail -C:tail"),
        ("ABC", "", "-A:tail -B:tail -C:tail"),
        ("ABC", "xBC", "x:replaced -A:replaced B C"),
        ("ABC", "AABC", "A A:again B C"),
        ("ABC", "ABAC", "A B A:again C"),
        ("ABC", "ABxxC", "A B x:extra x:extra C"),
        ("ABC", "AxxC", "A x:extra x:extra -B:skipped C"),
    ],
)
def test_what_moves_are_called(ideal, trace, expected):
    assert story(sequence(ideal), trace) == expected


def test_parallel_steps_are_never_swapped():
    root = Sequence((Step("A"), AnyOrder((Step("B"), Step("C"))), Step("D")))
    assert story(root, "ACBD") == "A C B D"


def test_the_other_branch_of_a_choice_is_unexpected():
    root = Sequence((Step("A"), Choice((Step("B"), Step("C"))), Step("D")))
    assert story(root, "ABCD") == "A B C:extra D"


def test_repeated_at_once_or_after_something_else():
    def at_once(trace: str) -> list[bool]:
        _, found, _ = explained(sequence("ABC"), list(trace))
        return found.at_once[found.kind == Kind.REPEATED].tolist()

    assert at_once("AABC") == [True]
    assert at_once("ABCA") == [False]
    assert at_once("AxABC") == [True]
    assert at_once("ABCAA") == [False, True]


def test_a_pair_knows_its_partner():
    _, found, _ = explained(sequence("ABC"), list("ACB"))
    (first, second) = np.flatnonzero(found.kind == Kind.SWAPPED)
    assert found.partner[first] == second
    assert found.partner[second] == first


def slowly_paired(moves: Alignments, labels: np.ndarray) -> list[tuple[int, int]]:
    """Pairs by the definition: the fewest matches between, then the leftmost; one by one."""
    label = moves.label.copy()
    is_log = moves.kind == Move.LOG
    label[is_log] = labels[moves.event[is_log]]
    before = np.concatenate([[0], np.cumsum(moves.kind == Move.SYNCHRONOUS)])
    left = [row for row in range(len(label)) if moves.kind[row] != Move.SYNCHRONOUS]
    pairs = []
    while True:
        choices = [
            (abs(int(before[other] - before[one])), one, other)
            for one in left
            for other in left
            if one < other
            and label[one] == label[other] >= 0
            and is_log[one] != is_log[other]
            # Nothing of the same step stands between two that are nearest to each other.
            and not any(one < third < other and label[third] == label[one] for third in left)
        ]
        if not choices:
            return sorted(pairs)
        _, one, other = min(choices)
        pairs.append((one, other))
        left = [row for row in left if row not in (one, other)]


@given(parts(), words)
def test_pairs_are_those_of_the_definition(root, trace):
    moves, found, labels = explained(root, trace)
    pairs = slowly_paired(moves, labels)
    rows = np.flatnonzero(np.isin(found.kind, (Kind.SWAPPED, Kind.OUT_OF_ORDER)))
    ours = sorted({tuple(sorted((int(row), int(found.partner[row])))) for row in rows})
    assert ours == pairs
    for one, other in pairs:
        apart = abs(found.before[other] - found.before[one])
        assert found.kind[one] == (Kind.SWAPPED if apart == 1 else Kind.OUT_OF_ORDER)


@given(parts(), words)
def test_every_move_is_explained_by_a_kind_that_fits_it(root, trace):
    moves, found, _ = explained(root, trace)
    matched = found.kind == Kind.MATCHED
    assert np.array_equal(matched, moves.kind == Move.SYNCHRONOUS)
    for kind in (Kind.REPEATED, Kind.UNEXPECTED):
        assert (moves.kind[found.kind == kind] == Move.LOG).all()
    for kind in (Kind.SKIPPED, Kind.TAIL):
        assert (moves.kind[found.kind == kind] == Move.MODEL).all()
    for kind in (Kind.SWAPPED, Kind.OUT_OF_ORDER, Kind.REPLACED):
        pairs = found.kind == kind
        assert (moves.kind[pairs] == Move.LOG).sum() == (moves.kind[pairs] == Move.MODEL).sum()
    last = found.before.max(initial=0) + (matched[-1] if len(matched) else 0)
    assert (found.before[found.kind == Kind.REPLACED] < max(last, 1)).all() or not matched.any()


@given(st.integers(1, 4), st.integers(0, 6))
def test_a_repetition_takes_as_many_as_it_may(most, times):
    root = Sequence((Step("A"), Repeat(Step("B"), 1, most), Step("C")))
    assert story(root, "A" + "B" * times + "C").count("again") == max(0, times - most)
