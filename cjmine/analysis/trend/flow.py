"""Which journeys have which pair of activities one directly after the other, over all parts.

A pair is kept as a flag of each journey that has it: at most eight bytes an event.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cjmine.analysis.compared_part import Moments, Part
from cjmine.analysis.deviation_counts import codes_in
from cjmine.analysis.drift import Presence, presence
from cjmine.conformance.states import State, Window, journey_states
from cjmine.counting.groups import Flags, Ints, dense, distinct, grouped
from cjmine.eventlog.journeys import without_events

Small = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class AskFlow:
    """The question for flows; `activities` are those of the whole log, in their order."""

    activities: tuple[str, ...]
    moments: Moments


@dataclass(frozen=True, slots=True)
class FlowTable:
    """The journeys of a log with their pairs; those of parts are put one behind the other.

    `begin` (microseconds) and `customer` have one entry a journey, in the order of the log. Row r
    says that `journey[r]` has pair `code[r]`: first activity times all activities plus second.
    """

    begin: Ints
    customer: Small
    customers: int
    code: Ints
    journey: Small

    def __add__(self, other: FlowTable) -> FlowTable:
        return FlowTable(
            np.concatenate([self.begin, other.begin]),
            np.concatenate([self.customer, other.customer + np.int32(self.customers)]),
            self.customers + other.customers,
            np.concatenate([self.code, other.code]),
            np.concatenate([self.journey, other.journey + np.int32(len(self.begin))]),
        )


def count_flow(part: Part, asked: AskFlow) -> FlowTable:
    """The journeys of a part that had their full time, with what they did within it.

    Where no full time is known all journeys count, as far as they came. Truncated journeys and
    the events of surveys are left out.
    """
    journeys, moments = part.journeys, asked.moments
    window = Window(moments.since, moments.until)
    states = journey_states(journeys, part.terms, window, moments.full_time)
    stays: Flags = states.of_journey != State.TRUNCATED
    if moments.full_time is not None:
        stays = states.is_counted
    way = without_events(journeys, states.is_after | journeys.is_survey)
    found = presence(way.starts, way.activity, len(way.activities))
    pair = np.repeat(np.arange(len(found.first)), np.diff(found.bounds))
    rows = np.flatnonzero(stays[found.journey])
    number = np.cumsum(stays) - 1
    of_log = codes_in(asked.activities, way.activities)
    codes = of_log[found.first] * len(asked.activities) + of_log[found.second]
    fresh = np.diff(journeys.customer, prepend=-1) != 0
    return FlowTable(
        journeys.time[journeys.starts[:-1]][stays],
        (np.cumsum(fresh) - 1)[stays].astype(np.int32),
        journeys.customers,
        codes[pair[rows]],
        number[found.journey[rows]].astype(np.int32),
    )


@dataclass(frozen=True, slots=True)
class Flow:
    """The journeys of a whole log in order of their begin, and the pairs of enough customers.

    Journeys that begin at one moment keep the order of the log.
    """

    begin: Ints
    customer: Small
    pairs: Presence


def flow_of(table: FlowTable, activities: int, min_group: int) -> Flow:
    """The flow of a log, with the pairs that so many customers or more have."""
    order = np.argsort(table.begin, kind="stable")
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    codes, pair = dense(table.code, activities * activities)
    by_log = np.argsort(table.journey, kind="stable")  # customers in their order
    whole = grouped(pair[by_log], len(codes))
    customers = whole.per_group(whole.begins(table.customer[table.journey[by_log][whole.order]]))
    kept = np.flatnonzero(customers >= max(min_group, 1))
    number = np.full(len(codes), -1, np.int64)
    number[kept] = np.arange(len(kept))
    inside = np.flatnonzero(number[pair] >= 0)
    by_begin = inside[np.argsort(rank[table.journey[inside]], kind="stable")]
    found = grouped(number[pair[by_begin]], len(kept))
    side = max(activities, 1)
    return Flow(
        table.begin[order],
        table.customer[order],
        Presence(
            len(order),
            codes[kept] // side,
            codes[kept] % side,
            found.bounds,
            rank[table.journey[by_begin[found.order]]],
        ),
    )


def customers_of(customer: Small, flags: Flags) -> int:
    """The distinct customers of some journeys, in any order."""
    return len(distinct(customer[flags]))
