"""Rows that come as Arrow batches and can be read once, asked like a table that lies in a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyarrow as pa

from cjmine.loaders.engine import BATCH_ROWS, Reader

ROWS = "rows"  # what queries call them


class Streamed(Reader):
    """A reader that runs a query on one batch after the other, so that memory follows the batch."""

    def __init__(self, label: str, tables: Iterable[pa.Table]) -> None:
        super().__init__(None, label)
        self._given = tables

    def stream(self, query: str) -> Iterator[pa.RecordBatch]:
        """The rows of the query over each batch, in the order in which they come."""
        for table in _larger(self._given):
            self.register(ROWS, table)
            yield from super().stream(query)


def _larger(tables: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """Tables of a useful size."""
    held: list[pa.Table] = []
    rows = 0
    for table in tables:
        held.append(table)
        rows += table.num_rows
        if rows >= BATCH_ROWS:
            yield pa.concat_tables(held)
            held, rows = [], 0
    if rows:
        yield pa.concat_tables(held)
