"""How much was measured, counted over parts, and what a reader should know about the events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from cjmine.analysis.log_notes import CountedNote
from cjmine.analysis.measured_part import MeasuredPart
from cjmine.errors import Code
from cjmine.eventlog.log import About
from cjmine.eventlog.quality import duplicate_customers
from cjmine.results.figures import Counted
from cjmine.results.log import LogSize, moment


@dataclass(frozen=True, slots=True)
class LogCounts:
    """Events, journeys and customers of a part, and of what is special about some of them.

    Each `_customers` counts the distinct customers behind the figure before it. `first` and `last`
    are the moments of the first and last event; None in a part without events.
    """

    events: int
    journeys: int
    customers: int
    first: int | None
    last: int | None
    tied: int
    tied_customers: int
    untied_customers: int
    without_entry: int
    without_customers: int
    before_entry: int
    before_customers: int
    duplicates: int
    duplicate_customers: int
    unseen: int
    unseen_customers: int


def count_log(part: MeasuredPart) -> LogCounts:
    """Count a part as a whole."""
    log, journeys = part.log, part.journeys
    times = log.times
    tied = journeys.is_tied
    again = duplicate_customers(log)
    return LogCounts(
        events=len(journeys.activity),
        journeys=len(journeys),
        customers=journeys.customers,
        first=int(times.min()) if len(times) else None,
        last=int(times.max()) if len(times) else None,
        tied=int(np.count_nonzero(tied)),
        tied_customers=_distinct(part.customer[tied]),
        untied_customers=_distinct(part.customer[~tied]),
        without_entry=journeys.without_entry,
        without_customers=journeys.without_customers,
        before_entry=journeys.before_entry,
        before_customers=journeys.before_customers,
        duplicates=len(again),
        duplicate_customers=len(set(again.tolist())),
        unseen=part.unseen.events,
        unseen_customers=part.unseen.customers,
    )


def _distinct(owner: np.ndarray) -> int:
    return int(np.count_nonzero(np.diff(owner, prepend=-1)))


def merge_log(parts: Sequence[LogCounts]) -> LogCounts:
    """The counts of all parts."""
    first = [part.first for part in parts if part.first is not None]
    last = [part.last for part in parts if part.last is not None]

    def total(name: str) -> int:
        return sum(getattr(part, name) for part in parts)

    return LogCounts(
        total("events"),
        total("journeys"),
        total("customers"),
        min(first, default=None),
        max(last, default=None),
        total("tied"),
        total("tied_customers"),
        total("untied_customers"),
        total("without_entry"),
        total("without_customers"),
        total("before_entry"),
        total("before_customers"),
        total("duplicates"),
        total("duplicate_customers"),
        total("unseen"),
        total("unseen_customers"),
    )


def size_of(found: LogCounts, about: About, activities: int, variants: int) -> LogSize:
    """How much was measured; the period is declared, or from the first to the last event."""
    first = found.first if about.observed_from is None else about.observed_from
    last = found.last if about.observed_until is None else about.observed_until
    period = None if found.first is None or first is None or last is None else (first, last)
    return LogSize(
        events=Counted(found.events, found.customers),
        journeys=Counted(found.journeys, found.customers),
        customers=Counted(found.customers, found.customers),
        activities=activities,
        variants=variants,
        tied_journeys=Counted(found.tied, found.tied_customers, found.untied_customers),
        observed_from=None if period is None else moment(period[0]),
        observed_until=None if period is None else moment(period[1]),
        without_entry=Counted(found.without_entry, found.without_customers, found.customers),
        before_entry=Counted(found.before_entry, found.before_customers),
    )


def notes_of(found: LogCounts, about: About) -> Iterator[CountedNote]:
    """The notes of the load, and what the reader of any figure should know about the events."""
    for note in about.notes:
        yield CountedNote(note.code, note.text, is_exact=True)
    if found.unseen:
        unseen = Counted(found.unseen, found.unseen_customers)
        yield CountedNote(
            Code.UNSEEN, "events after the end of observation, not seen: {}", (unseen,)
        )
    if found.tied:
        tied = Counted(found.tied, found.tied_customers, found.untied_customers)
        text = "journeys with events at the same time, kept in the order of the source: {}"
        yield CountedNote(Code.TIES, text, (tied,))
    if found.tied and found.duplicates:
        again = Counted(found.duplicates, found.duplicate_customers)
        text = "events equal to another in everything that is kept, all counted: {}"
        yield CountedNote(Code.DUPLICATES_KEPT, text, (again,))
    if found.without_entry or found.before_entry:
        without = Counted(found.without_entry, found.without_customers, found.customers)
        before = Counted(found.before_entry, found.before_customers)
        text = "set aside by the entry: journeys without it {}, events before it {}"
        yield CountedNote(Code.ENTRY_CUT, text, (without, before))
