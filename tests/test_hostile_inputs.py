"""Hostile files: each ends with its code, in bounded memory, and leaves nothing behind."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from cli.running import COMMAND, PATIENCE, environment, left_behind
from hostile_inputs import HOSTILE, Hostile, prepared

MOST_MEMORY = 500  # megabytes that a process may hold
SPACE = 4 << 30  # bytes of address space: what grows without an end is stopped before the machine


@pytest.mark.skipif(sys.platform != "linux", reason="limits and devices of Linux")
@pytest.mark.parametrize("one", HOSTILE, ids=[one.name for one in HOSTILE])
def test_a_hostile_file_ends_soon_and_small(tmp_path: Path, one: Hostile) -> None:
    """The code says what it is; the process never held more than 500 megabytes."""
    here = tmp_path / "here"
    here.mkdir()
    typed = prepared(here, one)
    status, err, megabytes = limited(here, typed)
    said = re.findall(r"^error\[(\w+)\]: ", err, re.MULTILINE)
    assert (status, said[:1]) == (one.status, [one.code] if one.code else []), err
    assert megabytes <= MOST_MEMORY, f"{megabytes} MB"
    assert left_behind(here) == []


MUTANTS = {
    "a log of XES on one line": "import csv; csv.field_size_limit(131_072);"
    " from cjmine.loaders import registry;"
    " registry._claim = lambda loader, head: loader.recognise(head)",
    "a table of 100,000 columns": "from cjmine.loaders import delimited;"
    " delimited.check_width = lambda *_: None",
    "packed mails": "from cjmine.loaders import files; files.check_unpacked = lambda *_: None",
    "a cell in the last corner of a sheet": "from cjmine.loaders import workbook;"
    " workbook.check_sheets = lambda *_: None",
    "database pages that repeat each other": "from cjmine.loaders import sqlite_tables;"
    " sqlite_tables.LEAST_STEPS = sqlite_tables.LEAST_TEXT = 1 << 50",
    "a pipe as a log": "from cjmine.loaders import files; files.regular = lambda path: path",
    "a journey file of brackets": "from cjmine.ideal import yaml_compose;"
    " yaml_compose.DEEPEST = 1 << 30",
}


@pytest.mark.prove  # some of them wait until their time is over
@pytest.mark.skipif(sys.platform != "linux", reason="limits and devices of Linux")
@pytest.mark.parametrize("name", MUTANTS)
def test_without_its_budget_the_file_does_harm(tmp_path: Path, name: str) -> None:
    """Control: a build without the budget crashes, hangs, or takes the file for something else."""
    one = next(one for one in HOSTILE if one.name == name)
    here = tmp_path / "here"
    here.mkdir()
    typed = prepared(here, one)
    leaking = (
        "-c",
        f"import csv; import cjmine.loaders.dialect; {MUTANTS[name]};"
        " from cjmine.cli import main; main()",
    )
    status, err, megabytes = limited(here, typed, leaking, patience=10)
    said = re.findall(r"^error\[(\w+)\]: ", err, re.MULTILINE)
    held = (status, said[:1]) == (one.status, [one.code] if one.code else [])
    assert not held or megabytes > MOST_MEMORY, err


# Starts the program and says how it ended and what it held: of a process that large tests have
# filled, a child would have held as much before its program began.
STARTER = """
import os, resource, signal, sys
space, patience, *typed = sys.argv[1:]
resource.setrlimit(resource.RLIMIT_AS, (int(space), int(space)))
child = os.posix_spawn(typed[0], typed, os.environ)
signal.signal(signal.SIGALRM, lambda *_: os.kill(child, signal.SIGKILL))
signal.alarm(int(patience))
_, ended, used = os.wait4(child, 0)
print(os.waitstatus_to_exitcode(ended), used.ru_maxrss // 1024)
"""


def limited(
    folder: Path, typed: list[str], python: Sequence[str] = COMMAND, patience: int = PATIENCE
) -> tuple[int, str, int]:
    """Run it in a process with limits: how it ended, what it said, and the most that it held."""
    err = folder.parent / "err"
    found = folder.parent / "found"
    command = [sys.executable, *python, *typed]
    with err.open("wb") as stream, found.open("wb") as answer:
        subprocess.run(
            [sys.executable, "-S", "-c", STARTER, str(SPACE), str(patience), *command],
            cwd=folder,
            env=environment(folder),
            stdin=subprocess.DEVNULL,
            stdout=answer,
            stderr=stream,
            check=True,
        )
    status, megabytes = found.read_text().split()[-2:]
    return int(status), err.read_text(), int(megabytes)
