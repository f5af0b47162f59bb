"""JSON: one object a line, an array of them, or pages of an API with a list of them.

A column may be a path into an object, such as `user.id`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace

from cjmine.errors import Code, DataError, Place, Problem
from cjmine.loaders.batch import RawBatch
from cjmine.loaders.budgets import check_width
from cjmine.loaders.connections import quote_text
from cjmine.loaders.engine import Reader
from cjmine.loaders.head import Head
from cjmine.loaders.json_keys import columns_of, pointer
from cjmine.loaders.json_layout import JsonLayout, json_layout
from cjmine.loaders.loader import Opened, Recognition
from cjmine.loaders.parse_errors import Form
from cjmine.loaders.roles import declared_columns
from cjmine.loaders.tabular import Table, plan
from cjmine.loaders.tabular_rows import read_table, scan_of
from cjmine.loaders.unpacking import look_ahead
from cjmine.sources import Source

_LONGEST_ANSWER = 1 << 16
_ERROR_KEYS = frozenset(
    (
        *("result", "message", "error", "errors", "code", "status", "description", "title"),
        *("error_description", "detail", "details", "more_info", "request_id", "timestamp", "type"),
    )
)


@dataclass(frozen=True, slots=True)
class JsonlLoader:
    """Reads JSON objects; nested keys are joined with a dot."""

    name: str = "jsonl"
    title: str = "JSON (one object a line, an array or a page of them)"

    def recognise(self, head: Head) -> Recognition | None:
        """JSON whose first value is an object, or an array that begins with one."""
        layout = json_layout(head.text, head.label)
        if layout is None or not (keys := columns_of(layout.samples)):
            return Recognition(0.9, "an answer in JSON") if _says_error(head.text) else None
        return Recognition(0.95 if layout.by_lines else 0.9, f"{layout} with {len(keys)} keys")

    def open(self, source: Source, head: Head) -> Opened:
        """Keys, roles and time format of the file; rejects know their line if a record is one."""
        if _says_error(head.text):
            raise DataError(
                Problem(
                    Code.LOG_FORMAT,
                    "this is no export but the answer of a service that reports an error",
                    Place(source.label),
                    remedy="ask the service again, as one who may see the data; the file says more",
                )
            )
        layout = _layout(source, head)
        table = _table(source, head, layout)
        settled = plan(table, source, f"{layout}, {len(table.columns)} keys")

        def read(given: Source) -> Iterator[RawBatch]:
            for batch in read_table(table, settled, given):
                lined = tuple(replace(reject, line=reject.record) for reject in batch.rejects)
                yield replace(batch, rejects=lined) if layout.by_lines else batch

        return Opened(settled.inspection, read, table.reader.rest, scan_of(table, settled))


LOADER = JsonlLoader()


def _layout(source: Source, head: Head) -> JsonLayout:
    layout = json_layout(head.text, source.label)
    if layout is not None and layout.by_lines:
        text = head.first.decode(head.survey.encoding, errors="replace")
        layout = json_layout(text, source.label)
    if layout is None or not (columns_of(layout.samples) or layout.within):
        raise DataError(
            Problem(
                Code.ROW_STRUCTURE,
                "the file begins neither with a JSON object nor with an array of them",
                Place(source.label, 1),
                remedy="export one JSON object a line",
            )
        )
    if not layout.samples:
        raise DataError(
            Problem(Code.FILE_EMPTY, "the list of records is empty", Place(source.label))
        )
    return layout


def _table(source: Source, head: Head, layout: JsonLayout) -> Table:
    paths = columns_of(layout.samples, declared_columns(source.roles))
    check_width(len(paths), source.label)
    if layout.by_lines:
        reader = Reader(source.path, source.label, head.survey)
        rows, json, valid, blank = reader.lines, _WHOLE, _OBJECT, _BLANK
        records, file = head.survey.lines, "file_index"
    else:
        look_ahead(source.path, source.label, head.most_bytes, everything=True)
        reader = Reader(source.path, source.label, head.decoding, form=Form.JSON)
        rows, json, valid, blank = layout.records(reader), "json", "valid", "blank"
        records, file = 0, None
    for column in set(declared_columns(source.roles)).difference(paths):
        if (path := _found_later(reader, rows, json, column)) is not None:
            paths[column] = path

    def spelt(column: str) -> str:
        return f"json_extract_string({json}, {quote_text(paths[column])})"

    return Table(
        reader, rows, tuple(paths), spelt, valid=valid, blank=blank, records=records, file=file
    )


_WHOLE = "CASE WHEN json_valid(line) THEN line END"
_OBJECT = "json_valid(line) AND ltrim(line)[1] = '{'"
_BLANK = "coalesce(trim(line, ' \t\r'), '') = ''"


def _found_later(reader: Reader, rows: str, json: str, column: str) -> str | None:
    """The path of a declared column that the first records do not have; None if no record has."""
    for keys in ((column,), tuple(column.split("."))):
        path = pointer(keys)
        if reader.rows(
            f"SELECT 1 FROM {rows} WHERE json_exists({json}, {quote_text(path)}) LIMIT 1"
        ):
            return path
    return None


def _says_error(text: str) -> bool:
    """Whether a text is one JSON object that holds an error and its message, and nothing else."""
    try:
        answer = json.loads(text.lstrip("\ufeff")) if len(text) < _LONGEST_ANSWER else None
    except (ValueError, RecursionError):
        return False
    if not isinstance(answer, dict) or not _ERROR_KEYS.issuperset(answer):
        return False
    return any(answer.get(key) for key in ("error", "errors")) or answer.get("result") == "error"
