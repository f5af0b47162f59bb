"""What is different about each database, as far as cjmine has to know it.

Only PostgreSQL is tried on a real one. The others go through the same code, and say that they are
unverified.
"""

from __future__ import annotations

from dataclasses import dataclass

from cjmine.database import DatabaseKind


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of database is asked.

    `driver` is the module that connects, and `install` what brings it. `quote` is around names of
    columns, `first` the clause that asks for so many rows, and `begin` are statements before every
    other, with `{ms}` and `{seconds}` for the timeout; `has_transactions` says that they are of one
    transaction. `batch_bytes` is the option for how much a batch holds. `booleans` are the words in
    which it exports true and false. `is_verified` says that the tests run against a real one.
    """

    driver: str
    install: str
    quote: str = '"'
    first: str = "LIMIT {rows}"
    begin: tuple[str, ...] = ()
    has_transactions: bool = False
    batch_bytes: str = ""
    booleans: tuple[str, str] = ("true", "false")
    is_verified: bool = False


ODBC = "arrow_odbc"

KINDS = {
    DatabaseKind.POSTGRESQL: Kind(
        "adbc_driver_postgresql",
        "'cjmine[postgres]'",
        # Of the transaction, so that a pooler hands over no setting of ours to anybody.
        begin=("SET TRANSACTION READ ONLY", "SET LOCAL statement_timeout = {ms}"),
        has_transactions=True,
        batch_bytes="adbc.postgresql.batch_size_hint_bytes",
        booleans=("t", "f"),
        is_verified=True,
    ),
    DatabaseKind.SNOWFLAKE: Kind(
        "adbc_driver_snowflake",
        "'cjmine[snowflake]'",
        begin=("ALTER SESSION SET STATEMENT_TIMEOUT_IN_SECONDS = {seconds}",),
    ),
    DatabaseKind.BIGQUERY: Kind("adbc_driver_bigquery", "'cjmine[bigquery]'", quote="`"),
    DatabaseKind.DATABRICKS: Kind(ODBC, "'cjmine[odbc]'", quote="`"),
    DatabaseKind.SQLSERVER: Kind(
        ODBC,
        "'cjmine[odbc]'",
        first="OFFSET 0 ROWS FETCH NEXT {rows} ROWS ONLY",
        booleans=("1", "0"),
    ),
}
