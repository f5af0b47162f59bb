"""Rework: activities that journeys repeat at once, or return to after something else."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from cjmine.eventlog.journeys import Journeys
from cjmine.miner.flows import Grouped
from cjmine.privacy.small_groups import is_small
from cjmine.results.discovery import LoopRow


def loop_rows(journeys: Journeys, by_activity: Grouped, min_group: int) -> tuple[LoopRow, ...]:
    """For each repeated activity the journeys that repeat it, the most first.

    An activity that fewer than `min_group` customers repeat is left out; one that all but fewer
    repeat is left out too.
    """
    having = by_activity.distinct(journeys.journey)
    order, journey = by_activity.order, journeys.journey[by_activity.order]
    activity = np.repeat(np.arange(len(having)), by_activity.sizes)
    again = np.zeros(len(order), bool)
    again[1:] = journey[1:] == journey[:-1]
    again[by_activity.bounds[:-1][by_activity.sizes > 0]] = False
    repeats = np.flatnonzero(again)
    at_once = order[repeats] == order[repeats - 1] + 1
    kinds = (repeats, repeats[at_once], repeats[~at_once])
    counts = [_by_activity(journeys, activity, journey, kind, len(having)) for kind in kinds]
    once_only = having - counts[0][0]
    if journeys.customers < len(journeys):
        alone = ~again
        alone[:-1] &= ~again[1:]
        marked = np.flatnonzero(alone)
        once_only = _by_activity(journeys, activity, journey, marked, len(having))[1]
    rows = []
    for code in np.flatnonzero(counts[0][0]).tolist():
        if is_small(int(counts[0][1][code]), min_group) or is_small(
            int(once_only[code]), min_group
        ):
            continue
        every, once, returns = (
            None if is_small(int(customers[code]), min_group) else int(repeated[code])
            for repeated, customers in counts
        )
        assert every is not None
        rows.append(LoopRow(journeys.activities[code], every, int(having[code]), once, returns))
    return tuple(sorted(rows, key=lambda row: (-row.journeys, row.activity)))


def _by_activity(
    journeys: Journeys,
    activity: npt.NDArray[np.int64],
    journey: npt.NDArray[np.int32],
    marked: npt.NDArray[np.intp],
    activities: int,
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Distinct journeys and distinct customers of the marked events, by activity."""
    what, who = activity[marked], journey[marked]

    def distinct(owner: npt.NDArray[np.integer]) -> npt.NDArray[np.int64]:
        fresh = np.ones(len(marked), bool)
        fresh[1:] = (what[1:] != what[:-1]) | (owner[1:] != owner[:-1])
        return np.bincount(what[fresh], minlength=activities)

    return distinct(who), distinct(journeys.customer[who])
