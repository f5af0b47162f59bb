"""`cjmine hints` on the command line: the repair, its file, every format, and what is refused."""

from __future__ import annotations

import csv
import io
import json
import stat
from pathlib import Path

import pytest

from cli.running import run

HEAD = "customer,activity,time"
JOURNEY = """\
journey: order   # the shop
goal: Buy
deadline: 2d
stages:
  - stage: One
    steps:
      - Search
      - Compare   # why?
      - Buy
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """120 customers: half leave out Compare, 20 of the others come to it twice."""
    lines = [
        f"c{n:03},{name},2026-03-{1 + n % 20:02}T{hour:02}:{n % 60:02}:00Z"
        for n in range(120)
        for name, hour in (
            ("Search", 9),
            *([("Compare", 10)] if n % 2 else []),
            *([("Compare", 11)] if n % 6 == 1 else []),
            ("Buy", 12),
        )
    ]
    (tmp_path / "shop.csv").write_text("\n".join([HEAD, *lines]) + "\n", "utf-8")
    (tmp_path / "journey.yaml").write_text(JOURNEY, "utf-8")
    return tmp_path


ASKED = ("hints", "shop.csv", "-q", "--observed-until", "2026-04-30", "--repair")


def test_the_file_checks_to_what_the_hints_promise(folder: Path) -> None:
    done = run(folder, *ASKED, "-o", "new.yaml", "--json")
    assert done.status == 0, done.err
    found = json.loads(done.out)["repaired"]
    assert [(one["edit"], one["what"], one["most"], one["journeys"]) for one in found["edits"]] == [
        ("optional", ["Compare"], None, 60),
        ("repeat", ["Compare"], 2, 20),
    ]
    after = run(folder, "check", "shop.csv", *ASKED[2:-1], "-i", "new.yaml", "--json")
    before = run(folder, "check", "shop.csv", *ASKED[2:-1], "--json")
    assert json.loads(before.out)["counted"]["fits"] == found["fitting_before"]
    assert json.loads(after.out)["counted"]["fits"] == found["fitting_after"]
    new = (folder / "new.yaml").read_text("utf-8")
    assert new == JOURNEY.replace(
        "- Compare   # why?\n",
        "- repeat:\n          optional: Compare   # why?\n        max: 2\n",
    )
    assert stat.S_IMODE((folder / "new.yaml").stat().st_mode) == 0o600


def test_the_screen_shows_the_edits_and_a_diff_that_can_be_applied(folder: Path) -> None:
    done = run(folder, *ASKED)
    assert done.status == 0, done.err
    assert "“Compare” may be left out" in done.out and "+60" in done.out
    assert "\n--- journey.yaml\n+++ journey.yaml\n@@ -5,5 +5,7 @@\n" in done.out
    assert not (folder / "new.yaml").exists()
    assert (folder / "journey.yaml").read_text("utf-8") == JOURNEY
    assert "mag worden overgeslagen" in run(folder, *ASKED, "--lang", "nl").out


def test_every_format(folder: Path) -> None:
    names = ("a.json", "a.md", "a.csv", "a.txt", "a.html")
    files = [part for name in names for part in ("-o", name)]
    done = run(folder, *ASKED, *files, "-f", "csv", "--table", "edits")
    assert done.status == 0, done.err
    rows = list(csv.reader(io.StringIO(done.out)))
    assert rows == [
        ["edit", "what", "most", "journeys"],
        ["optional", "Compare", "", "60"],
        ["repeat", "Compare", "2", "20"],
    ]
    for name in names[1:]:
        assert "Compare" in (folder / name).read_text("utf-8")
    again = run(folder, *ASKED, "-f", "json")
    assert again.out == (folder / "a.json").read_text("utf-8")


def test_without_a_repair_no_journey_file_is_written(folder: Path) -> None:
    done = run(folder, *ASKED[:-1], "-o", "new.yaml")
    assert done.status == 2 and "add --repair" in done.err
    assert json.loads(run(folder, *ASKED[:-1], "--json").out)["repaired"] is None


def test_a_journey_file_that_exists_is_never_replaced(folder: Path) -> None:
    done = run(folder, *ASKED, "-o", "journey.yaml")
    assert done.status == 5 and "O102" in done.err
    assert (folder / "journey.yaml").read_text("utf-8") == JOURNEY


def test_where_no_edit_helps_no_file_is_written(folder: Path) -> None:
    done = run(folder, *ASKED[:2], *ASKED[3:], "--min-group", "100", "-o", "new.yaml")
    assert done.status == 0 and "no journey file is written" in done.err
    assert not (folder / "new.yaml").exists()


def test_a_process_model_has_no_text_to_edit(folder: Path) -> None:
    made = run(folder, "model", "journey.yaml", "-o", "order.bpmn")
    assert made.status == 0, made.err
    done = run(folder, *ASKED, "-i", "order.bpmn")
    assert done.status == 2 and "process model" in done.err


def test_no_ideal_is_said_as_by_a_check(folder: Path) -> None:
    (folder / "journey.yaml").unlink()
    done = run(folder, *ASKED)
    assert done.status == 2 and "J104" in done.err
