"""What every loader yields: raw events in file order, and an account of every record it read.

A raw batch holds raw identifiers. It goes to the privacy step and nowhere else; that is why its
`repr` shows sizes only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

import numpy as np
import pyarrow as pa

from cjmine.columns import array
from cjmine.errors import Code

MOST_REJECTS = 1000  # listed one by one, a file; all are counted
LATEST_US = 4_133_980_800_000_000  # 2101-01-01
CUSTOMER, CASE, ACTIVITY, TIME, CHANNEL = "customer", "case", "activity", "time", "channel"
RECORD, DELIVERY, VERSION, LINK = "record of", "delivery", "version", "link "
NO_ID = 0  # as a DELIVERY: the record has no id, and is no copy of another


@dataclass(frozen=True, slots=True)
class Reject:
    """A record that could not become an event: where and why, never what it held."""

    record: int
    code: Code
    reason: str
    column: str | None = None
    line: int | None = None


class LeftOut(StrEnum):
    """Why a well-formed record is not an event; counted as filtered."""

    BOT = "bots and health checks"
    ASSET = "assets (styles, scripts, pictures)"
    RULE = "touchpoint rules that say ignore"
    NOBODY = "no usable customer"
    NO_REQUEST = "connections without a request"
    INTERNAL = "rows of the system, not of a customer"
    NO_TOUCHPOINT = "records that name no touchpoint"
    AUTOMATIC = "events that a system makes by itself"
    LOOKUP = "rows of a lookup table"
    FURTHER_LEG = "further legs of a call that another record tells"
    TOTALS = "totals and blank rows"
    TEST = "tests and previews"
    UNFINISHED = "unfinished answers"
    TRACE_ROW = "further rows of a mail in its trace"
    UNDELIVERED = "messages that were not delivered"
    NO_OBJECT = "events without an object of the chosen type"


@dataclass(frozen=True, slots=True)
class Filtered:
    """How many records were left out for one reason."""

    reason: LeftOut
    records: int


@dataclass(frozen=True, slots=True)
class Clock:
    """What was seen of the clock, in numbers of loaded records."""

    naive: int = 0
    zoned: int = 0
    skipped_hour: int = 0
    doubled_hour: int = 0
    dates_only: int = 0
    redated: int = 0

    def __add__(self, other: Clock) -> Clock:
        return Clock(
            self.naive + other.naive,
            self.zoned + other.zoned,
            self.skipped_hour + other.skipped_hour,
            self.doubled_hour + other.doubled_hour,
            self.dates_only + other.dates_only,
            self.redated + other.redated,
        )


@dataclass(frozen=True, slots=True)
class RawBatch:
    """Some records of one file, in file order.

    `events` has the columns customer (string, plain or dictionary; null = no customer), activity
    (dictionary), time (int64, microseconds since 1970 in UTC, never null), and where the source
    has them case (as customer), channel (dictionary) and the declared attributes (dictionary).
    Further identifiers of the same record are in columns named `LINK` + number, in the order of
    the links of the source.

    A record is one event unless the column RECORD says otherwise: events with the same number
    come from one record, follow each other and are of one customer. DELIVERY (uint64, a hash of the
    record's natural key, or `NO_ID`) and VERSION (int64) are there where a record may come again.

    `read` counts every record behind this batch:
    read = records with events + rejected + duplicate + filtered. `through` (0 to 1) is how much of
    the file is behind this batch and those before, where that is known. `nameless` are events that
    were left out only because nothing says whose they are.
    """

    events: pa.RecordBatch = field(repr=False)
    read: int
    rejected: int = 0
    duplicate: int = 0
    rejects: tuple[Reject, ...] = field(default=(), repr=False)
    filtered: tuple[Filtered, ...] = ()
    clock: Clock = Clock()
    through: float | None = None
    nameless: pa.RecordBatch | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        left_out = sum(part.records for part in self.filtered)
        if self.read != self.records + self.rejected + self.duplicate + left_out:
            raise AssertionError("a loader lost or invented records")

    @property
    def records(self) -> int:
        """How many records became events."""
        if RECORD not in self.events.schema.names:
            return int(self.events.num_rows)
        return int(first_of_records(array(self.events.column(RECORD))).sum())


def by_records(batches: Iterator[RawBatch], records: int) -> Iterator[RawBatch]:
    """The same batches with the share read so far of a file of about so many records."""
    seen = 0
    for batch in batches:
        seen += batch.read
        yield replace(batch, through=min(1.0, seen / max(records, 1)))


def with_left_out(batches: Iterator[RawBatch], reason: LeftOut, records: int) -> Iterator[RawBatch]:
    """The same batches, and a last one without events that counts further records left out."""
    nothing: pa.RecordBatch | None = None
    for batch in batches:
        nothing = batch.events.slice(0, 0)
        yield batch
    if records and nothing is not None:
        yield RawBatch(nothing, read=records, filtered=(Filtered(reason, records),))


def first_of_records(records: np.ndarray) -> np.ndarray:
    """Which events are the first of their record; those of one record follow each other.

    >>> first_of_records(np.array([4, 4, 7])).tolist()
    [True, False, True]
    """
    first = np.ones(len(records), bool)
    first[1:] = records[1:] != records[:-1]
    return first
