"""Trends by hand, in parts, with planted changes and without; young periods are never judged."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from notation import log
from strategies import examples, log_from
from worlds import CHANGES, World, flows

from cjmine.analysis.differences import change
from cjmine.analysis.intervals import share
from cjmine.analysis.periods import periods
from cjmine.columns import numbers
from cjmine.counting.split import Split
from cjmine.declared import DatedChange, Declared, DeclaredContact
from cjmine.errors import PrivacyError, UsageError
from cjmine.eventlog.log import About, Cases, EventLog
from cjmine.ideal.compiled import compile_ideal
from cjmine.ideal.file import parse_journey
from cjmine.results.codec import to_json, trend_from_json
from cjmine.results.trend import Carrier, Every, Topic, Trend
from cjmine.verbs.ideals import goal_alone
from cjmine.verbs.trend import trend
from cjmine.verbs.trend_settings import TrendSettings

DAY = 86_400_000_000
BUY = goal_alone(TrendSettings(goal=("Buy",)))
STEPS = compile_ideal(
    parse_journey(
        """
journey: shop
goal: Buy
exits: [Stop]
deadline: 5d
stages:
  - stage: One
    steps: [Search, Cart, Buy]
""",
        "journey.yaml",
    )
)
SHORT = TrendSettings(goal=("Buy",), min_group=1, deadline=5 * DAY)
THREE_WEEKS = """
ann: Search@0d Buy@1d
bob: Search@1d
cat: Search@5d Buy@6d
dan: Search@12d Buy@13d
eve: Search@19d
fox: Search@20d
"""


def row(found: Trend, place: int, measure: str = "goal-rate", step: str | None = None):
    one = found.row(found.periods[place], measure, step)
    assert one is not None
    return one.n, one.of


def test_weeks_by_hand() -> None:
    """The log begins on Thursday 1 January 1970 and ends on the 21st; journeys have five days."""
    found = trend(log(THREE_WEEKS), BUY, SHORT)
    assert [(one.from_, one.until, one.journeys, one.mature) for one in found.periods] == [
        ("1969-12-29", "1970-01-04", 2, True),
        ("1970-01-05", "1970-01-11", 1, True),
        ("1970-01-12", "1970-01-18", 1, False),
        ("1970-01-19", "1970-01-25", 2, False),
    ]
    assert [row(found, place) for place in (0, 1)] == [(1, 2), (1, 1)]
    assert found.periods[2].measures == ()
    assert found.row(found.periods[0], "goal-rate", None).limits is None
    assert {one.code.value for one in found.notes} >= {"N321", "N322"}


def test_a_period_is_judged_once_its_last_moment_had_the_full_time() -> None:
    """Week two ends on Sunday at midnight: five days later to the microsecond it is over."""
    at_last = "ann: Search@0d Buy@1d\nbob: Search@5d\nlast: Search@"
    exact = 11 * 86_400 + 5 * 86_400  # the first moment of Friday the 16th
    early = trend(log(f"{at_last}{exact - 1}s"), BUY, SHORT)
    late = trend(log(f"{at_last}{exact}s"), BUY, SHORT)
    assert [one.mature for one in early.periods][:2] == [True, False]
    assert [one.mature for one in late.periods][:2] == [True, True]


def test_steps_contact_and_journeys_as_designed() -> None:
    text = """
    ann: Search@0d Cart@1d Buy@2d
    bob: Search@0d Call@1d
    cat: Search@1d Cart@2d
    dan: Search@1d Cart@2d Stop@3d
    eve: Search@20d
    """
    declared = Declared(contact=DeclaredContact(("Ca*l",)))
    found = trend(log(text), STEPS, replace(SHORT, goal=(), deadline=None), declared)
    assert row(found, 0, "drop-off") == (2, 4)
    assert row(found, 0, "drop-off", "Search") == (1, 4)
    assert row(found, 0, "drop-off", "Cart") == (1, 3)
    assert row(found, 0, "contact") == (1, 4)
    assert row(found, 0, "fitting") == (1, 4)
    assert ("drop-off", "Buy") not in found.series, "at a goal nobody drops off"
    asked = TrendSettings(min_group=1, what=(Topic.DEVIATIONS,))
    assert ("deviation:D202", "Call") in trend(log(text), STEPS, asked).series


def test_days_are_those_of_the_zone() -> None:
    """23:30 UTC on the last day of a month is the next month in Amsterdam."""
    late = 30 * 86_400 + 23 * 3600 + 1800
    about = About(Cases.CUSTOMER, zone="Europe/Amsterdam")
    found = trend(
        log(f"ann: Search@{late}s Buy@{late + 60}s\nbob: Search@60d", about=about),
        BUY,
        replace(SHORT, every=Every.MONTH),
    )
    assert (found.periods[0].from_, found.periods[0].until) == ("1970-02-01", "1970-02-28")


def test_a_day_of_a_changed_clock_has_another_length() -> None:
    found = periods(0, 200 * DAY, Every.DAY, "Europe/Amsterdam")
    assert set((found.bounds[1:] - found.bounds[:-1]).tolist()) <= {23 * DAY // 24, DAY}


def test_an_empty_log_has_no_periods() -> None:
    found = trend(log_from([]), BUY, replace(SHORT, goal=(), drift=True))
    assert (found.periods, found.changes, found.coverage, found.drifts) == ((), (), (), ())
    assert trend_from_json(to_json(found), "t.json") == found


def test_too_many_periods_are_refused() -> None:
    with pytest.raises(UsageError, match="periods"):
        trend(log("ann: Search@0d Buy@1d\nbob: Search@9000d"), BUY, replace(SHORT, every=Every.DAY))


WORLD = World(seed=4, customers=2500, change=70, change_effect=0.18, days=140)
ASKED = TrendSettings(goal=("Goal",), deadline=14 * DAY, min_group=10)
GOAL = goal_alone(ASKED)


def test_a_planted_change_is_dated_and_named_with_what_is_near() -> None:
    dated = Declared(changes=(DatedChange(date(2024, 3, 12), "New form"),))
    found = trend(WORLD.log(), GOAL, ASKED, dated)
    (goal,) = [one for one in found.changes if one.measure == "goal-rate"]
    assert goal.at == "2024-03-11"
    assert goal.near is not None and (goal.near.days, goal.near.is_before) == (1, True)
    assert goal.difference is not None
    assert goal.difference.low <= 0.18 <= goal.difference.high and goal.difference.low > 0
    shown = [one.measures[0].limits for one in found.mature]
    assert None not in shown and len({low for low, _ in shown}) > 1
    assert to_json(found) == to_json(trend(WORLD.log(), GOAL, ASKED, dated))


def test_a_world_without_a_change_has_none() -> None:
    found = trend(replace(WORLD, change=None).log(), GOAL, ASKED)
    assert [one for one in found.changes if one.measure == "goal-rate"] == []
    assert sum(point.is_outside for one in found.mature for point in one.measures) == 0


def test_customers_on_both_sides_of_a_change_narrow_its_interval() -> None:
    """Each of 40 customers has a journey a week; half of them reach the goal, later all do."""
    rows = []
    for customer in range(40):
        for week in range(16):
            start = (week * 7 + 5) * 86_400 + customer
            rows.append((f"c{customer:02}", "Search", start))
            if customer % 2 or (week >= 8 and customer % 4):
                rows.append((f"c{customer:02}", "Buy", start + 60))
    rows.append(("last", "Search", 130 * 86_400))
    asked = replace(SHORT, gap=2 * DAY, deadline=DAY)
    (found,) = trend(log_from(rows), goal_alone(asked), asked).changes[:1]
    assert (found.before.n, found.before.of, found.after.n) == (160, 320, 240)
    apart = change(found.after, found.before)
    assert apart is not None and found.difference is not None
    assert found.difference.high - found.difference.low < apart.high - apart.low
    journeys = change(share(240, 320), share(160, 320))
    assert journeys is not None and journeys.value == found.difference.value


def test_a_source_that_begins_late_is_coverage() -> None:
    found = trend(World(seed=2, customers=1500, late_source=60).log(), GOAL, ASKED)
    rows = {(one.what, one.name): (one.begins, one.ends) for one in found.coverage}
    assert rows[Carrier.LABEL, "Call"][1] is None
    assert "2024-03-04" <= rows[Carrier.LABEL, "Call"][0] <= "2024-03-18"  # day 60 is 1 March
    assert (Carrier.CHANNEL, "call") in rows
    assert not any(name in ("Start", "Form", "Send", "Goal") for _, name in rows)


def test_no_label_of_a_steady_log_begins_or_ends() -> None:
    assert trend(World(seed=6, customers=1500).log(), GOAL, ASKED).coverage == ()


@st.composite
def weekly_logs(draw: st.DrawFn):
    """Some journeys of some customers over some weeks."""
    rows, people = [], draw(st.integers(1, 20))
    for customer in range(people):
        for _ in range(draw(st.integers(1, 4))):
            start = draw(st.integers(0, 80)) * 43_200 + customer
            for place, name in enumerate(
                draw(st.lists(st.sampled_from(("Search", "Cart", "Buy", "Stop", "Call"))))
            ):
                rows.append((f"c{customer:02}", name, start + 60 * place))
    return log_from(rows)


@given(weekly_logs(), st.integers(2, 6), st.sampled_from((1, 3)), st.sampled_from(list(Every)[:3]))
@examples(13)
def test_parts_give_the_same_bytes(found, parts, min_group, every) -> None:
    asked = TrendSettings(min_group=min_group, every=every, what=tuple(Topic), drift=True)
    declared = Declared(contact=DeclaredContact(("Call",)))
    try:
        whole = to_json(trend(found, STEPS, asked, declared))
    except PrivacyError:
        return
    assert to_json(trend(found, STEPS, asked, declared, split=Split(parts=parts))) == whole


@given(weekly_logs())
@examples(13)
def test_every_journey_is_in_one_period(found) -> None:
    shown = trend(found, STEPS, TrendSettings(min_group=1))
    assert sum(one.journeys or 0 for one in shown.periods) == shown.log.journeys
    for period in shown.mature:
        for one in period.measures:
            if one.step is None:
                assert one.of == period.journeys
    assert json.loads(to_json(shown))["schema"] == "cjmine/trend/1"


@pytest.mark.parametrize("kind", [one for one in CHANGES if one != "loop"])
def test_a_planted_change_of_the_flow_is_dated(kind: str) -> None:
    """At journey 1,500 of 3,000 over 60 days; the pairs that changed are named, without a goal.

    A loop changes a single pair, of three that decide.
    """
    world = flows(3, 3000, ((1500, kind),))
    asked = TrendSettings(drift=True)
    found = trend(world.log(), goal_alone(asked), asked)
    assert found.drifts is not None and len(found.drifts) == 1
    (one,) = found.drifts
    assert abs(one.journeys_before - 1500) <= 200 and one.z >= 5 and one.pairs
    assert all(abs(pair.after - pair.before) > 0.05 for pair in one.pairs)
    assert found.mature == (), "without a goal no share is judged"


def test_days_and_nights_of_a_constant_flow_are_no_drift() -> None:
    asked = TrendSettings(drift=True)
    log = flows(5, 2500, days=42, patterns=True).log()
    assert trend(log, goal_alone(asked), asked).drifts == ()


def test_drift_in_parts_and_of_journeys_that_begin_at_one_moment() -> None:
    """Times are whole days here, so that many journeys begin at the same one."""
    log = flows(8, 1500, ((700, CHANGES[0]),)).log()
    day = log.times // DAY * DAY
    table = log.table.set_column(
        log.table.column_names.index("time"), "time", numbers(day).cast(log.table["time"].type)
    )
    asked = TrendSettings(drift=True, min_group=3)
    found = [
        to_json(trend(EventLog(table, log.about), goal_alone(asked), asked, split=Split(parts=one)))
        for one in (1, 2, 5)
    ]
    assert len(set(found)) == 1 and json.loads(found[0])["drifts"]
