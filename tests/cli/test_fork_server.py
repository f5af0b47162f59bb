"""A command that is forked does what a new process does; some environments need a new one."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cli import running
from cli.running import COMMAND, KEY, SAMPLE_LOGS, Ran, environment, events, launched, started

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="commands are forked on Linux")
TYPED = {
    "--help": 0,
    "discover --help": 0,
    "discover a.csv": 0,
    "check sample_logs -o a.json -o a.html --save-baseline b.json": 1,
    "load sample_logs -o log.parquet": 0,
    "map a.csv --as flow -o a.svg": 0,
    "discover a.csv --model inductive -o a.bpmn": 0,
    "discover a.csv --gaol Buy": 2,
    "sniff b.csv": 3,
}


def prepared(folder: Path) -> Path:
    folder.mkdir()
    (folder / "a.csv").write_text(events())
    (folder / "sample_logs").symlink_to(SAMPLE_LOGS)
    return folder


@pytest.mark.parametrize(("command", "status"), TYPED.items())
def test_a_forked_command_does_what_a_new_process_does(
    tmp_path: Path, command: str, status: int
) -> None:
    """The same status, the same bytes on both streams, the same files."""
    typed, found = command.split(), []
    for is_forked in (True, False):
        work = prepared(tmp_path / "work")
        around = environment(work, KEY)
        if is_forked:
            ran = launched(typed, work, around)
        else:
            ran = started([sys.executable, *COMMAND, *typed], work, around)
        files = {path.name: path.read_bytes() for path in work.iterdir() if path.is_file()}
        found.append((ran, files))
        shutil.rmtree(work)
    assert found[0] == found[1]
    assert found[0][0].status == status


def test_both_streams_come_in_the_order_in_which_they_were_written(tmp_path: Path) -> None:
    """As a terminal shows them."""
    work = prepared(tmp_path / "work")
    typed = ["discover", "a.csv"]
    forked = launched(typed, work, environment(work), both_streams=True)
    written = [sys.executable, *COMMAND, *typed]
    assert forked == started(written, work, environment(work), stderr=subprocess.STDOUT)
    assert forked.stderr == b"" and b"note[" in forked.stdout


def test_a_command_that_is_killed_has_the_status_of_its_signal(tmp_path: Path) -> None:
    """And the next one runs as before."""
    script = tmp_path / "killed.py"
    script.write_text("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n")
    work = prepared(tmp_path / "work")
    assert launched([], work, environment(work), script).status == -9
    assert launched(["--version"], work, environment(work)).status == 0


@pytest.mark.parametrize("name", ["TZ", "LC_ALL", "PYTHONHASHSEED", "NO_COLOR"])
def test_what_a_process_reads_at_its_start_gets_a_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """A fork would have it from its parent."""
    monkeypatch.setattr(running, "forked", lambda *given: pytest.fail("it is forked"))
    monkeypatch.setattr(running, "started", lambda *given: Ran(0, b"new", b""))
    work = prepared(tmp_path / "work")
    assert running.run(work, "--version", environ={name: "1"}).out == "new"
