"""The command line starts at once: help imports nothing slow, and a look at a log little."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

from cjmine.cli.app import app
from cli.running import KEY, events, run

pytestmark = pytest.mark.smoke

SLOW = {"pandas", "pyarrow", "duckdb", "pm4py", "numpy", "scipy", "phonenumbers"}
_TELL_IMPORTS = """
import os, sys
from cjmine.cli import main

def tell(status):
    print("imported:", *sorted(sys.modules), file=sys.stderr)
    sys.stderr.flush()
    leave(status)

leave, os._exit = os._exit, tell  # however the program ends
try:
    main()
except SystemExit as ended:
    tell(ended.code or 0)
"""


def imported(folder: Path, *typed: str) -> set[str]:
    """The packages and modules that a run has imported by its end."""
    ran = run(folder, *typed, key=KEY, python=("-c", _TELL_IMPORTS))
    told = [line for line in ran.err.splitlines() if line.startswith("imported:")]
    assert ran.status == 0 and len(told) == 1, ran.err
    return set(told[0].split()[1:])


def commands(command: Any = None, name: str = "cjmine") -> Iterator[tuple[str, Any]]:
    """Every command with what is typed to reach it; `cjmine` itself first."""
    command = command or typer.main.get_command(app)
    yield name, command
    for inner, below in getattr(command, "commands", {}).items():
        yield from commands(below, f"{name} {inner}")


EVERY = dict(commands())


@pytest.mark.parametrize("typed", EVERY)
def test_help_imports_nothing_slow(tmp_path: Path, typed: str) -> None:
    """No table, no engine, no miner is loaded to show what there is."""
    assert imported(tmp_path, *typed.split()[1:], "--help") & SLOW == set()


def test_version_imports_nothing_slow(tmp_path: Path) -> None:
    """Scripts ask for the version before everything else."""
    assert imported(tmp_path, "--version") & SLOW == set()


def test_discover_imports_neither_pandas_nor_pm4py(tmp_path: Path) -> None:
    """A saved log needs Arrow and NumPy, an export the engine too; neither needs the rest."""
    (tmp_path / "a.csv").write_text(events())
    load = imported(tmp_path, "load", "a.csv", "-o", "l.parquet")
    raw = imported(tmp_path, "discover", "a.csv", "-o", "a.json")
    saved = imported(tmp_path, "discover", "l.parquet", "-o", "a.md")
    for packages in (load, raw, saved):
        assert packages & {"pandas", "pm4py", "scipy", "matplotlib"} == set()
    assert {"duckdb", "pyarrow"} <= raw
    assert "duckdb" not in saved


def test_discover_of_a_saved_log_imports_only_what_it_uses(tmp_path: Path) -> None:
    """Checks, loaders and pools of processes stay away, and so does what Arrow and NumPy add."""
    (tmp_path / "a.csv").write_text(events())
    run(tmp_path, "load", "a.csv", "-o", "l.parquet", key=KEY)
    unused = {
        *("pyarrow.compute", "numpy.ma", "concurrent.futures.process"),
        *("cjmine.results.check", "cjmine.ideal", "cjmine.loaders", "cjmine.ingest.inputs"),
    }
    assert imported(tmp_path, "discover", "l.parquet") & unused == set()
    assert unused <= imported(tmp_path, "discover", "a.csv", "-o", "a.json", "--jobs", "2") | {
        "numpy.ma",
        "concurrent.futures.process",
    }


def test_web_logs_and_mails_are_read_without_pandas(tmp_path: Path) -> None:
    """The demo reads each kind of the sample logs, and checks them."""
    assert imported(tmp_path, "demo") & {"pandas", "pm4py", "matplotlib"} == set()


def test_the_watch_would_notice(tmp_path: Path) -> None:
    """The test above can fail: a process model does import pm4py."""
    (tmp_path / "a.csv").write_text(events())
    typed = ["discover", "a.csv", "-o", "a.pnml", "--model", "inductive"]
    assert "pm4py" in imported(tmp_path, *typed)


@pytest.mark.parametrize("typed", EVERY)
def test_help_tells_every_command_and_option(tmp_path: Path, typed: str) -> None:
    """Nothing but `--parts` is hidden, and nothing stands there without a word about it."""
    command = EVERY[typed]
    shown = run(tmp_path, *typed.split()[1:], "--help", environ={"COLUMNS": "200"}).out
    assert command.help
    for name, inner in getattr(command, "commands", {}).items():
        assert f" {name} " in shown and inner.help
    for parameter in command.params:
        is_hidden = getattr(parameter, "hidden", False)
        assert is_hidden is (parameter.name == "parts"), parameter.name
        assert parameter.help, f"{typed}: {parameter.name} has no help"
        if not is_hidden and parameter.param_type_name == "option":
            assert all(f" {option} " in shown for option in parameter.opts), parameter.opts


# What they write, list and allow for differs by command, and they say so; contacts are listed by
# what they have, and not by a column.
OWN = ("output", "table", "form", "start", "from_", "top", "margin", "listed", "listed_by")


def test_the_same_option_says_the_same_everywhere() -> None:
    """An option that two commands share has one meaning: the same help, default and metavar."""
    said: dict[str, set[tuple[str, str, str]]] = {}
    for command in EVERY.values():
        for parameter in command.params:
            if parameter.param_type_name == "option" and parameter.name not in OWN:
                facts = (parameter.help, str(parameter.default), str(parameter.metavar))
                said.setdefault(parameter.opts[0], set()).add(facts)
    assert {option: facts for option, facts in said.items() if len(facts) > 1} == {}
