"""A trend tells nothing of few customers: periods, shares, pairs of drifts, and names."""

from __future__ import annotations

import json
from dataclasses import replace

import pyarrow as pa
import pytest
from cli.running import run
from hypothesis import given
from hypothesis import strategies as st
from privacy.test_outputs_hostile import HOSTILE, is_flat
from strategies import examples, log_from
from worlds import CHANGES, World, flows

from cjmine.errors import PrivacyError
from cjmine.eventlog.build import build_log
from cjmine.eventlog.log import About, Cases, EventLog
from cjmine.ideal.compiled import compile_ideal
from cjmine.ideal.file import parse_journey
from cjmine.reporters.formats import Asked, Format, Subject, tables_of
from cjmine.reporters.registry import render
from cjmine.results.codec import to_json
from cjmine.results.trend import Topic, Trend
from cjmine.verbs.ideals import goal_alone
from cjmine.verbs.trend import trend
from cjmine.verbs.trend_settings import TrendSettings

DAY, WEEK = 86_400, 7 * 86_400
IDEAL = compile_ideal(
    parse_journey(
        """
journey: shop
goal: Buy
exits: [Stop]
deadline: 3d
stages:
  - stage: One
    steps: [Search, Cart, Buy]
""",
        "journey.yaml",
    )
)
EVERYTHING = TrendSettings(what=tuple(Topic), drift=True)
K = 10


def weeks(*of: dict[str, int]) -> EventLog:
    """In each week so many customers with each trace; a last one begins weeks later."""
    rows, number = [], 0
    for week, traces in enumerate(of):
        for trace, many in traces.items():
            for _ in range(many):
                number += 1
                start = (4 + 7 * week) * DAY + number
                for place, name in enumerate(trace.split()):
                    rows.append((f"c{number:05}", name, start + 60 * place))
    rows.append(("z", "Search", (4 + 7 * (len(of) + 2)) * DAY))
    return log_from(rows)


def row(found: Trend, period: int, measure: str, step: str | None = None):
    one = found.row(found.periods[period], measure, step)
    assert one is not None
    return one.n, one.of


def test_a_period_of_few_customers_is_withheld_as_a_whole() -> None:
    found = trend(weeks({"Search Buy": 40, "Search": 40}, {"Search Buy": 9}), IDEAL, EVERYTHING)
    assert [one.journeys for one in found.periods[:2]] == [80, None]
    assert all(one.n is one.of is one.value is None for one in found.periods[1].measures)
    assert "N323" in {note.code for note in found.notes}


def test_few_with_it_and_few_without_it_are_both_withheld() -> None:
    """Nine of 40 buy; 31 of 40 do; 40 of 40 do."""
    found = trend(
        weeks(
            {"Search Buy": 9, "Search": 31},
            {"Search Buy": 31, "Search": 9},
            {"Search Buy": 40},
            {"Search Buy": 20, "Search": 20},
        ),
        IDEAL,
        EVERYTHING,
    )
    assert [row(found, place, "goal-rate") for place in range(4)] == [
        (None, 40), (None, 40), (40, 40), (20, 40),
    ]  # fmt: skip


def test_few_exits_do_not_follow_from_goal_and_drop_off() -> None:
    """Goal, drop-off and exits add up: 40 of 80 buy, 37 are lost, 3 exit."""
    found = trend(weeks({"Search Buy": 40, "Search": 37, "Search Stop": 3}), IDEAL, EVERYTHING)
    assert row(found, 0, "goal-rate") == (40, 80)
    assert row(found, 0, "drop-off") == (None, None)


def test_names_of_few_are_in_no_output() -> None:
    """A touchpoint of nine customers, in every week and on both sides of a drift."""
    plain = {"Search Cart Buy": 60, "Search": 60}
    log = weeks(*[{**plain, "Search Zq7kxw Buy": 1} for _ in range(9)])
    found = trend(log, IDEAL, EVERYTHING)
    for form in (Format.TEXT, Format.MARKDOWN, Format.JSON, Format.HTML):
        assert "Zq7kxw" not in render(found, form)
    for table in tables_of(Subject.TREND):
        assert "Zq7kxw" not in render(found, Format.CSV, Asked(table))
    exact = trend(log, IDEAL, replace(EVERYTHING, min_group=1))
    assert "Zq7kxw" in to_json(exact)


def limits(found: Trend, measure: str = "goal-rate") -> set[bool]:
    """Whether the judged periods have limits of a share."""
    rows = [found.row(period, measure, None) for period in found.mature]
    return {row.limits is not None for row in rows if row is not None and row.of}


def test_limits_of_a_level_of_few_are_withheld() -> None:
    """In twelve weeks 24 buy, in none of them ten; or nine buy in all."""
    some = [{"Search Buy": 2, "Search": 48}] * 12
    assert limits(trend(weeks(*some), IDEAL, EVERYTHING)) == {True}
    few = [*[{"Search Buy": 1, "Search": 49}] * 3, {"Search": 50}] * 3
    assert limits(trend(weeks(*few), IDEAL, EVERYTHING)) == {False}
    assert limits(trend(weeks(*few), IDEAL, replace(EVERYTHING, min_group=1))) == {True}


