"""Workbooks: the table in a sheet, with what spreadsheets do to it."""

from __future__ import annotations

import contextlib
import datetime
import io
import random
import zipfile
from pathlib import Path
from typing import Any

import pytest
from loaders.exports import ZONED, read
from old_workbooks import old_workbook
from openpyxl import Workbook

from cjmine.errors import Code, DataError
from cjmine.loaders.workbook import read_workbook
from cjmine.sources import Extras

HEADER = ["Klantnummer", "Datum", "Activiteit", "Telefoon"]
MAY = datetime.datetime(2024, 5, 13, 9, 5)


def book(**sheets: list[list[Any]]) -> bytes:
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    sink = io.BytesIO()
    made.save(sink)
    return sink.getvalue()


def test_titles_above_totals_below_and_numbers_as_floats(tmp_path: Path) -> None:
    """Two title rows, an empty row, a total; 612345678.0 is the number 612345678."""
    rows = [
        ["Rapport"], ["mei 2024"], HEADER,
        [612345678.0, MAY, "Aanvraag", 612345678], [],
        [612345679.0, MAY, "Vraag", None], ["Totaal", None, 2],
    ]  # fmt: skip
    found = read(tmp_path, book(Data=rows), declared=ZONED)
    assert found.told == [
        "612345678 | Aanvraag | 2024-05-13T07:05:00",
        "612345679 | Vraag | 2024-05-13T07:05:00",
    ]
    assert found.filtered == {"TOTALS": 1}
    assert found.found.read == 3, "the empty row is no record"


def test_a_reject_is_placed_at_its_row_of_the_sheet(tmp_path: Path) -> None:
    """Row 3 has no time; text among real dates is rejected, not guessed."""
    rows = [HEADER, ["K-1", MAY, "a", None], ["K-2", None, "a", None], ["K-3", MAY, "a", None]]
    rows.append(["K-4", "03-05-2024", "a", None])
    found = read(tmp_path, book(Data=rows), declared=ZONED)
    assert found.rejects == [(2, 3, "L108"), (4, 5, "L108")]


@pytest.mark.parametrize("texts", [["13-05-2024 10:00", "25-05-2024 10:00"], ["5/13/2024 10:00"]])
def test_half_converted_dates_are_refused(tmp_path: Path, texts: list[str]) -> None:
    """Days were taken for months where that was possible: no date has a day over 12, all texts have."""
    dates = [datetime.datetime(2024, 3, 5, 10), datetime.datetime(2024, 12, 5, 10)]
    rows = [HEADER, *(["K-1", one, "a", None] for one in (*dates, *texts))]
    with pytest.raises(DataError) as caught:
        read(tmp_path, book(Data=rows), declared=ZONED)
    problem = caught.value.problems[0]
    assert problem.code is Code.TIME_UNREADABLE
    assert (problem.place.line, problem.message[:20]) == (4, "some cells are dates")


def test_dates_as_text_in_dutch_order(tmp_path: Path) -> None:
    """Text is read as in any table: a part over twelve proves the order."""
    rows = [HEADER, ["K-1", "13-05-2024 09:05", "a", None], ["K-2", "03-05-2024 09:05", "a", None]]
    assert read(tmp_path, book(Data=rows), declared=ZONED).found.moments == [
        "2024-05-13T07:05:00",
        "2024-05-03T07:05:00",
    ]


def test_the_sheet_with_the_events_is_found(tmp_path: Path) -> None:
    """A cover sheet without a table is passed over; another sheet can be named."""
    sheets = {
        "Uitleg": [["Lees mij"]],
        "Data": [HEADER, ["K-1", MAY, "a", 1]],
        "Oud": [HEADER, ["K-9", MAY, "b", 1]],
    }
    assert read(tmp_path, book(**sheets), declared=ZONED).found.activities == ["a"]
    named = read(tmp_path, book(**sheets), declared=ZONED, extras=Extras(sheet="Oud"))
    assert named.found.activities == ["b"]
    with pytest.raises(DataError) as caught:
        read(tmp_path, book(**sheets), declared=ZONED, extras=Extras(sheet="Dat"))
    assert "Data" in caught.value.problems[0].remedy


