"""Measured ideas give nothing away: neither who is behind a figure, nor a figure about few."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest
from ideas.logs import JOURNEY, rows_of, week
from privacy.canaries import MARK, Aviary, Scanner
from privacy.test_canaries import Garden, sweep

from cjmine.results.log import moment

ASKED = (
    "ideas measure {IN}/shop.csv -i {IN}/shop.yaml --register {IN}/ideas.yaml"
    " -o a.json -o a.html -o a.md -o a.csv -o a.txt"
)
REGISTER = f"""\
ideas:
  - {{id: M-1, title: Many, step: Cart, metric: drop-off, status: running, since: {week(20)}, expected: -15 pp}}
  - {{id: M-2, title: Few, metric: contact, touchpoint: Help, status: running, since: {week(20)}, expected: -1 pp}}
"""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Garden:
    folder, aviary = tmp_path_factory.mktemp("ideas") / "in", Aviary()
    folder.mkdir()
    called: dict[str, str] = {}
    lines = ["customer,activity,time"]
    for place, (who, name, at) in enumerate(rows_of([20] * 20 + [12] * 6)):
        customer = called.setdefault(who, f"L{aviary.new()}")
        lines.append(f"{customer},{name},{moment(at * 1_000_000)}")
        if place % 400 == 0:
            lines.append(f"{customer},Help,{moment((at + 30) * 1_000_000)}")
    (folder / "shop.csv").write_text("\n".join(lines) + "\n")
    (folder / "shop.yaml").write_text(JOURNEY)
    (folder / "ideas.yaml").write_text(REGISTER)
    return Garden(folder, Scanner(aviary), folder.parent)


@pytest.mark.parametrize("more", ["", "--release"])
def test_ideas_give_nothing_away(shop: Garden, tmp_path: Path, more: str) -> None:
    """The control, with the smallest groups, does say what few did."""
    for name in ("usual", "control"):
        (tmp_path / name).mkdir()
    typed = shlex.split(f"{ASKED} {more}".replace("{IN}", str(shop.inputs)))
    swept = sweep(shop, tmp_path / "usual", *typed)
    assert (swept.status, swept.hits) == (0, {}), swept.said
    usual = json.loads(next((tmp_path / "usual").rglob("a.json")).read_text())
    many, few = (one["measured"] for one in usual["ideas"])
    assert many["verdict"] == "kept its promise" and many["change"] is not None
    assert few["after"]["n"] is None and few["change"] is None and few["naive"] is None
    exact = shlex.split(f"{ASKED} --min-group 1".replace("{IN}", str(shop.inputs)))
    control = sweep(shop, tmp_path / "control", *exact)
    assert control.status == 0, control.said
    shown = json.loads(next((tmp_path / "control").rglob("a.json")).read_text())
    assert 0 < shown["ideas"][1]["measured"]["after"]["n"] < 10
    texts = [one.read_bytes() for one in (tmp_path / "control").rglob("a.*")]
    assert texts and not any(MARK.encode() in text for text in texts)
