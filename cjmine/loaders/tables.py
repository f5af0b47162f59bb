"""Tables with a header, wherever they are written: delimited text, or a sheet of a workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import pyarrow as pa

from cjmine.errors import Code, DataError, Place, Problem
from cjmine.loaders.batch import LeftOut, RawBatch, with_left_out
from cjmine.loaders.delimited import open_delimited
from cjmine.loaders.engine import Reader
from cjmine.loaders.head import Head
from cjmine.loaders.roles import column_label
from cjmine.loaders.tabular import Table
from cjmine.loaders.workbook import MOST_UNPACKED, SheetTable, read_workbook
from cjmine.sources import Source

Finish = Callable[[Iterator[RawBatch]], Iterator[RawBatch]]


@dataclass(frozen=True, slots=True)
class OpenTable:
    """An open table, what it is in words, and what its end adds to the batches."""

    table: Table
    description: str
    finish: Finish


def open_table(source: Source, head: Head, padded: bool = False) -> OpenTable:
    """The table of a file. Raises what `open_delimited` and `read_workbook` raise."""
    if head.is_workbook:
        return open_sheet(source, sheets_of(source, head)[0])
    file = open_delimited(source, head, padded=padded)
    return OpenTable(file.table, file.description, file.numbered)


def sheets_of(source: Source, head: Head) -> list[SheetTable]:
    """The tables of a workbook, or that of the sheet that the source declares."""
    if source.extras.sheet is None:
        return head.sheets
    return read_workbook(source.path, source.label, source.extras.sheet, most_of(source))


def most_of(source: Source) -> int:
    """How many bytes the workbook of a source may unpack to at any ratio."""
    return source.extras.max_bytes or MOST_UNPACKED


def open_sheet(source: Source, sheet: SheetTable) -> OpenTable:
    """The table of a sheet; a record's line is its row in the sheet."""
    path, label, name, row = source.path, source.label, sheet.sheet, sheet.row
    totals, rows = sheet.totals, len(sheet.rows)
    spelt = {column: f"c{place}" for place, column in enumerate(sheet.columns)}
    empty = " AND ".join(f"{column} IS NULL" for column in spelt.values())
    reader = Reader(None, label)
    most = most_of(source)
    reader.register(
        "sheet", _columns(sheet), lambda: _columns(read_workbook(path, label, name, most)[0])
    )
    table = Table(
        reader,
        "sheet",
        sheet.columns,
        spelt.__getitem__,
        row,
        blank=f"({empty})",
        check_time=lambda columns: _check_whole(sheet, columns, label),
        records=rows,
    )

    def finish(batches: Iterator[RawBatch]) -> Iterator[RawBatch]:
        """The batches with the rows of rejects in the sheet, and the totals that were left out."""
        for batch in with_left_out(batches, LeftOut.TOTALS, totals):
            rejects = tuple(replace(one, line=row + one.record) for one in batch.rejects)
            yield replace(batch, rejects=rejects)

    return OpenTable(table, f'workbook, sheet "{name}", {len(sheet.columns)} columns', finish)


def _check_whole(sheet: SheetTable, columns: tuple[str, ...], label: str) -> None:
    """Refuse a column of times of which a spreadsheet understood a part. Raises DataError L108."""
    for column, row in sheet.half_dates:
        if column in columns:
            raise DataError(
                Problem(
                    Code.TIME_UNREADABLE,
                    "some cells are dates, and others are texts of dates",
                    Place(label, row, column_label(column)),
                    cause="the table was opened with the settings of another country, which takes"
                    " days for months where it can and leaves the rest",
                    remedy="export it again as CSV and load that, without opening it before",
                )
            )


def _columns(sheet: SheetTable) -> pa.Table:
    return pa.table(
        {
            f"c{place}": pa.array([row[place] for row in sheet.rows], pa.string())
            for place in range(len(sheet.columns))
        }
    )
