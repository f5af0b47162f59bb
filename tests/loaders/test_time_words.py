"""Times in words: month names in many languages, zones, half-day clocks, odd blanks."""

from __future__ import annotations

import random
from pathlib import Path

import duckdb
import pytest
from loaders.reading import roles, times_of

from cjmine.errors import Code, DataError
from cjmine.loaders.time_words import PLAIN, may_be_time, named, named_sql, plain, plain_sql

AMSTERDAM = roles("Europe/Amsterdam")
SPELT = {
    # Names of months
    "24 mei 2022 08:23": "2022-05-24T06:23:00",
    "1 mrt 2022 00:00": "2022-02-28T23:00:00",
    "1 okt. 2022 00:00": "2022-09-30T22:00:00",
    "24-mei-22 08:23": "2022-05-24T06:23:00",
    "12 maart 2025": "2025-03-11T23:00:00",
    "24-May-2022 08:23:07": "2022-05-24T06:23:07",
    "24-MAY-22 08.23.07.000000 AM": "2022-05-24T06:23:07",
    "12. März 2025 08:30": "2025-03-12T07:30:00",
    "12. Jänner 2025 um 08:30 Uhr": "2025-01-12T07:30:00",
    "12 Dez. 2025": "2025-12-11T23:00:00",
    "lundi 12 févr. 2025 à 08h30": "2025-02-12T07:30:00",
    "mar. 12 mai 2025 08:30": "2025-05-12T06:30:00",
    "7 juillet 2025 - 11:00": "2025-07-07T09:00:00",
    "7 juin 2025 11:00": "2025-06-07T09:00:00",
    "12 août 2025 20:15": "2025-08-12T18:15:00",
    "lunes, 12 de mayo de 2025 8:30": "2025-05-12T06:30:00",
    "31-dic-2025": "2025-12-30T23:00:00",
    "12 ott 2025 10:00": "2025-10-12T08:00:00",
    "12 out 2025 10:00": "2025-10-12T08:00:00",
    "1. januar 2025": "2024-12-31T23:00:00",
    "di 12 mei 2026 om 8.30 uur": "2026-05-12T06:30:00",
    "May 12th, 2025 at 8:30 p.m.": "2025-05-12T18:30:00",
    "Sept. 3, 2025 8:30 PM": "2025-09-03T18:30:00",
    "2025 May 12 08:30": "2025-05-12T06:30:00",
    "24MAY2022:08:23:07": "2022-05-24T06:23:07",
    # Zones in the text, whatever is declared
    "Tue Oct 10 00:00:00 GMT 2023": "2023-10-10T00:00:00",
    "Sat Jan 13 08:30:00 CET 2024": "2024-01-13T07:30:00",
    "Sat Jul 13 08:30:00 CET 2024": "2024-07-13T07:30:00",
    "Mon May 12 2025 08:30:00 GMT+0200 (Central European Summer Time)": "2025-05-12T06:30:00",
    "2025-05-12T08:30:00+02:00[Europe/Amsterdam]": "2025-05-12T06:30:00",
    "2025-05-12 08:30:00 America/New_York": "2025-05-12T12:30:00",
    "2025-05-12 08:30:00 (CEST)": "2025-05-12T06:30:00",
    "2025-05-12 08:30 UTC+1": "2025-05-12T07:30:00",
    "2025-05-12 08:30 GMT+5:30": "2025-05-12T03:00:00",
    "2025-05-12 08:30 PST": "2025-05-12T16:30:00",
    "13-05-2025 08:30 +0200": "2025-05-13T06:30:00",
    "May 12, 2025 8:30 PM UTC": "2025-05-12T20:30:00",
    "10/Oct/2000:13:55:36 -0700": "2000-10-10T20:55:36",
    "20250512T083000Z": "2025-05-12T08:30:00",
    # Half-day clocks, midnight at the end of a day
    "5/13/2025 12:05:00 AM": "2025-05-12T22:05:00",
    "5/13/2025 12:05PM": "2025-05-13T10:05:00",
    "13/5/2025 8:30 p. m.": "2025-05-13T18:30:00",
    "2025-05-12 8 AM": "2025-05-12T06:00:00",
    "13-05-2025 24:00": "2025-05-13T22:00:00",
    "31 december 2025 24:00:00": "2025-12-31T23:00:00",
    "2025-05-12T24:00:00Z": "2025-05-13T00:00:00",
    # Blanks and marks that are hardly seen
    "5/13/2017   8:33": "2017-05-13T06:33:00",
    "2/13/2025, 8:30:00\u202fPM": "2025-02-13T19:30:00",
    "13-2-2025\u00a008:30": "2025-02-13T07:30:00",
    "\u200e13\u200e-\u200e05\u200e-\u200e2025\u200f \u200e08:30": "2025-05-13T06:30:00",
    "2025-05-12\u2009\u200908:30:00": "2025-05-12T06:30:00",
    # Forms of programs
    "20250512083000": "2025-05-12T06:30:00",
    "20250512T083000+0530": "2025-05-12T03:00:00",
    "20250512T083000.5Z": "2025-05-12T08:30:00.500000",
    "20250512 083000": "2025-05-12T06:30:00",
    "2025-05-12-08.30.00.123456": "2025-05-12T06:30:00.123456",
    "12 May 2025 08:30:00:123": "2025-05-12T06:30:00.123000",
    "2025-05-12 10:00 (GMT+05:30) India Standard Time (Asia/Kolkata)": "2025-05-12T04:30:00",
    "2025-05-12 10:00 +5:30": "2025-05-12T04:30:00",
    "12 mei 2025 10:00 UTC\u22123:30": "2025-05-12T13:30:00",
    "2025-05-12 10:00:00 -0930": "2025-05-12T19:30:00",
    "2025-05-12T10:00:00.000+05:45[Asia/Kathmandu]": "2025-05-12T04:15:00",
    "08:30 13-05-2025": "2025-05-13T06:30:00",
    "13-05-2025 08.30 uur": "2025-05-13T06:30:00",
}


