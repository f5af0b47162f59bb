"""Certain and possible: what all cheapest alignments say together, not the one that is shown."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from conformance.ideals import UNKNOWN, ideals_and_logs, sequence
from conformance.test_alignments_pm4py import ONBOARDING, of_real_log
from hypothesis import given
from hypothesis import strategies as st
from strategies import examples

from cjmine.conformance import suffixes
from cjmine.conformance.alignments import NOWHERE, Move, align
from cjmine.conformance.ranges import Range, Ranges, attribution_ranges
from cjmine.ideal.nodes import AnyOrder, Choice, Node, Repeat, Sequence, Step
from cjmine.ideal.space import StateSpace, compile_space

Log = list[list[str]]
Read = tuple[np.ndarray, np.ndarray, np.ndarray, tuple[str, ...]]


def read(space: StateSpace, log: Log, alias: dict[str, str] | None = None) -> Read:
    """Touchpoints as numbers, the step of each, where traces begin, and the touchpoints' names."""
    names = tuple(sorted({name for trace in log for name in trace}))
    steps = [(alias or {}).get(name, name) for name in names]
    step_of = [space.labels.index(one) if one in space.labels else NOWHERE for one in steps]
    touchpoint = [names.index(name) for trace in log for name in trace]
    starts = np.cumsum([0, *map(len, log)])
    return np.array(touchpoint, np.int32), np.array(step_of, np.int32), starts, names


def said(found: Range, names: tuple[str, ...], trace: int) -> tuple[set[str], set[str]]:
    """(certain, possible) names of one trace."""
    rows = found.trace == trace
    possible = [names[one] for one in found.name[rows]]
    assert len(possible) == len(set(possible))
    certain = [names[one] for one in found.name[rows & found.is_certain]]
    return set(certain), set(possible)


def ranges(
    root: Node, log: Log, alias: dict[str, str] | None = None
) -> list[tuple[set[str], set[str], set[str], set[str]]]:
    """For each trace: steps certainly and possibly left out, touchpoints so extra."""
    space = compile_space(root)
    touchpoint, step_of, starts, names = read(space, log, alias)
    found = attribution_ranges(space, touchpoint, step_of, starts)
    return [
        (*said(found.left_out, space.labels, trace), *said(found.extra, names, trace))
        for trace in range(len(log))
    ]


def slowly(
    space: StateSpace, trace: list[str], alias: dict[str, str] | None = None
) -> tuple[set[str], set[str], set[str], set[str]]:
    """The same from every cheapest alignment, written out one by one."""
    ways = [
        [(int(space.label[row]), int(space.target[row])) for row in np.flatnonzero(here)]
        for here in (space.source == state for state in range(space.states))
    ]
    step = [(alias or {}).get(name, name) for name in trace]

    @cache
    def cost(state: int, place: int) -> int:
        # Steps that lead on without an event, as many as needed: by the distances of the space.
        if place == len(trace):
            return int(space.to_end[state])
        best = cost(state, place + 1) + 1
        for source in range(space.states):
            for label, target in ways[source]:
                if space.labels[label] == step[place]:
                    far = int(space.distance[state, source])
                    best = min(best, far + cost(target, place + 1))
        return best

    @cache
    def all_from(state: int, place: int) -> frozenset[frozenset[tuple[str, str]]]:
        left, found = cost(state, place), set()
        if place == len(trace) and left == 0:
            found.add(frozenset())
        if place < len(trace) and cost(state, place + 1) + 1 == left:
            found |= {one | {("extra", trace[place])} for one in all_from(state, place + 1)}
        for label, target in ways[state]:
            name = space.labels[label]
            if place < len(trace) and name == step[place] and cost(target, place + 1) == left:
                found |= all_from(target, place + 1)
            if cost(target, place) + 1 == left:
                found |= {one | {("left out", name)} for one in all_from(target, place)}
        return frozenset(found)

    every = all_from(0, 0)
    certain, possible = frozenset.intersection(*every), frozenset.union(*every)
    return (
        {name for kind, name in certain if kind == "left out"},
        {name for kind, name in possible if kind == "left out"},
        {name for kind, name in certain if kind == "extra"},
        {name for kind, name in possible if kind == "extra"},
    )


def agree_with_all_alignments(root: Node, log: Log, alias: dict[str, str] | None = None) -> None:
    space = compile_space(root)
    for found, trace in zip(ranges(root, log, alias), log, strict=True):
        assert found == slowly(space, trace, alias)


@given(ideals_and_logs)
@examples(16)
def test_ranges_are_those_over_all_cheapest_alignments(root_and_log):
    agree_with_all_alignments(*root_and_log)


@pytest.mark.prove
@given(ideals_and_logs)
@examples(1_500)
def test_ranges_are_those_over_all_cheapest_alignments_on_many_journeys(root_and_log):
    agree_with_all_alignments(*root_and_log)


@given(ideals_and_logs)
@examples(13)
def test_touchpoints_that_mean_one_step_have_ranges_of_their_own(root_and_log):
    """Which of two events of a step is extra is a question about touchpoints."""
    agree_with_all_alignments(*root_and_log, alias={"B": "A", "x": "C", "D": "C"})


