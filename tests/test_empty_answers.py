"""Answers of services in which nothing was found: said as that, and no hindrance to other files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli.running import run

VISITS = [
    {
        "idVisit": str(visit),
        "visitorId": f"v{visit}",
        "lastActionTimestamp": 1740996000,
        "actionDetails": [
            {"type": "action", "url": "https://x.example/start", "timestamp": 1740996000}
        ],
    }
    for visit in range(12)
]
PAGE = '{"tickets": [], "next_page": null, "count": 0}'
EMPTY = ["[]", "[\n\n]\n", '{"result": "success", "value": []}', "\ufeff[ ]", PAGE]


@pytest.mark.parametrize("answer", EMPTY)
def test_an_empty_answer_says_that_it_is_one(tmp_path: Path, answer: str) -> None:
    """By itself it is L103, with what to do, and no unknown format."""
    (tmp_path / "visits.json").write_text(answer, "utf-8")
    ran = run(tmp_path, "discover", "visits.json")
    assert (ran.status, ran.err.count("L103")) == (3, 1)
    assert "empty answer" in ran.err
    assert "another period" in ran.err


@pytest.mark.parametrize("answer", EMPTY)
def test_an_empty_answer_leaves_the_others_of_a_folder(tmp_path: Path, answer: str) -> None:
    """The visits of the other days are read, and a note says that this file holds none."""
    (tmp_path / "days").mkdir()
    (tmp_path / "days" / "1.json").write_text(json.dumps(VISITS), "utf-8")
    (tmp_path / "days" / "2.json").write_text(answer, "utf-8")
    ran = run(tmp_path, "discover", "days", "-f", "json")
    assert ran.status == 0, ran.err
    assert json.loads(ran.out)["log"]["events"] == 12
    assert "days/2.json (holds no records)" in ran.err


def test_a_folder_of_empty_answers_is_empty(tmp_path: Path) -> None:
    """It is L103 too, not a folder without an export."""
    (tmp_path / "days").mkdir()
    for day in range(2):
        (tmp_path / "days" / f"{day}.json").write_text("[]", "utf-8")
    ran = run(tmp_path, "discover", "days")
    assert (ran.status, "L103" in ran.err, "L104" in ran.err) == (3, True, False)


def test_a_source_that_is_declared_reads_an_empty_answer(tmp_path: Path) -> None:
    """As visits it holds none; with other days beside it that is no error."""
    (tmp_path / "1.json").write_text(json.dumps(VISITS), "utf-8")
    (tmp_path / "2.json").write_text("[]", "utf-8")
    (tmp_path / "cjmine.toml").write_text('[source.web]\nfiles = "*.json"\nformat = "matomo"\n')
    ran = run(tmp_path, "discover", "-f", "json")
    assert ran.status == 0, ran.err
    read = [(one["path"], one["read"]) for one in json.loads(ran.out)["sources"]]
    assert read == [("1.json", 12), ("2.json", 0)]
