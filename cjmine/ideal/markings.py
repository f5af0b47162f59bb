"""Every marking that a net can be in, as a graph: what a process model allows."""

from __future__ import annotations

from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from cjmine.errors import UsageError, listed
from cjmine.ideal.minimal import MOST_STATES, Graph
from cjmine.ideal.model_xml import unusable
from cjmine.ideal.net import Join, Marking, Net

_MOST_MARKINGS = 4 * MOST_STATES
_MOST_TOKENS = 8
_MOST_LOOKED_AT = 10_000_000  # places looked at for inclusive joins: some seconds


def explored(net: Net, file: str) -> tuple[tuple[str, ...], Graph]:
    """The labels of a net and the graph of its markings, silent ways included.

    Raises
    ------
    UsageError
        J112: it fills up without end, has too many markings, or never comes to its end; the
        message names the element.
    """
    walk = _Walk(net, file)
    labels: dict[str, int] = {}
    seen: dict[Marking, int] = {net.initial: 0}
    pending = [net.initial]
    silent: list[tuple[int, int]] = []
    visible: list[tuple[int, int, int]] = []
    stuck: list[Marking] = []
    for marking in pending:
        here, moved = seen[marking], False
        for label, after in walk.onward(marking):
            moved = True
            if after not in seen:
                seen[after] = len(seen)
                pending.append(after)
                if len(seen) > _MOST_MARKINGS:
                    raise _too_many(file)
            if label is None:
                silent.append((here, seen[after]))
            else:
                kind = labels.setdefault(label, len(labels))
                visible.append((here, kind, seen[after]))
        if not moved:
            stuck.append(marking)
    ends = frozenset(number for marking, number in seen.items() if walk.ends(marking))
    if not ends:
        raise _endless(net, stuck, pending[-1], file)
    return tuple(labels), Graph(len(seen), 0, ends, tuple(silent), tuple(visible))


@dataclass(slots=True)
class _Backwards:
    """The places from which tokens may come to an input of a join, as far as they are known."""

    found: set[int]
    pending: list[int]


class _Walk:
    """The moves of one net from marking to marking."""

    def __init__(self, net: Net, file: str) -> None:
        self._net, self._file = net, file
        self._takers: dict[int, list[int]] = defaultdict(list)
        self._free: list[int] = []
        self._before: dict[int, list[int]] = defaultdict(list)
        self._after: dict[int, list[int]] = defaultdict(list)
        leading: set[int] = set()
        for number, one in enumerate(net.transitions):
            (self._takers[one.takes[0]] if one.takes else self._free).append(number)
            leading.update(one.takes)
            self._link(one.takes, one.gives)
        self._joins: dict[int, list[int]] = defaultdict(list)
        for number, join in enumerate(net.joins):
            leading.update(join.inputs)
            self._link(join.inputs, (join.output,))
            for place in join.inputs:
                self._joins[place].append(number)
        self._last = frozenset(range(len(net.places))) - leading
        self._backwards: dict[int, _Backwards] = {}
        self._looked_at = 0

    def _link(self, takes: tuple[int, ...], gives: tuple[int, ...]) -> None:
        for place in gives:
            self._before[place] += takes
        for place in takes:
            self._after[place] += gives

    def ends(self, marking: Marking) -> bool:
        """Whether the journey may be complete in a marking."""
        if self._net.final:
            return marking in self._net.final
        return bool(marking) and all(place in self._last for place in marking)

    def onward(self, marking: Marking) -> Iterator[tuple[str | None, Marking]]:
        """What can happen next: its label, None silently, and the marking after it."""
        held = Counter(marking)
        numbers = [*self._free]
        for place in held:
            numbers += self._takers.get(place, ())
        for number in sorted(numbers):
            one = self._net.transitions[number]
            needed = Counter(one.takes)
            if any(held[place] < count for place, count in needed.items()):
                continue
            if one.empty and any(place in one.empty for place in held):
                continue
            left = self._without(marking, one.takes)
            if one.drains:
                left = [place for place in left if place not in one.drains]
            yield one.label, self._with(left, one.gives)
        for number in sorted({one for place in held for one in self._joins.get(place, ())}):
            join = self._net.joins[number]
            came = tuple(place for place in join.inputs if place in held)
            if not self._waits(join, came, held):
                yield None, self._with(self._without(marking, came), (join.output,))

    def _waits(self, join: Join, came: tuple[int, ...], held: Counter[int]) -> bool:
        """Whether a token elsewhere can still come to an empty input, and to none that has one."""
        missing = [place for place in join.inputs if place not in held]
        if not missing:
            return False
        others = [place for place in held if place not in join.inputs]
        coming = {one for one in others if any(self._leads(one, place, join) for place in missing)}
        return any(not any(self._leads(one, place, join) for place in came) for one in coming)

    def _leads(self, start: int, goal: int, join: Join) -> bool:
        """Whether a token may come to an input of a join without passing the join.

        It is looked for from both sides in turn: from the token the join is soon met, and what is
        before an input is looked at once.
        """
        behind = self._backwards.setdefault(goal, _Backwards({goal}, [goal]))
        found, pending = {start}, [start]
        while pending and behind.pending and start not in behind.found:
            self._looked_at += 2
            if self._looked_at > _MOST_LOOKED_AT:
                raise unusable(
                    self._file,
                    f"it has too many inclusive joins: {self._net.places[join.output]} is one",
                    remedy="use parallel or exclusive gateways where these are meant",
                )
            for place in self._before.get(behind.pending.pop(), ()):
                if place not in behind.found and place not in join.inputs:
                    behind.found.add(place)
                    behind.pending.append(place)
            for place in self._after.get(pending.pop(), ()):
                if place == goal:
                    return True
                if place not in found and place not in join.inputs:
                    found.add(place)
                    pending.append(place)
        return start in behind.found

    def _without(self, marking: Marking, taken: tuple[int, ...]) -> list[int]:
        left = list(marking)
        for place in taken:
            left.remove(place)
        return left

    def _with(self, left: list[int], given: tuple[int, ...]) -> Marking:
        for place in given:
            insort(left, place)
            if left.count(place) > _MOST_TOKENS:
                raise unusable(
                    self._file,
                    f"it fills up without end at {self._net.places[place]}",
                    remedy="bring together what is split before the way goes round again",
                )
        return tuple(left)


def _too_many(file: str) -> UsageError:
    return unusable(
        file,
        f"it has more than {_MOST_MARKINGS:,} states",
        remedy="parts in parallel multiply: give them an order, or draw them as a model of their"
        " own",
    )


def _endless(net: Net, stuck: list[Marking], last: Marking, file: str) -> UsageError:
    """Where a net comes to a halt, or goes round."""
    held = stuck[0] if stuck else last
    places = listed(dict.fromkeys(net.places[place] for place in held), 3)
    if not stuck:
        return unusable(
            file,
            f"no way through it comes to an end: it goes round at {places}",
            remedy="draw a way out, to an end event",
        )
    return unusable(
        file,
        f"it never comes to its end: it waits for ever at {places}",
        remedy="a parallel join waits for all its branches: join only what was split, or use an"
        " exclusive gateway",
    )
