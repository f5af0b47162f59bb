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
from cjmine.results.outliers import Carrier

_EXPECTED = 10.0  # events in the periods without any, at the rate of the others
_WEEK = 7 * 86_400_000_000  # a shorter time without a name is a quiet day or a free one


@dataclass(frozen=True, slots=True)
class Valued:
    """Values of a column that can begin or end by themselves."""

    column: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """One of what can begin or end; `column` is that of a value."""

    kind: Carrier
    name: str
    column: str = ""


@dataclass(frozen=True, slots=True)
class Spell:
    """From which period until which one of them is there; None for as long as the log is."""

    of: Named
    begins: int | None
    ends: int | None


@dataclass(frozen=True, slots=True)
class Carriers:
    """What of a whole log can begin or end, by name."""

    labels: tuple[str, ...]
    channels: tuple[str, ...]
    columns: tuple[str, ...]
    values: tuple[Valued, ...] = ()

    @property
    def every(self) -> list[Named]:
        """All of them, in the order of their counts."""
        found = [Named(Carrier.LABEL, one) for one in self.labels]
        found += [Named(Carrier.CHANNEL, one) for one in self.channels]
        for column in self.columns:
            found.append(Named(Carrier.COLUMN, column))
            found += [Named(Carrier.VALUE, one, column) for one in self.values_of(column)]
        return found

    def values_of(self, column: str) -> tuple[str, ...]:
        """The values of a column that are followed one by one."""
        return next((one.names for one in self.values if one.column == column), ())


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
    counted = _Counter(journeys, customer, bounds)
    every = np.arange(len(journeys.time))
    code = codes_in(carriers.labels, journeys.activities)
    tables = [counted.names(code[journeys.activity], every, len(carriers.labels))]
    if carriers.channels:
        known = np.flatnonzero(journeys.channel >= 0)
        code = codes_in(carriers.channels, journeys.channels)
        channel = code[journeys.channel[known]]
        tables.append(counted.names(channel, known, len(carriers.channels)))
    for column in carriers.columns:
        value = log.codes(column)[journeys.event].astype(np.int64)
        filled = np.flatnonzero(value >= 0)
        tables.append(counted.names(np.zeros(len(filled), np.int64), filled, 1))
        if carriers.values_of(column):
            known, code = _known_values(log, column, carriers.values_of(column), value)
            tables.append(counted.names(code, known, len(carriers.values_of(column))))
    return counted.whole(tables)


def _known_values(
    log: EventLog, column: str, names: tuple[str, ...], value: Ints
) -> tuple[Ints, Ints]:
    """The events that have one of some values, and which."""
    place = {name: number for number, name in enumerate(names)}
    code = np.array([*(place.get(name, -1) for name in log.names(column)), -1], np.int64)[value]
    known = np.flatnonzero(code >= 0)
    return known, code[known]


class _Counter:
    """Counts names of events by period, and the customers who have them first and last then."""

    def __init__(self, journeys: Journeys, customer: Ints, bounds: Ints) -> None:
        self._periods = len(bounds) - 1
        self._period = np.searchsorted(bounds, journeys.time, side="right") - 1
        self._owner = customer[journeys.journey]
        self._people = int(customer[-1]) + 1 if len(customer) else 0
        self._begin = self._period[journeys.starts[:-1]]

    def names(self, name: Ints, events: Ints, names: int) -> tuple[Ints, Ints, Ints]:
        """Events, first and last customers by name and period."""
        name = name.astype(np.int64)
        found = rows(name, self._owner[events], names, self._people)
        when = self._period[events][found.order]
        first = last = when[:0]
        if len(when):
            first = np.minimum.reduceat(when, found.begins)
            last = np.maximum.reduceat(when, found.begins)
        return (
            self._table(name, self._period[events], names),
            self._table(found.group, first, names),
            self._table(found.group, last, names),
        )

    def _table(self, name: Ints, column: Ints, names: int) -> Ints:
        found = np.bincount(name * self._periods + column, minlength=names * self._periods)
        return found.astype(np.int64).reshape(names, self._periods)

    def whole(self, tables: list[tuple[Ints, Ints, Ints]]) -> CoverageCounts:
        """The counts of all names together."""
        named, first, last = (np.concatenate(one) for one in zip(*tables, strict=True))
        every, begins = (
            np.bincount(one, minlength=self._periods) for one in (self._period, self._begin)
        )
        return CoverageCounts(named, first, last, every, begins)


def covered(
    found: CoverageCounts, carriers: Carriers, periods: Periods, full_time: int, min_group: int
) -> Iterator[Spell]:
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
    for place, one in enumerate(carriers.every):
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
            yield Spell(one, begin if begins else None, end if ends else None)
