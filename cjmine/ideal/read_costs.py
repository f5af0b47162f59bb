"""What contacts cost, read from a journey file."""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from cjmine.declared import Cost
from cjmine.errors import Code
from cjmine.ideal.yaml_nodes import Problems, amount, mark_of, name


def read_costs(node: yaml.Node, problems: Problems) -> Iterator[Cost]:
    """The channels with what one contact by each costs, in the order of the file."""
    if not isinstance(node, yaml.MappingNode) or not node.value:
        problems.add(
            Code.JOURNEY_VALUE,
            mark_of(node),
            "costs are channels with an amount",
            remedy="for example costs: {call: 7.50, mail: 4.00}",
        )
        return
    seen: set[str] = set()
    for key, value in node.value:
        channel, cost = name(key, "a channel", problems), amount(value, "a cost", problems)
        if channel is None or cost is None:
            continue
        if channel in seen:
            problems.add(Code.JOURNEY_DUPLICATE, mark_of(key), f'"{channel}" stands here twice')
            continue
        seen.add(channel)
        yield Cost(channel, cost)
