"""Rework: activities that journeys repeat at once, or return to after something else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from cjmine.counting.groups import Flags, Grouped, Ints, added
from cjmine.eventlog.journeys import Journeys
from cjmine.results.discovery import LoopRow
from cjmine.results.figures import Counted


@dataclass(frozen=True, slots=True)
class LoopCounts:
    """For each activity the journeys that repeat it, at once or on return, and their customers.

    `not_` columns count the customers of the journeys that have the activity and do not repeat it,
    or repeat it and never so.
    """

    having: Ints
    customers: Ints
    repeat: Ints
    repeat_customers: Ints
    not_repeat_customers: Ints
    at_once: Ints
    at_once_customers: Ints
    not_at_once_customers: Ints
    returns: Ints
    returns_customers: Ints
    not_returns_customers: Ints


def count_loops(journeys: Journeys, by_activity: Grouped, customer: np.ndarray) -> LoopCounts:
    """Count the loops of a part; `customer` has one entry a journey."""
    order, journey = by_activity.order, journeys.journey[by_activity.order]
    first = by_activity.begins(journey)
    begin = np.flatnonzero(first)  # one run for each journey that has an activity
    runs = Grouped(begin, np.searchsorted(begin, by_activity.bounds))
    again = np.flatnonzero(~first)
    run = again - np.arange(1, len(again) + 1)  # so many runs have begun before, less one
    next_one = order[again] == order[again - 1] + 1
    repeated, at_once, returns = (np.zeros(len(begin), bool) for _ in range(3))
    repeated[run] = True
    at_once[run[next_one]] = True
    returns[run[~next_one]] = True
    owner = customer[journey[begin]]

    def marked(flags: Flags) -> tuple[Ints, Ints]:
        where = np.flatnonzero(flags)
        inside = Grouped(where, np.searchsorted(where, runs.bounds))
        return inside.sizes, inside.per_group(inside.begins(owner[where]))

    return LoopCounts(
        runs.sizes,
        runs.per_group(runs.begins(owner)),
        *marked(repeated),
        marked(~repeated)[1],
        *marked(at_once),
        marked(repeated & ~at_once)[1],
        *marked(returns),
        marked(repeated & ~returns)[1],
    )


def merge_loops(parts: Sequence[LoopCounts], places: Sequence[Ints], number: int) -> LoopCounts:
    """The loops of all parts."""
    return LoopCounts(
        *(
            added([getattr(part, field.name) for part in parts], places, number)
            for field in fields(LoopCounts)
        )
    )


def loop_rows(names: Sequence[str], found: LoopCounts) -> tuple[LoopRow, ...]:
    """For each repeated activity the journeys that repeat it, the most first."""

    def journeys(name: str, code: int) -> Counted:
        return Counted(
            int(getattr(found, name)[code]),
            getattr(found, f"{name}_customers")[code],
            int(getattr(found, f"not_{name}_customers")[code]),
        )

    rows = [
        LoopRow(
            names[code],
            journeys("repeat", code),
            Counted(int(found.having[code]), found.customers[code]),
            journeys("at_once", code),
            journeys("returns", code),
        )
        for code in np.flatnonzero(found.repeat).tolist()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.journeys, row.activity)))
