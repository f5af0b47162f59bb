"""Columns that come as Arrow, in the types that the engine reads: plain values, times to the µs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import pyarrow as pa

from cjmine.errors import Code, DataError, Place, Problem

PLAIN = (
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


def plain_schema(schema: pa.Schema, label: str) -> pa.Schema:
    """The columns of plain values, in the types that the engine reads; nested ones are left out.

    Raises DataError L105 where two columns have one name, or none is plain.
    """
    names = schema.names
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
    plain = [pa.field(one.name, _read_as(one.type)) for one in schema if _is_plain(one.type)]
    if not plain:
        raise DataError(Problem(Code.HEADER_MISSING, "no column of plain values", Place(label)))
    return pa.schema(plain)


def plain_batches(
    batches: Iterable[pa.RecordBatch], schema: pa.Schema, columns: Sequence[str], label: str
) -> Iterator[pa.RecordBatch]:
    """Some columns of a plain schema, out of every batch of a stream. Raises DataError L123."""
    wanted = pa.schema([schema.field(name) for name in columns])
    for batch in batches:
        yield plain_columns(batch, wanted, label)


def plain_columns(batch: pa.RecordBatch, schema: pa.Schema, label: str) -> pa.RecordBatch:
    """The columns of a plain schema, out of a batch of the same stream.

    Raises DataError L123 where a column is missing, or has values of another kind than before.
    """
    return pa.RecordBatch.from_arrays([_alike(batch, one, label) for one in schema], schema=schema)


def _alike(batch: pa.RecordBatch, wanted: pa.Field, label: str) -> pa.Array:
    """A column as the first batch had it: a stream may come in parts that were typed one by one."""
    try:
        found = spelt_out(batch.column(wanted.name))
        if found.type == wanted.type:
            return found
        if _kind(found.type) == _kind(wanted.type):
            # Times are cut off to microseconds; a number that would change is an error.
            return found.cast(wanted.type, safe=not pa.types.is_timestamp(wanted.type))
    except (KeyError, pa.ArrowInvalid):
        pass
    raise DataError(
        Problem(
            Code.SOURCES_DISAGREE,
            "the parts of the data differ in a column",
            Place(label, column=wanted.name),
            cause="it is missing in a part, or was taken for another type there",
            remedy="give it one type in all parts; pandas reads text by dtype=str",
        )
    )


def spelt_out(column: pa.Array) -> pa.Array:
    """The values of a categorical column; any other column as it is."""
    if not pa.types.is_dictionary(column.type):
        return column
    kind = column.dictionary.type
    if pa.types.is_string_view(kind):  # Arrow takes none of the newer kinds of string
        return column.dictionary.cast(pa.string()).take(column.indices).cast(kind)
    return column.dictionary.take(column.indices)


def _is_plain(kind: pa.DataType) -> bool:
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    return any(is_so(kind) for is_so in PLAIN)


def _read_as(kind: pa.DataType) -> pa.DataType:
    """The type in which the engine reads a column."""
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    if pa.types.is_timestamp(kind) and kind.tz is not None:
        return pa.timestamp("us", kind.tz)
    return pa.float32() if pa.types.is_float16(kind) else kind


def _kind(kind: pa.DataType) -> str:
    """What sort of values a type has; within one sort a value keeps its meaning."""
    families: Iterable[tuple[str, object]] = (
        ("text", PLAIN[:3]),
        ("number", PLAIN[3:6]),
        ("zoned" if getattr(kind, "tz", None) else "local", PLAIN[9:]),
    )
    for name, family in families:
        if any(is_so(kind) for is_so in family):  # type: ignore[attr-defined]
            return name
    return str(kind)
