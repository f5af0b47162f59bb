"""Times: whatever way they are written, the right instant in UTC or an error, never a guess."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import product
from pathlib import Path

import duckdb
import pytest
from loaders.reading import csv_text, from_csv, inspected, roles, settled, source, times_of, written

from cjmine.errors import Code, DataError, UsageError
from cjmine.loaders.time_sql import surely_read, time_sql
from cjmine.loaders.times import Shape, TimeFormat, declared_format, known_zone, recognise_format
from cjmine.sources import TimeColumn

AMSTERDAM = roles("Europe/Amsterdam")


def refused(folder: Path, values: list[str], declared=roles()) -> DataError:
    with pytest.raises(DataError) as caught:
        times_of(folder, values, declared)
    return caught.value


@pytest.mark.parametrize(
    ("value", "utc"),
    [
        ("2024-05-13T10:00:00Z", "2024-05-13T10:00:00"),
        ("2024-05-13 10:00:00Z", "2024-05-13T10:00:00"),
        ("2024-05-13T10:00:00+01:00", "2024-05-13T09:00:00"),
        ("2024-05-13T10:00:00+0100", "2024-05-13T09:00:00"),
        ("2024-05-13T10:00:00+01", "2024-05-13T09:00:00"),
        ("2024-05-13T10:00:00-05:30", "2024-05-13T15:30:00"),
        ("2024-05-13 10:00:00 +0100", "2024-05-13T09:00:00"),
        ("2024-05-13 10:00:00 +01:00", "2024-05-13T09:00:00"),
        ("2024-05-13 10:00:00 UTC", "2024-05-13T10:00:00"),
        ("2024-05-13 10:00:00 GMT", "2024-05-13T10:00:00"),
        ("2024-05-13T10:00Z", "2024-05-13T10:00:00"),
        ("2024-05-13T10:00+02:00", "2024-05-13T08:00:00"),
        ("2024-05-13T10:00:00.1Z", "2024-05-13T10:00:00.100000"),
        ("2024-05-13T10:00:00,5+01:00", "2024-05-13T09:00:00.500000"),
        ("2024-05-13T23:30:00-02:00", "2024-05-14T01:30:00"),
        ("2024/05/13 10:00:00+01:00", "2024-05-13T09:00:00"),
        ("2024.05.13 10:00:00Z", "2024-05-13T10:00:00"),
        ("2024-02-29T12:00:00Z", "2024-02-29T12:00:00"),
        ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00"),
        ("2100-12-31T23:59:59Z", "2100-12-31T23:59:59"),
    ],
)
def test_times_with_an_offset(tmp_path: Path, value: str, utc: str) -> None:
    """Every way to write an offset; a declared zone changes nothing."""
    for declared in (roles(), AMSTERDAM):
        found = times_of(tmp_path, [value] * 3, declared)
        assert found.moments == [utc] * 3
        assert (found.clock.zoned, found.clock.naive) == (3, 0)


@pytest.mark.parametrize(
    ("value", "local"),
    [
        ("2024-05-13T10:00:00", "2024-05-13T10:00:00"),
        ("2024-05-13 10:00:00", "2024-05-13T10:00:00"),
        ("2024-05-13 10:00", "2024-05-13T10:00:00"),
        ("2024-05-13T9:05", "2024-05-13T09:05:00"),
        ("2024-5-3 9:05", "2024-05-03T09:05:00"),
        ("2024-05-13 10:00:00,25", "2024-05-13T10:00:00.250000"),
        ("2024/05/13 10:00:00.123", "2024-05-13T10:00:00.123000"),
        ("2024.05.13 10:00:00", "2024-05-13T10:00:00"),
        ("  2024-05-13 10:00:00  ", "2024-05-13T10:00:00"),
        ("2024-05-13", "2024-05-13T00:00:00"),
        ("13-05-2024 10:00:00", "2024-05-13T10:00:00"),
        ("13-05-2024 9:05", "2024-05-13T09:05:00"),
        ("13/5/2024, 10:00", "2024-05-13T10:00:00"),
        ("13.05.2024 10:00:00.5", "2024-05-13T10:00:00.500000"),
        ("05/13/2024 9:05 PM", "2024-05-13T21:05:00"),
        ("05/13/2024 12:05:07 am", "2024-05-13T00:05:07"),
        ("13-05-24 10:00", "2024-05-13T10:00:00"),
        ("13-05-2024T10:00:00", "2024-05-13T10:00:00"),
        ("13-05-2024", "2024-05-13T00:00:00"),
    ],
)
def test_times_without_an_offset(tmp_path: Path, value: str, local: str) -> None:
    """Read in the declared zone; without one as they stand."""
    found = times_of(tmp_path, [value] * 3, roles("UTC"))
    assert found.moments == [local] * 3
    assert (found.clock.zoned, found.clock.naive) == (0, 3)
    assert found.clock.dates_only == (3 if len(value) <= 10 else 0)
    assert times_of(tmp_path, [value] * 3, roles()).moments == [local] * 3
    here = datetime.fromisoformat(times_of(tmp_path, [value] * 3, AMSTERDAM).moments[0])
    assert (datetime.fromisoformat(local) - here).total_seconds() == 2 * 3600


@pytest.mark.parametrize("digits", [1, 3, 6, 7, 9])
@pytest.mark.parametrize(
    "form",
    [
        "2024-05-13T10:00:00.{}Z",
        "2024-05-13 10:00:00.{}",
        "2024/05/13 10:00:00.{}",
        "13-05-2024 10:00:00.{}",
    ],
)
def test_fractions_of_one_to_nine_digits(tmp_path: Path, form: str, digits: int) -> None:
    """Kept to the microsecond; what lies beyond is cut off, never rounded up."""
    fractions = ["123456789"[:digits], "999999999"[:digits]]
    expected = [f"2024-05-13T10:00:00.{fraction[:6]:0<6}" for fraction in fractions]
    found = times_of(tmp_path, [form.format(fraction) for fraction in fractions], roles("UTC"))
    assert found.moments == expected


def test_fractions_of_different_lengths_in_one_column(tmp_path: Path) -> None:
    """Some systems drop zeros at the end, and the fraction with them."""
    values = ["2024-05-13 10:00:00", "2024-05-13 10:00:00.5", "2024-05-13 10:00:00.1234567"]
    assert times_of(tmp_path, values).moments == [
        "2024-05-13T10:00:00",
        "2024-05-13T10:00:00.500000",
        "2024-05-13T10:00:00.123456",
    ]


def test_two_shapes_of_one_date_order_in_a_column(tmp_path: Path) -> None:
    """Excel drops the seconds where they are zero; both shapes are read."""
    values = ["13-05-2024 10:00", "14-05-2024 10:00:30", "15-05-2024 10:01"]
    found = times_of(tmp_path, values, roles("UTC"))
    assert found.moments == ["2024-05-13T10:00:00", "2024-05-14T10:00:30", "2024-05-15T10:01:00"]


@pytest.mark.parametrize(
    ("value", "utc"),
    [
        ("1715594400", "2024-05-13T10:00:00"),
        ("1715594400123", "2024-05-13T10:00:00.123000"),
        ("1715594400123456", "2024-05-13T10:00:00.123456"),
        ("1715594400.25", "2024-05-13T10:00:00.250000"),
    ],
)
def test_epochs_by_their_length(tmp_path: Path, value: str, utc: str) -> None:
    """Ten digits are seconds, thirteen milliseconds, sixteen microseconds; always UTC."""
    found = times_of(tmp_path, [value] * 3, AMSTERDAM)
    assert found.moments == [utc] * 3
    assert found.clock.zoned == 3


def test_declared_epochs(tmp_path: Path) -> None:
    """A declared unit holds for values of any length; what no clock shows is rejected."""
    values = ["0", "1715594400", "99999999999999999", "9" * 40, "-1", "", "soon"]
    found = times_of(tmp_path, values, roles(written="epoch-s"))
    assert found.moments == ["1970-01-01T00:00:00", "2024-05-13T10:00:00"]
    assert [code for _, _, code in found.places] == ["L108", "L108", "L116", "L108", "L108"]
    assert times_of(tmp_path, ["1715594400"], roles(written="epoch-ms")).times == [1715594400000]
    assert times_of(tmp_path, ["1715594400"], roles(written="epoch-us")).times == [1715594400]


def test_a_bad_value_does_not_hide_an_epoch_column(tmp_path: Path) -> None:
    """One value of another length is a reject, not the end."""
    found = times_of(tmp_path, ["1715594400"] * 9 + ["n/a"])
    assert (found.loaded, found.places) == (9, [(10, 11, "L108")])


def test_naive_and_zoned_times_in_one_column(tmp_path: Path) -> None:
    """L109, whichever comes first, with column and record; no time is quietly shifted."""
    naive, zoned = "2024-05-13 10:00:00", "2024-05-13 10:00:00+02:00"
    error = refused(tmp_path, [naive] * 9 + [zoned])
    assert error.code is Code.ZONES_MIXED
    assert (error.problems[0].place.column, error.problems[0].place.record) == ("time", 10)
    found = times_of(tmp_path, [zoned] * 9 + [naive])
    assert found.places == [(10, 11, "L109")]
    assert found.loaded == 9


@pytest.mark.parametrize("zoned", ["13-05-2024 10:00:00+02:00", "13-05-2024 10:00 Z"])
def test_an_offset_in_a_day_first_column(tmp_path: Path, zoned: str) -> None:
    """The same for dates that are not ISO."""
    error = refused(tmp_path, ["13-05-2024 10:00:00"] * 9 + [zoned])
    assert error.code is Code.ZONES_MIXED


@pytest.mark.parametrize("value", ["", "call 2024-12", "unknown ABZ", "2024-13-01 10:00:00Z"])
def test_what_is_no_time_is_rejected_as_such(tmp_path: Path, value: str) -> None:
    """Rubbish that ends like an offset is rubbish (L108), in zoned and in naive columns."""
    for good in ("2024-05-13 10:00:00Z", "2024-05-13 10:00:00"):
        if good.endswith("00") and value.endswith("00Z"):
            continue
        assert times_of(tmp_path, [good] * 9 + [value]).places == [(10, 11, "L108")]


@pytest.mark.parametrize(
    "value", ["0102-05-13 10:00:00", "1969-12-31 23:59:59", "2101-01-02", "290000-01-01 10:00:00"]
)
def test_years_outside_1970_to_2100_are_rejected(tmp_path: Path, value: str) -> None:
    """A year 0102 is a slip of the pen; it would make a journey of two thousand years."""
    code = "L116" if len(value) < 21 else "L108"
    for zone in (roles("UTC"), AMSTERDAM):
        found = times_of(tmp_path, ["2024-05-13 10:00:00"] * 9 + [value], zone)
        assert [place[2] for place in found.places] in ([code], ["L116"])


def test_day_first_proven_late(tmp_path: Path) -> None:
    """The only day over 12 stands in record 3,001: the whole column is read day first."""
    values = [f"{1 + n % 12:02}-{1 + n % 11:02}-2024 10:00" for n in range(3000)]
    found = times_of(tmp_path, [*values, "13-02-2024 10:00", "01-02-2024 10:00"])
    assert found.loaded == 3002
    assert found.moments[0] == "2024-01-01T10:00:00"
    assert found.moments[1] == "2024-02-02T10:00:00"
    assert found.moments[14] == "2024-04-03T10:00:00"
    assert found.moments[-1] == "2024-02-01T10:00:00"


def test_month_first_proven_late(tmp_path: Path) -> None:
    """The other way round."""
    values = ["01/02/2024"] * 3000
    assert times_of(tmp_path, [*values, "01/13/2024"]).moments[0] == "2024-01-02T00:00:00"


def test_the_settled_format_is_written_down(tmp_path: Path) -> None:
    """What was proven by the whole file is declared for the reading that follows."""
    path = written(tmp_path, csv_text([("c", "a", "13-05-2024 10:00")]))
    given = settled(source(path, "csv", roles("UTC")))
    assert given.roles.time == TimeColumn(("time",), "%d-%m-%Y %H:%M", "UTC")
    found = {row.role: row.because for row in inspected(source(path)).found}
    assert "%d-%m-%Y %H:%M" in found["time"]


@pytest.mark.parametrize("count", [1, 100, 3000])
def test_an_order_that_nothing_proves_is_an_error(tmp_path: Path, count: int) -> None:
    """L110 with the way out; 03-05 is never guessed."""
    error = refused(tmp_path, ["03-05-2024 10:00:00"] * count)
    assert error.code is Code.DAY_MONTH_UNCLEAR
    assert "--time-format" in error.problems[0].remedy
    assert error.problems[0].place.column == "time"


def test_both_parts_over_twelve_is_an_error(tmp_path: Path) -> None:
    """L110: two orders in one column."""
    assert refused(tmp_path, ["13-05-2024", "05-13-2024"]).code is Code.DAY_MONTH_UNCLEAR


@pytest.mark.parametrize("value", ["99-99-9999", "32-01-2024", "2024-01-05", "77-01-2024 10:00"])
@pytest.mark.parametrize("before", [10, 3000])
def test_placeholders_prove_no_order(tmp_path: Path, value: str, before: int) -> None:
    """No day is over 31, so such a value says nothing about the others."""
    error = refused(tmp_path, ["03-05-2024"] * before + [value])
    assert error.code is Code.DAY_MONTH_UNCLEAR


def test_a_declared_order_ends_the_doubt(tmp_path: Path) -> None:
    """What nothing proves can be said."""
    value = ["03-05-2024 10:00:00"]
    day = times_of(tmp_path, value, roles("UTC", "%d-%m-%Y %H:%M:%S"))
    month = times_of(tmp_path, value, roles("UTC", "%m-%d-%Y %H:%M:%S"))
    assert (day.moments, month.moments) == (["2024-05-03T10:00:00"], ["2024-03-05T10:00:00"])


def test_the_hour_that_comes_twice(tmp_path: Path) -> None:
    """27 October 2024, 02:30 in the Netherlands: counted, and read as the second one (CET)."""
    values = [
        "2024-10-27 01:59:59",
        "2024-10-27 02:00:00",
        "2024-10-27 02:30:00",
        "2024-10-27 02:30:00",
        "2024-10-27 02:59:59",
        "2024-10-27 03:00:00",
    ]
    found = times_of(tmp_path, values, AMSTERDAM)
    assert (found.clock.doubled_hour, found.clock.skipped_hour, found.clock.naive) == (4, 0, 6)
    assert found.moments == [
        "2024-10-26T23:59:59",
        "2024-10-27T01:00:00",
        "2024-10-27T01:30:00",
        "2024-10-27T01:30:00",
        "2024-10-27T01:59:59",
        "2024-10-27T02:00:00",
    ]


def test_the_hour_that_never_is(tmp_path: Path) -> None:
    """31 March 2024, 02:30 in the Netherlands: counted, and read as an hour later."""
    values = ["2024-03-31 01:59:59", "2024-03-31 02:30:00", "2024-03-31 03:00:00"]
    found = times_of(tmp_path, values, AMSTERDAM)
    assert (found.clock.doubled_hour, found.clock.skipped_hour) == (0, 1)
    assert found.moments == ["2024-03-31T00:59:59", "2024-03-31T01:30:00", "2024-03-31T01:00:00"]


def test_clock_changes_count_only_what_is_loaded_and_naive(tmp_path: Path) -> None:
    """Offsets leave no doubt, UTC has no such hours, and rejected rows do not count."""
    doubled = "2024-10-27 02:30:00"
    assert times_of(tmp_path, [doubled + "+01:00"], AMSTERDAM).clock.doubled_hour == 0
    assert times_of(tmp_path, [doubled], roles("UTC")).clock.doubled_hour == 0
    rows = [("c1", "", doubled), ("c1", "a", doubled), ("", "a", doubled)]
    assert from_csv(tmp_path, csv_text(rows), AMSTERDAM).clock.doubled_hour == 1


@pytest.mark.parametrize("zone", ["Europe/Amsterdam", "America/New_York", "Asia/Kolkata"])
def test_a_year_of_local_times_agrees_with_python(tmp_path: Path, zone: str) -> None:
    """Outside the hours of change both must give the same instant."""
    from zoneinfo import ZoneInfo

    locals_ = [
        datetime(2024, month, day, hour, 17)
        for month in range(1, 13)
        for day in (1, 15, 28)
        for hour in (0, 5, 12, 23)
    ]
    found = times_of(tmp_path, [str(one) for one in locals_], roles(zone))
    expected = [one.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) for one in locals_]
    assert found.moments == [one.replace(tzinfo=None).isoformat() for one in expected]


def test_several_columns_are_joined(tmp_path: Path) -> None:
    """Date and time in two columns, as call centres export them."""
    declared = roles("Europe/Amsterdam", None, ("Datum", "Begintijd"))
    header = ("customer", "activity", "Datum", "Begintijd")
    rows = [
        ("c1", "a", "13-05-2024", "9:05:00"),
        ("c2", "b", " 14-05-2024 ", " 10:00:30 "),
        ("c3", "c", "15-05-2024", ""),
        ("c4", "d", "", "10:00:00"),
        ("c5", "e", "", ""),
    ]
    found = from_csv(tmp_path, csv_text(rows, header, ";"), declared)
    assert found.moments == ["2024-05-13T07:05:00", "2024-05-14T08:00:30"]
    assert [place[2] for place in found.places] == ["L108"] * 3
    written_down = roles("Europe/Amsterdam", "%d-%m-%Y %H:%M:%S", ("Datum", "Begintijd"))
    assert from_csv(tmp_path, csv_text(rows, header, ";"), written_down).times == found.times


def test_a_missing_time_of_day_is_not_midnight(tmp_path: Path) -> None:
    """An ISO date alone would be readable; half a time is still no time."""
    declared = roles("UTC", None, ("day", "clock"))
    header = ("customer", "activity", "day", "clock")
    rows = [("c", "a", "2024-05-13", "10:00:00")] * 9 + [("c", "a", "2024-05-13", " ")]
    found = from_csv(tmp_path, csv_text(rows, header), declared)
    assert (found.loaded, found.places) == (9, [(10, 11, "L108")])


@pytest.mark.parametrize(
    ("pattern", "value", "utc"),
    [
        ("%d-%m-%Y %H:%M:%S", "03-05-2024 09:05:00", "2024-05-03T09:05:00"),
        ("%d/%b/%Y:%H:%M:%S %z", "13/May/2024:10:00:00 +0200", "2024-05-13T08:00:00"),
        ("%Y%m%d%H%M%S", "20240513100000", "2024-05-13T10:00:00"),
        ("%Y-%m-%dT%H:%M:%S%z", "2024-05-13T10:00:00+02:00", "2024-05-13T08:00:00"),
        ("%Y-%m-%d %H:%M:%S.%f", "2024-05-13 10:00:00.25", "2024-05-13T10:00:00.250000"),
        ("%d %B %Y, %I:%M %p", "13 May 2024, 09:05 PM", "2024-05-13T21:05:00"),
        ("%Y-%m-%d", "2024-05-13", "2024-05-13T00:00:00"),
        ("it's %Y/%m/%d", "it's 2024/05/13", "2024-05-13T00:00:00"),
    ],
)
def test_declared_patterns(tmp_path: Path, pattern: str, value: str, utc: str) -> None:
    """A strptime pattern, with or without an offset."""
    found = times_of(tmp_path, [value, "rubbish"], roles("UTC", pattern))
    assert found.moments == [utc]
    assert found.places == [(2, 3, "L108")]
    assert found.clock.zoned == ("%z" in pattern)
    assert found.clock.dates_only == ("%H" not in pattern and "%I" not in pattern)


def test_a_declared_pattern_without_offset_refuses_times_that_carry_one(tmp_path: Path) -> None:
    """L109: what follows the pattern is not thrown away."""
    declared = roles("UTC", "%Y-%m-%d %H:%M:%S")
    error = refused(tmp_path, ["2024-05-13 10:00:00+02:00"] * 3, declared)
    assert error.code is Code.ZONES_MIXED


@pytest.mark.parametrize(
    "value", ["2024-05-13T10:00:00Z", "2024-05-13T12:00:00+02:00", "2024-05-13 10:00:00"]
)
def test_declared_iso_takes_any_iso(tmp_path: Path, value: str) -> None:
    """`iso` says no more than what could be found out."""
    found = times_of(tmp_path, [value] * 2, roles("UTC", "iso"))
    assert found.moments == ["2024-05-13T10:00:00"] * 2


@pytest.mark.parametrize("pattern", ["", "dd-mm-yyyy", "%Q", "%Y-%m-%", "%d-%m-%Y %s", "%Y %"])
def test_a_pattern_that_says_nothing_is_refused(pattern: str) -> None:
    """U101 before any row is read."""
    with pytest.raises(UsageError) as caught:
        declared_format(pattern)
    assert caught.value.code is Code.USAGE


def test_zone_names_are_checked() -> None:
    """U101 for a zone that does not exist."""
    assert known_zone("Europe/Amsterdam") == "Europe/Amsterdam"
    for wrong in ("", "Mars/Phobos", "../etc/passwd", "Europe"):
        with pytest.raises(UsageError):
            known_zone(wrong)


@pytest.mark.parametrize("samples", [[], ["", " "], ["yesterday"], ["12345"], ["10:00:00"]])
def test_what_does_not_look_like_a_time(samples: list[str]) -> None:
    """None, so that the caller can name the column."""
    assert recognise_format(samples) is None


def test_a_format_tells_how_it_reads() -> None:
    """What `sniff` shows."""
    shown = [
        str(recognise_format([value]))
        for value in ("2024-05-13T10:00:00Z", "2024-05-13", "1715594400", "13-05-2024 10:00")
    ]
    assert shown == ["ISO 8601 with offset", "ISO 8601", "epoch-s", "%d-%m-%Y %H:%M"]
    assert declared_format("epoch-ms").shape is Shape.EPOCH


def test_what_is_surely_read_needs_no_respelling() -> None:
    """The engine reads every time that Python is sure of, by the format alone."""
    days = ["2024-02-29", "1970-01-01", "2100-12-31"]
    clocks = ["", "T00:00", " 23:59", "T23:59:59", " 08:30:00.1", "T08:30:00.123456"]
    sure = 0
    with duckdb.connect() as engine:
        engine.execute("SET TimeZone = 'UTC'")
        for day, clock, zone in product(days, clocks, ["", "Z", "+02:00", "-14:59"]):
            value = day + clock + zone
            how = recognise_format([value])
            assert how is not None
            if surely_read([value], how):
                sure += 1
                time = time_sql("x", how, None, all_at_once=True)
                rows = time.over(f"(SELECT '{value}' AS written)")
                assert engine.sql(f"SELECT {time.us} IS NOT NULL FROM {rows}").fetchall() == [
                    (True,)
                ], value
    assert sure == len(days) * (len(clocks) + 3 * (len(clocks) - 1))


@pytest.mark.parametrize(
    "value",
    ["2025-02-29", "2025-01-01T24:00", "2025-1-01", "2025-01-01T08:60", "2025-01-01 08:30 Z", "x"],
)
def test_what_may_need_respelling_is_not_sure(value: str) -> None:
    """One doubtful time is enough, and so is one with a zone among others without."""
    iso = TimeFormat(Shape.ISO, ("%Y-%m-%d",))
    assert not surely_read(["2025-01-01", value], iso)
    assert not surely_read(["2025-01-01T08:30Z"], iso)
    assert not surely_read(["13-01-2025"], TimeFormat(Shape.PARTS, ("%d-%m-%Y",)))
