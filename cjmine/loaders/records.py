"""An export as numbered records of known fields, whatever it is stored in.

The presets of `formats/` say which fields they know; this module hands every record over as a
struct `r` of them, from JSON (lines, arrays, pages, values glued together), Parquet or CSV.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cjmine.errors import DataError
from cjmine.loaders.batch import RawBatch
from cjmine.loaders.connections import quote_text
from cjmine.loaders.engine import FILES, Reader, quote_name
from cjmine.loaders.head import Head
from cjmine.loaders.json_keys import pointer
from cjmine.loaders.json_layout import Form as Values
from cjmine.loaders.json_layout import JsonLayout, json_layout
from cjmine.loaders.loader import Recognition
from cjmine.loaders.parse_errors import Form
from cjmine.loaders.roles import has_names, names_alike
from cjmine.loaders.tables import open_table
from cjmine.loaders.unpacking import look_ahead
from cjmine.loaders.zone_names import stated_zone
from cjmine.sources import Source

Structure = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Records:
    """An open export.

    `sql` is a FROM clause with the columns record (its number), valid, blank, r (the struct) and
    whatever `value` needs. `value` gives the SQL of a declared column as text, None where the
    export has none; `columns` are those it can name. `finish` adds what only the end of the file
    shows to the batches. `zone` is set where the export itself says in which zone its times are;
    `by_lines` says that a record is a line; `count` is about how many records there are, 0 where it
    is not known. `fields` gives the columns of the fields that a table
    has; None where the format does not name them one by one.
    """

    reader: Reader
    sql: str
    value: Callable[[str], str | None]
    columns: tuple[str, ...]
    description: str
    finish: Callable[[Iterator[RawBatch]], Iterator[RawBatch]] = lambda batches: batches
    zone: str | None = None
    by_lines: bool = False
    count: int = 0
    fields: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class JsonFields:
    """Records in JSON or Parquet.

    `structure` names the fields and their types as DuckDB's json_transform takes them; `marks` are
    the keys that only the format has; `within` is the list of a page to take of several.
    `called` gives further names to keys, by their paths.
    """

    structure: Structure
    marks: tuple[str, ...]
    within: str | None = None
    called: tuple[tuple[str, str], ...] = ()

    def recognise(self, head: Head) -> Recognition | None:
        """Whether the beginning holds every key that only the format has."""
        if head.first.startswith(b"PAR1"):
            known = _parquet_columns(head)
            found = all(mark in known for mark in self.marks)
        else:
            found = head.beginning[:1] in ("{", "[") and all(
                re.search(rf'"{re.escape(mark)}"\s*:', head.beginning) for mark in self.marks
            )
        return Recognition(1.0, f"has the keys {', '.join(self.marks[:3])}") if found else None

    def open(self, source: Source, head: Head) -> Records:
        """The records of a file. Raises DataError L102, L103, L113, L115, L122, L130."""
        if head.first.startswith(b"PAR1"):
            reader = Reader(source.path, source.label)
            scan = (
                "(SELECT to_json(t) AS json, true AS valid, false AS blank"
                f" FROM read_parquet({FILES}, hive_partitioning=false) t)"
            )
            return self._records(reader, scan, "Parquet")
        layout = json_layout(head.beginning, source.label, self.marks, self.within)
        if layout is not None and layout.by_lines:
            reader = Reader(source.path, source.label, head.survey)
            valid = "json_valid(line) AND ltrim(line)[1] = '{'"
            scan = (
                f"(SELECT CASE WHEN json_valid(line) THEN line END AS json, {valid} AS valid,"
                f" coalesce(trim(line, ' \t\r'), '') = '' AS blank FROM {reader.lines})"
            )
            return replace(self._records(reader, scan, "JSON lines"), count=head.survey.lines)
        look_ahead(source.path, source.label, head.most_bytes, everything=True)
        reader = Reader(source.path, source.label, head.decoding, form=Form.JSON)
        if layout is None:
            layout = JsonLayout(
                Values.ARRAY if head.beginning.startswith("[") else Values.VALUES, ()
            )
        return self._records(reader, layout.records(reader), "JSON")

    def _renamed(self, struct: str) -> str:
        if not self.called:
            return struct
        paths = {plain: ".".join(map(quote_name, path.split("."))) for plain, path in self.called}
        more = ", ".join(f"{plain} := ({struct}).{path}" for plain, path in paths.items())
        return f"struct_insert({struct}, {more})"

    def _records(self, reader: Reader, scan: str, stored: str) -> Records:
        structure = quote_text(json.dumps(self.structure))
        numbered = (
            f"(SELECT row_number() OVER () AS record, valid, blank, json,"
            f" {self._renamed(f'json_transform(CASE WHEN valid THEN json END, {structure})')} AS r"
            f" FROM {scan})"
        )

        def value(column: str) -> str:
            keys = quote_text(pointer(column.split(".")))
            return f"json_extract_string(CASE WHEN valid THEN json END, {keys})"

        return Records(reader, numbered, value, (), stored, by_lines=stored == "JSON lines")


@dataclass(frozen=True, slots=True)
class CsvFields:
    """Records in a table with a header: delimited text, or a sheet of a workbook.

    `fields` gives the spellings of each field, the first one wins; `marks` are the fields that only
    the format has. A field that the file does not have is null.
    """

    fields: Mapping[str, Sequence[str]]
    marks: tuple[str, ...]
    certainty: float = 0.9
    padded: bool = False

    def found(self, columns: Sequence[str]) -> dict[str, str]:
        """The column of each field that the file has."""
        return names_alike(columns, self.fields)

    def recognise(self, head: Head) -> Recognition | None:
        """Whether the header has every field that only the format has."""
        columns = head.columns
        if columns is None or not has_names(columns, (self.fields[one] for one in self.marks)):
            return None
        found = self.found(columns)
        if not all(mark in found for mark in self.marks):
            return None
        names = ", ".join(found[mark] for mark in self.marks[:3])
        return Recognition(self.certainty, f"has the columns {names}")

    def open(self, source: Source, head: Head) -> Records:
        """The records of a file. Raises DataError L102 to L105, L113 to L115, L122."""
        opened = open_table(source, head, padded=self.padded)
        table = opened.table
        found = self.found(table.columns)
        fields = ", ".join(
            f"{field} := {table.spelt(found[field]) if field in found else 'NULL::VARCHAR'}"
            for field in self.fields
        )

        def value(column: str) -> str | None:
            return table.spelt(column) if column in table.columns else None

        sql = (
            f"(SELECT row_number() OVER () AS record, true AS valid, {table.blank} AS blank, *,"
            f" struct_pack({fields}) AS r FROM {table.source_sql})"
        )
        return Records(
            table.reader,
            sql,
            value,
            table.columns,
            opened.description,
            opened.finish,
            count=table.records,
            fields=found,
            zone=_zone_named(found.values()),
        )


def _zone_named(columns: Iterable[str]) -> str | None:
    """The one zone that names of columns state, such as `Start time (UTC)`."""
    stated = {found.zone for one in columns if (found := stated_zone(one)) and found.zone}
    return stated.pop() if len(stated) == 1 else None


@dataclass(frozen=True, slots=True)
class LineFields:
    """Records that are lines without quotes, split at one sign.

    `fields` are in the order of the parts; further parts are passed over and missing ones are
    null. `shape` is an expression that most lines match.
    """

    fields: tuple[str, ...]
    delimiter: str
    shape: str
    least: int

    def recognise(self, head: Head) -> Recognition | None:
        """Whether most of the first lines have the shape."""
        found = head.most_lines(re.compile(self.shape))
        return Recognition(1.0, "the shape of its lines") if found else None

    def open(self, source: Source, head: Head) -> Records:
        """The records of a file; a record is a line. Raises DataError L102, L103, L112, L113."""
        about = head.survey
        reader = Reader(source.path, source.label, about)
        parts = ", ".join(
            f"{field} := parts[{place}]" for place, field in enumerate(self.fields, 1)
        )
        sql = (
            f"(SELECT row_number() OVER () AS record, len(parts) >= {self.least} AS valid,"
            f" coalesce(trim(line), '') = '' AS blank, struct_pack({parts}) AS r"
            f" FROM (SELECT line, string_split(line, {quote_text(self.delimiter)}) AS parts"
            f" FROM {reader.lines}))"
        )

        def value(column: str) -> str | None:
            return f"r.{column}" if column in self.fields else None

        described = f"{about.encoding.upper()}, {about.lines:,} lines"
        return Records(reader, sql, value, self.fields, described, by_lines=True, count=about.lines)


@dataclass(frozen=True, slots=True)
class EitherFields:
    """Records that a system exports as JSON and as CSV, with the same fields."""

    json: JsonFields
    csv: CsvFields

    def recognise(self, head: Head) -> Recognition | None:
        """Whether the file is either of them."""
        return self.json.recognise(head) or self.csv.recognise(head)

    def open(self, source: Source, head: Head) -> Records:
        """The records of a file; what begins with a brace or bracket is JSON."""
        is_json = head.beginning[:1] in ("{", "[") or head.first.startswith(b"PAR1")
        return self.json.open(source, head) if is_json else self.csv.open(source, head)


def _parquet_columns(head: Head) -> frozenset[str]:
    reader = Reader(head.path, head.label)
    scan = f"read_parquet({FILES}, hive_partitioning=false)"
    try:
        rows = reader.rows(f"DESCRIBE SELECT * FROM {scan}")
    except DataError:
        return frozenset()
    return frozenset(str(row[0]) for row in rows)
