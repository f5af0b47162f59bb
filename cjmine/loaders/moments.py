"""From records to the moments that a customer met: one record may give several events, or none.

A call is one record and several touchpoints: a menu choice, waiting, being answered. This module
takes rows of (record, moment) as a query gives them and makes raw batches whose account is kept
in records.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from cjmine.columns import array, flags, mask, numbers
from cjmine.errors import Code
from cjmine.loaders.batch import (
    ACTIVITY,
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
from cjmine.loaders.queue_names import QueueNames
from cjmine.loaders.times import EARLIEST_US
from cjmine.loaders.touchpoints import Touchpoints, touchpoints_of
from cjmine.sources import Source

Flags = npt.NDArray[np.bool_]
_BROKEN, _NO_TIME, _FAR_TIME, _WRONG = 1, 2, 3, 4
_FAULTS = {
    _BROKEN: (Code.ROW_STRUCTURE, "the record cannot be parsed", None),
    _NO_TIME: (Code.TIME_UNREADABLE, "the time is empty or cannot be read", "time"),
    _FAR_TIME: (Code.TIME_IMPLAUSIBLE, "the year is outside 1970 to 2100", "time"),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """How the rows of one source are told.

    `naive` times carry no zone; `by_lines` says that a record is a line; `rejected` are the reasons
    of the format itself; the column rejected holds their numbers.
    """

    source: Source
    naive: bool = False
    by_lines: bool = False
    default: Callable[[str], str | None] | None = None
    rejected: tuple[tuple[Code, str, str | None], ...] = ()


def read_moments(rows: Iterable[pa.RecordBatch], how: Reading) -> Iterator[RawBatch]:
    """Make raw batches of rows (record, moment) in the order of the records.

    The columns are record (int64), valid, blank, filtered (the name of a `LeftOut`, or null),
    label, time (int64, microseconds), customer, and where the format has them skipped, doubled,
    channel, `link` + number, `keep` + number, rejected, delivery and version. A record that gives
    no event has one row; a record with a bad time in any of its moments is rejected as a whole.
    """
    touchpoints = touchpoints_of(how.source, how.default)
    names = QueueNames(how.source.extras.names)
    left = MOST_REJECTS
    for batch in _whole_records(rows):
        made = _Batch(batch, how).finish(touchpoints, names, left)
        left = max(0, left - made.rejected)
        yield made


def _whole_records(rows: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The same rows, cut only where a record ends."""
    held: pa.RecordBatch | None = None
    for batch in rows:
        if held is not None:
            batch = pa.concat_batches([held, batch])
        if not batch.num_rows:
            continue
        records = array(batch.column("record"))
        cut = int(np.flatnonzero(first_of_records(records))[-1])
        held = batch.slice(cut)
        if cut:
            yield batch.slice(0, cut)
    if held is not None:
        yield held


