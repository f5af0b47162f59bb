"""A database as a shell sees it: said before it is reached, whole or nothing, and no word of it."""

from __future__ import annotations

import json
import socket
import threading
from pathlib import Path

import pytest
from postgresql import PASSWORD, Server, server

from cli.running import KEY, Ran, events, left_behind, run

__all__ = ["server"]

SOURCE = """\
[source.calls]
database  = "postgresql"
service   = "shop"
query     = "sql/calls.sql"
order     = "id"
customer  = "who"
activity  = "what"
timestamp = "at"
"""
PEOPLE = ("jan.canary@example.nl", "0612340001", "De Vries-Canary", "NL91CANARY0417164300")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A working folder with a query of a database, and an export that has nothing to do with it."""
    inside = tmp_path / "work"
    (inside / "sql").mkdir(parents=True)
    (inside / "cjmine.toml").write_text(SOURCE)
    (inside / "sql" / "calls.sql").write_text("SELECT id, who, what, at, said FROM spoken\n")
    (inside / "shop.csv").write_text(events())
    return inside


@pytest.fixture
def spoken(server: Server) -> Server:
    """A table of calls in which every row identifies somebody."""
    rows = ", ".join(
        f"({place}, '{PEOPLE[place % 4]}', '{what}', timestamptz '2026-03-0{1 + place % 9} 10:00Z',"
        f" '{PEOPLE[(place + 1) % 4]} called')"
        for place, what in enumerate(["Call", "Mail", "Buy"] * 40)
    )
    server.run(
        "DROP TABLE IF EXISTS spoken",
        "CREATE TABLE spoken (id int, who text, what text, at timestamptz, said text)",
        f"INSERT INTO spoken VALUES {rows}",
        "GRANT SELECT ON spoken TO analyst",
    )
    return server


def said_nothing(folder: Path, ran: Ran) -> None:
    """No canary in what a run wrote, on streams and in files."""
    written = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".csv"]
    services = {"services.conf", "passwords"}
    every = [ran.stdout, ran.stderr]
    every += [path.read_bytes() for path in written if path.name not in services]
    for canary in (*PEOPLE, PASSWORD, "Canary", "analyst"):
        assert not any(canary.encode() in one for one in every), canary


COMMANDS = [
    ("sniff", "sql/calls.sql"),
    ("load", "-o", "log.parquet"),
    ("load", "sql/calls.sql", "-o", "log/"),
    ("discover", "--min-group", "1"),
    ("touchpoints", "-o", "rules.toml", "--min-group", "1"),
    ("init", "--from", "sql/calls.sql", "--into", ".", "--force"),
]


@pytest.mark.parametrize("typed", COMMANDS, ids=lambda typed: " ".join(typed[:2]))
def test_every_command_asks_it_and_repeats_nothing(
    spoken: Server, folder: Path, typed: tuple[str, ...]
) -> None:
    """Before all else stderr says where it connects; no raw value and no secret is in any output."""
    ran = run(folder, *typed, key=KEY, environ=spoken.services(folder.parent))
    assert (ran.status, ran.codes) == (0, []), ran.err
    first = "connecting to postgresql, service shop, host 127.0.0.1: sql/calls.sql"
    assert ran.err.splitlines()[0] == first
    said_nothing(folder, ran)
    assert left_behind(folder) == []


@pytest.mark.parametrize("since", ["at", "id"])
def test_what_came_since_is_appended(spoken: Server, folder: Path, since: str) -> None:
    """Two deliveries and one that has nothing: in all the same as one load at once."""
    (folder / "cjmine.toml").write_text(SOURCE + f'since = "{since}"\n')
    services = spoken.services(folder.parent)
    spoken.run(
        "DELETE FROM spoken WHERE id > 100", "UPDATE spoken SET at = at + id * '1 h'::interval"
    )

    def loaded(*typed: str) -> Ran:
        ran = run(folder, "load", *typed, key=KEY, environ=services)
        assert (ran.status, ran.codes) == (0, []), ran.err
        return ran

    loaded("-o", "log/")
    assert "nothing has come since" in loaded("--append", "log/").err
    spoken.run(
        "INSERT INTO spoken SELECT id + 200, who, what, at + interval '30 days', said FROM spoken"
    )
    loaded("--append", "log/")
    loaded("-o", "all.parquet")
    shown = ["discover", "-f", "json", "--min-group", "1", "--top", "all"]
    both = [json.loads(run(folder, *shown, one).stdout) for one in ("log/", "all.parquet")]
    for key in ("activities", "directly_follows", "variants", "log"):
        assert both[0][key] == both[1][key], key
    (folder / "cjmine.toml").write_text(SOURCE)
    ran = run(folder, "load", "--append", "log/", key=KEY, environ=services)
    assert (ran.status, ran.codes) == (2, ["U101"]) and "since" in ran.err


def test_it_is_said_where_only_results_are_wanted(spoken: Server, folder: Path) -> None:
    """Data from elsewhere are no detail."""
    services = spoken.services(folder.parent)
    ran = run(folder, "discover", "-q", "--min-group", "1", key=KEY, environ=services)
    assert ran.status == 0
    assert ran.err == "connecting to postgresql, service shop, host 127.0.0.1: sql/calls.sql\n"


FAULTS = {
    "a cast that fails": "SELECT id, who::int AS who, what, at FROM spoken",
    "a division": "SELECT id / 0 AS id, who, what, at FROM spoken",
    "a type": "SELECT id, who, what, row_to_json(spoken) AS at FROM spoken",
    "a column": "SELECT id, who, what, at AS att FROM spoken",
    "a label": "SELECT id, said AS who, who AS what, at FROM spoken",
    "a time": "SELECT id, who, what, who AS at FROM spoken",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_fails_repeats_nothing_either(spoken: Server, folder: Path, fault: str) -> None:
    """Neither the words of the server nor values of rows, and no log."""
    (folder / "sql" / "calls.sql").write_text(FAULTS[fault])
    services = spoken.services(folder.parent)
    ran = run(
        folder, "load", "-o", "log.parquet", "--rejects", "bad.csv", key=KEY, environ=services
    )
    assert ran.status in (3, 4) and len(ran.codes) > 0, ran.err
    said_nothing(folder, ran)
    assert not (folder / "log.parquet").exists() and left_behind(folder) == []
    wrong = spoken.services(folder.parent, password=PEOPLE[2])
    ran = run(folder, "load", "-o", "log.parquet", key=KEY, environ=wrong)
    assert (ran.status, ran.codes) == (3, ["L141"])
    said_nothing(folder, ran)


@pytest.mark.parametrize("output", ["log.parquet", "log/"])
def test_a_connection_lost_half_way_leaves_nothing(
    spoken: Server, folder: Path, output: str
) -> None:
    """The server ends it at a row far behind the first: exit 3, no log, and what was there stays."""
    spoken.run(
        "DROP TABLE IF EXISTS many",
        "CREATE TABLE many AS SELECT i AS id, 'K' || i % 99 AS who, 'Call' AS what,"
        " timestamptz '2026-03-01Z' + i * interval '1 s' AS at FROM generate_series(1, 400000) AS i",
        "ALTER TABLE many ADD PRIMARY KEY (id)",
        "ANALYZE many",
        "GRANT SELECT ON many TO analyst",
    )
    ends = "CASE WHEN id = 300000 THEN pg_terminate_backend(pg_backend_pid())::text ELSE what END"
    (folder / "sql" / "calls.sql").write_text(
        f"SELECT id, who, {ends} AS what, at FROM many ORDER BY id"
    )
    before = sorted(path for path in folder.rglob("*") if path.is_file())
    services = spoken.services(folder.parent)
    ran = run(folder, "load", "-o", output, key=KEY, environ=services)
    assert (ran.status, ran.codes) == (3, ["L145"]), ran.err
    after = [path for path in folder.rglob("*") if path.is_file()]
    assert sorted(after) == before
    assert left_behind(folder) == []
    said_nothing(folder, ran)


def connections(door: socket.socket) -> int:
    """How many connections were made to a port, each of which is ended."""
    door.setblocking(False)
    found = 0
    while True:
        try:
            door.accept()[0].close()
        except BlockingIOError:
            return found
        found += 1


@pytest.mark.parametrize(
    "typed",
    [
        ("discover", "shop.csv"),
        ("load", "shop.csv", "-o", "log.parquet"),
        ("sniff", "shop.csv"),
        ("touchpoints", "shop.csv", "-o", "rules.toml"),
        ("init", "--from", "shop.csv", "--into", "new"),
        ("schema", "journey"),
        ("explain", "L140"),
    ],
    ids=lambda typed: typed[0],
)
def test_nothing_connects_unless_it_is_named(folder: Path, typed: tuple[str, ...]) -> None:
    """The configuration has a database; the command names another file: its port sees nobody."""
    (folder / "new").mkdir()
    with socket.create_server(("127.0.0.1", 0)) as door:
        services = folder.parent / "services.conf"
        services.write_text(f"[shop]\nhost=127.0.0.1\nport={door.getsockname()[1]}\nuser=a\n")
        environ = {"PGSERVICEFILE": str(services)}
        ran = run(folder, *typed, key=KEY, environ=environ)
        assert (ran.status, ran.codes) == (0, []), ran.err
        assert "connecting" not in ran.err and connections(door) == 0


def test_the_folder_of_a_query_names_its_database(folder: Path) -> None:
    """It is reached then, which shows that the test above would see it."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        services = folder.parent / "services.conf"
        services.write_text(f"[shop]\nhost=127.0.0.1\nport={door.getsockname()[1]}\nuser=a\n")
        seen: list[int] = []

        def refuse() -> None:
            door.accept()[0].close()
            seen.append(1)

        refusing = threading.Thread(target=refuse, daemon=True)
        refusing.start()
        ran = run(folder, "discover", "sql", environ={"PGSERVICEFILE": str(services)})
        refusing.join(10)
        assert (ran.status, ran.codes) == (3, ["L140"]) and seen, ran.err


