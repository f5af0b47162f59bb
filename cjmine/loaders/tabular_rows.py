"""From rows of a table to raw batches: rejects, touchpoints, accounting."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cjmine.columns import array, flags, mask, numbers
from cjmine.errors import Code, DataError, Place, Problem
from cjmine.loaders.batch import (
    ACTIVITY,
    CASE,
    CHANNEL,
    CUSTOMER,
    LATEST_US,
    LINK,
    MOST_REJECTS,
    TIME,
    Clock,
    Filtered,
    LeftOut,
    RawBatch,
    Reject,
    by_records,
)
from cjmine.loaders.tabular import Plan, Table
from cjmine.loaders.times import EARLIEST_US
from cjmine.loaders.touchpoints import Touchpoints, touchpoints_of, web_activity
from cjmine.sources import Roles, Source

# Celonis writes the order of events of one time into this column.
_SORTING = "_SORTING"


def read_table(table: Table, plan: Plan, source: Source) -> Iterator[RawBatch]:
    """Stream a table as raw batches. Raises DataError L109 where offsets come and go."""
    batches = _batches(table, plan, source)
    return by_records(batches, table.records) if table.records else batches


def _batches(table: Table, plan: Plan, source: Source) -> Iterator[RawBatch]:
    roles = plan.roles
    default = web_activity if source.roles.channel == "web" else None
    touchpoints = touchpoints_of(source, default)
    first_record = 1
    rejects_left = MOST_REJECTS
    zoned_column = plan.time_format is not None and plan.time_format.zoned
    mixed = _MixedZones(zoned_column or plan.time.has_offset == "true", source.label, roles)
    for rows in table.reader.stream(_query(table, plan)):
        batch = _Rows(rows, roles, zoned_column, mixed)
        yield batch.finish(touchpoints, plan, first_record, rejects_left)
        rejects_left = max(0, rejects_left - batch.rejected)
        first_record += rows.num_rows


class _MixedZones:
    """Watches that a column carries offsets in every row or in none."""

    def __init__(self, zoned: bool, label: str, roles: Roles) -> None:
        self._zoned, self._label = zoned, label
        self._column = roles.time.columns[0] if roles.time else None

    def check(self, offsets: np.ndarray, readable: np.ndarray, first: int) -> None:
        if self._zoned:
            return
        found = np.flatnonzero(offsets & ~readable)
        if len(found):
            raise DataError(
                Problem(
                    Code.ZONES_MIXED,
                    "some times carry an offset and some do not",
                    Place(self._label, None, self._column, first + int(found[0])),
                    cause="two systems wrote into one export",
                    remedy="export all times with an offset, or split the file",
                )
            )


class _Rows:
    """One batch of rows on its way to events."""

    def __init__(self, rows: pa.RecordBatch, roles: Roles, zoned: bool, mixed: _MixedZones) -> None:
        self._rows, self._roles, self._zoned, self._mixed = rows, roles, zoned, mixed
        self._coded = {
            name: rows.column(name).dictionary_encode()
            for name in ("label", "customer", "case", *_link_names(roles))
            if name in rows.schema.names
        }
        self.rejected = 0
        if "label" in self._coded:
            self._coded["label"] = _trimmed(self._coded["label"])

    def finish(
        self, touchpoints: Touchpoints, plan: Plan, first_record: int, rejects_left: int
    ) -> RawBatch:
        rows = self._rows
        count = rows.num_rows
        time = rows.column("time")
        readable = mask(time.is_valid())
        valid = mask(rows.column("valid"))
        offsets = mask(rows.column("has_offset"))
        self._mixed.check(offsets & valid, readable, first_record)
        us = array(time)
        blank = mask(rows.column("blank"))
        faults = self._faults(us, readable, valid, offsets)
        faults[blank] = 0
        bad = faults > 0
        self.rejected = int(bad.sum())
        rejects = self._rejects(faults, first_record, rejects_left)
        keep = ~bad & ~blank
        activity = touchpoints.map(self._coded["label"])
        ignored = keep & ~mask(activity.is_valid())
        keep &= ~ignored
        nobody = np.zeros(count, bool)
        if self._roles.case is None:
            somebody = _filled(self._coded["customer"])
            for name in _link_names(self._roles):
                somebody |= _filled(self._coded[name])
            nobody = keep & ~somebody
            keep &= ~nobody
        filtered = tuple(
            Filtered(reason, int(left.sum()))
            for reason, left in ((LeftOut.RULE, ignored), (LeftOut.NOBODY, nobody))
            if left.any()
        )
        events = self._events(activity, us)
        if not keep.all():
            events = events.filter(flags(keep))
        return RawBatch(
            events=events,
            read=count - int(blank.sum()),
            rejected=self.rejected,
            rejects=rejects,
            filtered=filtered,
            clock=self._clock(plan, keep),
        )

    def _faults(
        self, us: np.ndarray, readable: np.ndarray, valid: np.ndarray, offsets: np.ndarray
    ) -> np.ndarray:
        """One fault a row, 0 for none; the first that applies."""
        faults = np.zeros(len(us), np.int8)
        faults[readable & ((us < EARLIEST_US) | (us >= LATEST_US))] = 3
        faults[~readable] = 2
        if self._zoned:
            faults[~readable & ~offsets] = 6
        faults[~_filled(self._coded["label"])] = 4
        if self._roles.case is not None:
            faults[~_filled(self._coded["case"])] = 5
        faults[~valid] = 1
        return faults

    def _rejects(self, faults: np.ndarray, first: int, left: int) -> tuple[Reject, ...]:
        roles = self._roles
        time = roles.time.columns[0] if roles.time else None
        what: dict[int, tuple[Code, str, str | None]] = {
            1: (Code.ROW_STRUCTURE, "the record cannot be parsed", None),
            2: (Code.TIME_UNREADABLE, "the time is empty or cannot be read", time),
            3: (Code.TIME_IMPLAUSIBLE, "the year is outside 1970 to 2100", time),
            4: (Code.VALUE_MISSING, "the activity is empty", roles.activity),
            5: (Code.VALUE_MISSING, "the case is empty", roles.case),
            6: (Code.ZONES_MIXED, "the time has no offset, the others have", time),
        }
        numbers_of = np.arange(first, first + len(faults))
        if "record" in self._rows.schema.names:
            numbers_of = array(self._rows.column("record"))
        return tuple(
            Reject(int(numbers_of[row]), *what[int(faults[row])])
            for row in np.flatnonzero(faults)[:left]
        )

    def _events(self, activity: pa.DictionaryArray, us: np.ndarray) -> pa.RecordBatch:
        rows, roles = self._rows, self._roles
        arrays: dict[str, pa.Array] = {ACTIVITY: activity, TIME: numbers(us)}
        if roles.customer is not None:
            arrays[CUSTOMER] = self._coded["customer"]
        for place, name in enumerate(_link_names(roles)):
            arrays[f"{LINK}{place}"] = self._coded[name]
        if roles.case is not None:
            arrays[CASE] = self._coded["case"]
        if roles.channel_column is not None:
            arrays[CHANNEL] = rows.column("channel").dictionary_encode()
        for position, name in enumerate(roles.keep):
            arrays[name] = rows.column(f"keep{position}").dictionary_encode()
        return pa.RecordBatch.from_pydict(arrays)

    def _clock(self, plan: Plan, keep: np.ndarray) -> Clock:
        loaded = int(keep.sum())
        zoned = plan.time.has_offset == "true" or self._zoned
        how = plan.time_format
        return Clock(
            naive=0 if zoned else loaded,
            zoned=loaded if zoned else 0,
            skipped_hour=int((mask(self._rows.column("skipped")) & keep).sum()),
            doubled_hour=int((mask(self._rows.column("doubled")) & keep).sum()),
            dates_only=loaded if (how or plan.time).dates_only else 0,
        )


def _query(table: Table, plan: Plan) -> str:
    roles, time = plan.roles, plan.time
    assert roles.activity is not None
    order = next((name for name in table.columns if name.upper() == _SORTING), None)
    columns = [
        f"{time.written} AS written",
        f"{table.valid} AS valid",
        f"{table.blank} AS blank",
        f"{table.spelt(roles.activity)} AS label",
    ]
    if roles.customer is not None:
        columns.append(f"{table.spelt(roles.customer.column)} AS customer")
    if roles.case is not None:
        columns.append(f"{table.spelt(roles.case)} AS case")
    if roles.channel_column is not None:
        columns.append(f"{table.spelt(roles.channel_column)} AS channel")
    columns += [
        f"{table.spelt(link.column)} AS link{place}" for place, link in enumerate(roles.links)
    ]
    columns += [f"{table.spelt(name)} AS keep{place}" for place, name in enumerate(roles.keep)]
    if order is not None:
        columns.append("row_number() OVER () AS record")
        columns.append(f"TRY_CAST({table.spelt(order)} AS BIGINT) AS sorting")
    sorted_rows = "" if order is None else " ORDER BY time, sorting, record"
    return (
        f"SELECT * EXCLUDE (written, local), {time.us} AS time, {time.has_offset} AS has_offset,"
        f" {time.skipped} AS skipped, {time.doubled} AS doubled"
        f" FROM (SELECT *, {time.local} AS local"
        f" FROM (SELECT {', '.join(columns)} FROM {table.source_sql})){sorted_rows}"
    )


def _link_names(roles: Roles) -> list[str]:
    """The columns of further identifiers, as the query calls them."""
    return [f"link{place}" for place in range(len(roles.links))]


def _trimmed(labels: pa.DictionaryArray) -> pa.DictionaryArray:
    """Labels without blanks around them, as some systems write behind each comma."""
    return pa.DictionaryArray.from_arrays(
        labels.indices, pc.utf8_trim(labels.dictionary, characters=" \t")
    )


def _filled(column: pa.DictionaryArray) -> np.ndarray:
    """Which values hold more than white space; decided once for each distinct value."""
    distinct = column.dictionary
    filled = (array(pc.binary_length(distinct)) > 0) & ~mask(pc.utf8_is_space(distinct))
    rows: np.ndarray = np.append(filled, False)[array(column.indices, len(distinct))]
    return rows
