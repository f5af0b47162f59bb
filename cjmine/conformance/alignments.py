"""Exact alignments: the cheapest pairing of every trace with the ideal, costs and moves.

Traces that end alike share work: reversed, they form a prefix tree. Each of its nodes holds, for
every state of the ideal, the least cost to go from that state with those events still to come,
computed from its parent; all nodes of one depth at once. Moves are then read forward, for all
traces at once, so that the choice among equally cheap alignments is always the same: a
synchronous move before a log move before a model move, and the step that is first in the file.
The space is deterministic: the same moves always lead to the same state, so the choice is one
among moves only, and does not depend on how the ideal was written.

Unit costs (Adriansyah 2014): a synchronous move 0, a log move 1, a model move 1.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from cjmine.conformance.suffixes import Costs, by_ending, chunks, suffix_costs
from cjmine.counting.groups import Ints
from cjmine.ideal.space import StateSpace

NOWHERE = -1  # a label that the ideal does not have; no event; no step


class Move(IntEnum):
    """What an alignment does with an event, a step, or both."""

    SYNCHRONOUS = 0
    LOG = 1
    MODEL = 2


@dataclass(frozen=True, slots=True)
class Alignments:
    """The canonical optimal alignment of each trace.

    Trace v has the moves `starts[v]` up to `starts[v + 1]`. `event` is the place of the event in
    its trace, `NOWHERE` for a model move; `label` the label of the step, `NOWHERE` for a log move;
    `state` where in the ideal the move leads; `trace` the trace of each move.
    """

    cost: Ints
    starts: Ints
    kind: npt.NDArray[np.uint8]
    event: npt.NDArray[np.int32]
    label: npt.NDArray[np.int32]
    state: npt.NDArray[np.int32]
    trace: Ints = field(init=False)

    def __post_init__(self) -> None:
        """Hold what must be true of every alignment: costs are the moves that do not match."""
        cheap = np.concatenate([[0], np.cumsum(self.kind != Move.SYNCHRONOUS)])
        if not np.array_equal(np.diff(cheap[self.starts]), self.cost):
            raise AssertionError("the moves of an alignment do not add up to its cost")
        trace = np.repeat(np.arange(len(self.cost)), np.diff(self.starts))
        object.__setattr__(self, "trace", trace)

    def count(self, kind: Move) -> Ints:
        """How many moves of a kind each trace has."""
        seen = np.concatenate([[0], np.cumsum(self.kind == kind)])
        return np.diff(seen[self.starts])


def align(space: StateSpace, labels: npt.NDArray[np.int32], starts: Ints) -> Alignments:
    """Align traces with the ideal; distinct ones for speed, but any will do.

    Parameters
    ----------
    labels
        The label of each event, as its place in `space.labels`; `NOWHERE` for an unknown one.
    starts
        Trace v holds the events `starts[v]` up to `starts[v + 1]`; empty traces are fine.

    Memory is bounded: traces are worked on in chunks; a single trace is never split.

    Examples
    --------
    >>> from cjmine.ideal.nodes import Sequence, Step
    >>> from cjmine.ideal.space import compile_space
    >>> space = compile_space(Sequence((Step("Search"), Step("Buy"))))
    >>> align(space, np.array([0, -1, 1, 1], np.int32), np.array([0, 3, 4])).cost.tolist()
    [1, 1]
    """
    order = by_ending(labels, starts)
    ways, parts = Ways.of(space), []
    for chunk in chunks(np.diff(starts)[order], space.states):
        parts.append(_aligned(suffix_costs(space, labels, starts, order[chunk]), ways))
    if not parts:
        nothing = np.zeros(0, np.int32)
        return Alignments(
            np.zeros(0, np.int64), np.zeros(1, np.int64), nothing.astype(np.uint8), *[nothing] * 3
        )
    return _in_order(parts, order)


@dataclass(frozen=True, slots=True)
class Ways:
    """The transitions of each state in the order of the file.

    Those of state s are `of_state[s]` up to `of_state[s + 1]`; `by_label[s, l]` is where label l
    leads from s, `NOWHERE` if it does not.
    """

    target: Ints
    label: Ints
    of_state: Ints
    by_label: npt.NDArray[np.int16]

    @classmethod
    def of(cls, space: StateSpace) -> Ways:
        """Sort the transitions of a space."""
        order = np.lexsort((space.label, space.source))
        by_label = np.full((space.states, len(space.labels)), NOWHERE, np.int16)
        by_label[space.source, space.label] = space.target
        return cls(
            space.target[order],
            space.label[order],
            np.searchsorted(space.source[order], np.arange(space.states + 1)),
            by_label,
        )


def _aligned(costs: Costs, ways: Ways) -> Alignments:
    """The alignments of some traces, read forward."""
    count = len(costs.node)
    state = np.zeros(count, np.int64)
    node = costs.node.copy()
    togo = costs.table[node, 0].astype(np.int64)
    total = togo.copy()
    place = np.zeros(count, np.int64)
    moves = np.zeros(count, np.int64)
    steps: list[tuple[Ints, npt.NDArray[np.uint8], Ints, Ints, Ints]] = []
    active = np.flatnonzero((node > 0) | (togo > 0))
    while len(active):
        kind = np.full(len(active), Move.MODEL, np.uint8)
        label = np.full(len(active), NOWHERE, np.int64)
        here, at = state[active], node[active]
        left = togo[active]
        onto = _matched(costs, ways, here, at, left)
        is_match = onto >= 0
        kind[is_match] = Move.SYNCHRONOUS
        label[is_match] = costs.label[at[is_match]]
        is_log = ~is_match & (at > 0)
        is_log[is_log] = costs.table[costs.parent[at[is_log]], here[is_log]] + 1 == left[is_log]
        kind[is_log] = Move.LOG
        onto[is_log] = here[is_log]
        is_model = ~is_match & ~is_log
        taken = _model_moves(costs, ways, here[is_model], at[is_model], left[is_model])
        onto[is_model], label[is_model] = ways.target[taken], ways.label[taken]
        event = np.where(is_model, NOWHERE, place[active])
        steps.append((active, kind, event, label, onto))
        state[active] = onto
        node[active] = np.where(is_model, at, costs.parent[at])
        togo[active] = left - ~is_match
        place[active] += ~is_model
        moves[active] += 1
        active = active[(node[active] > 0) | (togo[active] > 0)]
    return _gathered(total, moves, steps)


def _matched(costs: Costs, ways: Ways, here: Ints, at: Ints, left: Ints) -> Ints:
    """Where the next event leads as a synchronous move that is part of a cheapest alignment."""
    onto = np.full(len(here), NOWHERE, np.int64)
    asked = np.flatnonzero(costs.label[at] >= 0)
    target = ways.by_label[here[asked], costs.label[at[asked]]]
    known = target >= 0
    asked, target = asked[known], target[known]
    good = costs.table[costs.parent[at[asked]], target] == left[asked]
    onto[asked[good]] = target[good]
    return onto


def _model_moves(costs: Costs, ways: Ways, here: Ints, at: Ints, left: Ints) -> Ints:
    """The first transition from each state that is part of a cheapest alignment."""
    taken = ways.of_state[here].copy()
    asked = np.arange(len(here))
    while len(asked):
        good = costs.table[at[asked], ways.target[taken[asked]]] + 1 == left[asked]
        asked = asked[~good]
        taken[asked] += 1
    return taken


def _gathered(
    total: Ints,
    moves: Ints,
    steps: list[tuple[Ints, npt.NDArray[np.uint8], Ints, Ints, Ints]],
) -> Alignments:
    """Moves one behind the other, trace by trace; step t of a trace is its move t."""
    starts = np.concatenate([[0], np.cumsum(moves)])
    kinds = np.empty(starts[-1], np.uint8)
    columns = [np.empty(starts[-1], np.int32) for _ in range(3)]
    for number, (active, kind, *values) in enumerate(steps):
        where = starts[active] + number
        kinds[where] = kind
        for column, value in zip(columns, values, strict=True):
            column[where] = value
    return Alignments(total, starts, kinds, *columns)


def _in_order(parts: list[Alignments], order: Ints) -> Alignments:
    """The parts put together, the traces in their own order again."""
    cost = np.concatenate([part.cost for part in parts])
    lengths = np.concatenate([np.diff(part.starts) for part in parts])
    begins = np.concatenate([[0], np.cumsum(lengths)])[:-1]
    back = np.empty(len(order), np.int64)
    back[order] = np.arange(len(order))
    starts = np.concatenate([[0], np.cumsum(lengths[back])])
    rows = np.arange(starts[-1]) + np.repeat(begins[back] - starts[:-1], lengths[back])
    return Alignments(
        cost[back],
        starts,
        np.concatenate([part.kind for part in parts])[rows],
        np.concatenate([part.event for part in parts])[rows],
        np.concatenate([part.label for part in parts])[rows],
        np.concatenate([part.state for part in parts])[rows],
    )
