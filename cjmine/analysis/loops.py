"""Rework: activities that journeys repeat at once, or return to after something else."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from cjmine.analysis.measured import LoopRow
from cjmine.eventlog.journeys import Journeys
from cjmine.miner.flows import Grouped
from cjmine.privacy.small_groups import is_small


def loop_rows(journeys: Journeys, by_activity: Grouped, min_group: int) -> tuple[LoopRow, ...]:
    """For each repeated activity the journeys that repeat it, the most first.

    An activity that fewer than `min_group` customers repeat is left out; one that all but fewer
    repeat is left out too.
    """
    order = by_activity.order
    activity, journey = journeys.activity[order], journeys.journey[order]
    again = np.zeros(len(order), bool)
    again[1:] = (activity[1:] == activity[:-1]) & (journey[1:] == journey[:-1])
    at_once = again.copy()
    at_once[1:] &= order[1:] == order[:-1] + 1
    having = by_activity.distinct(journeys.journey)
    only_once = ~again
    only_once[:-1] &= ~again[1:]
    kinds = (again, at_once, again & ~at_once, only_once)
    counts = [_by_activity(journeys, activity, journey, kind, len(having)) for kind in kinds]
    rows = []
    for code in np.flatnonzero(counts[0][0]).tolist():
        if any(is_small(int(counts[kind][1][code]), min_group) for kind in (0, 3)):
            continue
        every, once, returns = (
            None if is_small(int(customers[code]), min_group) else int(repeats[code])
            for repeats, customers in counts[:3]
        )
        assert every is not None
        rows.append(LoopRow(journeys.activities[code], every, int(having[code]), once, returns))
    return tuple(sorted(rows, key=lambda row: (-row.journeys, row.activity)))


def _by_activity(
    journeys: Journeys,
    activity: npt.NDArray[np.int32],
    journey: npt.NDArray[np.int32],
    kind: npt.NDArray[np.bool_],
    activities: int,
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Distinct journeys and distinct customers of the marked events, by activity."""
    marked = np.flatnonzero(kind)
    what, who = activity[marked], journey[marked]
    customer = journeys.customer[who]

    def distinct(owner: npt.NDArray[np.integer]) -> npt.NDArray[np.int64]:
        fresh = np.ones(len(marked), bool)
        fresh[1:] = (np.diff(what) != 0) | (np.diff(owner) != 0)
        return np.bincount(what[fresh], minlength=activities)

    return distinct(who), distinct(customer)
