"""The journey map in a real browser: no text on another, all inside, usable by keyboard."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from browser import Page, browser, page
from reporters.hostile import LABELS, check
from reporters.long_journey import long_journey

from cjmine.reporters.journey_map import render
from cjmine.reporters.language import Lang
from cjmine.reporters.theme import Theme
from cjmine.results.baseline import BaselineUse, StepChange
from cjmine.results.check import Check
from cjmine.results.figures import Change
from cjmine.results.map import Score
from cjmine.scales import Scale, Summary

__all__ = ["browser", "page"]

PAGE = '<!doctype html><html lang="en"><title>map</title><body style="margin:0"><main>{}</main>'


def opened(page: Page, file: Path, picture: str) -> Page:
    file.write_text(PAGE.format(picture), "utf-8")
    page.open(file)
    return page


def collisions(page: Page) -> list[tuple[str, str]]:
    """Pairs of texts that share ink, and texts that leave the picture."""
    (paper,) = page.boxes("svg.jm")
    boxes = page.boxes("svg.jm text")
    assert len(boxes) > 20
    # The box of a line is higher than its letters: a seam of three pixels is no collision.
    pairs = [
        (one.label, other.label)
        for one, other in combinations(boxes, 2)
        if one.overlaps(other, slack=3)
    ]
    outside = [
        (one.label, "outside")
        for one in boxes
        if one.x < paper.x - 1
        or one.x + one.width > paper.x + paper.width + 1
        or one.y + one.height > paper.y + paper.height + 1
    ]
    return pairs + outside


def full(found: Check) -> Check:
    """The same check with answers and changes since a baseline at every step."""
    steps = [row.step for row in found.steps]
    scores = tuple(
        Score(step, "NPS", Scale.NPS, Summary.POINTS, 1234, -67.0, -71.4, -62.6, 3.1)
        for step in steps
    )
    change = Change(-0.123, -0.2, -0.05)
    changes = tuple(StepChange(step, change.value, change.low, change.high) for step in steps)
    since = BaselineUse("baseline.json", "0.1", 900, None, None, change, 0.8, changes)
    return replace(found, map=replace(found.map, scores=scores), baseline=since)


@pytest.mark.parametrize("lang", Lang)
@pytest.mark.parametrize("steps", [5, 9, 13, 19, 25])
def test_no_text_stands_on_another(page: Page, tmp_path: Path, steps: int, lang: Lang) -> None:
    """From 5 to 25 steps, with labels of 3 to 60 letters, every lane filled, in each language."""
    found = full(long_journey(steps, seed=steps))
    assert collisions(opened(page, tmp_path / "map.html", render(found, lang))) == []


@pytest.mark.parametrize("label", LABELS)
def test_hostile_labels_do_not_leave_their_places(page: Page, tmp_path: Path, label: str) -> None:
    picture = render(check(label))
    opened(page, tmp_path / "map.html", picture)
    assert collisions(page) == []
    assert page.requests() == [(tmp_path / "map.html").as_uri()]
    assert page.dialogs() == 0 and page.complaints() == []


def test_every_step_is_reached_by_tab_in_order(page: Page, tmp_path: Path) -> None:
    found = long_journey(9, seed=2)
    opened(page, tmp_path / "map.html", render(found))
    said = []
    for _ in found.steps:
        page.press("Tab", 9)
        said.append(page.evaluate("document.activeElement.getAttribute('aria-label')"))
    assert [one.split(" (")[0] for one in said] == [row.step for row in found.steps]


@pytest.mark.parametrize("theme", Theme)
def test_axe_finds_nothing_serious(page: Page, tmp_path: Path, theme: Theme) -> None:
    picture = render(long_journey(13, seed=4), theme=theme)
    opened(page, tmp_path / "map.html", picture.replace("<svg", "<h1>map</h1><svg", 1))
    assert [one for one in page.axe() if one[0] in ("serious", "critical")] == []


@pytest.mark.parametrize(("scheme", "paper"), [("light", "255, 255, 255"), ("dark", "13, 17, 23")])
def test_the_map_follows_the_screen(page: Page, tmp_path: Path, scheme: str, paper: str) -> None:
    opened(page, tmp_path / "map.html", render(check()))
    page.prefer(scheme)
    fill = "getComputedStyle(document.querySelector('.jm-paper')).fill"
    assert page.evaluate(fill) == f"rgb({paper})"
