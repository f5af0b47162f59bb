"""One odd file of a folder: the rest is read, and the end of the command says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.running import KEY, run

HEAD = "customer_id,activity,timestamp\n"
ROWS = "".join(
    f"c{number},{step},2026-03-0{day}T10:00:00Z\n"
    for number in range(12)
    for day, step in enumerate(("Search", "Buy"), 1)
)
ODD = {
    "unclear columns": ("odd.csv", b"a,b\n1,2\n3,4\n", "L107"),
    "a damaged archive": ("odd.csv.gz", b"\x1f\x8b\x08\x00broken", "L113"),
    "cases among customers": (
        "process.csv",
        b"case_id,activity,timestamp\n" + b"7,Open,2026-03-01T10:00:00Z\n" * 3,
        "L123",
    ),
    "no time at all": ("odd.csv", b"customer_id,activity,timestamp\nc1,Search,soon\n", "L108"),
}


def folder(here: Path, name: str, content: bytes) -> None:
    (here / "logs").mkdir()
    (here / "logs" / "a.csv").write_text(HEAD + ROWS)
    (here / "logs" / name).write_bytes(content)


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("command", ["load logs -o log.parquet", "discover logs", "report logs"])
def test_the_rest_is_read(tmp_path: Path, odd: str, command: str) -> None:
    name, content, code = ODD[odd]
    folder(tmp_path, name, content)
    ran = run(tmp_path, *command.split(), key=KEY)
    assert ran.status == 3
    assert set(ran.codes) == {code, "L131"}
    assert f"logs/{name}" in ran.err
    assert "--strict" in ran.err.strip().splitlines()[-1]
    if command.startswith("load"):
        assert (tmp_path / "log.parquet").exists()
    elif command.startswith("report"):
        assert (tmp_path / "report.html").exists()
    else:
        assert "24 events" in ran.out


@pytest.mark.parametrize("odd", ODD)
def test_strict_stops(tmp_path: Path, odd: str) -> None:
    name, content, code = ODD[odd]
    folder(tmp_path, name, content)
    ran = run(tmp_path, "load", "logs", "-o", "log.parquet", "--strict", key=KEY)
    assert ran.status == 3
    assert set(ran.codes) == {code}
    assert not (tmp_path / "log.parquet").exists()


@pytest.mark.parametrize("odd", ODD)
def test_a_file_that_is_named_stops(tmp_path: Path, odd: str) -> None:
    name, content, code = ODD[odd]
    folder(tmp_path, name, content)
    ran = run(tmp_path, "discover", "logs/a.csv", f"logs/{name}", key=KEY)
    assert (ran.status, set(ran.codes)) == (3, {code})


def test_a_folder_of_odd_files_says_what_is_wrong(tmp_path: Path) -> None:
    name, content, code = ODD["unclear columns"]
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / name).write_bytes(content)
    ran = run(tmp_path, "discover", "logs", key=KEY)
    assert (ran.status, set(ran.codes)) == (3, {code})


def test_what_is_no_export_does_not_fail_a_folder(tmp_path: Path) -> None:
    folder(tmp_path, "README.txt", b"What is in here.\n")
    assert run(tmp_path, "discover", "logs", key=KEY).status == 0


def test_many_small_files_share_an_engine(tmp_path: Path) -> None:
    """Making an engine for each takes longer than reading them."""
    from cjmine.ingest.inputs import find_inputs
    from cjmine.ingest.load import load
    from cjmine.ingest.source_flags import SourceFlags
    from cjmine.loaders import connections
    from cjmine.privacy.key import throw_away_key

    made = []
    (tmp_path / "logs").mkdir()
    for number in range(30):
        (tmp_path / "logs" / f"{number}.csv").write_text(HEAD + f"c{number},Search,2026-03-01Z\n")
    closed = connections._closed
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(connections, "_closed", lambda *given: made.append(1) or closed(*given))
        loaded = load(find_inputs([str(tmp_path / "logs")], SourceFlags()), throw_away_key())
    assert loaded.log.events == 30
    assert len(made) == 1
