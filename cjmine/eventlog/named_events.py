"""Which events carry one of some names, and which journeys have one of some events."""

from __future__ import annotations

import numpy as np

from cjmine.eventlog.journeys import Journeys
from cjmine.eventlog.log import Offsets
from cjmine.eventlog.surveys import Flags


def named(journeys: Journeys, names: tuple[str, ...]) -> Flags:
    """Which events carry one of some names: one flag an event.

    >>> from cjmine.eventlog.build import log_of
    >>> from cjmine.eventlog.journeys import cut
    >>> found = cut(log_of([("ann", "Search", 0), ("ann", "Buy", 60), ("bob", "Search", 5)]))
    >>> named(found, ("Buy", "Call")).tolist()
    [False, True, False]
    """
    is_named = np.array([name in names for name in journeys.activities], bool)
    if not is_named.any():
        return np.zeros(len(journeys.activity), bool)
    found: Flags = is_named[journeys.activity]
    return found


def having(journeys: Journeys, events: Flags) -> Flags:
    """Which journeys have one of the flagged events: one flag a journey."""
    found = np.zeros(len(journeys), bool)
    found[journeys.journey[events]] = True
    return found


def first_of(journeys: Journeys, events: Flags) -> Offsets:
    """The place of the first flagged event of each journey; -1 where it has none."""
    hits = np.flatnonzero(events)[::-1]
    first: Offsets = np.full(len(journeys), -1, np.int64)
    first[journeys.journey[hits]] = hits  # the first of a journey is written last
    return first


def last_of(journeys: Journeys, events: Flags) -> Offsets:
    """The place of the last flagged event of each journey; -1 where it has none."""
    hits = np.flatnonzero(events)
    last: Offsets = np.full(len(journeys), -1, np.int64)
    last[journeys.journey[hits]] = hits  # the last of a journey is written last
    return last
