"""The one maker of raw batches: columns of a format go in, every record is accounted for once.

A format hands over the columns of its events and says which rows are faulty and which are left out
and why; numbering, the order of faults, counts, rejects and the clock are the same for all formats.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from cjmine.columns import array, flags, mask, numbers
from cjmine.errors import Code
from cjmine.loaders.batch import (
    ACTIVITY,
    CASE,
    CHANNEL,
    CUSTOMER,
    DELIVERY,
    LATEST_US,
    LINK,
    MOST_REJECTS,
    RECORD,
    TIME,
    VERSION,
    Clock,
    Filtered,
    LeftOut,
    RawBatch,
    Reject,
    first_of_records,
)
from cjmine.loaders.pages import as_channels, as_values
from cjmine.loaders.times import EARLIEST_US
from cjmine.sources import Roles

Mask = npt.NDArray[np.bool_]
Whole = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Fault:
    """A reason to reject: the rows that have it, and the code, words and column of the reject."""

    rows: Mask
    code: Code
    reason: str
    column: str | None = None


@dataclass(frozen=True, slots=True)
class Omission:
    """A reason to leave well-formed rows out, and the rows that have it."""

    reason: LeftOut
    rows: Mask


@dataclass(frozen=True, slots=True)
class ClockMarks:
    """What each row says of the clock; True and False are for all rows."""

    zoned: Mask | bool
    skipped_hour: Mask | bool = False
    doubled_hour: Mask | bool = False
    dates_only: Mask | bool = False
    redated: Mask | bool = False


@dataclass(frozen=True, slots=True)
class Decided:
    """Records that a format itself decided about, so that no row is theirs."""

    rejects: tuple[Reject, ...] = field(default=(), repr=False)
    duplicate: int = 0
    filtered: tuple[Filtered, ...] = ()


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows that may become events, in file order.

    `events` has the columns of `RawBatch.events`; its activity is null where a rule leaves the row
    out. With the column RECORD several rows may be of one record, and `blank`, `faults` and
    `omissions` are then about whole records: the first row of each decides, for faults any row.

    Of several faults the first counts, and of several omissions likewise. `named` marks rows that
    name a touchpoint, `known` rows that name a customer; None means all. `blank` rows are no
    records but count in the numbering. `numbers` are the numbers of records where they are not
    counted on, and `lines` the physical lines where they are known.
    """

    events: pa.RecordBatch = field(repr=False)
    clock: ClockMarks
    faults: Sequence[Fault] = ()
    omissions: Sequence[Omission] = ()
    named: Mask | None = None
    known: Mask | None = None
    blank: Mask | None = None
    numbers: Whole | None = None
    lines: Whole | None = None
    decided: Decided = Decided()


class BatchMaker:
    """Makes the raw batches of one source, in order.

    It numbers the records on from batch to batch, and lists at most `MOST_REJECTS` rejects.

    >>> rows = pa.RecordBatch.from_pydict({"activity": ["A", "B"], "time": [0, 0]})
    >>> empty = Fault(np.array([False, True]), Code.TIME_UNREADABLE, "the time is empty")
    >>> made = BatchMaker().make(Rows(rows, ClockMarks(zoned=True), [empty]))
    >>> made.records, made.rejects[0].record
    (1, 2)
    """

    def __init__(self) -> None:
        self._next, self._room = 1, MOST_REJECTS

    def make(self, rows: Rows) -> RawBatch:
        """The events of some rows, and the account of all records behind them."""
        groups = _Groups(rows.events)
        blank = groups.none() if rows.blank is None else groups.first(rows.blank)
        fault = np.zeros(groups.count, np.int8)
        for place, one in reversed(list(enumerate(rows.faults, 1))):
            fault[groups.any(one.rows)] = place
        fault[blank] = 0
        left = ~blank & (fault == 0)
        filtered: dict[LeftOut, int] = {one.reason: one.records for one in rows.decided.filtered}
        for omission in rows.omissions:
            out = left & groups.first(omission.rows)
            left &= ~out
            filtered[omission.reason] = filtered.get(omission.reason, 0) + int(out.sum())
        keep = groups.spread(left)
        nameless: pa.RecordBatch | None = None
        for reason, wanted in (
            (LeftOut.NO_TOUCHPOINT, rows.named),
            (LeftOut.RULE, mask(rows.events.column(ACTIVITY).is_valid())),
            (LeftOut.NOBODY, rows.known),
        ):
            if wanted is None:
                continue
            if reason is LeftOut.NOBODY and not wanted.all():
                nameless = rows.events.filter(flags(keep & ~wanted))
            keep &= wanted
            there = groups.any(keep)
            filtered[reason] = filtered.get(reason, 0) + int((left & ~there).sum())
            left &= there
        rejects = self._rejects(rows, fault, groups)
        own = rows.decided
        self._next += groups.count
        return RawBatch(
            events=rows.events if keep.all() else rows.events.filter(flags(keep)),
            read=int((~blank).sum())
            + len(own.rejects) + own.duplicate + sum(one.records for one in own.filtered),
            rejected=int((fault > 0).sum()) + len(own.rejects),
            duplicate=own.duplicate,
            rejects=rejects,
            filtered=tuple(Filtered(why, count) for why, count in filtered.items() if count),
            clock=_clock(rows.clock, keep),
            nameless=nameless,
        )  # fmt: skip

    def _rejects(
        self, rows: Rows, fault: npt.NDArray[np.int8], groups: _Groups
    ) -> tuple[Reject, ...]:
        """The rejects to list, in the order of their records."""
        bad = np.flatnonzero(fault)
        record = bad + self._next if rows.numbers is None else rows.numbers[groups.starts[bad]]
        found = [*rows.decided.rejects]
        for place in np.argsort(record, kind="stable")[: self._room].tolist():
            why = rows.faults[fault[bad[place]] - 1]
            line = None if rows.lines is None else int(rows.lines[groups.starts[bad[place]]])
            found.append(Reject(int(record[place]), why.code, why.reason, why.column, line))
        shown = tuple(found[: self._room])
        self._room -= len(shown)
        return shown


