"""Every move belongs to one named deviation; the names mean what they say."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from conformance.ideals import coded, ideals_and_logs, sequence
from hypothesis import given
from hypothesis import strategies as st
from strategies import examples

from cjmine.conformance.alignments import NOWHERE, Alignments, Move, align
from cjmine.conformance.moves import Explained, MoveClass, explain_moves
from cjmine.ideal.choices import choices_of
from cjmine.ideal.nodes import AnyOrder, Choice, Node, Optional, Repeat, Sequence, Step
from cjmine.ideal.space import compile_space

SHORT = {
    MoveClass.MATCHED: "",
    MoveClass.SWAPPED: "swapped",
    MoveClass.OUT_OF_ORDER: "moved",
    MoveClass.REPLACED: "replaced",
    MoveClass.TAIL: "tail",
    MoveClass.SKIPPED: "skipped",
    MoveClass.REPEATED: "again",
    MoveClass.UNEXPECTED: "extra",
}


def explained(root: Node, log: list[list[str]]) -> tuple[Alignments, Explained, np.ndarray]:
    """Moves, what they are called, and the label of each move's event or step."""
    space = compile_space(root)
    labels, starts = coded(space, log)
    moves = align(space, labels, starts)
    label = moves.label.copy()
    is_log = moves.kind == Move.LOG
    label[is_log] = labels[starts[moves.trace[is_log]] + moves.event[is_log]]
    choices = choices_of(root, space.labels)
    return moves, explain_moves(moves, labels, starts, choices), label


def story(root: Node | str, trace: str) -> str:
    """The moves in words: `C:swapped` for an event, `-C:swapped` for a step without one."""
    root = sequence(root) if isinstance(root, str) else root
    names = compile_space(root).labels
    moves, found, _ = explained(root, [list(trace)])
    said = []
    for row, kind in enumerate(found.kind):
        is_model = moves.kind[row] == Move.MODEL
        name = f"-{names[moves.label[row]]}" if is_model else trace[moves.event[row]]
        said.append(f"{name}:{SHORT[MoveClass(kind)]}".rstrip(":"))
    return " ".join(said)


@pytest.mark.parametrize(
    ("ideal", "trace", "expected"),
    [
        ("ABC", "ABC", "A B C"),
        # swapped: exactly one match lies between the event and its place
        ("ABC", "ACB", "A C:swapped B -C:swapped"),
        ("AB", "BA", "B:swapped A -B:swapped"),
        # out of order: more than one, the event before its place or behind it
        ("ABCD", "ADBC", "A D:moved B C -D:moved"),
        ("ABCD", "BCDA", "-A:moved B C D A:moved"),
        # replaced: an extra event and a missing step alone between two matches, or before the first
        ("ABC", "AxC", "A x:replaced -B:replaced C"),
        ("ABC", "xBC", "x:replaced -A:replaced B C"),
        ("ABCD", "ABBD", "A B B:replaced -C:replaced D"),
        # … and two of a sort are not alone
        ("ABC", "AxxC", "A x:extra x:extra -B:skipped C"),
        ("ABCD", "AxD", "A x:extra -B:skipped -C:skipped D"),
        # … nor is anything replaced in the tail, behind the last match
        ("ABC", "ABx", "A B x:extra -C:tail"),
        ("ABC", "Ax", "A x:extra -B:tail -C:tail"),
        ("A", "x", "x:extra -A:tail"),
        # tail and skipped
        ("ABC", "A", "A -B:tail -C:tail"),
        ("ABC", "", "-A:tail -B:tail -C:tail"),
        ("ABC", "AC", "A -B:skipped C"),
        ("ABC", "C", "-A:skipped -B:skipped C"),
        # repeated: the step is matched elsewhere; unexpected: it is not
        ("ABC", "AABC", "A A:again B C"),
        ("ABC", "ABAC", "A B A:again C"),
        ("ABC", "ABCA", "A B C A:again"),
        ("ABC", "ABxxC", "A B x:extra x:extra C"),
    ],
)
def test_what_moves_are_called(ideal, trace, expected):
    assert story(ideal, trace) == expected


