"""The state space accepts what its journey means, and its distances are true."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ideal.journeys_at_random import parts
from strategies import (
    examples,
    rows,  # noqa: F401  the same examples on every run
)

from cjmine.errors import Code, UsageError
from cjmine.ideal.nodes import AnyOrder, Choice, Node, Optional, Repeat, Sequence, Step
from cjmine.ideal.space import FAR, StateSpace, compile_space

MOST = 4


def accepted(space: StateSpace, most: int = MOST) -> set[tuple[str, ...]]:
    """All words of at most so many steps."""
    found, front = set(), {((), 0)}
    for length in range(most + 1):
        found |= {word for word, state in front if space.to_end[state] == 0}
        if length < most:
            front = {
                ((*word, space.labels[space.label[way]]), int(space.target[way]))
                for word, state in front
                for way in np.flatnonzero(space.source == state)
            }
    return found


def meant(node: Node, most: int = MOST) -> set[tuple[str, ...]]:
    """The same from the definition of each part, without any states."""
    match node:
        case Step():
            return {(node.name,)} if most else set()
        case Optional():
            return {()} | meant(node.node, most)
        case Choice():
            return set().union(*(meant(part, most) for part in node.nodes))
        case Sequence():
            found = {()}
            for part in node.nodes:
                found = followed(found, meant(part, most), most)
            return found
        case AnyOrder():
            found = {()}
            for part in node.nodes:
                more = meant(part, most)
                found = {
                    word
                    for one in found
                    for other in more
                    if len(one) + len(other) <= most
                    for word in mixed(one, other)
                }
            return found
        case Repeat():
            once = meant(node.node, most)
            now, found = {()}, {()} if node.min == 0 else set()
            for times in range(1, (node.max or most + node.min) + 1):
                now = followed(now, once, most)
                if times >= node.min:
                    found |= now
            return found


def followed(first: set, second: set, most: int) -> set:
    return {one + other for one in first for other in second if len(one) + len(other) <= most}


def mixed(one: tuple, other: tuple) -> set:
    """Every way to deal two words into one, each in its own order."""
    if not one or not other:
        return {one + other}
    return {(one[0], *rest) for rest in mixed(one[1:], other)} | {
        (other[0], *rest) for rest in mixed(one, other[1:])
    }


@given(parts())
@examples(75)
def test_it_accepts_what_the_parts_mean(root):
    assert accepted(compile_space(root)) == meant(root)


@given(parts())
@examples(33)
def test_distances_are_the_least_numbers_of_steps(root):
    space = compile_space(root)
    for start in range(space.states):
        assert space.distance[start, start] == 0
        one_step = space.target[space.source == start]
        for state in range(space.states):
            if state != start:
                through = min((int(space.distance[one, state]) for one in one_step), default=FAR)
                assert space.distance[start, state] == min(FAR, through + 1)


@given(parts())
@examples(16)
def test_the_same_journey_gives_the_same_numbers(root):
    one, other = compile_space(root), compile_space(root)
    assert np.array_equal(one.source, other.source)
    assert np.array_equal(one.target, other.target)


@given(parts())
def test_a_step_leads_to_one_state_and_no_two_states_mean_the_same(root):
    """States that the same steps lead from to an end would be one: fewest states there can be."""
    space = compile_space(root)
    ways: list[dict[int, int]] = [{} for _ in range(space.states)]
    for source, label, target in zip(space.source, space.label, space.target, strict=True):
        assert label not in ways[source]
        ways[source][int(label)] = int(target)
    ends = space.to_end == 0
    differ = {(a, b) for a in range(space.states) for b in range(a) if ends[a] != ends[b]}
    before = -1
    while before != len(differ):
        before = len(differ)
        for a in range(space.states):
            for b in range(a):
                pairs = ((ways[a][one], ways[b][one]) for one in ways[a].keys() & ways[b].keys())
                if ways[a].keys() != ways[b].keys() or any(
                    (max(pair), min(pair)) in differ for pair in pairs
                ):
                    differ.add((a, b))
    assert len(differ) == space.states * (space.states - 1) // 2


def same(one: StateSpace, other: StateSpace) -> bool:
    return one.labels == other.labels and all(
        np.array_equal(getattr(one, name), getattr(other, name))
        for name in ("source", "label", "target", "distance", "to_end")
    )


@st.composite
def rewritten(draw: st.DrawFn, node: Node) -> Node:
    """The same journeys in other words, the steps first met in the same order."""
    again = list(getattr(node, "nodes", ())) or [getattr(node, "node", node)]
    parts = () if isinstance(node, Step) else tuple(draw(rewritten(part)) for part in again)
    match node:
        case Step():
            written = [node]
        case Sequence():
            written = [Sequence(parts)]
            if isinstance(parts[-1], Choice):
                *first, last = parts
                written += [Choice(tuple(Sequence((*first, one)) for one in last.nodes))]
            written += [Sequence((parts[0], Sequence(parts[1:])))] if len(parts) > 1 else []
        case Choice():
            written = [Choice(parts), Choice((parts[0], Choice((*parts[1:], parts[0]))))]
        case AnyOrder():
            written = [AnyOrder(parts)]
            if all(isinstance(part, Step) for part in parts):
                written += [Choice((Sequence(parts), Sequence(parts[::-1])))]
        case Optional():
            (part,) = parts
            written = [Optional(part), Repeat(part, 0, 1), Optional(Choice((part, Optional(part))))]
        case Repeat():
            (part,) = parts
            written = [Repeat(part, node.min, node.max)]
            if node.max is None:
                least = [part] * node.min
                written += [Sequence((*least, Repeat(part, 0)))]
                written += [Sequence((*least, Optional(Repeat(Choice((part, part))))))]
    return draw(st.sampled_from(written))


@given(st.data())
def test_the_same_journeys_in_other_words_are_the_same_space(data):
    root = data.draw(parts(st.sampled_from("ABCD")))
    other = data.draw(rewritten(root))
    assert same(compile_space(root), compile_space(other))


def test_a_common_beginning_may_be_written_once_or_in_each_branch():
    either = Choice((Step("Q"), Step("R")))
    once = Sequence((Step("P"), either, Step("G")))
    each = Choice((Sequence((Step("P"), Step("Q"))), Sequence((Step("P"), Step("R")))))
    assert same(compile_space(once), compile_space(Sequence((each, Step("G")))))


def test_who_skips_a_repetition_cannot_begin_it_again():
    root = Sequence((Optional(Sequence((Step("A"), Repeat(Step("B"))))), Step("C")))
    assert accepted(compile_space(root)) == {("C",), ("A", "B", "C"), ("A", "B", "B", "C")}


def test_an_empty_sequence_asks_for_nothing():
    assert accepted(compile_space(Sequence(()))) == {()}
    assert compile_space(Sequence((Step("A"), Sequence(())))).states == 2


def test_states_of_any_order_multiply_up_to_a_limit():
    assert compile_space(AnyOrder(tuple(Step(name) for name in "ABCDEFGHIJK"))).states == 2048
    with pytest.raises(UsageError) as refused:
        compile_space(AnyOrder(tuple(Step(str(number)) for number in range(20))), "journey.yaml")
    assert refused.value.code is Code.JOURNEY_TOO_LARGE
    with pytest.raises(UsageError):
        compile_space(Repeat(Step("A"), 900_000, None))


def test_optional_parts_in_any_order_take_no_more_states_than_they_need():
    assert compile_space(AnyOrder(tuple(Optional(Step(name)) for name in "ABCDEFGH"))).states == 256


def test_ends_of_many_branches_are_one():
    """30 steps or none, 20 times: where in a branch a repetition was left makes no difference."""
    branches = (*(Step(str(number)) for number in range(30)), Optional(Step("last")))
    assert compile_space(Repeat(Choice(branches), 0, 20)).states == 21


def test_parts_that_begin_alike_without_end_are_refused_before_they_fill_the_memory():
    """Which of the last 14 was an A must be known at every point: 2 to the 14 states."""
    either = Choice((Step("A"), Step("B")))
    with pytest.raises(UsageError) as refused:
        compile_space(Sequence((Repeat(either, 0), Step("A"), *[either] * 14)), "journey.yaml")
    assert refused.value.code is Code.JOURNEY_TOO_LARGE
    assert "begin alike" in refused.value.problems[0].message
