"""Deliveries: appended one by one, a log is the log that one load of all makes."""

from __future__ import annotations

import csv
import gzip
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from eventlog_rows import rows

from cjmine.errors import Code, DataError, OutputError, UsageError
from cjmine.eventlog.folder import run_file
from cjmine.eventlog.folder.folder_log import open_folder
from cjmine.eventlog.folder.writing import writing
from cjmine.eventlog.log import EventLog
from cjmine.ingest import ordered
from cjmine.ingest.deliver import Target, deliver
from cjmine.ingest.inputs import find_inputs
from cjmine.ingest.load import load
from cjmine.ingest.loaded import Loaded
from cjmine.ingest.reject_budget import RejectBudget
from cjmine.ingest.source_flags import SourceFlags
from cjmine.ingest.watch import Watch
from cjmine.privacy.pseudonyms import Key

KEY = Key(bytes(range(32)))
HEADER = ["customer_id", "activity", "timestamp", "channel"]


def export(path: Path, days: range, minutes: int = 0) -> Path:
    """Six customers in turn, several at one moment, and each day a late event of the day before."""
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for day in days:
            for number in range(8):
                who, what = f"K-{number % 6:03d}", f"step {(number + day) % 5}"
                time = f"2026-03-{day - number % 2:02d}T10:{minutes:02d}:00Z"
                writer.writerow([who, what, time, "web" if number % 3 else "phone"])
    return path


def brought(
    folder: Path,
    files: list[Path],
    appends: bool,
    key: Key = KEY,
    flags: SourceFlags = SourceFlags(),
) -> Loaded:
    target = Target(folder, folder.name, appends)
    return deliver(target, [str(file) for file in files], flags, key, RejectBudget())


def at_once(files: list[Path]) -> EventLog:
    return load(find_inputs([str(file) for file in files], SourceFlags()), KEY).log


@pytest.fixture
def exports(tmp_path: Path) -> list[Path]:
    days = range(2, 6), range(5, 9), range(9, 20)
    return [export(tmp_path / f"week{n}.csv", part) for n, part in enumerate(days)]


def test_appended_one_by_one_is_the_log_that_one_load_makes(
    tmp_path: Path, exports: list[Path]
) -> None:
    folder = tmp_path / "log"
    for place, one in enumerate(exports):
        brought(folder, [one], appends=place > 0)
    log, whole = open_folder(folder, "log"), at_once(exports)
    assert rows(log.read()) == rows(whole)
    assert replace(log.about, notes=()) == replace(whole.about, notes=())
    assert [note.text for note in log.about.notes] == [
        "events that stood behind a later one, put in order: 44 (week2 44)"
    ]
    assert (log.manifest.first, log.manifest.last) == whole.period
    assert log.manifest.activities == whole.activities
    assert [one.events for one in log.manifest.deliveries] == [32, 32, 88]


def test_a_file_that_the_log_has_is_left_out_under_any_name(
    tmp_path: Path, exports: list[Path]
) -> None:
    folder = tmp_path / "log"
    brought(folder, exports[:2], appends=False)
    before = open_folder(folder, "log").manifest
    again = tmp_path / "again.csv"
    again.write_bytes(exports[0].read_bytes())
    found = brought(folder, [again], appends=True)
    assert [note.code.value for note in found.notes] == ["N215"]
    assert "again.csv; delivery 1" in found.notes[0].text
    assert open_folder(folder, "log").manifest == before
    found = brought(folder, [again, exports[2]], appends=True)
    assert found.source.events == at_once(exports).events


def test_a_packed_copy_is_the_same_file(tmp_path: Path, exports: list[Path]) -> None:
    """Rotated logs are packed days after they were delivered."""
    packed = tmp_path / "old.csv.gz"
    packed.write_bytes(gzip.compress(exports[0].read_bytes()))
    again = tmp_path / "again.gz"
    again.write_bytes(gzip.compress(exports[0].read_bytes(), 1, mtime=5))
    brought(tmp_path / "log", exports[:1], appends=False)
    found = brought(tmp_path / "log", [packed, exports[1]], appends=True)
    assert [note.code for note in found.notes if "in the log already" in note.text]
    assert found.source.events == at_once(exports[:2]).events
    assert at_once([packed, exports[0], again]).events == at_once(exports[:1]).events


