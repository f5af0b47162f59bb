"""Which YAML files of a folder are journey files."""

from __future__ import annotations

import yaml

from cjmine.ideal.yaml_compose import compose
from cjmine.ideal.yaml_nodes import Problems

_OWN = {"goal", "stages"}


def is_journey(text: str, label: str) -> bool:
    """Whether a YAML text has the keys that every journey file has; `label` names the file.

    >>> is_journey("{journey: order, goal: Buy, stages: []}", "x"), is_journey("[1]", "x")
    (True, False)
    """
    root = compose(text, Problems(label)) if text.strip() else None
    if not isinstance(root, yaml.MappingNode):
        return False
    keys = (key.value for key, _ in root.value if isinstance(key, yaml.ScalarNode))
    return set(keys) >= _OWN
