"""The events of the customers who have an entry touchpoint: all that a journey is cut from."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from cjmine.eventlog.log import ACTIVITY, CUSTOMER, EventLog


def entered(log: EventLog, entry: tuple[str, ...]) -> EventLog:
    """The log of the customers who have one of these activities; all of it without any.

    >>> from cjmine.eventlog.build import log_of
    >>> log = log_of([("ann", "Search", 0), ("bob", "Call", 0), ("bob", "Search", 60)])
    >>> entered(log, ("Call",)).events
    2
    """
    if not entry or not log.events:
        return log
    owner = log.codes(CUSTOMER)
    is_entry = np.array([*(name in entry for name in log.activities), False], bool)
    has = np.zeros(int(owner.max()) + 1, bool)
    has[owner[is_entry[log.codes(ACTIVITY)]]] = True
    stays = has[owner]
    return log if stays.all() else EventLog(log.table.filter(pa.array(stays)), log.about)
