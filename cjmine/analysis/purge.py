"""How many events and customers of a log are past a moment."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.counting.merging import summed
from cjmine.eventlog.log import CUSTOMER, EventLog
from cjmine.results.figures import Counted
from cjmine.results.purge import Purged, PurgedLog


@dataclass(frozen=True, slots=True)
class Past:
    """Events and customers of a part of a log, and those before a moment.

    `gone` are customers of whom all events are before it, `touched` those with any; `largest` is
    the most that one customer has.
    """

    events: int
    past: int
    customers: int
    touched: int
    gone: int
    largest: int

    def __add__(self, other: Past) -> Past:
        return summed(self, other, largest=max(self.largest, other.largest))

    def shown_as(self, name: str) -> PurgedLog:
        """The result, under the name of the log."""
        left = self.customers - self.gone
        whole = Purged.REWRITTEN if left else Purged.REMOVED
        return PurgedLog(
            log=name,
            became=whole if self.touched else Purged.UNCHANGED,
            events=Counted(self.events, self.customers),
            events_past=Counted(
                self.past, self.touched, left, self.largest if self.touched else None
            ),
            customers=Counted(self.customers, self.customers),
            customers_past=Counted(self.gone, self.gone, left),
        )


def past_retention(log: EventLog, moment: int) -> Past:
    """The events of a log before a moment (microseconds since 1970), and who is behind them.

    >>> from cjmine.eventlog.build import log_of
    >>> log = log_of([("ann", "Search", 0), ("ann", "Buy", 60), ("bob", "Search", 5)])
    >>> past_retention(log, 30_000_000)
    Past(events=3, past=2, customers=2, touched=2, gone=1, largest=1)
    """
    codes, is_past = log.codes(CUSTOMER), log.times < moment
    size = int(codes.max(initial=-1)) + 1
    past = np.bincount(codes[is_past], minlength=size)
    kept = np.bincount(codes[~is_past], minlength=size)
    customers, touched, left = (int(one.sum()) for one in ((past + kept) > 0, past > 0, kept > 0))
    return Past(
        log.events, int(past.sum()), customers, touched, customers - left, int(past.max(initial=0))
    )
