"""Measured ideas give nothing away: neither who is behind a figure, nor a figure about few."""

from __future__ import annotations

import json
import shlex
from collections.abc import Sequence
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


# One reached fewer weeks than the other: they differ by the last one, in which 3 of 40 leave.
LAST_WEEK = f"""\
ideas:
  - {{id: M-1, title: All, step: Cart, metric: drop-off, status: running, since: {week(20)}, expected: -9 pp}}
  - {{id: M-2, title: Less, step: Cart, metric: drop-off, status: done, since: {week(20)}, until: {week(25)}, expected: -9 pp}}
"""


def garden(folder: Path, lost: Sequence[int], register: str) -> Garden:
    aviary = Aviary()
    folder.mkdir(parents=True)
    called: dict[str, str] = {}
    lines = ["customer,activity,time"]
    for place, (who, name, at) in enumerate(rows_of(lost)):
        customer = called.setdefault(who, f"L{aviary.new()}")
        lines.append(f"{customer},{name},{moment(at * 1_000_000)}")
        if place % 400 == 0:
            lines.append(f"{customer},Help,{moment((at + 30) * 1_000_000)}")
    (folder / "shop.csv").write_text("\n".join(lines) + "\n")
    (folder / "shop.yaml").write_text(JOURNEY)
    (folder / "ideas.yaml").write_text(register)
    return Garden(folder, Scanner(aviary), folder.parent)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Garden:
    return garden(tmp_path_factory.mktemp("ideas") / "in", [20] * 20 + [12] * 6, REGISTER)


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


@pytest.mark.parametrize("more", ["", "--release"])
def test_weeks_that_differ_by_few_are_not_shown_beside_each_other(
    tmp_path: Path, more: str
) -> None:
    """Who had both would know how few left in the one week between them."""
    shop = garden(tmp_path / "shop" / "in", [20] * 20 + [12] * 5 + [3], LAST_WEEK)
    found = []
    for name, group in (("usual", more), ("control", "--min-group 1")):
        (tmp_path / name).mkdir()
        typed = shlex.split(f"{ASKED} {group}".replace("{IN}", str(shop.inputs)))
        swept = sweep(shop, tmp_path / name, *typed)
        assert swept.status == 0, swept.said
        found.append(json.loads(next((tmp_path / name).rglob("a.json")).read_text()))
    usual, control = (one["ideas"] for one in found)
    every, less = (one["measured"]["after"] for one in control)
    assert (every["n"] - less["n"], every["of"] - less["of"]) == (3, 40)
    first, second = usual
    assert first["measured"]["after"]["n"] is not None and first["lack"] is None
    assert second["lack"] == "too few journeys apart from another idea"
    measured = second["measured"]
    assert all(measured[side][key] is None for side in ("before", "after") for key in ("n", "of"))
    assert (measured["change"], measured["naive"], measured["verdict"]) == (
        None,
        None,
        "cannot tell",
    )
