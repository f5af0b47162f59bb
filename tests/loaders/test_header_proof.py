"""No message quotes the first line of a table before something proves that it names columns."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli.running import run

from cjmine.loaders import header_proof
from cjmine.loaders.header_proof import is_proven

PEOPLE = {
    "words only": "Jan de Vries;verhuizing;gisteren\nMies Bakker;opzegging;vandaag\n",
    "two lines, a small number": "Jan de Vries;Utrecht;geen\nMies Bakker;Delft;2 kinderen\n",
    "a kind of contact in each line": "Jan de Vries;email;klacht\nMies Bakker;phone;vraag\n",
    "the same word again": "Jan de Vries,klacht,email\nMies Bakker,klacht,email\nP. Smit,vraag,email\n",
    "addresses in front": "2001:db8::1, 10.0.0.1 x - Jan - [05/May/2025:21:25:20] GET /a\n" * 3,
    "a number in the first line": "Jan de Vries,06 1234 5678,klacht\nMies Bakker,06 8765 4321,vraag\n",
}
HEADERS = {
    "dates below": "wie;wat;wanneer\nJan;klacht;2024-05-01 10:00\nMies;vraag;2024-05-02 11:00\n",
    "addresses below": "wie,iets\njan@example.nl,x\nmies@example.nl,y\n",
    "two known names": "klant,kanaal,dag\nJan,web,maandag\nMies,mail,dinsdag\n",
}


@pytest.mark.parametrize("flags", ["", "--customer klantnummer", "--keep iets"])
@pytest.mark.parametrize("verb", ["sniff", "discover"])
@pytest.mark.parametrize("table", PEOPLE)
def test_people_of_a_first_line_are_not_named(
    tmp_path: Path, table: str, verb: str, flags: str
) -> None:
    """Whatever is asked and wrong: the message says how many columns there are."""
    if verb == "sniff" and "--keep" in flags:
        flags = ""
    flags = flags.replace("--keep iets", "--activity iets")
    (tmp_path / "a.csv").write_text(PEOPLE[table])
    ran = run(tmp_path, verb, "a.csv", *flags.split())
    assert ran.status == 3, ran.err
    said = (ran.out + ran.err).lower()
    assert [word for word in ("jan", "vries", "2001:db8", "1234") if word in said] == [], said


@pytest.mark.parametrize("table", HEADERS)
def test_proven_names_are_listed(tmp_path: Path, table: str) -> None:
    """What helps most is the list of names, where they are names."""
    (tmp_path / "a.csv").write_text(HEADERS[table])
    ran = run(tmp_path, "discover", "a.csv")
    first = (
        HEADERS[table].partition("\n")[0].replace(";", ", ").replace(",", ", ").replace("  ", " ")
    )
    assert ran.status == 3 and first in ran.err, ran.err


def test_other_tables_name_no_columns_either(tmp_path: Path) -> None:
    """A table of customers and a sample for a classifier."""
    (tmp_path / "a.csv").write_text("customer,activity,time\nx,Buy,2024-05-01T10:00:00Z\n")
    (tmp_path / "b.csv").write_text(PEOPLE["words only"])
    (tmp_path / "cjmine.toml").write_text(
        '[customers]\nfiles = "b.csv"\ncustomer = { column = "klant" }\n'
        'links = [{ column = "cookie", as = "cookie" }]\n[source.a]\nfiles = "a.csv"\n'
        'customer = { column = "customer" }\nactivity = { column = "activity" }\n'
        'time = { column = "time" }\n'
    )
    for typed in ("discover", "classify train b.csv --text tekst --label soort -o m.model"):
        ran = run(tmp_path, *typed.split())
        assert ran.status == 3 and "L106" in ran.codes, ran.err
        assert "vries" not in ran.err.lower()


def test_without_proof_the_first_line_would_be_quoted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Control: what decides is the proof, and each table above would pass without its rules."""
    for text in PEOPLE.values():
        rows = [line.replace(";", ",").split(",") for line in text.splitlines()]
        below = [list(column) for column in zip(*rows[1:], strict=True)]
        assert not is_proven(rows[0], below)
    monkeypatch.setattr(header_proof, "looks_like_data", lambda value: any(map(str.isdigit, value)))
    monkeypatch.setattr(header_proof, "_LEAST_DIGITS", 1)
    assert is_proven(
        ["Jan de Vries", "Utrecht", "geen"], [["Mies Bakker"], ["Delft"], ["2 kinderen"]]
    )
