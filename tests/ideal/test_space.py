"""The state space accepts what its journey means, and its distances are true."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from ideal.journeys_at_random import parts
from strategies import rows  # noqa: F401  the same examples on every run

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
@settings(max_examples=300)
def test_it_accepts_what_the_parts_mean(root):
    assert accepted(compile_space(root)) == meant(root)


@given(parts())
@settings(max_examples=100)
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
@settings(max_examples=50)
def test_the_same_journey_gives_the_same_numbers(root):
    one, other = compile_space(root), compile_space(root)
    assert np.array_equal(one.source, other.source)
    assert np.array_equal(one.target, other.target)


def test_who_skips_a_repetition_cannot_begin_it_again():
    root = Sequence((Optional(Sequence((Step("A"), Repeat(Step("B"))))), Step("C")))
    assert accepted(compile_space(root)) == {("C",), ("A", "B", "C"), ("A", "B", "B", "C")}


def test_states_of_any_order_multiply_up_to_a_limit():
    assert compile_space(AnyOrder(tuple(Step(name) for name in "ABCDEFGHIJK"))).states == 2048
    with pytest.raises(UsageError) as refused:
        compile_space(AnyOrder(tuple(Step(str(number)) for number in range(20))), "journey.yaml")
    assert refused.value.code is Code.JOURNEY_TOO_LARGE
    with pytest.raises(UsageError):
        compile_space(Repeat(Step("A"), 900_000, None))