@pytest.mark.parametrize("header", [True, False])
def test_a_file_that_has_grown_is_not_counted_again(
    tmp_path: Path, exports: list[Path], header: bool
) -> None:
    """Its first rows are in the log; a file with a header alone is the beginning of every other."""
    file = tmp_path / "calls.csv"
    lines = exports[0].read_text().splitlines(keepends=True)
    file.write_text(lines[0] if header else "".join(lines[:9]))
    brought(tmp_path / "log", [exports[1], file], appends=False)
    file.write_text("".join(lines))
    if header:
        assert brought(tmp_path / "log", [file], appends=True).source.events == 64
        return
    with pytest.raises(DataError, match="delivery 1 holds") as error:
        brought(tmp_path / "log", [file], appends=True)
    assert error.value.code is Code.SOURCES_DISAGREE
    assert open_folder(tmp_path / "log", "log").events == 40


def test_other_content_under_a_known_name_is_noted(tmp_path: Path, exports: list[Path]) -> None:
    """An export of the same week that was made again, perhaps with fewer rows."""
    file = tmp_path / "calls.csv"
    lines = exports[0].read_text().splitlines(keepends=True)
    file.write_text("".join(lines))
    brought(tmp_path / "log", [file], appends=False)
    file.write_text("".join(lines[:5]))
    found = brought(tmp_path / "log", [file], appends=True)
    assert [n for n in found.notes if n.code is Code.DUPLICATE_FILE and "calls.csv" in n.text]
    assert found.source.events == 36


@pytest.mark.parametrize("order", ["ab", "ba", "abc", "bac", "cab"])
def test_the_zone_of_days_is_that_of_one_load(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, order: str
) -> None:
    """Times with an offset declare no zone, and do not change that of others."""
    monkeypatch.chdir(tmp_path)
    zones = {"a": "", "b": ', zone = "Europe/Amsterdam"', "c": ', zone = "Asia/Tokyo"'}
    for name, zone in zones.items():
        with Path("cjmine.toml").open("a") as config:
            config.write(
                f'[source.{name}]\nfiles = "{name}.csv"\nformat = "csv"\ncustomer = "who"\n'
                f'activity = "what"\ntime = {{ column = "at"{zone} }}\n'
            )
        at = f"2026-03-01 10:00:00{'' if zone else 'Z'}"
        Path(f"{name}.csv").write_text(f"who,what,at\nK-1,{name},{at}\n")
    files = [Path(f"{name}.csv") for name in order]
    for place, file in enumerate(files):
        found = brought(tmp_path / "log", [file], appends=place > 0).source
    assert found.about.zone == at_once(files).about.zone
    assert found.about.zone == ("Europe/Amsterdam" if len(order) == 2 else "UTC")


def test_a_file_of_records_with_ids_may_grow(tmp_path: Path, exports: list[Path]) -> None:
    config = tmp_path / "cjmine.toml"
    config.write_text(
        '[source.a]\nfiles = "*.csv"\nformat = "csv"\ncustomer = "customer_id"\n'
        'activity = "activity"\ntime = { column = "timestamp" }\ndelivery = "id"\n'
    )
    file = tmp_path / "grows.csv"
    flags = SourceFlags(config=config)
    rows = ["id,customer_id,activity,timestamp", "1,K-1,a,2026-03-01T10:00:00Z"]
    for end in ("2,K-2,b,2026-03-02T10:00:00Z", "3,K-3,c,2026-03-03T10:00:00Z"):
        rows.append(end)
        file.write_text("\n".join(rows) + "\n")
        found = brought(tmp_path / "log", [file], appends=len(rows) > 3, flags=flags)
    assert found.source.events == 3


def test_a_new_load_replaces_what_the_folder_held(tmp_path: Path, exports: list[Path]) -> None:
    folder = tmp_path / "log"
    brought(folder, exports[:1], appends=False)
    brought(folder, exports[1:], appends=False)
    assert rows(open_folder(folder, "log").read()) == rows(at_once(exports[1:]))
    with writing(folder, "log") as writer:
        assert sorted(file.name for file in writer.runs.iterdir()) == ["000002.parquet"]


def test_what_cannot_join_a_log_changes_nothing(tmp_path: Path, exports: list[Path]) -> None:
    folder = tmp_path / "log"
    with pytest.raises(UsageError, match="U101"):
        brought(folder, exports[:1], appends=True)
    assert not folder.exists()
    broken = tmp_path / "broken.csv"
    broken.write_text(exports[1].read_text() + "K-1,step,not a time,web\n")
    with pytest.raises(DataError, match="L120"):
        brought(folder, [broken], appends=False)
    assert not folder.exists()
    brought(folder, exports[:1], appends=False)
    before = (folder / "manifest.json").read_bytes()
    with pytest.raises(DataError, match="another key"):
        brought(folder, exports[1:], appends=True, key=Key(bytes(range(1, 33))))
    with pytest.raises(DataError, match="L120"):
        brought(folder, [broken], appends=True)
    with writing(folder, "log"), pytest.raises(OutputError, match="O104"):
        brought(folder, exports[1:], appends=True)
    assert (folder / "manifest.json").read_bytes() == before
    assert [file.name for file in (folder / "runs").iterdir()] == ["000001.parquet"]


