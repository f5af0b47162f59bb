"""Ctrl-C and SIGTERM at any moment: status 130 and one line; nothing half-written, nothing left."""

from __future__ import annotations

import shutil
import signal
from pathlib import Path

import pytest

from cjmine import temporary
from cli.running import KEY, events, heeding_ctrl_c, left_behind, run

# Sends itself a signal when a function is called for the first time, and goes on.
_STRUCK = """
import os, sys
from importlib import import_module
home, name, number = import_module(sys.argv[1]), sys.argv[2], int(sys.argv[3])
real, strikes = getattr(home, name), [number]

def struck(*given, **named):
    if strikes:
        os.kill(os.getpid(), strikes.pop())
    return real(*given, **named)

setattr(home, name, struck)
del sys.argv[1:4]
from cjmine.cli import main
main()
"""
SAID = "interrupted; nothing was left half-written\n"
MOMENTS = {
    "before the first command is known": ("typer.main", "get_command"),
    "making the temporary folder": ("os", "mkdir"),
    "making the pipe, in another thread": ("os", "mkfifo"),
    "reading, in another thread": ("cjmine.loaders.formats.csv", "read_table"),
    "linking": ("cjmine.ingest.load", "link"),
    "putting events in order": ("cjmine.ingest.ordered", "build_log"),
    "opening the temporary file": ("os", "open"),
    "before the output is on the disk": ("os", "fsync"),
    "before the output is in place": ("os", "replace"),
    "removing the temporary folder": ("shutil", "rmtree"),
}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("moment", MOMENTS)
def test_a_signal_at_any_moment_leaves_nothing(
    tmp_path: Path, moment: str, number: signal.Signals
) -> None:
    """The old output stays as it was, and no temporary file or folder is left anywhere."""
    folder = tmp_path / "logs"
    folder.mkdir()
    (folder / "a.csv").write_text(events(), encoding="utf-16")  # it is read through a pipe
    (folder / "l.parquet").write_text("old")
    ran = run(
        folder,
        *MOMENTS[moment],
        int(number),
        *("load", "a.csv", "-o", "l.parquet"),
        key=KEY,
        before=heeding_ctrl_c(),
        python=("-c", _STRUCK),
    )
    assert (ran.status, ran.out, ran.err) == (130, "", SAID)
    assert sorted(path.name for path in folder.iterdir()) == ["a.csv", "l.parquet"]
    assert (folder / "l.parquet").read_text() == "old"
    assert left_behind(folder) == []


@pytest.mark.parametrize("before", [None, "# old\n"])
def test_an_interrupted_init_puts_the_configuration_back(
    tmp_path: Path, before: str | None
) -> None:
    """It is written first, for the loads that the other files need; without these it is no use."""
    (tmp_path / "a.csv").write_text(events())
    if before is not None:
        (tmp_path / "cjmine.toml").write_text(before)
    typed = ("init", "--from", "a.csv", "--tz", "UTC", "--force")
    ran = run(
        tmp_path,
        *("cjmine.ingest.load", "build_log", int(signal.SIGINT), *typed),
        before=heeding_ctrl_c(),
        python=("-c", _STRUCK),
    )
    assert ran.status == 130, ran.err
    found = {path.name: path.read_text() for path in tmp_path.iterdir()}
    assert found == {"a.csv": events()} | ({"cjmine.toml": before} if before else {})


def test_a_signal_that_the_parent_ignores_is_ignored(tmp_path: Path) -> None:
    """As a shell does for what it runs in the background, and `nohup`."""
    (tmp_path / "a.csv").write_text(events())
    ignoring = ["sh", "-c", 'trap "" INT; exec "$@"', "sh"]
    typed = ("os", "fsync", int(signal.SIGINT), "load", "a.csv", "-o", "l.parquet")
    ran = run(tmp_path, *typed, key=KEY, before=ignoring, python=("-c", _STRUCK))
    assert ran.status == 0 and (tmp_path / "l.parquet").stat().st_size > 100


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize(
    "moment", [("cjmine.counting.processes", "unpacked"), ("cjmine.counting.processes", "_pool")]
)
def test_a_signal_while_others_count_leaves_nothing(
    tmp_path: Path, moment: tuple[str, str], number: signal.Signals
) -> None:
    """The processes of the pool end too, and nobody warns of what they held."""
    folder = tmp_path / "logs"
    folder.mkdir()
    (folder / "a.csv").write_text(events(60))
    assert run(folder, "load", "a.csv", "-o", "l.parquet", key=KEY).status == 0
    ran = run(
        folder,
        *(*moment, int(number)),
        *("discover", "l.parquet", "--jobs", "2", "--parts", "4"),
        before=heeding_ctrl_c(),
        python=("-c", _STRUCK),
    )
    assert (ran.status, ran.out, ran.err) == (130, "", SAID)
    assert left_behind(folder) == []


def test_a_folder_that_another_thread_fills_is_removed_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is put into it between emptying and removing it does not keep it."""
    folder = tmp_path / "cjmine-x"
    folder.mkdir()
    real, filled = shutil.rmtree, [1, 2]

    def raced(name: str, ignore_errors: bool = False) -> None:
        if filled:
            (folder / f"{filled.pop()}").touch()
            return
        real(name, ignore_errors=ignore_errors)

    monkeypatch.setattr(shutil, "rmtree", raced)
    with temporary.undone_if_ended(lambda: temporary.remove(str(folder))):
        temporary.remove(str(folder))
    assert not folder.exists()
    folder.mkdir()
    filled.append(1)
    monkeypatch.setattr(temporary, "_TRIES", 1)  # control: once is not enough
    temporary.remove(str(folder))
    assert folder.exists()
