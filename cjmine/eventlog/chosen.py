"""Filters: which journeys of a log are counted. They act on whole journeys, after cutting.

So no journey is cut short, and what is assumed of a log is assumed of all of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from cjmine.eventlog.journeys import Journeys, count_customers
from cjmine.eventlog.log import Codes, EventLog, Microseconds, Offsets
from cjmine.eventlog.named_events import having, named
from cjmine.eventlog.surveys import Flags
from cjmine.eventlog.where import Where

NONE = "(none)"


@dataclass(frozen=True, slots=True)
class Filter:
    """Conditions that all hold for a journey that is chosen; moments in microseconds since 1970.

    It begins at `since` or later, and at `until` or earlier; of columns it has what `where` says;
    it has each activity of `having`; from its begin to its last event, surveys apart, it takes
    less than `shorter` and more than `longer`; all its activities are those of `trace`. `said` has
    each condition in words, in this order.
    """

    said: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None
    where: tuple[Where, ...] = ()
    having: tuple[str, ...] = ()
    shorter: int | None = None
    longer: int | None = None
    trace: tuple[str, ...] = ()

    @property
    def is_by_outcome(self) -> bool:
        """Whether journeys are chosen by what they did, so that shares are about the chosen."""
        asked = (self.shorter, self.longer)
        return bool(self.having or self.trace) or asked != (None, None)

    def flags(self, log: EventLog, journeys: Journeys) -> Iterator[Flags]:
        """Which journeys each condition chooses, in the order of `said`."""
        begin = journeys.time[journeys.starts[:-1]]
        if self.since is not None:
            yield begin >= self.since
        if self.until is not None:
            yield begin <= self.until
        for one in self.where:
            yield having_value(log, journeys, one)
        for name in self.having:
            yield having(journeys, named(journeys, (name,)))
        if self.shorter is not None:
            yield _durations(journeys) < self.shorter
        if self.longer is not None:
            yield _durations(journeys) > self.longer
        if self.trace:
            yield _following(journeys, self.trace)


EVERYBODY = Filter()


@dataclass(frozen=True, slots=True, eq=False)
class SetAside:
    """How many of the journeys (`of`) each condition sets aside, and of how many customers.

    A journey counts at the first condition that does not hold for it, so that the counts and the
    chosen journeys (`chosen`) add up to all.
    """

    of: int
    chosen: int
    journeys: Offsets
    customers: Offsets

    def __post_init__(self) -> None:
        """Hold that every journey is chosen or set aside once."""
        if self.of != self.chosen + int(self.journeys.sum()):
            raise AssertionError("journeys chosen and set aside do not add up")

    def __add__(self, other: SetAside) -> SetAside:
        return SetAside(
            self.of + other.of,
            self.chosen + other.chosen,
            self.journeys + other.journeys,
            self.customers + other.customers,
        )


@dataclass(frozen=True, slots=True)
class Chosen:
    """The journeys that are counted, those that they are chosen among, and the count of others."""

    journeys: Journeys
    among: Journeys
    aside: SetAside


def choose(log: EventLog, journeys: Journeys, filters: Filter) -> Chosen:
    """Choose among the journeys of a log, or of a part of one.

    Examples
    --------
    >>> from cjmine.eventlog.build import log_of
    >>> from cjmine.eventlog.journeys import cut
    >>> log = log_of([("ann", "Search", 0), ("ann", "Buy", 60), ("bob", "Search", 99)])
    >>> found = choose(log, cut(log), Filter(("--until 1970",), until=50_000_000))
    >>> found.journeys.lengths.tolist(), found.aside.journeys.tolist()
    ([2], [1])
    """
    stays = np.ones(len(journeys), bool)
    aside, people = [], []
    for flags in filters.flags(log, journeys):
        out = stays & ~flags
        aside.append(int(np.count_nonzero(out)))
        people.append(count_customers(journeys.customer[out]))
        stays &= flags
    assert len(aside) == len(filters.said)
    chosen = _only(journeys, stays)
    counts = (np.array(aside, np.int64), np.array(people, np.int64))
    return Chosen(chosen, journeys, SetAside(len(journeys), len(chosen), *counts))


def first_values(log: EventLog, journeys: Journeys, column: str) -> Codes:
    """The value of each journey in a column: that of its first event with one; -1 without."""
    value = np.full(len(journeys), -1, np.int32)
    codes = log.codes(column)[journeys.event]
    filled = np.flatnonzero(codes >= 0)[::-1]  # the first event of a journey is written last
    value[journeys.journey[filled]] = codes[filled]
    return value


def having_value(log: EventLog, journeys: Journeys, asked: Where) -> Flags:
    """Which journeys have what a condition on a column says."""
    names = log.names(asked.column)
    # The last flag is that of journeys without a value, whose code is -1.
    is_one = np.array([*(name in asked.values for name in names), NONE in asked.values], bool)
    found: Flags = is_one[first_values(log, journeys, asked.column)] ^ asked.is_other
    return found


def _durations(journeys: Journeys) -> Microseconds:
    """From the begin of each journey to its last event that is of no survey; in microseconds."""
    begin = journeys.time[journeys.starts[:-1]]
    last = begin.copy()
    way = np.flatnonzero(~journeys.is_survey)
    last[journeys.journey[way]] = journeys.time[way]  # the last of a journey is written last
    found: Microseconds = last - begin
    return found


def _following(journeys: Journeys, trace: tuple[str, ...]) -> Flags:
    """Which journeys have these activities and no other, in this order."""
    code = {name: number for number, name in enumerate(journeys.activities)}
    left = np.flatnonzero(journeys.lengths == len(trace))
    for place, name in enumerate(trace):
        left = left[journeys.activity[journeys.starts[left] + place] == code.get(name, -1)]
    found = np.zeros(len(journeys), bool)
    found[left] = True
    return found


def _only(journeys: Journeys, stays: Flags) -> Journeys:
    """Some of the journeys, with all their events."""
    if stays.all():
        return journeys
    starts = np.append(0, np.cumsum(journeys.lengths[stays]))
    return journeys.with_events(stays[journeys.journey], starts, journeys.customer[stays])
