"""JSON as systems hand it out: arrays, pages, values one behind the other, and what is none."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from loaders.reading import Outcome, outcome, outcome_of, source, written

from cjmine.errors import Code, DataError
from cjmine.loaders.json_layout import json_layout
from cjmine.loaders.sniff import sniff
from cjmine.sources import Roles

A = {"customer": "1", "activity": "a", "time": "2025-03-03T10:00:00Z"}
B = {"customer": "2", "activity": "b", "time": "2025-03-03T11:00:00Z"}
WRAPPED = [{"_id": 1, "_source": A}, {"_id": 2, "_source": B}]


def read(folder: Path, content: str | bytes) -> Outcome:
    return outcome(source(written(folder, content, "export.json"), "", Roles()))


@pytest.mark.parametrize(
    "value",
    [
        [A, B],
        {"data": [A, B], "next": None},
        {"results": [A, B], "total": 2, "links": [{"rel": "next", "href": "x"}]},
        {"journeys": [A, B], "department": "x", "exported": "2025-03-04"},
        {"_embedded": {"events": [A, B]}, "_links": {"self": {"href": "x"}}, "page": {"size": 2}},
        {"@odata.context": "x", "value": [A, B]},
        {"took": 3, "hits": {"total": {"value": 2}, "hits": WRAPPED}},
        {"data": {"events": {"edges": [{"node": A}, {"node": B}], "pageInfo": {"next": False}}}},
        {"data": [{"id": 1, "attributes": A}, {"id": 2, "attributes": B}]},
        [{"results": [A], "page": 1}, {"results": [B], "page": 2}],
    ],
    ids=lambda value: ascii(list(value))[:40],
)
@pytest.mark.parametrize("indent", [None, 1])
def test_arrays_and_pages_are_read(tmp_path: Path, value: object, indent: int | None) -> None:
    """On one line and indented, with a byte order mark too."""
    for mark in (b"", b"\xef\xbb\xbf"):
        found = read(tmp_path, mark + json.dumps(value, indent=indent).encode())
        assert found.events == [(one["customer"], one["activity"], found.times[place])
                                for place, one in enumerate((A, B))]  # fmt: skip
        assert (found.read, found.rejected) == (2, 0)


def test_pages_one_a_line(tmp_path: Path) -> None:
    """Each answer of an interface on its own line."""
    pages = [{"results": [A, B], "total": 3}, {"results": [B], "total": 3}]
    assert read(tmp_path, "\n".join(map(json.dumps, pages))).customers == ["1", "2", "2"]


def test_lines_with_lists_of_their_own_stay_lines(tmp_path: Path) -> None:
    """A list inside an event makes no page of it."""
    lines = [{**one, "order": 7, "items": [{"x": 1}, {"x": 2}]} for one in (A, B)]
    assert read(tmp_path, "\n".join(map(json.dumps, lines))).customers == ["1", "2"]


def test_values_one_behind_the_other(tmp_path: Path) -> None:
    """Pretty-printed objects without commas between them."""
    text = "\n".join(json.dumps(one, indent=2) for one in (A, B))
    assert read(tmp_path, text).customers == ["1", "2"]


def test_what_is_no_object_in_an_array_is_rejected(tmp_path: Path) -> None:
    """It is counted, and the others are read."""
    found = read(tmp_path, json.dumps([A, 5, B, None]))
    assert (found.read, found.loaded, found.rejected) == (4, 2, 2)
    assert [one.code for one in found.rejects] == [Code.ROW_STRUCTURE] * 2


def test_a_page_larger_than_the_beginning(tmp_path: Path) -> None:
    """The layout is found by what the beginning shows."""
    many = [{**A, "customer": str(one), "pad": "x" * 200} for one in range(3000)]
    found = read(tmp_path, json.dumps({"data": many, "next": None}))
    assert found.loaded == 3000


@pytest.mark.parametrize(
    ("content", "code", "says"),
    [
        ("[]", Code.FILE_EMPTY, "without a record"),
        ('{"data": [], "next": null}', Code.FILE_EMPTY, ""),
        ('[["customer","time"],["1","2"]]', Code.FORMAT_UNKNOWN, "rows or columns"),
        ('{"columns": ["a"], "data": [["1"]]}', Code.FORMAT_UNKNOWN, "rows or columns"),
        ('{"a": {"0": "1"}, "b": {"0": "2"}}', Code.FORMAT_UNKNOWN, "rows or columns"),
        ('{"a": [1, 2], "b": [3, 4]}', Code.FORMAT_UNKNOWN, "rows or columns"),
        ('{"customers": [{"id": 1}], "orders": [{"id": 2}]}', Code.LOG_FORMAT, "customers, orders"),
        ("[1, 2,\n oops]", Code.FORMAT_UNKNOWN, "none from here"),
    ],
)
def test_other_json_says_what_it_is(tmp_path: Path, content: str, code: Code, says: str) -> None:
    """An error with its own words, never a guess."""
    path = written(tmp_path, content, "export.json")
    with pytest.raises(DataError) as caught:
        sniff(path, "export.json", Roles())
    assert caught.value.code is code
    assert says in caught.value.problems[0].message + caught.value.problems[0].cause


def test_broken_json_says_the_line(tmp_path: Path) -> None:
    """L115 where an array was cut off."""
    text = f'[{json.dumps(A)},\n{json.dumps(B)},\n{{"customer": "1", "act'
    with pytest.raises(DataError) as caught:
        read(tmp_path, text)
    assert caught.value.code is Code.ROW_STRUCTURE
    assert caught.value.problems[0].place.line == 3


def test_a_record_with_the_marks_of_a_format_is_no_page() -> None:
    """A list inside the only record of a file is not taken for its records."""
    text = json.dumps({"conversationId": "x", "participants": [{"id": 1}]})
    layout = json_layout(text, "f", marks=("conversationId", "participants"))
    assert layout is not None and layout.within == ()


NULS = b"\0" * 5000
_ONE, _TWO = json.dumps(A).encode(), json.dumps(B).encode()


@pytest.mark.parametrize(
    "content",
    [
        b"[" + _ONE + b",\n" + NULS + _TWO + b"]",
        NULS + b"[" + _ONE + b"," + _TWO + b"]",
        b"[" + _ONE + b"," + _TWO + b"]" + NULS,
        b'{"data": [' + _ONE + b"," + NULS + _TWO + b'], "next": null}',
        _ONE + NULS + _TWO,
        _ONE + b"\n" + NULS + _TWO + b"\n",
        gzip.compress(b"[" + _ONE + b"," + NULS + _TWO + b"]"),
    ],
    ids=["within", "before", "behind", "a page", "values", "lines", "packed"],
)
def test_blocks_of_nul_bytes_are_read_around(tmp_path: Path, content: bytes) -> None:
    """As in text: what is behind them is read, and a note (N270) counts them."""
    path = tmp_path / "export.json"
    path.write_bytes(content)
    found = sniff(path, "export.json", Roles())
    assert outcome_of(found).loaded == 2
    assert [note.code for note in found.inspection.notes] == [Code.NULS]
    assert "5,000" in found.inspection.notes[0].text


def test_a_list_that_ends_in_nul_bytes_was_interrupted(tmp_path: Path) -> None:
    """The error says so, and where."""
    path = tmp_path / "export.json"
    path.write_bytes(b"[" + _ONE + b",\n" + _TWO + NULS)
    with pytest.raises(DataError) as caught:
        outcome_of(sniff(path, "export.json", Roles()))
    problem = caught.value.problems[0]
    assert (problem.code, problem.place.line) == (Code.ROW_STRUCTURE, 2)
    assert "interrupted" in problem.cause
