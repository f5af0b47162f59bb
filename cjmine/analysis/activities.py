"""Activities: the events and journeys of each, with rare ones folded into one other activity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cjmine.counting.groups import Grouped, Groups, Ints, added, counted, merged
from cjmine.eventlog.journeys import Journeys
from cjmine.results.discovery import ActivityRow
from cjmine.results.figures import OTHER, Counted


@dataclass(frozen=True, slots=True)
class ActivityCounts:
    """What is behind each activity; the entry after the last name is the folded ones'."""

    groups: Groups
    journeys: Ints


def count_activities(
    journeys: Journeys, by_activity: Grouped, customer: np.ndarray, most: int
) -> ActivityCounts:
    """Count the activities of a part; `customer` has one entry an event, by activity."""
    return ActivityCounts(
        counted(by_activity, customer, most), by_activity.distinct(journeys.journey)
    )


def merge_activities(
    parts: Sequence[ActivityCounts],
    places: Sequence[Ints],
    offsets: Sequence[int],
    number: int,
    most: int,
) -> ActivityCounts:
    """The activities of all parts."""
    groups = merged([part.groups for part in parts], places, offsets, number, most)
    return ActivityCounts(groups, added([part.journeys for part in parts], places, number))


def activity_rows(
    names: Sequence[str],
    found: ActivityCounts,
    starts: Sequence[Counted | int | None],
    ends: Sequence[Counted | int | None],
) -> tuple[ActivityRow, ...]:
    """All activities, those of most journeys first, other last."""
    events, journeys, customers = found.groups.occurrences, found.journeys, found.groups.customers
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
            names[code],
            Counted(int(events[code]), customers[code]),
            Counted(int(journeys[code]), customers[code]),
            starts[code],
            ends[code],
        )
        for code in order
    )
