"""What the engine says of a file that it cannot parse, in words that do not quote the data."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from cjmine.errors import Code, Place, Problem
from cjmine.loaders.files import open_bytes
from cjmine.memory_limit import out_of_memory

_LOOKED_THROUGH = 1 << 26
_BLANKS = re.compile(r"\s*")


@dataclass(frozen=True, slots=True)
class BadRecord:
    """A row that the parser could not take apart, and why.

    `row` counts from 1 and counts the header and blank lines too.
    """

    row: int
    reason: str


_NO_MEMORY = re.compile(
    r"out of memory|bad_alloc|(?:could not|failed to|cannot) allocate|temporarily unavailable",
    re.IGNORECASE,
)
COLUMN_COUNTS = ("more columns than the header", "fewer columns than the header")
_REASONS = {
    "TOO MANY COLUMNS": COLUMN_COUNTS[0],
    "MISSING COLUMNS": COLUMN_COUNTS[1],
    "UNQUOTED VALUE": "a quote that is never closed, or text after a closing quote",
    "INVALID ENCODING": "bytes that are not valid in the file's encoding",
    "LINE SIZE OVER MAXIMUM": "the record is too long",
    "INVALID STATE": "quotes or line ends that do not fit",
}


class Form(Enum):
    """What a file should be, for the words of an error."""

    ROWS = auto()
    JSON = auto()
    PARQUET = auto()


def reason_of(kind: str) -> str:
    """Why a row was refused, by the engine's name for it."""
    return _REASONS.get(kind, "the record cannot be parsed")


def parse_problem(label: str, said: str, form: Form, path: Path | None = None) -> Problem:
    """The problem of a file of some form, by what the engine said of it; `path` is looked into."""
    if _NO_MEMORY.search(said):
        return out_of_memory().problems[0]
    if form is Form.PARQUET:
        return Problem(Code.LOG_FORMAT, "not a readable Parquet file", Place(label))
    if "GZIP" in said.upper():
        return Problem(Code.FILE_TRUNCATED, "the compressed file is damaged", Place(label))
    if form is Form.JSON:
        return Problem(
            Code.ROW_STRUCTURE,
            "the file is not whole JSON, or one value in it is larger than 64 MiB",
            Place(label, None if path is None else _json_ends(path)),
            cause="an interrupted export or download",
            remedy="export it again, in smaller parts if it is large",
        )
    return Problem(
        Code.ROW_STRUCTURE,
        "the file cannot be taken apart into rows",
        Place(label),
        cause="quotes, delimiters or line ends that do not fit together",
        remedy="cjmine sniff FILE shows how the file is read",
    )


def _json_ends(path: Path) -> int | None:
    """The line where a file stops being JSON; None if that is not found."""
    try:
        with open_bytes(path) as file:
            text = file.read(_LOOKED_THROUGH).decode("utf-8-sig", "replace")
    except (OSError, EOFError):
        return None
    decoder, at = json.JSONDecoder(), 0
    try:
        while (at := _BLANKS.match(text, at).end()) < len(text):  # type: ignore[union-attr]
            at = decoder.raw_decode(text, at)[1]
    except json.JSONDecodeError as error:
        return error.lineno
    except RecursionError:
        pass
    return None
