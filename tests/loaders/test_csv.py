"""CSV: whatever it holds is read back as it was, and every record is accounted for."""

from __future__ import annotations

import random
import re
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, example, given
from hypothesis import strategies as st
from loaders.reading import (
    EVENTS,
    Outcome,
    csv_text,
    from_csv,
    inspected,
    outcome,
    roles,
    source,
    times_of,
    written,
)
from strategies import examples

from cjmine.errors import Code, DataError
from cjmine.loaders.batch import MOST_REJECTS, LeftOut
from cjmine.loaders.null_words import is_no_value
from cjmine.sources import Identifier, Kind, Roles, TimeColumn, TouchpointRule

T = "2024-05-13 10:00:00"
QUICK = (Phase.explicit, Phase.generate)  # a failing case is small already
GOOD = ("c0", "step", T)
HEADER = "customer,activity,time\n"


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1"],
)
@pytest.mark.parametrize(
    ("end", "delimiter"), [("\n", ";"), ("\r\n", "\t"), ("\r", "|"), ("\r\n", ",")]
)
def test_every_encoding_line_end_and_delimiter(
    tmp_path: Path, encoding: str, end: str, delimiter: str
) -> None:
    """The same events from each of 28 ways to write them, and the same place of the reject."""
    sign = "é\x81" if encoding == "latin-1" else "é €"
    rows = [("c1", f"Café {sign}", T), ("c2", "", T), ("c3", "plain", T)]
    content = csv_text(rows, delimiter=delimiter, end=end).encode(encoding)
    found = from_csv(tmp_path, content)
    assert found.activities == [f"Café {sign}", "plain"]
    assert found.customers == ["c1", "c3"]
    assert found.moments == ["2024-05-13T10:00:00"] * 2
    assert found.places == [(2, 3, "L117")]


def test_big_endian_with_a_mark(tmp_path: Path) -> None:
    """UTF-16 with the mark of the other byte order."""
    content = b"\xfe\xff" + csv_text([("c1", "é €", T)]).encode("utf-16-be")
    assert from_csv(tmp_path, content).activities == ["é €"]


def test_bytes_that_do_not_fit_the_encoding_are_an_error(tmp_path: Path) -> None:
    """L114: half a surrogate pair in UTF-16."""
    content = csv_text([("c1", "x", T)]).encode("utf-16") + b"\x00\xd8"
    with pytest.raises(DataError) as caught:
        from_csv(tmp_path, content)
    assert caught.value.code is Code.ENCODING


def test_mixed_line_ends_change_no_row(tmp_path: Path) -> None:
    """CRLF, LF and CR in one file, and a line end inside quotes."""
    content = f'customer,activity,time\r\nc1,a,{T}\nc2,"b\r\nc",{T}\rc3,d,{T}\r\nc4,,{T}'
    found = from_csv(tmp_path, content)
    assert found.activities == ["a", "b\nc", "d"]
    assert found.places == [(4, 6, "L117")]