def test_a_change_with_a_level_of_few_is_not_told() -> None:
    """Eight weeks of 25 of 50, then eight weeks of one of 50: eight customers are few."""
    log = weeks(*[{"Search Buy": 25, "Search": 25}] * 8, *[{"Search Buy": 1, "Search": 49}] * 8)
    told = [one for one in trend(log, IDEAL, EVERYTHING).changes if one.measure == "goal-rate"]
    assert told == []
    exact = trend(log, IDEAL, replace(EVERYTHING, min_group=1)).changes
    assert [(one.before.n, one.after.n) for one in exact if one.measure == "goal-rate"] == [
        (200, 8)
    ]


def test_what_is_released_has_no_limits_where_many_periods_are_withheld() -> None:
    """What is left would be chosen by its outcome: here the weeks in which nobody buys."""
    some = [{"Search Buy": 5, "Search": 45}] * 4 + [{"Search": 50}] * 8
    found = trend(weeks(*some), IDEAL, replace(EVERYTHING, release=True))
    assert limits(found) == {False}
    assert "N325" in {note.code for note in found.notes}


@pytest.mark.parametrize(("people", "is_told"), [(5, False), (400, True)])
def test_a_drift_to_few_customers_is_not_told(people: int, is_told: bool) -> None:
    """All later journeys are of so many customers; each is a case of its own."""
    log = flows(3, 2500, ((1200, CHANGES[0]),)).log()
    cases = log.table.column("customer").to_pylist()
    owners = [one if one < "c001200" else f"heavy {int(one[1:]) % people}" for one in cases]
    columns = {name: log.table.column(name).combine_chunks() for name in ("activity", "time")}
    columns |= {"case": pa.array(cases, pa.string()), "customer": pa.array(owners, pa.string())}
    columns["activity"] = columns["activity"].cast(pa.string())
    columns["time"] = columns["time"].cast(pa.int64())
    heavy = build_log(columns, About(Cases.GIVEN))
    assert len(trend(heavy, goal_alone(EVERYTHING), EVERYTHING).drifts or ()) == is_told


@given(st.lists(st.tuples(*[st.integers(0, 30)] * 4), min_size=1, max_size=5))
@examples(13)
def test_no_figure_is_about_fewer_than_ten_customers(given_weeks) -> None:
    """Customers have a journey each, so counts are customers, and complements too."""
    traces = ("Search Cart Buy", "Search Cart", "Search", "Call Search Stop")
    log = weeks(*[dict(zip(traces, one, strict=True)) for one in given_weeks])
    try:
        found = trend(log, IDEAL, EVERYTHING)
    except PrivacyError:
        return
    for period in found.periods:
        assert period.journeys is None or period.journeys == 0 or period.journeys >= K
        for one in period.measures:
            if one.n is not None and one.of is not None:
                assert one.n == 0 or one.n >= K, one
                assert one.of == one.n or one.of - one.n >= K, one
    for change in found.changes:
        for side in (change.before, change.after):
            assert side.n is not None and (side.n == 0 or side.n >= K)


def test_what_is_released_is_rounded_and_has_days_only() -> None:
    world = World(seed=4, customers=2500, change=70, change_effect=0.18)
    asked = TrendSettings(goal=("Goal",), deadline=14 * DAY * 1_000_000, release=True, drift=True)
    found = json.loads(to_json(trend(world.log(), goal_alone(asked), asked)))
    assert found["changes"]
    for period in found["periods"]:
        assert period["journeys"] % 5 == 0
        for one in period["measures"]:
            assert (one["n"] or 0) % 5 == 0 and (one["of"] or 0) % 5 == 0
    for drift in found["drifts"]:
        assert drift["journeys_before"] % 5 == 0
    assert len(found["log"]["observed_from"]) == 10
    assert "N235" in {note["code"] for note in found["notes"]}


@pytest.mark.parametrize("label", [one for one in HOSTILE if len(one) < 200])
def test_a_hostile_label_is_flat_in_every_output(label: str) -> None:
    rows = []
    for customer in range(120):
        start = customer // 12 * WEEK + customer
        names = ("Search", label, "Buy") if customer >= 60 else ("Search", "Buy")
        for place, name in enumerate(names):
            rows.append((f"c{customer:03}", name, start + 60 * place))
    log = log_from(rows, channels=[label] * len(rows))
    asked = replace(EVERYTHING, goal=("Buy",), deadline=3 * DAY * 1_000_000)
    found = trend(log, goal_alone(asked), asked)
    assert found.coverage, "the label begins late"
    text = render(found, Format.TEXT)
    assert is_flat(text)
    page = render(found, Format.HTML)
    assert "<script>alert" not in page and "<img src=x" not in page


def test_the_command_refuses_few_customers(tmp_path) -> None:
    (tmp_path / "log.csv").write_text(
        "time,customer,activity\n2026-03-01T10:00:00Z,ann,Search\n2026-03-02T10:00:00Z,bob,Buy\n"
    )
    ran = run(tmp_path, "trend", "log.csv", "--goal", "Buy")
    assert ran.status == 4 and "P103" in ran.err
