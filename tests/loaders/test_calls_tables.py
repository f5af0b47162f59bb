"""Calls in tables: contact-centre reports, Asterisk, records without a header."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest
from loaders.exports import ZONED, read, read_file
from real_logs import real

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


ONE_START = (
    "Rapport gesprekken;;;;\n mei 2024;;;;\n"
    "Start;Telefoonnummer;Wachtrij;Wachttijd;Klantnummer\n"
    "13-05-2024 9:05;0612345678;klachten;70;K-1\n"
    ";;;;\n"
    "{total};2;;24:03:10;\n"
)


@pytest.mark.parametrize("total", ["Totaal", "Eindtotaal", "Total", "Grand total:", ""])
def test_titles_above_and_a_total_in_the_column_of_the_start(tmp_path: Path, total: str) -> None:
    """A total is no call: naively it is a reject, and a strict load stops at it."""
    found = read(tmp_path, ONE_START.format(total=total), declared=ZONED)
    assert found.found.activities == [
        "Call started",
        "Call waiting: klachten",
        "Call answered: klachten",
    ]
    assert found.found.table["link 0"].to_pylist() == ["K-1"] * 3
    assert found.filtered == {"TOTALS": 1 + (total != "")} or total == ""
    assert found.rejects == ([] if total else [(3, 6, "L117")])


@pytest.mark.parametrize("written", ["0,00347", "1,5 min", "70 s", "1:75", "-5"])
def test_a_wait_that_cannot_be_read_is_not_no_wait(tmp_path: Path, written: str) -> None:
    """Days and decimal minutes are never guessed; read as zero, waiting would look short."""
    head = "Start;Telefoonnummer;Wachtrij;Wachttijd;Gesprekstijd\n13-05-2024 9:05;0612345678;a;"
    for row in (f"{written};60\n", f"60;{written}\n"):
        found = read(tmp_path, head + row, declared=ZONED)
        assert found.rejects == [(1, 2, "L117")]
    assert read(tmp_path, head + "-;\n", declared=ZONED).found.records == 1, "no wait is no wait"


INTERVALS = {
    "English": "Interval,Queue,Offered,Answered\n2024-05-03 09:00,Sales,12,11\n",
    "a column of telephone calls": (
        "Datum;Tijd;Wachtrij;Aangeboden;Beantwoord;Wachttijd;Telefoon\n"
        "13-05-2024;09:00;klachten;12;11;00:01:00;5\n"
    ),
    "totals of callers": (
        "Start,Caller,Queue,Wait time,Calls offered,Calls answered\n2024-05-13 09:00,30,a,5,12,11\n"
    ),
    "half hours": "Datum;Half uur;Wachtrij;Aantal gesprekken\n13-05-2024;09:00;a;12\n",
}


@pytest.mark.parametrize("text", INTERVALS.values(), ids=list(INTERVALS))
def test_a_report_by_interval_is_no_list_of_calls(tmp_path: Path, text: str) -> None:
    """So many calls an hour: there is nobody to follow, and that is said."""
    with pytest.raises(DataError) as caught:
        read(tmp_path, text, declared=ZONED)
    (problem,) = caught.value.problems
    assert problem.code.value == "L122"
    assert "interval" in problem.message and "one row a call" in (problem.remedy or "")


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


def test_asterisk_records_that_are_no_answers(tmp_path: Path) -> None:
    """Voicemail and busy are told as such; a bad time and a cut row are rejected."""
    rows = [
        cdr(app="VoiceMail", leg="", more=',"17.1",""'),
        cdr("BUSY", more=',"17.2",""'),
        cdr(more=',"17.3",""').replace('"2024-05-03 09:05:01"', '"soon"'),
        cdr(more=',"17.4",""')[:34] + "\n",
        cdr(more=',"17.5",""').replace('"0612345678","800"', '"","800"').replace("J. J", "J, J"),
    ]
    found = read(tmp_path, "".join(rows), declared=ZONED)
    assert found.told == [
        "0612345678 | Call started | 2024-05-03T07:05:01",
        "0612345678 | Voicemail | 2024-05-03T07:05:03",
        "0612345678 | Call started | 2024-05-03T07:05:01",
        "0612345678 | Call not answered | 2024-05-03T07:11:40",
        "0612345678 | Call started | 2024-05-03T07:05:01",
        "0612345678 | Call answered | 2024-05-03T07:05:03",
    ]
    assert found.rejects == [(3, 3, "L108"), (4, 4, "L115")]


def test_another_order_of_columns_is_not_guessed(tmp_path: Path) -> None:
    """Asterisk can be told any order: read by place it would mix callers; columns name it."""
    row = '"""J"" <0612345678>","0612345678","800","Dial","2024-05-03 09:05:01","ANSWERED","17.1"'
    with pytest.raises(DataError) as caught:
        read(tmp_path, f"{row}\n" * 3, declared=ZONED)
    assert caught.value.problems[0].code.value == "L105"
    roles = Roles(
        time=TimeColumn(("start",), zone="UTC"), activity="how", customer=Identifier("src")
    )
    columns = names("clid", "src", "dst", "app", "start", "how", "id")
    assert read(tmp_path, f"{row}\n" * 3, declared=roles, extras=columns).found.records == 3


