"""Workbooks with a table of events: the first sheet that plays the roles, or a named one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cjmine.errors import DataError
from cjmine.loaders.batch import RawBatch
from cjmine.loaders.head import Head
from cjmine.loaders.loader import Opened, Recognition
from cjmine.loaders.tables import open_sheet, sheets_of
from cjmine.loaders.tabular import plan
from cjmine.loaders.tabular_rows import read_table
from cjmine.loaders.workbook import SheetTable
from cjmine.sources import Source


@dataclass(frozen=True, slots=True)
class ExcelLoader:
    """Reads workbooks as text; numbers and times are written out first."""

    name: str = "excel"
    title: str = "Excel workbook"

    def recognise(self, head: Head) -> Recognition | None:
        """The first bytes of a workbook, and what it holds."""
        return Recognition(0.5, "a workbook") if head.is_workbook else None

    def open(self, source: Source, head: Head) -> Opened:
        """The first sheet that holds events. Raises what is wrong with the first sheet."""
        wrong: DataError | None = None
        for sheet in sheets_of(source, head):
            try:
                return _opened(source, sheet)
            except DataError as error:
                wrong = wrong or error
        assert wrong is not None
        raise wrong


LOADER = ExcelLoader()


def _opened(source: Source, sheet: SheetTable) -> Opened:
    opened = open_sheet(source, sheet)
    settled = plan(opened.table, source, opened.description)

    def read(given: Source) -> Iterator[RawBatch]:
        return opened.finish(read_table(opened.table, settled, given))

    return Opened(settled.inspection, read, opened.table.reader.rest)
