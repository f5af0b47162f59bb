"""`cjmine trend` through the command line: the sample logs, and the snippets of its page."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cli.running import PROJECT, SAMPLE_LOGS, environment, run

PAGE = PROJECT / "docs" / "trend.md"
JOURNEY = """journey: shop
goal: Buy
deadline: 5d
stages:
  - stage: One
    steps: [Search, Cart, Buy]
"""


@pytest.fixture(scope="module")
def sampled(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    folder = tmp_path_factory.mktemp("sampled")
    ran = run(folder, "trend", SAMPLE_LOGS, "--drift", "-f", "json")
    assert ran.status == 0, ran.err
    return json.loads(ran.out)


def test_the_planted_change_of_the_sample_logs_is_found(sampled) -> None:
    """On the day it was planted, near its name; as large as the counts of the truths say."""
    truths = json.loads((SAMPLE_LOGS / "truths.json").read_text())
    shares = [truths[f"form_change.{one}.share"] for one in ("before", "after")]
    (found,) = [one for one in sampled["changes"] if one["measure"] == "goal-rate"]
    assert (found["step"], found["at"]) == (None, "2026-03-16")
    assert found["near"] == {
        "on": "2026-03-16", "what": "New meter form", "days": 0, "is_before": False,
    }  # fmt: skip
    low, high = found["difference"]["low"], found["difference"]["high"]
    assert 0 < low <= shares[1] - shares[0] <= high


def test_the_late_source_of_the_sample_logs_is_coverage(sampled) -> None:
    rows = {(one["what"], one["name"]): one for one in sampled["coverage"]}
    chats = rows["channel", "chat"]
    assert chats["begins"] is not None and chats["ends"] is None
    assert ("label", "Chat opened") in rows
    assert not {"Moving page", "Final bill mail", "Log in"} & {name for _, name in rows}


def test_the_last_weeks_of_the_sample_logs_are_young(sampled) -> None:
    """The log ends with May, and journeys have fourteen days."""
    young = [one["from"] for one in sampled["periods"] if not one["mature"]]
    assert young == ["2026-05-11", "2026-05-18", "2026-05-25"]
    assert all(one["measures"] == [] for one in sampled["periods"] if not one["mature"])


def shop(folder: Path) -> None:
    """Three months of a shop: every day twelve customers, half of whom buy."""
    rows = ["time,customer,activity"]
    for day in range(92):
        begin = datetime(2026, 3, 1, 9, tzinfo=UTC) + timedelta(days=day)
        for number in range(12):
            times = [begin + timedelta(minutes=10 * number + 60 * step) for step in range(3)]
            names = ("Search", "Cart", "Buy")[: 3 if (day + number) % 2 else 1 + number % 2]
            rows += [
                f"{time.isoformat()},c{day:02}-{number:02},{name}"
                for time, name in zip(times, names, strict=False)
            ]
    (folder / "exports").mkdir()
    (folder / "exports" / "events.csv").write_text("\n".join(rows) + "\n")
    (folder / "journey.yaml").write_text(JOURNEY)
    (folder / "results").mkdir()


@pytest.mark.skipif(shutil.which("bash") is None, reason="the snippets are for a shell")
def test_the_snippets_of_the_page_run(tmp_path: Path) -> None:
    """The history in a folder, and what is new since the last trend."""
    shop(tmp_path)
    snippets = re.findall(r"```sh\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert len(snippets) == 2
    around = environment(tmp_path, None)
    typed = f'cjmine() {{ "{sys.executable}" -m cjmine "$@"; }}\n' + "\n".join(
        [snippets[0], "cjmine trend exports -i journey.yaml -o trend.json", snippets[1]]
    )
    ran = subprocess.run(
        ["bash", "-e", "-c", typed], cwd=tmp_path, env=around, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert "2 results, 2 judged" in ran.stdout
    assert "Since the trend up to 24 May 2026" in ran.stdout
    found = json.loads((tmp_path / "trend.json").read_text())
    assert found["every"] == "week"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--every", "year"], "there is no such period"),
        (["--what", "joy"], "there is no such measure"),
        (["--since-last", "none.json"], "the result cannot be read"),
        (["-o", "trend.xml"], "names no format"),
        (["--goal", "Bye"], "Bye"),
        (["-i", "journey.yaml", "--gap", "3d"], "the ideal journey says what the goal is"),
    ],
)
def test_what_cannot_be_asked_is_refused(tmp_path: Path, arguments, said) -> None:
    shop(tmp_path)
    log = tmp_path / "exports" / "events.csv"
    ran = run(tmp_path, "trend", log, *arguments)
    assert ran.status in (2, 3) and said in ran.err, ran.err


def test_csv_has_each_table(tmp_path: Path) -> None:
    shop(tmp_path)
    log = tmp_path / "exports" / "events.csv"
    (tmp_path / "journey.yaml").rename(tmp_path / "exports" / "journey.yaml")
    for table, first in (
        ("periods", "from,until,journeys,mature,measure,step,n,of,value"),
        ("changes", "measure,step,at,before,after,difference,low,high,p,near"),
        ("drifts", "at,z,from,to,before,after"),
        ("coverage", "what,name,begins,ends"),
    ):
        ran = run(tmp_path, "trend", log, "--drift", "-f", "csv", "--table", table)
        assert ran.status == 0 and ran.out.startswith(first), ran.err
