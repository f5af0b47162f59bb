"""Parquet tables of events, typed or as text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cjmine.errors import Code, DataError, Place, Problem
from cjmine.loaders.batch import RawBatch
from cjmine.loaders.engine import FILES, Reader
from cjmine.loaders.head import Head
from cjmine.loaders.loader import Opened, Recognition
from cjmine.loaders.tabular import plan
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

    def open(self, source: Source, head: Head) -> Opened:
        """Columns, roles and time format of the file; it is read row group by row group."""
        if not head.first:
            raise DataError(Problem(Code.FILE_EMPTY, "the file is empty", Place(source.label)))
        reader = Reader(source.path, source.label)
        # Folder names such as channel=web must not count as columns of the file.
        scan = f"read_parquet({FILES}, hive_partitioning=false)"
        table = typed_table(reader, scan, source)
        settled = plan(table, source, f"Parquet, {len(table.columns)} columns")

        def read(given: Source) -> Iterator[RawBatch]:
            return read_table(table, settled, given)

        return Opened(settled.inspection, read, reader.rest)


LOADER = ParquetLoader()
