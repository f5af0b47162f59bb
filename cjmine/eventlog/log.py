"""The event log: one immutable Arrow table of events, and what is known about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from cjmine.columns import array
from cjmine.errors import Note
from cjmine.eventlog.source_columns import SourceColumns

if TYPE_CHECKING:
    import pandas as pd

CASE, CUSTOMER, ACTIVITY, TIME, CHANNEL = "case", "customer", "activity", "time", "channel"
ROLES = (CASE, CUSTOMER, ACTIVITY, TIME, CHANNEL)
DICTIONARY = pa.dictionary(pa.int32(), pa.string())
TIMESTAMP = pa.timestamp("us", tz="UTC")

Codes = npt.NDArray[np.int32]
Microseconds = npt.NDArray[np.int64]
Offsets = npt.NDArray[np.int64]


class Cases(StrEnum):
    """Where the journeys of a log come from."""

    GIVEN = "given"
    CUSTOMER = "customer"


@dataclass(frozen=True, slots=True)
class SourceCount:
    """The account of one file: read = loaded + rejected + duplicate + filtered.

    `unlinked` events are of identifiers that nothing links to a customer; None where nothing was
    to link. `given` is the number of events that the loaded records gave; None means one each.
    """

    path: str
    format: str
    read: int
    loaded: int
    rejected: int = 0
    duplicate: int = 0
    filtered: int = 0
    unlinked: int | None = None
    given: int | None = None

    def __post_init__(self) -> None:
        if self.read != self.loaded + self.rejected + self.duplicate + self.filtered:
            raise AssertionError(f"the rows of {self.path} do not add up")

    @property
    def events(self) -> int:
        """The number of events that the loaded records gave."""
        return self.loaded if self.given is None else self.given


@dataclass(frozen=True, slots=True)
class Nameless:
    """Events of one touchpoint and channel that a load left out: nothing says whose they are.

    `activity` is None for those touchpoints that no event of the log has, `channel` where it is
    not known.
    """

    activity: str | None
    channel: str | None
    events: int


@dataclass(frozen=True, slots=True)
class Registered:
    """How many customers the customer tables of a load name, and how many have no event."""

    customers: int
    silent: int

    def __post_init__(self) -> None:
        if not 0 <= self.silent <= self.customers:
            raise AssertionError("silent customers are customers of a table")


@dataclass(frozen=True, slots=True)
class About:
    """What a log says about itself; kept in the metadata of the saved file.

    `observed_from` and `observed_until` are set only where they are declared
    (microseconds since 1970, UTC). `zone` is that in which days are shown; times stay UTC.
    `columns` are () in logs that older versions saved; `registered` is None in those, and where no
    customer table was read.
    """

    cases: Cases
    sources: tuple[SourceCount, ...] = ()
    key_id: str | None = None
    observed_from: int | None = None
    observed_until: int | None = None
    notes: tuple[Note, ...] = ()
    zone: str = "UTC"
    nameless: tuple[Nameless, ...] = ()
    columns: tuple[SourceColumns, ...] = ()
    registered: Registered | None = None


@dataclass(frozen=True, slots=True, repr=False)
class EventLog:
    """Events sorted by case, time, source and row; every label coded in a dictionary.

    `table` has the columns customer, activity, time (timestamp[us, UTC]), channel (where the
    sources have it), case (where the log came with cases) and the declared attributes.
    Nothing changes a log: verbs give new values.

    Examples
    --------
    >>> from cjmine.eventlog.build import log_of
    >>> log_of([("ann", "Search", 0), ("ann", "Buy", 60)])
    <cjmine.EventLog 2 events, 1 customer, 2 activities>
    """

    table: pa.Table
    about: About

    @property
    def events(self) -> int:
        """The number of events."""
        return int(self.table.num_rows)

    @property
    def case_column(self) -> str:
        """The column that separates journeys unless rules cut finer."""
        return CASE if self.about.cases is Cases.GIVEN else CUSTOMER

    @property
    def attributes(self) -> tuple[str, ...]:
        """The names of the declared attributes."""
        return tuple(name for name in self.table.column_names if name not in ROLES)

    @property
    def activities(self) -> tuple[str, ...]:
        """All activities, in the order of their codes."""
        return self.names(ACTIVITY)

    @property
    def times(self) -> Microseconds:
        """Microseconds since 1970 in UTC, one an event."""
        return array(one_chunk(self.table, TIME).view(pa.int64()))

    def codes(self, column: str) -> Codes:
        """The dictionary codes of a column, one an event; -1 where it is empty."""
        return array(one_chunk(self.table, column).indices, -1)

    def names(self, column: str) -> tuple[str, ...]:
        """The distinct values of a column, in the order of their codes."""
        return tuple(one_chunk(self.table, column).dictionary.to_pylist())

    def has(self, column: str) -> bool:
        """Whether the log has a column."""
        return column in self.table.column_names

    @property
    def period(self) -> tuple[int, int] | None:
        """From when until when the log observes (microseconds): declared, or first to last event.

        None for an empty log.
        """
        if not self.events:
            return None
        times = self.times
        first, last = self.about.observed_from, self.about.observed_until
        return (
            int(times.min()) if first is None else first,
            int(times.max()) if last is None else last,
        )

    def read(self) -> EventLog:
        """The log itself; a saved log or a part of one is read here."""
        return self

    def seen_until(self, moment: int) -> EventLog:
        """The log without the events after a moment (microseconds).

        >>> from cjmine.eventlog.build import log_of
        >>> log_of([("ann", "Search", 0), ("ann", "Buy", 60)]).seen_until(59_000_000).events
        1
        """
        is_seen = self.times <= moment
        if is_seen.all():
            return self
        return EventLog(self.table.filter(pa.array(is_seen)), self.about)

    def rows(self, first: int, last: int) -> EventLog:
        """The events from a row up to another, over the same memory."""
        return EventLog(self.table.slice(first, last - first), self.about)

    def parts(self, number: int) -> tuple[EventLog, ...]:
        """At most so many parts of about equal size, each of whole customers.

        >>> from cjmine.eventlog.build import log_of
        >>> [part.events for part in log_of([("ann", "Search", 0), ("bob", "Call", 60)]).parts(2)]
        [1, 1]
        """
        from cjmine.eventlog.parts import in_memory

        return in_memory(self, number)

    def to_pandas(self) -> pd.DataFrame:
        """The events as a data frame with the column names and types that pm4py expects."""
        from cjmine.eventlog.stored import standard_table

        table = standard_table(self)
        plain = [
            pa.field(field.name, pa.string()) if field.type == DICTIONARY else field
            for field in table.schema
        ]
        frame: pd.DataFrame = table.cast(pa.schema(plain)).to_pandas()
        return frame

    def __repr__(self) -> str:
        customers = len(np.unique(self.codes(CUSTOMER)))
        activities = len(np.unique(self.codes(ACTIVITY)))
        return f"<cjmine.EventLog {size_in_words(self.events, customers, activities)}>"


def one_chunk(table: pa.Table, column: str) -> pa.Array:
    """A column as one array."""
    chunked = table.column(column)
    if chunked.num_chunks == 1:
        return chunked.chunk(0)
    if chunked.num_chunks == 0:
        return pa.array([], chunked.type)
    return chunked.unify_dictionaries().combine_chunks()


def size_in_words(events: int, customers: int, activities: int) -> str:
    """How large a log is.

    >>> size_in_words(2_000, 1, 3)
    '2,000 events, 1 customer, 3 activities'
    """
    counts = ((events, "event"), (customers, "customer"), (activities, "activity"))
    return ", ".join(f"{many:,} {plural(many, noun)}" for many, noun in counts)


def plural(count: int, noun: str) -> str:
    """The noun in the number that fits the count."""
    if count == 1:
        return noun
    return noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
