"""Delimited text: any delimiter, quoting and encoding; the columns are declared or sniffed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cjmine.loaders.batch import RawBatch
from cjmine.loaders.delimited import open_delimited
from cjmine.loaders.head import Head
from cjmine.loaders.loader import Opened, Recognition
from cjmine.loaders.tabular import plan
from cjmine.loaders.tabular_rows import read_table, scan_of
from cjmine.sources import Source


@dataclass(frozen=True, slots=True)
class CsvLoader:
    """Reads CSV and its relatives; every value as text, rejects by place and reason."""

    name: str = "csv"
    title: str = "delimited text"

    def recognise(self, head: Head) -> Recognition | None:
        """Text whose rows mostly have the same number of columns."""
        dialect = head.dialect
        if dialect is None or dialect.consistency < 0.6 or head.text.lstrip()[:1] in "{[<":
            return None
        return Recognition(0.5 * dialect.consistency, str(dialect))

    def open(self, source: Source, head: Head) -> Opened:
        """Delimiter, encoding, header, roles and time format of the file."""
        file = open_delimited(source, head)
        settled = plan(file.table, source, f"{file.description}, {file.about.lines:,} lines")

        def read(given: Source) -> Iterator[RawBatch]:
            return file.numbered(read_table(file.table, settled, given))

        rest, scan = file.table.reader.rest, scan_of(file.table, settled)
        return Opened(settled.inspection, read, rest, scan)


LOADER = CsvLoader()
