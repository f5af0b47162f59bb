"""How much was measured, counted over parts, and what a reader should know about the events."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields

import numpy as np

from cjmine.analysis.measured_part import MeasuredPart
from cjmine.columns import numbers
from cjmine.counting.merging import summed
from cjmine.errors import Note
from cjmine.eventlog.chosen import Filter
from cjmine.eventlog.journeys import count_customers
from cjmine.eventlog.log import About, EventLog
from cjmine.eventlog.quality import duplicate_customers
from cjmine.results.figures import Counted
from cjmine.results.log import LogSize, Source, moment
from cjmine.sentences import Sentence, Written


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
    without_way: int
    without_way_customers: int
    duplicates: int
    duplicate_customers: int
    unseen: int
    unseen_customers: int

    def __add__(self, other: LogCounts) -> LogCounts:
        return summed(
            self,
            other,
            first=of_known(min, self.first, other.first),
            last=of_known(max, self.last, other.last),
        )


def of_known(choose: Callable[..., int], *values: int | None) -> int | None:
    """The one of some values that is chosen among those that are known."""
    known = [value for value in values if value is not None]
    return choose(known) if known else None


def count_log(part: MeasuredPart) -> LogCounts:
    """Count a part as a whole."""
    log, journeys = part.log, part.journeys
    times = log.times
    tied = journeys.is_tied
    again = duplicate_customers(_counted(part))
    return LogCounts(
        events=len(journeys.activity),
        journeys=len(journeys),
        customers=journeys.customers,
        first=int(times.min()) if len(times) else None,
        last=int(times.max()) if len(times) else None,
        tied=int(np.count_nonzero(tied)),
        tied_customers=count_customers(part.customer[tied]),
        untied_customers=count_customers(part.customer[~tied]),
        without_entry=journeys.without_entry,
        without_customers=journeys.without_customers,
        before_entry=journeys.before_entry,
        before_customers=journeys.before_customers,
        without_way=journeys.without_way,
        without_way_customers=journeys.without_way_customers,
        duplicates=len(again),
        duplicate_customers=len(set(again.tolist())),
        unseen=part.unseen.events,
        unseen_customers=part.unseen.customers,
    )


def _counted(part: MeasuredPart) -> EventLog:
    """The events of the part, without those of journeys that filters set aside."""
    if len(part.journeys) == len(part.chosen.among):
        return part.log
    rows = np.sort(part.journeys.event)
    return EventLog(part.log.table.take(numbers(rows)), part.log.about)


def size_of(
    found: LogCounts, about: About, activities: int, variants: int, filters: Filter
) -> LogSize:
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
        zone=about.zone,
        filters=filters.said,
    )


def sources_of(about: About) -> tuple[Source, ...]:
    """The accounts of the files that a log was made from."""
    return tuple(
        Source(**{field.name: getattr(one, field.name) for field in fields(Source)})
        for one in about.sources
    )


@dataclass(frozen=True, slots=True)
class CountedNote:
    """A note before anything is withheld: words, and counts of which each may be withheld.

    `each` are further counts with what each is of, for the last place: `a: 12; b: fewer than 10`.
    """

    sentence: Written
    said: tuple[str | Counted, ...] = ()
    each: tuple[tuple[str, Counted], ...] = ()


def notes_of(found: LogCounts, about: About) -> Iterator[CountedNote | Note]:
    """The notes of the load, and what the reader of any figure should know about the events."""
    yield from about.notes
    if found.unseen:
        unseen = Counted(found.unseen, found.unseen_customers)
        yield CountedNote(Sentence.NOT_SEEN, (unseen,))
    if found.tied:
        tied = Counted(found.tied, found.tied_customers, found.untied_customers)
        yield CountedNote(Sentence.SAME_TIME, (tied,))
    if found.tied and found.duplicates:
        again = Counted(found.duplicates, found.duplicate_customers)
        yield CountedNote(Sentence.EQUAL, (again,))
    if found.without_entry or found.before_entry:
        without = Counted(found.without_entry, found.without_customers, found.customers)
        before = Counted(found.before_entry, found.before_customers)
        yield CountedNote(Sentence.ENTRY, (without, before))
    if found.without_way:
        alone = Counted(found.without_way, found.without_way_customers)
        yield CountedNote(Sentence.SURVEYS_ALONE, (alone,))
