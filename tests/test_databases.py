"""Events from a real PostgreSQL: the same log as from its own export, and nothing when it fails."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from postgresql import Server, server

from cjmine.connecting import said_by
from cjmine.database import Mark
from cjmine.errors import CjmineError, Code, DataError
from cjmine.eventlog.log import EventLog
from cjmine.eventlog.parquet import write_log
from cjmine.ingest.inputs import find_inputs
from cjmine.ingest.load import load
from cjmine.ingest.loaded import Loaded
from cjmine.ingest.reject_budget import RejectBudget
from cjmine.ingest.source_flags import SourceFlags
from cjmine.loaders.databases import door
from cjmine.privacy.pseudonyms import Key

__all__ = ["server"]

KEY = Key(bytes(range(32)))
SLACK = RejectBudget(1000)
SOURCE = """\
timezone = "Europe/Amsterdam"
[source.calls]
database = "postgresql"
service  = "shop"
query    = "calls.sql"
order    = "id"
"""
ROLES = 'customer = "who"\nactivity = "what"\ntimestamp = "at"\n'


@dataclass(frozen=True, slots=True)
class Shop:
    """A project that asks the server, and what is said before it connects."""

    server: Server
    folder: Path
    said: list[str]

    def asks(self, query: str, more: str = ROLES, source: str = SOURCE) -> Path:
        """A configuration that asks a query, by a file of its own."""
        (self.folder / "calls.sql").write_text(query, encoding="utf-8")
        config = self.folder / "cjmine.toml"
        config.write_text(source + more, encoding="utf-8")
        return config

    def exported(self, query: str, more: str = ROLES) -> Path:
        """A configuration that reads what COPY writes of a query, with the same roles."""
        beside = self.folder / "exported"
        beside.mkdir(exist_ok=True)
        self.server.csv(query, beside / "calls.csv")
        config = beside / "cjmine.toml"
        source = 'timezone = "Europe/Amsterdam"\n[source.calls]\nfiles = "calls.csv"\n'
        config.write_text(source + more, encoding="utf-8")
        return config

    def table(self, columns: str, rows: str = "") -> None:
        """A new table `calls` that the analyst may read."""
        self.server.run(
            "DROP TABLE IF EXISTS calls CASCADE",
            f"CREATE TABLE calls ({columns})",
            *([f"INSERT INTO calls {rows}"] if rows else []),
            "GRANT SELECT ON calls TO analyst",
        )


@pytest.fixture
def shop(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shop]:
    monkeypatch.chdir(tmp_path)
    for name, value in server.services(tmp_path).items():
        monkeypatch.setenv(name, value)
    said: list[str] = []
    before = said_by(said.append)
    yield Shop(server, tmp_path, said)
    said_by(before)


def loaded(config: Path, budget: RejectBudget = SLACK) -> Loaded:
    inputs = find_inputs([], SourceFlags(config=config))
    return load(inputs, KEY, budget, zone_required=True)


def problem(config: Path) -> DataError:
    with pytest.raises(CjmineError) as caught:
        loaded(config)
    return caught.value  # type: ignore[return-value]


def written(log: EventLog, file: Path) -> bytes:
    """The bytes of a saved log, but for what names its source."""
    about = replace(log.about, sources=(), columns=(), notes=())
    write_log(EventLog(log.table, about), file)
    return file.read_bytes()


def same(shop: Shop, query: str, more: str = ROLES) -> Loaded:
    """The log of a query, and that of its export: the same bytes, counts and rejects."""
    one = loaded(shop.asks(query, more))
    ordered = f"SELECT * FROM ({query}) AS asked ORDER BY id"
    other = loaded(shop.exported(ordered, more))
    assert written(one.log, shop.folder / "a.parquet") == written(
        other.log, shop.folder / "b.parquet"
    )
    (count,), (counted,) = one.log.about.sources, other.log.about.sources
    assert replace(count, path="", format="") == replace(counted, path="", format="")
    assert [r.reject.record for r in one.rejects] == [r.reject.record for r in other.rejects]
    said = [[n.code for n in each.notes] for each in (one, other)]
    assert said[0] == said[1]
    return one


MANY = (
    "SELECT i, 'K' || lpad((i % 40)::text, 6, '0'), (ARRAY['Search', ' Buy ', 'Call'])[1 + i % 3],"
    " timestamptz '2026-03-28 23:00:00+01' + (i / 4) * interval '11 minutes',"
    " (ARRAY['web', 'call', NULL])[1 + i % 3], i % 2 = 0, (i % 7)::numeric(10, 2) / 2,"
    " (ARRAY['A', 'NULL', ''])[1 + i % 3] FROM generate_series(1, 3000) AS i ORDER BY i % 17"
)
COLUMNS = (
    "id bigint, who text, what text, at timestamptz, channel text, paid bool, amount numeric(10, 2),"
    " plan varchar(20)"
)
WHOLE = ROLES + 'channel = { column = "channel" }\nkeep = ["paid", "amount", "plan"]\n'


def test_the_log_is_that_of_the_export(shop: Shop) -> None:
    """Row by row as COPY writes them: labels, tokens, times, channels, kept values, notes."""
    shop.table(COLUMNS, MANY)
    found = same(shop, "SELECT * FROM calls", WHOLE)
    assert len(found.log.table) == 3000
    assert shop.said == ["connecting to postgresql, service shop, host 127.0.0.1: calls.sql"]


def test_many_batches_come_in_their_order(shop: Shop) -> None:
    """Some dozen batches of the driver, in which every customer's events have one time."""
    shop.table(
        "id int, who text, what text, at timestamptz, filler text",
        "SELECT i, 'K' || i % 300, 'step ' || (i * 31 + i / 900) % 50, '2026-03-01 10:00Z',"
        " repeat('filler ', 36) FROM generate_series(1, 150000) AS i",
    )
    found = same(shop, "SELECT * FROM calls", ROLES + 'keep = ["filler"]\n')
    assert found.log.events == 150_000