@pytest.mark.parametrize(("value", "utc"), SPELT.items(), ids=[ascii(one) for one in SPELT])
def test_a_time_in_words_is_its_moment(tmp_path: Path, value: str, utc: str) -> None:
    """Every spelling is the moment that it names."""
    found = times_of(tmp_path, [value] * 2, AMSTERDAM)
    assert found.moments == [utc] * 2


def test_python_and_the_engine_respell_alike() -> None:
    """What recognises a column and what reads it go by one table of rules."""
    values = [*SPELT, "hello", "45719.41667", "2025-05-12 08:30 IST", "99-99-9999", "12 3", ""]
    with duckdb.connect() as engine:
        engine.execute("CREATE TABLE t AS SELECT unnest($1) AS x", [values])
        query = f"SELECT x, {named_sql('x')}, {plain_sql('x')} FROM t"
        assert engine.sql(query).fetchall() == [(one, named(one), plain(one)) for one in values]


def test_any_mixture_of_parts_is_respelt_alike() -> None:
    """Seeded mixtures of what times are made of, most of them no times."""
    parts = (
        "12 3 2025 08:30 8.30 24:00 AM p.m. - / . , : mei März févr. GMT CET +02:00 -0700 Z T (CEST)"
        " [Europe/Amsterdam] uur om à Tue ma 00 1e st é ß ' \" \\ ٣ ﬁ \u0301 \u200e"
    )
    mixed, atoms = random.Random(7), parts.split(" ")
    values = [
        "".join(mixed.choice([*atoms, " ", "\u202f"]) for _ in range(mixed.randint(1, 9)))
        for _ in range(5000)
    ]
    with duckdb.connect() as engine:
        engine.execute("CREATE TABLE t AS SELECT unnest($1) AS x", [values])
        found = engine.sql(f"SELECT x, {named_sql('x')}, {plain_sql('x')} FROM t").fetchall()
    assert [one for one in found if one[1:] != (named(one[0]), plain(one[0]))] == []


