"""A drop-off in a notebook: frames, the picture, files, and what the shell says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from notation import log

from cjmine.errors import UsageError
from cjmine.notebook.dropped import DropoffByTime
from cjmine.notebook.log import EventLog, Journey

JOURNEY = """journey: shop <b>
goal: Pay
deadline: 10d
stages:
  - stage: All
    steps: [Search, Pay]
"""
SEEN = {"observed_until": "1970-03-01"}
LINES = "\n".join(
    f"c{one}: Search@0@web@fund={'AB'[one % 2]} {'Pay@2h' if one % 4 else 'Call@1d@call'}"
    for one in range(80)
)


def notebook_log() -> EventLog:
    made = log(LINES)
    return EventLog(made.table, made.about)


@pytest.fixture
def found(tmp_path: Path) -> DropoffByTime:
    (tmp_path / "j.yaml").write_text(JOURNEY)
    ideal = Journey.read(tmp_path / "j.yaml")
    return notebook_log().dropoff(ideal, at=("1d", "10d"), by="fund", **SEEN)


def test_frames_hold_the_rows_of_the_result(found: DropoffByTime) -> None:
    assert found.horizons["cause"].tolist() == ["Pay", "timed out", "under way"] * 2
    assert found.curve["cause"].tolist() == ["Pay", "timed out"]
    assert found.steps["abandoned"].tolist() == [20, 0]
    rows = found.next.set_index("what")
    assert rows.loc["Call", ["n", "of", "channel"]].tolist() == [20, 20, "call"]
    assert set(found.segments["value_of"]) == {"A", "B"} and len(found.differences) == 4


def test_it_shows_itself_without_script(found: DropoffByTime) -> None:
    """With the picture and the shares at each time; labels are no markup."""
    shown = found._repr_html_()
    assert "<script" not in shown and "shop <b>" not in shown
    assert "data:image/svg+xml" in shown and "under way" in shown
    assert repr(found).startswith("shop <b>: where 80 journeys are")
    assert found.to_dict()["schema"] == "cjmine/dropoff/1"


def test_it_is_saved_by_suffix(found: DropoffByTime, tmp_path: Path) -> None:
    for suffix in ("html", "json", "md", "csv", "txt", "svg"):
        found.save(tmp_path / f"left.{suffix}")
        assert (tmp_path / f"left.{suffix}").stat().st_size
    assert json.loads((tmp_path / "left.json").read_text())["from"] is None
    assert found.plot("nl").svg != found.plot().svg
    with pytest.raises(UsageError, match="U101"):
        found.save(tmp_path / "left.xml")
    with pytest.raises(UsageError, match="U101"):
        found.plot("xx")


def test_a_goal_a_step_and_cohorts(found: DropoffByTime, tmp_path: Path) -> None:
    """Filters hold, as for every verb; a goal alone has no steps."""
    some = (
        notebook_log()
        .filter(where='fund = "A"')
        .dropoff(goal="Pay", at="1d", cohort="week", **SEEN)
    )
    assert some.result.journeys == 40 and len(some.steps) == 0
    assert set(some.segments["value_of"]) == {"1969-12-29"}
    late = notebook_log().dropoff(tmp_path / "j.yaml", start="Pay", at="1h", min_group=1, **SEEN)
    assert late.result.from_ == "Pay" and late.horizons["value"].tolist() == [1.0, 0.0, 0.0]
    with pytest.raises(UsageError, match="U101"):
        notebook_log().dropoff(goal="Pay", cohort="year")
