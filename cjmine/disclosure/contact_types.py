"""The types of contacts, and where they come from, as far as they may be shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from cjmine.analysis.cohorts import Cells
from cjmine.analysis.contact.excess import FoundExcess, excess_of
from cjmine.analysis.contact.expected import CAUSED
from cjmine.analysis.contact.finished import ContactPlan, FinishedContact
from cjmine.analysis.contact.kinds import TYPES
from cjmine.counting.groups import Flags, Ints
from cjmine.disclosure.policy import Policy
from cjmine.disclosure.shown import may_show, two_digits
from cjmine.disclosure.step_table import hidden_cells
from cjmine.results.contact import FAILURE_DEMAND, Excess, TypeAt, TypeRow


def type_rows(found: FinishedContact, policy: Policy) -> tuple[TypeRow, ...]:
    """One row a type, in the order in which they are tried; they add up to all contacts."""
    tallies, plan = found.counts.tallies, found.plan
    hidden = _hidden(tallies.types, np.arange(len(TYPES)), policy)
    rows = []
    for number, kind in enumerate(TYPES):
        if hidden[number]:
            rows.append(TypeRow(kind, None, None, None, None, ()))
            continue
        contacts = policy.rounded(int(tallies.types.count[number]))
        cost = _cost(tallies.paid, number, plan, policy)
        said = _excess(found, number, policy)
        row = TypeRow(kind, contacts, None, None, cost, _places(found, number, policy))
        rows.append(row if said is None else _beside_like(row, said, policy))
    return tuple(rows)


def _excess(found: FinishedContact, number: int, policy: Policy) -> FoundExcess | None:
    """What like journeys say of a type, where enough of them are on each side."""
    if number not in CAUSED:
        return None
    said = excess_of(number, found.items, found.second.swayed)
    if said is None or not all(may_show(side, policy) for side in said.sides):
        return None
    return said


def _beside_like(row: TypeRow, said: FoundExcess, policy: Policy) -> TypeRow:
    """A row with what is expected; only the excess costs what need not have been."""
    value, low, high, expected = (
        two_digits(one) if policy.release else one
        for one in (said.value, said.low, said.high, said.expected)
    )
    cost = row.cost
    if cost is not None and row.contacts:
        cost *= min(1.0, max(0.0, value / row.contacts))
    return replace(row, expected=expected, excess=Excess(value, low, high), cost=cost)


def cost_of_failures(
    found: FinishedContact, types: Sequence[TypeRow], policy: Policy
) -> float | None:
    """What the first six types cost together, where their number may be shown.

    As the rows have it: the excess where that is known, else all contacts.
    """
    tallies = found.counts.tallies
    if not may_show(tallies.need_not.n(0), policy) or not found.plan.costs:
        return None
    every = (
        row.cost if row.cost is not None else _cost(tallies.paid, number, found.plan, policy)
        for number, row in enumerate(types[: len(FAILURE_DEMAND)])
    )
    return sum(one or 0.0 for one in every)


def cost_by_channel(many: Ints, plan: ContactPlan, policy: Policy) -> float | None:
    """What so many contacts by channel cost; None where no cost is declared."""
    if not plan.costs:
        return None
    amounts = {one.channel: one.amount for one in plan.costs}
    every = zip(plan.asked.words.channels, many.tolist(), strict=False)  # the last is unknown
    value = sum(amounts.get(name, 0.0) * number for name, number in every)
    return two_digits(value) if policy.release else value


def _cost(paid: Ints, number: int, plan: ContactPlan, policy: Policy) -> float | None:
    return cost_by_channel(paid.reshape(len(TYPES), -1)[number], plan, policy)


def _places(found: FinishedContact, number: int, policy: Policy) -> tuple[TypeAt, ...]:
    """The steps and the touchpoints of friction that contacts of a type are about."""
    tallies = found.counts.tallies
    size = len(tallies.places.count) // len(TYPES)
    rows = np.arange(number * size, (number + 1) * size)
    hidden = _hidden(tallies.places, rows, policy)
    names = (*found.labels, *found.plan.asked.rules.friction)
    every = [
        TypeAt(name, policy.rounded(int(tallies.places.count[row])))
        for name, row, is_hidden in zip(names, rows.tolist(), hidden.tolist(), strict=False)
        if not is_hidden and tallies.places.count[row]
    ]
    return tuple(sorted(every, key=lambda one: (-one.contacts, one.at)))


def _hidden(found: Cells, rows: Ints, policy: Policy) -> Flags:
    """Which cells of a row with a sum are hidden."""
    sizes, people = found.count[rows], found.customers[rows].copy()
    if policy.min_group > 1:
        is_led = 2 * found.largest[rows] > sizes
        people[is_led & (sizes > 0)] = np.minimum(people, policy.min_group - 1)[
            is_led & (sizes > 0)
        ]
    if policy.release:  # rounded sums give no cell away
        small: Flags = (people > 0) & (people < policy.min_group)
        return small
    hidden: Flags = hidden_cells(sizes[None], people[None], policy.min_group)[0]
    return hidden
