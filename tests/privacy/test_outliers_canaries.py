"""Outliers give nothing away: neither what few share, nor waves, mailings and silence of few."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from privacy.canaries import WORD, Aviary
from privacy.planted import assert_hidden, assert_shown, planted
from privacy.test_canaries import Garden

RARE = f"{WORD}oo"
IDEAL = """\
journey: order
goal: Buy
deadline: 2d
stages:
  - stage: One
    steps: [Search, Cart, Buy]
"""
CONFIG = '[contact]\nactivities = ["Call*"]\nanswers = ["Answer"]\n'
ASKED = (
    "outliers {IN}/shop.csv -i {IN}/shop.yaml --by fund --config {IN}/cjmine.toml"
    " -o a.json -o a.html -o a.md -o a.csv -o a.txt"
)
NEWS = 53  # the day of a mailing


def rows(aviary: Aviary) -> list[str]:
    """400 customers over 80 days; few have a rare fund, a rare call, and a mailing of their own."""
    made = ["customer,activity,time,channel,fund"]
    for number in range(400):
        who, day = f"L{aviary.new()}", number % 80
        fund = RARE if number % 80 == NEWS and number < 400 else ("A" if number % 3 else "B")
        names = ("Search", "Buy") if fund != "A" else ("Search", "Cart", "Buy")
        for hour, name in enumerate(names):
            made.append(f"{who},{name},{moment(day, 9 + hour)},web,{fund}")
        if number % 80 == NEWS:
            made += [f"{who},{RARE} mail,{moment(NEWS, 8)},mail,{fund}"] * 8
            made += [f"{who},Call {RARE},{moment(NEWS, 14 + one)},call,{fund}" for one in range(8)]
        elif number % 5 == 0:
            made.append(f"{who},Call us,{moment(day, 15)},call,{fund}")
    made.append(f"L{aviary.new()},Search,{moment(89, 9)},web,A")
    return made


def moment(day: int, hour: int) -> str:
    month, rest = (4, day) if day < 30 else (5, day - 30) if day < 61 else (6, day - 61)
    return f"2024-{month:02}-{rest + 1:02}T{hour:02}:00:00Z"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Garden:
    files = [("shop.yaml", IDEAL), ("cjmine.toml", CONFIG)]
    return planted(tmp_path_factory.mktemp("odd"), rows, files)


@pytest.mark.parametrize("more", ["", "--release"])
def test_outliers_give_nothing_away(shop: Garden, tmp_path: Path, more: str) -> None:
    """The control, with the smallest groups, does name the wave of five customers."""
    assert_hidden(shop, tmp_path / "usual", f"{ASKED} {more}")
    assert_shown(
        shop, tmp_path / "open", f"{ASKED} --min-group 1", {"a.json", "a.html", "a.md", "a.txt"}
    )
    found = json.loads(next((tmp_path / "open").rglob("a.json")).read_text())
    assert f"Call {RARE}" in {one["reason"] for one in found["waves"]}
