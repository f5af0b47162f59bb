"""The SQL around the query of a file: which columns, in which order, from which value on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cjmine.database import Database
from cjmine.errors import Code, DataError, Place, Problem
from cjmine.loaders.connections import quote_text
from cjmine.loaders.databases.kinds import KINDS, Kind
from cjmine.loaders.files import unreadable

# A comment with a quote may be a piece of a text; it is left where it is.
_AT_END = re.compile(r"\s*;[\s;]*(?:--[^'\"\n]*(?:\n[\s;]*|\Z))*\Z")
BEFORE = "SELECT * FROM (\n"  # what comes before the query, where it is looked at


def query_of(database: Database, label: str) -> str:
    """The text of the query file, without a semicolon at its end, nor comments behind it.

    Raises DataError L102, L103.
    """
    try:
        text = database.path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise unreadable(label, error) from None
    except UnicodeDecodeError:
        raise DataError(
            Problem(Code.FILE_UNREADABLE, "the query is not UTF-8", Place(label))
        ) from None
    text = _AT_END.sub("", text).rstrip()
    if not text:
        raise DataError(Problem(Code.FILE_EMPTY, "the file of the query is empty", Place(label)))
    return text


def looked_at(query: str) -> str:
    """The statement that is prepared, and never run, to know the columns of the query."""
    return f"{BEFORE}{query}\n) AS asked"


def line_of(query: str, position: int) -> int | None:
    r"""The line of the query that a place of `looked_at` is in, from 1; None outside the query.

    >>> line_of("SELECT a\nFROM b", len(BEFORE) + 10)
    2
    """
    place = position - 1 - len(BEFORE)
    return query.count("\n", 0, place) + 1 if 0 <= place <= len(query) else None


def first_rows(database: Database, query: str, columns: Sequence[str], rows: int) -> str:
    """The statement for the first rows, to look at."""
    kind = KINDS[database.kind]
    return f"{_rows(database, kind, query, columns, ())} {kind.first.format(rows=rows)}"


def all_rows(database: Database, query: str, columns: Sequence[str]) -> str:
    """The statement for all rows, or those from `after` on.

    Rows that are equal in the declared order are in that of all columns that are read, so that what
    is read is the same however often it is asked for.
    """
    return _rows(database, KINDS[database.kind], query, columns, columns)


def _rows(
    database: Database, kind: Kind, query: str, columns: Sequence[str], ties: Sequence[str]
) -> str:
    def name(column: str) -> str:
        return kind.quote + column.replace(kind.quote, 2 * kind.quote) + kind.quote

    wanted = ", ".join(map(name, columns))
    order = ", ".join(map(name, dict.fromkeys((*database.order, *ties))))
    where = ""
    if database.since is not None and database.after is not None:
        since = name(database.since)
        where = f" WHERE ({since} >= {quote_text(database.after.value)} OR {since} IS NULL)"
    return f"SELECT {wanted} FROM (\n{query}\n) AS asked{where} ORDER BY {order}"