@pytest.mark.parametrize(
    "line, says",
    [
        ('password = "PASSWORD"', '"password" is not written here'),
        ('uri = "postgresql://crm:PASSWORD@db/crm"', '"uri" is not written here'),
        ('service = "postgresql://crm:PASSWORD@db/crm"', "and no address"),
        ('connection-env = "host=db password=PASSWORD"', "and not what it holds"),
        ('user = "PASSWORD"', '"user" is not written here'),
    ],
)
def test_a_secret_in_the_configuration_is_an_error(folder: Path, line: str, says: str) -> None:
    """With its line, and without the secret."""
    given = line.replace("PASSWORD", PASSWORD)
    source = SOURCE.replace(
        'service   = "shop"', given if "service" in line else f'service = "shop"\n{given}'
    )
    (folder / "cjmine.toml").write_text(source)
    ran = run(folder, "load", "-o", "log.parquet", key=KEY)
    assert ran.status == 2 and set(ran.codes) == {"C102"}
    assert says in ran.err and PASSWORD not in ran.err and "connecting" not in ran.err


def test_the_driver_is_an_extra(folder: Path) -> None:
    """Without it the command says what to install, and connects to nothing."""
    (folder / "adbc_driver_postgresql").mkdir()
    (folder / "adbc_driver_postgresql" / "__init__.py").write_text("raise ImportError\n")
    python = ("-c", "import sys; sys.path.insert(0, '.'); from cjmine.cli import main; main()")
    ran = run(folder, "load", "-o", "log.parquet", key=KEY, python=python)
    assert (ran.status, ran.codes) == (2, ["L124"]), ran.err
    assert "pip install 'cjmine[postgres]'" in ran.err and "connecting" not in ran.err
