"""The ideal journey as a finite state space: where one can be, and which steps lead on.

States are what a journey may still do, each of them once: the minimal deterministic automaton.
Every transition is a visible step, so that the distance between two states is the number of steps
that a journey must take on the way. Ideals that allow the same journeys, their steps in the same
order, have the same space, however they are written.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cjmine.ideal.graph import graph_of
from cjmine.ideal.minimal import Graph, minimal
from cjmine.ideal.nodes import Node
from cjmine.ideal.reach import reached

FAR = 10_000  # more steps than any journey has left; two of them still fit in 16 bits

_AT_ONCE = 4_000_000  # ways looked at together

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class StateSpace:
    """States 0 (the beginning) to n-1, and steps from state to state.

    Transition t leads from `source[t]` by the label `label[t]` to `target[t]`; a state has at most
    one for each label. Transitions are sorted by label, which is the order of the file, then by
    source. From every state a way leads to an end, unless there is no journey at all.
    `distance[s, t]` is the least number of steps from s to t, `to_end[s]` that to a state in which
    the journey may end; `FAR` where there is no way.
    """

    labels: tuple[str, ...]
    source: Ints
    label: Ints
    target: Ints
    distance: npt.NDArray[np.int16]
    to_end: npt.NDArray[np.int16]

    @property
    def states(self) -> int:
        """The number of states."""
        return len(self.to_end)

    @property
    def shortest(self) -> int:
        """The number of steps of the shortest ideal journey."""
        return int(self.to_end[0])


def compile_space(root: Node, file: str = "") -> StateSpace:
    """The state space of a part.

    Raises
    ------
    UsageError
        J111: too many states, mostly because of a large any-order.

    Examples
    --------
    >>> from cjmine.ideal.nodes import Optional, Sequence, Step
    >>> compile_space(Sequence((Step("Search"), Optional(Step("Compare")), Step("Buy")))).shortest
    2
    """
    labels, graph = graph_of(root, file)
    return state_space(labels, graph, file)


def state_space(labels: tuple[str, ...], graph: Graph, file: str = "") -> StateSpace:
    """The state space of a graph; steps that are on no way to an end are left out.

    >>> dead = Graph(3, 0, frozenset({1}), (), ((0, 0, 2), (0, 1, 1)))
    >>> state_space(("Search", "Buy"), dead).labels
    ('Buy',)
    """
    automaton = minimal(graph, file, labels)
    rows = sorted(
        (label, source, target)
        for source, ways in enumerate(automaton.ways)
        for label, target in ways.items()
    )
    table = np.array(rows, np.int64).reshape(-1, 3)
    used, label = np.unique(table[:, 0], return_inverse=True)
    distance = _distances(len(automaton.ways), table[:, 1], table[:, 2])
    to_end = distance[:, sorted(automaton.ends)].min(axis=1, initial=FAR)
    names = tuple(labels[one] for one in used.tolist())
    return StateSpace(names, table[:, 1], label, table[:, 2], distance, to_end)


def _distances(states: int, source: Ints, target: Ints) -> npt.NDArray[np.int16]:
    """The least number of steps between any two states: from all at once, step by step.

    Each pair of states is looked at once, and none any more once all that can be reached from its
    first state is: so long rows of steps, and of steps that may be left out, cost little.
    """
    ways = np.unique(source * states + target)  # two steps between the same states are one way
    leaving, onward = np.divmod(ways, states)
    first = np.searchsorted(leaving, np.arange(states + 1))
    degree = np.diff(first)
    each = [part.tolist() for part in np.split(onward, first[1:-1])]
    within = reached(each, [1 << state for state in range(states)])
    missing = np.array([bits.bit_count() for bits in within], np.int64) - 1
    distance = np.full(states * states, FAR, np.int16)
    pairs = np.arange(states) * (states + 1)  # pairs (from, to) as one number: each with itself
    distance[pairs] = 0
    for steps in range(1, states):
        pairs = pairs[missing[pairs // states] > 0]
        if not len(pairs):
            break
        parts = np.array_split(pairs, 1 + int(degree[pairs % states].sum()) // _AT_ONCE)
        found = [_beyond(part, states, first, degree, onward, distance, steps) for part in parts]
        pairs = np.concatenate(found)
        missing -= np.bincount(pairs // states, minlength=states)
    return distance.reshape(states, states)


def _beyond(
    pairs: Ints,
    states: int,
    first: Ints,
    degree: Ints,
    onward: Ints,
    distance: npt.NDArray[np.int16],
    steps: int,
) -> Ints:
    """The pairs that are one step further than some others and were not reached before."""
    begin, here = np.divmod(pairs, states)
    many = degree[here]
    ends = np.cumsum(many)
    way = np.arange(int(many.sum())) + np.repeat(first[here] - ends + many, many)
    further = np.repeat(begin, many) * states + onward[way]
    new = np.unique(further[distance[further] == FAR])
    distance[new] = steps
    return new
