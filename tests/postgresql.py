"""A real PostgreSQL, Debian's, started for the tests on a socket and a port of this machine.

`server` is a fixture for any test: `from postgresql import server`. Where PostgreSQL is not
installed the tests are skipped and say so; with CJMINE_POSTGRESQL_REQUIRED=1 they fail. A
superuser starts it as the user postgres, because the server refuses to run as root.
"""

from __future__ import annotations

import os
import pwd
import re
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

PASSWORD = "canary-password-9f3c"
DATABASE = "shop"


@dataclass(frozen=True, slots=True)
class Server:
    """A server that is up: how to get in, and how to run statements as its superuser."""

    folder: Path
    port: int
    programs: Path

    @property
    def address(self) -> str:
        """A connection string with the password in it, as a variable holds it."""
        return f"postgresql://analyst:{PASSWORD}@127.0.0.1:{self.port}/{DATABASE}"

    def run(self, *statements: str, database: str = DATABASE) -> list[str]:
        """The rows of the last statement that has some, as psql prints them."""
        ran = subprocess.run(
            [
                self.programs / "psql",
                *("-h", str(self.folder), "-p", str(self.port), "-U", "root_of_tests"),
                *("-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", database),
            ],
            input=";\n".join(statements) + ";\n",
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, ran.stderr
        return ran.stdout.splitlines()

    def csv(self, query: str, file: Path) -> None:
        """What COPY writes of a query, as people export it."""
        file.write_text(
            "\n".join(self.run(f"COPY ({query}) TO STDOUT (FORMAT csv, HEADER)")) + "\n"
        )

    def services(self, folder: Path, **more: str) -> dict[str, str]:
        """A service file with the service shop, and a file of passwords, as the environment."""
        settings = {
            "host": "127.0.0.1",
            "port": str(self.port),
            "user": "analyst",
            "dbname": DATABASE,
        } | more
        lines = "\n".join(f"{key}={value}" for key, value in settings.items())
        (folder / "services.conf").write_text(f"[shop]\n{lines}\n")
        passwords = folder / "passwords"
        passwords.write_text(f"*:*:*:analyst:{PASSWORD}\n")
        passwords.chmod(0o600)
        return {"PGSERVICEFILE": str(folder / "services.conf"), "PGPASSFILE": str(passwords)}


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A server with the database `shop` and the user `analyst`, who may read what is granted."""
    programs = installed()
    if programs is None:
        if os.environ.get("CJMINE_POSTGRESQL_REQUIRED") == "1":
            pytest.fail("CJMINE_POSTGRESQL_REQUIRED=1, but no PostgreSQL is installed")
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    with started(programs) as running:
        yield running


@contextmanager
def started(programs: Path) -> Iterator[Server]:
    """A server while the block runs, in a folder of its own that goes with it."""
    folder = Path(tempfile.mkdtemp(prefix="cjmine-pg-", dir="/tmp"))
    user = _user()
    if user is not None:
        os.chown(folder, user.pw_uid, user.pw_gid)
    try:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        (folder / "password").write_text(PASSWORD)
        (folder / "password").chmod(0o644)
        data = folder / "data"
        _run(
            [
                *(programs / "initdb", "-D", data, "-U", "root_of_tests", "--no-sync"),
                *("-E", "UTF8", "--locale=C", "--auth-local=trust", "--auth-host=scram-sha-256"),
                f"--pwfile={folder / 'password'}",
            ],
            user,
        )
        settings = (
            f"-k {folder} -p {port} -c listen_addresses=127.0.0.1 -c fsync=off"
            " -c full_page_writes=off -c shared_buffers=32MB -c timezone=Europe/Amsterdam"
        )
        _run(
            [programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", settings, "start"],
            user,
        )
        try:
            running = Server(folder, port, programs)
            running.run(f"CREATE DATABASE {DATABASE}", database="postgres")
            running.run(f"CREATE ROLE analyst LOGIN PASSWORD '{PASSWORD}'")
            yield running
        finally:
            _run([programs / "pg_ctl", "-D", data, "-m", "immediate", "stop"], user)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def installed() -> Path | None:
    """Where initdb is: Debian keeps it beside its version, others on the path."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        key=lambda path: int(re.sub(r"\D", "", path.parts[-3]) or 0),
    )
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


def _user() -> pwd.struct_passwd | None:
    """Who runs the server where the tests run as root; None where whoever runs them does."""
    if os.getuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise LookupError("PostgreSQL refuses to run as root, and there is no other user")


def _run(command: Sequence[Any], user: pwd.struct_passwd | None) -> None:
    other: dict[str, Any] = {}
    if user is not None:
        other = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    ran = subprocess.run(
        [*map(str, command)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        cwd="/",
        check=False,
        **other,
    )
    assert ran.returncode == 0, ran.stderr
