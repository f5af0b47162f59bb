"""A satisfaction gives nothing away: neither who answered, nor what few said or did.

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
    steps:
      - Search
      - step: Mail
        within: {max: 2h, after: Search}
      - Buy
"""
ASKED = (
    "satisfaction {IN}/shop.csv -i {IN}/shop.yaml --by fund --observed-until 2024-06-30"
    " -o a.json -o a.html -o a.md -o a.csv -o a.txt"
)


def rows(aviary: Aviary) -> list[str]:
    """160 customers, of whom 60 do not answer; few have a rare fund, touchpoint, or score."""
    made = ["customer,activity,time,channel,fund,score,scale"]
    for number in range(160):
        who = f"L{aviary.new()}"
        fund = RARE if number in (1, 3, 5) else ("A" if number % 3 else "B")
        score = 0 if number in (1, 2, 4) else 7 + number % 4
        late = number % 4 == 1
        events = [("Search", 9, "web"), ("Mail", 13 if late else 10, "mail")]
        if number < 4:
            events.append((RARE, 14, "call"))
        if number % 5:
            events.append(("Buy", 15, "web"))
        made += [
            f"{who},{name},2024-05-02T{hour:02}:{number % 60:02}:00Z,{way},{fund},,"
            for name, hour, way in events
        ]
        made.append(f"{who},NPS asked,2024-05-02T20:{number % 60:02}:17Z,survey,{fund},,nps")
        if number % 8 < 5:
            made.append(
                f"{who},NPS answer,2024-05-03T20:{number % 60:02}:17Z,survey,{fund},{score},nps"
            )
    return made


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Garden:
    files = [("shop.yaml", IDEAL)]
    return planted(tmp_path_factory.mktemp("rated"), rows, files)


@pytest.mark.parametrize("more", ["", "--release"])
def test_a_satisfaction_gives_nothing_away(shop: Garden, tmp_path: Path, more: str) -> None:
    assert_hidden(shop, tmp_path / "usual", f"{ASKED} {more}")
    assert_shown(shop, tmp_path / "control", f"{ASKED} --min-group 1", {"a.json", "a.html", "a.md"})


def test_no_row_is_of_few_or_leaves_few(shop: Garden, tmp_path: Path) -> None:
    """Of each row: who answered, who did not, and the bands that an interval would tell."""
    assert swept_of(shop, tmp_path / "usual", ASKED).status == 0
    found = json.loads(next((tmp_path / "usual").rglob("a.json")).read_text())
    (score,) = found["scores"]
    assert (score["n"], score["asked"]) == (100, 160)
    assert score["value"] is None  # three detractors
    for row in score["by"]:
        of, n = row["response"]["of"], row["n"]
        assert n is None or n == 0 or n >= 10
        assert of is None or of >= 10
        assert n is None or of is None or of == n or of - n >= 10
    for row in found["moments"]:
        assert all(row[side]["n"] in (None, 0) or row[side]["n"] >= 10 for side in ("bad", "good"))
    for row in score["ends"]:
        assert row["n"] in (None, 0) or row["n"] >= 10
