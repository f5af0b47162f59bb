"""Data frames as sources: tables that are in memory already, from pandas, polars or Arrow."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from cjmine.errors import Code, DataError, Place, Problem, UsageError
from cjmine.loaders.batch import RawBatch
from cjmine.loaders.engine import Reader
from cjmine.loaders.loader import Opened
from cjmine.loaders.tabular import plan
from cjmine.loaders.tabular_rows import read_table
from cjmine.loaders.typed import typed_table
from cjmine.sources import Frame, Source

if TYPE_CHECKING:
    import pandas as pd


def open_frame(source: Source) -> Opened:
    """A table in memory, read as it would be read from Parquet; a record is a row, from 1.

    Raises DataError L105 to L108, L110 where columns, roles or times stay unclear.
    """
    assert isinstance(source.origin, Frame)
    reader = Reader(None, source.label)
    reader.register("frame", source.origin.table)
    table = typed_table(reader, "frame", source)
    settled = plan(table, source, f"data frame, {len(table.columns)} columns")

    def read(given: Source) -> Iterator[RawBatch]:
        return read_table(table, settled, given)

    return Opened(settled.inspection, read, reader.rest)


def table_of(frame: object, label: str) -> pa.Table:
    """A data frame as an Arrow table: its columns of plain values, without an index.

    Takes pandas frames and whatever hands over Arrow (`__arrow_c_stream__`): polars frames, Arrow
    tables, DuckDB relations. Raises UsageError U101 for anything else, DataError L105 where two
    columns have one name.
    """
    pandas = sys.modules.get("pandas")
    if pandas is not None and isinstance(frame, pandas.DataFrame):
        names = [str(name) for name in frame.columns]
        arrays = [_column(frame.iloc[:, place]) for place in range(len(names))]
    elif hasattr(frame, "__arrow_c_stream__") or isinstance(frame, pa.RecordBatch):
        given = _handed_over(frame, label)
        names, arrays = given.column_names, given.columns
    else:
        raise _no_frame(frame)
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise DataError(
            Problem(
                Code.HEADER_MISSING,
                "two columns have the same name",
                Place(label, column=twice[0]),
                remedy="rename one",
            )
        )
    chosen = [
        (name, _for_engine(array))
        for name, array in zip(names, arrays, strict=True)
        if _is_plain(array.type)
    ]
    if not chosen:
        raise DataError(Problem(Code.HEADER_MISSING, "no column of plain values", Place(label)))
    return pa.table(dict(chosen))


def _column(series: pd.Series[Any]) -> pa.Array | pa.ChunkedArray:
    """A column of a pandas frame; objects become text, as they would in a file."""
    if series.dtype != object:
        try:
            return pa.array(series, from_pandas=True)
        except (pa.ArrowException, TypeError, ValueError):
            pass  # a type that Arrow does not have
    return pa.array(series.astype("string"), from_pandas=True)


def _handed_over(frame: Any, label: str) -> pa.Table:
    try:
        return pa.table(frame)
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


def _is_plain(kind: pa.DataType) -> bool:
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    plain = (
        pa.types.is_string,
        pa.types.is_large_string,
        pa.types.is_string_view,
        pa.types.is_integer,
        pa.types.is_floating,
        pa.types.is_decimal128,
        pa.types.is_boolean,
        pa.types.is_date,
        pa.types.is_time,
        pa.types.is_timestamp,
    )
    return any(is_so(kind) for is_so in plain)


def _for_engine(column: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    """What the engine reads: plain dictionaries, and zoned times in microseconds, cut off."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        chunks = column.chunks if isinstance(column, pa.ChunkedArray) else [column]
        column = pa.chunked_array([_spelt_out(chunk) for chunk in chunks], kind.value_type)
        kind = column.type
    if pa.types.is_timestamp(kind) and kind.tz is not None:
        return column.cast(pa.timestamp("us", kind.tz), safe=False)
    if pa.types.is_float16(kind):
        return column.cast(pa.float32())
    return column


def _spelt_out(chunk: pa.DictionaryArray) -> pa.Array:
    """The values of a categorical column; Arrow takes none of the newer kinds of string."""
    kind = chunk.dictionary.type
    if pa.types.is_string_view(kind):
        return chunk.dictionary.cast(pa.string()).take(chunk.indices).cast(kind)
    return chunk.dictionary.take(chunk.indices)


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
