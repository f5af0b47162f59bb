"""Headers with a name too few or too many, dialects that change, NUL bytes, other files."""

from __future__ import annotations

from pathlib import Path

import pytest
from loaders.reading import Outcome, inspected, outcome, source, written

from cjmine.errors import Code, DataError
from cjmine.loaders.sniff import sniff
from cjmine.sources import Roles

T = "2025-03-03T10:00:00Z"
HEAD = "customer,activity,time"


def read(folder: Path, content: str | bytes) -> Outcome:
    return outcome(source(written(folder, content), "", Roles()))


def refused(folder: Path, content: str | bytes) -> DataError:
    with pytest.raises(DataError) as caught:
        sniff(written(folder, content), "events.csv", Roles())
    return caught.value


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD}\nc1,a,{T},\nc2,b,{T},\n",  # a delimiter at the end of each row
        f"{HEAD},\nc1,a,{T}\nc2,b,{T}\n,c,{T}\n",  # at the end of the header
        f"{HEAD},,\nc1,a,{T},,\nc2,b,{T},,\n",  # at the end of all
        f"{HEAD}\n0,c1,a,{T}\n1,c2,b,{T}\n",  # numbers of rows
        f"{HEAD}\n1,c1,a,{T}\n5,c2,b,{T}\n",  # numbers of rows, some left out
        f'"customer","activity","time"\n"1","c1","a","{T}"\n"2","c2","b","{T}"\n',
        f",{HEAD}\n0,c1,a,{T}\n1,c2,b,{T}\n",
        f"Export of today\n{HEAD}\n1,c1,a,{T}\n2,c2,b,{T}\n",
        f'"cus\ntomer","acti-\nvity","Date and\ntime"\nc1,a,{T}\nc2,b,{T}\n'.replace("-\n", ""),
    ],
)
def test_a_header_that_nearly_fits(tmp_path: Path, text: str) -> None:
    """It is read, and nothing moves into another column."""
    if "cus\ntomer" in text:
        text = text.replace("cus\ntomer", "customer\nnumber")
    found = read(tmp_path, text)
    assert found.customers[:2] == ["c1", "c2"]
    assert found.activities[:2] == ["a", "b"]
    assert found.rejected == 0


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (f"{HEAD}\nc1,x,a,{T}\nc2,y,b,{T}\n", ("3 names (line 1)", "4 fields (line 2)")),
        (f"title\n{HEAD}\nc1,x,a,{T}\nc2,y,b,{T}\n", ("3 names (line 2)", "4 fields (line 3)")),
        (f"{HEAD},channel,page\n" + f"c1,a,{T}\n" * 3, ("5 names (line 1)", "3 fields (line 2)")),
    ],
)
def test_a_header_that_does_not_fit_is_said(
    tmp_path: Path, text: str, says: tuple[str, ...]
) -> None:
    """L115 with both numbers and both lines."""
    problem = refused(tmp_path, text).problems[0]
    assert problem.code is Code.ROW_STRUCTURE
    assert [one for one in says if one not in problem.message] == []


@pytest.mark.parametrize(("first", "then"), [(",", ";"), (";", ","), (",", "\t"), ("|", ",")])
def test_where_the_delimiter_changes(tmp_path: Path, first: str, then: str) -> None:
    """L115 at the first line of the other form."""
    rows = [["customer", "activity", "time"], *([f"c{one}", "a", T] for one in range(40))]
    text = "".join((first if one < 20 else then).join(row) + "\n" for one, row in enumerate(rows))
    problem = refused(tmp_path, text).problems[0]
    assert problem.code is Code.ROW_STRUCTURE
    assert problem.place.line == 21
    assert "delimiter changes" in problem.cause


@pytest.mark.parametrize(
    "content",
    [
        b"\0" * 70_000 + f"{HEAD}\nc1,a,{T}\nc2,b,{T}\n".encode(),
        f"{HEAD}\nc1,a,{T}\n".encode() + b"\0" * 300_000 + f"c2,b,{T}\n".encode(),
        f"{HEAD}\nc1,a,{T}\nc2,b,{T}\n".encode() + b"\0" * 4096,
        f"{HEAD}\nc1,\0a\0,{T}\nc2,b,{T}\n".encode(),
    ],
    ids=["before", "between", "behind", "inside"],
)
def test_nul_bytes_are_passed_over_with_a_note(tmp_path: Path, content: bytes) -> None:
    """Blocks and single ones; N270 counts them."""
    found = read(tmp_path, content)
    assert found.events == [("c1", "a", found.times[0]), ("c2", "b", found.times[1])]
    (note,) = inspected(source(tmp_path / "events.csv", "", Roles())).notes
    assert note.code is Code.NULS
    assert f"{content.count(0):,}" in note.text


@pytest.mark.parametrize("size", [4, 3_000_000])
def test_a_file_of_nul_bytes_is_empty(tmp_path: Path, size: int) -> None:
    """L103, since there is nothing in it."""
    problem = refused(tmp_path, b"\0" * size).problems[0]
    assert (problem.code, "NUL" in problem.message) == (Code.FILE_EMPTY, True)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"PK\x03\x04rest", "ZIP"),
        (b"%PDF-1.7 x", "PDF"),
        (b"<!DOCTYPE html><html><body>log in</body></html>", "web page"),
        (b"\n<html>\n<head>", "web page"),
        (b"BZh91AY&SY", "not with gzip"),
    ],
)
def test_other_kinds_of_files_are_named(tmp_path: Path, content: bytes, says: str) -> None:
    """L104 says what the file is."""
    problem = refused(tmp_path, content).problems[0]
    assert problem.code is Code.FORMAT_UNKNOWN
    assert says in problem.cause
