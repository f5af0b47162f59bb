"""How much of what the ideal allows was ever seen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.conformance.alignments import Move
from cjmine.conformance.compare import Comparison
from cjmine.conformance.journey_rows import distinct_rows
from cjmine.counting.groups import Ints
from cjmine.ideal.space import StateSpace


@dataclass(frozen=True, slots=True)
class Runs:
    """Ways through the ideal: run r is `move[starts[r]:starts[r + 1]]`, gone by `journeys[r]`.

    A move is the label of its step times the number of states, plus the state that it leads to.
    """

    move: Ints
    starts: Ints
    journeys: Ints


def runs_of(comparison: Comparison, traces: Ints) -> Runs:
    """The run that the alignment of each of some distinct traces goes through, one each."""
    moves, states = comparison.moves, comparison.ideal.space.states
    is_wanted = np.zeros(len(comparison.variants), bool)
    is_wanted[traces] = True
    is_step = (moves.kind != Move.LOG) & is_wanted[moves.trace]
    move = moves.label[is_step].astype(np.int64) * states + moves.state[is_step]
    ends = np.concatenate([[0], np.cumsum(is_step)])[moves.starts[1:]]
    starts = np.concatenate([[0], ends[traces]])
    return Runs(move, starts, np.ones(len(traces), np.int64))


def precision(runs: Runs, space: StateSpace) -> float | None:
    """Align-ETC: of the steps allowed where journeys have been, the share that was ever taken.

    Each journey is read as the run of the ideal that its alignment goes through. At each beginning
    of a run, weighted with the journeys that go on from there: the distinct next steps of runs,
    over the distinct next steps that the ideal allows: from the one state of its deterministic
    space, so from all places of the written journey where that beginning may be. 1 for an ideal
    without freedom; None without any run. Source: Adriansyah, Munoz-Gama, Carmona, van Dongen, van
    der Aalst, Measuring precision of modeled behavior (2015), one optimal alignment a trace.
    """
    steps = max(len(space.labels), 1)
    label, state = np.divmod(runs.move, space.states)
    begins, lengths = runs.starts[:-1], np.diff(runs.starts)
    options = np.bincount(space.source, minlength=space.states)
    allowed = taken = 0
    node = np.zeros(len(lengths), np.int64)
    here = np.zeros(len(lengths), np.int64)
    active = np.flatnonzero(lengths > 0)
    depth = 0
    while len(active):
        weight = np.bincount(node[active], runs.journeys[active])
        state_of = np.zeros(len(weight), np.int64)
        state_of[node[active]] = here[active]
        allowed += int(weight @ options[state_of])
        onward = node[active] * steps + label[begins[active] + depth]
        seen = distinct_rows(onward)[0]
        taken += int(weight[seen // steps].sum())
        node[active] = np.searchsorted(seen, onward)
        here[active] = state[begins[active] + depth]
        depth += 1
        active = active[lengths[active] > depth]
    return taken / allowed if allowed else None
