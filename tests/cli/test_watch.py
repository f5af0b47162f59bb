"""`load --watch`: whole files join the log, each once; a bad one does not hold up the others."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cjmine.eventlog.folder.folder_log import open_folder
from cjmine.ingest.arrivals import arrivals
from cli.running import COMMAND, KEY, events, run, without_privileges

ONCE = ("load", "--watch", "in", "--append", "log", "--tz", "UTC", "--once")
MINUTE = 60_000_000


def aged(file: Path, seconds: int = 3_600) -> Path:
    """A file that was last changed a while ago."""
    at = time.time() - seconds
    os.utime(file, (at, at))
    return file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    return tmp_path


def test_a_file_is_whole_when_it_is_quiet_or_marked(folder: Path) -> None:
    inside = folder / "in"
    for name in ("old.csv", "new.csv", "marked.csv", "cjmine.toml"):
        (inside / name).write_text("x")
    aged(inside / "old.csv")
    (inside / "marked.csv.done").touch()
    (inside / "empty.csv").touch()
    aged(inside / "empty.csv")
    found = arrivals(inside, MINUTE, time.time_ns())
    assert [one.file.name for one in found] == ["marked.csv", "old.csv"]


def test_each_arrival_joins_once_and_a_bad_one_is_named(folder: Path) -> None:
    inside = folder / "in"
    (inside / "a.csv").write_text(events(40))
    (inside / "bad.csv").write_text(events(30) + "x,Search,never\n")
    (inside / "c.csv").write_text(events(80, first=40))
    (inside / "README").write_text("how to export")
    for file in inside.iterdir():
        aged(file)
    ran = run(folder, *ONCE, key=KEY)
    assert (ran.status, ran.codes[:1]) == (3, ["L120"]), ran.err
    assert "in/a.csv:" in ran.err and "in/c.csv:" in ran.err
    names = [
        file.path
        for one in open_folder(folder / "log", "log").manifest.deliveries
        for file in one.files
    ]
    assert names == ["in/a.csv", "in/c.csv"]
    before = (folder / "log" / "manifest.json").read_bytes()
    (inside / "bad.csv").unlink()
    again = run(folder, *ONCE, key=KEY)
    assert again.status == 0 and "joined" not in again.err.replace("each whole file joins", "")
    assert (folder / "log" / "manifest.json").read_bytes() == before


def test_it_goes_on_until_it_is_interrupted(folder: Path) -> None:
    (folder / "in" / "a.csv").write_text(events(40))
    (folder / "in" / "a.csv.done").touch()
    environment = {**os.environ, "CJMINE_KEY": KEY}
    process = subprocess.Popen(
        [sys.executable, *COMMAND, *ONCE[:-1]],
        cwd=folder,
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        deadline = time.time() + 60
        while not (folder / "log" / "manifest.json").exists() and time.time() < deadline:
            time.sleep(0.05)
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=30)
    finally:
        process.kill()
    assert process.returncode == 130, said
    assert "a.csv: " in said


TWO_SOURCES = """
[source.calls]
files = "calls*.csv"
format = "csv"
customer = "customer"
activity = "activity"
time = { column = "time" }

[source.chats]
files = "chats*.csv"
format = "csv"
customer = "customer"
activity = "activity"
time = { column = "time" }
"""


def test_a_source_may_arrive_later_than_another(folder: Path) -> None:
    """What is named, or appended, is a part; a whole folder that lacks a source is an error."""
    inside = folder / "in"
    (inside / "cjmine.toml").write_text(TWO_SOURCES)
    (inside / "calls1.csv").write_text(events(40))
    aged(inside / "calls1.csv")
    whole = run(folder, "load", "in", "-o", "whole/", "--tz", "UTC", key=KEY)
    assert (whole.status, whole.codes) == (3, ["L101"]), whole.err
    ran = run(folder, *ONCE, key=KEY)
    assert ran.status == 0, ran.err
    (inside / "calls1.csv").unlink()
    (inside / "chats1.csv").write_text(events(80, first=40))
    ran = run(folder, "load", "in", "--append", "log", "--tz", "UTC", key=KEY)
    assert ran.status == 0, ran.err
    found = open_folder(folder / "log", "log").manifest
    assert [one.files[0].path for one in found.deliveries] == ["in/calls1.csv", "in/chats1.csv"]
    (inside / "chats1.csv").unlink()
    ran = run(inside, "load", "--append", "../log", "--tz", "UTC", key=KEY)
    assert (ran.status, ran.codes) == (3, ["L101"]), ran.err


def test_a_log_that_is_not_there_is_what_is_named(folder: Path) -> None:
    (folder / "cjmine.toml").write_text(TWO_SOURCES)
    ran = run(folder, "discover", "no.parquet")
    assert (ran.status, ran.codes) == (3, ["L101"])
    assert "there is no such file" in ran.err and "no.parquet" in ran.err


def test_a_log_folder_that_may_not_be_written_says_so(folder: Path) -> None:
    (folder / "a.csv").write_text(events(40))
    (folder / "b.csv").write_text(events(80, first=40))
    how = ("--tz", "UTC")
    assert run(folder, "load", "a.csv", "-o", "log/", *how, key=KEY).status == 0
    (folder / "log" / "lock").chmod(0o400)
    closed = without_privileges()
    ran = run(folder, "load", "b.csv", "--append", "log", *how, key=KEY, before=closed)
    assert (ran.status, ran.codes) == (5, ["O101"]), ran.err
    assert run(folder, "discover", "log", before=closed).status == 0


@pytest.mark.parametrize(
    "typed",
    [
        ("load", "--watch", "in"),
        ("load", "a.csv", "--watch", "in", "--append", "log"),
        ("load", "--watch", "no", "--append", "log"),
    ],
)
def test_what_cannot_be_watched_is_said(folder: Path, typed: tuple[str, ...]) -> None:
    ran = run(folder, *typed, key=KEY)
    assert (ran.status, ran.codes) == (2, ["U101"]), ran.err
