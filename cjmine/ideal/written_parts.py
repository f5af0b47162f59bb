"""The parts of a journey file with the places of their text, so that the text can be edited.

The reader keeps where a part begins; an edit also needs where it ends and what it lies in. The
text must be one that the reader takes: it is read again here without a check.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from cjmine.ideal.keys import PARTS
from cjmine.ideal.yaml_compose import LOADER

_KINDS = tuple(part.names[0] for part in PARTS)
STEP, SEQUENCE, OPTIONAL, REPEAT = "step", "sequence", "optional", "repeat"


@dataclass(frozen=True, slots=True)
class WrittenPart:
    """A part of a journey file: its kind (a key of the file, or "sequence") and its steps.

    `in_flow`: it is written inside brackets or braces, not on lines of its own.
    """

    kind: str
    node: yaml.Node
    in_flow: bool
    steps: tuple[str, ...]
    parts: tuple[WrittenPart, ...] = ()

    def within(self) -> Iterator[WrittenPart]:
        """The part and all those inside of it, the outer ones first."""
        yield self
        for part in self.parts:
            yield from part.within()


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """The top of a journey file, and the list of steps of each of its stages."""

    top: yaml.MappingNode
    stages: tuple[WrittenPart, ...]


def written_file(text: str) -> WrittenFile:
    """The parts of a text that is a journey file."""
    top = _composed(text)
    in_flow = bool(top.flow_style)
    stages = []
    listed = value_of(top, "stages")
    in_flow = in_flow or bool(listed.flow_style)
    for stage in listed.value:
        steps = value_of(stage, "steps")
        stages.append(_part(steps, in_flow or bool(stage.flow_style)))
    return WrittenFile(top, tuple(stages))


def value_of(table: yaml.Node, key: str) -> Any:
    """The node behind a key of a mapping; None where the mapping lacks it."""
    pairs: list[tuple[yaml.ScalarNode, yaml.Node]] = table.value
    return next((value for name, value in pairs if name.value == key), None)


def _composed(text: str) -> Any:
    try:
        return yaml.compose(text, LOADER)
    except yaml.YAMLError:  # the pure parser takes a little more
        return yaml.compose(text, yaml.SafeLoader)


def _part(node: Any, in_flow: bool) -> WrittenPart:
    inside = in_flow or bool(getattr(node, "flow_style", False))
    if isinstance(node, yaml.ScalarNode):
        return WrittenPart(STEP, node, in_flow, (node.value.strip(),))
    if isinstance(node, yaml.SequenceNode):
        kind, children = SEQUENCE, [_part(one, inside) for one in node.value]
    else:
        kind = next(name.value for name, _ in node.value if name.value in _KINDS)
        held = value_of(node, kind)
        if kind == STEP:
            return WrittenPart(STEP, node, in_flow, (held.value.strip(),))
        if kind in (OPTIONAL, REPEAT):
            children = [_part(held, inside)]
        else:
            children = [_part(one, inside or bool(held.flow_style)) for one in held.value]
    steps = tuple(name for child in children for name in child.steps)
    return WrittenPart(kind, node, in_flow, steps, tuple(children))


def last_mark(node: Any) -> Any:
    """Where the text of a node ends: a block has no end of its own, so that of its last part."""
    if isinstance(node, yaml.ScalarNode) or node.flow_style:
        return node.end_mark
    last = node.value[-1]
    return last_mark(last[1] if isinstance(node, yaml.MappingNode) else last)
