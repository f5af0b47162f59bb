"""What went wrong in a database, in our own words: what a server writes may quote what it holds.

Of its answer only the five signs of the state are taken (SQL standard, PostgreSQL's appendix A),
and the place in the query. A server that cannot be reached has no state; the driver's text is then
searched for what is known, and shown never.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from cjmine.errors import Code, DataError, Place, Problem

_PSQL = "ask the same in the database's own client, such as psql, which shows its words"
_LOGIN = "check the user and the password in the service file, PGPASSFILE or the variable"


@dataclass(frozen=True, slots=True)
class Failure:
    """What is known of what went wrong: the state of the server, and the line of the query."""

    state: str | None
    line: int | None = None


def not_connected(said: str, label: str) -> DataError:
    """The error where a connection is refused; `said`, the text of the driver, is never shown.

    >>> not_connected("FATAL: password authentication failed for user jan", "a.sql").code.value
    'L141'
    """
    for pattern, code, message, cause, remedy in _CONNECTING:
        if re.search(pattern, said, re.IGNORECASE):
            return DataError(Problem(code, message, Place(label), cause, remedy))
    return DataError(
        Problem(
            Code.DATABASE_UNREACHABLE,
            "the database cannot be reached",
            Place(label),
            remedy="check the service or the connection string with the database's own client",
        )
    )


_CONNECTING = (
    (
        "password authentication failed|no password supplied|empty password"
        "|authentication failed|State: 28000|pg_hba|role .* does not exist|incorrect username",
        Code.DATABASE_LOGIN,
        "the database refuses the login",
        "the user or the password is wrong or missing, or may not come from this machine",
        _LOGIN,
    ),
    (
        "definition of service|service file .* not found",
        Code.DATABASE_UNREACHABLE,
        "no service file has such a service",
        "it is looked for in PGSERVICEFILE, else in ~/.pg_service.conf",
        "add a section with the name of the service, and host, dbname and user in it",
    ),
    (
        "database .* does not exist",
        Code.DATABASE_UNREACHABLE,
        "the server has no such database",
        "",
        "check dbname in the service file or the connection string",
    ),
    (
        'missing "="|invalid (?:connection option|uri|dsn|integer)|invalid.*percent'
        "|unrecognized|unexpected character",
        Code.DATABASE_UNREACHABLE,
        "the connection string cannot be read",
        "",
        "postgresql://USER@HOST:5432/DATABASE; signs such as @ and / in a password are escaped"
        " (%40, %2F), or left to PGPASSFILE",
    ),
    (
        "could not translate host name|name or service not known|connection refused"
        "|timeout expired|timed out|no route|unreachable|is the server running",
        Code.DATABASE_UNREACHABLE,
        "the database cannot be reached",
        "no server answers under this host and port",
        "check host and port, and whether a VPN or a tunnel is needed",
    ),
)


def failed(failure: Failure, label: str, is_streaming: bool) -> DataError:
    """The error for a query that failed; `is_streaming` says that rows had begun to come.

    >>> failed(Failure("42P01", 2), "a.sql", False).problems[0].place.line
    2
    """
    state = failure.state or ""
    place = Place(label, failure.line)
    if state.startswith(("08", "57P", "58")) or (not state and is_streaming):
        return DataError(
            Problem(
                Code.CONNECTION_LOST,
                "the connection was lost before all rows had come",
                place,
                cause=_said("the server or the network ended it; nothing is written", state),
                remedy="run the same command again",
            )
        )
    if state == "57014" or state.startswith("HYT"):
        return DataError(
            Problem(
                Code.QUERY_TIMEOUT,
                "the database took too long, and was stopped",
                place,
                cause=_said("the timeout of the source, or somebody who stopped it", state),
                remedy='give it more time (timeout = "30min"), or index the columns of order and'
                " since",
            )
        )
    if state == "42501":
        return DataError(
            Problem(
                Code.DATABASE_PERMISSION,
                "the user may not read what the query asks for",
                place,
                cause=_said("a table, view or function is closed to it", state),
                remedy="have its owner GRANT SELECT on it",
            )
        )
    if state == "25006":
        return DataError(
            Problem(
                Code.DATABASE_PERMISSION,
                "the query would write, and the session only reads",
                place,
                cause=_said("INSERT, UPDATE, DELETE, or a function that writes", state),
                remedy="ask with SELECT alone",
            )
        )
    why, remedy = next(
        ((cause, remedy) for begin, cause, remedy in _QUERIES if state.startswith(begin)),
        ("", _PSQL),
    )
    return DataError(
        Problem(
            Code.QUERY_FAILED,
            "the database cannot answer the query",
            place,
            _said(why, state),
            remedy,
        )
    )


_QUERIES = (
    ("42S02", "there is no such table or view", "name its schema too, such as crm.calls"),
    ("42S22", "there is no such column", "check the names of the columns; " + _PSQL),
    ("42P01", "there is no such table or view", "name its schema too, such as crm.calls"),
    ("42703", "there is no such column", "check the names of the columns; " + _PSQL),
    ("42601", "it is not SQL from there on", "one SELECT a file, without \\ commands of psql"),
    ("42883", "there is no such function or operator for these types", _PSQL),
    ("0A000", "what it asks is not possible inside a SELECT", "ask with SELECT alone"),
    ("22", "a value of a row does not fit what the query makes of it", _PSQL),
    ("40001", "a standby server needed the rows to be gone", "run it again, or ask the primary"),
    ("53", "the server is out of memory, disk or connections", "try again later"),
)


def _said(cause: str, state: str) -> str:
    """A cause with the state of the server, where that is one."""
    if not re.fullmatch("[0-9A-Z]{5}", state, re.ASCII):
        return cause
    return f"{cause} (SQLSTATE {state})" if cause else f"SQLSTATE {state}"
