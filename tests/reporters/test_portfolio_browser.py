"""The page of a portfolio in a real browser: it asks for nothing, and everybody can use it."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser import Page, browser, page
from notation import log
from portfolio.folders import CLAIM, ORDER, portfolio_in

from cjmine.reporters.formats import Asked, Format
from cjmine.reporters.language import Lang
from cjmine.reporters.registry import render
from cjmine.results.portfolio import Portfolio
from cjmine.verbs.portfolio import portfolio
from cjmine.verbs.portfolio_settings import PortfolioSettings

__all__ = ["browser", "page"]

EVIL = "<img src=x onerror=alert(1)>"
TEXT = """
lifecycle: [Orient, Buy, Use, Leave, "{evil}"]
journeys:
  - {{journey: order.yaml, phase: Buy, owner: "{evil}", name: "{evil} order"}}
  - {{journey: claim.yaml, phase: Use}}
  - {{journey: "bill {evil}", phase: Leave}}
  - {{journey: moving house and everything that goes with it, phase: "{evil}"}}
  - {{template: order.yaml, name: by fund, phase: Buy, for: {{fund: ["A{evil}", B, C, D]}}}}
reasons: {{"Call bill": none yet}}
"""


def world(evil: str) -> str:
    rows = []
    for n in range(400):
        fund = (f"A{evil}", "B", "C", "D")[n % 4].replace(" ", "_")
        pays = n % 10 < (2 if n % 4 == 3 else 7)
        row = f"c{n}: Search@{n}h@fund={fund}" + (f" Pay@{n + 1}h@fund={fund}" if pays else "")
        row += f" Claim@{n + 2}h@fund={fund}" if n % 3 == 0 else ""
        rows.append(row + (f" Call_bill@{n + 3}h@call" if n % 5 == 0 else ""))
    return "\n".join(rows)


def found(folder: Path, evil: str) -> Portfolio:
    order = ORDER + 'expect: {goal-rate: ">= 90%"}\n'
    files = {"order.yaml": order, "claim.yaml": CLAIM}
    asked = portfolio_in(folder, TEXT.format(evil=evil), files)
    return portfolio(log(world("")), asked, PortfolioSettings())


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[Lang, Path]:
    folder = tmp_path_factory.mktemp("portfolio")
    result = found(folder, EVIL)
    files = {lang: folder / f"{lang.value}.html" for lang in Lang}
    for lang, file in files.items():
        file.write_text(render(result, Format.HTML, Asked(lang=lang)), "utf-8")
    return files


@pytest.mark.parametrize("lang", Lang)
@pytest.mark.parametrize("width", [1280, 760, 390])
def test_everybody_can_use_it(page: Page, pages: dict[Lang, Path], lang: Lang, width: int) -> None:
    """Nothing that axe-core finds; no sideways scrolling; no script of a label runs."""
    page.resize(width, 900)
    page.open(pages[lang])
    assert page.axe() == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.dialogs() == 0 and page.complaints() == []
    assert page.requests() == [pages[lang].resolve().as_uri()]


def test_phases_are_across_on_a_wide_screen_and_below_each_other_on_a_small_one(
    page: Page, pages: dict[Lang, Path]
) -> None:
    places = "[...document.querySelectorAll('.phase')].map(one => [one.getBoundingClientRect().x, one.getBoundingClientRect().y])"
    page.resize(1280, 900)
    page.open(pages[Lang.EN])
    wide = page.evaluate(places)
    assert len(wide) == 5 and len({y for _, y in wide}) == 1
    assert [x for x, _ in wide] == sorted(x for x, _ in wide)
    page.resize(390, 900)
    small = page.evaluate(places)
    assert len({x for x, _ in small}) == 1 and len({y for _, y in small}) == 5


def test_tables_fit_a_wide_screen_and_break_no_word(page: Page, tmp_path: Path) -> None:
    """Shares have their counts below them, so that nothing of a table has to be scrolled to."""
    file = tmp_path / "page.html"
    file.write_text(render(found(tmp_path, "Change"), Format.HTML, Asked(lang=Lang.NL)), "utf-8")
    page.resize(1280, 900)
    page.open(file)
    beyond = "[...document.querySelectorAll('#owners .scroll, #figures .scroll')].map(one => one.scrollWidth - one.clientWidth)"
    assert page.evaluate(beyond) == [0, 0]
    lines = """
        [...document.querySelectorAll('#figures tbody td:nth-child(3)')].filter(one => {
            const range = document.createRange();
            range.selectNodeContents(one);
            return range.getClientRects().length > 1;
        }).length
    """
    assert page.evaluate(lines) == 0


def test_phases_and_tables_are_whole_on_paper(page: Page, tmp_path: Path) -> None:
    """Paper cannot be scrolled: what is wider than a page would be cut away, or all made smaller."""
    file = tmp_path / "page.html"
    file.write_text(render(found(tmp_path, "Change"), Format.HTML, Asked(lang=Lang.NL)), "utf-8")
    page.prefer("light", "print")
    page.resize(703, 900)  # A4 without its margins
    page.open(file)
    assert page.evaluate("document.documentElement.scrollWidth") <= 703
    across = "new Set([...document.querySelectorAll('.phase')].map(one => one.getBoundingClientRect().y)).size"
    assert page.evaluate(across) == 1


def test_the_figure_of_a_card_has_its_name(page: Page, pages: dict[Lang, Path]) -> None:
    page.open(pages[Lang.NL])
    said = page.evaluate(
        "[...document.querySelectorAll('.card .goal')].map(one => one.textContent)"
    )
    assert said and all(one.startswith("Doel ") for one in said)
