"""Tables with a header, wherever they are written: delimited text, or a sheet of a workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import pyarrow as pa

from cjmine.errors import DataError
from cjmine.loaders.batch import Filtered, Head, LeftOut, RawBatch
from cjmine.loaders.dialect import recognise_dialect
from cjmine.loaders.engine import reading
from cjmine.loaders.files import head
from cjmine.loaders.formats.csv import numbered, open_csv
from cjmine.loaders.tabular import Table
from cjmine.loaders.workbook import SheetTable, is_workbook, read_workbook
from cjmine.sources import Source

Finish = Callable[[Iterator[RawBatch]], Iterator[RawBatch]]


@dataclass(frozen=True, slots=True)
class OpenTable:
    """An open table, what it is in words, and what its end adds to the batches."""

    table: Table
    description: str
    finish: Finish


def header_of(head: Head) -> tuple[str, ...] | None:
    """The columns of a table by the beginning of its file; None where it is no table."""
    if is_workbook(head.first, head.path):
        try:
            return read_workbook(head.path, head.label)[0].columns
        except DataError:
            return None
    form = recognise_dialect(head.text)
    return form.columns if form is not None and form.has_header else None


@contextmanager
def open_table(source: Source, padded: bool = False) -> Iterator[OpenTable]:
    """The table of a file. Raises what `open_csv` and `read_workbook` raise."""
    first = head(source.path, source.label)
    if not is_workbook(first, source.path):
        with open_csv(source, padded=padded) as (table, form, about):
            yield OpenTable(
                table,
                f"{form}, {about.encoding.upper()}",
                lambda batches: numbered(batches, table, form, about, source),
            )
        return
    sheets = read_workbook(source.path, source.label, source.extras.sheet)
    with open_sheet(source, sheets[0]) as opened:
        yield opened


@contextmanager
def open_sheet(source: Source, sheet: SheetTable) -> Iterator[OpenTable]:
    """The table of a sheet; a record's line is its row in the sheet."""
    spelt = {name: f"c{place}" for place, name in enumerate(sheet.columns)}
    columns = {
        spelt[name]: pa.array([row[place] for row in sheet.rows], pa.string())
        for place, name in enumerate(sheet.columns)
    }
    empty = " AND ".join(f"{column} IS NULL" for column in spelt.values())
    with reading(source.path, source.label) as reader:
        reader.register("sheet", pa.table(columns))
        table = Table(
            reader,
            "sheet",
            sheet.columns,
            spelt.__getitem__,
            sheet.row,
            blank=f"({empty})",
            records=len(sheet.rows),
        )
        described = f'workbook, sheet "{sheet.sheet}", {len(sheet.columns)} columns'
        yield OpenTable(table, described, lambda batches: _with_rows(batches, sheet))


def _with_rows(batches: Iterator[RawBatch], sheet: SheetTable) -> Iterator[RawBatch]:
    """The batches with the rows of rejects in the sheet, and the totals that were left out."""
    nothing: pa.RecordBatch | None = None
    for batch in batches:
        nothing = batch.events.slice(0, 0)
        rejects = tuple(replace(one, line=sheet.row + one.record) for one in batch.rejects)
        yield replace(batch, rejects=rejects)
    if sheet.totals and nothing is not None:
        left_out = (Filtered(LeftOut.TOTALS, sheet.totals),)
        yield RawBatch(nothing, read=sheet.totals, filtered=left_out)