@pytest.mark.parametrize(
    "above",
    [
        "sep=,\n",
        "\ufeffsep=,\n",
        "Report of May\n\nby Sales\n",
        '"Report\nof May"\n',
        "\n\n",
        "Report of May,,\n,,\n",
        'Report "May"\n',
        '5" screens\n',
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_above_the_header_lose_no_record(tmp_path: Path, above: str, end: str) -> None:
    """Titles may hold quotes and line ends of their own; lines are still counted from the top."""
    text = above + csv_text([("c1", "a", T), ("c2", "", T), ("c3", "b", T)])
    found = from_csv(tmp_path, text.replace("\n", end))
    assert found.customers == ["c1", "c3"]
    assert found.places == [(2, above.count("\n") + 3, "L117")]


def test_a_lone_return_outside_quotes_ends_the_record(tmp_path: Path) -> None:
    """Nobody can tell what it was meant to be; both halves are rejected, none is guessed."""
    found = from_csv(tmp_path, csv_text([GOOD] * 9) + f"c1,one\rtwo,{T}\n" + f"c2,a,{T}\n")
    assert found.loaded == 10
    assert found.places == [(10, 11, "L115"), (11, 12, "L115")]


def test_blank_lines_are_no_records(tmp_path: Path) -> None:
    """They count as lines, not as records."""
    for end in ("\n", "\r\n"):
        text = HEADER + f"\nc1,a,{T}\n\n\nc2,,{T}\n\nc3,x\n"
        found = from_csv(tmp_path, text.replace("\n", end))
        assert found.read == 3
        assert found.places == [(2, 6, "L117"), (3, 8, "L115")]


@pytest.mark.parametrize(
    "name", ['sa"y', "a;b", "a,b", "two\nlines", "😀", "a'b", "a.b", "c0", "%s"]
)
def test_hostile_column_names(tmp_path: Path, name: str) -> None:
    """A name is never a piece of SQL."""
    declared = Roles(TimeColumn(("time",)), name, Identifier("customer"), keep=("extra",))
    text = csv_text([("c1", "a", T, "k")], ("customer", name, "time", "extra"))
    found = from_csv(tmp_path, text, declared)
    assert found.events == [("c1", "a", found.times[0])]
    assert found.table["extra"].to_pylist() == ["k"]


def test_repeated_and_nameless_columns(tmp_path: Path) -> None:
    """Process-mining tools write an index without a name and columns twice; the first counts."""
    text = csv_text(
        [("0", "c1", "a", T, "other")], ("", "customer", "activity", "time", "activity")
    )
    assert from_csv(tmp_path, text).activities == ["a"]
    second = Roles(TimeColumn(("time",)), "activity 2", Identifier("customer"))
    assert from_csv(tmp_path, text, second).activities == ["other"]


def test_kept_attributes_and_channels(tmp_path: Path) -> None:
    """Declared attributes come along as text, with nulls; other columns do not."""
    header = ("customer", "activity", "time", "kanaal", "amount", "secret")
    rows = [("c1", "a", T, "web", "1,50", "s"), ("c2", "b", T, "", "", "s")]
    declared = Roles(
        TimeColumn(("time",)),
        "activity",
        Identifier("customer"),
        channel_column="kanaal",
        keep=("amount",),
    )
    table = from_csv(tmp_path, csv_text(rows, header, ";"), declared).table
    assert table["channel"].to_pylist() == ["web", None]
    assert table["amount"].to_pylist() == ["1,50", None]
    assert set(table.column_names) == {"customer", "activity", "time", "channel", "amount"}
    inspection = inspected(source(tmp_path / "events.csv", "csv", declared))
    assert inspection.dropped == ("secret",)


def test_rejects_know_record_and_line(tmp_path: Path) -> None:
    """One file with every fault at a known place, quoted newlines and blank lines between."""
    lines = [
        (HEADER, None),
        (f'c1,"two\nlines",{T}\n', None),
        (f"c2,,{T}\n", "L117"),
        ("c3,short\n", "L115"),
        (f'c4,"three\nwhole\nlines",{T}\n', None),
        ("\n", None),
        (f"c5,long,{T},more\n", "L115"),
        (f'c6," \n ",{T}\n', "L117"),
        ("c7,bad time,yesterday\n", "L108"),
        ("c8,no time,\n", "L108"),
        ("c9,long ago,0102-05-13 10:00:00\n", "L116"),
        ("c10,far away,2101-01-01 00:00:00\n", "L116"),
        (f'c11,"behind" quote,{T}\n', "L115"),
        (f"c12,good,{T}\n", None),
        ("c13,short\n", "L115"),
        ("c14,bad day,2024-02-30 10:00:00\n", "L108"),
        (f"c15,good,{T}\n" * 20, None),
        (f"c16,,{T}\n", "L117"),
        ("c17,short", "L115"),
    ]
    expected, line, record = [], 1, 0
    for text, code in lines:
        record += (text.count("\n" + "c15") + 1) if text != "\n" and text != HEADER else 0
        if code:
            expected.append((record, line, code))
        line += text.count("\n")
    found = from_csv(tmp_path, "".join(text for text, _ in lines))
    assert found.places == expected
    assert found.rejected == len(expected)
    assert found.read == record


def test_an_open_quote_swallows_the_rest_and_says_where(tmp_path: Path) -> None:
    """Strict quoting: nothing behind an unclosed quote is guessed at."""
    text = csv_text([GOOD] * 3) + f'c1,"open,{T}\n' + csv_text([GOOD] * 2, GOOD)
    found = from_csv(tmp_path, text)
    assert found.loaded == 3
    assert found.places == [(4, 5, "L115")]


def test_no_value_of_the_data_is_in_any_message(tmp_path: Path) -> None:
    """Reject reasons, errors and descriptions tell the place and the shape only."""
    secret = "geheim"
    bad = [
        f"{secret},{secret}",
        f'{secret},"{secret}" {secret},{T}',
        f"{secret},,{T}",
        f"{secret},{secret},{secret}",
        f"{secret},{secret},{T},{secret}",
    ]
    text = csv_text([GOOD] * 20) + "\n".join(bad) + "\n"
    found = from_csv(tmp_path, text)
    assert found.rejected == len(bad)
    assert secret not in repr(found.rejects)
    for content in (
        HEADER + f"{secret},{secret}\n" * 3,
        HEADER + f"{secret},{secret},{secret}\n" * 3,
        f"{secret},{secret},{T}\n" * 3,
        HEADER + f"{secret},a,{T}\n{secret},b,{T}+01:00\n{secret},b,{T}\n",
        HEADER + f"{secret},a,01-02-2024 {secret}\n" * 3,
    ):
        with pytest.raises(DataError) as caught:
            from_csv(tmp_path, content)
        assert secret not in repr(caught.value.problems)


def test_a_file_whose_every_record_is_bad(tmp_path: Path) -> None:
    """Rows that cannot be taken apart, times that are none, activities that are empty."""
    with pytest.raises(DataError) as caught:
        from_csv(tmp_path, HEADER + "\nc1,a\nc2,b\n")
    assert caught.value.code is Code.ROW_STRUCTURE
    assert caught.value.problems[0].place.line == 3
    with pytest.raises(DataError) as caught:
        from_csv(tmp_path, HEADER + "c1,a,x\nc2,b,y\n")
    assert caught.value.code is Code.TIME_UNREADABLE
    found = from_csv(tmp_path, HEADER + f"c1,,{T}\nc2,,{T}\n")
    assert (found.loaded, found.read, found.rejected) == (0, 2, 2)


def test_a_header_without_records_is_read_as_nothing(tmp_path: Path) -> None:
    """An export of a quiet day is no error."""
    found = from_csv(tmp_path, HEADER)
    assert (found.read, found.loaded) == (0, 0)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("c1,a,2024-05-13 10:00:00\n" * 3, Code.HEADER_MISSING),
        ("just words\nand more\n", Code.HEADER_MISSING),
        (bytes(range(256)) * 40, Code.FORMAT_UNKNOWN),
        ("klant,activity,time\nc1,a,b\n", Code.COLUMN_MISSING),
    ],
)
def test_files_that_are_no_table_of_events(
    tmp_path: Path, content: bytes | str, code: Code
) -> None:
    """Each with its own code and the file's label."""
    with pytest.raises(DataError) as caught:
        from_csv(tmp_path, content)
    assert caught.value.code is code
    assert caught.value.problems[0].place.file == "events.csv"


