"""The doctor of a log: what is whole, what is damaged, what is no part of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_deliver import brought, export
from test_deliver_linked import CONFIG, FILES

from cjmine.errors import DataError
from cjmine.eventlog.folder.folder_log import open_folder
from cjmine.eventlog.parquet import write_log
from cjmine.results.doctor import Leftover, Trouble
from cjmine.verbs.doctor import examine
from cjmine.verbs.settings import Settings

SETTINGS = Settings(min_group=1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A log of two deliveries in two files."""
    for place, days in enumerate((range(2, 6), range(6, 9))):
        brought(tmp_path / "log", [export(tmp_path / f"{place}.csv", days)], appends=place > 0)
    return tmp_path / "log"


def test_a_whole_log_is_sound_and_its_deliveries_add_up(folder: Path) -> None:
    found = examine(folder, "log/", SETTINGS)
    assert found.is_sound and found.leftovers == ()
    assert [one.events for one in found.deliveries] == [32, 24]
    assert [one.events for one in found.runs] == [32, 24, None, None] and found.events == 56
    assert found.bytes == sum(file.stat().st_size for file in folder.rglob("*.parquet"))


def test_what_a_killed_load_left_is_named_and_is_no_trouble(folder: Path) -> None:
    (folder / "runs" / "000003.parquet").write_bytes(b"x" * 7)
    (folder / "runs" / ".cjmine-0123").mkdir()
    found = examine(folder, "log/", SETTINGS)
    assert found.is_sound
    assert [(one.file, one.why) for one in found.leftovers] == [
        ("runs/.cjmine-0123", Leftover.UNFINISHED),
        ("runs/000003.parquet", Leftover.UNFINISHED),
    ]


def test_a_replaced_file_stays_for_its_readers_and_is_named(folder: Path) -> None:
    brought(folder, [export(folder.parent / "new.csv", range(2, 4))], appends=False)
    names = {(one.file, one.why) for one in examine(folder, "log/", SETTINGS).leftovers}
    assert names == {
        (f"{place}/00000{n}.parquet", Leftover.RETIRED)
        for place in ("runs", "kept")
        for n in (1, 2)
    }


def test_damage_is_found_without_reading_events(folder: Path) -> None:
    first, second = (folder / "runs" / f"00000{n}.parquet" for n in (1, 2))
    second.write_bytes(first.read_bytes())
    assert examine(folder, "log/", SETTINGS).runs[1].trouble is Trouble.OTHER_EVENTS
    second.write_bytes(first.read_bytes()[:100])
    assert examine(folder, "log/", SETTINGS).runs[1].trouble is Trouble.UNREADABLE
    second.unlink()
    found = examine(folder, "log/", SETTINGS)
    assert found.runs[1].trouble is Trouble.MISSING and not found.is_sound


def test_a_log_in_one_file_has_a_doctor_too(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "log.parquet"
    write_log(open_folder(folder, "log").read(), file)
    found = examine(file, "log.parquet", SETTINGS)
    assert (found.is_sound, found.events, found.deliveries) == (True, 56, ())


def test_anything_else_is_no_log(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="L122"):
        examine(tmp_path, "folder", SETTINGS)


def test_a_run_that_was_decided_anew_is_named(tmp_path: Path) -> None:
    """Also where a file with its number is kept."""
    folder = tmp_path / "log"
    for appends in (False, True):
        brought(folder, FILES[4 + appends : 5 + appends], appends=appends, flags=CONFIG)
    left = examine(folder, "log/", SETTINGS).leftovers
    assert [(one.file, one.why) for one in left] == [("runs/000001.parquet", Leftover.RETIRED)]


def test_what_is_kept_of_deliveries_is_looked_at_too(tmp_path: Path) -> None:
    folder = tmp_path / "log"
    brought(folder, FILES[4:5], appends=False, flags=CONFIG)
    kept = [one for one in examine(folder, "log/", SETTINGS).runs if one.file.startswith("kept/")]
    assert [one.file for one in kept] == ["kept/000001.parquet", "kept/000001-tables.parquet"]
    (folder / "kept" / "000001.parquet").unlink()
    found = examine(folder, "log/", SETTINGS)
    assert not found.is_sound
    assert [one.trouble for one in found.runs if one.file.startswith("kept/")] == [
        Trouble.MISSING,
        None,
    ]