class _Groups:
    """Which rows are of one record; each row is one where no column says otherwise."""

    def __init__(self, events: pa.RecordBatch) -> None:
        self.starts = np.arange(events.num_rows)
        self._group: Whole | None = None
        if RECORD in events.schema.names:
            first = first_of_records(array(events.column(RECORD)))
            self.starts, self._group = np.flatnonzero(first), np.cumsum(first) - 1
        self.count = len(self.starts)

    def none(self) -> Mask:
        """No record."""
        return np.zeros(self.count, bool)

    def first(self, rows: Mask) -> Mask:
        """What the first row of each record says."""
        return rows if self._group is None else rows[self.starts]

    def any(self, rows: Mask) -> Mask:
        """Which records have a row that is marked."""
        if self._group is None:
            return rows
        found: Mask = np.bincount(self._group[rows], minlength=self.count) > 0
        return found

    def spread(self, records: Mask) -> Mask:
        """What is said of records, for each of their rows; a copy."""
        return records.copy() if self._group is None else records[self._group]


def _clock(marks: ClockMarks, keep: Mask) -> Clock:
    loaded = int(keep.sum())

    def counted(rows: Mask | bool) -> int:
        return loaded * rows if isinstance(rows, bool) else int((rows & keep).sum())

    zoned = counted(marks.zoned)
    return Clock(
        naive=loaded - zoned,
        zoned=zoned,
        skipped_hour=counted(marks.skipped_hour),
        doubled_hour=counted(marks.doubled_hour),
        dates_only=counted(marks.dates_only),
        redated=counted(marks.redated),
    )


def time_faults(
    us: Whole,
    readable: Mask,
    column: str | None,
    reason: str = "the time is empty or cannot be read",
) -> tuple[Fault, Fault]:
    """The faults of times: those that cannot be read, and years that no export holds."""
    far = readable & ((us < EARLIEST_US) | (us >= LATEST_US))
    return (
        Fault(~readable, Code.TIME_UNREADABLE, reason, column),
        Fault(far, Code.TIME_IMPLAUSIBLE, "the year is outside 1970 to 2100", column),
    )


def event_columns(
    rows: pa.RecordBatch, roles: Roles, activity: pa.DictionaryArray, us: Whole
) -> pa.RecordBatch:
    """The columns of events from rows as the queries of formats give them.

    Queries call the columns customer, case, channel, `link` + number, `keep` + number, delivery
    and version; those that are not there are left out. Addresses of pages among the values that are
    kept lose their queries, as labels do, and words for no value are null.
    """
    found: dict[str, pa.Array] = {ACTIVITY: activity, TIME: numbers(us)}
    names = {"customer": CUSTOMER, "case": CASE, "delivery": DELIVERY, "version": VERSION}
    names |= {f"link{place}": f"{LINK}{place}" for place in range(len(roles.links))}
    for given, name in names.items():
        if given in rows.schema.names:
            found[name] = rows.column(given)
    if "channel" in rows.schema.names:
        found[CHANNEL] = as_channels(rows.column("channel").dictionary_encode())
    for place, name in enumerate(roles.keep):
        if (given := f"keep{place}") in rows.schema.names:
            found[name] = as_values(rows.column(given).dictionary_encode())
    return pa.RecordBatch.from_pydict(found)
