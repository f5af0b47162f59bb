"""Every range as a row; nothing is folded yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from cjmine.analysis.cohorts import Cohorts
from cjmine.analysis.deviation_counts import Few
from cjmine.analysis.range_counts import RangeCounts
from cjmine.counting.groups import Ints
from cjmine.results.check import Attribution, RangeRow
from cjmine.results.figures import Counted


@dataclass(frozen=True, slots=True)
class Ranged:
    """One range, with its number among the groups of `few`."""

    row: RangeRow
    group: int


@dataclass(frozen=True, slots=True)
class RangeTable:
    """All ranges; `few` has the journeys of small groups in full, `of` those that could."""

    rows: tuple[Ranged, ...]
    few: Few
    of: Counted


def range_table(
    counts: RangeCounts, steps: tuple[str, ...], activities: tuple[str, ...]
) -> RangeTable:
    """Every step that may be left out, in the order of the ideal, and then what may be extra."""
    names = (*steps, *activities)
    rows = tuple(
        Ranged(_row(counts, group, group < len(steps), names[group]), group)
        for group in np.flatnonzero(counts.possible.having).tolist()
    )
    everyone = counts.possible
    of = everyone.of(0) if len(everyone.among) else Counted(0, 0)
    return RangeTable(rows, counts.few, of)


def _row(counts: RangeCounts, group: int, is_step: bool, name: str) -> RangeRow:
    return RangeRow(
        attribution=Attribution.LEFT_OUT if is_step else Attribution.EXTRA,
        activity=name,
        certain=_within(counts.certain, group, counts.uncertain, counts.only_shown),
        shown=_within(counts.shown, group, counts.only_possible),
        possible=counts.possible.n(group),
        of=counts.possible.of(group),
    )


def _within(table: Cohorts, group: int, *larger: Ints) -> Counted:
    """A count and the fewest customers that it can be set apart from by another of its row."""
    n = table.n(group)
    return Counted(n, n.customers, fewest([n.rest or 0, *(int(one[group]) for one in larger)]))


def fewest(customers: Iterable[int]) -> int:
    """The smallest of some groups of customers that is not empty; 0 where all are.

    >>> fewest([40, 0, 3]), fewest([0])
    (3, 0)
    """
    return min((one for one in customers if one), default=0)
