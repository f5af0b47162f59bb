"""The screen takes the width of the terminal; files and pipes have 80 columns everywhere."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from cjmine.reporters.escaping import columns
from cli.running import COMMAND, KEY, environment, run

LONG = "Call about the confirmation that never came by mail"
IDEAL = f"""\
journey: order
goal: Buy
deadline: 1d
stages:
  - stage: One
    steps: [Search, "{LONG}", Buy]
"""
COLOUR = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = "".join(
        f"c{one},{activity},2024-05-01T{hour}:00:00Z\n"
        for one in range(30)
        for hour, activity in (("10", "Search"), ("11", LONG), ("12", "Buy"))
    )
    (tmp_path / "shop.csv").write_text("customer,activity,time\n" + rows)
    (tmp_path / "journey.yaml").write_text(IDEAL)
    return tmp_path


def on_a_terminal(folder: Path, width: int, *typed: str, **environ: str) -> str:
    """What a command writes to stdout where that is a terminal of so many columns."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, width, 0, 0))
    known = environment(folder, KEY)
    del known["COLUMNS"]
    ran = subprocess.Popen(
        [sys.executable, *COMMAND, "-q", *typed],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=subprocess.DEVNULL,
        env=known | {"TERM": "xterm"} | environ,
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            part = os.read(ours, 1 << 16)
        except OSError:  # Linux: the other end is closed
            break
        if not part:
            break
        shown += part
    os.close(ours)
    assert ran.wait() == 0
    return COLOUR.sub("", shown.decode()).replace("\r\n", "\n")


def widest(text: str) -> int:
    return max(columns(line) for line in text.splitlines())


@pytest.mark.parametrize(
    "typed",
    [
        ("discover", "shop.csv", "--goal", "Buy"),
        ("check", "shop.csv", "-i", "journey.yaml", "--observed-until", "2024-06-01"),
    ],
)
def test_a_terminal_shows_long_names_where_there_is_room(folder: Path, typed: tuple[str]) -> None:
    """No line is longer than the terminal, and 80 columns look as in a pipe."""
    piped = run(folder, "-q", *typed).out
    assert on_a_terminal(folder, 80, *typed) == piped
    assert on_a_terminal(folder, 40, *typed) == piped
    assert LONG not in [line[: len(LONG) + 2].strip() for line in piped.splitlines()]
    shown = on_a_terminal(folder, 120, *typed)
    assert LONG in [line[: len(LONG) + 2].strip() for line in shown.splitlines()]
    assert shown.count("█") > piped.count("█")
    assert 80 < widest(shown) <= 120
    assert widest(on_a_terminal(folder, 400, *typed)) <= 160
    assert on_a_terminal(folder, 80, *typed, COLUMNS="120") == shown


def test_files_and_pipes_have_80_columns(folder: Path) -> None:
    """Also where COLUMNS says otherwise, and where the same command writes to a terminal."""
    typed = ("discover", "shop.csv", "--goal", "Buy")
    piped = run(folder, "-q", *typed, environ={"COLUMNS": "140"}).out
    assert widest(piped) <= 80
    assert on_a_terminal(folder, 120, *typed, "-o", "found.txt") != piped
    assert (folder / "found.txt").read_text() == piped