@pytest.mark.parametrize(
    ("ideal", "trace", "expected"),
    [
        # A pair of one step comes before a replacement: the C is swapped, not put for the B.
        ("ABCD", "ACBD", "A C:swapped B -C:swapped D"),
        # What a pair has used is out of the way: x and B are alone with each other then.
        ("ABCDE", "ADxCE", "A D:swapped x:replaced -B:replaced C -D:swapped E"),
        # A pair of one step reaches into the tail, where a replacement does not.
        ("ABC", "CAB", "C:moved A B -C:moved"),
        # An event that is used in a pair is not repeated as well.
        ("ABCA", "ABAC", "A B A:swapped C -A:swapped"),
        # Replaced comes before repeated.
        ("ABCD", "ABAD", "A B A:replaced -C:replaced D"),
    ],
)
def test_each_move_is_used_once_in_the_order_of_precedence(ideal, trace, expected):
    assert story(ideal, trace) == expected


def test_an_event_pairs_with_the_nearest_gap_of_its_step():
    """Steps named B stand at two places: the nearer one makes the pair, the other is missing."""
    assert story("BACDEF", "ACBDEF") == "-B:moved A C B:moved D E F"
    assert story("BACDB", "ACBD") == "-B:skipped A C B:swapped D -B:swapped"
    assert story("BAACDEB", "AABCDE") == "-B:moved A A B:moved C D E -B:tail"
    # At equal distances the left one.
    assert story("BAACDB", "AABCD") == "-B:moved A A B:moved C D -B:tail"


def test_parallel_steps_are_never_swapped():
    root = Sequence((Step("A"), AnyOrder((Step("B"), Step("C"), Step("D"))), Step("E")))
    for order in ("BCD", "BDC", "CBD", "CDB", "DBC", "DCB"):
        assert story(root, f"A{order}E") == " ".join(f"A{order}E")


@given(ideals_and_logs, st.data())
@examples(33)
def test_branches_in_any_order_are_never_swapped_with_each_other(root_and_log, data):
    """Mixing two branches, each in its own order, is no deviation."""
    one, other = "BCD", "EFG"
    left, mixed = [list(one), list(other)], ""
    while any(left):
        mixed += data.draw(st.sampled_from([part for part in left if part])).pop(0)
    root = Sequence((Step("A"), AnyOrder((sequence(one), sequence(other))), Step("H")))
    assert story(root, f"A{mixed}H") == " ".join(f"A{mixed}H")


def test_unexpected_off_the_map_and_of_the_wrong_branch():
    """Both are unexpected; only the one of the other branch has a label of the ideal."""
    root = Sequence((Step("A"), Choice((Step("B"), Step("C"))), Step("D")))
    assert story(root, "ABCD") == "A B C:extra D"
    assert story(root, "ABxD") == "A B x:extra D"
    _, found, label = explained(root, [list("ABCD"), list("ABxD")])
    assert (label[found.kind == MoveClass.UNEXPECTED] != NOWHERE).tolist() == [True, False]


@given(st.integers(1, 4), st.integers(0, 6))
def test_a_repetition_takes_as_many_as_it_may(most, times):
    root = Sequence((Step("A"), Repeat(Step("B"), 1, most), Step("C")))
    told = story(root, "A" + "B" * times + "C")
    assert told.count("B:again") == max(0, times - most)
    assert told.count("-B:skipped") == (times == 0)


@pytest.mark.parametrize(
    ("ideal", "trace", "at_once"),
    [
        ("ABC", "AABC", [True]),
        ("ABC", "AxABC", [True]),  # an extra event is no match
        ("ABC", "ABCA", [False]),
        ("ABC", "ABCAA", [False, True]),
        ("ABC", "ABABC", [False, True]),  # a match between the As, none between the Bs
        ("ABC", "ABBBC", [True, True]),
    ],
)
def test_repeated_at_once_or_as_a_return(ideal, trace, at_once):
    moves, found, _ = explained(sequence(ideal), [list(trace)])
    again = found.kind == MoveClass.REPEATED
    assert found.at_once[again].tolist() == at_once
    assert not found.at_once[~again].any()
    assert found.count(MoveClass.REPEATED, moves, Move.LOG).tolist() == [len(at_once)]


