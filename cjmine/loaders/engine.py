"""The only door to DuckDB: a closed connection that parses one file as a stream.

No SQL comes from users or data: file names and column names are quoted here. The connection may
read that one file, cannot spill to disk, loads no extension and never sees the key.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

import duckdb
import pyarrow as pa

from cjmine.errors import Code, DataError, Place, Problem
from cjmine.loaders.decoding import Feed
from cjmine.loaders.files import Survey, is_gzip, unreadable
from cjmine.temporary import temporary_folder

BATCH_ROWS = 1 << 19
LARGEST_OBJECT = 1 << 26


@dataclass(frozen=True, slots=True)
class BadRecord:
    """A row that the parser could not take apart, and why.

    `row` counts from 1 and counts the header and blank lines too.
    """

    row: int
    reason: str


COLUMN_COUNTS = ("more columns than the header", "fewer columns than the header")
_REASONS = {
    "TOO MANY COLUMNS": COLUMN_COUNTS[0],
    "MISSING COLUMNS": COLUMN_COUNTS[1],
    "UNQUOTED VALUE": "a quote that is never closed, or text after a closing quote",
    "INVALID ENCODING": "bytes that are not valid in the file's encoding",
    "LINE SIZE OVER MAXIMUM": "the record is too long",
    "INVALID STATE": "quotes or line ends that do not fit",
}


def quote_text(value: str) -> str:
    """A text literal of SQL."""
    return "'" + value.replace("'", "''") + "'"


def quote_name(column: str) -> str:
    """A column name of SQL."""
    return '"' + column.replace('"', '""') + '"'


# A delimiter that no text holds; single control characters do occur.
_NOWHERE = "\x01\x02\x03\x04"


class Form(Enum):
    """What a file should be, for the words of an error."""

    ROWS = auto()
    JSON = auto()
    PARQUET = auto()


class Reader:
    """One closed connection that reads one file; without a file only tables in memory.

    A file that is not plain UTF-8 with one kind of line end, or that has lines above its header,
    is decoded on its way through a pipe, once a query; its text never touches the disk.
    """

    def __init__(
        self, path: Path | None, label: str, survey: Survey | None, folder: Path, skip: int = 0
    ) -> None:
        self._label = label
        self._feed: Feed | None = None
        self.compression = "none"
        if path is None:
            self._connect("")
            return
        readable = os.path.abspath(path)
        if survey is not None and (skip or not survey.plain):
            self._feed = Feed(path, label, survey.encoding, skip, folder / "decoded")
            readable = str(folder / "decoded")
        elif not _speakable(readable):
            (folder / "named").symlink_to(readable)
            readable = str(folder / "named")
        try:
            if self._feed is None and is_gzip(path):
                self.compression = "gzip"
        except OSError as error:
            raise unreadable(label, error) from None
        self._connect(readable)

    def _connect(self, readable: str) -> None:
        self._connection = duckdb.connect(":memory:")
        self.file = quote_text(_escaped(readable))
        allowed = f"{quote_text(readable)}, {self.file}" if readable else ""
        for setting in (
            "TimeZone = 'UTC'",
            "temp_directory = ''",
            "enable_progress_bar = false",
            "memory_limit = '2GB'",
            "autoinstall_known_extensions = false",
            "autoload_known_extensions = false",
            "allow_community_extensions = false",
            f"allowed_paths = [{allowed}]",
            "enable_external_access = false",
            "lock_configuration = true",
        ):
            self._connection.execute(f"SET {setting}")

    def stream(self, query: str) -> Iterator[pa.RecordBatch]:
        """Run a query and hand over its rows in file order, batch by batch."""
        with self._fed():
            yield from _larger(self._connection.sql(query).to_arrow_reader(BATCH_ROWS))

    @property
    def lines(self) -> str:
        """The FROM clause that reads the file as lines of text; a blank line is NULL."""
        return (
            f"read_csv({self.file}, auto_detect=false, header=false, delim='{_NOWHERE}', quote='',"
            f" escape='', columns={{'line': 'VARCHAR'}}, compression='{self.compression}')"
        )

    def objects(self, shape: str) -> str:
        """The FROM clause that reads the file as JSON values: an array's elements, or one by one.

        `shape` is array or unstructured.
        """
        return (
            f"read_json_objects({self.file}, format='{shape}', compression='{self.compression}',"
            f" maximum_object_size={LARGEST_OBJECT})"
        )

    def register(self, name: str, table: pa.Table) -> None:
        """Let queries read a table that is in memory, under a name of ours."""
        self._connection.register(name, table)

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """The rows of a small result."""
        with self._fed():
            return list(self._connection.sql(query).fetchall())

    def bad_records(self) -> list[BadRecord]:
        """What the CSV parser refused in the last scan, in file order; place and reason only."""
        try:
            found = self._connection.sql(
                "SELECT line, error_type::VARCHAR"
                " FROM reject_errors WHERE scan_id = (SELECT max(scan_id) FROM reject_errors)"
                " ORDER BY line, byte_position, 2"
            ).fetchall()
        except duckdb.CatalogException:
            return []
        merged: dict[int, BadRecord] = {}
        for row, kind in found:
            reason = _REASONS.get(str(kind), "the record cannot be parsed")
            merged.setdefault(row, BadRecord(row, reason))
        return list(merged.values())

    def close(self) -> None:
        """Give the memory back, while others go on: the engine takes its time for it.

        The interpreter waits for it at its end; the engine must not outlive what it stands on.
        """
        threading.Thread(target=self._connection.close, daemon=False).start()

    @contextmanager
    def _fed(self) -> Iterator[None]:
        if self._feed is None:
            yield
            return
        self._feed.start()
        try:
            yield
        finally:
            self._feed.stop()


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


@contextmanager
def reading(
    path: Path,
    label: str,
    survey: Survey | None = None,
    skip: int = 0,
    form: Form | None = None,
) -> Iterator[Reader]:
    """A reader for a file below its first `skip` physical lines; without a survey, for Parquet.

    Engine errors become DataError without the values the engine quotes; `form` says what the
    file should have been, where the survey does not tell.
    """
    form = form or (Form.PARQUET if survey is None else Form.ROWS)
    with temporary_folder() as folder:
        reader = Reader(path, label, survey, folder, skip)
        try:
            with _reworded(label, form):
                yield reader
        finally:
            reader.close()


@contextmanager
def in_memory(table: pa.Table, label: str) -> Iterator[tuple[Reader, str]]:
    """A reader for a table in memory, and the FROM clause that reads it. Errors as in `reading`."""
    with temporary_folder() as folder, _reworded(label, Form.ROWS):
        reader = Reader(None, label, None, folder)
        reader.register("frame", table)
        try:
            yield reader, "frame"
        finally:
            reader.close()


@contextmanager
def _reworded(label: str, form: Form) -> Iterator[None]:
    try:
        yield
    except duckdb.OutOfMemoryException:
        raise MemoryError from None
    except (duckdb.Error, OSError) as error:  # a stream wraps what the engine says
        raise DataError(_problem(label, str(error), form)) from None


def _problem(label: str, said: str, form: Form) -> Problem:
    """Our words for what the engine said; its own would quote the data."""
    if form is Form.PARQUET:
        return Problem(Code.LOG_FORMAT, "not a readable Parquet file", Place(label))
    if "GZIP" in said.upper():
        return Problem(Code.FILE_TRUNCATED, "the compressed file is damaged", Place(label))
    if form is Form.JSON:
        return Problem(
            Code.ROW_STRUCTURE,
            "the file is not whole JSON, or one value in it is larger than 64 MiB",
            Place(label),
            cause="an interrupted export or download",
            remedy="export it again, in smaller parts if it is large",
        )
    return Problem(
        Code.ROW_STRUCTURE,
        "the file cannot be taken apart into rows",
        Place(label),
        cause="quotes, delimiters or line ends that do not fit together",
        remedy="cjmine sniff FILE shows how the file is read",
    )


def _speakable(path: str) -> bool:
    """Whether the engine can take the name: it knows only names that are UTF-8."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def _escaped(path: str) -> str:
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in path)
