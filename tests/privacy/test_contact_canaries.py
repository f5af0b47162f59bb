"""Contacts give nothing away: neither who called, nor why few did, nor what few did before.

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

RARE, ODD = f"Call {WORD}dd", f"Page {WORD}ff"
IDEAL = """\
journey: order
goal: Buy
deadline: 5d
stages:
  - stage: One
    steps: [Search, {step: Confirm, within: {max: 1d, after: Search}}, Buy]
"""
CONFIG = """\
[contact]
activities = ["Call*", "Chat"]
answers = ["Answer"]
cost = { call = 7.5, chat = 3.0 }
"""
ASKED = (
    "contact {IN}/shop.csv -i {IN}/shop.yaml --config {IN}/shop.toml --again 1h,1d,7d"
    " --observed-until 2024-06-30 -o a.json -o a.html -o a.md -o a.csv -o a.txt"
)


def rows(aviary: Aviary) -> list[str]:
    """120 customers: half call, few for a rare reason or after a rare page, few chat."""
    made = ["customer,activity,time,channel"]
    for number in range(120):
        who, minute = f"L{aviary.new()}", f"{number % 60:02}:17Z"
        made.append(f"{who},Search,2024-05-02T09:{minute},web")
        if number % 2:
            made.append(f"{who},{ODD if number < 14 else 'Help'},2024-05-02T10:{minute},web")
            why = RARE if number in (1, 3, 5) else "Call how"
            made.append(f"{who},{why},2024-05-02T10:{number % 60:02}:59Z,call")
        if number in (40, 42, 44):
            made.append(f"{who},Chat,2024-05-03T03:{minute},chat")
        made.append(f"{who},Buy,2024-05-04T10:{minute},web")
    return made


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Garden:
    files = [("shop.yaml", IDEAL), ("shop.toml", CONFIG)]
    return planted(tmp_path_factory.mktemp("called"), rows, files)


@pytest.mark.parametrize("more", ["", "--release", "--by reason", "--by hour"])
def test_contacts_give_nothing_away(shop: Garden, tmp_path: Path, more: str) -> None:
    assert_hidden(shop, tmp_path / "usual", f"{ASKED} {more}")
    found = json.loads(next((tmp_path / "usual").rglob("a.json")).read_text())
    assert found["with_contact"]["of"] == 120
    for row in found["types"]:
        assert row["contacts"] is None or row["contacts"] == 0 or row["contacts"] >= 10


def test_the_labels_of_few_would_be_seen(shop: Garden, tmp_path: Path) -> None:
    assert_shown(
        shop,
        tmp_path / "control",
        f"{ASKED} --min-group 1 --by reason",
        {"a.json", "a.html", "a.md", "a.txt"},
    )


def test_no_hour_of_few_is_said(shop: Garden, tmp_path: Path) -> None:
    """Three chatted at night: neither their hour nor their channel is shown."""
    assert swept_of(shop, tmp_path / "hours", ASKED).status == 0
    found = json.loads(next((tmp_path / "hours").rglob("a.json")).read_text())
    assert [(row["hour"], row["contacts"]) for row in found["hours"]] == [(10, 60)]
    assert "chat" not in [row["name"] for row in found["groups"]]
    assert "chat" not in [row["name"] for row in found["identified"]["by"]]
