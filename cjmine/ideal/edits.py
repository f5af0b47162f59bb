"""Edits of a journey file that let it fit more journeys: of its text, at the place of the part.

Comments and layout stay: only what an edit adds, and the indent of what it puts together, changes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import yaml

from cjmine.ideal.written_parts import (
    REPEAT,
    SEQUENCE,
    WrittenPart,
    last_mark,
    value_of,
    written_file,
)

_PLAIN = re.compile(r"[A-Za-z](?:[A-Za-z0-9_ /()+-]*[A-Za-z0-9)])?")
_WORDS = frozenset(("yes", "no", "on", "off", "true", "false", "null", "y", "n"))


class EditKind(StrEnum):
    """What an edit lets journeys do; the values are keys of the journey file."""

    OPTIONAL = "optional"
    ANY_ORDER = "any-order"
    ALLOW = "allow"
    REPEAT = "repeat"


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """One edit: of the smallest part that holds all the steps in `names`.

    For `allow` the name is that of a touchpoint. `most` is how often a repeated step may come.
    """

    kind: EditKind
    names: tuple[str, ...]
    most: int | None = None


@dataclass(frozen=True, slots=True)
class _Splice:
    start: int
    end: int
    new: str


def edited(text: str, edit: Edit) -> str | None:
    r"""The text of a journey file with an edit made, wherever the part is written.

    None where the part is not there, or written in a way that cannot be edited.

    >>> text = "stages:\n- stage: One\n  steps:\n  - Search  # first\n  - Buy\n"
    >>> print(edited(text, Edit(EditKind.REPEAT, ("Search",), 2)))
    stages:
    - stage: One
      steps:
      - repeat: Search  # first
        max: 2
      - Buy
    <BLANKLINE>
    """
    break_ = "\r\n" if "\r\n" in text else "\n"
    lines = _Lines(text, break_)
    file = written_file(text)
    match edit.kind:
        case EditKind.ALLOW:
            each = [lines.allowing(file.top, edit.names[0])]
        case EditKind.ANY_ORDER:
            each = [lines.in_any_order(_run(file.stages, edit.names))]
        case EditKind.OPTIONAL:
            each = [lines.inside("optional", part) for part in _wrapped(file.stages, edit.names)]
        case EditKind.REPEAT:
            each = [lines.repeated(part, edit.most) for part in _wrapped(file.stages, edit.names)]
    if not each or not all(each):
        return None
    splices = [one for some in each for one in some]
    splices.sort(key=lambda one: (one.start, one.end))
    for one in reversed(splices):
        text = text[: one.start] + one.new + text[one.end :]
    return text


def _wrapped(stages: Sequence[WrittenPart], names: tuple[str, ...]) -> list[WrittenPart]:
    """The smallest parts that hold these steps, with what makes them optional or repeats them."""
    found = []
    for stage in stages:
        pending = list(stage.parts)
        while pending:
            part = pending.pop()
            if not set(names) & set(part.steps):
                continue
            if set(part.steps) == set(names) and part.kind != SEQUENCE:
                found.append(part)
            else:
                pending += part.parts
    return found


def _run(stages: Sequence[WrittenPart], names: tuple[str, ...]) -> list[WrittenPart]:
    """The parts of one list that hold some steps."""
    lists = [
        part
        for stage in stages
        for part in stage.within()
        if part.kind == SEQUENCE and set(names) <= set(part.steps)
    ]
    parts = lists[-1].parts if lists else ()
    return [part for part in parts if set(names) & set(part.steps)]


@dataclass(frozen=True, slots=True)
class _Lines:
    """The text, and how its lines end. Each method gives no splices where it cannot be done."""

    text: str
    end: str

    def inside(self, key: str, part: WrittenPart, more: str = "") -> list[_Splice]:
        """What writes a part inside a mapping with a key, and a second entry where there is one."""
        node, last = part.node, last_mark(part.node)
        start = _index(node)
        if part.in_flow:
            tail = f", {more}}}" if more else "}"
            return [_Splice(start, start, f"{{{key}: "), _Splice(last.index, last.index, tail)]
        column = start - self._line_start(start)
        is_block = isinstance(node, yaml.MappingNode) and not node.flow_style
        if isinstance(node, yaml.ScalarNode) and node.start_mark.line != last.line:
            return []
        splices = [_Splice(start, start, f"{key}: ")]
        if is_block:
            lead = f"{key}:{self.end}{' ' * (column + 2)}"
            below = self._indented(self._next_line(start), last.index - 1, "  ")
            splices = [_Splice(start, start, lead), *below]
        if more:
            end = self._line_end(last.index)
            splices.append(_Splice(end, end, f"{self.end}{' ' * column}{more}"))
        return splices

    def repeated(self, part: WrittenPart, most: int | None) -> list[_Splice]:
        """What lets a part come so often, where it may not already."""
        limited = next((one for one in part.within() if one.kind == REPEAT), None)
        if limited is None:
            return self.inside("repeat", part, f"max: {most}")
        limit = value_of(limited.node, "max")
        if limit is None or most is None or most <= int(limit.value):
            return []
        return [_Splice(limit.start_mark.index, limit.end_mark.index, str(most))]

    def in_any_order(self, parts: Sequence[WrittenPart]) -> list[_Splice]:
        """What puts parts of a list together, in any order, with those between them."""
        if len(parts) < 2:
            return []
        first, last = parts[0], parts[-1]
        start, end = _index(first.node), last_mark(last.node).index
        if first.in_flow:
            return [_Splice(start, start, "{any-order: ["), _Splice(end, end, "]}")]
        line = self._line_start(start)
        lead = self.text[line:start].partition("-")
        if lead[0].strip() or not lead[1] or lead[2].strip():
            return []
        below = self._indented(line, end - 1, "    ")
        return [_Splice(line, line, f"{lead[0]}- any-order:{self.end}"), *below]

    def allowing(self, top: yaml.MappingNode, name: str) -> list[_Splice]:
        """What adds a touchpoint to those that may come anywhere."""
        called = yaml_name(name)
        found: Any = value_of(top, "allow")
        if found is None:
            end = last_mark(top).index
            if top.flow_style:
                return [_Splice(end - 1, end - 1, f", allow: [{called}]")]
            end = self._line_end(end)
            return [_Splice(end, end, f"{self.end}allow: [{called}]")]
        end = last_mark(found).index
        if isinstance(found, yaml.ScalarNode):
            start = found.start_mark.index
            return [_Splice(start, start, "["), _Splice(end, end, f", {called}]")]
        if found.flow_style:
            end = last_mark(found.value[-1]).index
            return [_Splice(end, end, f", {called}")]
        start = found.value[-1].start_mark.index
        lead = self.text[self._line_start(start) : start]
        end = self._line_end(end)
        return [_Splice(end, end, f"{self.end}{lead}{called}")]

    def _indented(self, begin: int, end: int, more: str) -> list[_Splice]:
        """What moves lines to the right, from the one at `begin` up to `end`; blank ones stay."""
        found = []
        while begin <= min(end, len(self.text) - 1):
            if self.text[begin : self._line_end(begin)].strip():
                found.append(_Splice(begin, begin, more))
            begin = self._next_line(begin)
        return found

    def _line_start(self, index: int) -> int:
        return self.text.rfind("\n", 0, index) + 1

    def _next_line(self, index: int) -> int:
        found = self.text.find("\n", index)
        return len(self.text) if found < 0 else found + 1

    def _line_end(self, index: int) -> int:
        """The end of a line, before its line feed."""
        found = self.text.find("\n", index)
        if found < 0:
            return len(self.text)
        return found - 1 if self.text[found - 1 : found] == "\r" else found


def _index(node: yaml.Node) -> int:
    return int(node.start_mark.index)


def yaml_name(name: str) -> str:
    """A name as YAML that is read as this text, whatever it holds.

    >>> yaml_name("Home page"), yaml_name("Call: where"), yaml_name("no")
    ('Home page', '"Call: where"', '"no"')
    """
    if _PLAIN.fullmatch(name) and name.lower() not in _WORDS:
        return name
    return json.dumps(name, ensure_ascii=not name.isprintable())
