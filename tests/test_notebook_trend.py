"""A trend in a notebook: frames, pictures, files, and the words that the documentation has."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest
from worlds import CHANGES, World, flows

from cjmine.errors import UsageError
from cjmine.notebook.log import EventLog
from cjmine.notebook.trended import TrendOverTime

PAGE = Path(__file__).parents[1] / "docs" / "notebooks.md"
FRAMES = ("changes", "coverage", "drifts", "periods")


@pytest.fixture(scope="module")
def found() -> TrendOverTime:
    made = World(seed=4, customers=2000, change=70, change_effect=0.18, late_source=60).log()
    return EventLog(made.table, made.about).trend(goal="Goal", deadline="14d", drift=True)


def documented(name: str) -> dict[str, str]:
    """The columns and types that the page has of a frame of a trend."""
    part = PAGE.read_text("utf-8").partition("### Of a trend")[2]
    (row,) = re.findall(rf"^\| `{name}` \| (.*) \|$", part, re.MULTILINE)
    return dict(re.findall(r"(\w+) `(\w+)`", row))


@pytest.mark.parametrize("name", FRAMES)
def test_frames_have_the_columns_that_are_documented(found: TrendOverTime, name: str) -> None:
    frame = getattr(found, name)
    assert {one: str(kind) for one, kind in frame.dtypes.items()} == documented(name)
    described = inspect.getdoc(getattr(TrendOverTime, name))
    assert described is not None and all(one in described for one in frame.columns)
    empty = getattr(EventLog(*_nothing()).trend(min_group=1), name)
    assert (list(empty.columns), len(empty)) == (list(documented(name)), 0)


def _nothing():
    made = World(seed=1, customers=30).log()
    return made.table.slice(0, 0), made.about


def test_frames_hold_the_rows_of_the_result(found: TrendOverTime) -> None:
    assert len(found.periods) == sum(len(one.measures) or 1 for one in found.result.periods)
    assert found.changes["at"].tolist() == [one.at for one in found.result.changes] != []
    assert "Call" in found.coverage["name"].tolist()


def test_drifts_have_a_row_a_pair() -> None:
    made = flows(3, 2500, ((1200, CHANGES[0]),)).log()
    found = EventLog(made.table, made.about).trend(drift=True)
    (one,) = found.result.drifts or ()
    assert found.drifts["from"].tolist() == [pair.from_ for pair in one.pairs]


def test_it_shows_itself_without_a_script(found: TrendOverTime) -> None:
    page = found._repr_html_()
    assert "data:image/svg+xml" in page and "<script" not in page and "<style" not in page
    assert "rose" in repr(found)


@pytest.mark.parametrize("suffix", ["html", "json", "md", "csv", "txt"])
def test_it_is_saved_as_the_command_writes_it(found: TrendOverTime, tmp_path, suffix) -> None:
    file = tmp_path / f"trend.{suffix}"
    found.save(file)
    assert len(file.read_text("utf-8")) > 500


def test_filters_hold_and_wrong_words_are_refused() -> None:
    made = World(seed=4, customers=400).log()
    log = EventLog(made.table, made.about)
    some = log.filter(where='segment = "segment 1"').trend(goal="Goal", deadline="14d")
    assert 0 < some.result.log.journeys < log.trend(goal="Goal").result.log.journeys
    with pytest.raises(UsageError, match="no such period"):
        log.trend(goal="Goal", every="year")
    with pytest.raises(UsageError, match="no such measure"):
        log.trend(goal="Goal", what="joy")
