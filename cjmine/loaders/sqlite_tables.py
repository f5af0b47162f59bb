"""The one door to SQLite: ordinary tables are scanned, and nothing else that a database can do.

A database is a program: views, virtual tables, triggers, generated columns and functions run when
it is read, and pages may refer to each other without an end. So the only statements are ours, an
authorizer refuses everything but reading the columns of ordinary tables, and the steps and the
text that come out are counted against the size of the file.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from cjmine.loaders.budgets import check_width, over_budget
from cjmine.regular_files import regular

LEAST_STEPS = 1_000_000  # of SQLite's machine, for any file
STEPS_PER_BYTE = 2  # a scan takes about five a row, and a row many bytes
LEAST_TEXT = 1 << 20
LONGEST_CELL = 1 << 20
_EVERY = 10_000
_ORDINARY = re.compile(r"create\s+table\b", re.IGNORECASE)
_SCHEMA = ("sqlite_master", "sqlite_schema")


class SqliteTables:
    """A database that is open to be read; close it.

    Raises sqlite3.Error where it is damaged or a table is missing or not an ordinary one, and
    DataError L130 where reading takes more than a file of its size can need.
    """

    def __init__(self, path: Path, label: str) -> None:
        self._label = label
        size = regular(path).stat().st_size
        self._steps = LEAST_STEPS + STEPS_PER_BYTE * size
        self._text = LEAST_TEXT + size
        self._allowed: dict[str, tuple[str, ...]] = {}
        uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self._log = sqlite3.connect(uri, uri=True)
        self._log.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_CELL)
        self._log.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        self._log.execute("PRAGMA trusted_schema = OFF")
        self._log.execute("PRAGMA query_only = ON")
        self._log.set_progress_handler(self._spend, _EVERY)
        self._log.set_authorizer(self._authorize)

    def close(self) -> None:
        """Close the database."""
        self._log.close()

    def rows(self, table: str, *wanted: str) -> Iterator[tuple[str | None, ...]]:
        """The rows of a table as text, in their stored order: the columns that are wanted."""
        spelt = ", ".join(map(_quoted, wanted))
        known = {name.lower() for name in self.columns(table)}
        if not known.issuperset(name.lower() for name in wanted):
            raise sqlite3.OperationalError("no such column")
        for row in self._executed(f"SELECT {spelt} FROM {_quoted(table)}"):
            cells = tuple(None if cell is None else str(cell) for cell in row)
            self._text -= sum(len(cell) for cell in cells if cell is not None)
            if self._text < 0:
                raise self._too_much()
            yield cells

    def columns(self, table: str) -> tuple[str, ...]:
        """The columns of an ordinary table."""
        table = table.lower()
        if table not in self._allowed:
            if table not in self._ordinary:
                raise sqlite3.OperationalError("no such ordinary table")
            found = list(self._executed(f"PRAGMA table_xinfo({_quoted(table)})"))
            if any(hidden for *_, hidden in found):
                raise sqlite3.OperationalError("a column is computed and not stored")
            check_width(len(found), self._label)
            self._allowed[table] = tuple(str(row[1]) for row in found)
        return self._allowed[table]

    @cached_property
    def _ordinary(self) -> frozenset[str]:
        """The tables that are no virtual ones; views are no tables."""
        every = self._executed("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        return frozenset(str(name).lower() for name, sql in every if _ORDINARY.match(str(sql)))

    def _executed(self, query: str) -> Iterator[tuple[object, ...]]:
        try:
            yield from self._log.execute(query)
        except sqlite3.OperationalError:
            if self._steps < 0:
                raise self._too_much() from None
            raise

    def _spend(self) -> bool:
        """Take some steps off the budget; says whether to stop."""
        self._steps -= _EVERY
        return self._steps < 0

    def _authorize(
        self, action: int, first: str | None, _second: str | None, base: str | None, _by: str | None
    ) -> int:
        """Allow our scans, and the description of a table that is known to be an ordinary one."""
        ours = base in (None, "main")
        known = first is not None and (first.lower() in self._allowed or first.lower() in _SCHEMA)
        if action == sqlite3.SQLITE_SELECT or (action == sqlite3.SQLITE_READ and ours and known):
            return sqlite3.SQLITE_OK
        if action == sqlite3.SQLITE_PRAGMA and first == "table_xinfo":
            return sqlite3.SQLITE_OK
        return sqlite3.SQLITE_DENY

    def _too_much(self) -> Exception:
        return over_budget(
            self._label, "reading the database takes more steps than a file of its size can need"
        )


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
