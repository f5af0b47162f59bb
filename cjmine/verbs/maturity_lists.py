"""Lists that people keep, such as insights: whether each entry has an owner and a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import yaml

from cjmine.ideal.yaml_compose import compose
from cjmine.ideal.yaml_nodes import Problems
from cjmine.maturity.seen import SeenEntry, SeenFile


def root_of(text: str, label: str) -> yaml.Node | None:
    """The root of a YAML text; None where it is none."""
    return compose(text, Problems(label)) if text.strip() else None


def keys_of(node: yaml.Node | None) -> tuple[str, ...]:
    """The keys of a mapping; () of anything else."""
    if not isinstance(node, yaml.MappingNode):
        return ()
    return tuple(key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode))


def entries(node: yaml.Node | None, of: str, day: str, at: SeenFile) -> Iterator[SeenEntry]:
    """The entries of a list below the key `of`; `day` is the key of their day."""
    listed = _value(node, of)
    for one in listed.value if isinstance(listed, yaml.SequenceNode) else ():
        if isinstance(one, yaml.MappingNode):
            yield SeenEntry(at, _text(_value(one, "owner")) != "", _day(_value(one, day)))


def _value(node: yaml.Node | None, key: str) -> yaml.Node | None:
    if key not in keys_of(node):
        return None
    assert isinstance(node, yaml.MappingNode)
    found: yaml.Node = next(value for name, value in node.value if name.value == key)
    return found


def _text(node: yaml.Node | None) -> str:
    return str(node.value).strip() if isinstance(node, yaml.ScalarNode) else ""


def _day(node: yaml.Node | None) -> date | None:
    try:
        return date.fromisoformat(_text(node))
    except ValueError:
        return None
