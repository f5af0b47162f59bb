"""What can be reached in a graph from each of its nodes, each way looked at once."""

from __future__ import annotations

from collections.abc import Sequence


def reached(onward: Sequence[Sequence[int]], own: Sequence[int]) -> list[int]:
    """For each node the bits of its own and of all nodes that its ways lead to, however far.

    Nodes that lead to each other have the same bits (strong components, Tarjan 1972).

    >>> [bin(bits) for bits in reached([[1], [2], [1], []], [1, 2, 4, 8])]
    ['0b111', '0b110', '0b110', '0b1000']
    """
    found = [-1] * len(onward)  # the bits, once a node's component is complete
    met = [-1] * len(onward)  # when a node was first met
    lowest = [0] * len(onward)
    open_nodes: list[int] = []
    clock = 0
    for root in range(len(onward)):
        if met[root] >= 0:
            continue
        path = [(root, iter(onward[root]))]
        met[root] = lowest[root] = clock
        open_nodes.append(root)
        while path:
            node, ways = path[-1]
            for target in ways:
                if met[target] < 0:
                    clock += 1
                    met[target] = lowest[target] = clock
                    open_nodes.append(target)
                    path.append((target, iter(onward[target])))
                    break
                if found[target] < 0:
                    lowest[node] = min(lowest[node], met[target])
            else:
                path.pop()
                if path:
                    lowest[path[-1][0]] = min(lowest[path[-1][0]], lowest[node])
                if lowest[node] == met[node]:
                    _complete(node, open_nodes, onward, own, found)
        clock += 1
    return found


def _complete(
    first: int,
    open_nodes: list[int],
    onward: Sequence[Sequence[int]],
    own: Sequence[int],
    found: list[int],
) -> None:
    """Take a component off the open nodes: all that were met since its first one."""
    component = [open_nodes.pop()]
    while component[-1] != first:
        component.append(open_nodes.pop())
    bits = 0
    for node in component:
        bits |= own[node]
        for target in onward[node]:
            if found[target] >= 0:
                bits |= found[target]
    for node in component:
        found[node] = bits
