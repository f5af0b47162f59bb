"""Activities and the flows between them, with small groups folded or withheld."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from cjmine.eventlog.journeys import Journeys
from cjmine.miner.flows import Flows, Grouped, distinct_customers, grouped
from cjmine.privacy.small_groups import (
    OTHER,
    FlowTable,
    Members,
    hidden_flows,
    hidden_parts,
)
from cjmine.results.discovery import ActivityRow, FlowRow


def with_folded_activities(journeys: Journeys, min_group: int) -> tuple[Journeys, Grouped]:
    """The same journeys with every rare activity renamed to other, and their events by activity."""
    names = journeys.activities
    by_activity = grouped(journeys.activity, len(names))
    customers = distinct_customers(by_activity, journeys)
    if not ((customers > 0) & (customers < min_group)).any():
        return journeys, by_activity
    customer = journeys.customer[journeys.journey]
    behind = Members(by_activity.bounds, customer[by_activity.order])
    hidden = hidden_parts(behind, customers, by_activity.sizes, min_group)
    renamed = np.where(hidden, len(names), np.arange(len(names))).astype(np.int32)
    other = OTHER if OTHER not in names else f"{OTHER} folded"
    folded = replace(journeys, activity=renamed[journeys.activity], activities=(*names, other))
    return folded, grouped(folded.activity, len(names) + 1)


class Shown:
    """Rows about activities and flows, with what may not be shown folded or withheld."""

    def __init__(
        self, journeys: Journeys, by_activity: Grouped, counted: Flows, min_group: int
    ) -> None:
        self._journeys, self._by_activity, self._flows = journeys, by_activity, counted
        self._min_group = min_group
        self._hidden = np.zeros(len(counted.count), bool)
        if min_group > 1:
            behind = Members(counted.bounds, counted.members)
            table = FlowTable(
                counted.outside + 1, counted.source, counted.target, counted.count, behind
            )
            self._hidden = hidden_flows(table, counted.customers, min_group)

    def activity_rows(self) -> tuple[ActivityRow, ...]:
        """All activities, those of most journeys first, other last."""
        names = self._journeys.activities
        events = self._by_activity.sizes
        journeys = self._by_activity.distinct(self._journeys.journey)
        starts = self._at_the_edge(self._flows.source, self._flows.target)
        ends = self._at_the_edge(self._flows.target, self._flows.source)
        order = sorted(
            np.flatnonzero(events).tolist(),
            key=lambda code: (
                names[code].startswith(OTHER),
                -int(journeys[code]),
                -int(events[code]),
                names[code],
            ),
        )
        return tuple(
            ActivityRow(
                names[code], int(events[code]), int(journeys[code]), starts[code], ends[code]
            )
            for code in order
        )

    def _at_the_edge(
        self, outside: npt.NDArray[np.int32], inside: npt.NDArray[np.int32]
    ) -> list[int | None]:
        counts: list[int | None] = [0] * len(self._journeys.activities)
        for row in np.flatnonzero(outside == self._flows.outside):
            counts[inside[row]] = None if self._hidden[row] else int(self._flows.count[row])
        return counts

    def flow_rows(self) -> tuple[FlowRow, ...]:
        """All flows between activities, the commonest first, other last."""
        names, counted = self._journeys.activities, self._flows
        rows = np.flatnonzero(counted.inner & ~self._hidden).tolist()
        rows.sort(
            key=lambda row: (
                -int(counted.count[row]),
                names[counted.source[row]],
                names[counted.target[row]],
            )
        )
        shown = [
            FlowRow(
                names[counted.source[row]],
                names[counted.target[row]],
                int(counted.count[row]),
                *self._waits(row),
            )
            for row in rows
        ]
        rest = int(counted.count[counted.inner & self._hidden].sum())
        if rest:
            shown.append(FlowRow(OTHER, OTHER, rest, None, None))
        return tuple(shown)

    def _waits(self, row: int) -> tuple[float | None, float | None]:
        """Median and 90th percentile; each needs a group of customers on both of its sides."""
        quantiles = self._flows.quantiles(row, 0.5, 0.9)
        if self._min_group <= 1:
            return quantiles[0] / 1e6, quantiles[1] / 1e6
        start, end = self._flows.bounds[row : row + 2]
        waits, members = self._flows.waits[start:end], self._flows.members[start:end]
        customers = int(self._flows.customers[row])
        median, p90 = (
            wait / 1e6
            if min(share, 1 - share) * customers >= self._min_group
            and (customers == len(waits) or self._is_shared(waits, members, wait))
            else None
            for wait, share in zip(quantiles, (0.5, 0.9), strict=True)
        )
        return median, p90

    def _is_shared(
        self, waits: npt.NDArray[np.int64], members: npt.NDArray[np.int32], wait: float
    ) -> bool:
        """Whether enough customers wait up to a quantile, and enough from it on."""
        sides = (members[waits <= wait], members[waits >= wait])
        return all(
            len(side) and np.count_nonzero(np.diff(side)) + 1 >= self._min_group for side in sides
        )
