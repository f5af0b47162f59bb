"""`cjmine dropoff` on the command line: with an ideal or a goal, files, and what is refused."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from cli.running import run

LINES = [
    f"c{n:03},{name},2026-03-{1 + n % 20:02}T{hour:02}:{n % 60:02}:00Z,{channel},{'NS'[n % 2]}"
    for n in range(120)
    for name, hour, channel in (
        ("Search", 9, "web"),
        *([("Buy", 10 + n % 7, "web")] if n % 3 == 0 else []),
        *([("Call", 12, "call")] if n % 3 == 1 else []),
    )
]
HEAD = "customer,activity,time,channel,region"
ASKED = ["-q", "--observed-until", "2026-04-30"]
JOURNEY = """\
journey: order
goal: Buy
deadline: 2d
stages:
  - stage: One
    steps: [Search, Buy]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "shop.csv").write_text("\n".join([HEAD, *LINES]) + "\n", "utf-8")
    return tmp_path


def result(folder: Path, *more: str) -> dict[str, object]:
    done = run(folder, "dropoff", "shop.csv", *ASKED, "--json", *more)
    assert done.status == 0, done.err
    return json.loads(done.out)


def test_a_goal_alone_needs_no_journey_file(folder: Path) -> None:
    """The curve is there, steps are not; with the file beside the log both are."""
    alone = result(folder, "--goal", "Buy", "--at", "2h,9h,1d")
    assert alone["schema"] == "cjmine/dropoff/1"
    assert (alone["journey"], alone["steps"]) == ("", [])
    last = alone["horizons"][-1]
    assert (last["causes"][0]["value"], last["under_way"]) == pytest.approx((1 / 3, 2 / 3))
    (folder / "journey.yaml").write_text(JOURNEY, "utf-8")
    found = result(folder, "--at", "1d,2d")
    assert [one["cause"] for one in found["horizons"][0]["causes"]] == ["Buy", "timed out"]
    assert found["deadline_seconds"] == 172_800.0
    search = found["steps"][0]
    assert (search["step"], search["reached"], search["abandoned"]) == ("Search", 120, 80)
    assert search["drop_off"]["value"] == pytest.approx(2 / 3)
    rows = {one["what"]: one for one in search["next"]}
    assert set(rows) == {"Call", "nothing"}
    assert (rows["Call"]["n"], rows["Call"]["of"], rows["Call"]["channel"]) == (40, 80, "call")
    assert rows["Call"]["went_on"]["n"] == 0
    # A goal that is typed counts, whatever lies beside the log.
    assert result(folder, "--goal", "Buy", "--at", "1d")["journey"] == ""


def test_without_times_three_are_shown(folder: Path) -> None:
    (folder / "journey.yaml").write_text(JOURNEY, "utf-8")
    assert [one["at_seconds"] / 3600 for one in result(folder)["horizons"]] == [12, 24, 48]


def test_a_column_is_kept_without_a_flag(folder: Path) -> None:
    found = result(folder, "--goal", "Buy", "--at", "1d", "--by", "region")
    assert [(one["value"], one["journeys"]) for one in found["segments"]["values"]] == [
        ("N", 60),
        ("S", 60),
    ]
    (change,) = found["segments"]["values"][1]["differences"]
    assert change["change"]["value"] == pytest.approx(0, abs=1e-12)
    some = result(folder, "--goal", "Buy", "--at", "1d", "--where", "region = N")
    assert some["journeys"] == 60


def test_every_form_and_every_table(folder: Path) -> None:
    """In both languages; each table has a row a line and the columns of its header."""
    (folder / "journey.yaml").write_text(JOURNEY, "utf-8")
    files = ["x.html", "x.json", "x.md", "x.csv", "x.txt"]
    outputs = [part for file in files for part in ("-o", file)]
    for lang in ("en", "nl"):
        done = run(folder, "dropoff", "shop.csv", *ASKED, "--lang", lang, *outputs)
        assert done.status == 0, done.err
        assert all((folder / file).stat().st_size for file in files)
        assert (folder / "x.txt").read_text("utf-8").rstrip() == done.out.rstrip()
    assert "onderweg" in (folder / "x.html").read_text("utf-8")
    for table in ("horizons", "curve", "steps", "next", "segments", "differences"):
        done = run(
            folder, "dropoff", "shop.csv", *ASKED, "-f", "csv", "--table", table, "--by", "region"
        )
        header, *rows = list(csv.reader(io.StringIO(done.out)))
        assert rows and all(len(row) == len(header) for row in rows), table


def test_results_follow_their_schema(folder: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads(run(folder, "schema", "dropoff").out)
    found = result(folder, "--goal", "Buy", "--by", "region")
    jsonschema.Draft202012Validator(schema).validate(found)


@pytest.mark.parametrize(
    ("typed", "status", "said"),
    [
        ((), 2, "neither an ideal journey nor a goal is named"),
        (("--goal", "Bui"), 2, 'did you mean "Buy"'),
        (("-i", "own.yaml", "--goal", "Buy"), 2, "says what the goal is"),
        (("-i", "own.yaml", "--gap", "3d"), 2, "says what the goal is"),
        (("-i", "own.yaml", "--from", "Serch"), 2, 'did you mean "Search"'),
        (("--goal", "Buy", "--from", "Search"), 2, "has no step"),
        (("--goal", "Buy", "--at", "7"), 2, "a number with a unit"),
        (("--goal", "Buy", "--by", "regio"), 2, 'did you mean "region"'),
        (("--goal", "Buy", "--by", "region", "--cohort", "week"), 2, "by a column or by"),
        (("--goal", "Buy", "--cohort", "year"), 2, "no such period"),
        (("--goal", "Buy", "-o", "x.sarif"), 2, "names no format"),
        (("--goal", "Buy", "--min-group", "500"), 4, "fewer"),
    ],
)
def test_what_is_refused(folder: Path, typed: tuple[str, ...], status: int, said: str) -> None:
    (folder / "own.yaml").write_text(JOURNEY, "utf-8")
    done = run(folder, "dropoff", "shop.csv", *typed)
    assert (done.status, said in done.err) == (status, True), done.err
