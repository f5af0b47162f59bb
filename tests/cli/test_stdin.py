"""`-` among the logs: a log comes through a pipe, and nothing of it stays."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from cli.running import left_behind, run

ROWS = [f"c{one},Search,2024-05-01T10:00:00Z\nc{one},Buy,2024-05-01T11:00:00Z" for one in range(30)]
SHOP = ("customer,activity,time\n" + "\n".join(ROWS) + "\n").encode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "work"
    place.mkdir()
    (place / "stdin").write_bytes(SHOP)
    (place / "packed.gz").write_bytes(gzip.compress(SHOP))
    return place


@pytest.mark.parametrize("piped", ["stdin", "packed.gz"])
def test_a_piped_log_gives_the_figures_of_its_file(folder: Path, piped: str) -> None:
    """Packed or not; the file that stood in for the pipe is gone."""
    file = run(folder, "discover", "stdin", "-f", "json")
    with (folder / piped).open("rb") as pipe:
        ran = run(folder, "discover", "-", "-f", "json", stdin=pipe)
    assert (ran.status, ran.codes) == (0, [])
    found, same = json.loads(ran.out), json.loads(file.out)
    assert {**found, "sources": None} == {**same, "sources": None}
    assert [one["path"] for one in found["sources"]] == ["stdin"]
    assert left_behind(folder) == []


def test_stdin_is_named_once(folder: Path) -> None:
    ran = run(folder, "discover", "-", "-")
    assert (ran.status, ran.codes) == (2, ["U101"])
