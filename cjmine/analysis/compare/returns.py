"""Which journeys were followed by another of the same customer, as far as the log can show it."""

from __future__ import annotations

import numpy as np

from cjmine.analysis.compared_part import Part
from cjmine.counting.groups import Flags, Ints
from cjmine.eventlog.journeys import Journeys


def follow_up(part: Part, within: int, until: int) -> tuple[Flags, Flags]:
    """Which journeys are followed up, and which of all journeys return, one flag each a journey.

    A journey returns where another of its customer begins at most `within` microseconds after its
    last event; it is followed up where that time is over by `until`. Filters choose the journeys
    that are asked about, not those that they return with.
    """
    journeys, every = part.journeys, part.chosen.among
    last = journeys.time[journeys.starts[1:] - 1] if len(journeys) else np.zeros(0, np.int64)
    wait = _next_begin(every, part.log.events)[_first_event(journeys)] - last
    followed: Flags = last + within <= until
    returned: Flags = wait <= within
    return followed, returned


def _next_begin(journeys: Journeys, events: int) -> Ints:
    """For the first event of each journey, by its row in the log, when the customer's next begins.

    Very late where there is no other.
    """
    found = np.full(events, np.iinfo(np.int64).max // 2)
    if len(journeys) < 2:
        return found
    begin, first = journeys.time[journeys.starts[:-1]], _first_event(journeys)
    customer = journeys.customer
    if ((begin[1:] < begin[:-1]) & (customer[1:] == customer[:-1])).any():
        order = np.lexsort((begin, customer))  # cases that a log came with are in any order
        begin, first, customer = begin[order], first[order], customer[order]
    same = np.flatnonzero(customer[1:] == customer[:-1])
    found[first[same]] = begin[same + 1]
    return found


def _first_event(journeys: Journeys) -> Ints:
    first: Ints = journeys.event[journeys.starts[:-1]]
    return first
