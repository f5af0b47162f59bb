"""What a log tells about its own quality."""

from __future__ import annotations

import numpy as np

from cjmine.eventlog.log import TIME, EventLog


def exact_duplicates(log: EventLog) -> int:
    """How many events equal an earlier one in everything that the log keeps.

    Real logs hold two clicks in one second, so such events are kept; the number is worth knowing.

    >>> from cjmine.eventlog.build import log_of
    >>> exact_duplicates(log_of([("ann", "Search", 0), ("ann", "Search", 0)]))
    1
    """
    case, time = log.codes(log.case_column), log.times
    tied = np.zeros(log.events, bool)
    tied[1:] = (time[1:] == time[:-1]) & (case[1:] == case[:-1])
    if not tied.any():
        return 0
    group = np.cumsum(~tied)
    tied[:-1] |= tied[1:]
    rows = np.flatnonzero(tied)
    columns = [group[rows]]
    columns += [log.codes(name)[rows] for name in log.table.column_names if name != TIME]
    return len(rows) - len(np.unique(np.stack(columns, axis=1), axis=0))
