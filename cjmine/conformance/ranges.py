"""What is left out or extra in every cheapest alignment, and in some: not only in the one shown.

Several alignments may cost the same, and which of them is shown is a matter of convention. For
each trace this goes through all cheapest alignments at once: from the front to find which states
lie on them, at which endings; then from the end with two masks for each of these places, one bit
for each step that may be left out and each touchpoint that may be extra. One mask joins what
occurs in some way onward, the other keeps what occurs in all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from cjmine.conformance.alignments import NOWHERE, Ways
from cjmine.conformance.cheapest import Level, cheapest_moves
from cjmine.conformance.suffixes import Costs, Table, by_ending, chunks, suffix_costs
from cjmine.ideal.space import StateSpace

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Masks = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int32]
_WORD = 64
_SMALLER = 4  # masks take more room than costs: chunks are so many times smaller


@dataclass(frozen=True, slots=True)
class Range:
    """Which traces can have a deviation: one row for each trace and name, sorted by them.

    A pair without a row occurs in no cheapest alignment of the trace, one with a row in some of
    them, and with `is_certain` in every one.
    """

    trace: Ints
    name: Ints
    is_certain: Flags


@dataclass(frozen=True, slots=True)
class Ranges:
    """`left_out`: steps with a model move, by label; `extra`: touchpoints with a log move."""

    left_out: Range
    extra: Range


def attribution_ranges(
    space: StateSpace,
    touchpoint: npt.NDArray[np.int32],
    step_of: npt.NDArray[np.int32],
    starts: Ints,
) -> Ranges:
    """What every cheapest alignment of a trace leaves out or has extra, and what only some do.

    Parameters
    ----------
    touchpoint
        The touchpoint of each event, from 0 on.
    step_of
        The label of each touchpoint in `space.labels`; `NOWHERE` if the ideal lacks it. Several
        touchpoints may mean one step.
    starts
        Trace v holds the events `starts[v]` up to `starts[v + 1]`; empty traces are fine.

    In how many journeys: `np.bincount(range.name, journeys[range.trace])`, and the same over the
    rows that are certain; the number in the alignments shown lies between. That a trace can have
    several optimal alignments: van der Aalst, Adriansyah, van Dongen, Replaying history on process
    models for conformance checking and performance analysis (2012).

    Examples
    --------
    >>> from cjmine.ideal.nodes import Sequence, Step
    >>> from cjmine.ideal.space import compile_space
    >>> space = compile_space(Sequence((Step("Search"), Step("Compare"), Step("Buy"))))
    >>> order = np.arange(3, dtype=np.int32)
    >>> found = attribution_ranges(space, np.array([0, 2, 1], np.int32), order, np.array([0, 3]))
    >>> found.left_out.name.tolist(), found.left_out.is_certain.tolist()
    ([1, 2], [False, False])
    """
    steps, known = len(space.labels), np.flatnonzero(step_of >= 0)
    sign_of = np.full(len(step_of), NOWHERE, np.int32)
    sign_of[known] = np.arange(len(known), dtype=np.int32)
    signs = sign_of[touchpoint]
    of_sign = _by_touchpoint(space, step_of[known])
    ways, by_sign = Ways.of(space), Ways.of(of_sign).by_label
    bits = _bits(steps + len(known))
    order = by_ending(signs, starts)
    pairs, certain = [np.zeros((2, 0), np.int64)], [np.zeros(0, bool)]
    for chunk in chunks(np.diff(starts)[order], _SMALLER * space.states):
        costs = suffix_costs(of_sign, signs, starts, order[chunk])
        some, every = _masks(costs, cheapest_moves(costs, ways, by_sign), bits, len(known))
        row, bit = np.nonzero(some)
        pairs.append(np.stack([order[chunk][row], bit]))
        certain.append(every[row, bit])
    (trace, bit), is_certain = np.concatenate(pairs, axis=1), np.concatenate(certain)
    is_step = bit < steps
    left_out = _sorted(trace[is_step], bit[is_step], is_certain[is_step])
    events = np.arange(starts[0], starts[-1])
    unknown = events[signs[events] == NOWHERE]  # extra in every alignment
    side = max(len(step_of), 1)
    of_unknown = np.repeat(np.arange(len(starts) - 1), np.diff(starts))[unknown - starts[0]]
    pair = np.sort(of_unknown * side + touchpoint[unknown])
    pair = pair[np.diff(pair, prepend=-1) != 0]
    extra = _sorted(
        np.concatenate([trace[~is_step], pair // side]),
        np.concatenate([known[bit[~is_step] - steps], pair % side]),
        np.concatenate([is_certain[~is_step], np.ones(len(pair), bool)]),
    )
    return Ranges(left_out, extra)


def _sorted(trace: Ints, name: Ints, is_certain: Flags) -> Range:
    order = np.lexsort((name, trace))
    return Range(trace[order], name[order], is_certain[order])


def _by_touchpoint(space: StateSpace, step: npt.NDArray[np.int32]) -> StateSpace:
    """The space with a label for each touchpoint, which leads where its step does."""
    rows = [np.flatnonzero(space.label == label) for label in step.tolist()]
    every = np.concatenate([np.zeros(0, np.int64), *rows])
    return replace(
        space,
        labels=tuple(space.labels[label] for label in step.tolist()),
        source=space.source[every],
        label=np.repeat(np.arange(len(rows)), [len(one) for one in rows]),
        target=space.target[every],
    )


def _bits(count: int) -> Masks:
    """The mask of each bit; one empty mask more, so that bit -1 is none."""
    mask = np.zeros((count + 1, count // _WORD + 1), "<u8")
    bit = np.arange(count)
    mask[bit, bit // _WORD] = np.uint64(1) << (bit % _WORD).astype(np.uint64)
    return mask


def _masks(costs: Costs, levels: list[Level], bits: Masks, touchpoints: int) -> tuple[Flags, Flags]:
    """For each trace which bits occur in some cheapest alignment, and which in every one.

    Bits are the steps, and behind them the touchpoints.
    """
    states, words = costs.table.shape[1], bits.shape[1]
    begins = costs.node * states
    order = np.argsort(begins, kind="stable")
    bounds = np.searchsorted(begins[order], costs.levels * states)
    of_traces = np.zeros((2, len(begins), words), bits.dtype)
    number = np.zeros(costs.table.size, np.int32)  # of a place in its level
    left = costs.table.ravel()
    before = of_traces[:, :0]
    for level, first, last in zip(levels, bounds[:-1], bounds[1:], strict=True):
        masks = np.zeros((2, len(level.place), words), bits.dtype)
        some, every = masks
        every[:] = ~every
        if level is levels[0]:
            every[left[level.place] == 0] = 0  # an end: nothing occurs from here on
        touchpoint = np.where(level.sign < 0, NOWHERE, level.sign + len(bits) - 1 - touchpoints)
        for onto, bit in ((level.match, None), (level.log, touchpoint)):
            rows = np.flatnonzero(onto != NOWHERE)
            onward = before[:, number[onto[rows]]]
            if bit is not None:
                onward |= bits[bit[rows]]
            some[rows] |= onward[0]
            every[rows] &= onward[1]
        number[level.place] = np.arange(len(level.place), dtype=np.int32)
        _add_model_moves(some, every, level, number, left, bits)
        chosen = order[first:last]
        of_traces[:, chosen] = masks[:, number[begins[chosen]]]
        before = masks
    shown = np.unpackbits(of_traces.view(np.uint8), axis=2, count=len(bits) - 1, bitorder="little")
    some, every = shown.view(np.bool_)
    return some, every


def _add_model_moves(
    some: Masks, every: Masks, level: Level, number: Numbers, left: Table, bits: Masks
) -> None:
    """Join what model moves lead to; where fewer of them are to come is complete first."""
    source, target, bit = number[level.source], number[level.target], bits[level.label]
    to_come = left[level.source]
    steps = np.flatnonzero(np.diff(to_come, prepend=-1, append=-1))
    for first, last in zip(steps[:-1].tolist(), steps[1:].tolist(), strict=True):
        rows = slice(first, last)
        begins = np.flatnonzero(np.diff(source[rows], prepend=-1))
        here = source[rows][begins]
        some[here] |= np.bitwise_or.reduceat(some[target[rows]] | bit[rows], begins)
        every[here] &= np.bitwise_and.reduceat(every[target[rows]] | bit[rows], begins)
