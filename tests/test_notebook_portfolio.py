"""A portfolio in a notebook: frames, files, and what the shell says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from notation import log
from portfolio.folders import portfolio_in
from reporters.test_portfolio_browser import TEXT, world

from cjmine.errors import UsageError
from cjmine.notebook.log import EventLog
from cjmine.notebook.portfolio import PortfolioOfJourneys


def notebook_log() -> EventLog:
    made = log(world(""))
    return EventLog(made.table, made.about)


@pytest.fixture
def found(tmp_path: Path) -> PortfolioOfJourneys:
    portfolio_in(tmp_path, TEXT.format(evil="<b>"))
    return notebook_log().portfolio(tmp_path / "portfolio.yaml")


def test_frames_hold_the_rows_of_the_result(found: PortfolioOfJourneys) -> None:
    assert len(found.journeys) == 8 and len(found.phases) == 5
    assert found.values["verdict"].tolist()[-1] == "differs" and len(found.values) == 4
    assert set(found.reasons["reason"]) == {"Call bill"}
    assert set(found.owners["name"]) == {"<b>", "claims"}
    assert "N409" in set(found.findings["code"]) and len(found.courses)
    assert set(found.group_courses["group"]) <= {"phase", "owner", "level", "template"}
    assert (
        len(found.parents) == 0
        and len(found.group_courses)
        and len(found.scores) == len(found.group_scores) == 0
    )


def test_it_shows_itself_without_script(found: PortfolioOfJourneys) -> None:
    shown = found._repr_html_()
    assert "<script" not in shown and "<b> order" not in shown and "by fund × 4" in shown
    assert repr(found).startswith("5 phases · 5 journeys")
    assert found.to_dict()["schema"] == "cjmine/portfolio/1"


def test_it_is_saved_by_suffix(found: PortfolioOfJourneys, tmp_path: Path) -> None:
    for suffix in ("html", "json", "md", "csv", "txt"):
        found.save(tmp_path / f"p.{suffix}")
    assert json.loads((tmp_path / "p.json").read_text("utf-8")) == found.to_dict()


def test_only_days_filter_all_journeys(found: PortfolioOfJourneys, tmp_path: Path) -> None:
    file = tmp_path / "portfolio.yaml"
    since = notebook_log().filter(since="1970-01-09").portfolio(file)
    assert since.result.journeys[0].journeys < found.result.journeys[0].journeys
    with pytest.raises(UsageError):
        notebook_log().filter(where='fund = "B"').portfolio(file)
