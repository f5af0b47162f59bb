"""Surveys: an answer is an event with a score, on a scale that is declared."""

from __future__ import annotations

from pathlib import Path

import pytest
from loaders.exports import ZONED, read
from loaders.reading import outcome, source, written

from cjmine.errors import CjmineError
from cjmine.sources import Extras

HEAD = (
    "StartDate,EndDate,Status,Finished,RecordedDate,ResponseId,RecipientEmail,ExternalReference,Q1\n"
    'Start,End,Type,Finished,Recorded,Response,Email,Reference,"How likely,\nwould you recommend us?"\n'
)
THIRD = (
    '"{{""ImportId"":""startDate"",""timeZone"":""{zone}""}}"'
    + ',"{{""ImportId"":""x""}}"' * 8
    + "\n"
)
ROW = "2024-05-03 09:00:00,2024-05-03 09:05:00,{status},{done},2024-05-03 09:05:01,{id},{mail},{who},{q}\n"


def answer(
    id: str, q: str, who: str = "K-1", status: str = "IP Address", done: str = "True"
) -> str:
    return ROW.format(id=id, q=q, who=who, status=status, done=done, mail="a@example.nl")


NPS = Extras(score="Q1", scale="nps")


@pytest.mark.parametrize(
    ("zone", "hour"), [("Europe/Amsterdam", "07"), ("Z", "09"), ("America/Denver", "15")]
)
def test_the_third_header_row_names_the_zone(tmp_path: Path, zone: str, hour: str) -> None:
    """Times carry no offset; both extra header rows, one with a line break, are no answers."""
    found = read(tmp_path, HEAD + THIRD.format(zone=zone) + answer("R1", "0"), extras=NPS)
    assert found.told == [f"K-1 | NPS detractor | 2024-05-03T{hour}:05:01"]
    assert found.found.table["score"].to_pylist() == ["0"], "zero is an answer"
    assert found.found.read == 1


def test_previews_and_unfinished_answers_are_left_out(tmp_path: Path) -> None:
    """Tests of the makers are no customers; eleven is no NPS; without a reference the mail counts."""
    rows = [
        answer("R1", "9"),
        answer("R2", "9", status="Survey Preview"),
        answer("R3", "9", done="False"),
        answer("R4", "11"),
        answer("R5", "7", who=""),
    ]
    found = read(tmp_path, HEAD + THIRD.format(zone="UTC") + "".join(rows), extras=NPS)
    assert found.found.activities == ["NPS promoter", "NPS passive"]
    assert found.filtered == {"TEST": 1, "UNFINISHED": 1}
    assert found.rejects == [(4, 8, "L117")]
    assert found.found.table["link 0"].to_pylist() == ["a@example.nl"] * 2


def test_choices_exported_as_numbers(tmp_path: Path) -> None:
    """With a mark in front, and codes for words: 1 is a preview, 0 is not finished."""
    rows = [
        answer("R1", "9", status="0", done="1"),
        answer("R2", "9", status="1", done="1"),
        answer("R3", "9", status="0", done="0"),
    ]
    text = "\ufeff" + HEAD + THIRD.format(zone="UTC") + "".join(rows)
    found = read(tmp_path, text, extras=NPS)
    assert found.found.activities == ["NPS promoter"]
    assert found.filtered == {"TEST": 1, "UNFINISHED": 1}


def test_the_score_must_be_declared(tmp_path: Path) -> None:
    """Q1 may be anything: without a scale the export is refused, with the way out."""
    with pytest.raises(CjmineError) as caught:
        read(tmp_path, HEAD + THIRD.format(zone="UTC") + answer("R1", "9"))
    assert caught.value.problems[0].code.value == "L107"
    assert "scale" in caught.value.problems[0].remedy


@pytest.mark.parametrize(
    ("column", "value", "label"),
    [
        ("NPS", "0", "NPS detractor"),
        ("NPS", "10", "NPS promoter"),
        ("CES", "7", "CES easy"),
        ("CSAT", "2", "CSAT dissatisfied"),
        ("rapportcijfer", "8,0", "Mark good"),
    ],
)
def test_columns_named_after_their_scale(
    tmp_path: Path, column: str, value: str, label: str
) -> None:
    """A Dutch mark of eight is good; on the scale of the NPS it would be passive."""
    text = f"klantnummer;ingevuld op;{column}\nK-1;13-05-2024 10:00;{value}\n"
    found = read(tmp_path, text, declared=ZONED)
    assert found.told == [f"K-1 | {label} | 2024-05-13T08:00:00"]


@pytest.mark.parametrize(
    ("scale", "one", "five"),
    [
        ("csat-5", "CSAT dissatisfied", "CSAT satisfied"),
        ("ces-5", "CES hard", "CES easy"),
        ("ces-5-low", "CES easy", "CES hard"),
        ("ces-7", "CES hard", "CES easy"),
        ("mark-10", "Mark insufficient", "Mark insufficient"),
    ],
)
def test_a_declared_scale_says_which_end_is_good(
    tmp_path: Path, scale: str, one: str, five: str
) -> None:
    """The same answers under any name of a column; some ask for effort, where little is good."""
    path = written(tmp_path, "klantnummer;datum;Q3\nK-1;2024-05-13;1\nK-2;2024-05-14;5\n")
    extras = Extras(score="Q3", scale=scale)
    assert outcome(source(path, "survey", ZONED, extras=extras)).activities == [one, five]


def test_values_outside_the_scale_are_rejected(tmp_path: Path) -> None:
    """Vendors also write -100, 0 and 100 into a column called NPS."""
    text = "klantnummer;datum;NPS\nK-1;2024-05-13;-100\nK-2;2024-05-14;9\nK-3;2024-05-14;\n"
    found = read(tmp_path, text, declared=ZONED)
    assert found.rejects == [(1, 2, "L117"), (3, 4, "L117")]
    assert found.found.activities == ["NPS promoter"]


def test_the_legacy_export_is_refused(tmp_path: Path) -> None:
    """Two header rows and V1 to V10: not read as answers by mistake."""
    with pytest.raises(CjmineError):
        read(tmp_path, "V1,V2,V3\nResponseID,Name,EndDate\nR_1,x,2024-05-03 09:00:00\n")


def test_being_asked_is_a_moment_of_its_own(tmp_path: Path) -> None:
    """Who has not answered was asked all the same; the score belongs to the answer alone."""
    text = (
        "klantnummer;verstuurd op;ingevuld op;NPS\n"
        "K-1;2024-05-13 10:00;2024-05-14 11:00;9\n"
        "K-2;2024-05-13 10:00;;\n"
        "K-3;;2024-05-14 11:00;\n"
        "K-4;2024-05-13 10:00;2024-05-14 11:00;often\n"
    )
    found = read(tmp_path, text, declared=ZONED)
    assert found.told == [
        "K-1 | NPS asked | 2024-05-13T08:00:00",
        "K-1 | NPS promoter | 2024-05-14T09:00:00",
        "K-2 | NPS asked | 2024-05-13T08:00:00",
    ]
    assert found.found.table["score"].to_pylist() == [None, "9", None]
    assert found.found.table["scale"].to_pylist() == ["nps"] * 3
    assert found.rejects == [(3, 4, "L117"), (4, 5, "L117")]
    assert found.sniffed.inspection.dropped == ()
