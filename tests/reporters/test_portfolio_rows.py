"""The columns of the screen of a portfolio: scores have one where there is room for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from analysis.test_portfolio_scores import ALL, OPEN, answered
from notation import log
from portfolio.folders import portfolio_in

from cjmine.reporters.formats import Asked
from cjmine.reporters.language import Lang
from cjmine.reporters.portfolio.text import render
from cjmine.results.portfolio import Portfolio
from cjmine.verbs.portfolio import portfolio
from cjmine.verbs.portfolio_settings import PortfolioSettings


@pytest.fixture
def found(tmp_path: Path) -> Portfolio:
    rows = [answered("a", "Search", 60, "3 7 10", 60), answered("b", "Claim", 40, "9 9 10", 40)]
    made = log("\n".join([*rows, "end: News@9d"]))
    return portfolio(made, portfolio_in(tmp_path, ALL, OPEN), PortfolioSettings())


@pytest.mark.parametrize("width", [80, 96, 97, 120, 160])
def test_scores_have_a_column_on_a_wide_screen_alone(found: Portfolio, width: int) -> None:
    text = render(found, Asked(width=width))
    assert all(len(line) <= width for line in text.splitlines())
    order = next(line for line in text.splitlines() if line.startswith("  order"))
    has_column = width >= 97
    assert ("NPS" in text.splitlines()[2]) is has_column
    assert ("What customers answered" in text) is not has_column
    assert ("0 (±" in order) is has_column
    claim = next(line for line in text.splitlines() if line.startswith("  claim"))
    assert ("100 (±" in claim) is has_column


def test_the_column_is_half_of_the_interval(found: Portfolio) -> None:
    (score,) = found.journeys[0].scores
    assert score.low is not None and score.high is not None
    half = f"0 (±{(score.high - score.low) / 2:.0f})"
    assert half in render(found, Asked(width=120))
    assert half in render(found, Asked(width=120, lang=Lang.NL))