def slowly_explained(moves: Alignments, label: np.ndarray, rows: range) -> dict[int, tuple]:
    """(kind, matches before, partner, at once) of the moves of one trace, by the definitions."""
    is_match = {row: moves.kind[row] == Move.SYNCHRONOUS for row in rows}
    is_log = {row: moves.kind[row] == Move.LOG for row in rows}
    before = {row: sum(is_match[one] for one in rows if one < row) for row in rows}
    matches = sum(is_match.values())
    kind = {row: MoveClass.MATCHED for row in rows if is_match[row]}
    partner = {}

    def free() -> list[int]:
        return [row for row in rows if row not in kind]

    def join(one: int, other: int, what: MoveClass) -> None:
        kind[one] = kind[other] = what
        partner[one], partner[other] = other, one

    # 1, 2: free moves of a step and of opposite sorts; the nearest, then the leftmost.
    while True:
        unused = free()
        choices = [
            (before[other] - before[one], one, other)
            for one in unused
            for other in unused
            if one < other and is_log[one] != is_log[other] and label[one] == label[other] >= 0
        ]
        if not choices:
            break
        apart, one, other = min(choices)
        join(one, other, MoveClass.SWAPPED if apart == 1 else MoveClass.OUT_OF_ORDER)
    # 3: one of each alone between two matches, or before the first.
    for gap in range(matches):
        alone = [row for row in free() if before[row] == gap]
        if len(alone) == 2 and is_log[alone[0]] != is_log[alone[1]]:
            join(*alone, MoveClass.REPLACED)
    matched = {int(label[row]) for row in rows if is_match[row]}
    events = [row for row in rows if (is_match[row] or is_log[row]) and label[row] >= 0]
    at_once = {}
    for row in free():
        if not is_log[row]:
            kind[row] = MoveClass.TAIL if before[row] == matches else MoveClass.SKIPPED
        elif label[row] in matched:
            kind[row] = MoveClass.REPEATED
            alike = [one for one in events if label[one] == label[row] and one != row]
            earlier = [one for one in alike if one < row]
            near = earlier[-1] if earlier else alike[0]
            between = range(min(near, row) + 1, max(near, row))
            at_once[row] = not any(is_match[one] for one in between)
        else:
            kind[row] = MoveClass.UNEXPECTED
    return {
        row: (kind[row], before[row], partner.get(row, NOWHERE), at_once.get(row, False))
        for row in rows
    }


def agree_with_the_definitions(root: Node, log: list[list[str]]) -> Counter[MoveClass]:
    moves, found, label = explained(root, log)
    for number in range(len(log)):
        rows = range(int(moves.starts[number]), int(moves.starts[number + 1]))
        for row, expected in slowly_explained(moves, label, rows).items():
            got = found.kind[row], found.before[row], found.partner[row], found.at_once[row]
            assert got == expected
    return Counter(MoveClass(kind) for kind in found.kind)


def test_every_move_is_explained_as_defined():
    """… and the random logs hold every kind, or the comparison would prove nothing."""
    seen: Counter[MoveClass] = Counter()

    @given(ideals_and_logs)
    @examples(50)
    def compared(root_and_log):
        seen.update(agree_with_the_definitions(*root_and_log))

    compared()
    assert all(seen[kind] for kind in MoveClass), seen


LETTERS = st.text("ABCD", min_size=3, max_size=8)


@given(LETTERS, st.lists(LETTERS.map(list), min_size=1, max_size=5))
@examples(50)
def test_pairs_of_steps_that_stand_in_many_places_are_as_defined(ideal, log):
    """Few names, many places: several pairs of one step compete."""
    agree_with_the_definitions(sequence(ideal), log)


@pytest.mark.prove
@given(st.text("AB", min_size=3, max_size=14), st.lists(st.text("ABx", max_size=14).map(list)))
@examples(3_000)
def test_pairs_of_two_names_in_all_places_are_as_defined(ideal, log):
    agree_with_the_definitions(sequence(ideal), log)


def test_a_pair_knows_its_partner_across_traces():
    _, found, _ = explained(sequence("ABC"), [list("ABC"), list("ACB")])
    first, second = np.flatnonzero(found.kind == MoveClass.SWAPPED)
    assert (found.partner[first], found.partner[second]) == (second, first)
    assert (found.partner[found.kind != MoveClass.SWAPPED] == NOWHERE).all()


def test_nothing_to_explain():
    moves, found, _ = explained(Optional(Step("A")), [[], []])
    assert len(found.kind) == 0
    assert found.count(MoveClass.SKIPPED, moves, Move.MODEL).tolist() == [0, 0]
    assert len(explained(sequence("A"), [])[1].kind) == 0
