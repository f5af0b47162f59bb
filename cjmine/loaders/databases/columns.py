"""The columns of a query: which hold plain values, and how these come to the readers of tables."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime

import pyarrow as pa
import pyarrow.compute as pc

from cjmine.errors import Code, DataError, Place, Problem, did_you_mean
from cjmine.loaders.arrow_columns import PLAIN
from cjmine.loaders.roles import column_label

Growing = int | date | datetime
_TYPE = b"POSTGRESQL:type"
_PLAIN = (*PLAIN, pa.types.is_decimal, pa.types.is_null)
# Numbers that Arrow has are not what the database shows: money comes in cents.
_NOT_PLAIN = ("money",)
_GROWING = (pa.types.is_integer, pa.types.is_date, pa.types.is_timestamp)


def type_name(field: pa.Field) -> str:
    """The type of a column as its database calls it, where the driver says so."""
    said = (field.metadata or {}).get(_TYPE, b"").decode("utf-8", "replace")
    if said.startswith("_"):  # how PostgreSQL's catalogue calls an array
        return f"{said[1:]}[]"
    return said or str(field.type).partition("[")[0]


def is_plain(field: pa.Field) -> bool:
    """Whether a column holds texts, numbers, times or the like, one a row."""
    if type_name(field) in _NOT_PLAIN:
        return False
    kind = field.type
    if isinstance(kind, pa.BaseExtensionType):
        kind = kind.storage_type if type_name(field) == "numeric" else kind
    return any(is_so(kind) for is_so in _PLAIN) or _is_uuid(kind)


def _is_uuid(kind: pa.DataType) -> bool:
    return getattr(kind, "extension_name", "") == "arrow.uuid"


def check_columns(schema: pa.Schema, wanted: Iterable[str], label: str) -> None:
    """Refuse columns that are not there, or hold no plain values. Raises DataError L106, L133."""
    problems = []
    names = [field.name for field in schema]
    for name in dict.fromkeys(wanted):
        if name not in names:
            near = did_you_mean(name, [column_label(one) for one in names])
            said = f'the query has no column "{column_label(name)}"'
            problems.append(Problem(Code.COLUMN_MISSING, said, Place(label), remedy=near))
        elif not is_plain(field := schema.field(name)):
            problems.append(
                Problem(
                    Code.COLUMN_TYPE,
                    f"a column of type {type_name(field)} holds no single value to read",
                    Place(label, column=column_label(name)),
                    remedy=f'take one out of it in the query, or write it as text: "{name}"::text',
                )
            )
    if problems:
        raise DataError(*problems)


def check_growing(schema: pa.Schema, since: str, label: str) -> None:
    """Refuse a watermark whose values have no end to go on from. Raises DataError L133."""
    field = schema.field(since)
    if not any(is_so(field.type) for is_so in _GROWING):
        raise DataError(
            Problem(
                Code.COLUMN_TYPE,
                f"since is a whole number, a day or a time, and no {type_name(field)}",
                Place(label, column=column_label(since)),
                cause="the largest value is kept beside the log, so that it may name nobody",
                remedy="name the time at which rows were added, or a number that grows",
            )
        )


def exported(batch: pa.RecordBatch, booleans: tuple[str, str]) -> pa.RecordBatch:
    """A batch in types that the engine knows, and as the database's own exports spell it.

    >>> exported(pa.RecordBatch.from_pydict({"paid": [True, None]}), ("t", "f")).to_pydict()
    {'paid': ['t', None]}
    """
    columns = [_plain(column, booleans) for column in batch.columns]
    return pa.RecordBatch.from_arrays(columns, names=batch.schema.names)


def exported_schema(schema: pa.Schema, booleans: tuple[str, str]) -> pa.Schema:
    """The columns of plain values, in the types in which `exported` gives them."""
    plain = pa.schema([field for field in schema if is_plain(field)])
    return exported(pa.RecordBatch.from_pylist([], plain), booleans).schema


def _plain(column: pa.Array, booleans: tuple[str, str]) -> pa.Array:
    if isinstance(column, pa.ExtensionArray) and not _is_uuid(column.type):
        return column.storage
    if pa.types.is_boolean(column.type):
        return pc.if_else(column, *booleans)
    if pa.types.is_timestamp(column.type) and column.type.tz is not None:
        return column.cast(pa.timestamp("us", column.type.tz), safe=False)
    return column


def largest(column: pa.Array) -> Growing | None:
    """The largest value of a growing column; None where none is set.

    >>> largest(pa.array([3, None, 12]))
    12
    """
    found: Growing | None = pc.max(column.filter(is_set(column))).as_py()
    return found


def is_set(column: pa.Array) -> pa.Array:
    """Which values of a growing column are there and stand for one.

    Days and times before 1900 and from 2101 on do not: as such the driver gives infinity.

    >>> is_set(pa.array([date(2026, 1, 2), date(1, 1, 1), None])).to_pylist()
    [True, False, False]
    """
    kind = column.type
    if pa.types.is_integer(kind):
        return column.is_valid()
    bounds: list[date] = [datetime(1900, 1, 1, tzinfo=UTC), datetime(2101, 1, 1, tzinfo=UTC)]
    if pa.types.is_date(kind):
        bounds = [date(1900, 1, 1), date(2101, 1, 1)]
    elif kind.tz is None:
        bounds = [datetime(1900, 1, 1), datetime(2101, 1, 1)]
    first, end = (pa.scalar(one, kind) for one in bounds)
    inside = pc.and_(pc.greater_equal(column, first), pc.less(column, end))
    return pc.fill_null(inside, False)
