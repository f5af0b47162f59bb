"""A portfolio gives nothing away: no customer, and neither rare reasons nor small values."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from portfolio.folders import CLAIM, ORDER
from privacy.canaries import MARK, WORD, Aviary, Scanner
from privacy.test_canaries import Garden, Swept, sweep

RARE = f"{WORD}dd"
PORTFOLIO = """\
lifecycle: [Buy, Use]
journeys:
  - {journey: order.yaml, phase: Buy}
  - {journey: claim.yaml, phase: Use}
  - {template: order.yaml, name: by fund, for: {fund: [A, B]}}
reasons: {"Call bill": none yet}
"""
ASKED = "portfolio {IN}/portfolio.yaml {IN}/shop.csv" + "".join(
    f" -o a.{suffix}" for suffix in ("json", "html", "md", "csv", "txt")
)


def rows(aviary: Aviary) -> list[str]:
    """150 customers: half pay, a third call about their bill, three about something rare."""
    made = ["customer,activity,time,channel,fund"]
    for number in range(150):
        who, fund = f"L{aviary.new()}", "AB"[number % 2]
        made.append(f"{who},Search,2024-05-02T09:{number % 60:02}:00Z,web,{fund}")
        if number % 3:
            made.append(f"{who},Pay,2024-05-02T10:{number % 60:02}:17Z,web,{fund}")
        reason = f"Call {RARE}" if number in (4, 8, 15) else "Call bill"
        if number % 3 == 1 or number in (8, 15):
            made.append(f"{who},{reason},2024-05-02T12:{number % 60:02}:00Z,call,{fund}")
        if number in (1, 2, 3):
            made.append(f"{who},Claim,2024-05-02T13:00:00Z,web,{fund}")
    made.append(f"L{aviary.new()},Search,2024-05-20T09:00:00Z,web,A")
    return made


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Garden:
    folder, aviary = tmp_path_factory.mktemp("all") / "in", Aviary()
    folder.mkdir()
    (folder / "shop.csv").write_text("\n".join(rows(aviary)) + "\n")
    for name, text in (
        ("order.yaml", ORDER),
        ("claim.yaml", CLAIM),
        ("portfolio.yaml", PORTFOLIO),
    ):
        (folder / name).write_text(text)
    return Garden(folder, Scanner(aviary), folder.parent)


def swept_of(shop: Garden, work: Path, asked: str) -> Swept:
    work.mkdir()
    return sweep(shop, work, *shlex.split(asked.replace("{IN}", str(shop.inputs))))


@pytest.mark.parametrize("more", ["", "--release"])
def test_a_portfolio_gives_nothing_away(shop: Garden, tmp_path: Path, more: str) -> None:
    swept = swept_of(shop, tmp_path / "usual", f"{ASKED} {more}")
    assert (swept.status, swept.hits) == (0, {}), swept.said
    control = swept_of(shop, tmp_path / "control", f"{ASKED} --min-group 1")
    assert control.status == 0, control.said
    assert {Path(where).name for where in control.hits} >= {"a.json", "a.html", "a.md"}
    texts = [one.read_bytes() for one in (tmp_path / "control").rglob("a.*")]
    assert not any(MARK.encode() in text for text in texts)


def test_a_folder_gives_nothing_away(shop: Garden, tmp_path: Path) -> None:
    """The journey of three customers has no report."""
    asked = "report {IN}/portfolio.yaml {IN}/shop.csv -o all"
    swept = swept_of(shop, tmp_path / "folder", asked)
    assert (swept.status, swept.hits) == (0, {}), swept.said
    names = {one.name for one in (tmp_path / "folder").rglob("*.html")}
    assert names == {"index.html", "order.html", "by-fund.html"}
