"""Which deviations are shown one by one: those of few customers are put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from cjmine.analysis.deviations import Deviating, DeviationTable
from cjmine.disclosure.policy import Policy
from cjmine.disclosure.shown import shown
from cjmine.ideal.deviations import DeviationClass
from cjmine.results.check import DeviationRow
from cjmine.results.figures import OTHER, Counted


def shown_deviations(
    table: DeviationTable,
    withheld: frozenset[str],
    accepted: frozenset[DeviationClass],
    policy: Policy,
) -> tuple[DeviationRow, ...]:
    """The rows by class in the order of precedence, the commonest first.

    A deviation of too few customers joins the other row of its class, a class that is too small
    altogether the other row of all classes; where that is too small, it has no counts. `withheld`
    are the steps whose drop-off is withheld in the step table, `accepted` the classes that are
    accepted at every step. There are no rows where too few customers are counted altogether.
    """
    if policy.is_small(table.of.customers):
        return ()
    found: list[DeviationRow] = []
    left: list[Deviating] = []
    for one in DeviationClass:
        mine = [row for row in table.rows if row.of_class is one]
        small = [row for row in mine if _is_small(row, policy)]
        large = [_alone(row, withheld, policy) for row in mine if not _is_small(row, policy)]
        found += sorted(large, key=lambda row: (-(row.journeys or 0), row.activity))
        if not small:
            continue
        rest = _union(small, table)
        if policy.is_small(_customers(rest)):
            left += small
        else:
            row = replace(rest, code=small[0].row.code, class_=one.value, accepted=one in accepted)
            found.append(shown(row, policy))
    if left:
        found.append(shown(_union(left, table), policy))
    return tuple(found)


def _is_small(one: Deviating, policy: Policy) -> bool:
    return policy.is_small(_customers(one.row))


def _customers(row: DeviationRow) -> int:
    assert isinstance(row.journeys, Counted)
    return row.journeys.customers


def _alone(one: Deviating, withheld: frozenset[str], policy: Policy) -> DeviationRow:
    row = one.row
    if one.of_class is DeviationClass.ABANDONED and row.activity in withheld:
        row = replace(row, journeys=None, occurrences=None)
    found = shown(row, policy)
    # Where a step is deviated from once a journey, the occurrences are the journeys.
    return found if found.journeys is not None else replace(found, occurrences=None)


def _union(rows: Sequence[Deviating], table: DeviationTable) -> DeviationRow:
    """Journeys that have any of some deviations; all of those are in the list of few."""
    few = table.few
    inside = np.isin(few.group, [row.group for row in rows])
    customer, times = few.customer[inside], few.times[inside]
    journeys, first = np.unique(few.journey[inside], return_index=True)
    owners, many = np.unique(customer[first], return_counts=True)
    of_customer = dict(zip(few.customer.tolist(), few.of_customer.tolist(), strict=True))
    whole = sum(
        of_customer[one] == count for one, count in zip(owners.tolist(), many.tolist(), strict=True)
    )
    rest = table.of.customers - whole
    largest = int(np.bincount(np.searchsorted(owners, customer), times).max(initial=0))
    return DeviationRow(
        code=None,
        class_=OTHER,
        activity=OTHER,
        journeys=Counted(len(journeys), len(owners), rest),
        occurrences=Counted(int(times.sum()), len(owners), rest, largest),
        of=table.of,
        accepted=False,
        friction=False,
    )
