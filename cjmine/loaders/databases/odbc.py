"""The only door to ODBC, for databases that have no driver of their own: arrow-odbc reads batches.

The statement is inside a SELECT, the timeout that of the driver.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pyarrow as pa

from cjmine.database import Database
from cjmine.loaders.databases.failures import Failure, failed, not_connected
from cjmine.loaders.databases.statements import looked_at

_ROWS = 1 << 16  # of a batch
_BYTES = 1 << 24  # that the driver may fill at a time
_SECONDS = 15  # until a server must have answered
_LONGEST = 4096  # signs of a text whose type states no length
_STATE = re.compile(r"State: ([0-9A-Z]{5})\b")


class OdbcSession:
    """One connection through ODBC; close it.

    Raises DataError L140, L141 where it is made, and L142 to L145 in every method.
    """

    def __init__(self, driver: Any, where: str, database: Database, label: str) -> None:
        self._label = label
        self._seconds = max(database.timeout // 1_000_000, 1)
        try:
            self._connection = driver.connect(
                connection_string=where, login_timeout_sec=_SECONDS, autocommit=False
            )
        except Exception as error:  # its text may hold the connection string
            raise not_connected(str(error), label) from None

    def schema(self, query: str) -> pa.Schema:
        """The columns of a query and their types, by an answer without rows."""
        with self._reworded(False):
            return self._read(f"{looked_at(query)} WHERE 1 = 0").schema

    def batches(self, statement: str) -> Iterator[pa.RecordBatch]:
        """The rows of a statement as they come."""
        with self._reworded(False):
            rows = self._read(statement)
        with self._reworded(True):
            yield from rows

    def close(self) -> None:
        """Undo what was begun; the connection ends with the last reader of it."""
        with suppress(Exception):
            self._connection.rollback()
        self._connection = None

    def _read(self, statement: str) -> Any:
        return self._connection.read_arrow_batches(
            query=statement,
            batch_size=_ROWS,
            max_bytes_per_batch=_BYTES,
            max_text_size=_LONGEST,
            query_timeout_sec=self._seconds,
        )

    @contextmanager
    def _reworded(self, is_streaming: bool) -> Iterator[None]:
        try:
            yield
        except Exception as error:  # of the driver, which hands on what the server says
            state = _STATE.search(str(error))
            failure = Failure(state[1] if state else None)
            raise failed(failure, self._label, is_streaming) from None
