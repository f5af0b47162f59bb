"""A Petri net file (PNML, ISO/IEC 15909-2) as a net: pages, silent transitions, final markings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from cjmine.ideal.bpmn_elements import clean
from cjmine.ideal.model_xml import Tag, unusable
from cjmine.ideal.net import NOTHING, Marking, Net, Transition

_MOST_NODES = 20_000
_MOST_AT_ONCE = 8
# What tools call a transition that no log can have.
_SILENT = re.compile(
    r"(tau|τ|invisible|silent)[\s_-]*\d*|tau (from|split|join|start|end)\b.*", re.I
)


@dataclass(frozen=True, slots=True)
class ReadNet:
    """The net of a file, and what was read otherwise than written."""

    net: Net
    remarks: tuple[str, ...]


@dataclass(slots=True)
class _Arcs:
    """The places around a transition, a place twice where the arc weighs two."""

    takes: list[int] = field(default_factory=list)
    gives: list[int] = field(default_factory=list)
    empty: set[int] = field(default_factory=set)
    drains: set[int] = field(default_factory=set)


def net_from(tag: Tag, file: str) -> ReadNet:
    """The net in a `net` tag.

    Raises
    ------
    UsageError
        J112: an arc that leads nowhere, a number that is none, no beginning or no end.
    """
    reader = _Reader(file)
    reader.read(tag)
    return ReadNet(reader.net(tag), tuple(reader.remarks))


class _Reader:
    """The places and transitions of one net by their ids."""

    def __init__(self, file: str) -> None:
        self.remarks: list[str] = []
        self._file = file
        self._places: dict[str, int] = {}
        self._names: list[str] = []
        self._labels: dict[str, str | None] = {}
        self._arcs: dict[str, _Arcs] = {}
        self._same: dict[str, str] = {}
        self._initial: list[int] = []

    def read(self, net: Tag) -> None:
        tags = list(_everything(net))
        for tag in tags:
            match tag.name:
                case "place":
                    self._place(tag)
                case "transition":
                    self._transition(tag)
                case "referencePlace" | "referenceTransition":
                    self._same[tag.get("id")] = tag.get("ref")
        if len(self._places) + len(self._arcs) > _MOST_NODES:
            raise unusable(self._file, f"it has more than {_MOST_NODES:,} places and transitions")
        for tag in tags:
            if tag.name == "arc":
                self._arc(tag)

    def net(self, tag: Tag) -> Net:
        final = self._final(tag)
        arcs = self._arcs.values()
        if not self._initial:
            given = {place for one in arcs for place in one.gives}
            taken = {place for one in arcs for place in one.takes}
            self._initial = sorted(taken - given)
            if not self._initial:
                raise unusable(
                    self._file,
                    "it has no initial marking, and something leads to every place",
                    tag.line,
                    "put a token into the place where it begins",
                )
            self.remarks.append("the net has no initial marking: it begins in its first place")
        if not final:
            self.remarks.append("the net has no final marking: it ends in its last place")
        transitions = tuple(
            Transition(
                self._labels[key],
                tuple(one.takes),
                tuple(one.gives),
                frozenset(one.empty) or NOTHING,
                frozenset(one.drains) or NOTHING,
            )
            for key, one in self._arcs.items()
        )
        initial = tuple(sorted(self._initial))
        return Net(tuple(self._names), transitions, (), initial, final)

    def _place(self, tag: Tag) -> None:
        key = tag.get("id")
        name = clean(_said(tag.first("name"))) or key
        self._places[key] = len(self._names)
        self._names.append(f'the place "{name}"')
        tokens = self._count(tag.first("initialMarking"), f'the place "{name}"', 0)
        self._initial += [self._places[key]] * tokens

    def _transition(self, tag: Tag) -> None:
        key, name = tag.get("id"), clean(_said(tag.first("name")))
        invisible = any(one.get("activity") == "$invisible$" for one in tag.all("toolspecific"))
        label = None if invisible or not name else name
        if label is not None and _SILENT.fullmatch(label):
            self.remarks.append(f'the transition "{label}" is taken for a silent one')
            label = None
        self._labels[key] = label
        self._arcs[key] = _Arcs()

    def _arc(self, tag: Tag) -> None:
        source, target = self._meant(tag.get("source")), self._meant(tag.get("target"))
        called = f'the arc "{tag.get("id")}"'
        into = source in self._places and target in self._arcs
        if not into and not (source in self._arcs and target in self._places):
            raise unusable(
                self._file,
                f"{called} does not join a place and a transition",
                tag.line,
                "draw it again, or delete it",
            )
        arcs = self._arcs[target if into else source]
        place = self._places[source if into else target]
        kind = _said(tag.first("arctype") or tag.first("type")).lower() or "normal"
        weight = self._count(tag.first("inscription"), called, 1)
        if into and "inhibitor" in kind:
            arcs.empty.add(place)
        elif into and "reset" in kind:
            arcs.drains.add(place)
        else:
            (arcs.takes if into else arcs.gives).extend([place] * weight)

    def _meant(self, key: str) -> str:
        """The node that a reference refers to at last."""
        for _ in range(len(self._same) + 1):
            if key not in self._same:
                break
            key = self._same[key]
        return key

    def _final(self, net: Tag) -> frozenset[Marking]:
        found = set()
        for group in net.all("finalmarkings"):
            for marking in group.all("marking"):
                tokens: list[int] = []
                for one in marking.all("place"):
                    key = self._meant(one.get("idref"))
                    if key not in self._places:
                        raise unusable(
                            self._file,
                            f'the final marking has no place "{key}"',
                            one.line,
                            "export the net again",
                        )
                    called = self._names[self._places[key]]
                    tokens += [self._places[key]] * self._count(one, called, 0)
                if tokens:
                    found.add(tuple(sorted(tokens)))
        return frozenset(found)

    def _count(self, tag: Tag | None, called: str, usual: int) -> int:
        """A small whole number in a tag; the usual one without tag."""
        written = _said(tag)
        if not written:
            return usual
        if not re.fullmatch(r"[0-9]{1,9}", written) or int(written) > _MOST_AT_ONCE:
            raise unusable(
                self._file,
                f"{called} has a number that is none, or is larger than {_MOST_AT_ONCE}",
                tag.line if tag else None,
                "write a net without colours, with small whole numbers",
            )
        return int(written)


def _everything(net: Tag) -> Iterator[Tag]:
    """The tags of a net and of its pages."""
    for tag in net.children:
        yield tag
        if tag.name == "page":
            yield from _everything(tag)


def _said(tag: Tag | None) -> str:
    """What a tag says, in `text`, in the older `value`, or by itself."""
    if tag is None:
        return ""
    inner = tag.first("text") or tag.first("value")
    return (inner or tag).text.strip()
