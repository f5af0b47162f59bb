"""Rare variants fold into their longest prefix and other, until the group holds k customers.

A rare journey leaves its exact trace and joins all rare journeys that begin like it, one activity
less at a time. What is left at the end (nothing in common) is one group of its own; if that is
under k, it absorbs the smallest group that is shown.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.integer]
_NONE = -1


@dataclass(frozen=True, slots=True)
class VariantGroup:
    """Journeys shown together: those of one variant, or those that share its first activities.

    `length` activities of `variant` are shown; `is_folded` says that others follow.
    """

    variant: int
    length: int
    journeys: int
    is_folded: bool


@dataclass(frozen=True, slots=True)
class Traces:
    """Variants as codes: variant v is `codes[starts[v]:starts[v + 1]]`.

    `of_journey` is the variant and `customer` the customer of each journey; customers never
    decrease along the journeys.
    """

    codes: Ints
    starts: Ints
    of_journey: Ints
    customer: Ints


def fold_variants(traces: Traces, min_group: int) -> list[VariantGroup]:
    """Group journeys so that each group has at least `min_group` customers; in no order.

    The journeys of all groups add up to the journeys of the log. Which groups come out depends on
    the traces and their customers only, never on the order of the log.

    >>> one = Traces(np.array([0, 1]), np.array([0, 1, 2]), np.array([0, 0, 1]), np.arange(3))
    >>> [(group.journeys, group.is_folded) for group in fold_variants(one, 2)]
    [(3, True)]
    """
    variants = len(traces.starts) - 1
    lengths = np.diff(traces.starts)
    journeys = np.bincount(traces.of_journey, minlength=variants)
    shown = _distinct(traces.of_journey, traces.customer, variants) >= min_group
    groups = [
        VariantGroup(int(one), int(lengths[one]), int(journeys[one]), False)
        for one in np.flatnonzero(shown)
    ]
    group_of_variant = np.full(variants, _NONE)
    group_of_variant[shown] = np.arange(len(groups))
    group_of = group_of_variant[traces.of_journey]
    rare = np.flatnonzero(~shown)
    if not len(rare):
        return groups
    nodes = _prefix_nodes(traces, rare, journeys[rare], min_group)
    place = np.full(variants, _NONE)
    place[rare] = np.arange(len(rare))
    left = np.flatnonzero(group_of == _NONE)
    row = place[traces.of_journey[left]]
    for depth in range(len(nodes) - 1, 0, -1):
        node = nodes[depth][row]
        inside = np.flatnonzero(node != _NONE)
        node = node[inside]
        many = int(node.max(initial=_NONE)) + 1
        enough = _distinct(node, traces.customer[left[inside]], many) >= min_group
        if not enough.any():
            continue
        sizes = np.bincount(node, minlength=many)
        example = np.full(many, _NONE)
        example[node] = rare[row[inside]]
        made = np.full(many, _NONE)
        made[enough] = len(groups) + np.arange(int(enough.sum()))
        groups += [
            VariantGroup(int(example[one]), depth, int(sizes[one]), True)
            for one in np.flatnonzero(enough)
        ]
        group_of[left[inside]] = made[node]
        stays = np.ones(len(left), bool)
        stays[inside[enough[node]]] = False
        left, row = left[stays], row[stays]
    return _with_remainder(traces, groups, group_of, min_group) if len(left) else groups


def _with_remainder(
    traces: Traces, groups: list[VariantGroup], group_of: Ints, min_group: int
) -> list[VariantGroup]:
    """Add the group of what has nothing in common; grow it by the smallest groups if need be."""

    def size_and_trace(number: int) -> tuple[int, list[int]]:
        group = groups[number]
        start = int(traces.starts[group.variant])
        return group.journeys, traces.codes[start : start + group.length].tolist()

    inside = group_of == _NONE
    kept = sorted(range(len(groups)), key=size_and_trace)
    while kept and len(np.unique(traces.customer[inside])) < min_group:
        inside |= group_of == kept.pop(0)
    return [*(groups[number] for number in kept), VariantGroup(0, 0, int(inside.sum()), True)]


def _prefix_nodes(
    traces: Traces, rare: Ints, journeys: Ints, min_group: int
) -> list[npt.NDArray[np.int64]]:
    """For each length the number of the prefix of each rare variant that is longer.

    None where fewer than `min_group` journeys share the prefix: none of theirs can be a group.
    """
    side = int(traces.codes.max(initial=0)) + 1
    lengths = np.diff(traces.starts)[rare]
    deep = np.arange(len(rare))
    nodes = [np.zeros(len(rare), np.int64)]
    while True:
        depth = len(nodes)
        deep = deep[lengths[deep] > depth]
        if not len(deep):
            return nodes
        code = traces.codes[traces.starts[rare[deep]] + depth - 1]
        number = np.unique(nodes[-1][deep] * side + code, return_inverse=True)[1]
        many = np.bincount(number, weights=journeys[deep]) >= min_group
        deep, number = deep[many[number]], number[many[number]]
        node = np.full(len(rare), _NONE, np.int64)
        node[deep] = number
        nodes.append(node)


def _distinct(group: Ints, owner: Ints, groups: int) -> npt.NDArray[np.int64]:
    """Distinct owners of each group; owners never decrease."""
    order = np.argsort(group, kind="stable")
    sorted_group, sorted_owner = group[order], owner[order]
    fresh = np.ones(len(order), bool)
    fresh[1:] = (np.diff(sorted_group) != 0) | (np.diff(sorted_owner) != 0)
    return np.bincount(sorted_group[fresh], minlength=groups)