def test_all_that_happens_in_a_queue(tmp_path: Path) -> None:
    """Answered and handed on; out by a key or after too long; what cannot be read is rejected."""
    log = (
        "1714719912|1.1|klacht|NONE|ENTERQUEUE||0612345678|1\n"
        "1714719952|1.1|klacht|SIP/21|CONNECT|40|1.2|3\n"
        "1714719990|1.1|klacht|SIP/21|BLINDTRANSFER|99|ctx|40|38|1\n"
        "1714719912|1.3|klacht|NONE|ENTERQUEUE||0612345679|1\n"
        "1714719932|1.3|klacht|NONE|EXITWITHKEY|1|1|1|20\n"
        "1714719912|1.4|klacht|NONE|ENTERQUEUE||0612345670|1\n"
        "1714719942|1.4|klacht|NONE|EXITWITHTIMEOUT|1|1|30\n"
        "1714719932|1.5|klacht|SIP/2|CONNECT|1|1|20\n"
        "1714719932|NONE|NONE|SIP/2|ADDMEMBER|\n"
        "broken\n"
        "17147199x9|1.6|klacht|NONE|ENTERQUEUE||0612345671|1\n"
    )
    found = read(tmp_path, log)
    assert found.told == [
        "0612345678 | Call waiting: klacht | 2024-05-03T07:05:12",
        "0612345678 | Call answered: klacht | 2024-05-03T07:05:52",
        "0612345678 | Call transferred: klacht | 2024-05-03T07:06:30",
        "0612345679 | Call waiting: klacht | 2024-05-03T07:05:12",
        "0612345679 | Call left the queue by menu: klacht | 2024-05-03T07:05:32",
        "0612345670 | Call waiting: klacht | 2024-05-03T07:05:12",
        "0612345670 | Call waiting ended without answer: klacht | 2024-05-03T07:05:42",
    ]
    assert found.rejects == [(10, 10, "L115"), (11, 11, "L108")]
    assert found.filtered == {"INTERNAL": 1, "NOBODY": 1}, "entered in an older file"


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
    assert (found.read, found.customers) == (len(rows), [row["caller_id_number"] for row in rows])
    assert found.activities == [row["hangup_cause_id"] for row in rows]
    assert found.moments == [row["starting_date"].replace(" ", "T") for row in rows]


def test_declared_columns_must_be_as_many_as_there_are(tmp_path: Path) -> None:
    """Three names for two columns would shift everything; it is refused."""
    roles = Roles(time=TimeColumn(("b",)), activity="a", customer=Identifier("c"))
    with pytest.raises(DataError) as caught:
        read(tmp_path, "1;2024-05-03\n2;2024-05-04\n3;2024-05-05\n", declared=roles,
             extras=names("a", "b", "c"))  # fmt: skip
    assert caught.value.problems[0].code.value == "L105"
