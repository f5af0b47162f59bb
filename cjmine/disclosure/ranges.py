"""Which ranges are shown one by one: those of few customers are put together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cjmine.analysis.ranges import Ranged, RangeTable, fewest
from cjmine.conformance.attributions import Sureness
from cjmine.counting.groups import Flags
from cjmine.disclosure.policy import Policy
from cjmine.disclosure.shown import shown
from cjmine.results.check import Attribution, RangeRow
from cjmine.results.figures import OTHER, Counted


def shown_ranges(table: RangeTable, policy: Policy) -> tuple[RangeRow, ...]:
    """What is left out and then what is extra, each the commonest first.

    A step or touchpoint that few customers may leave out or have extra joins the other row of its
    kind; where that is too small, both join one other row, which has no counts if it is too.
    A count is withheld where it differs from another of its row by few customers. There are no
    rows where too few customers are counted altogether.
    """
    if policy.is_small(table.of.customers):
        return ()
    found: list[RangeRow] = []
    left: list[Ranged] = []
    for kind in Attribution:
        mine = [one for one in table.rows if one.row.attribution is kind]
        small = [one for one in mine if policy.is_small(_customers(one.row))]
        large = [shown(one.row, policy) for one in mine if one not in small]
        found += sorted(large, key=lambda row: -(row.possible or row.shown or 0))
        rest = _union(small, kind, table)
        if policy.is_small(_customers(rest)):
            left += small
        elif small:
            found.append(shown(rest, policy))
    if left:
        found.append(shown(_union(left, None, table), policy))
    return tuple(found)


def _customers(row: RangeRow) -> int:
    assert isinstance(row.possible, Counted)
    return row.possible.customers


def _union(rows: Sequence[Ranged], kind: Attribution | None, table: RangeTable) -> RangeRow:
    """Journeys that have any of some ranges, as sure as the surest of these."""
    few = table.few
    at = np.flatnonzero(np.isin(few.group, [one.group for one in rows]))
    at = at[np.argsort(-few.times[at], kind="stable")]
    _, surest = np.unique(few.journey[at], return_index=True)
    at = at[surest]
    sureness = few.times[at]

    def customers(journeys: Flags) -> dict[int, int]:
        """Those of some journeys, with how many of these they have."""
        owner, many = np.unique(few.customer[at[journeys]], return_counts=True)
        return dict(zip(owner.tolist(), many.tolist(), strict=True))

    of_customer = dict(zip(few.customer[at].tolist(), few.of_customer[at].tolist(), strict=True))

    def counted(least: Sureness) -> Counted:
        having = customers(sureness >= least)
        whole = sum(of_customer[one] == many for one, many in having.items())
        apart = [table.of.customers - whole]
        for more in range(Sureness.POSSIBLE, least):
            apart.append(len(customers((sureness >= more) & (sureness < least))))
        return Counted(int((sureness >= least).sum()), len(having), fewest(apart))

    return RangeRow(
        attribution=kind,
        activity=OTHER,
        certain=counted(Sureness.CERTAIN),
        shown=counted(Sureness.SHOWN),
        possible=counted(Sureness.POSSIBLE),
        of=table.of,
    )
