"""`cjmine priorities` on the command line: files, what the project declares, what is refused."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from cli.running import run

JOURNEY = """\
journey: order
goal: Buy
deadline: 2d
stages:
  - stage: One
    steps: [Search, Cart, Buy]
"""
CONFIG = '[value]\ngoal = 25.0\n[compare-like]\ncolumns = ["region"]\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """200 customers of two regions: half get help after the search, which costs the goal."""
    lines = ["customer,activity,time,region"]
    for n in range(200):
        names = [
            "Search",
            *(["Help"] if n % 2 else []),
            "Cart",
            *(["Buy"] if n % 5 > n % 2 else []),
        ]
        for place, name in enumerate(names):
            day = 1 + n % 20
            lines.append(
                f"c{n:03},{name},2026-03-{day:02}T1{place}:{n % 60:02}:00Z,{'AB'[n % 3 > 0]}"
            )
    (tmp_path / "shop.csv").write_text("\n".join(lines) + "\n", "utf-8")
    (tmp_path / "journey.yaml").write_text(JOURNEY, "utf-8")
    return tmp_path


ASKED = ("priorities", "shop.csv", "-q", "--observed-until", "2026-04-30")


def test_what_the_project_declares_is_used(folder: Path) -> None:
    """A goal's worth, and columns that are held equal; those of --like come on top."""
    plain = json.loads(run(folder, *ASKED, "--json").out)
    assert (plain["schema"], plain["worth"]) == ("cjmine/priorities/1", None)
    assert plain["held_equal"] == ["entry", "month", "progress", "contacts"]
    first = plain["items"][0]
    assert (first["code"], first["class"], first["step"]) == ("D202", "unexpected", "Help")
    assert first["effect"]["value"] < 0 < first["gain"]["low"]
    liked = json.loads(run(folder, *ASKED, "--json", "--like", "region").out)
    assert "region" in liked["held_equal"]
    (folder / "cjmine.toml").write_text(CONFIG, "utf-8")
    done = run(folder, *ASKED, "--json", "--config", "cjmine.toml")
    found = json.loads(done.out)
    assert found["worth"] == {"goal": 25.0, "currency": "EUR"}
    assert found["held_equal"] == ["entry", "month", "region", "progress", "contacts"]
    assert found["items"][0]["money"]["value"] == pytest.approx(
        25 * found["items"][0]["gain"]["value"]
    )


def test_every_form_comes_to_stdout_and_into_files(folder: Path) -> None:
    names = ("a.json", "a.html", "a.md", "a.csv", "a.txt")
    outputs = [word for name in names for word in ("-o", name)]
    done = run(folder, *ASKED, "--lang", "nl", "--per", "quarter", *outputs)
    assert done.status == 0, done.err
    assert "per kwartaal" in done.out
    assert all((folder / name).stat().st_size for name in names)
    table = list(csv.DictReader(io.StringIO((folder / "a.csv").read_text("utf-8"))))
    assert table[0]["step"] == "Help"
    assert "- [ ] " in (folder / "a.md").read_text("utf-8")
    jira = run(folder, *ASKED, "-f", "jira").out
    assert jira.startswith("Summary,Description,Issue Type,Priority,Labels\n")
    again = run(folder, *ASKED, "--jobs", "1", "--json").out
    assert run(folder, *ASKED, "--json").out == again


def test_the_result_fits_its_schema(folder: Path) -> None:
    schema = json.loads(run(folder, "schema", "priorities").out)
    found = json.loads(run(folder, *ASKED, "--json").out)
    assert set(schema["required"]) <= set(found)
    assert set(found) <= set(schema["properties"])


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (["--like", "sort"], "L106"),
        (["--like", "time"], "U101"),
        (["--margin", "one"], "U101"),
        (["--top", "some"], "U101"),
        (["-i", "none.yaml"], "J104"),
        (["-o", "a.xml"], "U101"),
        (["--min-group", "500"], "P103"),
    ],
)
def test_what_cannot_be_done_is_refused(folder: Path, typed: list[str], code: str) -> None:
    done = run(folder, *ASKED, *typed)
    assert done.status != 0
    assert code in done.err
