"""Columns that have types, in a file or in memory: times stay times, the rest is read as text."""

from __future__ import annotations

from cjmine.errors import Code, DataError, Place, Problem
from cjmine.loaders.budgets import check_width
from cjmine.loaders.engine import Reader, quote_name
from cjmine.loaders.tabular import Table
from cjmine.loaders.time_sql import TimeSql, local_time_sql
from cjmine.sources import Source

_EXACT_BELOW = {"FLOAT": 1 << 24, "DOUBLE": 1 << 53}


def typed_table(reader: Reader, scan: str, source: Source, records: int | None = None) -> Table:
    """The columns of plain values behind a FROM clause; nested and binary ones are left out.

    `records` is how many rows there are, 0 where that is unknown; None has them counted. Raises
    DataError L105 where there is no such column.
    """
    types = {
        str(column): str(kind) for column, kind, *_ in reader.rows(f"DESCRIBE SELECT * FROM {scan}")
    }
    check_width(len(types), source.label)
    if records is None:
        ((counted,),) = reader.rows(f"SELECT count(*) FROM {scan}")  # it is written down
        records = int(str(counted))
    flat = tuple(
        column
        for column, kind in types.items()
        if not kind.endswith((")", "]", "BLOB")) or kind.startswith(("DECIMAL", "ENUM"))
    )
    if not flat:
        raise DataError(
            Problem(Code.HEADER_MISSING, "no column of plain values", Place(source.label))
        )

    def native(column: str, zone: str | None) -> TimeSql | None:
        return _native_time(quote_name(column), types.get(column, ""), zone)

    def spelt(column: str) -> str:
        return _as_text(quote_name(column), types[column])

    return Table(reader, scan, flat, spelt, native_time=native, records=records)


def _as_text(column: str, kind: str) -> str:
    """A value as text; a whole number that was stored as a float is a whole number again.

    Above the last number that the type holds exactly it is written as a power of ten, which says
    that it is rounded.
    """
    plain = f"CAST({column} AS VARCHAR)"
    if kind not in _EXACT_BELOW:
        return plain
    whole = f"CAST(TRY_CAST({column} AS BIGINT) AS VARCHAR)"
    rounded = f"format('{{:.9e}}', CAST({column} AS DOUBLE))"
    return (
        f"CASE WHEN abs({column}) >= {_EXACT_BELOW[kind]} AND isfinite({column}) THEN {rounded}"
        f" WHEN {column} = trunc({column}) THEN coalesce({whole}, {plain}) ELSE {plain} END"
    )


def _native_time(column: str, kind: str, zone: str | None) -> TimeSql | None:
    if kind == "TIMESTAMP WITH TIME ZONE":
        return TimeSql(column, "epoch_us(written)", "true")
    if kind not in ("TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS", "DATE"):
        return None
    local = f"TRY_CAST({column} AS TIMESTAMP)"  # days have years that times have not
    if kind == "TIMESTAMP_NS":
        local = f"make_timestamp(epoch_ns({column}) // 1000)"  # a cast would round
    return local_time_sql(local, "written", "false", zone, dates_only=kind == "DATE")
