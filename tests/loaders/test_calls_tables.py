"""Calls in tables: contact-centre reports, Asterisk, records without a header."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest
from loaders.exports import ZONED, read, read_file, real

from cjmine.errors import DataError
from cjmine.sources import Extras, Identifier, Kind, Roles, TimeColumn

REPORT = (
    "sep=;\r\n"
    "Datum;Begintijd;Telefoonnummer;Keuzemenu;Wachtrij;Wachttijd;Gesprekstijd;Afhandelcode;"
    "Opgehangen;Doorverbonden\r\n"
    "13-05-2024;9:05;06-12345678;1 Nota;klachten;00:01:10;00:05:00;prijs €;Nee;experts\r\n"
    "03-05-2024;9:05;06-12345679;2;klachten;02:10;;;Ja;\r\n"
    "03-05-2024;;06-12345679;2;klachten;5;;;Ja;\r\n"
    "Totaal;;;;;24:03:10;;;;\r\n"
)


def test_a_report_row_becomes_the_moments_of_a_call(tmp_path: Path) -> None:
    """cp1252, sep=, day first by proof, waits as h:mm:ss and mm:ss, a total at the end."""
    found = read(tmp_path, REPORT.encode("cp1252"), declared=ZONED)
    assert found.told == [
        "06-12345678 | Call started | 2024-05-13T07:05:00",
        "06-12345678 | Call menu: 1 Nota | 2024-05-13T07:05:00",
        "06-12345678 | Call waiting: klachten | 2024-05-13T07:05:00",
        "06-12345678 | Call answered: klachten | 2024-05-13T07:06:10",
        "06-12345678 | Call transferred: experts | 2024-05-13T07:11:10",
        "06-12345678 | Call reason: prijs € | 2024-05-13T07:11:10",
        "06-12345679 | Call started | 2024-05-03T07:05:00",
        "06-12345679 | Call menu: 2 | 2024-05-03T07:05:00",
        "06-12345679 | Call waiting: klachten | 2024-05-03T07:05:00",
        "06-12345679 | Call abandoned while waiting: klachten | 2024-05-03T07:07:10",
    ]
    assert found.rejects == [(3, 5, "L117")], "a day without a clock is not midnight"
    assert found.filtered == {"TOTALS": 1}


def test_english_headings_and_calls_that_go_out(tmp_path: Path) -> None:
    """Direction, a missed call, whole seconds."""
    text = (
        "Start time,Caller ID,Queue,Wait time,Talk time,Direction,Result\n"
        "2024-05-03 09:00:00,0612345678,Sales,15,60,Inbound,Answered\n"
        "2024-05-03 10:00:00,0612345678,Sales,0,30,Outbound,Answered\n"
        "2024-05-03 11:00:00,0612345678,Sales,20,0,Inbound,Missed\n"
    )
    found = read(tmp_path, text, declared=ZONED).found
    assert found.activities == [
        "Call started",
        "Call waiting: Sales",
        "Call answered: Sales",
        "Called by us",
        "Call started",
        "Call waiting: Sales",
        "Call not answered",
    ]


def test_a_report_by_interval_is_no_list_of_calls(tmp_path: Path) -> None:
    """So many calls an hour: there is nobody to follow, and that is said."""
    text = "Interval,Queue,Offered,Answered\n2024-05-03 09:00,Sales,12,11\n"
    with pytest.raises(DataError) as caught:
        read(tmp_path, text)
    assert {problem.code.value for problem in caught.value.problems} <= {"L107", "L104"}


CDR = (
    '"{account}","0612345678","800","from-trunk","""J. Jansen"" <0612345678>","SIP/t-1",'
    '"{leg}","{app}","klacht,t,,,300","2024-05-03 09:05:01",{answer},"2024-05-03 09:11:40",'
    '399,397,"{how}","DOCUMENTATION"'
)


def cdr(
    how: str = "ANSWERED",
    app: str = "Dial",
    leg: str = "SIP/21-2",
    more: str = ',"1714719901.12",""',
) -> str:
    answer = '"2024-05-03 09:05:03"' if how == "ANSWERED" else ""
    return CDR.format(account="", leg=leg, app=app, answer=answer, how=how) + more + "\n"


@pytest.mark.parametrize(
    "more", ["", ',"1714719901.12",""', ',"1714719901.12","","","1714719901.12",7'],
    ids=["16 columns", "18 columns", "21 columns"],
)  # fmt: skip
def test_asterisk_rows_of_every_width(tmp_path: Path, more: str) -> None:
    """The last columns depend on how Asterisk was built; there is no header either way."""
    found = read(tmp_path, cdr(more=more), declared=ZONED)
    assert found.told == [
        "0612345678 | Call started | 2024-05-03T07:05:01",
        "0612345678 | Call answered | 2024-05-03T07:05:03",
    ]


