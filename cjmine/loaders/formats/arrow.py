"""Arrow IPC: streams and files (Feather), as databases and data frames hand their tables on."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

import pyarrow as pa

from cjmine.errors import Code, DataError, Place, Problem
from cjmine.loaders.arrow_columns import plain_batches, plain_schema
from cjmine.loaders.arrow_rows import open_rows
from cjmine.loaders.files import open_bytes, unreadable
from cjmine.loaders.head import Head
from cjmine.loaders.loader import Opened, Recognition
from cjmine.loaders.unpacking import look_ahead
from cjmine.sources import Rows, Source

_FILE = b"ARROW1"
_STREAM = b"\xff\xff\xff\xff"
# What damaged files raise; the words of the library may quote what they hold.
_DAMAGED = (pa.ArrowException, EOFError, OSError, ValueError, zlib.error)


@dataclass(frozen=True, slots=True)
class ArrowLoader:
    """Reads Arrow batch by batch; typed times keep their type, everything else becomes text."""

    name: str = "arrow"
    title: str = "Arrow"

    def recognise(self, head: Head) -> Recognition | None:
        """The bytes with which every file, and the first message of every stream, begins."""
        if head.first.startswith(_FILE):
            return Recognition(0.7, "Arrow file")
        return Recognition(0.7, "Arrow stream") if head.first.startswith(_STREAM) else None

    def open(self, source: Source, head: Head) -> Opened:
        """Columns, roles and time format; a stream without its end mark was cut off (L113)."""
        look_ahead(source.path, source.label, head.most_bytes, everything=True)
        is_file = head.first.startswith(_FILE)

        def batches(columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
            found = _messages(source, is_file, columns)
            return plain_batches(found, schema, columns, source.label)

        schema = plain_schema(_schema(source, is_file), source.label)
        return open_rows(Rows(schema, batches), source, self.title)


def _schema(source: Source, is_file: bool) -> pa.Schema:
    with _opened(source) as file, _reworded(source.label):
        return (pa.ipc.open_file(file) if is_file else pa.ipc.open_stream(file)).schema


def _messages(source: Source, is_file: bool, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
    """The batches with some of their columns, each checked before anything looks at its values."""
    names = _schema(source, is_file).names
    options = pa.ipc.IpcReadOptions(included_fields=sorted(map(names.index, columns)))
    with _opened(source) as file, _reworded(source.label):
        for batch in _of_file(file, options) if is_file else _of_stream(file, options):
            batch.validate(full=True)
            yield batch


def _of_file(file: IO[bytes], options: pa.ipc.IpcReadOptions) -> Iterator[pa.RecordBatch]:
    """The batches that the list at the end of a file names."""
    reader = pa.ipc.open_file(file, options=options)
    yield from (reader.get_batch(place) for place in range(reader.num_record_batches))


def _of_stream(file: IO[bytes], options: pa.ipc.IpcReadOptions) -> Iterator[pa.RecordBatch]:
    """The batches up to the end mark; raises EOFError where the stream ends without one."""
    watched = _Watched(file)
    yield from pa.ipc.open_stream(watched, options=options)
    if watched.is_at_end:
        raise EOFError


class _Watched:
    """The bytes of a stream; `is_at_end` says that more were asked for than there are."""

    closed = False

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self.is_at_end = file, False

    def read(self, size: int = -1) -> bytes:
        found = self._file.read(size)
        self.is_at_end = len(found) < size
        return found


def _opened(source: Source) -> IO[bytes]:
    try:
        return open_bytes(source.path)
    except OSError as error:
        raise unreadable(source.label, error) from None


@contextmanager
def _reworded(label: str) -> Iterator[None]:
    try:
        yield
    except MemoryError:
        raise
    except _DAMAGED:
        raise _cut(label) from None


def _cut(label: str) -> DataError:
    return DataError(
        Problem(
            Code.FILE_TRUNCATED,
            "the Arrow data end early or are damaged",
            Place(label),
            cause="what wrote them was ended, or never closed its writer",
            remedy="write them again; closing the writer writes the end mark",
        )
    )


LOADER = ArrowLoader()
