"""How many journeys reach the goal, in all and by a column of the log."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from cjmine.eventlog.journeys import Journeys
from cjmine.eventlog.log import EventLog
from cjmine.miner.flows import grouped
from cjmine.privacy.small_groups import OTHER, Members, hidden_parts, is_small
from cjmine.results.discovery import Goal, Segment, Segments, goal_of
from cjmine.results.share import WITHHELD, share


def goal_row(journeys: Journeys, goal: tuple[str, ...], min_group: int) -> Goal | None:
    """The share of journeys that have a goal activity; None where no goal is asked for."""
    if not goal:
        return None
    reached = _reached(journeys, goal)
    few = _is_few(reached, journeys.customer, min_group)
    return goal_of(goal, WITHHELD if few else share(int(reached.sum()), len(reached)))


def _reached(journeys: Journeys, goal: Sequence[str]) -> npt.NDArray[np.bool_]:
    codes = [code for code, name in enumerate(journeys.activities) if name in goal]
    reached = np.zeros(len(journeys), bool)
    reached[journeys.journey[np.isin(journeys.activity, codes)]] = True
    return reached


def _is_few(
    reached: npt.NDArray[np.bool_], customer: npt.NDArray[np.int32], min_group: int
) -> bool:
    """Whether so few reach the goal, or so few do not, that the share would tell about each."""
    return any(is_small(len(np.unique(customer[side])), min_group) for side in (reached, ~reached))


def segments_of(
    log: EventLog, journeys: Journeys, by: str | None, goal: tuple[str, ...], min_group: int
) -> Segments | None:
    """Journeys by the value that their first event with one has; None where none is asked for."""
    if by is None:
        return None
    if not len(journeys):
        return Segments(by, ())
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
    segments = [value == code for code in np.unique(value).tolist()]
    withheld = _withheld(segments, reached, journeys.customer, min_group) if goal else set()
    rows = []
    for place, inside in enumerate(segments):
        name = names[int(value[np.argmax(inside)])]
        size = int(inside.sum())
        shown = goal and place not in withheld
        rate = share(int(reached[inside].sum()), size) if shown else WITHHELD
        rows.append(Segment(name, size, rate))
    rows.sort(key=lambda row: (row.value == OTHER, -row.journeys, row.value))
    return Segments(by, tuple(rows))


def _withheld(
    segments: list[npt.NDArray[np.bool_]],
    reached: npt.NDArray[np.bool_],
    customer: npt.NDArray[np.int32],
    min_group: int,
) -> set[int]:
    """The segments whose share is not shown: the small ones, and enough to hide them among.

    The share of all is shown, so what is withheld can be computed as one sum; that sum must not
    be small itself.
    """
    withheld = {
        place
        for place, inside in enumerate(segments)
        if _is_few(reached[inside], customer[inside], min_group)
    }
    rest = sorted(set(range(len(segments))) - withheld, key=lambda place: segments[place].sum())
    while withheld and rest:
        together = np.any([segments[place] for place in withheld], axis=0)
        if not _is_few(reached[together], customer[together], min_group):
            break
        withheld.add(rest.pop(0))
    return withheld
