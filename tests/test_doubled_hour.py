"""The doubled hour of autumn, and the zone in which days are shown."""

from __future__ import annotations

from pathlib import Path

import pytest

import cjmine as cj
from cjmine.errors import Code

# In the night of 27 October 2024 the clock of Amsterdam ran from 02:00 to 03:00 twice.
NIGHT = ["A 02:10", "B 02:50", "C 02:20"]
EARLY, LATE = "x 00:30", "y 04:00"


def read(folder: Path, rows: list[str]) -> tuple[list[str], list[str]]:
    """The activities in order, with their UTC times, and the notes about the clock."""
    lines = [f"ann,{row.split()[0]},2024-10-27 {row.split()[1]}" for row in rows]
    (folder / "a.csv").write_text("\n".join(["customer,activity,time", *lines]) + "\n")
    log = cj.load(folder / "a.csv", tz="Europe/Amsterdam")
    frame = log.to_pandas()
    events = [
        f"{name} {time:%H:%M}"
        for name, time in zip(frame["concept:name"], frame["time:timestamp"], strict=True)
    ]
    return events, [note.text for note in log.about.notes if note.code is Code.CLOCK_CHANGE]


@pytest.mark.parametrize("is_back", [False, True], ids=["oldest first", "newest first"])
@pytest.mark.parametrize("around", [False, True])
def test_a_file_in_order_keeps_its_order(tmp_path: Path, is_back: bool, around: bool) -> None:
    rows = [EARLY, *NIGHT, LATE] if around or is_back else NIGHT
    events, notes = read(tmp_path, rows[::-1] if is_back else rows)
    expected = ["A 00:10", "B 00:50", "C 01:20"]
    assert [one for one in events if one[0] in "ABC"] == expected
    assert notes == []


@pytest.mark.parametrize(
    "rows",
    [
        [LATE, *NIGHT, EARLY, "z 05:00"],
        [EARLY, *NIGHT, "D 02:40", "E 02:15", LATE],
        [EARLY, "A 02:10", "B 02:50", LATE],
    ],
    ids=["out of order elsewhere", "two steps back", "no step back"],
)
def test_what_stays_open_is_a_note_with_the_count(tmp_path: Path, rows: list[str]) -> None:
    _, notes = read(tmp_path, rows)
    many = sum(" 02:" in row for row in rows)
    assert notes == [f"times in an hour that the clock ran twice: {many} (a {many})"]


def test_the_zone_of_the_command_does_not_change_a_declared_one(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("customer,activity,time\nann,A,2024-03-01 12:00\n")
    (tmp_path / "cjmine.toml").write_text(
        '[source.a]\nfiles = "a.csv"\ntime = { zone = "Europe/Amsterdam" }\n'
    )
    log = cj.load(tmp_path, tz="America/New_York")
    assert str(log.to_pandas()["time:timestamp"][0]) == "2024-03-01 11:00:00+00:00"
    (note,) = [note.text for note in log.about.notes if note.code is Code.ZONE_NOT_USED]
    assert note.endswith("declared: a: Europe/Amsterdam")
    same = cj.load(tmp_path, tz="Europe/Amsterdam")
    assert Code.ZONE_NOT_USED not in [note.code for note in same.about.notes]
