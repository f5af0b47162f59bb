"""The zone in the name of a column, and a time in two columns."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from loaders.reading import from_csv, inspected, outcome, roles, source, written

from cjmine.errors import Code, DataError
from cjmine.loaders.zone_names import StatedZone, stated_zone, without_zone
from cjmine.sources import Extras, Roles, Source, TimeColumn


@pytest.mark.parametrize(
    ("name", "stated"),
    [
        ("Timestamp (UTC)", StatedZone("UTC")),
        ("created_at_utc", StatedZone("UTC")),
        ("eventTimeUtc", StatedZone("UTC")),
        ("UTC time", StatedZone("UTC")),
        ("Tijdstip (Z)", StatedZone("UTC")),
        ("Responded on (UTC+01:00)", StatedZone("Etc/GMT-1")),
        ("Date GMT-5", StatedZone("Etc/GMT+5")),
        ("time (UTC +5:30)", StatedZone("Asia/Kolkata")),
        ("time [GMT+0530]", StatedZone("Asia/Kolkata")),
        ("Tijd (UTC + 05:45)", StatedZone("Asia/Kathmandu")),
        ("Zeit (+09:30 UTC)", StatedZone("Australia/Darwin")),
        ("Time UTC-09:30 (local)", StatedZone("Pacific/Marquesas")),
        ("time_utc+5:30", StatedZone("Asia/Kolkata")),
        ("Time (UTC\u221203:30)", StatedZone(None, -3.5)),
        ("Time (UTC+14:00)", StatedZone("Etc/GMT-14")),
        ("Start (ACST)", StatedZone(None, 9.5)),
        ("Tijd (Europe/Amsterdam)", StatedZone("Europe/Amsterdam")),
        ("Start [CEST]", StatedZone(None, 2)),
        ("Start Time EST", StatedZone(None, -5)),
        ("Start (local)", None),
        ("Datum/Tijd", None),
        ("outcome", None),
        ("tijd est", None),
    ],
)
def test_the_zone_that_a_name_states(name: str, stated: StatedZone | None) -> None:
    """A zone, an offset, or nothing; and the name without it is another."""
    assert stated_zone(name) == stated
    if stated is None:
        assert without_zone(name) == name


@pytest.mark.parametrize(
    ("name", "zone", "utc", "noted"),
    [
        ("Timestamp (UTC)", None, "2025-06-30T15:45:00", False),
        ("Timestamp (UTC)", "UTC", "2025-06-30T15:45:00", False),
        ("Timestamp (UTC)", "Europe/Amsterdam", "2025-06-30T15:45:00", True),
        ("Timestamp (UTC+01:00)", None, "2025-06-30T14:45:00", False),
        ("Timestamp (UTC+01:00)", "Europe/Amsterdam", "2025-06-30T14:45:00", True),
        ("Timestamp (UTC+05:30)", None, "2025-06-30T10:15:00", False),
        ("Timestamp (UTC+05:30)", "Asia/Colombo", "2025-06-30T10:15:00", False),
        ("Timestamp (UTC-03:30)", "America/St_Johns", "2025-06-30T18:15:00", False),
        ("Timestamp (CET)", "Europe/Amsterdam", "2025-06-30T13:45:00", False),
        ("Timestamp (EST)", "Europe/Amsterdam", "2025-06-30T13:45:00", True),
        ("Timestamp (local)", "Europe/Amsterdam", "2025-06-30T13:45:00", False),
    ],
)
def test_the_zone_of_the_name_is_used(
    tmp_path: Path, name: str, zone: str | None, utc: str, noted: bool
) -> None:
    """It counts before --tz, and a --tz that contradicts it is noted (N237)."""
    declared = roles(zone, time=(name,))
    text = f"customer,activity,{name}\n1,a,2025-06-30 15:45:00\n"
    assert from_csv(tmp_path, text, declared).moments == [utc]
    inspection = inspected(source(written(tmp_path, text), "csv", declared))
    notes = [note.code for note in inspection.notes]
    assert notes == ([Code.ZONE_NOT_USED] if noted else [])


@pytest.mark.parametrize("name", ["Timestamp (CET)", "Timestamp (UTC-03:30)"])
def test_a_name_of_two_seasons_is_asked_about(tmp_path: Path, name: str) -> None:
    """CET without a declared zone is L111, in every command; so are offsets that no zone keeps."""
    text = f"customer,activity,{name}\n1,a,2025-06-30 15:45:00\n"
    with pytest.raises(DataError) as caught:
        from_csv(tmp_path, text, roles(time=(name,)))
    assert caught.value.code is Code.ZONE_UNDECLARED


def test_offsets_in_the_times_count_before_the_name(tmp_path: Path) -> None:
    """What each time says of itself is never overruled."""
    text = "customer,activity,Timestamp (CET)\n1,a,2025-06-30 15:45:00+05:00\n"
    assert from_csv(tmp_path, text, roles(time=("Timestamp (CET)",))).moments == [
        "2025-06-30T10:45:00"
    ]


@pytest.mark.parametrize(
    ("day", "clock", "utc"),
    [
        ("2025-04-07", "8:30:00 PM", "2025-04-07T18:30:00"),
        ("4/17/2025", "12:05 AM", "2025-04-16T22:05:00"),
        ("13 mei 2025", "8.30", "2025-05-13T06:30:00"),
        ("20250513", "083000", "2025-05-13T06:30:00"),
        ("2025-05-13 00:00:00", "08:30:00", "2025-05-13T06:30:00"),
        ("2025-05-13 00:00:00", "1899-12-31 08:30:00", "2025-05-13T06:30:00"),
        ("13-05-2025", "24:00", "2025-05-13T22:00:00"),
    ],
)
def test_day_and_clock_by_one_flag(tmp_path: Path, day: str, clock: str, utc: str) -> None:
    """`--timestamp day+clock` joins two columns."""
    declared = roles("Europe/Amsterdam", time=("day+clock in",))
    text = f"customer,activity,day,clock in\n1,a,{day},{clock}\n"
    assert from_csv(tmp_path, text, declared).moments == [utc]


def test_a_column_with_a_plus_in_its_name_is_one(tmp_path: Path) -> None:
    """The whole name counts before its parts."""
    text = "customer,activity,day,clock,day+clock\n1,a,x,y,2025-05-13T00:00:00Z\n"
    assert from_csv(tmp_path, text, roles(time=("day+clock",))).moments == ["2025-05-13T00:00:00"]


def test_a_day_without_its_clock_is_rejected(tmp_path: Path) -> None:
    """A missing part is no midnight."""
    text = "customer,activity,day,clock\n1,a,2025-05-13,8:30\n1,b,2025-05-13,\n"
    found = from_csv(tmp_path, text, roles("UTC", time=("day+clock",)))
    assert [one.code for one in found.rejects] == [Code.TIME_UNREADABLE]


def calls(folder: Path, header: str, row: str, zone: str | None) -> Source:
    text = (
        f"{header};Telefoonnummer;Wachtrij;Wachttijd;Gesprekstijd\n{row};0612345678;v;0:30;2:00\n"
    )
    extras = Extras(region="NL")
    return source(written(folder, text), "", Roles(TimeColumn((), zone=zone)), extras=extras)


@pytest.mark.parametrize("clock", ["8:30 PM", "8:30PM", "20:30", "8:30:00 p.m.", "20.30"])
def test_tables_of_calls_have_clocks_of_half_a_day(tmp_path: Path, clock: str) -> None:
    """A clock beside its day, in any of its forms."""
    given = calls(tmp_path, "Datum;Begintijd", f"13-05-2025;{clock}", "Europe/Amsterdam")
    assert outcome(given).moments[0] == "2025-05-13T18:30:00"


@pytest.mark.parametrize(("zone", "notes"), [(None, 0), ("UTC", 0), ("Europe/Amsterdam", 1)])
def test_tables_of_systems_state_zones_too(tmp_path: Path, zone: str | None, notes: int) -> None:
    """The zone in the name of a preset's column is used, and contradictions are noted."""
    given = calls(tmp_path, "Start time (UTC)", "2025-05-13 20:30:00", zone)
    assert outcome(given).moments[0] == "2025-05-13T20:30:00"
    assert len(inspected(given).notes) == notes


def test_clocks_with_a_letter_are_clocks(tmp_path: Path) -> None:
    """14 h 05 beside a day is its clock, as in French tables; the day may be the 1er."""
    rows = ["1;6 févr. 2025;14 h 05;a", "1;28 févr. 2025;9 h 30;b", "2;1er mars 2025;18h00;c"]
    text = "\n".join(["client;date;heure;action", *rows])
    declared = roles("Europe/Amsterdam", time=())
    found = outcome(
        source(written(tmp_path, text), "csv", replace(declared, activity=None, customer=None))
    )
    assert found.moments == ["2025-02-06T13:05:00", "2025-02-28T08:30:00", "2025-03-01T17:00:00"]
