"""Parquet tables of events, typed or as text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from cjmine.errors import Code, DataError, Place, Problem
from cjmine.loaders.batch import Head, Inspection, RawBatch, Recognition
from cjmine.loaders.engine import name, reading
from cjmine.loaders.files import head
from cjmine.loaders.tabular import Table, plan
from cjmine.loaders.tabular_rows import read_table
from cjmine.loaders.times import TimeSql, local_time_sql
from cjmine.sources import Source

_MAGIC = b"PAR1"


@dataclass(frozen=True, slots=True)
class ParquetLoader:
    """Reads Parquet; typed times keep their type, everything else is read as text."""

    name: str = "parquet"
    title: str = "Parquet"

    def recognise(self, head: Head) -> Recognition | None:
        """The four bytes with which every Parquet file begins."""
        return Recognition(0.7, "Parquet") if head.first.startswith(_MAGIC) else None

    def inspect(self, source: Source) -> Inspection:
        """Columns, roles and time format of the file."""
        with _open(source) as table:
            return plan(table, source, f"Parquet, {len(table.columns)} columns").inspection

    def read(self, source: Source) -> Iterator[RawBatch]:
        """Stream the file, row group by row group."""
        with _open(source) as table:
            yield from read_table(table, plan(table, source, ""), source)


LOADER = ParquetLoader()


@contextmanager
def _open(source: Source) -> Iterator[Table]:
    if not head(source.path, source.label):
        raise DataError(Problem(Code.FILE_EMPTY, "the file is empty", Place(source.label)))
    with reading(source.path, source.label) as reader:
        # Folder names such as channel=web must not stand in for columns of the file.
        scan = f"read_parquet({reader.file}, hive_partitioning=false)"
        types = {
            str(column): str(kind)
            for column, kind, *_ in reader.rows(f"DESCRIBE SELECT * FROM {scan}")
        }
        zone = source.roles.time.zone if source.roles.time else None
        flat = tuple(
            column
            for column, kind in types.items()
            if not kind.endswith((")", "]", "BLOB")) or kind.startswith(("DECIMAL", "ENUM"))
        )
        if not flat:
            raise DataError(
                Problem(Code.HEADER_MISSING, "no column of plain values", Place(source.label))
            )

        def native(column: str) -> TimeSql | None:
            return _native_time(name(column), types.get(column, ""), zone)

        def spelt(column: str) -> str:
            return _as_text(name(column), types[column])

        ((records,),) = reader.rows(f"SELECT count(*) FROM {scan}")  # the footer tells
        yield Table(reader, scan, flat, spelt, native_time=native, records=int(str(records)))


def _as_text(column: str, kind: str) -> str:
    """A value as text; a whole number that was stored as a float is a whole number again."""
    plain = f"CAST({column} AS VARCHAR)"
    if kind not in ("FLOAT", "DOUBLE"):
        return plain
    whole = f"CAST(TRY_CAST({column} AS BIGINT) AS VARCHAR)"
    return f"CASE WHEN {column} = trunc({column}) THEN coalesce({whole}, {plain}) ELSE {plain} END"


def _native_time(column: str, kind: str, zone: str | None) -> TimeSql | None:
    if kind == "TIMESTAMP WITH TIME ZONE":
        return TimeSql(column, "epoch_us(written)", "true")
    if kind not in ("TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS", "DATE"):
        return None
    local = f"CAST({column} AS TIMESTAMP)"
    if kind == "TIMESTAMP_NS":
        local = f"make_timestamp(epoch_ns({column}) // 1000)"  # a cast would round
    return local_time_sql(local, "written", "false", zone, dates_only=kind == "DATE")