def test_presets_read_workbooks_too(tmp_path: Path) -> None:
    """A call report saved as a workbook is told as a call report, waits as days and all."""
    rows = [
        ["Start", "Telefoonnummer", "Wachtrij", "Wachttijd", "Afhandelcode"],
        [MAY, 612345678.0, "klachten", datetime.timedelta(seconds=70), "prijs"],
    ]
    found = read(tmp_path, book(Data=rows), declared=ZONED)
    assert found.sniffed.source.format == "contact-centre"
    assert found.told[2] == "612345678 | Call answered: klachten | 2024-05-13T07:06:10"


def test_a_wait_as_a_fraction_of_a_day(tmp_path: Path) -> None:
    """A cell that says 0.00347 is five minutes to a spreadsheet; as a number it is not guessed."""
    head = ["Start", "Telefoonnummer", "Wachtrij", "Wachttijd"]
    waits = [datetime.timedelta(minutes=5), 0.00347, 300.0]
    rows = [
        head,
        *([MAY, 612345678.0, "klachten", wait] for wait in waits),
        ["Totaal", 3, None, 0.0],
    ]
    found = read(tmp_path, book(Data=rows), declared=ZONED)
    answered = [line for line in found.told if "answered" in line]
    assert answered == ["612345678 | Call answered: klachten | 2024-05-13T07:10:00"] * 2
    assert found.rejects == [(2, 3, "L117")]
    assert found.filtered == {"TOTALS": 1}


def bomb() -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/workbook.xml", "<a/>")
        with file.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(1100):
                sheet.write(b"0" * (1 << 20))
    return sink.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        book(Data=[HEADER])[:2000] + b"PK",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        book(Leeg=[]),
    ],
    ids=["cut off", "not a workbook", "empty"],
)
def test_damaged_workbooks_have_a_code(tmp_path: Path, content: bytes) -> None:
    """Nothing the reader raises reaches a user."""
    with pytest.raises(DataError):
        read(tmp_path, content)


def test_a_bomb_is_refused_before_it_unpacks(tmp_path: Path) -> None:
    """A megabyte that would become more than one gibibyte."""
    with pytest.raises(DataError) as caught:
        read(tmp_path, bomb())
    assert caught.value.problems[0].code.value in ("L130", "L122", "L104")


def test_numbers_of_more_digits_than_a_spreadsheet_keeps_are_refused(tmp_path: Path) -> None:
    """A program may have written 16 digits exactly; a spreadsheet leaves a zero at the end."""
    numbers = [123456789012345, 1234567890123456, 1234567890123450, 12345678901234567890]
    table = [["klantnummer", "activiteit", "datum"]]
    table += [[number, "a", datetime.datetime(2026, 3, 2, 10)] for number in numbers]
    found = read(tmp_path, book(Blad=table), "a.xlsx", ZONED)
    assert found.found.customers == ["123456789012345", "1234567890123456"]
    assert [code for _, _, code in found.rejects] == ["L128", "L128"]


OLD = [(0, 0, "klant"), (0, 1, "datum"), (0, 2, "activiteit"), (1, 0, 612345678.0)]
OLD += [(1, 1, "2024-05-13 09:05"), (1, 2, "Aanvraag")]


def test_an_old_workbook_is_read(tmp_path: Path) -> None:
    """The kind before 2007 (.xls): the same table, numbers and all."""
    found = read(tmp_path, old_workbook(OLD), name="a.xls", declared=ZONED)
    assert found.told == ["612345678 | Aanvraag | 2024-05-13T07:05:00"]


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_old_workbook_is_read_or_refused(
    tmp_path: Path, seed: int, capfd: pytest.CaptureFixture[str]
) -> None:
    """Bytes that were changed or cut off end in an error with a code, or in a table."""
    chance = random.Random(seed)
    damaged = bytearray(old_workbook(OLD, OLD))
    for _ in range(1 + seed % 5):
        damaged[chance.randrange(8, len(damaged))] = chance.choice((0, 1, 0x7F, 0xFF))
    if seed % 4 == 0:
        del damaged[chance.randrange(600, len(damaged)) :]
    path = tmp_path / "a.xls"
    path.write_bytes(damaged)
    with contextlib.suppress(DataError):
        read_workbook(path, "a.xls")
    assert capfd.readouterr().err == "", "what the reader writes itself may quote the file"
