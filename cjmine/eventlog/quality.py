"""What is known of the quality of a log."""

from __future__ import annotations

import numpy as np

from cjmine.eventlog.log import CUSTOMER, TIME, EventLog, Offsets


def exact_duplicates(log: EventLog) -> int:
    """How many events equal an earlier one in everything that the log keeps.

    Real logs hold two clicks in one second, so such events are kept; the number is worth knowing.

    >>> from cjmine.eventlog.build import log_of
    >>> exact_duplicates(log_of([("ann", "Search", 0), ("ann", "Search", 0)]))
    1
    """
    return len(duplicate_customers(log))


def duplicate_customers(log: EventLog) -> Offsets:
    """The customer of each event that equals an earlier one, by code."""
    case, time = log.codes(log.case_column), log.times
    tied = np.zeros(log.events, bool)
    tied[1:] = (time[1:] == time[:-1]) & (case[1:] == case[:-1])
    if not tied.any():
        return np.zeros(0, np.int64)
    group = np.cumsum(~tied)
    tied[:-1] |= tied[1:]
    rows = np.flatnonzero(tied)
    columns = [group[rows]]
    columns += [log.codes(name)[rows] for name in log.table.column_names if name != TIME]
    order = np.lexsort(columns[::-1])
    ordered = np.stack(columns, axis=1)[order]
    again = np.flatnonzero((ordered[1:] == ordered[:-1]).all(axis=1)) + 1
    return log.codes(CUSTOMER)[rows[order[again]]].astype(np.int64)
