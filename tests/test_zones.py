"""The doubled hour of autumn, and the zone in which days are shown."""

from __future__ import annotations

from pathlib import Path

import pytest

import cjmine as cj
from cjmine.errors import Code, UsageError
from cjmine.eventlog.parquet import write_log
from cjmine.reporters import html
from cjmine.reporters.formats import Asked, Format, View
from cjmine.reporters.html.report import Made, Report
from cjmine.reporters.language import Lang
from cjmine.reporters.registry import render
from cjmine.results.codec import from_json, to_json
from cjmine.verbs.pictures import Look, drawn_as_svg

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


@pytest.fixture
def days(tmp_path: Path) -> cj.EventLog:
    """A log of days alone: twelve customers search on 1 March in Amsterdam."""
    rows = [f"c{number},Search,2024-03-01" for number in range(12)]
    (tmp_path / "a.csv").write_text("\n".join(["customer,activity,time", *rows]) + "\n")
    return cj.load(tmp_path / "a.csv", tz="Europe/Amsterdam")


def test_days_are_shown_in_the_zone_of_the_log(days: cj.EventLog, tmp_path: Path) -> None:
    """A saved log keeps its zone; the moments of the JSON stay UTC."""
    write_log(days, tmp_path / "a.parquet")
    for log in (days, cj.read(tmp_path / "a.parquet")):
        found = log.discover(goal="Search")
        assert found.result.log.observed_from == "2024-02-29T23:00:00Z"
        assert found.result.log.zone == "Europe/Amsterdam"
        for lang, day in ((Lang.EN, "1 March 2024"), (Lang.NL, "1 maart 2024")):
            asked = Asked(lang=lang)
            texts = [render(found.result, form, asked) for form in (Format.TEXT, Format.MARKDOWN)]
            texts.append(html.render(Report(None, found.result, Made("", "1")), lang))
            for text in texts:
                assert f"{day} (Europe/Amsterdam)" in text
                assert "29 Feb" not in text and "2024-02-29" not in text
        assert "1 March 2024 (Europe/Amsterdam)" in log._repr_html_()
        for look in (View.FLOW, View.VARIANTS):
            assert "1 March 2024 (Europe/Amsterdam)" in drawn_as_svg(found.result, Look(look))


def test_what_is_released_has_the_day_of_the_zone(days: cj.EventLog) -> None:
    found = days.discover(release=True).result
    assert found.log.observed_from == "2024-03-01"
    assert "1 March 2024 (Europe/Amsterdam)" in render(found, Format.TEXT)


def test_sources_of_two_zones_are_shown_in_utc(tmp_path: Path) -> None:
    blocks = []
    for name, zone in (("a", "Europe/Amsterdam"), ("b", "America/New_York")):
        text = f"customer,activity,time\n{name},A,2024-03-01 12:00\n"
        (tmp_path / f"{name}.csv").write_text(text)
        blocks.append(f'[source.{name}]\nfiles = "{name}.csv"\ntime = {{ zone = "{zone}" }}\n')
    (tmp_path / "cjmine.toml").write_text("".join(blocks))
    assert cj.load(tmp_path).about.zone == "UTC"


def test_a_result_of_a_zone_that_is_none_is_no_result(days: cj.EventLog) -> None:
    text = to_json(days.discover().result)
    assert from_json(text, "found.json").log.zone == "Europe/Amsterdam"
    with pytest.raises(UsageError):
        from_json(text.replace("Europe/Amsterdam", "Mars/Base"), "found.json")
