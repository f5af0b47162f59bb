"""Killed at any moment, a log folder is what it was or what it becomes, and the retry succeeds.

Loads, appends and compactions are ended by SIGKILL, which nothing can catch, at moments spread over
their whole run. No leftover holds a raw identifier, be it in the log or where temporary files go.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from cjmine.eventlog.folder.folder_log import open_folder
from cjmine.eventlog.folder.writing import leftovers
from cjmine.log_folders import is_log_folder
from cli.running import COMMAND, KEY, run

pytestmark = [
    pytest.mark.prove,
    pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of POSIX"),
]
RAW = "Klant-"
PHONES = "06123"
CONFIG = """
[source.calls]
files    = "calls*.csv"
format   = "csv"
customer = { column = "number", as = "phone", region = "NL" }
links    = [{ column = "client", as = "customer" }]
time     = { column = "at", zone = "UTC" }
activity = { column = "reason" }
"""


def export(file: Path, first: int, events: int = 20_000) -> Path:
    """Calls of customers who give their number, some of them only later."""
    rows = (
        f"{PHONES}{one % 5_000:05d},{RAW + str(one % 5_000) if one % 3 else ''},"
        f"2026-03-{1 + one % 28:02d}T{one % 24:02d}:{one % 60:02d}:00,reason {one % 9}\n"
        for one in range(first, first + events)
    )
    file.write_text("number,client,at,reason\n" + "".join(rows))
    return file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "tmp").mkdir()
    (tmp_path / "cjmine.toml").write_text(CONFIG)
    return tmp_path


def load(folder: Path, *typed: str, kill_after: float | None = None) -> int:
    """Run a load, and kill it after a while; the exit status."""
    environ = {**os.environ, "CJMINE_KEY": KEY, "TMPDIR": str(folder / "tmp")}
    process = subprocess.Popen(
        [sys.executable, *COMMAND, "load", *typed, "--config", "cjmine.toml"],
        cwd=folder,
        env=environ,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return process.wait(timeout=kill_after)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        return process.wait()


def figures(folder: Path) -> bytes | None:
    """What the log says; None where there is none."""
    if not is_log_folder(folder / "log"):
        return None
    ran = run(folder, "discover", "log", "-f", "json")
    assert ran.status == 0, ran.err
    return ran.out.encode()


def check_leftovers(folder: Path) -> None:
    for place in (folder / "log", folder / "tmp"):
        for file in place.rglob("*"):
            if file.is_file():
                held = file.read_bytes()
                assert RAW.encode() not in held and PHONES.encode() not in held, file


def killed_at_many_moments(
    folder: Path, prepare: Callable[[], None], typed: list[str], kills: int, seed: int
) -> None:
    """Kill the same load again and again, each time from the same state, then let it end."""
    chance = random.Random(seed)
    prepare()
    before = figures(folder)
    begun = time.monotonic()
    assert load(folder, *typed) == 0
    took = time.monotonic() - begun
    after = figures(folder)
    hit = 0
    for _ in range(kills):
        prepare()
        status = load(folder, *typed, kill_after=took * chance.uniform(0.25, 1.1))
        hit += status == -signal.SIGKILL
        assert figures(folder) in (before, after)
        check_leftovers(folder)
        found = figures(folder)
        assert load(folder, *typed) == 0
        if found == before:
            assert figures(folder) == after
        manifest = open_folder(folder / "log", "log").manifest
        assert all(
            file.relative_to(folder / "log").as_posix() in manifest.retired
            for file in leftovers(folder / "log", manifest)
        )
    assert hit > kills // 3


def restore(folder: Path, state: Path) -> None:
    import shutil

    shutil.rmtree(folder / "log", ignore_errors=True)
    if state.exists():
        shutil.copytree(state, folder / "log")


def test_a_first_load(folder: Path) -> None:
    export(folder / "calls0.csv", 0)
    typed = ["calls0.csv", "-o", "log/"]
    killed_at_many_moments(folder, lambda: restore(folder, folder / "none"), typed, 20, seed=1)


def test_an_append_that_decides_all_anew(folder: Path) -> None:
    for place in range(2):
        export(folder / f"calls{place}.csv", 7_000 * place)
    assert load(folder, "calls0.csv", "-o", "log/") == 0
    (folder / "log").rename(folder / "state")
    typed = ["calls1.csv", "--append", "log"]
    killed_at_many_moments(folder, lambda: restore(folder, folder / "state"), typed, 20, seed=2)


def test_an_append_that_compacts(folder: Path) -> None:
    """The eighth delivery of plain customer numbers puts all of them together."""
    (folder / "cjmine.toml").write_text(
        CONFIG.replace(
            '{ column = "number", as = "phone", region = "NL" }', '{ column = "client" }'
        ).replace('links    = [{ column = "client", as = "customer" }]\n', "")
    )
    for place in range(8):
        export(folder / f"calls{place}.csv", 7_000 * place)
    for place in range(7):
        where = ["--append", "log"] if place else ["-o", "log/"]
        assert load(folder, f"calls{place}.csv", *where) == 0
    assert len(open_folder(folder / "log", "log").manifest.runs) == 7
    (folder / "log").rename(folder / "state")
    typed = ["calls7.csv", "--append", "log"]
    killed_at_many_moments(folder, lambda: restore(folder, folder / "state"), typed, 20, seed=3)
    assert len(open_folder(folder / "log", "log").manifest.runs) == 1
