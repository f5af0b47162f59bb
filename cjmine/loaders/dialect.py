"""How a delimited text file is written: delimiter, quote, where the header is."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from cjmine.loaders.files import LONGEST_LINE
from cjmine.loaders.header import unique_names
from cjmine.loaders.table_header import Misfit, header_row

_DELIMITERS = (",", ";", "\t", "|")
_ROWS = 200
csv.field_size_limit(LONGEST_LINE)  # its own limit is shorter than lines that are read


class Rows(Protocol):
    """What Python's CSV reader gives: rows, and how many lines they took so far."""

    @property
    def line_num(self) -> int: ...

    def __iter__(self) -> Iterator[list[str]]: ...


@dataclass(frozen=True, slots=True)
class Dialect:
    """The form of one file. `skip` physical lines are above the header."""

    delimiter: str
    escape: str
    skip: int
    columns: tuple[str, ...]
    has_header: bool
    consistency: float
    well_quoted: bool = True
    misfit: Misfit | None = None

    def __str__(self) -> str:
        sign = {"\t": "tab"}.get(self.delimiter, f'"{self.delimiter}"')
        return f"CSV, delimiter {sign}, {len(self.columns)} columns"


def recognise_dialect(text: str) -> Dialect | None:
    """The dialect of a text by its first rows; None if it is not delimited text.

    The delimiter that gives most rows the same number of columns (two or more) wins. Rows above
    the header that have another width, such as titles or `sep=;`, are skipped.
    """
    declared = re.match(r"\ufeff?sep=(.)[\r\n]", text)
    candidates = (declared[1],) if declared else _DELIMITERS
    escapes = ('"', "\\") if '\\"' in text else ('"',)
    best: Dialect | None = None
    for delimiter in candidates:
        for escape in escapes:
            found = _try(text, delimiter, escape)
            if found and (best is None or _rank(found) > _rank(best)):
                best = found
    return best


def _rank(dialect: Dialect) -> tuple[bool, float, bool, bool, int]:
    """A header first, then even rows, whole quotes, nothing above the header, many columns."""
    return (
        dialect.has_header,
        round(dialect.consistency, 1),
        dialect.well_quoted,
        dialect.skip == 0,
        len(dialect.columns),
    )


def rows_of(lines: Iterable[str], delimiter: str, escape: str, strict: bool = False) -> Rows:
    """The rows of delimited text; `lines` keep their ends. Blank lines give empty rows."""
    doubled = escape == '"'
    return csv.reader(
        lines,
        delimiter=delimiter,
        doublequote=doubled,
        escapechar=None if doubled else escape,
        strict=strict,
    )


def _try(text: str, delimiter: str, escape: str) -> Dialect | None:
    if delimiter not in text:
        return None
    reader = rows_of(io.StringIO(text, newline=""), delimiter, escape)
    rows: list[tuple[int, list[str]]] = []
    start = 0
    try:
        for row in reader:
            if row:
                rows.append((start, row))
            start = reader.line_num
            if len(rows) >= _ROWS:
                break
    except csv.Error:
        if len(rows) < 2:
            return None
    if len(rows) > 2:
        rows = rows[:-1] if len(rows) < _ROWS else rows  # the head may end inside a row
    widths = Counter(len(row) for _, row in rows if len(row) > 1)
    if not widths:
        return None
    width = max(widths, key=lambda columns: (widths[columns], columns))
    found = header_row(rows, width)
    return Dialect(
        delimiter,
        escape,
        found.skip,
        unique_names(found.names),
        found.named,
        (widths[width] + found.apart) / len(rows),
        _well_quoted(text, delimiter, escape),
        found.misfit,
    )


def _well_quoted(text: str, delimiter: str, escape: str) -> bool:
    """Whether the first rows have no text between a closing quote and the next delimiter."""
    try:
        for _ in islice(rows_of(io.StringIO(text, newline=""), delimiter, escape, True), _ROWS):
            pass
    except csv.Error as error:
        return "end of data" in str(error)
    return True