def test_ties_keep_the_declared_order(shop: Shop) -> None:
    """All rows at one time: their order is that of `order`, and then of all that is read."""
    shop.table(
        "id int, who text, what text, at timestamptz",
        "SELECT (7 * i) % 1000, 'K' || i % 5, 'step ' || (13 * i) % 20, '2026-03-01 10:00Z'"
        " FROM generate_series(0, 999) AS i",
    )
    same(shop, "SELECT * FROM calls")
    shop.server.run("UPDATE calls SET id = 1")
    config = shop.asks("SELECT * FROM calls")
    first = written(loaded(config).log, shop.folder / "a.parquet")
    shop.server.run("CREATE TABLE other AS SELECT * FROM calls ORDER BY md5(what || who)")
    shop.server.run("TRUNCATE calls", "INSERT INTO calls SELECT * FROM other", "DROP TABLE other")
    assert written(loaded(config).log, shop.folder / "b.parquet") == first


LOCAL = (
    "VALUES (1, 'K1', 'a', timestamp '2026-10-25 02:30:00'), (2, 'K1', 'b', '2026-10-25 02:10:00'),"
    " (3, 'K1', 'c', '2026-03-29 02:30:00'), (4, 'K2', 'a', '2026-07-01 00:00:00.123456'),"
    " (5, 'K2', 'b', 'infinity'), (6, 'K2', 'c', NULL), (7, NULL, 'a', '2026-07-02 00:00:00')"
)


@pytest.mark.parametrize(
    "columns, rows",
    [
        ("id int, who text, what text, at timestamp", LOCAL),
        ("id int, who text, what text, at timestamptz", LOCAL.replace("timestamp", "timestamptz")),
        (
            "id int, who bigint, what text, at date",
            "VALUES (1, 10023, 'a', date '2026-01-02'), (2, 10023, 'b', '2026-03-29'),"
            " (3, 10024, 'a', 'infinity'), (4, 10024, 'a', '1970-01-02'), (5, NULL, 'a', NULL)",
        ),
        (
            "id int, who uuid, what int, at timestamptz",
            "SELECT i, md5((i % 9)::text)::uuid, 100 + i % 3, timestamptz '2026-01-02Z' + i *"
            " interval '1 hour' FROM generate_series(1, 200) AS i",
        ),
        (
            "id int, who numeric, what char(12), at timestamptz",
            "VALUES (1, 12345678901234567890, 'a', '2026-01-02Z'::timestamptz),"
            " (2, 1001, 'b', '2026-01-03Z'), (3, 1001.50, 'a', '2026-01-04Z')",
        ),
        (
            "id int, who text, what boolean, at text",
            "VALUES (1, 'K1', true, '13-02-2026 10:00:00'), (2, 'K1', false, '14-02-2026 10:00:00'),"
            " (3, 'K1', NULL, 'yesterday')",
        ),
    ],
    ids=["timestamp", "timestamptz", "bigint and date", "uuid and int", "numeric", "bool and text"],
)
def test_types_are_read_as_their_export_is(shop: Shop, columns: str, rows: str) -> None:
    """Times with and without a zone, days, numbers, uuids, truth, and no value at all."""
    shop.table(columns, rows)
    found = same(shop, "SELECT * FROM calls")
    assert found.log.about.sources[0].read == len(shop.server.run("SELECT 1 FROM calls"))


