"""Contact reasons and their homes, read from a portfolio file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from cjmine.errors import Code
from cjmine.ideal.nodes import UNMARKED, Mark
from cjmine.ideal.yaml_nodes import Problems, mark_of, name
from cjmine.portfolio.declared import Reason
from cjmine.portfolio.keys import NONE_YET


@dataclass(frozen=True, slots=True)
class NamedReason:
    """A reason, where the file names its journey (`at`) and where it is named itself."""

    reason: Reason
    at: Mark
    named: Mark = UNMARKED


def read_reasons(node: yaml.Node, problems: Problems) -> Iterator[NamedReason]:
    """The reasons in the order of the file."""
    if not isinstance(node, yaml.MappingNode):
        problems.add(
            Code.JOURNEY_VALUE,
            mark_of(node),
            "reasons are touchpoints, each with its journey",
            remedy=f'for example reasons: {{"Call: bill": {NONE_YET}}}',
        )
        return
    seen: set[str] = set()
    for key, value in node.value:
        reason, home = name(key, "a reason", problems), name(value, "its journey", problems)
        if reason is None or home is None:
            continue
        if reason in seen:
            problems.add(Code.JOURNEY_DUPLICATE, mark_of(key), f'"{reason}" stands here twice')
            continue
        seen.add(reason)
        yield NamedReason(
            Reason(reason, None if home == NONE_YET else home), mark_of(value), mark_of(key)
        )
