"""The one smallest deterministic automaton of a language, whatever way it was written in.

A graph may have several ways by one step from one state, and silent ways. Sets of its states make
it deterministic (Rabin and Scott 1959), states from which the same steps lead to an end are then
one (Hopcroft 1971), and states are numbered breadth first in the order of the steps: graphs with
the same language and the same order of steps give equal automata.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cjmine.errors import Code, Place, Problem, UsageError

MOST_STATES = 3_000
_MOST_SETS = 4 * MOST_STATES
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


def minimal(graph: Graph, file: str = "") -> Automaton:
    """The smallest deterministic automaton with the language of a graph.

    Raises
    ------
    UsageError
        J111: the automaton, or the sets of states on the way to it, are too many.

    Examples
    --------
    >>> twice = Graph(3, 0, frozenset({1, 2}), (), ((0, 0, 1), (0, 0, 2), (2, 1, 1)))
    >>> minimal(twice).ways
    ({0: 1}, {1: 2}, {})
    """
    automaton = _numbered(_merged(_without_dead_ends(_deterministic(graph, file))))
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


def _deterministic(graph: Graph, file: str) -> Automaton:
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
    ways: list[dict[int, int]] = []
    looked_at = 0
    for states in order:
        onward: dict[int, int] = {}
        for state in _members(states):
            looked_at += 1
            for label, target in leaving[state]:
                onward[label] = onward.get(label, 0) | closed[target]
        for target in onward.values():
            if target not in number:
                number[target] = len(order)
                order.append(target)
        if len(order) > _MOST_SETS or looked_at > _MOST_LOOKED_AT:
            raise _too_large(
                "the journey has too many parts that begin alike",
                "after the same steps it can be in too many places at once",
                "write what such parts have in common once, before the choice between them",
                file,
            )
        ways.append({label: number[target] for label, target in onward.items()})
    ends = frozenset(one for one, states in enumerate(order) if states >> graph.states)
    return Automaton(tuple(ways), ends)


def _closures(graph: Graph, has_steps: list[bool]) -> dict[int, int]:
    """What silent ways lead to from the first state and from each that a step leads to."""
    onward: list[list[int]] = [[] for _ in range(graph.states)]
    for source, target in graph.silent:
        onward[source].append(target)
    closed: dict[int, int] = {}
    for begin in {graph.first, *(target for _, _, target in graph.visible)}:
        seen, pending, states = {begin}, [begin], 0
        while pending:
            state = pending.pop()
            if has_steps[state]:
                states |= 1 << state
            if state in graph.ends:
                states |= 1 << graph.states
            for target in onward[state]:
                if target not in seen:
                    seen.add(target)
                    pending.append(target)
        closed[begin] = states
    return closed


def _members(states: int) -> Iterator[int]:
    while states:
        lowest = states & -states
        yield lowest.bit_length() - 1
        states ^= lowest


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

    Groups of states are split until all states of a group lead into the same groups. Of the two
    halves of a group only the smaller one needs to be looked at again.
    """
    into: list[list[tuple[int, int]]] = [[] for _ in automaton.ways]
    for source, ways in enumerate(automaton.ways):
        for label, target in ways.items():
            into[target].append((label, source))
    rest = set(range(len(automaton.ways))) - automaton.ends
    groups = [group for group in (set(automaton.ends), rest) if group]
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
