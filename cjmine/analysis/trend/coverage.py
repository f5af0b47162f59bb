"""What of a log begins or ends while the rest goes on: labels, channels and columns.

A source that is added later brings labels that were not there before. That changes figures, but
it says nothing about customers, so it comes before anything else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from cjmine.analysis.cohorts import rows
from cjmine.analysis.deviation_counts import codes_in
from cjmine.analysis.periods import Periods
from cjmine.counting.groups import Ints
from cjmine.counting.merging import summed
from cjmine.eventlog.journeys import Journeys
from cjmine.eventlog.log import EventLog
from cjmine.results.trend import Carrier, Coverage

_EXPECTED = 10.0  # events in the periods without any, at the rate of the others
_WEEK = 7 * 86_400_000_000  # a shorter time without a name is a quiet day or a free one


@dataclass(frozen=True, slots=True)
class Carriers:
    """What of a whole log can begin or end, by name."""

    labels: tuple[str, ...]
    channels: tuple[str, ...]
    columns: tuple[str, ...]

    @property
    def every(self) -> list[tuple[Carrier, str]]:
        """All of them, in the order of their counts."""
        kinds = (Carrier.LABEL, Carrier.CHANNEL, Carrier.COLUMN)
        names = (self.labels, self.channels, self.columns)
        return [(kind, name) for kind, one in zip(kinds, names, strict=True) for name in one]


@dataclass(frozen=True, slots=True)
class CoverageCounts:
    """What there is of each name, one row a name and one column a period.

    `named` are its events; `first` and `last` the customers who have it for the first and for the
    last time then. `events` are all events of each period, `begins` the journeys that begin in it.
    """

    named: Ints
    first: Ints
    last: Ints
    events: Ints
    begins: Ints

    def __add__(self, other: CoverageCounts) -> CoverageCounts:
        return summed(self, other)


def count_coverage(
    log: EventLog, journeys: Journeys, customer: Ints, carriers: Carriers, bounds: Ints
) -> CoverageCounts:
    """Count the events of journeys; `customer` has one entry a journey, `bounds` are moments."""
    periods = len(bounds) - 1
    period = np.searchsorted(bounds, journeys.time, side="right") - 1
    owner, people = customer[journeys.journey], int(customer[-1]) + 1 if len(customer) else 0

    def table(name: Ints, column: Ints, names: int) -> Ints:
        found = np.bincount(name * periods + column, minlength=names * periods)
        return found.astype(np.int64).reshape(names, periods)

    def counted(name: Ints, events: Ints, names: int) -> tuple[Ints, Ints, Ints]:
        name = name.astype(np.int64)
        found = rows(name, owner[events], names, people)
        when = period[events][found.order]
        first = last = when[:0]
        if len(when):
            first = np.minimum.reduceat(when, found.begins)
            last = np.maximum.reduceat(when, found.begins)
        return (
            table(name, period[events], names),
            table(found.group, first, names),
            table(found.group, last, names),
        )

    every = np.arange(len(period))
    code = codes_in(carriers.labels, journeys.activities)
    tables = [counted(code[journeys.activity], every, len(carriers.labels))]
    if carriers.channels:
        known = np.flatnonzero(journeys.channel >= 0)
        code = codes_in(carriers.channels, journeys.channels)
        tables.append(counted(code[journeys.channel[known]], known, len(carriers.channels)))
    for column in carriers.columns:
        filled = np.flatnonzero(log.codes(column)[journeys.event] >= 0)
        tables.append(counted(np.zeros(len(filled), np.int64), filled, 1))
    named, first, last = (np.concatenate(one) for one in zip(*tables, strict=True))
    begins = np.bincount(period[journeys.starts[:-1]], minlength=periods)
    return CoverageCounts(named, first, last, np.bincount(period, minlength=periods), begins)


def covered(
    found: CoverageCounts, carriers: Carriers, periods: Periods, full_time: int, min_group: int
) -> Iterator[Coverage]:
    """What begins or ends inside the time in which journeys begin.

    A name begins with the period by which `min_group` customers have had it, and ends with that
    from which so many still have it. Where a log begins with new journeys, touchpoints at their
    end come later: only what begins later than the `full_time` (microseconds) after the first
    period counts. Names that are rare may be absent by chance: 10 events or more would be expected
    in the periods without any.
    """
    busy = np.flatnonzero(found.begins)
    if not len(busy):
        return
    first, last = int(busy[0]), int(busy[-1])
    ready = int(np.searchsorted(periods.bounds, periods.bounds[first] + full_time, side="left"))
    enough = max(min_group, 1)
    for place, (kind, name) in enumerate(carriers.every):
        events = found.named[place]
        upto, still = np.cumsum(found.first[place]), np.cumsum(found.last[place][::-1])[::-1]
        if not len(events) or upto[-1] < enough:
            continue
        begin = int(np.flatnonzero(upto >= enough)[0])
        end = int(np.flatnonzero(still >= enough)[-1])
        seen = np.flatnonzero(events)
        rate = events[begin : end + 1].sum() / max(int(found.events[begin : end + 1].sum()), 1)

        def is_missed(
            begin: int, end: int, rate: float = float(rate), events: Ints = events
        ) -> bool:
            """Whether the name is all but absent for a week or more, where it should be there."""
            if end <= begin or periods.bounds[end] - periods.bounds[begin] < _WEEK:
                return False
            expected = rate * float(found.events[begin:end].sum())
            return expected >= _EXPECTED and 10 * int(events[begin:end].sum()) < expected

        begins = begin > ready and (is_missed(first, begin) or is_missed(first, int(seen[0])))
        ends = end < last and (
            is_missed(end + 1, last + 1) or is_missed(int(seen[-1]) + 1, last + 1)
        )
        if begins or ends:
            yield Coverage(
                kind,
                name,
                periods.first_day(begin) if begins else None,
                periods.last_day(end) if ends else None,
            )
