"""A session with whatever database a source declares, after it was said where that is."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import Any, Protocol

import pyarrow as pa

from cjmine.connecting import connecting
from cjmine.database import Database
from cjmine.errors import Code, Place, Problem, UsageError
from cjmine.loaders.databases.given import connection_string, place_of
from cjmine.loaders.databases.kinds import KINDS, ODBC


class Session(Protocol):
    """One connection to a database, which only reads; close it."""

    def schema(self, query: str) -> pa.Schema:
        """The columns of a query and their types, without its rows."""

    def batches(self, statement: str) -> Iterator[pa.RecordBatch]:
        """The rows of a statement as they come; leaving early stops it."""

    def close(self) -> None:
        """End the connection."""


def connected(database: Database, label: str) -> Session:
    """Connect to a database, after saying so; `label` is its query in messages.

    Raises
    ------
    UsageError
        C103 where the variable is not set, L124 where the driver is not installed.
    DataError
        L140, L141; and L142 to L145 by the methods of the session.
    """
    kind = KINDS[database.kind]
    is_odbc = kind.driver == ODBC
    driver = _driver(kind.driver if is_odbc else f"{kind.driver}.dbapi", kind.install, label)
    where = connection_string(database, label)
    connecting(place_of(database, label))
    if is_odbc:
        from cjmine.loaders.databases.odbc import OdbcSession

        return OdbcSession(driver, where, database, label)
    from cjmine.loaders.databases.door import AdbcSession

    return AdbcSession(driver, where, database, label)


def _driver(module: str, install: str, label: str) -> Any:
    try:
        return importlib.import_module(module)
    except ImportError:
        name = module.removesuffix(".dbapi").replace("_", "-")
        raise UsageError(
            Problem(
                Code.EXTRA_MISSING,
                f"asking this database needs {name}",
                Place(label),
                remedy=f"pip install {install}",
            )
        ) from None