def test_a_queue_that_the_records_call_answered(tmp_path: Path) -> None:
    """Who hangs up while waiting counts as ANSWERED: the record tells the start, no more."""
    for leg in ("", "SIP/21-2"):
        found = read(tmp_path, cdr(app="Queue", leg=leg), declared=ZONED).found
        assert found.activities == ["Call started"]
    log = (
        "1714719900|NONE|NONE|NONE|QUEUESTART|\n"
        "1714719912|1714719901.12|klacht|NONE|ENTERQUEUE||0612345678|1\n"
        "1714719915|1714719901.12|klacht|SIP/21|RINGNOANSWER|1000\n"
        "1714719952|1714719901.12|klacht|NONE|ABANDON|1|1|40\n"
    )
    told = read(tmp_path, log)
    assert told.told == [
        "0612345678 | Call waiting: klacht | 2024-05-03T07:05:12",
        "0612345678 | Call abandoned while waiting: klacht | 2024-05-03T07:05:52",
    ]
    assert told.filtered == {"INTERNAL": 2}


def test_legs_of_one_call_are_not_calls(tmp_path: Path) -> None:
    """Rows with one linkedid: the first tells the call, an answered later one the transfer."""
    tail = ',"17.{}","","","17.1",{}'
    rows = [
        cdr(more=tail.format(1, 1)),
        cdr(more=tail.format(2, 2)).replace("09:05:03", "09:08:00"),
        cdr("NO ANSWER", more=tail.format(3, 3)),
    ]
    found = read(tmp_path, "".join(rows), declared=ZONED)
    assert found.found.activities == ["Call started", "Call answered", "Call transferred"]
    assert found.filtered == {"FURTHER_LEG": 1}


def names(*columns: str) -> Extras:
    return Extras(columns=columns)


@pytest.mark.real_data
def test_real_records_without_a_header() -> None:
    """Columns are declared; blanks after commas and epoch seconds are read."""
    path = real("calls/cdr/import_cdr_100.txt")
    rows = [[cell.strip() for cell in row] for row in csv.reader(path.read_text().splitlines())]
    roles = Roles(
        time=TimeColumn(("when",), "epoch-s"),
        activity="cause",
        customer=Identifier("number", Kind.PHONE),
    )
    columns = ("id", "name", "number", "duration", "billed", "cause", "call", "when")
    found = read_file(path, roles, names(*columns)).found
    assert found.records == len(rows)
    assert found.activities == [row[5] for row in rows]
    expected = [datetime.fromtimestamp(int(row[7]), UTC).replace(tzinfo=None) for row in rows]
    assert found.moments == [moment.isoformat() for moment in expected]


@pytest.mark.real_data
def test_real_semicolons_without_a_header() -> None:
    """The same for a file with semicolons and local times."""
    path = real("calls/bandicoot/u_test.csv")
    rows = list(csv.reader(path.read_text().splitlines(), delimiter=";"))
    roles = Roles(
        time=TimeColumn(("when",), zone="UTC"), activity="kind", customer=Identifier("other")
    )
    columns = ("kind", "direction", "own", "other", "when", "duration", "x", "y")
    found = read_file(path, roles, names(*columns)).found
    assert (found.records, found.activities) == (len(rows), [row[0] for row in rows])


@pytest.mark.real_data
def test_real_records_with_a_header() -> None:
    """A switch's own table: declared columns, every row accounted for."""
    path = real("calls/cdr/CDRImport-2015-10-26.csv")
    rows = list(csv.DictReader(path.read_text().splitlines()))
    roles = Roles(
        time=TimeColumn(("starting_date",), zone="UTC"),
        activity="hangup_cause_id",
        customer=Identifier("caller_id_number", Kind.PHONE),
    )
    found = read_file(path, roles).found
    assert found.read == len(rows)


def test_declared_columns_must_be_as_many_as_there_are(tmp_path: Path) -> None:
    """Three names for two columns would shift everything; it is refused."""
    roles = Roles(time=TimeColumn(("b",)), activity="a", customer=Identifier("c"))
    with pytest.raises(DataError) as caught:
        read(tmp_path, "1;2024-05-03\n2;2024-05-04\n3;2024-05-05\n", declared=roles,
             extras=names("a", "b", "c"))  # fmt: skip
    assert caught.value.problems[0].code.value == "L105"
