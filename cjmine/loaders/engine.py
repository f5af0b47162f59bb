"""The only door to DuckDB: a closed connection that parses one file as a stream.

No SQL comes from users or data: file names and column names are quoted here. The connection may
read that one file, cannot spill to disk, loads no extension and never sees the key.
"""

from __future__ import annotations

import os
import threading
import weakref
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from cjmine.columns import array
from cjmine.errors import DataError
from cjmine.loaders.connections import bad_records, connect, escaped, is_utf8, shared, shares
from cjmine.loaders.decoding import Feed
from cjmine.loaders.files import Survey, is_gzip, unreadable
from cjmine.loaders.flow import Flow
from cjmine.loaders.parse_errors import BadRecord, Form, parse_problem
from cjmine.temporary import temporary_folder, unused_folder

BATCH_ROWS = 1 << 18
LARGEST_OBJECT = 1 << 26


def quote_name(column: str) -> str:
    """A column name of SQL."""
    return '"' + column.replace('"', '""') + '"'


# The files that a query reads: a query names none, so that files can be read by the same query.
FILES = "getvariable('files')"
# A delimiter that no text holds; single control characters do occur.
_NOWHERE = "\x01\x02\x03\x04"


class Reader:
    """One closed connection that reads one file; without a file only tables in memory.

    A file that is not plain UTF-8 with one kind of line end, or that has lines above its header,
    is decoded on its way through a pipe, once a query; its text never touches the disk. The
    connection is made for the first query, and again for the first one after `rest`.

    Parameters
    ----------
    path
        The file, or None.
    label
        How errors name it.
    about
        Its survey; None for a file that is no text.
    skip
        How many physical lines above the header to leave out.
    form
        What the file should be, for the words of errors.

    Raises
    ------
    DataError
        In every query: L102, L113, L114, L115 or L122, without the values that the engine quotes.
    """

    def __init__(
        self,
        path: Path | None,
        label: str,
        about: Survey | None = None,
        skip: int = 0,
        form: Form | None = None,
    ) -> None:
        self._path, self._label, self._about, self._skip = path, label, about, skip
        self._form = form or (Form.PARQUET if path and about is None else Form.ROWS)
        self._decoded = about is not None and (skip > 0 or not about.plain)
        self._feed: Feed | None = None
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._is_shared = False
        self._tables: dict[str, _Registered] = {}
        self._flow: Flow | None = None
        self._folder: Path | None = None
        self._held = ExitStack()
        weakref.finalize(self, self._held.close)
        self._readable, self.compression = "", "none"
        if path is not None:
            self._readable = os.path.abspath(path)
            if self._decoded or not is_utf8(self._readable):
                self._folder = unused_folder()
                self._readable = str(self._folder / "export")
            if not self._decoded:
                self.compression = _compression(path, label)
        self._ahead: _Ahead | None = None

    def _connected(self) -> duckdb.DuckDBPyConnection:
        if self._connection is not None:
            return self._connection
        if self._path is not None and self._folder is not None:
            self._held.enter_context(temporary_folder(self._folder))
            if self._decoded and self._about is not None:
                self._feed = Feed(
                    self._path, self._label, self._about.encoding, self._skip, Path(self._readable)
                )
            else:
                Path(self._readable).symlink_to(os.path.abspath(self._path))
        own = shared(self._readable)
        self._is_shared = own is not None
        self._connection = own or connect(self._readable)
        self._connection.execute("SET VARIABLE files = ?", [[escaped(self._readable)]])
        for name, one in self._tables.items():
            if one.table is None and one.again is not None:
                one.table = one.again()
            self._connection.register(name, one.table)
        return self._connection

    def stream(self, query: str) -> Iterator[pa.RecordBatch]:
        """Run a query and hand over its rows in file order, batch by batch.

        What `read_together` has read by the same query is handed over without another.
        """
        if self._ahead is not None and self._ahead.query == query:
            if self._ahead.rows.num_rows:
                yield self._ahead.rows
            return
        with self._reworded(), self._fed() as connection:
            yield from _larger(connection.sql(query).to_arrow_reader(BATCH_ROWS))

    @property
    def lines(self) -> str:
        """The FROM clause that reads the file as lines of text; a blank line is NULL."""
        return (
            f"read_csv({FILES}, auto_detect=false, header=false, delim='{_NOWHERE}', quote='',"
            f" escape='', columns={{'line': 'VARCHAR'}}, compression='{self.compression}')"
        )

    def objects(self, shape: str) -> str:
        """The FROM clause that reads the file as JSON values: an array's elements, or one by one.

        `shape` is array or unstructured.
        """
        return (
            f"read_json_objects({FILES}, format='{shape}', compression='{self.compression}',"
            f" maximum_object_size={LARGEST_OBJECT})"
        )

    def register(
        self, name: str, table: pa.Table, again: Callable[[], pa.Table] | None = None
    ) -> None:
        """Let queries read a table under a name of ours.

        Where `again` can make the table a second time, it is forgotten while the reader rests.
        """
        self._tables[name] = _Registered(table, again)
        if self._connection is not None:
            self._connection.register(name, table)

    def flow(
        self, name: str, schema: pa.Schema, batches: Callable[[], Iterable[pa.RecordBatch]]
    ) -> None:
        """Let queries read rows under a name of ours as they come; each query asks for them anew.

        There is one flow at a time.
        """
        self._flow = Flow(name, schema, batches, self._label)

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """The rows of a small result."""
        with self._reworded(), self._fed() as connection:
            return list(connection.execute(query).fetchall())

    def bad_records(self) -> list[BadRecord]:
        """What the CSV parser refused in the last scan, in file order; place and reason only."""
        if self._ahead is not None:
            return self._ahead.bad
        return bad_records(self._connected()).get(self._readable, [])

    def rest(self) -> None:
        """Close the connection, and forget tables and the pipe until the next query.

        The connection is closed in a thread, because the engine takes its time to give memory
        back; the interpreter waits for the thread at its end.
        """
        connection, self._connection, self._feed = self._connection, None, None
        self._ahead = None
        self._held.close()
        for one in self._tables.values():
            one.table = one.table if one.again is None else None
        if connection is not None and self._is_shared:
            connection.close()
        elif connection is not None:
            threading.Thread(target=connection.close, daemon=False).start()

    @contextmanager
    def _fed(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """The connection, with the file on its way through the pipe where there is one."""
        connection = self._connected()
        if self._flow is not None:
            connection.register(self._flow.name, self._flow.begun())
        if self._feed is None:
            yield connection
            return
        self._feed.start()
        try:
            yield connection
        finally:
            self._feed.stop()

    @contextmanager
    def _reworded(self) -> Iterator[None]:
        try:
            yield
        except (duckdb.Error, OSError) as error:  # a stream wraps what the engine says
            if self._flow is not None and self._flow.failure is not None:
                raise self._flow.failure from None
            raise DataError(
                parse_problem(self._label, str(error), self._form, self._path)
            ) from None


@dataclass(frozen=True, slots=True)
class Scan:
    """A query that reads a file row by row, so that it may read several files at once.

    Its rows have the number of their file as "file".
    """

    reader: Reader
    query: str

    @property
    def is_open_to_others(self) -> bool:
        """Whether the engine reads the file itself, so that it can read others beside it."""
        return self.reader._folder is None and shares(self.reader._readable)


def read_together(readers: Sequence[Reader], query: str) -> None:
    """Read several files by the one query of their scans; each reader keeps what is its own.

    Where the query fails nothing is kept: each file is then read by itself, and one of them fails.
    """
    names = [one._readable for one in readers]
    connection = shared(names[0])
    if connection is None:
        return
    with connection:
        try:
            connection.execute("SET VARIABLE files = ?", [list(map(escaped, names))])
            table = connection.sql(query).to_arrow_table()
            bad = bad_records(connection)
        except duckdb.Error:
            return
    (rows,) = table.combine_chunks().to_batches() or [table.schema.empty_table().to_batches()[0]]
    ends = np.searchsorted(array(rows.column("file")), np.arange(len(readers) + 1))
    for reader, name, (begin, end) in zip(readers, names, pairwise(ends.tolist()), strict=True):
        reader._ahead = _Ahead(query, rows.slice(begin, end - begin), bad.get(name, []))


@dataclass(frozen=True, slots=True)
class _Ahead:
    """What a query that read several files found in one of them."""

    query: str
    rows: pa.RecordBatch = field(repr=False)
    bad: list[BadRecord]


@dataclass(slots=True)
class _Registered:
    """A table in memory, and what makes it again."""

    table: pa.Table | None = field(repr=False)
    again: Callable[[], pa.Table] | None


def _larger(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Batches of a useful size: the engine hands over what its threads happen to have ready."""
    held: list[pa.RecordBatch] = []
    rows = 0
    for batch in batches:
        held.append(batch)
        rows += batch.num_rows
        if rows >= BATCH_ROWS:
            yield pa.concat_batches(held)
            held, rows = [], 0
    if held:
        yield pa.concat_batches(held)


def _compression(path: Path, label: str) -> str:
    try:
        return "gzip" if is_gzip(path) else "none"
    except OSError as error:
        raise unreadable(label, error) from None
