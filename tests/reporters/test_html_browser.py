"""The report in a real browser: it asks for nothing, runs nothing of a log, and everybody can use it."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser import Page, browser, page
from reporters.hostile import LABELS
from reporters.test_html import report

from cjmine.reporters.html import render
from cjmine.reporters.language import Lang

__all__ = ["browser", "page"]

CONTROLS = "a[href], button, summary, input, [tabindex='0']"  # what Tab may stop at
FOCUSED = """(() => { const one = document.activeElement;
  return one === document.body ? '' : one.tagName + '|' + (one.id || one.textContent.slice(0, 40)); })()"""
SHOWN = (
    "[...document.querySelectorAll('.level')].map(one => getComputedStyle(one).display !== 'none')"
)


@pytest.fixture(params=Lang, scope="module")
def usual(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("usual") / "report.html"
    file.write_text(render(report(), request.param), "utf-8")
    return file


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("hostile")
    labels = [
        *LABELS,
        "<img src=x onerror=alert(1)>",
        '"><script>alert(1)</script>',
        "' onmouseover='alert(1)' x='",
        "</title></style></svg><script>alert(1)</script>",
        "javascript:alert(1)",
        "{step} {0} {__class__}",
        "https://example.com/?x=<img>",
        "مرحبا بالعالم",
    ]
    files = []
    for number, label in enumerate(labels):
        files.append(folder / f"{number}.html")
        files[-1].write_text(render(report(label)), "utf-8")
    return files


def test_nothing_is_asked_for_and_nothing_complains(page: Page, usual: Path) -> None:
    """One file; the browser has no word about it, also after every control was used."""
    page.open(usual)
    page.evaluate("document.querySelectorAll('summary, button, input').forEach(one => one.click())")
    assert page.requests() == [usual.resolve().as_uri()]
    assert page.complaints() == []


def test_hostile_labels_are_inert(page: Page, hostile: list[Path]) -> None:
    """No script of a label runs, nothing is fetched, no dialog opens, the page keeps its shape."""
    shapes = set()
    for file in hostile:
        page.open(file)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert page.dialogs() == 0
        assert page.requests() == [file.resolve().as_uri()], file
        assert page.complaints() == [], file
        shapes.add(
            page.evaluate("document.querySelectorAll('section, table, article, script').length")
        )
    assert len(shapes) == 1


def test_a_script_that_got_in_would_not_run(page: Page, tmp_path: Path) -> None:
    """The policy stands behind the escaping: a page with a script put into it refuses that script."""
    file = tmp_path / "broken.html"
    text = render(report()).replace("<main>", "<main><script>document.title='stolen'</script>")
    file.write_text(text.replace("<h1>", "<h1><img src='https://example.com/x.png'>"), "utf-8")
    page.open(file)
    assert page.evaluate("document.title") != "stolen"
    assert len(page.complaints()) >= 2


def tabbed(page: Page) -> list[str]:
    """Where the focus stops, from the first Tab to where it leaves the page."""
    stops: list[str] = []
    for _ in range(400):
        page.press("Tab", 9)
        spot = page.evaluate(FOCUSED)
        if not spot or (stops and spot == stops[0]):
            return stops
        stops.append(spot)
    raise AssertionError("the focus goes round for ever")


def test_the_keyboard_reaches_every_control_in_order(page: Page, usual: Path) -> None:
    """First the way past the links; then everything in the order in which it is read."""
    page.open(usual)
    wanted = page.evaluate(
        f"[...document.querySelectorAll({CONTROLS!r})].filter(one => one.checkVisibility()"
        " && (one.type !== 'radio' || one.checked))"
        ".map(one => one.tagName + '|' + (one.id || one.textContent.slice(0, 40)))"
    )
    assert tabbed(page) == wanted
    assert len(wanted) > 20 and wanted[0].startswith("A|")


def test_the_skip_link_leads_to_the_verdict(page: Page, usual: Path) -> None:
    """It shows itself when it has the focus."""
    page.open(usual)
    page.press("Tab", 9)
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    page.press("Enter", 13)
    assert page.evaluate("location.hash") == "#verdict"


@pytest.mark.parametrize("scripts", [True, False])
def test_levels_are_switched_with_the_arrow_keys(page: Page, usual: Path, scripts: bool) -> None:
    """One level of the flow map is shown at a time, without a script too."""
    page.open(usual, scripts)
    page.evaluate("document.getElementById('level-80').focus()")
    seen = [page.evaluate(SHOWN)]
    for _ in range(2):
        page.press("ArrowRight", 39)
        seen.append(page.evaluate(SHOWN))
    assert seen == [[n == level for n in range(4)] for level in (1, 2, 3)]


def test_without_scripts_everything_can_be_read(page: Page, usual: Path) -> None:
    """Details open, tables are plain, and nothing offers what only a script can do."""
    page.open(usual, scripts=False)
    assert page.evaluate("document.querySelectorAll('button').length") == 0
    page.evaluate("document.querySelector('summary').focus()")
    page.press("Enter", 13)
    assert page.evaluate("document.querySelector('details').open") is True
    assert page.evaluate("document.querySelector('details table').checkVisibility()") is True


def test_a_table_is_sorted_by_its_numbers(page: Page, usual: Path) -> None:
    """The largest first, then the smallest, told by aria-sort; withheld ones stay at an end."""
    page.open(usual)
    column = "document.querySelectorAll('#journeys details table th button')[2]"
    page.evaluate("document.querySelector('#journeys details').open = true")
    cells = "[...document.querySelectorAll('#journeys details tbody tr')].map(r => +r.cells[2].dataset.key)"
    sort = f"{column}.parentNode.getAttribute('aria-sort')"
    page.evaluate(f"{column}.click()")
    assert (page.evaluate(sort), page.evaluate(cells)) == ("descending", [700, 400, 30])
    page.evaluate(f"{column}.click()")
    assert (page.evaluate(sort), page.evaluate(cells)) == ("ascending", [30, 400, 700])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(page: Page, usual: Path, scheme: str) -> None:
    """With everything opened, in both schemes."""
    page.prefer(scheme)
    page.open(usual)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert [one for one in page.axe() if one[0] in ("serious", "critical")] == []


def test_the_page_is_no_wider_than_a_phone(page: Page, usual: Path) -> None:
    """What is wide scrolls by itself."""
    page.resize(400, 800)
    page.open(usual)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= 400


def test_print_opens_everything(page: Page, usual: Path) -> None:
    """On paper nothing is hidden behind a click, and the links that lead around are left out."""
    page.open(usual, scripts=False)
    page.prefer("light", "print")
    hidden = (
        "[...document.querySelectorAll('details > :not(summary)')]"
        ".filter(one => one.getBoundingClientRect().height === 0).length"
    )
    assert page.evaluate(hidden) == 0
    assert page.evaluate("document.querySelector('nav').checkVisibility()") is False
    assert page.evaluate("document.querySelector('.choice').checkVisibility()") is False
    page.resize(1040, 720)
    widths = "[...document.querySelectorAll('svg')].map(one => one.getBoundingClientRect().width)"
    assert max(page.evaluate(widths)) <= 1040
