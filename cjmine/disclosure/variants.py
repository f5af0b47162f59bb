"""Rare variants fold into their longest prefix and other, until the group holds k customers.

A rare journey leaves its exact trace and joins all rare journeys that begin like it, one activity
less at a time. What is left at the end (nothing in common) is one group of its own; if that is
under k, it absorbs the smallest group that is shown.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cjmine.analysis.variant_counts import VariantCounts
from cjmine.counting.groups import Groups, dense, distinct, grouped
from cjmine.results.discovery import VariantRow
from cjmine.results.figures import OTHER, Counted

Ints = npt.NDArray[np.integer]
_NONE = -1


@dataclass(frozen=True, slots=True)
class VariantGroup:
    """Journeys shown together: those of one variant, or those that share its first activities.

    `length` activities of `variant` are shown; `is_folded` says that others follow. At least so
    many `customers` are behind it.
    """

    variant: int
    length: int
    journeys: int
    is_folded: bool
    customers: int


@dataclass(frozen=True, slots=True)
class FoldedVariants:
    """The rows of variants, how many journeys are folded, and how many groups there are in all."""

    rows: tuple[VariantRow, ...]
    folded: Counted
    groups: int


def variant_rows(found: VariantCounts, top: int | None, min_group: int) -> FoldedVariants:
    """The commonest variants up to `top`, numbered from 1; folded ones last, without a number."""
    groups = found.groups
    if min_group <= 1:
        rows = tuple(
            VariantRow(
                found.trace(one),
                Counted(int(groups.occurrences[one]), groups.customers[one]),
                False,
                number,
            )
            for number, one in enumerate(found.ranked(top), 1)
        )
        return FoldedVariants(rows, Counted(0, 0), len(found))
    made = fold_variants(found.codes, found.starts, groups, min_group)
    assert sum(group.journeys for group in made) == groups.occurrences.sum()
    folded = [group for group in made if group.is_folded]

    def size(group: VariantGroup) -> tuple[bool, int]:
        return group.is_folded, -group.journeys

    def trace(group: VariantGroup) -> tuple[str, ...]:
        return found.trace(group.variant, group.length) if group.length else ()

    made.sort(key=size)
    first = made if top is None else _with_equals(made, top)
    shown = sorted(first, key=lambda group: (*size(group), trace(group)))[:top]
    rows = tuple(
        VariantRow(
            (*trace(group), OTHER) if group.is_folded else trace(group),
            Counted(group.journeys, group.customers),
            group.is_folded,
            None if group.is_folded else number,
        )
        for number, group in enumerate(shown, 1)
    )
    behind = max((group.customers for group in folded), default=0)
    journeys = sum(group.journeys for group in folded)
    return FoldedVariants(rows, Counted(journeys, behind), len(made))


def _with_equals(groups: list[VariantGroup], top: int) -> list[VariantGroup]:
    """The first groups, and those as large as the last of them."""
    if not 0 < top < len(groups):
        return groups[:top]
    last = groups[top - 1]
    return [
        group
        for place, group in enumerate(groups)
        if place < top or (group.is_folded, group.journeys) == (last.is_folded, last.journeys)
    ]


def fold_variants(codes: Ints, starts: Ints, groups: Groups, min_group: int) -> list[VariantGroup]:
    """Group journeys so that each group has at least `min_group` customers; in no order.

    Variant v is `codes[starts[v]:starts[v + 1]]`, and `groups` says which journeys and customers
    have it. The journeys of all groups add up to the journeys of the log. Which groups come out
    depends on the traces and their customers only, never on the order of the log.

    >>> from cjmine.counting.groups import counted
    >>> journeys = counted(grouped(np.array([0, 0, 1]), 2), np.array([0, 1, 2]), 2)
    >>> found = fold_variants(np.array([0, 1]), np.array([0, 1, 2]), journeys, 2)
    >>> [(group.length, group.journeys, group.is_folded) for group in found]
    [(0, 3, True)]
    """
    lengths, journeys = np.diff(starts), groups.occurrences
    shown = groups.customers >= min_group
    made = [
        VariantGroup(
            int(one), int(lengths[one]), int(journeys[one]), False, int(groups.customers[one])
        )
        for one in np.flatnonzero(shown)
    ]
    rare = np.flatnonzero(~shown)
    if not len(rare):
        return made
    nodes = _prefix_nodes(codes, starts, rare, journeys[rare], min_group)
    # One row for each customer of a rare variant, by customer; of these all customers are known.
    row = np.repeat(np.arange(len(rare)), groups.customers[rare])
    first = np.cumsum(groups.customers[rare]) - groups.customers[rare]
    customer = groups.members[
        np.arange(len(row)) + np.repeat(groups.bounds[rare] - first, groups.customers[rare])
    ]
    order = np.argsort(customer, kind="stable")
    row, customer = row[order], customer[order]
    is_left = np.ones(len(rare), bool)
    for depth in range(len(nodes) - 1, 0, -1):
        node = np.where(is_left, nodes[depth], _NONE)
        inside = np.flatnonzero(node[row] != _NONE)
        many = int(node.max(initial=_NONE)) + 1
        by_node = grouped(node[row[inside]], many)
        people = by_node.distinct(customer[inside])
        enough = people >= min_group
        if not enough.any():
            continue
        members = np.flatnonzero(node != _NONE)
        sizes = np.bincount(node[members], weights=journeys[rare[members]], minlength=many)
        example = np.full(many, _NONE)
        example[node[members]] = rare[members]
        made += [
            VariantGroup(int(example[one]), depth, int(sizes[one]), True, int(people[one]))
            for one in np.flatnonzero(enough)
        ]
        is_left[members[enough[node[members]]]] = False
        stays = is_left[row]
        row, customer = row[stays], customer[stays]
    if not is_left.any():
        return made
    left = int(journeys[rare[is_left]].sum())
    return _with_remainder(codes, starts, made, left, len(distinct(customer)), min_group)


def _with_remainder(
    codes: Ints,
    starts: Ints,
    groups: list[VariantGroup],
    journeys: int,
    customers: int,
    min_group: int,
) -> list[VariantGroup]:
    """Add the group of what has nothing in common; grow it by the smallest group if need be."""

    def size_and_trace(group: VariantGroup) -> tuple[int, list[int]]:
        start = int(starts[group.variant])
        return group.journeys, codes[start : start + group.length].tolist()

    if customers < min_group and groups:
        smallest = min(groups, key=size_and_trace)
        groups = [group for group in groups if group is not smallest]
        journeys, customers = journeys + smallest.journeys, smallest.customers
    return [*groups, VariantGroup(0, 0, journeys, True, customers)]


def _prefix_nodes(
    codes: Ints, starts: Ints, rare: Ints, journeys: Ints, min_group: int
) -> list[npt.NDArray[np.int64]]:
    """For each length the number of the prefix of each rare variant that is longer.

    None where fewer than `min_group` journeys share the prefix: none of theirs can be a group.
    """
    side = int(codes.max(initial=0)) + 1
    lengths = np.diff(starts)[rare]
    deep = np.arange(len(rare))
    nodes = [np.zeros(len(rare), np.int64)]
    while True:
        depth = len(nodes)
        deep = deep[lengths[deep] > depth]
        if not len(deep):
            return nodes
        code = codes[starts[rare[deep]] + depth - 1]
        above = nodes[-1][deep]
        _, number = dense(above * side + code, (int(above.max()) + 1) * side)
        many = np.bincount(number, weights=journeys[deep]) >= min_group
        deep, number = deep[many[number]], number[many[number]]
        node = np.full(len(rare), _NONE, np.int64)
        node[deep] = number
        nodes.append(node)
