"""Parquet tables of events, typed or as text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from cjmine.errors import Code, DataError, Place, Problem
from cjmine.loaders.batch import Head, Inspection, RawBatch, Recognition
from cjmine.loaders.engine import reading
from cjmine.loaders.files import head
from cjmine.loaders.tabular import Table, plan
from cjmine.loaders.tabular_rows import read_table
from cjmine.loaders.typed import typed_table
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
        yield typed_table(reader, scan, source)
