"""Which YAML files of a folder are journey files."""

from __future__ import annotations

from cjmine.ideal.file_kinds import FileKind, kind_of
from cjmine.ideal.yaml_compose import compose
from cjmine.ideal.yaml_nodes import Problems


def is_journey(text: str, label: str) -> bool:
    """Whether a YAML text has the keys that every journey file has; `label` names the file.

    >>> is_journey("{journey: order, goal: Buy, stages: []}", "x"), is_journey("[1]", "x")
    (True, False)
    """
    root = compose(text, Problems(label)) if text.strip() else None
    return root is not None and kind_of(root) is FileKind.JOURNEY
