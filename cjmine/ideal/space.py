"""The ideal journey as a finite state space: where one can be, and which steps lead on.

States are what a journey may still do; every transition is a visible step. Silent moves (leaving
an optional part out, ending a repetition) are worked into the transitions, so that the distance
between two states is the number of steps that a journey must take on the way.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt

from cjmine.errors import Code, Place, Problem, UsageError
from cjmine.ideal.nodes import AnyOrder, Choice, Node, Optional, Repeat, Sequence, Step

MOST_STATES = 3_000
FAR = 10_000  # more steps than any journey has left; two of them still fit in 16 bits

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class StateSpace:
    """States 0 (the beginning) to n-1, and steps from state to state.

    Transition t leads from `source[t]` by the label `label[t]` to `target[t]`. Transitions are
    sorted: among several that would do, the first is the one whose step comes first in the file.
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


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the journey: states with silent and visible ways, from `0` to `end`."""

    states: int
    end: int
    silent: tuple[tuple[int, int], ...]
    visible: tuple[tuple[int, int, int], ...]


def compile_space(root: Node, file: str = "") -> StateSpace:
    """The state space of a part.

    Raises
    ------
    UsageError
        J111: more than `MOST_STATES` states, mostly because of a large any-order.

    Examples
    --------
    >>> compile_space(Sequence((Step("Search"), Optional(Step("Compare")), Step("Buy")))).shortest
    2
    """
    labels: dict[str, int] = {}
    part = _built(root, labels, file)
    return state_space(tuple(labels), part.states, 0, {part.end}, part.silent, part.visible, file)


def state_space(
    labels: tuple[str, ...],
    states: int,
    first: int,
    ends: set[int],
    silent: tuple[tuple[int, int], ...],
    visible: tuple[tuple[int, int, int], ...],
    file: str = "",
) -> StateSpace:
    """Work silent ways into visible ones; `visible` holds (source, label, target).

    Kept are the first state and those that a step leads to; what leads nowhere stays, at distance
    `FAR` from the end. States are numbered breadth first, ways in the order of the file.
    """
    onward: list[list[int]] = [[] for _ in range(states)]
    for source, target in silent:
        onward[source].append(target)
    leaving: list[list[tuple[int, int]]] = [[] for _ in range(states)]
    for source, label, target in sorted(visible):
        leaving[source].append((label, target))

    def quiet(state: int) -> list[int]:
        seen, pending = {state}, [state]
        while pending:
            for target in onward[pending.pop()]:
                if target not in seen:
                    seen.add(target)
                    pending.append(target)
        return sorted(seen)

    number = {first: 0}
    order = [first]
    rows: set[tuple[int, int, int]] = set()
    ending: list[bool] = []
    for state in order:
        closure = quiet(state)
        ending.append(any(one in ends for one in closure))
        ways = sorted({way for one in closure for way in leaving[one]})
        for label, target in ways:
            if target not in number:
                number[target] = len(order)
                order.append(target)
                _check_size(len(order), file)
            rows.add((label, number[state], number[target]))
    # By label, and among equal labels the earlier state: that is the order of the file.
    table = np.array(sorted(rows), np.int64).reshape(-1, 3)
    distance = _distances(len(order), table[:, 1], table[:, 2])
    final = np.flatnonzero(ending)
    to_end = distance[:, final].min(axis=1, initial=FAR)
    return StateSpace(labels, table[:, 1], table[:, 0], table[:, 2], distance, to_end)


def _distances(states: int, source: Ints, target: Ints) -> npt.NDArray[np.int16]:
    """The least number of steps between any two states: all sources at once, step by step."""
    toward = np.full((states, states), FAR, np.int16)  # one row for each state that is reached
    np.fill_diagonal(toward, 0)
    pairs = np.unique(np.stack([target, source]), axis=1)
    starts = np.flatnonzero(np.diff(pairs[0], prepend=-1))
    reached = pairs[0][starts]
    while len(reached):
        nearer = np.minimum.reduceat(toward[pairs[1]], starts, axis=0) + np.int16(1)
        if not (nearer < toward[reached]).any():
            break
        toward[reached] = np.minimum(toward[reached], nearer)
    return np.ascontiguousarray(toward.T)


def _check_size(states: int, file: str) -> None:
    if states > MOST_STATES:
        raise UsageError(
            Problem(
                Code.JOURNEY_TOO_LARGE,
                f"the journey can be in more than {MOST_STATES:,} states",
                Place(file or None),
                cause="steps in any order multiply: 11 of them make 2,048 states",
                remedy="split a large any-order, or give its steps an order",
            )
        )


def _built(node: Node, labels: dict[str, int], file: str) -> _Part:
    match node:
        case Step():
            label = labels.setdefault(node.name, len(labels))
            return _Part(2, 1, (), ((0, label, 1),))
        case Sequence():
            return _chained([_built(part, labels, file) for part in node.nodes])
        case Choice():
            return _branched([_built(part, labels, file) for part in node.nodes])
        case Optional():
            part = _built(node.node, labels, file)
            return _Part(part.states, part.end, (*part.silent, (0, part.end)), part.visible)
        case Repeat():
            return _repeated(_built(node.node, labels, file), node, file)
        case AnyOrder():
            return _shuffled([_built(part, labels, file) for part in node.nodes], file)


def _moved(part: _Part, by: int) -> _Part:
    return _Part(
        part.states,
        part.end + by,
        tuple((source + by, target + by) for source, target in part.silent),
        tuple((source + by, label, target + by) for source, label, target in part.visible),
    )


def _chained(parts: list[_Part]) -> _Part:
    states, end = 1, 0
    silent: list[tuple[int, int]] = []
    visible: list[tuple[int, int, int]] = []
    for part in parts:
        moved = _moved(part, states)
        silent += [(end, states), *moved.silent]
        visible += moved.visible
        states, end = states + part.states, moved.end
    return _Part(states, end, tuple(silent), tuple(visible))


def _branched(parts: list[_Part]) -> _Part:
    states = 1
    silent: list[tuple[int, int]] = []
    visible: list[tuple[int, int, int]] = []
    ends = []
    for part in parts:
        moved = _moved(part, states)
        silent += [(0, states), *moved.silent]
        visible += moved.visible
        ends.append(moved.end)
        states += part.states
    silent += [(end, states) for end in ends]
    return _Part(states + 1, states, tuple(silent), tuple(visible))


def _repeated(part: _Part, node: Repeat, file: str) -> _Part:
    """So many copies in a row; the last may begin again where there is no upper bound."""
    copies = max(node.min, 1) if node.max is None else node.max
    _check_size(copies * part.states // 2, file)
    chain = _chained([part] * copies)
    starts = [1 + copy * part.states for copy in range(copies)]
    # The end is a state of its own: who skips the part must not begin it again from there.
    end = chain.states
    silent = [*chain.silent, (chain.end, end)]
    if node.max is None:
        silent.append((chain.end, starts[-1]))
    silent += [(start, end) for start in starts[node.min :]]
    if node.min == 0:
        silent.append((0, end))
    return _Part(end + 1, end, tuple(silent), chain.visible)


def _shuffled(parts: list[_Part], file: str) -> _Part:
    """Every combination of where the branches are; one branch moves at a time."""
    parts = [_tight(part) for part in parts]
    states = 1
    for part in parts:
        states *= part.states
        _check_size(states, file)
    places = list(product(*(range(part.states) for part in parts)))
    number = {place: one for one, place in enumerate(places)}
    silent: list[tuple[int, int]] = []
    visible: list[tuple[int, int, int]] = []
    for place in places:
        for branch, part in enumerate(parts):

            def moved(target: int, place: tuple[int, ...] = place, branch: int = branch) -> int:
                return number[(*place[:branch], target, *place[branch + 1 :])]

            here = place[branch]
            silent += [(number[place], moved(to)) for one, to in part.silent if one == here]
            visible += [
                (number[place], label, moved(to)) for one, label, to in part.visible if one == here
            ]
    return _Part(states, number[tuple(part.end for part in parts)], tuple(silent), tuple(visible))


def _tight(part: _Part) -> _Part:
    """The same part without needless states, before it is multiplied with others."""
    label_count = 1 + max((label for _, label, _ in part.visible), default=0)
    names = tuple(str(label) for label in range(label_count))
    space = state_space(names, part.states, 0, {part.end}, part.silent, part.visible)
    ways = zip(space.source.tolist(), space.label.tolist(), space.target.tolist(), strict=True)
    endings = np.flatnonzero(space.to_end == 0).tolist()
    if len(endings) == 1 and endings[0] not in space.source:
        return _Part(space.states, endings[0], (), tuple(ways))
    # One more state, so that all ways to end lead to the same one, and none leads on from it.
    end = space.states
    return _Part(end + 1, end, tuple((state, end) for state in endings), tuple(ways))
