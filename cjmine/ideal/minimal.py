"""The one smallest deterministic automaton of a language, whatever way it was written in.

A graph may have several ways by one step from one state, and silent ways. Sets of its states make
it deterministic (Rabin and Scott 1959), states from which the same steps lead to an end are then
one (Hopcroft 1971), and states are numbered breadth first in the order of the steps: graphs with
the same language and the same order of steps give equal automata.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

import numpy as np

from cjmine.errors import Code, Place, Problem, UsageError
from cjmine.ideal.reach import reached

MOST_STATES = 3_000
_MOST_SETS = 4 * MOST_STATES
_MOST_WAYS = 600_000
_MOST_LOOKED_AT = 4_000_000  # states in all sets together: some seconds


@dataclass(frozen=True, slots=True)
class Graph:
    """States 0 to n-1, silent ways (source, target), ways by a step (source, label, target)."""

    states: int
    first: int
    ends: frozenset[int]
    silent: tuple[tuple[int, int], ...]
    visible: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Automaton:
    """For each state where a step leads, by label; state 0 is the beginning.

    Every state is on a way from the beginning to an end. Without any word, the one state is none
    of the ends.
    """

    ways: tuple[dict[int, int], ...]
    ends: frozenset[int]


def minimal(graph: Graph, file: str = "", labels: Sequence[str] = ()) -> Automaton:
    """The smallest deterministic automaton with the language of a graph.

    `labels` are the names of its steps, for messages.

    Raises
    ------
    UsageError
        J111: the states or ways of the automaton, or the sets on the way to it, are too many.

    Examples
    --------
    >>> twice = Graph(3, 0, frozenset({1, 2}), (), ((0, 0, 1), (0, 0, 2), (2, 1, 1)))
    >>> minimal(twice).ways
    ({0: 1}, {1: 2}, {})
    """
    automaton = _numbered(_merged(_without_dead_ends(_deterministic(graph, labels, file))))
    check_size(len(automaton.ways), file)
    return automaton


def check_size(states: int, file: str) -> None:
    """Refuse more states than an alignment can be computed for in short time and memory."""
    if states > MOST_STATES:
        raise _too_large(
            f"the journey can be in more than {MOST_STATES:,} states",
            "steps in any order multiply: 11 of them make 2,048 states",
            "split a large any-order, or give its steps an order",
            file,
        )


def _too_large(message: str, cause: str, remedy: str, file: str) -> UsageError:
    return UsageError(Problem(Code.JOURNEY_TOO_LARGE, message, Place(file or None), cause, remedy))


def _too_many_ways(widest: dict[int, int], labels: Sequence[str], file: str) -> UsageError:
    named = f', the first of them "{labels[min(widest)]}"' if labels else ""
    return _too_large(
        f"the journey has more than {_MOST_WAYS:,} ways from a step to the next",
        f"in one place {len(widest):,} steps may come next{named}: those before each may be left"
        " out",
        "make such steps parts of a choice, or drop those that nobody is asked to take",
        file,
    )


def _deterministic(graph: Graph, labels: Sequence[str], file: str) -> Automaton:
    """Each state of the result is the set of all states that the same steps lead to.

    Sets are whole numbers with one bit for each state that a step leads on from, and one more
    for all ends together: other states make no difference.
    """
    leaving: list[list[tuple[int, int]]] = [[] for _ in range(graph.states + 1)]
    for source, label, target in graph.visible:
        leaving[source].append((label, target))
    closed = _closures(graph, [bool(ways) for ways in leaving])
    number = {closed[graph.first]: 0}
    order = [closed[graph.first]]
    known: dict[tuple[int, ...], int] = {}  # the set that some targets close to together
    ways: list[dict[int, int]] = []
    looked_at = leading = 0
    for states in order:
        targets: dict[int, list[int]] = {}
        for state in _members(states):
            looked_at += 1
            for label, target in leaving[state]:
                targets.setdefault(label, []).append(target)
        onward: dict[int, int] = {}
        for label, several in targets.items():
            these = tuple(several)
            if these not in known:
                together = reduce(or_, map(closed.__getitem__, these))
                known[these] = number.setdefault(together, len(order))
                if known[these] == len(order):
                    order.append(together)
            onward[label] = known[these]
        ways.append(onward)
        leading += len(onward)
        if leading > _MOST_WAYS:
            raise _too_many_ways(max(ways, key=len), labels, file)
        if len(order) > _MOST_SETS or looked_at > _MOST_LOOKED_AT:
            raise _too_large(
                "the journey has too many parts that begin alike",
                "after the same steps it can be in too many places at once",
                "write what such parts have in common once, before the choice between them",
                file,
            )
    ends = frozenset(one for one, states in enumerate(order) if states >> graph.states)
    return Automaton(tuple(ways), ends)


def _closures(graph: Graph, has_steps: list[bool]) -> list[int]:
    """What silent ways lead to from each state."""
    onward: list[list[int]] = [[] for _ in range(graph.states)]
    for source, target in graph.silent:
        onward[source].append(target)
    own = [1 << state if leads else 0 for state, leads in enumerate(has_steps[: graph.states])]
    for end in graph.ends:
        own[end] |= 1 << graph.states
    return reached(onward, own)


def _members(states: int) -> list[int]:
    """The places of the bits of a number."""
    held = np.frombuffer(states.to_bytes(states.bit_length() // 8 + 1, "little"), np.uint8)
    places: list[int] = np.flatnonzero(np.unpackbits(held, bitorder="little")).tolist()
    return places


def _without_dead_ends(automaton: Automaton) -> Automaton:
    """Without the states from which no step leads to an end; process models have them."""
    before: list[list[int]] = [[] for _ in automaton.ways]
    for source, ways in enumerate(automaton.ways):
        for target in ways.values():
            before[target].append(source)
    alive, pending = set(automaton.ends), list(automaton.ends)
    while pending:
        for source in before[pending.pop()]:
            if source not in alive:
                alive.add(source)
                pending.append(source)
    if len(alive) == len(automaton.ways):
        return automaton
    return Automaton(
        tuple(
            {label: target for label, target in ways.items() if target in alive}
            if source in alive
            else {}
            for source, ways in enumerate(automaton.ways)
        ),
        automaton.ends,
    )


def _merged(automaton: Automaton) -> Automaton:
    """States from which the same steps lead to an end made one; the beginning stays state 0.

    Groups of states that have the same steps are split until all states of a group lead into the
    same groups. Of the two halves of a group only the smaller one needs to be looked at again.
    """
    into: list[list[tuple[int, int]]] = [[] for _ in automaton.ways]
    for source, ways in enumerate(automaton.ways):
        for label, target in ways.items():
            into[target].append((label, source))
    alike: dict[tuple[bool, frozenset[int]], set[int]] = {}
    for state, ways in enumerate(automaton.ways):
        alike.setdefault((state in automaton.ends, frozenset(ways)), set()).add(state)
    groups = list(alike.values())
    group_of = [0] * len(automaton.ways)
    for number, group in enumerate(groups):
        for state in group:
            group_of[state] = number
    waiting = set(range(len(groups)))
    while waiting:
        entering: dict[int, list[int]] = {}
        for state in groups[waiting.pop()]:
            for label, source in into[state]:
                entering.setdefault(label, []).append(source)
        for sources in entering.values():
            met: dict[int, set[int]] = {}
            for source in sources:
                met.setdefault(group_of[source], set()).add(source)
            for number, inside in met.items():
                outside = groups[number]
                if len(inside) == len(outside):
                    continue
                outside -= inside
                if number not in waiting and len(outside) < len(inside):
                    groups[number], inside = inside, outside
                for state in inside:
                    group_of[state] = len(groups)
                waiting.add(len(groups))
                groups.append(inside)
    first = group_of[0]
    swap = {first: 0, 0: first}
    place = [swap.get(group, group) for group in group_of]
    merged: list[dict[int, int]] = [{} for _ in groups]
    for source, ways in enumerate(automaton.ways):
        merged[place[source]] = {label: place[target] for label, target in ways.items()}
    return Automaton(tuple(merged), frozenset(place[end] for end in automaton.ends))


def _numbered(automaton: Automaton) -> Automaton:
    """States numbered as they are first met from the beginning, steps in the order of the file."""
    number, order = {0: 0}, [0]
    ways: list[dict[int, int]] = []
    for state in order:
        for _, target in sorted(automaton.ways[state].items()):
            if target not in number:
                number[target] = len(order)
                order.append(target)
        ways.append({label: number[one] for label, one in sorted(automaton.ways[state].items())})
    ends = frozenset(number[end] for end in automaton.ends if end in number)
    return Automaton(tuple(ways), ends)
