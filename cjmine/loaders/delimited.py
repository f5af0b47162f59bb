"""Delimited text as a table, with the record and the line of each row that cannot be parsed."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pyarrow as pa

from cjmine.errors import Code, DataError, Place, Problem
from cjmine.loaders.batch import MOST_REJECTS, RawBatch, Reject
from cjmine.loaders.budgets import check_width
from cjmine.loaders.connections import quote_text
from cjmine.loaders.decoding import physical_lines
from cjmine.loaders.dialect import Dialect, recognise_dialect, rows_of
from cjmine.loaders.engine import FILES, Reader
from cjmine.loaders.files import Survey
from cjmine.loaders.head import Head
from cjmine.loaders.parse_errors import COLUMN_COUNTS, BadRecord
from cjmine.loaders.tabular import SAMPLE_ROWS, Table
from cjmine.loaders.text_bytes import Encoding
from cjmine.sources import Source


@dataclass(frozen=True, slots=True)
class Delimited:
    """An open file of delimited text."""

    path: Path
    label: str
    form: Dialect
    about: Survey
    table: Table

    @property
    def description(self) -> str:
        """Its dialect and encoding in words."""
        return f"{self.form}, {self.about.encoding.upper()}"

    def numbered(self, batches: Iterator[RawBatch]) -> Iterator[RawBatch]:
        """The batches of the file, and a last one with all rejects at their physical lines.

        Raises DataError L115 where no record could be parsed at all.
        """
        rejects: list[Reject] = []
        nothing: pa.RecordBatch | None = None
        for batch in batches:
            rejects += batch.rejects
            nothing = batch.events.slice(0, 0)
            yield replace(batch, rejects=())
        bad = self.table.reader.bad_records()
        if bad and nothing is None:
            raise DataError(
                Problem(
                    Code.ROW_STRUCTURE,
                    f"no record can be parsed: {bad[0].reason}",
                    Place(self.label, self.placed(bad)[0].line),
                    remedy="cjmine sniff FILE shows how the file is read",
                )
            )
        if nothing is not None and (bad or rejects):
            whole = self.placed(bad, rejects)
            yield RawBatch(nothing, read=len(bad), rejected=len(bad), rejects=whole)

    def placed(self, bad: Sequence[BadRecord], parsed: Sequence[Reject] = ()) -> tuple[Reject, ...]:
        """The rejects of a file in its order, with their record numbers and physical lines.

        `parsed` holds rejects of records that the engine could take apart, numbered among those.
        Lines come from a second pass; where that pass and the engine differ, they stay unknown.
        """
        form = self.form
        reasons = {one.row: one.reason for one in bad}
        numbered = {reject.record: reject for reject in parsed}
        found: list[Reject] = []
        record = loaded = 0
        for row, (line, width) in enumerate(self._rows(), 1):
            if (row == 1 and form.has_header) or not width:
                continue
            broken = reasons.get(row)
            miscounted = broken in COLUMN_COUNTS
            if (broken is None or miscounted) and (width == len(form.columns)) == miscounted:
                break
            record += 1
            loaded += broken is None
            if broken is not None:
                found.append(Reject(record, Code.ROW_STRUCTURE, broken, line=line))
                del reasons[row]
            elif loaded in numbered:
                found.append(replace(numbered.pop(loaded), record=record, line=line))
            if len(found) == MOST_REJECTS or not (reasons or numbered):
                return tuple(found)
        passed = len(bad) - len(reasons)
        later = sorted(reasons)
        rest = [
            Reject(row - form.has_header, Code.ROW_STRUCTURE, reason)
            for row, reason in sorted(reasons.items())
        ]
        for number, reject in sorted(numbered.items()):
            shifted = number + passed
            for row in later:
                shifted += row - form.has_header <= shifted
            rest.append(replace(reject, record=shifted))
        rest.sort(key=lambda reject: reject.record)
        return tuple((found + rest)[:MOST_REJECTS])

    def _rows(self) -> Iterator[tuple[int, int]]:
        """The physical line and the number of columns of each row; ends where it is lost."""
        form = self.form
        lines = physical_lines(self.path, self.label, self.about.encoding, form.skip)
        rows = rows_of(lines, form.delimiter, form.escape)
        begins = form.skip + 1
        try:
            for row in rows:
                yield begins, len(_without_tail(row, len(form.columns)))
                begins = form.skip + rows.line_num + 1
        except csv.Error:
            return


def open_delimited(
    source: Source, head: Head, names: tuple[str, ...] = (), padded: bool = False
) -> Delimited:
    """The file as a table, with its dialect and survey. Raises DataError L103 to L105.

    `names` are the columns of a file without a header; else those that the source declares.
    `padded` takes rows that end early, whose last columns are then empty.
    """
    names = names or source.extras.columns
    about = head.survey
    if about.encoding is Encoding.BINARY:
        raise DataError(
            Problem(Code.FORMAT_UNKNOWN, "this is not a text file", Place(source.label))
        )
    text = head.first.decode(about.encoding, errors="replace")
    form = head.dialect if text == head.text else recognise_dialect(text)
    if form is None:
        raise DataError(
            Problem(
                Code.HEADER_MISSING,
                "no columns found: no delimiter splits the lines evenly",
                Place(source.label, 1),
                remedy="cjmine sniff FILE",
            )
        )
    check_width(len(form.columns), source.label)
    if names:
        form = _headless(form, names, source)
    if form.misfit is not None and not names:
        at = form.misfit
        raise DataError(
            Problem(
                Code.ROW_STRUCTURE,
                f"the header has {at.names} names (line {at.header_line}),"
                f" and the rows have {at.fields} fields (line {at.row_line})",
                Place(source.label, at.header_line),
                cause="a name is missing, or values hold a delimiter without quotes",
                remedy='name all columns on top, or in cjmine.toml: columns = ["…", "…"]',
            )
        )
    if not form.has_header and not names:
        raise DataError(
            Problem(
                Code.HEADER_MISSING,
                "the first line does not name the columns",
                Place(source.label, form.skip + 1),
                cause=f"{len(form.columns)} columns, and the first line looks like data",
                remedy='name them on top, or in cjmine.toml: columns = ["…", "…"]',
            )
        )
    spelt = {name: f"c{position}" for position, name in enumerate(form.columns)}
    columns = ", ".join(f"'{column}': 'VARCHAR'" for column in spelt.values())
    reader = Reader(source.path, source.label, about, form.skip)
    scan = (
        f"read_csv({FILES}, auto_detect=false, header={str(form.has_header).lower()},"
        f" delim={quote_text(form.delimiter)}, quote='\"', escape={quote_text(form.escape)},"
        f" columns={{{columns}}}, nullstr='', compression='{reader.compression}',"
        f" strict_mode=true, null_padding={str(padded).lower()},"
        " store_rejects=true, rejects_limit=0)"
    )
    header = form.skip + 1
    table = Table(
        reader,
        scan,
        form.columns,
        spelt.__getitem__,
        header,
        records=about.lines - header,
        file="file_index",
        first_rows=partial(_first_rows, source, about, form, padded),
    )
    return Delimited(source.path, source.label, form, about, table)


def _first_rows(source: Source, about: Survey, form: Dialect, padded: bool) -> list[list[str]]:
    """The first rows that have all columns, as the engine would read them."""
    lines = physical_lines(source.path, source.label, about.encoding, form.skip)
    found: list[list[str]] = []
    try:
        for place, row in enumerate(rows_of(lines, form.delimiter, form.escape)):
            row = _without_tail(row, len(form.columns))
            if padded and row:
                row += [""] * (len(form.columns) - len(row))
            if len(row) == len(form.columns) and (place or not form.has_header):
                found.append(row)
            if len(found) == SAMPLE_ROWS:
                break
    except csv.Error:  # what comes then is refused when it is read
        pass
    return found


def _without_tail(row: list[str], width: int) -> list[str]:
    """A row without the empty columns behind its last, which the engine passes over."""
    while len(row) > width and not row[-1]:
        row = row[:-1]
    return row


def _headless(form: Dialect, names: tuple[str, ...], source: Source) -> Dialect:
    """The dialect of a file whose columns are named elsewhere."""
    if len(names) != len(form.columns):
        raise DataError(
            Problem(
                Code.HEADER_MISSING,
                f"{len(names)} columns are declared, and the file has {len(form.columns)}",
                Place(source.label, 1),
                remedy="name every column, in order",
            )
        )
    return replace(form, columns=names, has_header=False, skip=0)
