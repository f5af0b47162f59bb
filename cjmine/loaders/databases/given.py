"""Where a database is, and what of that may be said: never a password, and no name of a user."""

from __future__ import annotations

import configparser
import os
import re
from pathlib import Path

from cjmine.database import Database
from cjmine.errors import Code, Place, Problem, UsageError

_SECONDS = 15  # until a server must have answered
_HOST = r"(?P<host>[A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\])"
# Anything else, such as a password with an unescaped sign, is not taken apart.
_ADDRESS = re.compile(rf"\w+://(?:[^:@/?#]*(?::[^:@/?#]*)?@)?{_HOST}(?::\d+)?(?:[/?][^@]*)?")
_PAIR = r"(\w+)\s*=\s*('(?:[^'\\]|\\.)*'|[^\s'\\]+)"
_PLAIN_HOST = re.compile(r"[\w.:/-]+")


def connection_string(database: Database, label: str) -> str:
    """What the driver connects with. Raises UsageError C103 where the variable is not set."""
    if database.service is not None:
        return (
            f"service='{database.service}' fallback_application_name=cjmine"
            f" connect_timeout={_SECONDS}"
        )
    assert database.variable is not None
    found = os.environ.get(database.variable, "")
    if not found:
        raise UsageError(
            Problem(
                Code.CONFIG_NOTHING,
                f"the environment variable {database.variable} is not set",
                Place(label),
                cause="it holds where the database is, and how to get in",
                remedy=f"export {database.variable}=…, or have the scheduler set it",
            )
        )
    return found


def place_of(database: Database, label: str) -> str:
    """Where the connection goes, in words without secrets: who names it, the host, the query."""
    named = (
        f"service {database.service}"
        if database.service is not None
        else f"as {database.variable} says"
    )
    host = _host(database)
    return f"{database.kind}, {named}{f', host {host}' if host else ''}: {label}"


def _host(database: Database) -> str | None:
    """The host, where it is known for certain which part of a connection string it is."""
    if database.service is not None:
        return _service_host(database.service)
    return host_of(os.environ.get(database.variable or "", ""))


def host_of(written: str) -> str | None:
    """The host of an address or of pairs; None where there is none, or the form is not plain.

    >>> host_of("postgresql://crm:secret@db.example:5432/crm"), host_of("host=db user=crm")
    ('db.example', 'db')
    >>> host_of("postgresql://crm:se/cr@et@db.example/crm")
    """
    address = _ADDRESS.fullmatch(written.strip())
    if address is not None:
        return address["host"]
    if not re.fullmatch(rf"\s*(?:{_PAIR}\s*)+", written):
        return None
    pairs = {key: value.strip("'") for key, value in re.findall(_PAIR, written)}
    host = pairs.get("host") or pairs.get("hostaddr")
    return host if host and _PLAIN_HOST.fullmatch(host) else None


def _service_host(service: str) -> str | None:
    """The host that a service file names; None where no file can be read or it names none."""
    folder = os.environ.get("PGSYSCONFDIR")
    files = [
        Path(os.environ.get("PGSERVICEFILE") or os.path.expanduser("~/.pg_service.conf")),
        *([Path(folder) / "pg_service.conf"] if folder else []),
    ]
    for file in files:
        parser = configparser.RawConfigParser(delimiters=("=",), strict=False)
        try:
            parser.read(file, encoding="utf-8")
            host = parser.get(service, "host", fallback=None)
        except (configparser.Error, OSError, ValueError):
            continue
        if host and _PLAIN_HOST.fullmatch(host):
            return host
    return None
