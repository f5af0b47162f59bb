"""Priorities in a notebook: the frame, the picture, files, and what the shell says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from notation import log

from cjmine.errors import UsageError
from cjmine.notebook.log import EventLog
from cjmine.notebook.priorities import RankedPriorities

JOURNEY = """journey: shop <b>
goal: Pay
deadline: 10d
stages:
  - stage: All
    steps: [Search, Cart, Pay]
"""
LINES = "\n".join(
    f"c{one:03}: Search@0@web {'Call@call ' * (one % 2)}Cart@web{' Pay@web' * (one % 6 > one % 2)}"
    for one in range(240)
)


@pytest.fixture
def found(tmp_path: Path) -> RankedPriorities:
    (tmp_path / "j.yaml").write_text(JOURNEY)
    (tmp_path / "cjmine.toml").write_text("[value]\ngoal = 40.0\n")
    made = log(LINES)
    shop = EventLog(made.table, made.about)
    config = tmp_path / "cjmine.toml"
    return shop.priorities(tmp_path / "j.yaml", config=config, observed_until="1970-03-01")


def test_the_frame_holds_the_rows_of_the_result(found: RankedPriorities) -> None:
    assert len(found.items) == len(found.result.items)
    first = found.items.iloc[0]
    row = found.result.items[0]
    assert (first["step"], first["gain"], first["money"]) == (
        "Call",
        row.gain.value,
        row.money.value,
    )
    assert row.money.value == pytest.approx(40 * row.gain.value)
    assert found.to_dict()["items"][0]["class"] == "unexpected"


def test_it_shows_itself_without_script(found: RankedPriorities) -> None:
    shown = found._repr_html_()
    assert "<script" not in shown and "shop <b>" not in shown
    assert "data:image/svg+xml" in shown and "held equal" in shown
    assert repr(found).startswith("shop <b>: what to fix first. 240 journeys")


def test_it_is_saved_by_suffix(found: RankedPriorities, tmp_path: Path) -> None:
    for suffix in ("html", "json", "md", "csv", "txt", "svg"):
        found.save(tmp_path / f"first.{suffix}")
        assert (tmp_path / f"first.{suffix}").stat().st_size
    assert json.loads((tmp_path / "first.json").read_text())["worth"]["goal"] == 40
    assert found.plot("nl").svg != found.plot().svg
    with pytest.raises(UsageError, match="U101"):
        found.save(tmp_path / "first.xml")


def test_filters_hold(tmp_path: Path) -> None:
    (tmp_path / "j.yaml").write_text(JOURNEY)
    made = log(LINES)
    some = EventLog(made.table, made.about).filter(having="Call")
    found = some.priorities(tmp_path / "j.yaml", observed_until="1970-03-01")
    assert found.result.log.journeys == 120
