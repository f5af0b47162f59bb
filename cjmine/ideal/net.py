"""A Petri net with a beginning and an end: what process models are read into.

Besides the usual arcs a transition may ask for empty places and may drain places, and inclusive
joins wait for what can still come: so BPMN's cancelled and completed parts need no approximation.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import chain

Marking = tuple[int, ...]  # the places that hold a token, sorted; one with two tokens comes twice
NOTHING: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Transition:
    """Takes a token from each of some places and gives one to others; without a label silently.

    It needs the places `empty` to hold nothing, and removes what is in `drains` before it gives.
    """

    label: str | None
    takes: tuple[int, ...]
    gives: tuple[int, ...]
    empty: frozenset[int] = NOTHING
    drains: frozenset[int] = NOTHING


@dataclass(frozen=True, slots=True)
class Join:
    """An inclusive join: it goes on with what has come once nothing more can come."""

    inputs: tuple[int, ...]
    output: int


@dataclass(frozen=True, slots=True)
class Net:
    """Places 0 to n-1 by what messages call them, and how tokens move.

    The journey is complete in one of the markings `final`; where none is named, once all tokens
    are in places that nothing takes from.
    """

    places: tuple[str, ...]
    transitions: tuple[Transition, ...]
    joins: tuple[Join, ...]
    initial: Marking
    final: frozenset[Marking]


def reduced(net: Net) -> Net:
    """The same language with fewer states: a place that only leads on silently is left out.

    Such a place and those it leads to must be asked for and drained alike.

    >>> step = Transition("Buy", (0,), (1,))
    >>> passing = Transition(None, (1,), (2,))
    >>> reduced(Net(("a", "b", "c"), (step, passing), (), (0,), NOTHING)).transitions
    (Transition(label='Buy', takes=(0,), gives=(2,), empty=frozenset(), drains=frozenset()),)
    """
    alike = _alike(net)
    takers: list[list[int]] = [[] for _ in net.places]
    for number, one in enumerate(net.transitions):
        for place in one.takes:
            takers[place].append(number)
    joined = {place for join in net.joins for place in (*join.inputs, join.output)}
    held = set(chain(joined, *net.final))
    onward: dict[int, int] = {}
    for place, numbers in enumerate(takers):
        if len(numbers) != 1 or place in held:
            continue
        one = net.transitions[numbers[0]]
        silent = one.label is None and one.takes == (place,) and not one.empty and not one.drains
        if silent and len(one.gives) == 1 and alike[place] == alike[one.gives[0]]:
            onward[place] = one.gives[0]
    last = _last(onward)
    gone = {takers[place][0] for place in onward if last[place] != place}

    def moved(places: Iterable[int]) -> tuple[int, ...]:
        return tuple(last.get(place, place) for place in places)

    return replace(
        net,
        transitions=tuple(
            replace(one, gives=moved(one.gives))
            for number, one in enumerate(net.transitions)
            if number not in gone
        ),
        initial=tuple(sorted(moved(net.initial))),
    )


def _alike(net: Net) -> list[frozenset[int]]:
    """For each place, in which of the sets that transitions ask for or drain it is."""
    sets = {id(one): one for move in net.transitions for one in (move.empty, move.drains)}
    within: list[set[int]] = [set() for _ in net.places]
    for number, places in enumerate(sets.values()):
        for place in places:
            within[place].add(number)
    return [frozenset(one) for one in within]


def _last(onward: dict[int, int]) -> dict[int, int]:
    """Where each place leads to at last; a place that leads back to itself stays what it is."""
    last: dict[int, int] = {}
    for start in onward:
        path: dict[int, None] = {}
        place = start
        while place in onward and place not in last and place not in path:
            path[place] = None
            place = onward[place]
        if place in path:  # a circle: its places stay
            around = place
            while True:
                last[around] = around
                around = onward[around]
                if around == place:
                    break
        end = last.get(place, place)
        for one in path:
            last.setdefault(one, end)
    return last
