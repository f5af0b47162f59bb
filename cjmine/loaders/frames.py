"""Data frames as sources: of pandas, polars or Arrow, whole or as a stream of parts.

A frame is handed on in parts, so that beside it no second copy of it is in memory.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from cjmine.errors import CjmineError, Code, DataError, Place, Problem, UsageError
from cjmine.loaders.arrow_columns import plain_batches, plain_columns, plain_schema
from cjmine.loaders.flow import broken_off
from cjmine.loaders.tabular import SAMPLE_ROWS
from cjmine.sources import Rows

if TYPE_CHECKING:
    import pandas as pd

_PART = 1 << 16  # rows of a pandas frame that become Arrow at a time


def rows_of(frame: object, label: str) -> Rows:
    """A data frame as rows in Arrow: its columns of plain values, without an index.

    Takes pandas frames, whatever hands over Arrow (`__arrow_c_stream__`: polars frames, Arrow
    tables and readers, DuckDB relations), and iterators of these. Raises UsageError U101 for
    anything else, DataError L105 where two columns have one name.
    """
    if isinstance(frame, pa.RecordBatch):
        frame = pa.Table.from_batches([frame])
    if _is_pandas(frame) or isinstance(frame, pa.Table) or _is_polars(frame):
        return _table(frame, label)
    return _stream(_parts(frame, label), label)


def _table(frame: Any, label: str) -> Rows:
    """A frame that is in memory, and may be asked for again."""
    first = next(_batches(frame, label), None)
    if first is None:
        raise _no_columns(label)
    schema = plain_schema(first.schema, label)

    def batches(columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
        return plain_batches(_batches(frame, label, columns), schema, columns, label)

    return Rows(schema, batches, len(frame))


def _stream(parts: Iterator[pa.RecordBatch], label: str) -> Rows:
    """What comes only once: its first rows are kept until they are read."""
    held = list(_first(parts, label))
    if not held:
        raise _no_columns(label)
    schema = plain_schema(held[0].schema, label)
    first = [plain_columns(batch, schema, label) for batch in held]
    held.clear()
    begun = False

    def batches(columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
        nonlocal begun
        assert not begun, "a stream is read once"
        begun = True
        return plain_batches(chain(first, parts), schema, columns, label)

    return Rows(schema, batches, first=first)


def _first(parts: Iterator[pa.RecordBatch], label: str) -> Iterator[pa.RecordBatch]:
    """The first batches, with as many rows as are looked at."""
    rows = 0
    try:
        for batch in parts:
            yield batch
            rows += batch.num_rows
            if rows >= SAMPLE_ROWS:
                return
    except (CjmineError, MemoryError):
        raise
    except Exception as error:
        raise broken_off(label, error) from None


def _parts(frame: object, label: str) -> Iterator[pa.RecordBatch]:
    """The batches of a stream, or of the frames of an iterator."""
    if hasattr(frame, "__arrow_c_stream__"):
        return _batches(frame, label)
    if isinstance(frame, Iterator):
        return chain.from_iterable(_batches(_frame(one), label) for one in frame)
    raise _no_frame(frame)


def _frame(part: object) -> object:
    """A part of an iterator, which must be a frame itself."""
    if isinstance(part, pa.RecordBatch):
        return pa.Table.from_batches([part])
    if _is_pandas(part) or hasattr(part, "__arrow_c_stream__"):
        return part
    raise _no_frame(part)


def _batches(
    frame: Any, label: str, columns: Sequence[str] | None = None
) -> Iterator[pa.RecordBatch]:
    """The batches of one frame, with some of its columns; at least one, however few its rows."""
    if _is_pandas(frame):
        for begin in range(0, max(len(frame), 1), _PART):
            yield _of_pandas(frame.iloc[begin : begin + _PART], columns)
        return
    try:
        reader = pa.RecordBatchReader.from_stream(frame)
    except Exception:  # the errors of other libraries may quote values
        raise DataError(
            Problem(
                Code.FORMAT_UNKNOWN,
                "the data frame cannot be handed over as Arrow",
                Place(label),
                cause="a column of objects, or a broken frame",
                remedy="cast its columns to plain types, or leave them out",
            )
        ) from None
    empty = True
    for batch in reader:
        empty = False
        yield batch
    if empty:
        yield pa.RecordBatch.from_pylist([], schema=reader.schema)


def _of_pandas(frame: pd.DataFrame, columns: Sequence[str] | None) -> pa.RecordBatch:
    names = [str(name) for name in frame.columns]
    places = [place for place, name in enumerate(names) if columns is None or name in columns]
    return pa.RecordBatch.from_arrays(
        [_column(frame.iloc[:, place]) for place in places], [names[place] for place in places]
    )


def _column(series: pd.Series[Any]) -> pa.Array:
    """A column of a pandas frame; objects become text, as they would in a file."""
    if series.dtype != object:
        try:
            return _whole(pa.array(series, from_pandas=True))
        except (pa.ArrowException, TypeError, ValueError):
            pass  # a type that Arrow does not have
    return _whole(pa.array(series.astype("string"), from_pandas=True))


def _whole(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    """One array, where a column is in several."""
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def _is_pandas(frame: object) -> bool:
    pandas = sys.modules.get("pandas")
    return pandas is not None and isinstance(frame, pandas.DataFrame)


def _is_polars(frame: object) -> bool:
    polars = sys.modules.get("polars")
    return polars is not None and isinstance(frame, polars.DataFrame)


def _no_columns(label: str) -> DataError:
    return DataError(Problem(Code.HEADER_MISSING, "no column of plain values", Place(label)))


def _no_frame(given: object) -> UsageError:
    lazy = hasattr(given, "collect")
    return UsageError(
        Problem(
            Code.USAGE,
            "a data frame is needed: of pandas, polars or Arrow",
            cause=f"this is a {type(given).__name__}",
            remedy="frame.collect()" if lazy else "cj.load(FILE) reads files",
        )
    )
