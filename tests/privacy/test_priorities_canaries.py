"""Priorities give nothing away: neither what few did, nor how few of them reached the goal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from privacy.canaries import WORD, Aviary
from privacy.planted import assert_hidden, assert_shown, planted, swept_of
from privacy.test_canaries import Garden

RARE = f"{WORD}pp"
IDEAL = """\
journey: order
goal: Buy
deadline: 2d
stages:
  - stage: One
    steps: [Search, Cart, Buy]
"""
ASKED = (
    "priorities {IN}/shop.csv -i {IN}/shop.yaml --like fund --all --naive"
    " -o a.json -o a.html -o a.md -o a.csv -o a.txt"
)


def rows(aviary: Aviary) -> list[str]:
    """160 customers: half get help, few of whom buy; most others buy, and few get rare help."""
    made = ["customer,activity,time,fund"]
    for number in range(160):
        who = f"L{aviary.new()}"
        fund = RARE if number in (1, 3, 5) else "A"
        helped = number % 2 == 0
        names = ["Search", *(["Help"] if helped else [])]
        names += [RARE] if number in (7, 9, 11) else []
        names += ["Cart"]
        names += ["Buy"] if (number < 8 if helped else number % 3) else []
        for place, name in enumerate(names):
            made.append(f"{who},{name},2024-05-02T1{place}:{number % 60:02}:00Z,{fund}")
    made.append(f"L{aviary.new()},Search,2024-05-20T09:00:00Z,A")
    return made


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Garden:
    files = [("shop.yaml", IDEAL)]
    return planted(tmp_path_factory.mktemp("ranked"), rows, files)


@pytest.mark.parametrize("more", ["", "--release"])
def test_priorities_give_nothing_away(shop: Garden, tmp_path: Path, more: str) -> None:
    assert_hidden(shop, tmp_path / "usual", f"{ASKED} {more}")
    assert_shown(
        shop,
        tmp_path / "control",
        f"{ASKED} --min-group 1",
        {"a.json", "a.html", "a.md", "a.csv", "a.txt"},
    )


def test_the_four_that_bought_with_help_cannot_be_computed_back(
    shop: Garden, tmp_path: Path
) -> None:
    """Of 80 with help 4 bought: neither the share, nor what it could be computed from, is shown.

    What like journeys say is shown in two digits, as far as the gain can be told.
    """
    swept_of(shop, tmp_path / "usual", ASKED)
    found = json.loads(next((tmp_path / "usual").rglob("a.json")).read_text())
    help_ = next(row for row in found["items"] if row["step"] == "Help")
    assert (help_["journeys"], help_["verdict"]) == (80, "gain")
    assert (help_["goal"]["n"], help_["goal"]["value"]) == (None, None)
    assert [help_[key] for key in ("comparable", "naive", "e_value", "e_value_near")] == [None] * 4
    for figure in (help_["effect"]["value"], *help_["gain"].values()):
        assert len(f"{figure:g}".lstrip("-0.").replace(".", "").rstrip("0")) <= 2
    swept_of(shop, tmp_path / "exact", f"{ASKED} --min-group 1")
    exact = json.loads(next((tmp_path / "exact").rglob("a.json")).read_text())
    row = next(row for row in exact["items"] if row["step"] == "Help")
    assert row["goal"]["n"] == 4 and row["naive"] is not None and row["e_value"] > 1
