"""Databases that no test has: the same code, on drivers of theirs that hand on to PostgreSQL."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import Any

import pyarrow as pa
import pytest
from postgresql import Server, server

from cjmine.errors import CjmineError, Code
from cjmine.ingest.inputs import find_inputs
from cjmine.ingest.load import load
from cjmine.ingest.loaded import Loaded
from cjmine.ingest.reject_budget import RejectBudget
from cjmine.ingest.source_flags import SourceFlags
from cjmine.loaders.databases.kinds import KINDS
from cjmine.privacy.pseudonyms import Key

__all__ = ["server"]

SOURCE = """\
[source.calls]
database       = "{kind}"
connection-env = "ELSEWHERE"
query          = "calls.sql"
order          = "id"
customer       = "who"
activity       = "what"
timestamp      = "at"
keep           = ["paid"]
"""
ROWS = """\
SELECT i AS id, 'K' || i % 50 AS who, 'Step ' || i % 7 AS what, i % 2 = 0 AS paid,
  timestamptz '2026-01-01 00:00Z' + i * interval '1 hour' AS at
FROM generate_series(1, 5000) AS i
"""


class Asked:
    """A driver that notes what it is asked, in the SQL of PostgreSQL, and asks the server that."""

    def __init__(self, server: Server) -> None:
        self.server, self.given, self.statements = server, {}, []  # type: ignore[var-annotated]

    def translated(self, statement: str) -> str:
        self.statements.append(statement)
        if statement.startswith("ALTER SESSION"):
            return "SELECT 1"
        return statement.replace("`", '"')

    def adbc(self, **given: Any) -> Any:
        """The connection that an ADBC driver gives."""
        from adbc_driver_postgresql import dbapi

        self.given = given
        connection = dbapi.connect(self.server.address, autocommit=given["autocommit"])
        asked = self

        class Cursor(dbapi.Cursor):  # type: ignore[misc]
            def execute(self, statement: str, *more: Any, **options: Any) -> Any:
                return super().execute(asked.translated(statement), *more, **options)

            def adbc_execute_schema(self, statement: str, *more: Any) -> Any:
                return super().adbc_execute_schema(asked.translated(statement), *more)

        connection.cursor = lambda **options: Cursor(connection, **options)
        return connection

    def odbc(self, **given: Any) -> Any:
        """The connection that arrow-odbc gives."""
        self.given = given
        return self

    def read_arrow_batches(self, query: str, **options: Any) -> Any:
        from adbc_driver_postgresql import dbapi

        assert options["query_timeout_sec"] == 600
        with dbapi.connect(self.server.address) as connection, connection.cursor() as cursor:
            try:
                cursor.execute(self.translated(query))
                return cursor.fetch_arrow_table().to_reader(max_chunksize=1000)
            except dbapi.Error as error:
                state = {"42P01": "42S02", "42703": "42S22"}[str(error.sqlstate)]
                said = f"ODBC emitted an error: State: {state}, Message: Jan de Canary"
                raise RuntimeError(said) from None

    def rollback(self) -> None:
        """As connections of arrow-odbc have it."""


@pytest.fixture
def asked(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Asked]:
    found = Asked(server)
    for name, connect in (
        ("adbc_driver_snowflake", found.adbc),
        ("adbc_driver_bigquery", found.adbc),
        ("arrow_odbc", found.odbc),
    ):
        module = ModuleType(name)
        module.connect = connect  # type: ignore[attr-defined]
        for each in (name, f"{name}.dbapi"):
            monkeypatch.setitem(sys.modules, each, module)
    monkeypatch.setenv("ELSEWHERE", "shop.events")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "calls.sql").write_text(ROWS)
    yield found


def loaded(kind: str) -> Loaded:
    Path("cjmine.toml").write_text(SOURCE.format(kind=kind))
    inputs = find_inputs([], SourceFlags())
    return load(inputs, Key(bytes(range(32))), RejectBudget(), zone_required=True)


OTHERS = {
    "snowflake": ('SELECT "id", ', " LIMIT 2000", ["false", "true"]),
    "bigquery": ("SELECT `id`, ", " LIMIT 2000", ["false", "true"]),
    "databricks": ("SELECT `id`, ", " LIMIT 2000", ["false", "true"]),
    "sqlserver": ('SELECT "id", ', " OFFSET 0 ROWS FETCH NEXT 2000 ROWS ONLY", ["0", "1"]),
}


@pytest.mark.parametrize("kind", OTHERS)
def test_the_same_code_asks_them(asked: Asked, kind: str) -> None:
    """In their spelling, with a note that it was never tried on a real one."""
    found = loaded(kind)
    begin, end, paid = OTHERS[kind]
    assert found.log.events == 5000
    assert sorted(found.log.table["paid"].unique().to_pylist()) == paid
    first = [one for one in asked.statements if one.startswith(begin)]
    assert first and first[0].endswith(end)
    assert [one.code for one in found.notes].count(Code.DATABASE_UNTRIED) == 1
    assert any("unverified" in note.text for note in found.notes)


def test_how_they_are_reached(asked: Asked) -> None:
    """An address, a project with the usual credentials, or a connection string of ODBC."""
    given = {}
    for kind in OTHERS:
        with suppress(CjmineError):
            loaded(kind)
        given[kind] = asked.given
    assert given["snowflake"]["uri"] == "shop.events"
    assert given["bigquery"]["db_kwargs"]["adbc.bigquery.sql.dataset_id"] == "events"
    assert given["sqlserver"] == given["databricks"]
    assert given["sqlserver"]["connection_string"] == "shop.events"
    assert "ALTER SESSION SET STATEMENT_TIMEOUT_IN_SECONDS = 600" in asked.statements


def test_what_odbc_says_is_worded_anew(asked: Asked) -> None:
    """By the state alone."""
    Path("calls.sql").write_text("SELECT * FROM nowhere_to_be_found")
    with pytest.raises(CjmineError) as caught:
        loaded("sqlserver")
    (problem,) = caught.value.problems
    assert problem.code is Code.QUERY_FAILED and "42S02" in problem.cause
    assert "Canary" not in str(caught.value.problems)


def test_each_kind_says_what_to_install(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where its driver is not there."""
    for kind, about in KINDS.items():
        monkeypatch.setitem(sys.modules, about.driver, None)
        monkeypatch.setitem(sys.modules, f"{about.driver}.dbapi", None)
        with pytest.raises(CjmineError) as caught:
            loaded(kind.value)
        assert caught.value.code is Code.EXTRA_MISSING
        assert caught.value.problems[0].remedy == f"pip install {about.install}"
    assert asked.given == {}


def test_types_that_only_others_have_are_read() -> None:
    """Decimals and times in nanoseconds."""
    from decimal import Decimal

    from cjmine.loaders.databases.columns import exported, is_plain

    batch = pa.RecordBatch.from_pydict(
        {
            "who": pa.array([Decimal("12.50")], pa.decimal128(10, 2)),
            "at": pa.array([1_767_225_600_000_000_001], pa.timestamp("ns", "UTC")),
        }
    )
    assert all(map(is_plain, batch.schema))
    assert exported(batch, ("true", "false")).schema.field("at").type == pa.timestamp("us", "UTC")
