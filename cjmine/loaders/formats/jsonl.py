"""JSON lines: one object a line; a column may be a path into it, such as `user.id`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cjmine.errors import Code, DataError, Place, Problem
from cjmine.loaders.batch import RawBatch
from cjmine.loaders.budgets import check_width
from cjmine.loaders.engine import Reader, quote_text
from cjmine.loaders.head import Head
from cjmine.loaders.loader import Opened, Recognition
from cjmine.loaders.roles import declared_columns
from cjmine.loaders.tabular import Table, plan
from cjmine.loaders.tabular_rows import read_table
from cjmine.sources import Source

_SAMPLE_LINES = 200
_DEPTH = 4
_LONGEST_ANSWER = 1 << 16
_ERROR_KEYS = frozenset(
    (
        *("result", "message", "error", "errors", "code", "status", "description", "title"),
        *("error_description", "detail", "details", "more_info", "request_id", "timestamp", "type"),
    )
)


@dataclass(frozen=True, slots=True)
class JsonlLoader:
    """Reads one JSON object a line; nested keys are joined with a dot."""

    name: str = "jsonl"
    title: str = "JSON lines"

    def recognise(self, head: Head) -> Recognition | None:
        """A first line that is one JSON object."""
        keys = _keys(head.text)
        if not keys:
            return Recognition(0.9, "an answer in JSON") if _says_error(head.text) else None
        return Recognition(0.95, f"JSON lines with {len(keys)} keys")

    def open(self, source: Source, head: Head) -> Opened:
        """Keys, roles and time format of the file; a record is a line, so rejects know theirs."""
        if _says_error(head.text):
            raise DataError(
                Problem(
                    Code.LOG_FORMAT,
                    "this is no export but the answer of a service that reports an error",
                    Place(source.label),
                    remedy="ask the service again, as one who may see the data; the file says more",
                )
            )
        table = _table(source, head)
        settled = plan(table, source, f"JSON lines, {len(table.columns)} keys")

        def read(given: Source) -> Iterator[RawBatch]:
            for batch in read_table(table, settled, given):
                lined = tuple(replace(reject, line=reject.record) for reject in batch.rejects)
                yield replace(batch, rejects=lined)

        return Opened(settled.inspection, read, table.reader.rest)


LOADER = JsonlLoader()


def _table(source: Source, head: Head) -> Table:
    about = head.survey
    paths = _keys(head.first.decode(about.encoding, errors="replace"))
    if not paths:
        raise DataError(
            Problem(
                Code.ROW_STRUCTURE,
                "the first line is not one JSON object",
                Place(source.label, 1),
                remedy="export one JSON object a line",
            )
        )
    check_width(len(paths), source.label)
    reader = Reader(source.path, source.label, about)
    for column in set(declared_columns(source.roles)).difference(paths):
        if (path := _found_later(reader, column)) is not None:
            paths[column] = path

    def spelt(column: str) -> str:
        return f"json_extract_string({_VALID}, {quote_text(paths[column])})"

    return Table(
        reader,
        reader.lines,
        tuple(paths),
        spelt,
        valid=_OBJECT,
        blank=_BLANK,
        records=about.lines,
    )


_VALID = "CASE WHEN json_valid(line) THEN line END"
_OBJECT = "json_valid(line) AND ltrim(line)[1] = '{'"
_BLANK = "coalesce(trim(line, ' \t\r'), '') = ''"


def _found_later(reader: Reader, column: str) -> str | None:
    """The path of a declared column that the first records do not have; None if no record has."""
    for keys in ((column,), tuple(column.split("."))):
        path = _pointer(keys)
        if reader.rows(
            f"SELECT 1 FROM {reader.lines} WHERE json_exists({_VALID}, {quote_text(path)}) LIMIT 1"
        ):
            return path
    return None


def _pointer(keys: Sequence[str]) -> str:
    """A JSON pointer; unlike a path it takes every key as it is."""
    return "".join("/" + key.replace("~", "~0").replace("/", "~1") for key in keys)


def _keys(beginning: str) -> dict[str, str]:
    """The columns of the first records with their paths; none if it is not JSON.

    Nested keys are joined with a dot; where a key that holds a dot looks the same, the first
    counts.
    """
    found: dict[str, str] = {}
    lines = re.split(r"\r\n?|\n", beginning.lstrip("\ufeff"))
    for number, line in enumerate([line for line in lines if line.strip()][:_SAMPLE_LINES]):
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            record = None
        if not isinstance(record, dict):
            if number == 0:
                return {}
            continue
        for keys in _leaves(record, ()):
            found.setdefault(".".join(keys), _pointer(keys))
    return found


def _says_error(text: str) -> bool:
    """Whether a text is one JSON object that holds an error and its message, and nothing else."""
    try:
        answer = json.loads(text.lstrip("\ufeff")) if len(text) < _LONGEST_ANSWER else None
    except (ValueError, RecursionError):
        return False
    if not isinstance(answer, dict) or not _ERROR_KEYS.issuperset(answer):
        return False
    return any(answer.get(key) for key in ("error", "errors")) or answer.get("result") == "error"


def _leaves(record: object, above: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if isinstance(record, dict) and len(above) < _DEPTH:
        for key, value in record.items():
            if isinstance(value, dict):
                yield from _leaves(value, (*above, key))
            elif not isinstance(value, list) and key.isprintable():
                yield (*above, key)
