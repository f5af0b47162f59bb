"""A drop-off gives nothing away: neither who left, nor what few did next, nor when one arrived.

Each customer has an identifier that is a canary, and so have labels of few; the command is run as
it is, which must show none, and again with `--min-group 1`, which must show the labels.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from privacy.canaries import WORD, Aviary
from privacy.planted import assert_hidden, assert_shown, planted, swept_of
from privacy.test_canaries import Garden

RARE = f"{WORD}dd"
IDEAL = """\
journey: order
goal: Buy
exits: [Stop]
deadline: 2d
stages:
  - stage: One
    steps: [Search, Buy]
"""
ASKED = (
    "dropoff {IN}/shop.csv -i {IN}/shop.yaml --at 6h,1d,2d --by fund"
    " -o a.json -o a.html -o a.md -o a.csv -o a.txt"
)


def rows(aviary: Aviary) -> list[str]:
    """120 customers: half buy, each at a time of its own; of the others half get help, few rare."""
    made = ["customer,activity,time,fund"]
    for number in range(120):
        who = f"L{aviary.new()}"
        fund = RARE if number in (1, 3, 5) else ("A" if number % 3 else "B")
        made.append(f"{who},Search,2024-05-02T09:{number % 60:02}:00Z,{fund}")
        if number % 2 == 0:
            made.append(f"{who},Buy,2024-05-02T{10 + number // 12}:{number % 60:02}:17Z,{fund}")
        elif number % 4 == 1:
            label = RARE if number < 12 else "Help"
            made.append(f"{who},{label},2024-05-03T10:{number % 60:02}:00Z,{fund}")
    made.append(f"L{aviary.new()},Search,2024-05-20T09:00:00Z,A")
    return made


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Garden:
    files = [("shop.yaml", IDEAL)]
    return planted(tmp_path_factory.mktemp("left"), rows, files)


@pytest.mark.parametrize("more", ["", "--release"])
def test_a_drop_off_gives_nothing_away(shop: Garden, tmp_path: Path, more: str) -> None:
    assert_hidden(shop, tmp_path / "usual", f"{ASKED} {more}")
    assert_shown(
        shop, tmp_path / "control", f"{ASKED} --min-group 1", {"a.json", "a.html", "a.md", "a.txt"}
    )


def test_no_moment_of_one_customer_is_said(shop: Garden, tmp_path: Path) -> None:
    """Moments are round, and as many customers ended since the one before as a group needs."""
    assert swept_of(shop, tmp_path / "usual", ASKED).status == 0
    found = json.loads(next((tmp_path / "usual").rglob("a.json")).read_text())
    exact = json.loads(_exact(shop, tmp_path).read_text())
    assert len(found["curve"]) > 3
    for point in found["curve"]:
        assert point["t_seconds"] == float(f"{point['t_seconds']:.1e}") or point["t_seconds"] in (
            21_600.0, 86_400.0, 172_800.0)  # fmt: skip
        assert point["events"] >= 10 and point["at_risk"] >= 10
    moments = {point["t_seconds"] for point in exact["curve"]}
    assert any(moment % 60 == 17 for moment in moments)
    assert not {point["t_seconds"] for point in found["curve"] if point["t_seconds"] % 10} & moments


def _exact(shop: Garden, tmp_path: Path) -> Path:
    assert swept_of(shop, tmp_path / "exact", f"{ASKED} --min-group 1").status == 0
    return next((tmp_path / "exact").rglob("a.json"))