def test_many_deliveries_are_compacted(tmp_path: Path) -> None:
    folder = tmp_path / "log"
    files = [export(tmp_path / f"day{day}.csv", range(day, day + 1)) for day in range(2, 22)]
    for place, one in enumerate(files):
        brought(folder, [one], appends=place > 0)
        assert len(open_folder(folder, "log").manifest.runs) < 8
    assert rows(open_folder(folder, "log").read()) == rows(at_once(files))


def test_the_retry_compacts_what_a_killed_load_did_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "log"
    files = [export(tmp_path / f"day{day}.csv", range(day, day + 1)) for day in range(2, 10)]
    with monkeypatch.context() as patch:
        patch.setattr("cjmine.ingest.deliver.compact", lambda writer: None)
        for place, one in enumerate(files):
            brought(folder, [one], appends=place > 0)
    assert len(open_folder(folder, "log").manifest.runs) == 8
    again = brought(folder, files[-1:], appends=True)
    assert [note.code.value for note in again.notes] == ["N215"]
    assert len(open_folder(folder, "log").manifest.runs) == 1
    assert rows(open_folder(folder, "log").read()) == rows(at_once(files))


def test_a_delivery_of_several_chunks_is_one_run_by_customers(
    tmp_path: Path, exports: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its events are dealt out by prefix, so that no run has to be put together with another."""
    monkeypatch.setattr(ordered, "CHUNK", 40)
    monkeypatch.setattr(ordered, "ROW_GROUP", 10)
    monkeypatch.setattr(run_file, "_SMALL_GROUP", 4)
    folder = tmp_path / "log"
    brought(folder, exports, appends=False)
    log = open_folder(folder, "log")
    assert len(log.manifest.runs) == 1 < len(log.manifest.runs[0].rows)
    assert rows(log.read()) == rows(at_once(exports))
    assert sum(part.read().events for part in log.parts(5)) == log.events


def test_a_log_folder_is_no_export(tmp_path: Path, exports: list[Path]) -> None:
    """Its files would be read as logs with cases; beside exports they are passed over."""
    brought(tmp_path / "in" / "log", exports[:1], appends=False)
    with pytest.raises(DataError, match="no export"):
        find_inputs([str(tmp_path / "in" / "log")], SourceFlags())
    exports[1].rename(tmp_path / "in" / "week.csv")
    found = find_inputs([str(tmp_path / "in")], SourceFlags())
    assert [one.source.path.name for one in found.sources] == ["week.csv"]


@pytest.mark.parametrize("harm", [lambda file: file.write_text("{"), Path.unlink])
def test_a_log_without_a_whole_manifest_is_neither_appended_to_nor_begun_anew(
    tmp_path: Path, exports: list[Path], harm: Callable[[Path], object]
) -> None:
    folder, arriving = tmp_path / "log", tmp_path / "in"
    brought(folder, exports[:1], appends=False)
    harm(folder / "manifest.json")
    before = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    with pytest.raises(DataError, match="L122"):
        brought(folder, exports[1:], appends=True)
    arriving.mkdir()
    shutil.copy(exports[1], arriving / "week.csv")
    watch = Watch(arriving, folder, 0, lambda file, appends: brought(folder, [file], appends))
    with pytest.raises(DataError, match="L122"):
        list(watch.look())
    assert {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()} == before


def test_what_a_first_load_left_that_ended_early_does_not_stop_the_next(
    tmp_path: Path, exports: list[Path]
) -> None:
    folder, arriving = tmp_path / "log", tmp_path / "in"
    (folder / "runs").mkdir(parents=True)
    (folder / "lock").touch()
    (folder / "runs" / "000001.parquet").write_bytes(b"half")
    arriving.mkdir()
    shutil.copy(exports[1], arriving / "week.csv")
    watch = Watch(arriving, folder, 0, lambda file, appends: brought(folder, [file], appends))
    assert [one.error for one in watch.look()] == [None]


def test_a_saved_file_cannot_grow_and_says_so(tmp_path: Path, exports: list[Path]) -> None:
    with pytest.raises(UsageError, match="a file cannot grow"):
        brought(exports[0], exports[1:], appends=True)
