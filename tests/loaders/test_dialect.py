"""The form of a delimited text: delimiter, quotes, header, and what stands above it."""

from __future__ import annotations

import pytest

from cjmine.loaders.dialect import Dialect, recognise_dialect

ROWS = "customer,activity,time\n" + "c1,step,2024-05-13 10:00:00\n" * 5


def told(text: str) -> Dialect:
    found = recognise_dialect(text)
    assert found is not None
    return found


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_delimiter_and_line_end(delimiter: str, end: str) -> None:
    """The four delimiters, with any line end."""
    found = told(ROWS.replace(",", delimiter).replace("\n", end))
    assert (found.delimiter, found.skip, found.has_header) == (delimiter, 0, True)
    assert found.columns == ("customer", "activity", "time")
    assert found.consistency == 1.0


def test_dutch_decimals_do_not_win_over_the_semicolon() -> None:
    """Commas in amounts split every row evenly too, but the header then looks like data."""
    text = "klant;reden;bedrag;btw;korting\n" + "c1;vraag;1.234,56;12,30;0,00\n" * 30
    assert told(text).delimiter == ";"
    assert told(text).columns == ("klant", "reden", "bedrag", "btw", "korting")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_line_that_declares_the_delimiter(mark: str, end: str) -> None:
    """`sep=;` is believed and is not the header."""
    text = f"{mark}sep=;{end}" + f"a;b{end}x,y;z,1{end}x,y;z,2{end}"
    found = told(text)
    assert (found.delimiter, found.skip, found.columns) == (";", 1, ("a", "b"))


@pytest.mark.parametrize(
    ("above", "skip"),
    [
        ("Report of May\n", 1),
        ("Report of May\n\nmade by Sales\n", 3),
        ("\n\n", 2),
        ('"Report\nof May"\n', 2),
        ("Report,,\n,,\n", 2),
    ],
)
def test_rows_above_the_header_are_counted_in_physical_lines(above: str, skip: int) -> None:
    """Titles, blank lines, and titles filled up to the width of the table."""
    found = told(above + ROWS)
    assert (found.skip, found.columns) == (skip, ("customer", "activity", "time"))
    assert found.has_header


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        (",customer,time", ("column 1", "customer", "time")),
        ("customer,time,", ("customer", "time", "column 3")),
        ("Activity,time,Activity", ("Activity", "time", "Activity 2")),
        ("a,a,a 2,b,c", ("a", "a 3", "a 2", "b", "c")),
        (",column 1,b", ("column 1 2", "column 1", "b")),
        (",column 2,,b,c,column 1,column 3", None),
        (" customer , time ", ("customer", "time")),
        ('"sa""y",b', ('sa"y', "b")),
        ('"a;b",c', ("a;b", "c")),
        ('"a\nb",c', ("a b", "c")),
        ("😀,é", ("😀", "é")),
        ("\ufeffcustomer,time", ("customer", "time")),
    ],
)
def test_column_names(header: str, columns: tuple[str, ...] | None) -> None:
    """Names are kept as they are and differ; nameless and repeated columns get a number."""
    width = header.count(",")
    found = told(header + "\n" + ("x" + ",y" * width + "\n") * 5)
    assert len(set(found.columns)) == len(found.columns)
    assert found.has_header
    if columns is not None:
        assert found.columns == columns


@pytest.mark.parametrize(
    "first",
    ["c1,2024-05-13 10:00:00,5", "a@example.nl,b,c", "1,2,3", ",,x", "x,x,x"],
)
def test_a_first_line_of_data_is_no_header(first: str) -> None:
    """Dates, numbers, addresses, mostly empty, or all the same."""
    assert not told("\n".join([first] * 5) + "\n").has_header


@pytest.mark.parametrize("text", ["", "\n\n", "one\ntwo\nthree\n", "Dear reader\nhello\n"])
def test_text_without_columns_is_no_table(text: str) -> None:
    """Nothing that splits, no dialect."""
    assert recognise_dialect(text) is None


@pytest.mark.parametrize(
    ("value", "escape"),
    [
        ('"say ""hi"", please"', '"'),
        ('"say \\"hi\\", please"', "\\"),
        ('"C:\\dir, \\"', '"'),
        ('"plain"', '"'),
        ('5\\" screen', '"'),
    ],
)
def test_how_quotes_are_written_inside_quotes(value: str, escape: str) -> None:
    """Doubled or after a backslash; a value may also just end in a backslash."""
    text = "customer,activity,time\n" + f'c1,{value},2024-05-13\nc2,"",2024-05-14\n' * 3
    found = told(text)
    assert (found.escape, len(found.columns), found.consistency) == (escape, 3, 1.0)


def test_bad_rows_lower_the_consistency_only() -> None:
    """One row in ten has another width; the dialect stays."""
    found = told("a,b,c\n" + "1,2,3\n" * 8 + "1,2\n" + "1,2,3\n")
    assert len(found.columns) == 3
    assert 0.8 < found.consistency < 1.0


def test_a_beginning_cut_inside_a_row_does_not_count_that_row() -> None:
    """Only the first part of a file is looked at."""
    assert told("a,b,c\n" + "1,2,3\n" * 5 + "1,").consistency == 1.0
    assert told("a,b,c\n" + "1,2,3\n" * 5 + '1,"2\n').consistency == 1.0


def test_the_description_tells_delimiter_and_width() -> None:
    """What `sniff` shows."""
    assert str(told(ROWS)) == 'CSV, delimiter ",", 3 columns'
    assert str(told(ROWS.replace(",", "\t"))) == "CSV, delimiter tab, 3 columns"
