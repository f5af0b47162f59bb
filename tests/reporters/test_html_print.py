"""The report on paper and on a phone: no page is empty, nothing is cut, what is broken is seen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from unicodedata import normalize

import pytest
from browser import Page, browser, page
from pypdf import PdfReader
from reporters.long_journey import long_journey
from reporters.test_html import MADE, judged, report

from cjmine.reporters.html import render
from cjmine.reporters.html.report import Report
from cjmine.reporters.language import Lang
from cjmine.results.check import Check
from cjmine.results.expectations import Verdict

__all__ = ["browser", "page"]

PAPER = 703  # an A4 page without its margins, in pixels
HEIGHT = 1032
WIDER = (
    "[...document.querySelectorAll('main *')].filter(one => !one.closest('svg *')"
    " && one.getBoundingClientRect().right > innerWidth + 1)"
    ".map(one => one.tagName + ' ' + one.textContent.slice(0, 40))"
)
HEADINGS = (
    "[...document.querySelectorAll('h2, h3, h4, summary')]"
    ".map(one => one.textContent.replace('#', '').trim())"
)


def broken(found: Check) -> Check:
    """The same with its first three expectations about a step broken."""
    about = [one for one in found.expectations if one.step is not None][:3]
    rows = tuple(
        replace(one, verdict=Verdict.BROKEN) if one in about else one for one in found.expectations
    )
    return judged(found, rows)


@pytest.fixture(scope="module", params=["usual", "nl", "short-labels", "long"])
def printed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports that are short, long and Dutch, with many steps and with long labels."""
    made: Report = report()
    if request.param == "short-labels":
        made = report("A")
    elif request.param == "long":
        made = Report(broken(long_journey(25, seed=3)), None, MADE)
    file = tmp_path_factory.mktemp("printed") / "report.html"
    file.write_text(render(made, Lang.NL if request.param == "nl" else Lang.EN), "utf-8")
    return file


def lines_of_pages(page: Page, file: Path, pdf: Path) -> list[list[str]]:
    """The lines of text of each printed page."""
    page.open(file)
    page.pdf(pdf)
    pages = PdfReader(pdf).pages
    assert {(round(one.mediabox.width), round(one.mediabox.height)) for one in pages} == {
        (595, 842)
    }
    texts = (normalize("NFKC", one.extract_text()) for one in pages)  # ligatures are letters again
    return [[line for line in text.splitlines() if line.strip()] for text in texts]


def only_headings(pages: list[list[str]], headings: list[str]) -> list[int]:
    """The pages on which nothing is said, or nothing but headings, counted from 1."""
    return [
        number
        for number, lines in enumerate(pages, start=1)
        if all(any(line.strip() in one for one in headings) for line in lines)
    ]


def test_no_printed_page_is_empty(page: Page, printed: Path, tmp_path: Path) -> None:
    """Each page says more than a heading, the last line of none but the last is a heading."""
    pages = lines_of_pages(page, printed, tmp_path / "report.pdf")
    headings = page.evaluate(HEADINGS)
    assert only_headings(pages, headings) == []
    assert [lines[-1] for lines in pages if lines[-1].strip() in headings] == []


def test_a_page_with_a_heading_only_would_be_found(
    page: Page, printed: Path, tmp_path: Path
) -> None:
    """The control: with every figure on a page of its own, its heading is left alone."""
    file = tmp_path / "report.html"
    style = "@media print { .path { display: none !important } figure { break-before: page; } h2 { break-before: page; break-after: auto !important } }</style>"
    file.write_text(printed.read_text("utf-8").replace("</style>", style, 1), "utf-8")
    pages = lines_of_pages(page, file, tmp_path / "report.pdf")
    assert only_headings(pages, page.evaluate(HEADINGS)) != []


def test_nothing_is_wider_or_higher_than_paper(page: Page, printed: Path) -> None:
    """Chromium would shrink every page for one wide table, and cut a picture that is too high."""
    page.open(printed)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    page.prefer("light", "print")
    page.resize(PAPER, HEIGHT)
    assert page.evaluate(WIDER) == []
    assert all(box.height <= HEIGHT for box in page.boxes("svg"))


def test_the_first_page_says_what_is_wrong(page: Page, printed: Path, tmp_path: Path) -> None:
    """Each broken expectation is on the first page, and the steps are too where they fit."""
    first = " ".join(lines_of_pages(page, printed, tmp_path / "report.pdf")[0])
    wanted = page.evaluate(
        "[...document.querySelectorAll('.findings a')].map(one => one.textContent)"
    )
    assert wanted
    assert [one for one in wanted if "".join(one.split()) not in "".join(first.split())] == []


@pytest.mark.parametrize("width", [390, 768])
def test_broken_steps_are_seen_without_moving_sideways(
    page: Page, printed: Path, width: int
) -> None:
    """Below each other on a small screen, in the alert colour, with a sign and a link."""
    page.resize(width, 900)
    page.open(printed)
    seen = page.boxes(".path .red")
    assert seen
    assert all(one.label.startswith("✗ ") for one in seen)
    assert all(one.x >= 0 and one.x + one.width <= width and one.height > 0 for one in seen)
    alert = page.evaluate("getComputedStyle(document.querySelector('.findings a')).color")
    reds = "[...document.querySelectorAll('.path .red a')].map(one => getComputedStyle(one).color)"
    assert set(page.evaluate(reds)) == {alert}
    links = "[...document.querySelectorAll('.path .red a')].every(one => document.querySelector(one.hash))"
    assert page.evaluate(links) is True


def test_what_is_said_of_a_step_has_the_width_of_the_list(page: Page, printed: Path) -> None:
    """What to fix first and what is broken are lines of their own, and break no name of a step."""
    page.resize(390, 900)
    page.open(printed)
    lines = page.boxes(".path p")
    assert lines and {one.width for one in lines} == {page.boxes(".path")[0].width}


def test_a_wide_screen_has_the_picture_alone(page: Page, printed: Path) -> None:
    """Where the picture fits, the list would say the same again."""
    page.resize(1280, 900)
    page.open(printed)
    assert page.evaluate("document.querySelector('.path').checkVisibility()") is False
