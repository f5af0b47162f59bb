"""The goal of a portfolio over time: of several journeys together, and whether it changed."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from analysis.test_check_parts import shop_logs
from analysis.test_portfolio import EXACT, everything
from hypothesis import given
from notation import log
from portfolio.folders import CLAIM, ORDER, portfolio_in
from strategies import examples

from cjmine.analysis.periods import periods
from cjmine.analysis.portfolio.courses import moved, together
from cjmine.eventlog.log import EventLog
from cjmine.results.portfolio import Movement, TrendPoint
from cjmine.results.trend import Every, Topic
from cjmine.verbs.check import check
from cjmine.verbs.portfolio import portfolio
from cjmine.verbs.portfolio_settings import PortfolioSettings
from cjmine.verbs.settings import CheckSettings
from cjmine.verbs.trend import trend
from cjmine.verbs.trend_settings import TrendSettings

TEXT = """{lifecycle: [Buy, Use], journeys: [
    {journey: order.yaml, phase: Buy, owner: shop},
    {journey: again.yaml, phase: Buy, owner: shop},
    {journey: claim.yaml, phase: Use}]}"""
FILES = {
    "order.yaml": ORDER,
    "again.yaml": ORDER.replace("Search", "Again").replace("Pay", "Bought"),
    "claim.yaml": CLAIM,
}


def point(n: int | None, of: int | None, day: str = "2026-03-02") -> TrendPoint:
    return TrendPoint(day, n, of, n / of if n is not None and of else None)


def weeks(before: float, after: float, number: int, first: str, last: str) -> list[str]:
    """Sixteen weeks of customers, the share of whom that reach the goal changes half way."""
    draw = random.Random(number)
    rows = []
    for week in range(16):
        share = before if week < 8 else after
        for one in range(number):
            who, day = f"{first}{week:02}{one:03}", 4 + 7 * week + one % 5
            reached = f" {last}@{day}d" if draw.random() < share else ""
            rows.append(f"{who}: {first}@{day}d{reached}")
    return rows


def shop(number: int = 80) -> EventLog:
    rows = [
        *weeks(0.3, 0.7, number, "Search", "Pay"),
        *weeks(0.7, 0.35, number, "Again", "Bought"),
        *weeks(0.6, 0.6, number, "Claim", "Paid"),
    ]
    return log("\n".join([*rows, "end: News@130d"]))


# Rows of points.


def test_together_adds_up_what_is_shown_of_the_same_journeys() -> None:
    ten = tuple(point(4, 10) for _ in range(12))
    hole = (*ten[:5], point(None, 9), *ten[6:])
    (first, *_), found = together([ten, hole]), together([ten, hole])
    assert (first.n, first.of, first.value) == (8, 20, 0.4)
    assert [one.n for one in found].count(None) == 1 and found[5] == point(None, None)
    # A journey with more holes is left out of every period, and a shorter one ends it.
    assert together([ten, (*hole[:6], *hole[5:6], *hole[7:])]) == ten
    assert len(together([ten, ten[:7]])) == 7
    assert together([]) == () and together([(), ten]) == ten


def test_too_few_periods_cannot_tell() -> None:
    eight = tuple(point(n, 100) for n in (40, 41, 39, 40, 42, 38, 40, 41))
    (steady, short, nothing) = moved([eight, eight[:7], ()], Every.WEEK)
    assert steady.movement is Movement.STEADY
    assert {short.movement, nothing.movement} == {Movement.CANNOT_TELL}
    holes = (*eight, *(point(None, 30) for _ in range(2)))
    assert moved([holes], Every.WEEK)[0].movement is Movement.CANNOT_TELL


def test_a_step_and_a_slope_say_since_when() -> None:
    days = [f"2026-0{1 + week // 4}-{1 + 7 * (week % 4):02}" for week in range(16)]
    step = tuple(point(30 if at < 9 else 60, 100, day) for at, day in enumerate(days))
    slope = tuple(point(80 - 4 * at, 100, day) for at, day in enumerate(days))
    up, down = moved([step, slope], Every.WEEK)
    assert (up.movement, up.since) == (Movement.GAINED, days[9])
    assert (down.movement, down.since) == (Movement.LOST, days[0])


@pytest.mark.prove
def test_rows_without_a_change_are_seldom_moved() -> None:
    """Rows that only vary by chance: at most 5 of 100 are called gained or lost."""
    draw, called = np.random.default_rng(16), 0
    for size in (9, 16, 26):
        rows = [tuple(point(int(n), 80) for n in draw.binomial(80, 0.6, size)) for _ in range(200)]
        called += sum(one.since is not None for one in moved(rows, Every.WEEK))
    assert called <= 30


# Of a log.


def test_journeys_move_as_trend_says_and_groups_by_their_sums(tmp_path: Path) -> None:
    events, asked = shop(), portfolio_in(tmp_path, TEXT, FILES)
    found = portfolio(events, asked, PortfolioSettings())
    order, again, claim = found.journeys
    assert (order.movement, again.movement) == (Movement.GAINED, Movement.LOST)
    assert claim.movement is Movement.STEADY and claim.moved_since is None
    for row, member in zip((order, again), asked.measured, strict=False):
        assert member.ideal is not None
        settings = TrendSettings(every=Every.WEEK, what=(Topic.GOAL,))
        (change,) = trend(events, member.ideal, settings).changes
        assert row.moved_since == change.at
    buy, use = found.phases
    assert buy.movement is Movement.STEADY and use.movement is Movement.STEADY
    assert use.trend == claim.trend
    assert [one.of for one in buy.trend] == [
        (one.of or 0) + (two.of or 0) for one, two in zip(order.trend, again.trend, strict=True)
    ]


def test_few_customers_a_week_are_not_told_by_a_group(tmp_path: Path) -> None:
    """A journey whose weeks are withheld is in no sum of weeks: the difference would say them."""
    rows = [*weeks(0.3, 0.7, 80, "Search", "Pay"), *weeks(0.5, 0.5, 4, "Again", "Bought")]
    events = log("\n".join([*rows, "end: News@130d"]))
    found = portfolio(events, portfolio_in(tmp_path, TEXT, FILES), PortfolioSettings())
    order, again, _ = found.journeys
    assert again.goal.of == 64 and again.movement is Movement.CANNOT_TELL
    assert found.phases[0].trend == order.trend and found.phases[0].goal.of == 80 * 16 + 64


@examples(8)
@given(events=shop_logs())
def test_a_trend_of_a_group_is_one_count_of_the_union(events: EventLog) -> None:
    found = portfolio(events, everything(), EXACT)
    (buy,) = found.phases
    if not buy.trend or found.every is not Every.WEEK:
        return
    times = events.times
    spans = periods(int(times.min()), int(times.max()), Every.WEEK, found.log.zone)
    n = of = np.zeros(len(spans), np.int64)
    for member, row in list(zip(everything().members, found.journeys, strict=True))[:3]:
        assert member.ideal is not None
        if not row.trend:
            continue
        facts = check(events, member.ideal, CheckSettings(min_group=1)).facts()
        journeys = facts.comparison.journeys
        counted = np.flatnonzero(facts.is_counted)
        period = spans.of(journeys.time[journeys.starts[:-1]][counted])
        of = of + np.bincount(period, minlength=len(spans))
        n = n + np.bincount(period[facts.state[counted] == 2], minlength=len(spans))
    pairs = list(zip(n.tolist(), of.tolist(), strict=True))
    assert [(one.n, one.of) for one in buy.trend] == pairs[: len(buy.trend)]


def test_the_order_of_rows_changes_no_movement() -> None:
    row = tuple(point(30 if at < 9 else 60, 100) for at in range(16))
    flat = tuple(replace(one, n=40, value=0.4) for one in row)
    assert moved([row, flat], Every.WEEK) == moved([flat, row], Every.WEEK)[::-1]