def test_rows_without_customer_and_ignored_rows_are_filtered(tmp_path: Path) -> None:
    """Filtered is not rejected, and each reason is counted."""
    rows = [("", "a", T), ("  ", "a", T), ("c1", "noise", T), ("", "noise", T), ("c1", "a", T)]
    rules = (TouchpointRule(None, label="noise"), TouchpointRule("Asked", label="a"))
    path = written(tmp_path, csv_text(rows))
    found = outcome(source(path, rules=rules))
    assert found.activities == ["Asked"]
    assert found.filtered == {LeftOut.NOBODY: 2, LeftOut.RULE: 2}
    assert (found.read, found.rejected) == (5, 0)


def test_at_most_a_thousand_rejects_are_listed_and_all_are_counted(tmp_path: Path) -> None:
    """The first thousand in file order, whatever their kind."""
    rows = [GOOD, ("c", "", T), ("c", "short")] * 1500
    found = from_csv(tmp_path, csv_text(rows))
    assert (found.read, found.loaded, found.rejected) == (4500, 1500, 3000)
    assert len(found.rejects) == MOST_REJECTS
    assert found.places[:3] == [(2, 3, "L117"), (3, 4, "L115"), (5, 6, "L117")]
    assert found.places[-1] == (1500, 1501, "L115")


