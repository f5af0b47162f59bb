"""Workbooks with a table of events: the first sheet that plays the roles, or a named one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cjmine.errors import DataError
from cjmine.loaders.batch import Head, Inspection, RawBatch, Recognition
from cjmine.loaders.files import head
from cjmine.loaders.tables import open_sheet
from cjmine.loaders.tabular import plan
from cjmine.loaders.tabular_rows import read_table
from cjmine.loaders.workbook import SheetTable, is_workbook, read_workbook
from cjmine.sources import Source


@dataclass(frozen=True, slots=True)
class ExcelLoader:
    """Reads workbooks as text; numbers and times are written out first."""

    name: str = "excel"
    title: str = "Excel workbook"

    def recognise(self, head: Head) -> Recognition | None:
        """The first bytes of a workbook, and what it holds."""
        return Recognition(0.5, "a workbook") if is_workbook(head.first, head.path) else None

    def inspect(self, source: Source) -> Inspection:
        """Sheet, header, roles and time format."""
        return self._chosen(source)[1]

    def read(self, source: Source) -> Iterator[RawBatch]:
        """Stream the rows; the line of a reject is its row in the sheet."""
        sheet, _ = self._chosen(source)
        with open_sheet(source, sheet) as opened:
            settled = plan(opened.table, source, "")
            yield from opened.finish(read_table(opened.table, settled, source))

    def _chosen(self, source: Source) -> tuple[SheetTable, Inspection]:
        """The first sheet that holds events. Raises what is wrong with the first sheet."""
        head(source.path, source.label)
        wrong: DataError | None = None
        for sheet in read_workbook(source.path, source.label, source.extras.sheet):
            try:
                with open_sheet(source, sheet) as opened:
                    return sheet, plan(opened.table, source, opened.description).inspection
            except DataError as error:
                wrong = wrong or error
        assert wrong is not None
        raise wrong


LOADER = ExcelLoader()
