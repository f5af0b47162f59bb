"""The only door to ADBC, the drivers that give Arrow: a session that reads, and hands on batches.

Whatever a driver raises is worded anew here, because servers quote the values that they stumble
over.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pyarrow as pa

from cjmine.database import Database, DatabaseKind
from cjmine.loaders.databases.failures import Failure, failed, not_connected
from cjmine.loaders.databases.kinds import KINDS
from cjmine.loaders.databases.statements import line_of, looked_at

_BATCH_BYTES = 1 << 22
_POSITION = b"PG_DIAG_STATEMENT_POSITION"


class AdbcSession:
    """One connection to a database; close it.

    Every query runs in a transaction of its own, which can write nothing and has a timeout, where
    the database has such transactions.

    Raises DataError L140, L141 where it is made, and L142 to L145 in every method.
    """

    def __init__(self, driver: Any, where: str, database: Database, label: str) -> None:
        self._label, self._kind = label, KINDS[database.kind]
        self._reading, self._is_closed = threading.Lock(), False
        self._open: list[Any] = []  # what is closed before the connection is
        ms, seconds = max(database.timeout // 1000, 1), max(database.timeout // 1_000_000, 1)
        self._begin = [one.format(ms=ms, seconds=seconds) for one in self._kind.begin]
        try:
            self._connection = driver.connect(
                **_arguments(database.kind, where), autocommit=not self._kind.has_transactions
            )
        except Exception as error:  # its text may hold the connection string
            raise not_connected(str(error), label) from None

    def schema(self, query: str) -> pa.Schema:
        """The columns of a query and their types; the query is prepared, and not run."""
        with self._transaction() as cursor, self._reworded(query):
            return cursor.adbc_execute_schema(looked_at(query))

    def batches(self, statement: str) -> Iterator[pa.RecordBatch]:
        """The rows of a statement as they come; leaving early stops it.

        Connection and cursor stay open as long as rows are read.
        """
        from adbc_driver_manager._reader import AdbcRecordBatchReader

        with self._transaction() as cursor:
            with self._reworded():
                cursor.execute(statement)
                # What `fetch_record_batch` gives loses the state of errors.
                stream = cursor.fetch_arrow()
                rows = AdbcRecordBatchReader._import_from_c(stream.address)
            self._open = [rows, cursor]
            with self._reworded(is_streaming=True), rows:
                while (batch := self._next(rows)) is not None:
                    yield batch

    def _next(self, rows: Any) -> pa.RecordBatch | None:
        """The next batch; None at the end, and after the session was closed."""
        with self._reading:
            try:
                return None if self._is_closed else rows.read_next_batch()
            except StopIteration:
                return None

    def close(self) -> None:
        """End the connection, also while another thread reads; a lost one is ended already."""
        with suppress(Exception):
            self._connection.adbc_cancel()
        with self._reading:
            self._is_closed = True
            every = (*self._open, self._connection)
            for one in (*every, *every):  # what is closed already takes it, what was busy ends now
                with suppress(Exception):
                    one.close()

    @contextmanager
    def _transaction(self) -> Iterator[Any]:
        """A cursor in a transaction that begins with our settings, and is undone at the end."""
        options = {self._kind.batch_bytes: str(_BATCH_BYTES)} if self._kind.batch_bytes else {}
        with self._reworded():
            cursor = self._connection.cursor(adbc_stmt_kwargs=options)
        try:
            with self._reworded():
                for statement in self._begin:
                    cursor.execute(statement)
            yield cursor
        finally:
            with suppress(Exception):  # a connection that is lost
                cursor.close()
                self._connection.rollback()

    @contextmanager
    def _reworded(self, query: str = "", is_streaming: bool = False) -> Iterator[None]:
        try:
            yield
        except Exception as error:  # of the driver, or of Arrow, which hands on what it says
            raise failed(_failure(error, query), self._label, is_streaming) from None


def _failure(error: Exception, query: str) -> Failure:
    """What an error of a driver says, without its words."""
    state = getattr(error, "sqlstate", None)
    details = dict(getattr(error, "details", None) or ())
    position = details.get(_POSITION, b"").decode("ascii", "ignore")
    line = line_of(query, int(position)) if query and position.isdecimal() else None
    return Failure(state if isinstance(state, str) else None, line)


def _arguments(kind: DatabaseKind, where: str) -> Any:
    """What the driver takes: an address, or for BigQuery a project and the usual credentials."""
    if kind is not DatabaseKind.BIGQUERY:
        return {"uri": where}
    project, _, dataset = where.partition(".")
    options = {
        "adbc.bigquery.sql.project_id": project,
        "adbc.bigquery.sql.auth_type": "adbc.bigquery.sql.auth_type.auth_bigquery",
    }
    return {"db_kwargs": options | ({"adbc.bigquery.sql.dataset_id": dataset} if dataset else {})}
