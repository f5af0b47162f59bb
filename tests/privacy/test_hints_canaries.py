"""Hints give nothing away: no edit is for few customers, and no touchpoint of few is named."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest
from privacy.canaries import MARK, WORD, Aviary, Scanner
from privacy.test_canaries import Garden, Swept, sweep

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
    folder, aviary = tmp_path_factory.mktemp("hinted") / "in", Aviary()
    folder.mkdir()
    (folder / "shop.csv").write_text("\n".join(rows(aviary)) + "\n")
    (folder / "shop.yaml").write_text(IDEAL)
    return Garden(folder, Scanner(aviary), folder.parent)


def swept_of(shop: Garden, work: Path, more: str = "") -> Swept:
    work.mkdir()
    typed = shlex.split(f"{ASKED} {more}".replace("{IN}", str(shop.inputs)))
    return sweep(shop, work, *typed)


@pytest.mark.parametrize("more", ["", "--release"])
def test_hints_give_nothing_away(shop: Garden, tmp_path: Path, more: str) -> None:
    """The control, with the smallest groups, does name what few customers did."""
    swept = swept_of(shop, tmp_path / "usual", more)
    assert (swept.status, swept.hits) == (0, {}), swept.said
    usual = next((tmp_path / "usual").rglob("a.yaml")).read_text()
    assert "optional: Cart" in usual and "allow: [Help]" in usual
    control = swept_of(shop, tmp_path / "control", "--min-group 1")
    assert control.status == 0, control.said
    names = {Path(where).name for where in control.hits}
    assert names >= {"a.yaml", "a.json", "a.html", "a.md", "a.csv", "a.txt"}
    texts = [one.read_bytes() for one in (tmp_path / "control").rglob("a.*")]
    assert not any(MARK.encode() in text for text in texts)
    found = json.loads(next((tmp_path / "control").rglob("a.json")).read_text())
    assert ("asked twice", RARE) in {(one["tip"], one["step"]) for one in found["hints"]}