def test_phone_numbers_are_spelt_as_in_exports(shop: Shop) -> None:
    """The kind and the region of an identifier are those of any source."""
    shop.table(
        "id int, who text, what text, at timestamptz",
        "VALUES (1, '06-1234 5678', 'a', '2026-01-02Z'::timestamptz),"
        " (2, '+31612345678', 'b', '2026-01-03Z')",
    )
    who = 'customer = { column = "who", as = "phone", region = "NL" }\n'
    found = same(shop, "SELECT * FROM calls", who + 'activity = "what"\ntimestamp = "at"\n')
    assert len(found.log.table["customer"].unique()) == 1


@pytest.mark.parametrize("kind", ["bytea", "json", "jsonb", "text[]", "interval", "money", "inet"])
def test_what_holds_no_single_value_is_refused(shop: Shop, kind: str) -> None:
    """Only where it plays a role; else it is left out and named, as any other column."""
    shop.table(f"id int, who text, what text, at timestamptz, odd {kind}")
    row = "1, 'K1', 'a', '2026-01-02Z'"
    shop.server.run(f"INSERT INTO calls VALUES ({row})")
    said = problem(shop.asks("SELECT * FROM calls", ROLES + 'keep = "odd"\n'))
    assert (said.code, said.problems[0].place.column) == (Code.COLUMN_TYPE, "odd")
    assert f"of type {kind} " in said.problems[0].message
    found = loaded(shop.asks("SELECT * FROM calls", ROLES))
    assert len(found.log.table) == 1
    assert any("not read: id, odd" in note.text for note in found.notes)


QUERIES = [
    ("SELECT * FROM no_table", Code.QUERY_FAILED, "42P01", 1),
    ("SELECT id, who,\n what, att AS at\nFROM calls", Code.QUERY_FAILED, "42703", 2),
    ("SELECT *\nFROM calls WHERE", Code.QUERY_FAILED, "42601", None),
    ("SELECT * FROM calls; SELECT 1", Code.QUERY_FAILED, "42601", 1),
    ("INSERT INTO calls VALUES (2) RETURNING *", Code.QUERY_FAILED, "42601", 1),
    (
        "WITH new AS (INSERT INTO calls VALUES (2) RETURNING *) SELECT * FROM new",
        Code.QUERY_FAILED, "0A000", 1,
    ),
    ("SELECT grown() AS id, who, what, at FROM calls", Code.DATABASE_PERMISSION, "25006", None),
    ("SELECT * FROM closed", Code.DATABASE_PERMISSION, "42501", None),
    (
        "SELECT id, who, what, at + pg_sleep(5)::text::interval AS at FROM calls",
        Code.QUERY_TIMEOUT, "57014", None,
    ),
    ("SELECT id, secret::int AS who, what, at FROM calls", Code.QUERY_FAILED, "22P02", None),
]  # fmt: skip


@pytest.mark.parametrize("query, code, state, line", QUERIES)
def test_what_a_server_says_is_worded_anew(
    shop: Shop, query: str, code: Code, state: str, line: int | None
) -> None:
    """A code, the line of the query where it is known, the state; no word of the server."""
    canary = "canary-of-jan-de-vries"
    shop.table(
        "id int, who text, what text, at timestamptz, secret text",
        f"VALUES (1, 'K1', 'a', '2026-01-02Z'::timestamptz, '{canary}')",
    )
    shop.server.run(
        "DROP TABLE IF EXISTS closed",
        "CREATE TABLE closed AS SELECT * FROM calls",
        "DROP TABLE IF EXISTS counts",
        "CREATE TABLE counts (id int)",
        "CREATE OR REPLACE FUNCTION grown() RETURNS int SECURITY DEFINER LANGUAGE sql AS"
        " 'INSERT INTO counts VALUES (1); SELECT 1'",
        "GRANT ALL ON calls TO analyst",
    )
    error = problem(shop.asks(query, source=SOURCE + 'timeout = "0.5s"\n'))
    (said,) = error.problems
    assert (said.code, said.place.file, said.place.line) == (code, "calls.sql", line)
    assert state in said.cause and said.remedy
    assert canary not in repr(error) and canary not in str(error.problems)
    assert shop.server.run("SELECT count(*) FROM calls") == ["1"]
    assert shop.server.run("SELECT count(*) FROM counts") == ["0"]


