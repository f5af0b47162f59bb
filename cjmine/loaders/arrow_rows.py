"""Rows that come as Arrow, batch by batch: data frames, streams, and tables of other systems."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyarrow as pa

from cjmine.loaders.batch import RawBatch
from cjmine.loaders.engine import Reader
from cjmine.loaders.loader import Opened
from cjmine.loaders.tabular import plan
from cjmine.loaders.tabular_rows import columns_read, read_table
from cjmine.loaders.typed import typed_table
from cjmine.sources import Rows, Source

_NAME = "given"  # what queries call the rows


def open_rows(rows: Rows, source: Source, what: str) -> Opened:
    """Rows in Arrow, read as they would be read from Parquet; a record is a row, from 1.

    `what` says in a word what they are. No more than one batch is in memory besides what the
    engine works on, and only the columns that are read are asked for.

    Raises DataError L105 to L108, L110 where columns, roles or times stay unclear.
    """
    reader = Reader(None, source.label)
    reader.flow(_NAME, rows.schema, lambda: _looked_at(rows))
    table = typed_table(reader, _NAME, source, rows.records)
    settled = plan(table, source, f"{what}, {len(table.columns)} columns")

    def read(given: Source) -> Iterator[RawBatch]:
        names = columns_read(table, settled, given.roles)
        schema = pa.schema([rows.schema.field(name) for name in names])
        reader.flow(_NAME, schema, lambda: rows.batches(names))
        return read_table(table, settled, given)

    return Opened(settled.inspection, read, reader.rest)


def _looked_at(rows: Rows) -> Iterable[pa.RecordBatch]:
    return rows.batches(rows.schema.names) if rows.first is None else rows.first
