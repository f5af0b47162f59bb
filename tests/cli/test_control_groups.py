"""In a control group with little memory a run does its work in parts, or says L127."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import numpy as np
import pytest

from cjmine import memory_limit
from cjmine.columns import labels, numbers
from cjmine.counting.split import PART, Split
from cjmine.eventlog.build import build_log
from cjmine.eventlog.log import ACTIVITY, CUSTOMER, TIME, About, Cases
from cjmine.eventlog.parquet import write_log
from cjmine.memory_limit import MemoryLimit, SetBy
from cli.running import COMMAND, run

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="control groups of Linux")
_JOIN = "import os, sys; open(sys.argv[1], 'w').write(str(os.getpid())); os.execv(sys.argv[2], sys.argv[2:])"
PLACES = (
    (Path("/sys/fs/cgroup/memory"), "memory.limit_in_bytes"),
    (Path("/sys/fs/cgroup"), "memory.max"),
)


@pytest.fixture
def group() -> Iterator[tuple[Path, str]]:
    """A control group of this test, and the file that sets its limit."""
    for root, name in PLACES:
        made = root / f"cjmine-test-{uuid4().hex[:8]}"
        try:
            made.mkdir()
        except OSError:
            continue
        if (made / name).exists():
            yield made, name
            made.rmdir()
            return
        made.rmdir()
    pytest.skip("no control group can be made here")


def within(group: tuple[Path, str], megabytes: int, folder: Path, *typed: str) -> object:
    made, name = group
    (made / name).write_text(str(megabytes << 20))
    before = [sys.executable, "-c", _JOIN, str(made / "cgroup.procs")]
    return run(folder, *typed, before=before, python=COMMAND)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A log of 1.5 million events of 150,000 customers."""
    number = np.arange(1_500_000)
    columns = {
        CUSTOMER: labels((number // 10).astype(np.int32), [f"c{n:06d}" for n in range(150_000)]),
        ACTIVITY: labels((number % 7).astype(np.int32), [f"step {n}" for n in range(7)]),
        TIME: numbers(number * 1_000_000),
    }
    write_log(build_log(columns, About(Cases.CUSTOMER, key_id="k")), tmp_path / "l.parquet")
    return tmp_path


def test_what_does_not_fit_is_said_and_what_fits_is_done(
    group: tuple[Path, str], folder: Path
) -> None:
    too_little = within(group, 140, folder, "discover", "l.parquet", "--parts", "1", "-o", "d.json")
    assert (too_little.status, too_little.codes) == (3, ["L127"]), too_little.err  # type: ignore[attr-defined]
    assert "0.1 GB (its control group)" in too_little.err  # type: ignore[attr-defined]
    assert "-o log/" in too_little.err and not (folder / "d.json").exists()  # type: ignore[attr-defined]
    assert [file.name for file in folder.iterdir()] == ["l.parquet"]
    enough = within(group, 400, folder, "discover", "l.parquet", "-o", "d.json")
    assert enough.status == 0, enough.err  # type: ignore[attr-defined]


def test_parts_and_processes_follow_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    def split(gigabytes: float) -> tuple[int, int]:
        limit = MemoryLimit(int(gigabytes * 1e9), SetBy.GROUP)
        monkeypatch.setattr(memory_limit, "memory_limit", lambda: limit)
        return Split().jobs_for(20 * PART), Split().parts_for(20 * PART)

    (few, many), (more, usual) = split(0.6), split(64)
    assert few == 1 and many > 2 * usual == 40
    assert more >= few


def test_the_least_limit_counts_and_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of two groups around each other the narrower; a number beyond all memory is no limit."""
    inner = tmp_path / "memory" / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / "memory" / "memory.limit_in_bytes").write_text("9223372036854771712")
    (tmp_path / "memory" / "a" / "memory.limit_in_bytes").write_text("2000000000")
    (inner / "memory.limit_in_bytes").write_text("3000000000")
    (tmp_path / "memory" / "a" / "memory.stat").write_text("cache 5\ntotal_rss 7\n")
    (tmp_path / "cgroup").write_text("5:cpu:/x\n4:memory:/a/b\n0::/\n")
    monkeypatch.setattr(memory_limit, "_GROUPS", tmp_path)
    monkeypatch.setattr(memory_limit, "_MEMBERSHIP", tmp_path / "cgroup")
    found = memory_limit.memory_limit()
    assert (str(found), found.used()) == ("2.0 GB (its control group)", 7)
