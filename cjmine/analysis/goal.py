"""How many journeys reach the goal, in all and by a column of the log."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from cjmine.analysis.measured import GoalRow, SegmentRow
from cjmine.analysis.ratio import Ratio
from cjmine.eventlog.journeys import Journeys
from cjmine.eventlog.log import EventLog
from cjmine.miner.flows import grouped
from cjmine.privacy.small_groups import OTHER, Members, hidden_parts, is_small


def goal_row(journeys: Journeys, goal: tuple[str, ...], min_group: int) -> GoalRow | None:
    """The share of journeys that have a goal activity; None where no goal is asked for."""
    if not goal:
        return None
    reached = _reached(journeys, goal)
    return GoalRow(goal, _shown_ratio(reached, journeys.customer, min_group))


def _reached(journeys: Journeys, goal: Sequence[str]) -> npt.NDArray[np.bool_]:
    codes = [code for code, name in enumerate(journeys.activities) if name in goal]
    reached = np.zeros(len(journeys), bool)
    reached[journeys.journey[np.isin(journeys.activity, codes)]] = True
    return reached


def _shown_ratio(
    reached: npt.NDArray[np.bool_], customer: npt.NDArray[np.int32], min_group: int
) -> Ratio | None:
    """The share, unless so few reach it, or so few do not, that it tells about each of them."""
    few = any(is_small(len(np.unique(customer[side])), min_group) for side in (reached, ~reached))
    return None if few else Ratio(int(reached.sum()), len(reached))


def segment_rows(
    log: EventLog, journeys: Journeys, by: str | None, goal: tuple[str, ...], min_group: int
) -> tuple[SegmentRow, ...]:
    """Journeys by the value that their first event with one has."""
    if by is None or not len(journeys):
        return ()
    names = (*log.names(by), "(none)", OTHER)
    codes = log.codes(by)[journeys.event]
    filled = np.flatnonzero(codes >= 0)
    owner, first = np.unique(journeys.journey[filled], return_index=True)
    value = np.full(len(journeys), len(names) - 2)
    value[owner] = codes[filled[first]]
    by_value = grouped(value, len(names))
    customers = by_value.distinct(journeys.customer)
    behind = Members(by_value.bounds, journeys.customer[by_value.order])
    hidden = hidden_parts(behind, customers, by_value.sizes, min_group)
    value = np.where(hidden[value], len(names) - 1, value)
    reached = _reached(journeys, goal)
    rows = []
    for code in np.unique(value).tolist():
        inside = value == code
        rate = None
        if goal:
            rate = _shown_ratio(reached[inside], journeys.customer[inside], min_group)
        rows.append(SegmentRow(names[code], int(inside.sum()), rate))
    return tuple(sorted(rows, key=lambda row: (row.value == OTHER, -row.journeys, row.value)))
