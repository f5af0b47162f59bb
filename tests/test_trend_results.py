"""A trend of saved checks, and what is new since an earlier trend."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from cli.running import run
from worlds import World

from cjmine.declared import NOTHING_DECLARED
from cjmine.errors import UsageError
from cjmine.eventlog.log import EventLog
from cjmine.ideal.compiled import compile_ideal
from cjmine.ideal.file import parse_journey
from cjmine.results.codec import to_json
from cjmine.results.trend import Every
from cjmine.verbs.bounds import bound
from cjmine.verbs.check import check
from cjmine.verbs.settings import CheckSettings
from cjmine.verbs.since_last import open_trend, since
from cjmine.verbs.trend import trend
from cjmine.verbs.trend_results import trend_of_results
from cjmine.verbs.trend_settings import TrendSettings

JOURNEY = """
journey: world
goal: Goal
exits: [Cancelled]
deadline: 14d
allow: [Call]
stages:
  - stage: One
    steps: [Start, Form, Send, Goal]
"""
IDEAL = compile_ideal(parse_journey(JOURNEY, "journey.yaml"))
WORLD = World(seed=4, customers=2500, change=70, change_effect=0.18, days=140)
MONDAY = date(2024, 1, 1)


def saved(log: EventLog, folder: Path, first: date, last: date, text: str = JOURNEY) -> Path:
    """The check of the journeys that begin between two days."""
    ideal = compile_ideal(parse_journey(text, "journey.yaml"))
    asked = CheckSettings(
        since=bound(first.isoformat(), "--since"), until=bound(last.isoformat(), "--until")
    )
    file = folder / f"{first}-{last}.json"
    file.write_text(to_json(check(log, ideal, asked).checked))
    return file


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder, log = tmp_path_factory.mktemp("results"), WORLD.log()
    weeks = [MONDAY + timedelta(weeks=week) for week in range(20)]
    return [saved(log, folder, day, day + timedelta(days=6)) for day in weeks]


def test_results_are_ordered_by_what_they_judge(results) -> None:
    found = trend_of_results(list(reversed(results)), TrendSettings(), NOTHING_DECLARED)
    assert found.every is Every.RESULT
    assert [one.from_ for one in found.periods] == sorted(one.from_ for one in found.periods)
    (goal,) = [one for one in found.changes if one.measure == "goal-rate"]
    assert goal.at == "2024-03-11"
    assert goal.difference is not None and goal.difference.low > 0


def test_results_have_the_shares_of_a_trend_of_the_log(results) -> None:
    whole = trend(WORLD.log(), IDEAL)
    found = trend_of_results(results, TrendSettings(), NOTHING_DECLARED)
    for one, other in zip(found.periods, whole.periods, strict=True):
        for row in one.measures:
            if row.n is not None:  # a check withholds more: it has more figures of each journey
                assert row.share == whole.row(other, row.measure, row.step).share


def test_the_same_days_twice_are_refused(results, tmp_path) -> None:
    again = tmp_path / "again.json"
    again.write_text(results[3].read_text())
    with pytest.raises(UsageError, match="the same days"):
        trend_of_results([*results[:5], again], TrendSettings(), NOTHING_DECLARED)


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (JOURNEY.replace("world", "other"), "another journey"),
        (JOURNEY.replace("14d", "7d"), "another deadline"),
        (JOURNEY.replace("Form, ", ""), "other steps"),
    ],
)
def test_results_of_something_else_are_refused(results, tmp_path, other, said) -> None:
    odd = saved(WORLD.log(), tmp_path, date(2024, 4, 22), date(2024, 4, 28), other)
    with pytest.raises(UsageError, match=said) as raised:
        trend_of_results([*results[:5], odd], TrendSettings(), NOTHING_DECLARED)
    assert raised.value.problems[0].place.file == odd.as_posix()


def test_overlapping_results_are_shown_and_not_searched(tmp_path) -> None:
    log = WORLD.log()
    files = [
        saved(log, tmp_path, MONDAY, MONDAY + timedelta(weeks=week, days=6)) for week in range(20)
    ]
    found = trend_of_results(files, TrendSettings(), NOTHING_DECLARED)
    assert found.changes == () and len(found.mature) == 20
    assert all(row.limits is None for one in found.mature for row in one.measures)
    assert "N324" in {note.code for note in found.notes}


def test_a_result_of_discover_is_refused(tmp_path) -> None:
    (tmp_path / "log.csv").write_text(
        "time,customer,activity\n"
        + "".join(f"2026-03-{day:02}T10:00:00Z,c{day},Search\n" for day in range(1, 15))
    )
    assert run(tmp_path, "discover", "log.csv", "-o", "found.json").status == 0
    ran = run(tmp_path, "trend", "found.json")
    assert ran.status == 2 and "U102" in ran.err and "a trend is made of checks" in ran.err


def test_results_beside_a_log_are_refused(results, tmp_path) -> None:
    ran = run(tmp_path, "trend", str(results[0]), "log.csv")
    assert ran.status == 2 and "U101" in ran.err
    ran = run(tmp_path, "trend", str(results[0]), "--drift")
    assert ran.status == 2 and "U101" in ran.err


def test_a_history_of_results_through_the_command_line(results, tmp_path) -> None:
    names = [str(one) for one in results]
    ran = run(tmp_path, "trend", *names, "-o", "trend.html", "-o", "trend.json")
    assert ran.status == 0, ran.err
    assert "20 results, 20 judged" in ran.out and "rose" in ran.out
    assert json.loads((tmp_path / "trend.json").read_text())["every"] == "result"
    assert "<svg" in (tmp_path / "trend.html").read_text()


def test_what_is_new_since_the_last_trend(tmp_path) -> None:
    """Half a year ago nobody could know of the change; after it, it is told once."""
    log, asked = WORLD.log(), TrendSettings(drift=True)
    early = trend(
        log, IDEAL, replace(asked, observed_until=bound("2024-03-15", "--observed-until"))
    )
    late = trend(log, IDEAL, asked)
    file = tmp_path / "trend.json"
    file.write_text(to_json(early))
    found = since(late, open_trend(file))
    assert found.until == early.mature[-1].until
    assert set(found.periods) == {one.from_ for one in late.mature} - {
        one.from_ for one in early.mature
    }
    assert found.changes == tuple(range(len(late.changes))) != ()
    assert since(late, late).changes == () == since(late, late).periods
    assert since(early, late).gone == len(late.changes) + len(late.drifts or ())


def test_a_trend_of_something_else_is_no_last_one(tmp_path) -> None:
    found = trend(WORLD.log(), IDEAL)
    with pytest.raises(UsageError, match="other periods"):
        since(found, replace(found, every=Every.MONTH))
    file = tmp_path / "odd.json"
    file.write_text("[]")
    with pytest.raises(UsageError, match="no result"):
        open_trend(file)
