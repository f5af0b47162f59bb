"""Keys of JSON that are no names: a person, a day or a number is in no message and no proposal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli.running import KEY, run

AT = "2024-05-01T10:00:00Z"
PEOPLE = ("Jan de Vries", "mies.bakker", "Piet Smit")
ENTRY = [{"t": AT, "a": 1}]


def _lines(*records: dict[str, object]) -> str:
    return "\n".join(map(json.dumps, records))


FILES = {
    "lists by person": json.dumps(dict.fromkeys(PEOPLE, ENTRY)),
    "one list by person": json.dumps({PEOPLE[0]: ENTRY * 2}),
    "lists within": json.dumps({"data": dict.fromkeys(PEOPLE, ENTRY)}),
    "objects by person": json.dumps(dict.fromkeys(PEOPLE, ENTRY[0])),
    "scores by person": _lines(
        *({"customer": "K-1", "time": AT, "activity": "a", "scores": {who: 1}} for who in PEOPLE)
    ),
    "no customer": _lines(
        *({"x": "y", "time": AT, "z": "a", "in": {who: {"n": 1}}} for who in PEOPLE)
    ),
    "keys by person": _lines(*({"time": AT, who: "a"} for who in PEOPLE)),
}
COMMANDS = (
    ("sniff",),
    ("sniff", "-f", "json"),
    ("discover", "--min-group", "1"),
    ("discover", "--min-group", "1", "--customer", "klant"),
    ("load", "-o", "log.parquet", "--keep", "klant"),
)


@pytest.mark.parametrize("name", FILES)
def test_no_message_shows_a_key_that_is_no_name(tmp_path: Path, name: str) -> None:
    """Not in errors, nor in what sniff shows, nor in the note on what is not read."""
    (tmp_path / "export.json").write_text(FILES[name], "utf-8")
    for verb, *more in COMMANDS:
        ran = run(tmp_path, verb, "export.json", *more, key=KEY)
        said = ran.out + ran.err
        assert [who for who in PEOPLE if who in said] == [], f"{verb} {more}: {said}"


def test_such_keys_can_be_kept_by_their_number(tmp_path: Path) -> None:
    """And keys that come again, or whose words are known, stay names."""
    records = [
        {"customer": "K-1", "time": AT, "activity": "a", "scores": {who: number}, "extra": extra}
        for number, (who, extra) in enumerate(
            zip(PEOPLE, ({"coupon": 1}, {"coupon": 2}, {"Order status": 3}), strict=True)
        )
    ]
    (tmp_path / "export.json").write_text(_lines(*records), "utf-8")
    typed = ("load", "export.json", "-o", "log.parquet", "--keep", "scores.(2)")
    ran = run(tmp_path, *typed, key=KEY)
    assert ran.status == 0, ran.err
    unread = ran.err.split("not read: ")[1].splitlines()[0]
    assert set(unread.split(", ")) == {
        *("scores.(1)", "scores.(3)"),
        *("extra.coupon", "extra.Order status"),
    }