def test_what_has_no_date_is_never_a_time() -> None:
    """What is passed over at a glance would not become a time by any rule."""
    mixed = random.Random(8)
    days, months, years = "12 3e 07", "mei März févr. de\u0301c aug 05", "2025 1999 25"
    orders = [(days, months, years), (months, days, years), (years, months, days)]
    values = list(SPELT)
    for _ in range(5000):
        date = [mixed.choice(one.split()) for one in mixed.choice(orders)]
        text = mixed.choice(["-", "/", ".", " ", "", "\u202f", "\u2212"]).join(date)
        text = mixed.choice(["", "di ", "Tue, "]) + text + mixed.choice(["", " 08:30", " 9u15 CET"])
        at = mixed.randrange(len(text))
        values.append(text[:at] + mixed.choice(["", "\u200e", " ", ","]) + text[at:])
    times = [one for one in values if PLAIN.fullmatch(plain(one))]
    assert len(times) > 500
    assert [one for one in times if not may_be_time(one)] == []
    assert not any(map(may_be_time, ("home", "C00012345", "K-104", "10023", "08:30", "Stap 12")))


def test_a_few_odd_spellings_among_others_are_read(tmp_path: Path) -> None:
    """What the form of the column does not read is respelt and tried again."""
    usual = ["13-05-2025 08:30"] * 9
    odd = ["14-05-2025\u202f09:00", "15-05-2025  24:00", "16 mei 2025 10:00"]
    found = times_of(tmp_path, usual + odd, AMSTERDAM)
    assert found.moments[-3:] == [
        "2025-05-14T07:00:00", "2025-05-15T22:00:00", "2025-05-16T08:00:00"
    ]  # fmt: skip


def test_a_declared_pattern_reads_names_and_midnight(tmp_path: Path) -> None:
    """A pattern with %b reads Dutch names, and 24:00 is the end of the day."""
    declared = roles("Europe/Amsterdam", "%d %B %Y %H:%M")
    found = times_of(tmp_path, ["24 mei 2022 08:23", "1 okt. 2022 24:00"], declared)
    assert found.moments == ["2022-05-24T06:23:00", "2022-10-01T22:00:00"]


def test_a_declared_zone_name_is_used_once(tmp_path: Path) -> None:
    """%Z reads CET as one hour, in summer too, and the declared zone changes nothing."""
    declared = roles("Europe/Amsterdam", "%a %b %d %H:%M:%S %Z %Y")
    values = ["Tue Oct 10 00:00:00 GMT 2023", "Sat Jul 13 08:30:00 CET 2024"]
    found = times_of(tmp_path, values, declared)
    assert found.moments == ["2023-10-10T00:00:00", "2024-07-13T07:30:00"]


def test_a_zone_in_one_of_many_is_an_error(tmp_path: Path) -> None:
    """Names with and without a zone in one column are L109, as offsets are."""
    with pytest.raises(DataError) as caught:
        times_of(tmp_path, ["1 mei 2022 00:00"] * 3 + ["2 mei 2022 00:00 CET"], AMSTERDAM)
    assert caught.value.code is Code.ZONES_MIXED


@pytest.mark.parametrize(
    ("value", "cause"),
    [
        ("8:30 PM", "clock times without a day"),
        ("45719,41667", "serial days"),
        ("2025-05-12 08:30 IST", "IST"),
        ("2025-05-12 08:30 klaar", ""),
    ],
)
def test_what_is_no_time_is_said(tmp_path: Path, value: str, cause: str) -> None:
    """L108 says what the values are, where that is known."""
    with pytest.raises(DataError) as caught:
        times_of(tmp_path, [value] * 3, AMSTERDAM)
    problem = caught.value.problems[0]
    assert problem.code is Code.TIME_UNREADABLE
    assert cause in problem.cause


def test_impossible_days_and_clocks_are_rejected(tmp_path: Path) -> None:
    """A month of 13 or an hour of 25 is no time, in words either."""
    values = ["30 feb 2025 10:00", "12 mei 2025 25:00", "12 mei 2025 10:61", "0 mei 2025 10:00"]
    found = times_of(tmp_path, ["12 mei 2025 10:00"] * 5 + values, AMSTERDAM)
    assert len(found.moments) == 5
    assert [one.code for one in found.rejects] == [Code.TIME_UNREADABLE] * 4