@given(ideals_and_logs)
@examples(16)
def test_the_alignment_shown_lies_between_certain_and_possible(root_and_log):
    root, log = root_and_log
    space = compile_space(root)
    touchpoint, step_of, starts, _ = read(space, log)
    shown = align(space, step_of[touchpoint], starts)
    for trace, (*out, certain, possible) in enumerate(ranges(root, log)):
        moves = slice(shown.starts[trace], shown.starts[trace + 1])
        kind, label, event = shown.kind[moves], shown.label[moves], shown.event[moves]
        left_out = {space.labels[one] for one in label[kind == Move.MODEL]}
        assert out[0] <= left_out <= out[1]
        extra = {log[trace][one] for one in event[kind == Move.LOG]}
        assert certain <= extra <= possible


@given(ideals_and_logs, st.integers(0, 3), st.integers(1, 12))
@examples(10)
def test_chunks_and_company_change_nothing(root_and_log, first, events):
    root, log = root_and_log
    space = compile_space(root)
    touchpoint, step_of, starts, _ = read(space, log)
    whole = attribution_ranges(space, touchpoint, step_of, starts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(suffixes, "_CHUNK_BYTES", 8 * space.states * events)
        chunked = attribution_ranges(space, touchpoint, step_of, starts)
    first = min(first, len(log))
    part = attribution_ranges(space, touchpoint, step_of, starts[first:])
    for one, other, some in zip(values(whole), values(chunked), values(part), strict=True):
        assert np.array_equal(one.trace, other.trace)
        assert np.array_equal(one.name, other.name)
        assert np.array_equal(one.is_certain, other.is_certain)
        kept = one.trace >= first
        assert np.array_equal(one.trace[kept] - first, some.trace)
        assert np.array_equal(one.name[kept], some.name)
        assert np.array_equal(one.is_certain[kept], some.is_certain)


def values(found: Ranges) -> tuple[Range, Range]:
    return found.left_out, found.extra


def test_one_of_two_swapped_steps_is_blamed_by_chance():
    """C and B changed places: either the one is extra and left out, or the other."""
    assert ranges(sequence("ABCD"), [list("ACBD")]) == [(set(), {"B", "C"}, set(), {"B", "C"})]


@pytest.mark.parametrize(
    ("root", "trace", "certain", "possible"),
    [
        (sequence("ABC"), "AC", {"B"}, {"B"}),
        (Sequence((Step("A"), Choice((Step("B"), Step("C"))))), "A", set(), {"B", "C"}),
        (Sequence((Step("A"), AnyOrder((Step("B"), Step("C"))))), "A", {"B", "C"}, {"B", "C"}),
        (Sequence((Step("A"), Repeat(Step("B"), 2))), "AB", {"B"}, {"B"}),
    ],
)
def test_which_steps_are_left_out(root, trace, certain, possible):
    assert ranges(root, [list(trace)]) == [(certain, possible, set(), set())]


def test_what_the_ideal_lacks_is_extra_in_every_alignment():
    found = ranges(sequence("AB"), [list("AxxB"), list("AB"), [UNKNOWN[1]]])
    assert found[0] == (set(), set(), {"x"}, {"x"})
    assert found[1] == (set(), set(), set(), set())
    assert found[2] == ({"A", "B"}, {"A", "B"}, {"y"}, {"y"})


def test_an_error_page_and_its_step_can_each_be_the_extra_one():
    found = ranges(sequence("AB"), [["A", "A error", "B"]], {"A error": "A"})
    assert found == [(set(), set(), set(), {"A", "A error"})]


@pytest.mark.parametrize("count", [63, 64, 65, 130])
def test_steps_and_touchpoints_that_need_more_than_one_word(count):
    names = [f"step {number}" for number in range(count)]
    space = compile_space(Sequence(tuple(map(Step, names))))
    log = [names[:-1], names[1:], names[1:2] + names[:1] + names[2:], names[::-1]]
    found = ranges(Sequence(tuple(map(Step, names))), log)
    assert found[0] == ({names[-1]}, {names[-1]}, set(), set())
    assert found[1] == ({names[0]}, {names[0]}, set(), set())
    either = set(names[:2])
    assert found[2] == (set(), either, set(), either)
    assert found[3] == (set(), set(names), set(), set(names))
    assert space.states == count + 1


def test_no_traces_and_empty_traces():
    assert ranges(sequence("AB"), []) == []
    assert ranges(sequence("A"), [[], ["A"]]) == [({"A"}, {"A"}, set(), set()), (set(),) * 4]


@pytest.mark.real_data
def test_who_is_blamed_in_the_onboarding_log_is_a_matter_of_convention():
    """Two neighbours come in the other order in 5,675 journeys: shown, only one is left out."""
    log, times = of_real_log("onboarding/onboard_client.csv", "process", "activity", "start")
    space = compile_space(ONBOARDING)
    touchpoint, step_of, starts, _ = read(space, log)
    found = attribution_ranges(space, touchpoint, step_of, starts).left_out
    steps = len(space.labels)
    possible = np.bincount(found.name, times[found.trace], steps)
    certain = np.bincount(found.name, times[found.trace] * found.is_certain, steps)
    shown = align(space, step_of[touchpoint], starts)
    missing = shown.kind == Move.MODEL
    blamed = np.bincount(shown.label[missing], times[shown.trace[missing]], steps)
    assert certain.astype(int).tolist() == [0, 0, 0, 0, 1163, 1163, 0]
    assert blamed.astype(int).tolist() == [0, 0, 0, 0, 1163, 6838, 0]
    assert possible.astype(int).tolist() == [0, 0, 0, 0, 6838, 6838, 0]
