"""Delimited text: any delimiter, quoting and encoding; the columns are declared or sniffed."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

import pyarrow as pa

from cjmine.errors import Code, DataError, Place, Problem
from cjmine.loaders.batch import MOST_REJECTS, Head, Inspection, RawBatch, Recognition, Reject
from cjmine.loaders.decoding import physical_lines
from cjmine.loaders.dialect import Dialect, recognise_dialect, rows_of
from cjmine.loaders.engine import COLUMN_COUNTS, BadRecord, quote_text, reading
from cjmine.loaders.files import Encoding, Survey, head, survey
from cjmine.loaders.tabular import Plan, Table, plan
from cjmine.loaders.tabular_rows import read_table
from cjmine.sources import Source


@dataclass(frozen=True, slots=True)
class CsvLoader:
    """Reads CSV and its relatives; every value as text, rejects by place and reason."""

    name: str = "csv"
    title: str = "delimited text"

    def recognise(self, head: Head) -> Recognition | None:
        """Text whose rows mostly have the same number of columns."""
        dialect = recognise_dialect(head.text)
        if dialect is None or dialect.consistency < 0.6 or head.text.lstrip()[:1] in "{[<":
            return None
        return Recognition(0.5 * dialect.consistency, str(dialect))

    def inspect(self, source: Source) -> Inspection:
        """Delimiter, encoding, header, roles and time format of the file."""
        with open_csv(source) as (table, form, about):
            settled = plan(table, source, _describe(form, about))
        _remember(source, about, settled)
        return settled.inspection

    def read(self, source: Source) -> Iterator[RawBatch]:
        """Stream the file; a last batch carries the rejects with their physical lines."""
        with open_csv(source) as (table, form, about):
            settled = _remembered(source, about) or plan(table, source, "")
            yield from numbered(read_table(table, settled, source), table, form, about, source)


LOADER = CsvLoader()
# What sniffing settled of the last file; reading it asks for the same. It holds no value of it.
_last: list[tuple[Source, Survey, Plan]] = []


def _remember(source: Source, about: Survey, settled: Plan) -> None:
    _last[:] = [(replace(source, roles=settled.inspection.roles), about, settled)]


def _remembered(source: Source, about: Survey) -> Plan | None:
    for known, survey_then, settled in _last:
        if survey_then is about and known == source:
            return settled
    return None


@contextmanager
def open_csv(
    source: Source, names: tuple[str, ...] = (), padded: bool = False
) -> Iterator[tuple[Table, Dialect, Survey]]:
    """The file as a table, with its dialect and survey. Raises DataError L104, L105.

    `names` are the columns of a file without a header; else those that the source declares.
    `padded` takes rows that end early, whose last columns are then empty.
    """
    names = names or source.extras.columns
    about = survey(source.path, source.label)
    if about.encoding is Encoding.BINARY:
        raise DataError(
            Problem(Code.FORMAT_UNKNOWN, "this is not a text file", Place(source.label))
        )
    first = head(source.path, source.label).decode(about.encoding, errors="replace")
    form = recognise_dialect(first)
    if form is None:
        raise DataError(
            Problem(
                Code.HEADER_MISSING,
                "no columns found: no delimiter splits the lines evenly",
                Place(source.label, 1),
                remedy="cjmine sniff FILE",
            )
        )
    if names:
        form = _headless(form, names, source)
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
    with reading(source.path, source.label, about, form.skip) as reader:
        scan = (
            f"read_csv({reader.file}, auto_detect=false, header={str(form.has_header).lower()},"
            f" delim={quote_text(form.delimiter)}, quote='\"', escape={quote_text(form.escape)},"
            f" columns={{{columns}}}, nullstr='', compression='{reader.compression}',"
            f" strict_mode=true, null_padding={str(padded).lower()},"
            " store_rejects=true, rejects_limit=0)"
        )
        header = form.skip + 1
        table = Table(
            reader, scan, form.columns, spelt.__getitem__, header, records=about.lines - header
        )
        yield table, form, about


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


def numbered(
    batches: Iterator[RawBatch], table: Table, form: Dialect, about: Survey, source: Source
) -> Iterator[RawBatch]:
    """The batches of a file, and a last one with all rejects at their physical lines.

    Raises DataError L115 where no record could be parsed at all.
    """
    rejects: list[Reject] = []
    nothing: pa.RecordBatch | None = None
    for batch in batches:
        rejects += batch.rejects
        nothing = batch.events.slice(0, 0)
        yield replace(batch, rejects=())
    bad = table.reader.bad_records()
    if bad and nothing is None:
        raise DataError(
            Problem(
                Code.ROW_STRUCTURE,
                f"no record can be parsed: {bad[0].reason}",
                Place(source.label, placed(source, form, about, bad, ())[0].line),
                remedy="cjmine sniff FILE shows how the file is read",
            )
        )
    if nothing is not None and (bad or rejects):
        whole = placed(source, form, about, bad, rejects)
        yield RawBatch(nothing, read=len(bad), rejected=len(bad), rejects=whole)


def _describe(form: Dialect, about: Survey) -> str:
    return f"{form}, {about.encoding.upper()}, {about.lines:,} lines"


def placed(
    source: Source, form: Dialect, about: Survey, bad: Sequence[BadRecord], parsed: Sequence[Reject]
) -> tuple[Reject, ...]:
    """The rejects of a file in its order, with their record numbers and physical lines.

    `parsed` holds rejects of records that the engine could take apart, numbered among those. Lines
    come from a second pass; where that pass and the engine part ways, the line stays unknown.
    """
    reasons = {one.row: one.reason for one in bad}
    numbered = {reject.record: reject for reject in parsed}
    found: list[Reject] = []
    record = loaded = 0
    for row, (line, width) in enumerate(_rows(source, form, about), 1):
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


def _rows(source: Source, form: Dialect, about: Survey) -> Iterator[tuple[int, int]]:
    """Where each row begins (physical line) and its number of columns; ends where it is lost."""
    lines = physical_lines(source.path, source.label, about.encoding, form.skip)
    rows = rows_of(lines, form.delimiter, form.escape)
    begins = form.skip + 1
    try:
        for row in rows:
            width = len(row)
            while width > len(form.columns) and not row[width - 1]:
                width -= 1  # the engine passes over empty columns behind the last
            yield begins, width
            begins = form.skip + rows.line_num + 1
    except csv.Error:
        return
