"""A satisfaction in a notebook: frames, files, and what the shell says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from notation import log

from cjmine.errors import UsageError
from cjmine.notebook.log import EventLog, Journey
from cjmine.notebook.rated import RatedJourney

JOURNEY = """journey: shop <b>
goal: Pay
deadline: 10d
stages:
  - stage: All
    steps:
      - Search
      - step: Mail
        within: {max: 2h, after: Search}
        moment-of-truth: true
      - Pay
"""
SEEN = {"observed_until": "1970-03-01"}
LINES = "\n".join(
    f"c{one}: Search@0@web@fund={'AB'[one % 2]} Mail@{1 + 3 * (one % 2)}h Pay@5h NPS_asked@6h"
    + (f" NPS_answer@7h@score={9 - 5 * (one % 2) + one % 3 // 2}" if one % 4 else "")
    for one in range(160)
)


def notebook_log() -> EventLog:
    made = log(LINES)
    return EventLog(made.table, made.about)


@pytest.fixture
def found(tmp_path: Path) -> RatedJourney:
    (tmp_path / "j.yaml").write_text(JOURNEY)
    return notebook_log().satisfaction(Journey.read(tmp_path / "j.yaml"), by="fund", **SEEN)


def test_frames_hold_the_rows_of_the_result(found: RatedJourney) -> None:
    assert found.scores[["kind", "n", "asked"]].values.tolist() == [["NPS", 120, 160]]
    assert set(found.by.query("dimension == 'fund'")["name"]) == {"A", "B"}
    late = found.moments.set_index("what").loc["late"]
    assert (late["step"], late["bad"], late["good"]) == ("Mail", 80, 40)
    assert late["verdict"] == "loss" and late["high"] < 0
    assert found.truths.values.tolist() == [["Mail", True, "yes"]]
    assert found.ends["n"].tolist() == [40, 0, 80, 0]


def test_it_shows_itself_without_script(found: RatedJourney) -> None:
    shown = found._repr_html_()
    assert "<script" not in shown and "shop <b>" not in shown
    assert "Mail: late" in shown
    assert repr(found).startswith("shop <b>: NPS ")
    assert found.to_dict()["schema"] == "cjmine/satisfaction/1"


def test_it_is_saved_by_suffix(found: RatedJourney, tmp_path: Path) -> None:
    for suffix in ("html", "json", "md", "csv", "txt"):
        found.save(tmp_path / f"rated.{suffix}")
        assert (tmp_path / f"rated.{suffix}").stat().st_size
    assert json.loads((tmp_path / "rated.json").read_text())["by"] == "fund"
    with pytest.raises(UsageError, match="U101"):
        found.save(tmp_path / "rated.xml")


def test_filters_a_project_and_one_question(tmp_path: Path) -> None:
    (tmp_path / "j.yaml").write_text(JOURNEY)
    (tmp_path / "cjmine.toml").write_text('[compare-like]\ncolumns = ["fund"]\n')
    one = notebook_log().filter(where='fund = "A"')
    some = one.satisfaction(tmp_path / "j.yaml", config=tmp_path / "cjmine.toml", **SEEN)
    assert some.result.cells == ("state", "channel", "contact", "fund")
    assert some.scores["asked"].tolist() == [80]
    with pytest.raises(UsageError, match="U101"):
        notebook_log().satisfaction(tmp_path / "j.yaml", score="CES", **SEEN)
    bare = notebook_log().satisfaction(tmp_path / "j.yaml", unweighted=True, **SEEN)
    assert bare.scores["weighted"].isna().all()
