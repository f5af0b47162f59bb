"""With little memory a run does its work or says L127; it is never ended without a word."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from cjmine.cli import memory
from cjmine.loaders.parse_errors import Form, parse_problem
from cli.running import COMMAND, KEY, events, run

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits of Linux")
_LIMITED = """
import os, resource, sys
most = int(sys.argv[1]) << 20
resource.setrlimit(resource.RLIMIT_AS, (most, most))
os.execv(sys.argv[2], sys.argv[2:])
"""
LITTLE, SOME = (200, 400, 600, 800, 1_000, 1_400), (1_600, 2_500)
VERBS = (
    "discover a.csv",
    "check a.csv --ideal j.yaml",
    "load a.csv -o log.parquet",
    "sniff a.csv",
    "report a.csv -o r.html",
)


def limited(folder: Path, megabytes: int, *typed: str, python: tuple[str, ...] = COMMAND) -> object:
    before = [sys.executable, "-c", _LIMITED, str(megabytes)]
    return run(folder, *typed, key=KEY, before=before, python=python)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.csv").write_text(events(2_000))
    (tmp_path / "j.yaml").write_text(
        "journey: j\ngoal: Buy\nstages:\n  - stage: S\n    steps: [Search, Buy]\n"
    )
    return tmp_path


@pytest.mark.parametrize("megabytes", LITTLE)
def test_too_little_is_said_at_once(folder: Path, megabytes: int) -> None:
    """The same answer for each limit, with what is missing."""
    verb = VERBS[LITTLE.index(megabytes) % len(VERBS)]
    ran = limited(folder, megabytes, *verb.split())
    assert (ran.status, ran.codes) == (3, ["L127"]), ran.err  # type: ignore[attr-defined]
    assert f"{megabytes:,} MB" in ran.err and "1,536 MB" in ran.err  # type: ignore[attr-defined]
    assert "ulimit -v 1572864" in ran.err  # type: ignore[attr-defined]


@pytest.mark.parametrize("megabytes", SOME)
@pytest.mark.parametrize("verb", VERBS[:3])
def test_enough_for_a_small_log_is_enough(folder: Path, verb: str, megabytes: int) -> None:
    """From the least that is asked for on, a small log is read."""
    ran = limited(folder, megabytes, *verb.split())
    assert ran.status in (0, 3) and set(ran.codes) <= {"L127"}, ran.err  # type: ignore[attr-defined]


def test_without_the_look_ahead_little_memory_ends_badly(folder: Path) -> None:
    """Control: somewhere below the limit a library crashes, or names a false cause."""
    patched = ("-c", "from cjmine.cli import memory; memory.LEAST_SPACE = 0;"
               " from cjmine.cli import main; main()")  # fmt: skip
    runs = [limited(folder, most, "discover", "a.csv", python=patched) for most in (300, 400, 600)]
    assert any((one.status, one.codes) != (3, ["L127"]) for one in runs)  # type: ignore[attr-defined]


def test_help_and_words_need_no_such_memory(folder: Path) -> None:
    """What reads no log is not asked."""
    assert limited(folder, 400, "explain", "L127").status == 0  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "said",
    [
        "Out of Memory Error: failed to allocate data of size 16.0 MiB",
        "IO Error: Cannot allocate memory",
        "std::bad_alloc",
        "Resource temporarily unavailable",
    ],
)
@pytest.mark.parametrize("form", list(Form))
def test_an_engine_without_memory_is_no_damaged_file(said: str, form: Form) -> None:
    """The cause is the memory, whatever was read."""
    assert parse_problem("a.csv", said, form).code == "L127"


def test_no_limit_is_no_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    import resource

    monkeypatch.setattr(resource, "getrlimit", lambda _: (resource.RLIM_INFINITY,) * 2)
    memory.check_memory()
