"""JSON lines: one object a line, keys as they are, broken lines at their number."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import Phase, given
from hypothesis import strategies as st
from loaders.reading import EVENTS, Outcome, inspected, outcome, roles, source, written
from strategies import examples

from cjmine.errors import Code, DataError
from cjmine.loaders.batch import LeftOut
from cjmine.privacy.identifiers import normalise
from cjmine.sources import Identifier, Roles, TimeColumn

T = "2024-05-13T10:00:00Z"
QUICK = (Phase.explicit, Phase.generate)  # a failing case is small already
GOOD = '{"customer":"c0","activity":"step","time":"' + T + '"}\n'


def from_json(folder: Path, content: bytes | str, declared: Roles = EVENTS) -> Outcome:
    return outcome(source(written(folder, content, "events.jsonl"), "jsonl", declared))


def lines(*records: object) -> str:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def named(activity: str, customer: str, time: str = "time") -> Roles:
    return Roles(TimeColumn((time,)), activity, Identifier(customer))


def test_nested_keys_are_joined_with_a_dot(tmp_path: Path) -> None:
    """Objects to four levels; lists are passed over."""
    record = {
        "user": {"id": 7, "tags": ["x"], "address": {"home": {"city": "Delft"}}},
        "event": {"name": "login"},
        "time": T,
    }
    found = from_json(tmp_path, lines(record), named("event.name", "user.address.home.city"))
    assert found.events == [("Delft", "login", found.times[0])]
    inspection = inspected(
        source(tmp_path / "events.jsonl", "jsonl", named("event.name", "user.id"))
    )
    assert "user.tags" not in inspection.dropped
    assert "user.address.home.city" in inspection.dropped


@pytest.mark.parametrize(
    "key",
    [
        "a.b",
        'a"b',
        "a/b",
        "a~b",
        "a~1b",
        "a'b",
        "a b",
        "a\\b",
        "é 😀",
        "$.a",
        "[0]",
        "0",
        "a;b",
        "%s",
        "*",
    ],
)
def test_any_key_can_be_a_column(tmp_path: Path, key: str) -> None:
    """A key is never a piece of a path or of SQL, alone or nested."""
    flat = lines({key: "login", "customer": 1, "time": T})
    assert from_json(tmp_path, flat, named(key, "customer")).activities == ["login"]
    nested = lines({"in": {key: "login"}, "customer": 1, "time": T})
    assert from_json(tmp_path, nested, named(f"in.{key}", "customer")).activities == ["login"]


@pytest.mark.parametrize(
    ("written_as", "text"),
    [
        ("7", "7"),
        ("12345678901234567890123", "12345678901234567890123"),
        ("-1", "-1"),
        ("true", "true"),
        ("false", "false"),
        ('"é 😀 \\u20ac"', "é 😀 €"),
        ('"two\\nlines"', "two\nlines"),
        ('"say \\"hi\\""', 'say "hi"'),
        ('"0031612345678"', "0031612345678"),
    ],
)
def test_values_become_text(tmp_path: Path, written_as: str, text: str) -> None:
    """Numbers keep their digits; text keeps every sign."""
    content = f'{{"customer":{written_as},"activity":{written_as},"time":"{T}"}}\n'
    assert from_json(tmp_path, content).events == [(text, text, 1715594400000000)]


def test_null_empty_and_absent_are_the_same(tmp_path: Path) -> None:
    """Nobody is filtered; an activity or a time that is not there is a reject."""
    content = (
        GOOD * 5
        + lines({"customer": None, "activity": "a", "time": T}, {"activity": "a", "time": T})
        + lines({"customer": "", "activity": "a", "time": T})
        + lines({"customer": "c", "activity": None, "time": T}, {"customer": "c", "time": T})
        + lines(
            {"customer": "c", "activity": "a", "time": None}, {"customer": "c", "activity": "a"}
        )
        + lines({})
    )
    found = from_json(tmp_path, content)
    assert found.loaded == 5
    assert found.filtered == {LeftOut.NOBODY: 3}
    assert found.places == [
        (9, 9, "L117"),
        (10, 10, "L117"),
        (11, 11, "L108"),
        (12, 12, "L108"),
        (13, 13, "L117"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "{broken",
        '{"customer": "c"',
        "[1, 2]",
        '"text"',
        "17",
        "null",
        "{} {}",
        "\\",
        '{"a":"\x01"}',
        "a\x01b",
        '{"a":"\\ud83d"}',
        '{"a":' * 20000,
    ],
)
def test_a_broken_line_is_rejected_at_its_number(tmp_path: Path, line: str) -> None:
    """The lines around it are read; nothing of it is told."""
    found = from_json(tmp_path, GOOD * 3 + line + "\n" + GOOD * 2)
    assert found.loaded == 5
    assert found.places == [(4, 4, "L115")]
    assert "customer" not in found.rejects[0].reason


def test_blank_lines_are_no_records(tmp_path: Path) -> None:
    """They count in the numbering of lines only, also at the top and at the end."""
    for end in ("\n", "\r\n"):
        content = ("\n" + GOOD + "\n \t \n{broken\n" + " " + GOOD + "\n\n").replace("\n", end)
        found = from_json(tmp_path, content)
        assert (found.read, found.loaded) == (3, 2)
        assert found.places == [(5, 5, "L115")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("packed", [False, True])
def test_encodings_and_packing(tmp_path: Path, encoding: str, packed: bool) -> None:
    """As for every text."""
    content = lines({"customer": "c", "activity": "Café €", "time": T}).encode(encoding)
    found = from_json(tmp_path, gzip.compress(content) if packed else content)
    assert found.activities == ["Café €"]


@pytest.mark.parametrize(
    ("value", "utc"),
    [
        ("1715594400", "2024-05-13T10:00:00"),
        ("1715594400.5", "2024-05-13T10:00:00.500000"),
        ("1715594400123", "2024-05-13T10:00:00.123000"),
        ("1715594400123456", "2024-05-13T10:00:00.123456"),
        ('"2024-05-13T12:00:00+02:00"', "2024-05-13T10:00:00"),
    ],
)
def test_times_as_numbers_and_text(tmp_path: Path, value: str, utc: str) -> None:
    """Epochs are commonly numbers here, with a fraction too."""
    content = f'{{"customer":1,"activity":"a","time":{value}}}\n'
    assert from_json(tmp_path, content).moments == [utc]


def test_a_declared_column_may_come_late(tmp_path: Path) -> None:
    """Keys of the first records are no list of all keys; one that never comes is an error."""
    early = '{"activity":"a","time":"' + T + '","x":{"y":1}}\n'
    late = lines({"activity": "b", "time": T, "user": {"id": 5}})
    found = from_json(tmp_path, early * 300 + late, named("activity", "user.id"))
    assert found.events == [("5", "b", 1715594400000000)]
    assert found.filtered == {LeftOut.NOBODY: 300}
    with pytest.raises(DataError) as caught:
        from_json(tmp_path, early * 300 + late, named("activity", "user.ids"))
    assert caught.value.code is Code.COLUMN_MISSING


def test_mixed_zones_name_the_record(tmp_path: Path) -> None:
    """L109 as in every table."""
    naive = GOOD.replace("Z", "")
    with pytest.raises(DataError) as caught:
        from_json(tmp_path, naive * 9 + GOOD, roles("UTC"))
    assert caught.value.code is Code.ZONES_MIXED
    assert caught.value.problems[0].place.record == 10


@pytest.mark.parametrize("content", ["[\n", "not json\n", '{"a": 1\n', "17\n", "{}\n"])
def test_what_is_not_json_lines_is_refused(tmp_path: Path, content: str) -> None:
    """L115 at the first line."""
    with pytest.raises(DataError) as caught:
        from_json(tmp_path, content)
    assert caught.value.code is Code.ROW_STRUCTURE
    assert caught.value.problems[0].place.line == 1


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)


@examples(8, phases=QUICK)
@given(rows=st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=8), ascii_only=st.booleans())
def test_whatever_python_writes_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]], ascii_only: bool
) -> None:
    """Any text as customer and activity, escaped or not."""
    rows = [(customer + "c", activity + "a") for customer, activity in rows]
    content = "".join(
        json.dumps({"customer": one, "activity": two, "time": T}, ensure_ascii=ascii_only) + "\n"
        for one, two in rows
    )
    found = from_json(tmp_path_factory.mktemp("json"), content)
    assert list(zip(found.customers, found.activities, strict=True)) == rows
    assert found.read == len(rows)


def test_numbers_are_exact_however_they_are_written(tmp_path: Path) -> None:
    """One number is one customer, long ones keep every digit, and a rounded text is refused."""
    written_as = ["10023", "10023.0", "1.0023e4", "100230e-1", '"10023"', '"10023.0"', '"1.0023e4"']
    longer = ["12345678901234567890", "12345678901234567891", "123456789012345678901234567891"]
    content = "".join(
        f'{{"customer": {value}, "activity": "a", "time": "2026-03-02T10:00:00Z"}}\n'
        for value in [*written_as, *longer]
    )
    found = from_json(tmp_path, content)
    assert [code for _, _, code in found.places] == ["L128"]
    normal = normalise(Identifier("customer"), found.customers)
    assert normal == ["10023"] * 6 + longer