class _Batch:
    """Rows of whole records on their way to events; a group is the rows of one record."""

    def __init__(self, rows: pa.RecordBatch, how: Reading) -> None:
        self._rows, self._how = rows, how
        self._records = array(rows.column("record"))
        self._first = first_of_records(self._records)
        self._starts = np.flatnonzero(self._first)
        self._group = np.cumsum(self._first) - 1

    def finish(self, touchpoints: Touchpoints, names: QueueNames, room: int) -> RawBatch:
        rows, starts, group = self._rows, self._starts, self._group
        named = mask(rows.column("label").is_valid())
        time = rows.column("time")
        us = array(time)
        blank = mask(rows.column("blank"))[starts]
        left = rows.column("filtered").dictionary_encode()
        reason = array(left.indices, -1)[starts]
        fault = self._faults(us, mask(time.is_valid()), named, blank | (reason >= 0))
        open_groups = ~blank & (fault == 0) & (reason < 0)
        empty = open_groups & ~_any(named, group, len(starts))
        keep = named & (open_groups & ~empty)[group]
        activity = touchpoints.map(names.column(rows.column("label")))
        keep &= mask(activity.is_valid())
        ruled = open_groups & ~empty & ~_any(keep, group, len(starts))
        keep &= self._somebody()
        nobody = open_groups & ~empty & ~ruled & ~_any(keep, group, len(starts))
        counts = {LeftOut[name]: 0 for name in left.dictionary.to_pylist()}
        for code, name in enumerate(left.dictionary.to_pylist()):
            counts[LeftOut[name]] += int(((reason == code) & ~blank & (fault == 0)).sum())
        for why, groups in (
            (LeftOut.NO_TOUCHPOINT, empty),
            (LeftOut.RULE, ruled),
            (LeftOut.NOBODY, nobody),
        ):
            counts[why] = counts.get(why, 0) + int(groups.sum())
        return RawBatch(
            events=self._events(activity, us).filter(flags(keep)),
            read=int((~blank).sum()),
            rejected=int((fault > 0).sum()),
            rejects=self._rejects(fault, room),
            filtered=tuple(Filtered(why, number) for why, number in counts.items() if number),
            clock=self._clock(keep),
        )

    def _faults(
        self, us: npt.NDArray[np.int64], readable: Flags, named: Flags, out: Flags
    ) -> npt.NDArray[np.int8]:
        """The gravest fault of each record, 0 for none; what is left out has none but breakage."""
        faults = np.zeros(len(us), np.int8)
        faults[named & readable & ((us < EARLIEST_US) | (us >= LATEST_US))] = _FAR_TIME
        faults[named & ~readable] = _NO_TIME
        worst: npt.NDArray[np.int8] = np.maximum.reduceat(faults, self._starts)
        if "rejected" in self._rows.schema.names:
            refused = array(self._rows.column("rejected"), -1)[self._starts]
            worst = np.where(refused >= 0, refused + _WRONG, worst).astype(np.int8)
        worst[out] = 0
        broken = ~mask(self._rows.column("valid"))[self._starts]
        broken &= ~mask(self._rows.column("blank"))[self._starts]
        worst[broken] = _BROKEN
        return worst

    def _somebody(self) -> Flags:
        """Which rows name a customer, by whichever of their identifiers."""
        rows = self._rows
        names = [name for name in rows.schema.names if name.startswith("link")]
        found = np.zeros(rows.num_rows, bool)
        for name in ("customer", *names):
            found |= mask(rows.column(name).is_valid())
        return found

    def _rejects(self, fault: npt.NDArray[np.int8], room: int) -> tuple[Reject, ...]:
        records = self._records[self._starts]
        return tuple(
            Reject(
                int(records[group]),
                *self._reason(int(fault[group])),
                line=int(records[group]) if self._how.by_lines else None,
            )
            for group in sorted(np.flatnonzero(fault).tolist(), key=records.__getitem__)[:room]
        )

    def _reason(self, fault: int) -> tuple[Code, str, str | None]:
        return self._how.rejected[fault - _WRONG] if fault >= _WRONG else _FAULTS[fault]

    def _events(self, activity: pa.DictionaryArray, us: npt.NDArray[np.int64]) -> pa.RecordBatch:
        rows, roles = self._rows, self._how.source.roles
        arrays: dict[str, pa.Array] = {
            CUSTOMER: rows.column("customer"),
            ACTIVITY: activity,
            TIME: numbers(us),
            RECORD: numbers(self._records),
        }
        for name in rows.schema.names:
            if name.startswith("link"):
                arrays[LINK + name.removeprefix("link")] = rows.column(name)
        if "channel" in rows.schema.names:
            arrays[CHANNEL] = rows.column("channel").dictionary_encode()
        for place, name in enumerate(roles.keep):
            arrays[name] = rows.column(f"keep{place}").dictionary_encode()
        if "delivery" in rows.schema.names:
            arrays[DELIVERY] = rows.column("delivery")
            arrays[VERSION] = rows.column("version")
        return pa.RecordBatch.from_pydict(arrays)

    def _clock(self, keep: Flags) -> Clock:
        loaded = int(keep.sum())
        naive = self._how.naive

        def counted(name: str) -> int:
            if name not in self._rows.schema.names:
                return 0
            return int((mask(self._rows.column(name)) & keep).sum())

        return Clock(
            naive=loaded if naive else 0,
            zoned=0 if naive else loaded,
            skipped_hour=counted("skipped"),
            doubled_hour=counted("doubled"),
        )


def _any(rows: Flags, group: npt.NDArray[np.intp], groups: int) -> Flags:
    """Which groups have a row that is flagged."""
    found: Flags = np.bincount(group[rows], minlength=groups) > 0
    return found
