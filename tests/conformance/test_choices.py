"""A choice of which nothing was seen is skipped as a choice, wherever it is written."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from conformance.ideals import coded, ideals_and_logs
from hypothesis import given
from strategies import examples

from cjmine.conformance.alignments import NOWHERE, Move, align
from cjmine.conformance.moves import MoveClass, explain_moves
from cjmine.ideal.choices import choices_of
from cjmine.ideal.nodes import AnyOrder, Choice, Node, Optional, Repeat, Sequence, Step, steps_of
from cjmine.ideal.space import compile_space


def row(*parts: Node | str) -> Sequence:
    """Parts one after the other; a text is the steps of single letters."""
    return Sequence(tuple(map(_part, parts)))


def choice(*parts: Node | str) -> Choice:
    return Choice(tuple(map(_part, parts)))


def _part(part: Node | str) -> Node:
    if not isinstance(part, str):
        return part
    return Step(part) if len(part) == 1 else row(*part)


def skipped(root: Node, trace: str | list[str]) -> list[str]:
    """What the moves of a trace leave out, in order: steps and choices, each block once."""
    space = compile_space(root)
    choices = choices_of(root, space.labels)
    labels, starts = coded(space, [list(trace)])
    moves = align(space, labels, starts)
    found = explain_moves(moves, labels, starts, choices)
    said: list[str] = []
    for kind, label, one in zip(found.kind, moves.label, found.choice, strict=True):
        if kind in (MoveClass.SKIPPED, MoveClass.TAIL):
            name = space.labels[label] if one == NOWHERE else choices.names[one]
            if one == NOWHERE or said[-1:] != [name]:
                said.append(name)
    return said


@pytest.mark.parametrize(
    ("root", "trace", "expected"),
    [
        (row("A", choice("B", "C"), "D"), "AD", ["B or C"]),
        (row("A", choice("B", "C"), "D"), "ABD", []),
        (row("A", choice("B", "C"), "D"), "ACD", []),
        # what came instead is extra, and the choice is skipped, not its first branch replaced
        (row("A", choice("B", "C"), "D"), "AxD", ["B or C"]),
        # the whole branch that the alignment goes through, once
        (row("A", choice("BE", "CF"), "D"), "AD", ["B or C"]),
        # of a part of a branch something was seen
        (row("A", choice("BE", "C"), "D"), "ABD", ["E"]),
        (row("A", choice("BE", "CF"), "D"), "AED", ["B"]),
        # an event elsewhere is that of the step
        (row("A", choice("B", "C"), "DE"), "ADEB", []),
        (row("A", choice("B", "C"), "DE"), "ADEC", ["B or C"]),
        # inside each other: the outermost of which nothing was seen
        (row("A", choice(row("B", choice("C", "E")), "F"), "D"), "AD", ["B or F"]),
        (row("A", choice(row("B", choice("C", "E")), "F"), "D"), "ABD", ["C or E"]),
        (row("A", choice(choice("B", "C"), "E"), "D"), "AD", ["B or C or E"]),
        # branches that may be left out cost nothing
        (row("A", choice("B", Optional(Step("C"))), "D"), "AD", []),
        (row("A", Optional(choice("B", "C")), "D"), "AD", []),
        (row("A", choice(row(Optional(Step("B")), "C"), "E"), "D"), "AD", ["B or E"]),
        # in any order, and each time of what repeats
        (row(AnyOrder((choice("B", "C"), choice("D", "E"), Step("F"))), "G"), "FG",
         ["B or C", "D or E"]),
        (row(Repeat(row("A", choice("B", "C"))), "G"), "ABAG", ["B or C"]),
        (row(Repeat(row("A", choice("BD", "C"))), "G"), "ABDABG", ["D"]),
        (row(Repeat(row("A", Repeat(choice("BD", "C")))), "G"), "ABDCAG", ["B or C"]),
        # in the tail too
        (row("A", choice("B", "C")), "A", ["B or C"]),
    ],
)  # fmt: skip
def test_what_is_left_out(root, trace, expected):
    assert skipped(root, trace) == expected


@pytest.mark.parametrize(
    ("ways", "trace", "expected"),
    [
        ((choice("PQ", "PR"), row("P", choice("Q", "R"))), "", ["P", "Q or R"]),
        ((choice("PQ", "PR"), row("P", choice("Q", "R"))), "P", ["Q or R"]),
        ((choice("QP", "RP"), row(choice("Q", "R"), "P")), "P", ["Q or R"]),
        ((choice("PQ", "PR", "S"), choice(row("P", choice("Q", "R")), "S")), "", ["P or S"]),
        ((choice("PQ", "PR", "S"), choice(row("P", choice("Q", "R")), "S")), "P", ["Q or R"]),
        ((choice("P", "PQ"), row("P", Optional(Step("Q")))), "", ["P"]),
        ((choice("P", choice("Q", "R")), choice("P", "Q", "R")), "", ["P or Q or R"]),
        ((choice("PQT", "PRT"), row("P", choice("Q", "R"), "T")), "T", ["P", "Q or R"]),
        ((choice("P", "P"), Step("P")), "", ["P"]),
    ],
)
def test_however_it_is_written(ways, trace, expected):
    for way in ways:
        assert skipped(row(way, "G"), [*trace, "G"]) == expected


def test_names_are_in_the_order_of_the_file():
    root = row(choice("QP", "S", "RP"), choice("K", "L"))
    found = choices_of(root, compile_space(root).labels)
    assert found.names == ("Q or S or R", "Q or R", "K or L")
    assert found.named_by("R") == (0, 1)
    assert found.named_by("P") == ()


def test_an_ideal_without_choices_names_none():
    found = choices_of(row("AB", Repeat(Step("C"))), ("A", "B", "C"))
    assert found.names == () and found.repeated == ()


Item = tuple[int, str, bool]  # move, step, whether it was seen


def passages(node: Node, items: list[Item]) -> Iterator[list[tuple[Choice, list[Item]]]]:
    """Every way to read a run as a part: the choices passed, outer ones first, with their moves."""
    match node:
        case Step():
            if [name for _, name, _ in items] == [node.name]:
                yield []
        case Optional():
            if not items:
                yield []
            yield from passages(node.node, items)
        case Choice():
            for part in node.nodes:
                for inner in passages(part, items):
                    yield [(node, items), *inner]
        case AnyOrder():
            inside = [{step.name for step in steps_of(part)} for part in node.nodes]
            if all(any(name in names for names in inside) for _, name, _ in items):
                mine = [[one for one in items if one[1] in names] for names in inside]
                yield from _joined(list(zip(node.nodes, mine, strict=True)))
        case Sequence():
            yield from _in_a_row(node.nodes, items)
        case Repeat():
            most = len(items) + node.min if node.max is None else node.max
            for times in range(node.min, min(most, max(len(items), node.min)) + 1):
                yield from _in_a_row((node.node,) * times, items)


def _in_a_row(
    nodes: tuple[Node, ...], items: list[Item]
) -> Iterator[list[tuple[Choice, list[Item]]]]:
    if not nodes:
        if not items:
            yield []
        return
    for cut in range(len(items) + 1):
        for first in passages(nodes[0], items[:cut]):
            for rest in _in_a_row(nodes[1:], items[cut:]):
                yield first + rest


def _joined(parts: list[tuple[Node, list[Item]]]) -> Iterator[list[tuple[Choice, list[Item]]]]:
    if not parts:
        yield []
        return
    for first in passages(*parts[0]):
        for rest in _joined(parts[1:]):
            yield first + rest


@given(ideals_and_logs)
@examples(35)
def test_as_every_way_of_reading_the_run_has_it(ideal_and_log):
    """By brute force where each step has one place and the run is short."""
    root, log = ideal_and_log
    names = [step.name for step in steps_of(root)]
    if len(set(names)) < len(names):
        return
    space = compile_space(root)
    labels, starts = coded(space, log)
    moves = align(space, labels, starts)
    found = explain_moves(moves, labels, starts, choices_of(root, space.labels))
    for trace in range(len(log)):
        rows = [r for r in range(*moves.starts[trace : trace + 2]) if moves.kind[r] != Move.LOG]
        if len(rows) > 9:
            continue
        left_out = (MoveClass.SKIPPED, MoveClass.TAIL, MoveClass.REPLACED)
        items = [(r, space.labels[moves.label[r]], found.kind[r] not in left_out) for r in rows]
        mine = {r for r in rows if found.choice[r] != NOWHERE}
        readings = [
            {
                move
                for _, inside in read
                if not any(seen for *_, seen in inside)
                for move, *_ in inside
            }
            for read in passages(root, items)
        ]
        assert mine in readings


@given(ideals_and_logs)
@examples(33)
def test_only_model_moves_without_a_partner_belong_to_a_skipped_choice(ideal_and_log):
    root, log = ideal_and_log
    space = compile_space(root)
    labels, starts = coded(space, log)
    moves = align(space, labels, starts)
    found = explain_moves(moves, labels, starts, choices_of(root, space.labels))
    inside = found.choice != NOWHERE
    assert (moves.kind[inside] == Move.MODEL).all()
    assert np.isin(found.kind[inside], (MoveClass.SKIPPED, MoveClass.TAIL)).all()
    assert (found.partner[inside] == NOWHERE).all()
