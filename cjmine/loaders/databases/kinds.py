"""What is different about each database, as far as cjmine has to know it."""

from __future__ import annotations

from dataclasses import dataclass

from cjmine.database import DatabaseKind


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of database is asked.

    `driver` is the module that connects, and `install` what brings it. `quote` is around names of
    columns, `first` the clause that asks for so many rows, and `begin` are statements before every
    other, with `{ms}` for the timeout in milliseconds. `batch_bytes` is the option for how much a
    batch holds. `booleans` are the words in which it exports
    true and false. `is_verified` says that the tests run against a real one.
    """

    driver: str
    install: str
    quote: str = '"'
    first: str = "LIMIT {rows}"
    begin: tuple[str, ...] = ()
    batch_bytes: str = ""
    booleans: tuple[str, str] = ("true", "false")
    is_verified: bool = False


KINDS = {
    DatabaseKind.POSTGRESQL: Kind(
        "adbc_driver_postgresql",
        "'cjmine[postgres]'",
        # Of the transaction, so that a pooler hands over no setting of ours to anybody.
        begin=("SET TRANSACTION READ ONLY", "SET LOCAL statement_timeout = {ms}"),
        batch_bytes="adbc.postgresql.batch_size_hint_bytes",
        booleans=("t", "f"),
        is_verified=True,
    ),
}
