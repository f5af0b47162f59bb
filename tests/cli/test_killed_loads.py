"""A load that is killed while its events lie in files: no identifier is left, and the retry works."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import pytest

from cjmine.eventlog.parquet import read_log
from cli.running import KEY, left_behind, run

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of POSIX")

# A load that spills and deals out a few events at a time, and kills itself at a call of a function.
_KILLED = """
import os, signal, sys
from importlib import import_module
from cjmine.ingest import into_file, ordered, pieces

into_file.Spill = lambda folder: pieces.Spill(folder, 300)
real_parts = ordered.parts_in_order
into_file.parts_in_order = lambda chunks, repeats, spill: real_parts(chunks, repeats, spill, 400)
home, name, left = import_module(sys.argv[1]), sys.argv[2], int(sys.argv[3])
real = getattr(home, name)

def counted(*given, **named):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*given, **named)

setattr(home, name, counted)
del sys.argv[1:4]
from cjmine.cli import main
main()
"""
MOMENTS = {
    "spilling": ("numpy", "save", 9),
    "deciding": ("cjmine.ingest.load", "link", 0),
    "dealing out": ("cjmine.ingest.ordered", "_append", 7),
    "building": ("cjmine.ingest.ordered", "build_log", 2),
    "before it is in place": ("os", "replace", 0),
}
CONFIG = """
[source.calls]
files    = "calls.csv"
customer = { column = "client" }
links    = [{ column = "phone", as = "phone", region = "NL" }]
activity = { column = "reason" }
time     = { column = "at" }
"""


def planted(folder: Path) -> list[bytes]:
    """An export of known identifiers, and how each of them may be written."""
    rows = "".join(
        f"Klant-{one % 700:05},06123{one % 700:05},reason {one % 5},2026-03-02T10:{one % 60:02}:00Z\n"
        for one in range(2_000)
    )
    (folder / "calls.csv").write_text(f"client,phone,reason,at\n{rows}")
    (folder / "cjmine.toml").write_text(CONFIG)
    return [b"Klant-", b"06123", b"+316123", "Klant-".encode("utf-16-le")]


def load(folder: Path, *moment: str | int) -> int:
    """Load the export into a file, to be killed at a moment; the status."""
    typed = (*map(str, moment), "load", "-o", "log.parquet")
    return run(folder, *typed, key=KEY, python=("-c", _KILLED)).status


@pytest.mark.parametrize("moment", MOMENTS)
def test_what_is_left_of_a_killed_load_names_no_one(tmp_path: Path, moment: str) -> None:
    """Numbers lie beside the output, and a retry gives the log that an untroubled load gives."""
    folder = tmp_path / "here"
    folder.mkdir()
    wanted = planted(folder)
    assert load(folder, *MOMENTS[moment]) == -signal.SIGKILL
    assert not (folder / "log.parquet").exists()
    left = [Path(name) for name in left_behind(folder)]
    put_aside = [file for place in left if place.is_dir() for file in place.rglob("*")]
    files = [*put_aside, *(file for file in left if file.is_file())]
    assert len(put_aside) > 5 or (moment == "before it is in place" and files)
    for file in files:
        data = file.read_bytes()
        assert not any(word in data for word in wanted), file
        if file in put_aside:  # numbers only
            assert b"customer_" not in data and b"reason" not in data, file
    assert load(folder, "os", "getcwd", 1 << 30) == 0
    assert run(folder, "load", "-o", "again.parquet", key=KEY).status == 0
    tried, untroubled = (
        read_log(folder / name, name).table for name in ("log.parquet", "again.parquet")
    )
    assert tried.equals(untroubled) and tried.num_rows == 2_000
