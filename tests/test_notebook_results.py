"""Logs and results chain, show themselves without script, and save themselves by suffix."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from notation import log

import cjmine
from cjmine.errors import UsageError
from cjmine.eventlog.log import EventLog
from cjmine.notebook import CheckedJourney, Found
from cjmine.notebook.html import table_of_rows
from cjmine.reporters import journey_map

JOURNEY = """journey: shop <b>
goal: Buy
deadline: 1h
stages:
  - stage: All
    steps: [Search, "<script>alert(1)</script>", Buy]
expect: {goal-rate: ">= 90%"}
"""
LINES = "\n".join(
    f"c{one}: Search@0@web <script>alert(1)</script>@9 {'Buy@2h' * (one % 2)}" for one in range(400)
)


def notebook_log() -> cjmine.EventLog:
    made = log(LINES)
    return cjmine.EventLog(made.table, made.about)


@pytest.fixture
def ideal(tmp_path: Path) -> cjmine.Journey:
    (tmp_path / "j.yaml").write_text(JOURNEY)
    return cjmine.Journey.read(tmp_path / "j.yaml")


def test_verbs_are_methods_and_functions_alike(ideal: cjmine.Journey, tmp_path: Path) -> None:
    """`log.check(ideal)` is `cj.check(log, ideal)`, with a file or with what was read of it."""
    one = notebook_log()
    assert isinstance(one, EventLog)
    assert repr(one.discover(goal="Buy")) == repr(cjmine.discover(one, goal="Buy"))
    assert repr(one.check(ideal)) == repr(cjmine.check(one, tmp_path / "j.yaml"))
    assert repr(ideal) == "<cjmine.Journey shop <b>, 3 steps>"


def test_verbs_change_nothing(ideal: cjmine.Journey) -> None:
    """The log after is the log before."""
    one, before = notebook_log(), notebook_log()
    one.discover(goal="Buy")
    one.check(ideal)
    assert one.table.equals(before.table) and one.about == before.about


def test_a_check_says_what_the_shell_would_hear(ideal: cjmine.Journey) -> None:
    """Broken is 1 and not ok; kept and undecided are 0."""
    result = notebook_log().check(ideal)
    assert (result.verdict, result.ok, result.exit_code) == ("broken", False, 1)
    few = log("ann: Search Buy")
    undecided = cjmine.check(few, ideal, min_group=1)
    assert (undecided.ok, undecided.exit_code) == (True, 0)


def results(ideal: cjmine.Journey) -> tuple[Found, CheckedJourney]:
    one = notebook_log()
    return one.discover(goal="Buy"), one.check(ideal)


def test_everything_shows_itself_without_script(ideal: cjmine.Journey) -> None:
    """No script, no style sheet, no handler, no address; labels are text; nobody is named."""
    for shown in (*results(ideal), notebook_log()):
        html = shown._repr_html_()
        assert not re.search(r"<(script|style|link|iframe)|\son\w+=|https?:", html)
        assert "customer_" not in html
        assert len(html) < 200_000
        parts = re.findall(r"<(/?)(\w+)", html)
        for name in {name for _, name in parts} - {"img", "br"}:
            assert sum(n == name and not end for end, n in parts) == sum(
                n == name and bool(end) for end, n in parts
            )


def test_a_long_table_is_cut_and_says_so() -> None:
    html = table_of_rows(("a", "b"), [(str(n), "x" * 500) for n in range(99)])
    assert html.count("<tr>") == 21 and "and 79 more" in html and "x" * 100 not in html
    assert table_of_rows(("a",), []) == ""


def test_a_picture_is_that_of_the_command_line(ideal: cjmine.Journey, tmp_path: Path) -> None:
    """It shows itself as SVG and is saved by its suffix."""
    found, checked = results(ideal)
    picture = checked.map()
    assert picture._repr_svg_() == picture.svg == journey_map.render(checked.result)
    assert repr(picture) == "<cjmine.Picture the journey map of shop <b>>"
    picture.save(tmp_path / "map.svg")
    assert (tmp_path / "map.svg").read_text() == picture.svg + "\n"
    found.map().save(tmp_path / "flow.dot")
    assert (tmp_path / "flow.dot").read_text() == found.map().dot()
    for wrong in ("map.dot", "map.gif"):
        with pytest.raises(UsageError):
            picture.save(tmp_path / wrong)
        assert not (tmp_path / wrong).exists()
    with pytest.raises(UsageError):
        checked.map(lang="xx")


@pytest.mark.parametrize("suffix", [".html", ".svg", ".json", ".md", ".csv", ".txt"])
def test_a_result_is_saved_by_its_suffix(
    ideal: cjmine.Journey, tmp_path: Path, suffix: str
) -> None:
    """Whole, the same bytes each time."""
    for number, result in enumerate(results(ideal)):
        file = tmp_path / f"{number}{suffix}"
        result.save(file)
        first = file.read_bytes()
        result.save(str(file))
        assert file.read_bytes() == first != b""


def test_the_dictionary_is_the_json_of_the_command_line(
    ideal: cjmine.Journey, tmp_path: Path
) -> None:
    for result in results(ideal):
        result.save(tmp_path / "r.json")
        assert result.to_dict() == json.loads((tmp_path / "r.json").read_text())
        result.save(tmp_path / "r.md")
        assert result.to_markdown() == (tmp_path / "r.md").read_text()


def test_a_baseline_is_kept_and_compared_with(ideal: cjmine.Journey, tmp_path: Path) -> None:
    """The same log against itself has not changed."""
    one = notebook_log()
    one.check(ideal).save_baseline(tmp_path / "b.json")
    again = one.check(ideal, baseline=tmp_path / "b.json")
    assert again.baseline is not None and again.baseline.goal_rate is not None
    assert again.baseline.goal_rate.value == 0
