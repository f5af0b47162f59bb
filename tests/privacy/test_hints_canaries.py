"""Hints give nothing away: no edit is for few customers, and no touchpoint of few is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from privacy.canaries import WORD, Aviary
from privacy.planted import assert_hidden, assert_shown, planted
from privacy.test_canaries import Garden

RARE = f"{WORD}hh"
IDEAL = """\
journey: order
goal: Buy
deadline: 2d
stages:
  - stage: One
    steps: [Search, Cart, Buy]
"""
ASKED = (
    "hints {IN}/shop.csv -i {IN}/shop.yaml --repair"
    " -o a.yaml -o a.json -o a.html -o a.md -o a.csv -o a.txt"
)


def rows(aviary: Aviary) -> list[str]:
    """120 customers: a third leaves out a step, a third gets help, few of the rest get rare help."""
    made = ["customer,activity,time,channel", f"L{aviary.new()},Search,2024-04-20T09:00:00Z,web"]
    for number in range(120):
        who = f"L{aviary.new()}"
        names = {0: ["Search", "Buy"], 1: ["Search", "Help", "Cart", "Buy"]}.get(
            number % 3, ["Search", "Cart", *([RARE] if number < 24 else []), "Buy"]
        )
        for place, name in enumerate(names):
            made.append(f"{who},{name},2024-05-02T1{place}:{number % 60:02}:00Z,web")
        if RARE in names:  # once more, in another channel
            made.append(f"{who},{RARE},2024-05-02T12:{number % 60:02}:30Z,app")
    made.append(f"L{aviary.new()},Search,2024-05-20T09:00:00Z,web")
    return made


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Garden:
    files = [("shop.yaml", IDEAL)]
    return planted(tmp_path_factory.mktemp("hinted"), rows, files)


@pytest.mark.parametrize("more", ["", "--release"])
def test_hints_give_nothing_away(shop: Garden, tmp_path: Path, more: str) -> None:
    """The control, with the smallest groups, does name what few customers did."""
    assert_hidden(shop, tmp_path / "usual", f"{ASKED} {more}")
    usual = next((tmp_path / "usual").rglob("a.yaml")).read_text()
    assert "optional: Cart" in usual and "allow: [Help]" in usual
    assert_shown(
        shop,
        tmp_path / "control",
        f"{ASKED} --min-group 1",
        {"a.yaml", "a.json", "a.html", "a.md", "a.csv", "a.txt"},
    )
    found = json.loads(next((tmp_path / "control").rglob("a.json")).read_text())
    assert ("asked twice", RARE) in {(one["tip"], one["step"]) for one in found["hints"]}
