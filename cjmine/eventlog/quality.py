"""What is known of the quality of a log."""

from __future__ import annotations

import numpy as np

from cjmine.eventlog.log import CUSTOMER, TIME, EventLog, Offsets


def duplicate_customers(log: EventLog) -> Offsets:
    """The customer (by code) of each event that equals an earlier one in everything that is kept.

    Real logs hold two clicks in one second, so such events are kept; the number is worth knowing.

    >>> from cjmine.eventlog.build import log_of
    >>> duplicate_customers(log_of([("ann", "Search", 0), ("ann", "Search", 0)])).tolist()
    [0]
    """
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
