"""`cjmine compare` on the command line: values among the arguments, two logs, files, refusals."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from cli.running import run

LINES = [
    f"{arm}{n},{name},2026-03-{1 + n % 20:02d}T10:0{minute}:00Z,{arm}"
    for arm, many in (("old", 15), ("new", 30))
    for n in range(40)
    for minute, name in enumerate(["Search", *(["Buy"] if n < many else [])])
]
HEAD = "customer,activity,time,arm"
ROLES = ["--customer", "customer", "--activity", "activity", "--timestamp", "time"]
ASKED = [*ROLES, "--goal", "Buy", "--deadline", "1h", "--observed-until", "2026-03-31"]


@pytest.fixture
def csv(tmp_path: Path) -> Path:
    path = tmp_path / "log.csv"
    path.write_text("\n".join([HEAD, *LINES]) + "\n", "utf-8")
    return path


def test_values_are_arguments_that_name_no_file(csv: Path) -> None:
    """The column is kept without a flag; the order of the values is that of the sides."""
    done = run(
        csv.parent, "compare", "log.csv", *ASKED, "--by", "arm", "old", "new", "--json", "-q"
    )
    assert done.status == 0, done.err
    found = json.loads(done.out)
    assert [one["name"] for one in found["groups"]] == ["old", "new"]
    goal = found["rows"][0]
    assert (goal["a"]["n"], goal["a"]["of"], goal["b"]["n"]) == (15, 40, 30)
    assert goal["verdict"] == "gain"


def test_two_logs(csv: Path) -> None:
    """Each is a side; their files are the names."""
    half = len(LINES) - 70
    for name, lines in (("before.csv", LINES[:half]), ("after.csv", LINES[half:])):
        (csv.parent / name).write_text("\n".join([HEAD, *lines]) + "\n", "utf-8")
    done = run(csv.parent, "compare", "before.csv", "after.csv", *ASKED, "--json", "-q")
    assert done.status == 0, done.err
    found = json.loads(done.out)
    assert found["design"] == "logs"
    assert [one["name"] for one in found["groups"]] == ["before.csv", "after.csv"]
    assert [one["journeys"] for one in found["groups"]] == [40, 40]
    assert len(found["sources"]) == 2


def test_an_experiment_of_the_configuration(csv: Path) -> None:
    (csv.parent / "cjmine.toml").write_text(
        "[experiment.form]\nby = 'arm'\narms = { old = 0.5, new = 0.5 }\nuntil = 2026-04-30\n",
        "utf-8",
    )
    done = run(csv.parent, "compare", "log.csv", *ASKED, "--experiment", "form", "-q")
    assert done.status == 0, done.err
    assert "experiment form, old and new" in done.out
    assert "N300" in done.out
    assert "gain" not in done.out


def test_files_in_every_format(csv: Path) -> None:
    files = ["x.html", "x.json", "x.md", "x.csv", "x.txt"]
    outputs = [part for file in files for part in ("-o", file)]
    done = run(
        csv.parent, "compare", "log.csv", *ASKED, "--period", "2026-W09", "2026-W10", *outputs
    )
    assert done.status == 0, done.err
    assert all((csv.parent / file).stat().st_size for file in files)


@pytest.mark.parametrize(
    "asked",
    [
        ["--by", "arm", "old", "new"],
        ["--period", "2026-03-01..2026-03-10", "2026-03-11..2026-03-20"],
    ],
)
def test_the_page_has_the_map_of_each_side(csv: Path, asked: list[str]) -> None:
    """Where there is an ideal; the second one says how the drop-off has changed."""
    (csv.parent / "shop.yaml").write_text(
        "journey: shop\ngoal: Buy\ndeadline: 1h\nstages:\n  - {stage: One, steps: [Search, Buy]}\n",
        "utf-8",
    )
    asked = [*ROLES, "-i", "shop.yaml", "--observed-until", "2026-03-31", *asked, "-o", "x.html"]
    done = run(csv.parent, "compare", "log.csv", *asked, "-q")
    assert done.status == 0, done.err
    page = (csv.parent / "x.html").read_text("utf-8")
    assert page.count("Journey map: shop") >= 2
    assert 'id="maps"' in page
    names = re.findall(r' id="([^"]+)"', page)
    assert len(names) == len(set(names))
    if "--by" in asked:
        assert "▼" in page[page.index('id="maps"') :]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ([], "two sides are needed"),
        (["--by", "arm", "old"], "two values are compared"),
        (["--by", "arm", "old", "neu"], 'did you mean "new"'),
        (["--by", "fund"], 'has a column "fund"'),
        (["--period", "2026-03", "2026-03"], "share a day"),
        (["--period", "2026-13", "2026-03"], "a period is needed"),
        (["--change", "soon"], "a day is needed"),
        (["--change", "2020-01-01"], "both sides of the day"),
        (["--by", "arm", "--control", "arm = old"], "a control is for what changes in time"),
        (["--by", "arm", "--change", "2026-03-10"], "two ways to make sides"),
        (["--experiment", "form"], "declares no experiment"),
        (["--by", "arm", "--harm", "1"], "percentage points are needed"),
    ],
)
def test_what_is_refused(csv: Path, asked: list[str], said: str) -> None:
    done = run(csv.parent, "compare", "log.csv", *ASKED, *asked)
    assert done.status == 2
    assert said in done.err
