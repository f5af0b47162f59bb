"""Which kind of file a YAML text is, by the keys that each kind alone has."""

from __future__ import annotations

from enum import Enum

import yaml

from cjmine.errors import Code
from cjmine.ideal.nodes import Mark
from cjmine.ideal.yaml_nodes import Problems


class FileKind(Enum):
    """The files that people write, with what messages call them."""

    JOURNEY = "a journey file"
    PORTFOLIO = "a portfolio"
    IDEAS = "a register of ideas"
    INSIGHTS = "a file of insights"


_OWN = {
    FileKind.JOURNEY: {"goal", "stages"},
    FileKind.PORTFOLIO: {"lifecycle", "journeys"},
    FileKind.IDEAS: {"ideas"},
    FileKind.INSIGHTS: {"insights"},
}
_USED_BY = {
    FileKind.JOURNEY: "a journey file is named by --ideal, or listed in a portfolio",
    FileKind.PORTFOLIO: "cjmine portfolio, report and check read a portfolio",
    FileKind.IDEAS: "cjmine ideas reads it: --register FILE",
    FileKind.INSIGHTS: "insights.yaml is found beside the exports: it is not named",
}


def kind_of(root: yaml.Node) -> FileKind | None:
    """The kind of file whose keys are all there; None of a file without."""
    if not isinstance(root, yaml.MappingNode):
        return None
    keys = {key.value for key, _ in root.value if isinstance(key, yaml.ScalarNode)}
    return next((kind for kind, own in _OWN.items() if keys >= own), None)


def refuse_another(root: yaml.Node, wanted: FileKind, problems: Problems) -> None:
    """Refuse a file of another kind with one problem: its keys would each be a mistake.

    Raises UsageError J106.
    """
    found = kind_of(root)
    if found is None or found is wanted:
        return
    problems.add(
        Code.JOURNEY_VALUE,
        Mark(root.start_mark.line + 1, root.start_mark.column + 1),
        f"this is {found.value}, and {wanted.value} is needed",
        remedy=f"{_USED_BY[found]}; name {wanted.value} here",
    )
    problems.raise_all()
