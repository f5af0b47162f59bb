"""The commonest journeys: variants, the rare ones folded into what they begin with."""

from __future__ import annotations

from cjmine.eventlog.journeys import Journeys
from cjmine.eventlog.variants import Variants
from cjmine.privacy.rare_variants import Traces, VariantGroup, fold_variants
from cjmine.privacy.small_groups import OTHER
from cjmine.results.discovery import VariantRow


def variant_rows(
    found: Variants, journeys: Journeys, top: int | None, min_group: int
) -> tuple[tuple[VariantRow, ...], int, int]:
    """Rows up to `top`, the number of journeys that are folded, and of groups in all."""
    if min_group <= 1:
        rows = tuple(
            VariantRow(found.trace(one), int(found.journeys[one]), False)
            for one in found.ranked(top)
        )
        return rows, 0, len(found)
    traces = Traces(found.codes, found.starts, found.of_journey, journeys.customer)
    groups = fold_variants(traces, min_group)
    folded = sum(group.journeys for group in groups if group.is_folded)
    assert sum(group.journeys for group in groups) == len(journeys)

    def size(group: VariantGroup) -> tuple[bool, int]:
        return group.is_folded, -group.journeys

    def trace(group: VariantGroup) -> tuple[str, ...]:
        return found.trace(group.variant)[: group.length] if group.length else ()

    groups.sort(key=size)
    first = groups if top is None else _with_equals(groups, top)
    rows = tuple(
        VariantRow(
            (*trace(group), OTHER) if group.is_folded else trace(group),
            group.journeys,
            group.is_folded,
        )
        for group in sorted(first, key=lambda group: (*size(group), trace(group)))
    )
    return rows[:top], folded, len(groups)


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
