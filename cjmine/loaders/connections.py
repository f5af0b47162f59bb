"""Closed connections to DuckDB: each can read the files that it is made for, and nothing else.

No SQL comes from users or data: file names are quoted here. A connection cannot spill to disk,
loads no extension and never sees the key.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb

from cjmine.loaders.parse_errors import BadRecord, reason_of

SMALL = 1 << 20  # bytes of a file that is read sooner than an engine of its own is made


def quote_text(value: str) -> str:
    """A text literal of SQL."""
    return "'" + value.replace("'", "''") + "'"


def escaped(path: str) -> str:
    """A file name in which the engine does not read `*`, `?` and `[` as a pattern."""
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in path)


def is_utf8(path: str) -> bool:
    """Whether the engine can take the name: it knows only names that are UTF-8."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


class _Sharing:
    """One engine for the small files of a command: making one takes longer than reading them."""

    def __init__(self, paths: Sequence[str] = ()) -> None:
        self._paths = frozenset(paths)
        self._engine: duckdb.DuckDBPyConnection | None = None
        self._making = threading.Lock()

    def reads(self, readable: str) -> bool:
        """Whether a file is one of them."""
        return readable in self._paths

    def cursor(self, readable: str) -> duckdb.DuckDBPyConnection | None:
        """A connection for a file that is one of them; None for another file."""
        if readable not in self._paths:
            return None
        with self._making:
            if self._engine is None:
                names = sorted({*self._paths, *map(escaped, self._paths)})
                self._engine = _closed(", ".join(map(quote_text, names)), "threads = 1")
        return self._engine.cursor()


_sharing = _Sharing()


def shared(readable: str) -> duckdb.DuckDBPyConnection | None:
    """A connection of the shared engine, where a file is one of those; else None."""
    return _sharing.cursor(readable)


def shares(readable: str) -> bool:
    """Whether a file is one that the shared engine reads."""
    return _sharing.reads(readable)


def share(paths: Iterable[Path]) -> None:
    """Say which files will be read, so that the small ones among them share an engine.

    It can read these and nothing else.
    """
    global _sharing
    small = [os.path.abspath(path) for path in paths if is_small(path)]
    _sharing = _Sharing([one for one in small if is_utf8(one)] if len(small) > 1 else ())


def is_small(path: Path) -> bool:
    """Whether a file is there and small."""
    try:
        return path.stat().st_size <= SMALL
    except (OSError, ValueError):
        return False


def connect(readable: str) -> duckdb.DuckDBPyConnection:
    """A connection that can read one file and nothing else."""
    names = map(quote_text, (readable, escaped(readable)))
    return _closed(", ".join(names) if readable else "")


def _closed(allowed: str, *more: str) -> duckdb.DuckDBPyConnection:
    """A connection that can read the files of a list of SQL, and change none of its settings."""
    connection = duckdb.connect(":memory:")
    for setting in (
        *more,
        "GLOBAL TimeZone = 'UTC'",
        "temp_directory = ''",
        "enable_progress_bar = false",
        "memory_limit = '2GB'",
        "autoinstall_known_extensions = false",
        "autoload_known_extensions = false",
        "allow_community_extensions = false",
        f"allowed_paths = [{allowed}]",
        "enable_external_access = false",
        "lock_configuration = true",
    ):
        connection.execute(f"SET {setting}")
    return connection


def bad_records(connection: duckdb.DuckDBPyConnection) -> dict[str, list[BadRecord]]:
    """What the parser refused in the last scan, by the name of the file."""
    try:
        found = connection.execute(
            "SELECT file_path, line, error_type::VARCHAR"
            " FROM reject_errors JOIN reject_scans USING (scan_id, file_id)"
            " WHERE scan_id = (SELECT max(scan_id) FROM reject_errors)"
            " ORDER BY line, byte_position, 3"
        ).fetchall()
    except duckdb.CatalogException:
        return {}
    merged: dict[str, dict[int, BadRecord]] = {}
    for name, row, kind in found:
        merged.setdefault(name, {}).setdefault(row, BadRecord(row, reason_of(str(kind))))
    return {name: list(rows.values()) for name, rows in merged.items()}