def test_empty_columns_behind_the_last_do_no_harm(tmp_path: Path) -> None:
    """Spreadsheets leave delimiters behind; a value there is another matter."""
    text = HEADER + f"c1,a,{T},,\nc2,b,{T},\nc3,c,{T},,x\nc4,,{T},,\n" + f"c5,a,{T}\n" * 9
    found = from_csv(tmp_path, text)
    assert found.customers == ["c1", "c2"] + ["c5"] * 9
    assert found.places == [(3, 4, "L115"), (4, 5, "L117")]


def test_batches_keep_the_order_and_the_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More rows than one batch holds: file order, record numbers and lines go on."""
    monkeypatch.setattr("cjmine.loaders.engine.BATCH_ROWS", 4096)
    count = 30_000
    rows = [f"c{number},s,{T}\n" for number in range(count)]
    rows[count - 2] = f"x,,{T}\n"
    rows[10] = "x,y\n"
    found = from_csv(tmp_path, HEADER + "".join(rows))
    assert found.batches > 2
    assert found.customers == [f"c{n}" for n in range(count) if n not in (10, count - 2)]
    assert found.places == [(11, 12, "L115"), (count - 1, count, "L117")]


def _hostile() -> st.SearchStrategy[str]:
    letters = st.characters(exclude_categories=["Cs", "Cc"])
    pieces = st.sampled_from(
        [
            '"',
            '""',
            '\\"',
            "\\",
            ",",
            ";",
            "\t",
            "|",
            "\n",
            "\r",
            "\r\n",
            "'",
            "é",
            "😀",
            "€",
            "sep=;",
            "=1+1",
            "--",
            "NULL",
            "\\N",
            "{",
            "[",
            "<",
            "#",
            " ",
            "\u2028",
            "\x85",
        ]
    )
    texts = st.lists(pieces | st.text(letters, max_size=4), min_size=1, max_size=6).map("".join)
    return texts.filter(str.strip)


def _one_end(text: str | None) -> str:
    """Line ends inside a value are kept as line ends, whichever they were."""
    return re.sub(r"\r\n?", "\n", text or "")


_LABEL = _hostile().filter(lambda text: not is_no_value(text))  # such a label is a missing one
ROW = st.tuples(_hostile(), _LABEL, st.integers(0, 4_000_000_000))


@examples(20, phases=QUICK)
@given(
    rows=st.lists(ROW, min_size=1, max_size=12),
    delimiter=st.sampled_from(",;\t|"),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le"]),
    quote_all=st.booleans(),
)
@example(rows=[(",\\", "a", 0)] * 3, delimiter=",", end="\n", encoding="utf-8", quote_all=False)
@example(
    rows=[('\\"', "a", 0), ('"', "b", 1)],
    delimiter=";",
    end="\r\n",
    encoding="utf-8",
    quote_all=False,
)
def test_whatever_python_writes_is_read_back(
    rows: list[tuple[str, str, int]], delimiter: str, end: str, encoding: str, quote_all: bool
) -> None:
    """Any text in any column survives: delimiters, quotes, line ends, backslashes, any script."""
    if not quote_all:  # Python leaves a line end of another kind than the file's unquoted
        rows = [
            (re.sub(r"[\r\n]+", end, one), re.sub(r"[\r\n]+", end, two), seconds)
            for one, two, seconds in rows
        ]
    moments = [datetime(1970, 1, 1) + timedelta(seconds=row[2]) for row in rows]
    table = [
        (customer, activity, moment.isoformat(" "))
        for (customer, activity, _), moment in zip(rows, moments, strict=True)
    ]
    with TemporaryDirectory() as folder:
        text = csv_text(table, delimiter=delimiter, end=end, quote_all=quote_all)
        content = text.encode(encoding)
        found = from_csv(Path(folder), content)
    assert found.read == len(rows)
    assert found.rejects == ()
    assert [
        (_one_end(customer), _one_end(activity), time) for customer, activity, time in found.events
    ] == [
        (_one_end(customer), _one_end(activity.strip(" \t")), seconds * 1_000_000)
        for customer, activity, seconds in rows
    ]


def test_dirty_files_are_accounted_for_and_placed(tmp_path: Path) -> None:
    """Random faults at known places in 12 files: every one found, at its record and line."""
    for seed in range(12):
        chance = random.Random(seed)
        end = chance.choice(["\n", "\r\n"])
        text, line, expected = HEADER.replace("\n", end), 2, []
        for record in range(1, 121):
            kind = chance.choices(
                ["good", "newline", "short", "long", "empty", "time", "blank"],
                [60, 15, 3, 3, 3, 3, 3],
            )[0]
            row, code = {
                "good": (f"c{record},step,{T}", None),
                "newline": (f'c{record},"one{end}two""three{end}",{T}', None),
                "short": (f"c{record},step", "L115"),
                "long": (f"c{record},step,{T},x", "L115"),
                "empty": (f'c{record},"",{T}', "L117"),
                "time": (f"c{record},step,13:00", "L108"),
                "blank": (f"{end}c{record},step,{T}", None),
            }[kind]
            if code:
                expected.append((record, line, code))
            text += row + end
            line += (row + end).count("\n")
        found: Outcome = from_csv(tmp_path, text)
        assert found.places == expected, seed
        assert found.read == 120


def test_identifiers_stay_text(tmp_path: Path) -> None:
    """No zero, digit or sign of an identifier is lost."""
    ids = [
        "0031612345678",
        "+31612345678",
        "12345678901234567890",
        "1e5",
        "TRUE",
        "null",
        "NaN",
        "0x1F",
        "00",
        "-",
    ]
    rows = [(one, "a", T) for one in ids]
    assert from_csv(tmp_path, csv_text(rows)).customers == ids


def test_the_description_tells_what_was_found(tmp_path: Path) -> None:
    """Delimiter, columns, encoding and lines; the reason of each role; no value."""
    path = written(tmp_path, csv_text([("klant-77", "a", T)], delimiter=";").encode("cp1252"))
    inspection = inspected(source(path, "csv", EVENTS))
    assert inspection.description == 'CSV, delimiter ";", 3 columns, UTF-8, 2 lines'
    assert {row.role for row in inspection.found} == {"time", "activity", "customer (customer)"}
    assert "klant-77" not in repr(inspection)


def test_a_time_column_that_is_empty_is_an_error(tmp_path: Path) -> None:
    """L108 at the column: nothing could be dated."""
    with pytest.raises(DataError) as caught:
        times_of(tmp_path, ["", "", ""], roles("UTC"))
    assert caught.value.code is Code.TIME_UNREADABLE
    assert caught.value.problems[0].place.column == "time"


def test_the_order_column_of_celonis_orders_events_of_one_time(tmp_path: Path) -> None:
    """_SORTING breaks ties; by the order of the rows the second step would come first."""
    text = (
        "_CASE_KEY;ACTIVITY_EN;EVENTTIME;_SORTING\n"
        "c1;Second;2024-05-03 10:00:00;20\n"
        "c1;First;2024-05-03 10:00:00;10\n"
        "c1;Broken;;30\n"
        "c1;Third;2024-05-03 11:00:00;5\n"
    )
    found = from_csv(tmp_path, text, Roles())
    assert found.activities == ["First", "Second", "Third"]
    assert found.places == [(3, 4, "L108")]


def test_a_disco_export_is_a_process_log(tmp_path: Path) -> None:
    """Its headings and its way of writing times, with slashes and thousandths."""
    text = (
        "Case ID,Activity,Resource,Start Timestamp,Complete Timestamp,Variant,Variant index\n"
        "1,Register,jan,2024/05/03 10:00:00.000,2024/05/03 10:05:00.000,Variant 1,1\n"
    )
    found = from_csv(tmp_path, text, Roles())
    assert found.activities == ["Register"]
    assert found.moments == ["2024-05-03T10:00:00"]
    assert found.table["case"].to_pylist() == ["1"]


@pytest.mark.parametrize(
    "label",
    ["NULL", "\\N", "#N/A", "(not set)", "n.v.t.", "(leeg)", "NaN", "-", "NA", "#REF!", "None"],
)
def test_a_label_that_says_there_is_none_is_missing(tmp_path: Path, label: str) -> None:
    """It is no touchpoint; a word that somebody may have chosen is one."""
    chosen = ["Unknown", "Not available", "Leeg", "Guest"]
    rows = [("k1", one, "2026-03-02T10:00:00Z") for one in (label, *chosen)]
    found = from_csv(tmp_path, csv_text(rows).encode())
    assert found.places == [(1, 2, "L117")]
    assert found.activities == chosen


def test_identifiers_that_lost_digits_are_rejected_with_their_column(tmp_path: Path) -> None:
    """Customer, case and link alike: a token of them would merge different people."""
    text = (
        "customer,phone,activity,time\n"
        "1,0612345678,a,2026-03-02T10:00:00Z\n"
        '"3,16123E+10",0612345678,a,2026-03-02T10:00:00Z\n'
        "1,3.16123E+10,a,2026-03-02T10:00:00Z\n"
    )
    declared = Roles(
        customer=Identifier("customer"), links=(Identifier("phone", Kind.PHONE, "NL"),)
    )
    found = outcome(source(written(tmp_path, text, "a.csv"), "csv", declared))
    assert [(one.record, one.code, one.column) for one in found.rejects] == [
        (2, Code.IDENTIFIER_ROUNDED, "customer"),
        (3, Code.IDENTIFIER_ROUNDED, "phone"),
    ]
    with_case = outcome(source(written(tmp_path, text, "b.csv"), "csv", Roles(case="customer")))
    assert with_case.places == [(2, 3, "L128")]


@pytest.mark.parametrize(
    ("numbers", "refused"),
    [
        (["1234567890123450000", "1234567890123460000"], True),
        ([f"123456789012{number}0" for number in range(100, 106)], True),
        (["12345678901234500000"], False),
        (["1234567890123450000", "1234567890123460001"], False),
        (["1234567890123450"], False),
        (["100000000000000", "200000000000000"], False),
    ],
)
def test_numbers_that_a_spreadsheet_cut_to_15_digits_are_refused(
    tmp_path: Path, numbers: list[str], refused: bool
) -> None:
    """Where all long numbers end in zeros, and one in a million would by accident."""
    rows = [(number, "a", "2026-03-02T10:00:00Z") for number in [*numbers, "7"]]
    found = from_csv(tmp_path, csv_text(rows).encode())
    assert [code for _, _, code in found.places] == ["L128"] * (len(numbers) * refused)