@pytest.mark.parametrize(
    "settings, code, says",
    [
        ({"user": "nobody_there"}, Code.DATABASE_LOGIN, "refuses the login"),
        ({"password": "wrong"}, Code.DATABASE_LOGIN, "refuses the login"),
        ({"dbname": "nowhere"}, Code.DATABASE_UNREACHABLE, "no such database"),
        ({"port": "1"}, Code.DATABASE_UNREACHABLE, "cannot be reached"),
        ({"host": "nowhere.invalid"}, Code.DATABASE_UNREACHABLE, "cannot be reached"),
    ],
)
def test_who_does_not_get_in_is_told_why(
    shop: Shop, settings: dict[str, str], code: Code, says: str
) -> None:
    """In our words, because those of a server name users."""
    shop.server.services(shop.folder, **settings)
    error = problem(shop.asks("SELECT 1"))
    assert error.code is code and says in error.problems[0].message
    assert not any(word in str(error.problems) for word in ("nobody_there", "analyst", "FATAL"))
    assert len(shop.said) == 1


def test_a_service_or_a_variable_that_is_not_there(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first is found out by connecting, the second before."""
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("PGSERVICEFILE", "no such file")
        assert "no service file" in problem(shop.asks("SELECT 1")).problems[0].message
        shop.said.clear()
    other = SOURCE.replace('"shop"', '"crm"')
    assert "no service file" in problem(shop.asks("SELECT 1", source=other)).problems[0].message
    other = SOURCE.replace('service  = "shop"', 'connection-env = "CRM_DSN"')
    error = problem(shop.asks("SELECT 1", source=other))
    assert error.code is Code.CONFIG_NOTHING and "CRM_DSN" in error.problems[0].message
    assert len(shop.said) == 1


def test_a_variable_holds_the_address(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its name and the host are said; user, password and database are not."""
    monkeypatch.setenv("CRM_DSN", shop.server.address)
    shop.table(COLUMNS, MANY)
    other = SOURCE.replace('service  = "shop"', 'connection-env = "CRM_DSN"')
    assert len(loaded(shop.asks("SELECT * FROM calls", source=other)).log.table) == 3000
    assert shop.said == ["connecting to postgresql, as CRM_DSN says, host 127.0.0.1: calls.sql"]


def test_columns_that_are_not_declared_are_not_asked_for(shop: Shop) -> None:
    """Once roles are settled, the database is asked for the columns that are read, and no others."""
    shop.table(COLUMNS, MANY)
    config = shop.asks("SELECT * FROM calls", 'since = "at"\n' + ROLES)
    asked: list[str] = []
    with pytest.MonkeyPatch.context() as patched:
        batches = door.AdbcSession.batches

        def noted(self: door.AdbcSession, statement: str) -> Iterator[object]:
            asked.append(statement)
            return batches(self, statement)

        patched.setattr(door.AdbcSession, "batches", noted)
        loaded(config)
    assert asked[-1].startswith('SELECT "who", "what", "at", "channel" FROM (\n')
    assert asked[-1].endswith(') AS asked ORDER BY "id", "who", "what", "at", "channel"')


@pytest.mark.parametrize("since", ["at", "id"])
def test_a_watermark_is_reported_and_read_from(shop: Shop, since: str) -> None:
    """The largest value that was read and its rows; then only rows that came later are read."""
    shop.table(COLUMNS, MANY)
    config = shop.asks("SELECT * FROM calls", f'since = "{since}"\n' + ROLES)
    inputs = find_inputs([], SourceFlags(config=config))
    (one,) = inputs.sources
    assert one.opened.watermark() is None
    assert load(inputs, KEY, SLACK, True).log.about.sources[0].read == 3000
    mark = one.opened.watermark()
    assert mark is not None
    last = f"SELECT max({since}) = '{mark.value}' FROM calls"
    assert shop.server.run(last) == ["t"]
    assert shop.server.run(f"SELECT count(*) FROM calls WHERE {since} = '{mark.value}'") == [
        str(mark.rows)
    ]
    shop.server.run(
        "INSERT INTO calls SELECT id + 3000, who, what, at + interval '1 year', channel, paid,"
        " amount, plan FROM calls WHERE id > 2900"
    )
    inputs = find_inputs([], SourceFlags(config=config))
    later = replace(inputs, sources=(inputs.sources[0].after(mark),))
    assert load(later, KEY, SLACK, True).log.about.sources[0].read == 100
    after = later.sources[0].opened.watermark()
    assert after is not None and shop.server.run(last.replace(mark.value, after.value)) == ["t"]
    shop.server.run(f"INSERT INTO calls SELECT * FROM calls WHERE {since} = '{mark.value}'")
    inputs = find_inputs([], SourceFlags(config=config))
    with pytest.raises(DataError) as caught:
        load(replace(inputs, sources=(inputs.sources[0].after(mark),)), KEY, SLACK, True)
    assert caught.value.code is Code.SOURCES_DISAGREE


def test_a_watermark_is_a_value_that_names_nobody(shop: Shop) -> None:
    """A text could be an identifier, and would be kept; a value that is none is never asked with."""
    shop.table(COLUMNS, MANY)
    error = problem(shop.asks("SELECT * FROM calls", 'since = "who"\n' + ROLES))
    assert error.code is Code.COLUMN_TYPE
    with pytest.raises(ValueError, match="watermark"):
        Mark("1' OR 'a'='a", 1)


def test_missing_columns_are_named_with_the_nearest(shop: Shop) -> None:
    """Those of roles, of the order and of the watermark alike."""
    shop.table(COLUMNS)
    more = 'since = "att"\ncustomer = "whom"\nactivity = "what"\ntimestamp = "at"\n'
    error = problem(shop.asks("SELECT * FROM calls", more))
    assert [one.message.split('"')[1] for one in error.problems] == ["whom", "att"]
    assert 'did you mean "who"?' in error.problems[0].remedy


def test_an_empty_table_has_no_events(shop: Shop) -> None:
    """It is an error of its own, and no mistake of ours."""
    shop.table(COLUMNS)
    assert problem(shop.asks("SELECT * FROM calls")).code is Code.NO_EVENTS


@pytest.mark.parametrize(
    "end", [";", "  ;\n\n", "; -- the end\n", ";\n-- one\n-- two", ";;\n", " -- no semicolon"]
)
def test_what_is_behind_the_semicolon_does_not_matter(shop: Shop, end: str) -> None:
    """A comment neither; a text that looks like one stays."""
    shop.table("id int, who text, what text, at timestamptz")
    shop.server.run("INSERT INTO calls VALUES (1, 'K1', 'a', '2026-01-02Z')")
    text = "SELECT id, who, what || '; -- b' AS what, at FROM calls"
    assert loaded(shop.asks(text + end)).log.names("activity") == ("a; -- b",)


def test_a_query_file_without_a_query(shop: Shop) -> None:
    """Before anything connects."""
    assert problem(shop.asks("  ;\n")).code is Code.FILE_EMPTY
    assert shop.said == []


def test_a_connection_that_is_lost_half_way(shop: Shop) -> None:
    """The server ends it in the middle of a big stream: an error, and no log."""
    shop.table(COLUMNS, MANY)
    big = "SELECT c.* FROM calls c, generate_series(1, 700)"
    inputs = find_inputs([], SourceFlags(config=shop.asks(big, WHOLE)))
    (one,) = inputs.sources
    batches = one.read()
    assert next(batches).read
    ended = shop.server.run(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE application_name = 'cjmine' AND state = 'active'"
    )
    assert ended == ["t"]
    with pytest.raises(DataError) as caught:
        list(batches)
    assert caught.value.code is Code.CONNECTION_LOST


def test_leaving_early_ends_the_query(shop: Shop) -> None:
    """The server is not left with a query that nobody reads."""
    shop.table(COLUMNS, MANY)
    big = "SELECT c.* FROM calls c, generate_series(1, 700)"
    inputs = find_inputs([], SourceFlags(config=shop.asks(big, WHOLE)))
    batches = inputs.sources[0].read()
    next(batches)
    done = threading.Thread(target=batches.close)
    done.start()
    done.join(30)
    assert not done.is_alive()
    waiting = (
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE application_name = 'cjmine' AND state <> 'idle'"
    )
    assert eventually(shop.server, waiting, ["0"])


def eventually(server: Server, statement: str, wanted: Sequence[str]) -> bool:
    """Whether a statement gives something within ten seconds."""
    for _ in range(100):
        if server.run(statement, "SELECT pg_sleep(0.1) WHERE false") == wanted:
            return True
        server.run("SELECT pg_sleep(0.1)")
    return False
