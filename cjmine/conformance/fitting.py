"""Which traces the ideal allows as they are: those that an alignment costs nothing."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from cjmine.conformance.alignments import NOWHERE
from cjmine.counting.groups import Flags, Ints
from cjmine.ideal.space import StateSpace

ANYWHERE = -2  # a touchpoint that may come anywhere


def fitting(space: StateSpace, labels: npt.NDArray[np.int32], starts: Ints) -> Flags:
    """Which traces fit, without an alignment: the state space is deterministic, so it is followed.

    Trace v has the labels `starts[v]` up to `starts[v + 1]`: places in `space.labels`, `ANYWHERE`,
    or `NOWHERE` for what no ideal journey has. A trace is followed up to its first such event.

    >>> from cjmine.ideal.nodes import Sequence, Step
    >>> from cjmine.ideal.space import compile_space
    >>> space = compile_space(Sequence((Step("Search"), Step("Buy"))))
    >>> fitting(space, np.array([0, -2, 1, 1], np.int32), np.array([0, 3, 4])).tolist()
    [True, False]
    """
    states = space.states
    onward = np.full((states, len(space.labels) + 2), NOWHERE, np.int32)
    onward[space.source, space.label] = space.target
    onward[:, ANYWHERE] = np.arange(states)  # the last column but one; the last leads nowhere
    lengths = np.diff(starts)
    state = np.zeros(len(lengths), np.int32)
    active = np.flatnonzero(lengths)
    depth = 0
    while len(active):
        state[active] = onward[state[active], labels[starts[active] + depth]]
        depth += 1
        active = active[(state[active] != NOWHERE) & (lengths[active] > depth)]
    found: Flags = state != NOWHERE
    found[found] = space.to_end[state[found]] == 0
    return found
