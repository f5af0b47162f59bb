"""What customers said gives nothing away: no touchpoint of few, and nothing that looks personal."""

from __future__ import annotations

from pathlib import Path

import pytest
from portfolio.folders import ORDER
from privacy.canaries import WORD, Aviary
from privacy.planted import assert_hidden, assert_shown, planted, swept_of
from privacy.test_canaries import Garden

RARE = f"{WORD}ii"
SAID = "they were told to wait"  # about what few met: neither is shown
INSIGHTS = f"""\
insights:
  - {{what: two screens too many, source: talks, date: 2024-04-01, step: Cart}}
  - {{what: {SAID} by {RARE}, source: survey, touchpoint: {RARE}}}
"""
PORTFOLIO = "lifecycle: [Buy]\njourneys: [{journey: order.yaml, phase: Buy}]\n"
LOG = "--tz UTC {IN}/shop.csv"
ASKED = {
    "report": f"report {LOG} -i {{IN}}/order.yaml -o a.html",
    "map": f"map {LOG} -i {{IN}}/order.yaml -o a.svg",
    "portfolio": f"report {{IN}}/portfolio.yaml {LOG} -o folder",
}
SHOWN = {"report": {"a.html"}, "map": {"a.svg"}, "portfolio": {"index.html", "order.html"}}
PERSONAL = (
    "ask {who}@example.org",
    "ask {WHO}@EXAMPLE.ORG about it",
    "call +31 6 12 34 57 {number} back",
    "she pays from NL91 ABNA 0417 1643 00",
    "BSN 111222333 had it too",
)


def rows(aviary: Aviary) -> list[str]:
    """120 customers, three of whom meet something rare."""
    made = ["customer,activity,time,channel"]
    for number in range(120):
        who = f"L{aviary.new()}"
        names = [
            "Search",
            "Cart",
            *([RARE] if number < 3 else []),
            *(["Pay"] if number % 2 else []),
        ]
        for place, name in enumerate(names):
            made.append(f"{who},{name},2024-05-02T1{place}:{number % 60:02}:00Z,web")
    made.append(f"L{aviary.new()},Search,2024-05-20T09:00:00Z,web")
    return made


def garden(folder: Path, insights: str) -> Garden:
    files = [("order.yaml", ORDER), ("portfolio.yaml", PORTFOLIO), ("insights.yaml", insights)]
    return planted(folder, rows, files)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Garden:
    return garden(tmp_path_factory.mktemp("heard"), INSIGHTS)


@pytest.mark.parametrize("more", ["", "--release"])
@pytest.mark.parametrize("verb", ASKED)
def test_what_few_met_is_not_said(shop: Garden, tmp_path: Path, verb: str, more: str) -> None:
    """The control, with the smallest groups, names it with what was said about it."""
    assert_hidden(shop, tmp_path / "usual", f"{ASKED[verb]} {more}")
    usual = texts(tmp_path / "usual")
    assert "two screens too many" in usual and SAID not in usual
    if not more:
        assert_shown(shop, tmp_path / "control", f"{ASKED[verb]} --min-group 1", SHOWN[verb])


@pytest.mark.parametrize("said", PERSONAL)
@pytest.mark.parametrize("verb", ASKED)
def test_a_personal_text_is_refused_and_not_repeated(tmp_path: Path, verb: str, said: str) -> None:
    """Neither what was said may be personal nor where it is from."""
    who = Aviary().new()
    text = said.format(who=who, WHO=who.upper(), number="89")
    shop = garden(tmp_path, f"insights: [{{what: {text!r}}}, {{what: slow, source: {text!r}}}]\n")
    found = swept_of(shop, tmp_path / "run", ASKED[verb])
    assert found.status != 0 and found.said.count("P104") == 2
    assert found.hits == {} and text not in found.said
    assert texts(tmp_path / "run") == ""


def texts(work: Path) -> str:
    """All that was written."""
    files = [one for one in (work / "out").rglob("*") if one.is_file()]
    return "\n".join(one.read_text("utf-8", "replace") for one in files)
