"""From records to the moments that a customer met: one record may give several events, or none.

A call is one record and several touchpoints: a menu choice, waiting, being answered. This module
takes rows of (record, moment) as a query gives them and makes raw batches whose account is kept
in records.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from cjmine.columns import array, mask, numbers
from cjmine.errors import Code
from cjmine.loaders.batch import CUSTOMER, LINK, RECORD, LeftOut, RawBatch, first_of_records
from cjmine.loaders.batch_maker import (
    BatchMaker,
    ClockMarks,
    Fault,
    Mask,
    Omission,
    Rows,
    event_columns,
    time_faults,
)
from cjmine.loaders.pages import as_pages
from cjmine.loaders.queue_names import QueueNames
from cjmine.loaders.rounded import rounded_faults
from cjmine.loaders.touchpoints import touchpoints_of
from cjmine.sources import Source


@dataclass(frozen=True, slots=True)
class RejectRule:
    """A reason to reject a record: SQL that is true of it, and the code and words of the reject."""

    when: str
    code: Code
    reason: str
    column: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """How the rows of one source become events.

    `naive` times carry no zone; `by_lines` says that a record is a line; `rejected` are the reasons
    of the format itself, and the column rejected holds their places in it.
    """

    source: Source
    naive: bool = False
    by_lines: bool = False
    default: Callable[[str], str | None] | None = None
    rejected: tuple[RejectRule, ...] = ()


def read_moments(rows: Iterable[pa.RecordBatch], how: Reading) -> Iterator[RawBatch]:
    """Make raw batches of rows (record, moment) in the order of the records.

    The columns are record (int64), valid, blank, filtered (the name of a `LeftOut`, or null),
    label, time (int64, microseconds), customer, and where the format has them skipped, doubled,
    channel, `link` + number, `keep` + number, rejected, delivery and version. A record that gives
    no event has one row; a record with a bad time in any of its moments is rejected as a whole.
    """
    touchpoints = touchpoints_of(how.source, how.default)
    names = QueueNames(how.source.extras.names)
    maker = BatchMaker()
    for batch in _whole_records(rows):
        label, time = as_pages(batch.column("label").dictionary_encode()), batch.column("time")
        named, blank = mask(label.is_valid()), mask(batch.column("blank"))
        omissions = _omissions(batch)
        out = blank | np.logical_or.reduce([one.rows for one in omissions], axis=0, initial=False)
        record = array(batch.column("record"))
        events = event_columns(
            batch, how.source.roles, touchpoints.map(names.column(label)), array(time)
        ).append_column(RECORD, numbers(record))
        yield maker.make(
            Rows(
                events,
                clock=ClockMarks(
                    not how.naive, _marked(batch, "skipped"), _marked(batch, "doubled")
                ),
                faults=_faults(batch, how, named, out) + _rounded(events, how, out),
                omissions=omissions,
                named=named,
                known=_known(events),
                blank=blank,
                numbers=record,
                lines=record if how.by_lines else None,
            )
        )


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


def _omissions(rows: pa.RecordBatch) -> list[Omission]:
    """What the format leaves out, by reason."""
    coded = rows.column("filtered").dictionary_encode()
    codes = array(coded.indices, -1)
    return [
        Omission(LeftOut[name], codes == code)
        for code, name in enumerate(coded.dictionary.to_pylist())
    ]


def _faults(rows: pa.RecordBatch, how: Reading, named: Mask, out: Mask) -> list[Fault]:
    """The gravest fault first; a record that is left out has none unless it is broken."""
    time = rows.column("time")
    broken = ~mask(rows.column("valid"))
    found = [Fault(broken, Code.ROW_STRUCTURE, "the record cannot be parsed")]
    if how.rejected:
        refused = array(rows.column("rejected"), -1)
        found += [
            Fault((refused == place) & ~out, one.code, one.reason, one.column)
            for place, one in enumerate(how.rejected)
        ]
    unreadable, far = time_faults(array(time), mask(time.is_valid()), "time")
    return [*found, *(replace(one, rows=one.rows & named & ~out) for one in (far, unreadable))]


def _rounded(events: pa.RecordBatch, how: Reading, out: Mask) -> list[Fault]:
    """Identifiers that have lost digits, in records that are not left out."""
    found = rounded_faults(events, how.source.roles)
    return [replace(one, rows=one.rows & ~out) for one in found]


def _known(events: pa.RecordBatch) -> Mask:
    """Which rows name a customer, by any of their identifiers."""
    who = [name for name in events.schema.names if name == CUSTOMER or name.startswith(LINK)]
    known: Mask = np.logical_or.reduce([mask(events.column(name).is_valid()) for name in who])
    return known


def _marked(rows: pa.RecordBatch, name: str) -> Mask | bool:
    return mask(rows.column(name)) if name in rows.schema.names else False
