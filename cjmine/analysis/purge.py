"""How many events and customers of a log are past a moment."""

from __future__ import annotations

import numpy as np

from cjmine.eventlog.log import CUSTOMER, EventLog
from cjmine.results.figures import Counted
from cjmine.results.purge import Purged, PurgedLog


def past_retention(log: EventLog, moment: int, name: str) -> PurgedLog:
    """The events of a log before a moment (microseconds since 1970), and who is behind them.

    A customer is past where all of its events are. `name` is how the result calls the log.

    >>> from cjmine.eventlog.build import log_of
    >>> log = log_of([("ann", "Search", 0), ("ann", "Buy", 60), ("bob", "Search", 5)])
    >>> found = past_retention(log, 30_000_000, "log.parquet")
    >>> found.became.value, found.events_past, found.customers_past
    ('rewritten', 2, 1)
    """
    codes, is_past = log.codes(CUSTOMER), log.times < moment
    size = int(codes.max(initial=-1)) + 1
    past = np.bincount(codes[is_past], minlength=size)
    kept = np.bincount(codes[~is_past], minlength=size)
    customers, touched, left = (int(one.sum()) for one in ((past + kept) > 0, past > 0, kept > 0))
    gone = customers - left
    whole = Purged.REWRITTEN if left else Purged.REMOVED
    return PurgedLog(
        log=name,
        became=whole if touched else Purged.UNCHANGED,
        events=Counted(log.events, customers),
        events_past=Counted(
            int(past.sum()), touched, left, int(past.max(initial=0)) if touched else None
        ),
        customers=Counted(customers, customers),
        customers_past=Counted(gone, gone, left),
    )
