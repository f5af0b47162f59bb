"""Intervals by customer, as far as they may be shown: in discover, in a check, in a baseline."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shares import by_customer
from strategies import log_from

from cjmine.analysis.differences import change
from cjmine.analysis.intervals import share
from cjmine.counting.split import Split
from cjmine.disclosure.policy import Policy
from cjmine.disclosure.shown import shown_share
from cjmine.eventlog.log import EventLog
from cjmine.ideal.compiled import compile_ideal
from cjmine.ideal.file import parse_journey
from cjmine.results.baseline import Baseline
from cjmine.results.check import Check
from cjmine.results.codec import baseline_text, read_baseline
from cjmine.results.expectations import Verdict
from cjmine.results.figures import Sampled
from cjmine.verbs.check import check
from cjmine.verbs.discover import discover
from cjmine.verbs.settings import CheckSettings, DiscoverSettings
from tests.observing import at

DAY = 86_400
HOUR = 3_600_000_000
SHOP = """
journey: order
goal: Buy
deadline: 1h
case: {gap: 2h}
min-customers: 20
stages: [{stage: One, steps: [A, {step: Buy, expect: {reached: ">= 55%"}}]}]
expect: {goal-rate: ">= 55%", fitness: ">= 0.1"}
"""


def journeys(*pairs: tuple[int, int]) -> EventLog:
    """Customers, each with so many journeys that buy, of so many, a day apart."""
    rows = []
    for one, (n, of) in enumerate(pairs):
        for place in range(of):
            rows.append((f"c{one:04}", "A", place * DAY))
            if place < n:
                rows.append((f"c{one:04}", "Buy", place * DAY + 60))
    return log_from(rows)


def checked(log: EventLog, ideal: str = SHOP, baseline: Baseline | None = None, **how) -> Check:
    settings = CheckSettings(observed_until=at(99 * DAY * 1_000_000), baseline=baseline, **how)
    return check(log, compile_ideal(parse_journey(ideal, "j.yaml")), settings).checked


# A customer buys always or never: 300 journeys that say as much as 30 customers.
ALIKE = [(10, 10)] * 14 + [(0, 10)] * 16


def test_every_place_shows_the_interval_by_customer() -> None:
    expected = by_customer(*ALIKE)
    found = checked(journeys(*ALIKE))
    promises = {row.what: row for row in found.expectations}
    assert found.goal.share == found.counted.fits == expected
    assert found.steps[-1].reach == expected
    assert found.steps[0].drop_off == by_customer(*((of - n, of) for n, of in ALIKE))
    for what in ("goal rate", "Buy reached"):
        row = promises[what]
        assert row.share == expected
        assert (row.low, row.high) == (expected.low, expected.high)
    asked = DiscoverSettings(
        goal=("Buy",), gap=2 * HOUR, deadline=HOUR, observed_until=at(99 * DAY * 1_000_000)
    )
    assert discover(journeys(*ALIKE), asked).goal.share == expected


def test_what_only_journeys_would_decide_is_not_broken() -> None:
    """14 of 30 customers: 55 % lies within their interval, and outside that of 300 journeys."""
    assert share(140, 300).high < 0.55
    for row in checked(journeys(*ALIKE)).expectations[:2]:
        assert row.verdict is Verdict.WARNED


def test_customers_decide_not_journeys() -> None:
    by_default = SHOP.replace("min-customers: 20\n", "")
    assert {row.verdict for row in checked(journeys(*ALIKE), by_default).expectations} == {
        Verdict.INCONCLUSIVE
    }


def test_fewer_than_twenty_customers_decide_nothing() -> None:
    ideal = SHOP.replace("min-customers: 20", "min-customers: 1")
    few = checked(journeys(*[(0, 10)] * 19), ideal, min_group=1)
    assert {row.verdict for row in few.expectations} == {Verdict.INCONCLUSIVE}
    enough = checked(journeys(*[(0, 10)] * 20), ideal, min_group=1)
    assert Verdict.BROKEN in {row.verdict for row in enough.expectations}


# 60 customers with one journey each, and one with forty.
LED = [(1, 1)] * 30 + [(0, 1)] * 30 + [(20, 40)]


def test_an_interval_that_tells_about_one_customer_is_withheld() -> None:
    found = checked(journeys(*LED))
    assert (found.goal.n, found.goal.of, found.goal.low, found.goal.high) == (50, 100, None, None)
    assert (found.counted.log_fitness is not None, found.counted.low) == (True, None)
    assert found.goal.share.value == 0.5
    assert {row.verdict for row in found.expectations} == {Verdict.INCONCLUSIVE}
    everything = checked(journeys(*LED), min_group=1)
    assert everything.goal.share == by_customer(*LED)


def test_what_is_released_has_the_effect_in_two_digits() -> None:
    behind = Sampled(303, 33, 4.5678, 9.0, False)
    assert shown_share(105, 305, behind, behind.effect, Policy(10, True)) == share(105, 305, 4.6)
    assert shown_share(105, 303, behind, behind.effect, Policy(10)) == share(105, 303, 4.5678)


def test_a_withheld_share_is_judged_by_what_depends_on_no_outcome() -> None:
    """3 of 60 do not buy, which is withheld: 1 to 9 of them could, and 51 of 60 are enough."""
    found = checked(journeys(*[(1, 1)] * 57, *[(0, 1)] * 3))
    (row,) = [one for one in found.expectations if one.what == "goal rate"]
    assert (row.n, row.of, row.share, row.verdict) == (None, 60, None, Verdict.KEPT)
    assert checked(journeys(*[(1, 1)] * 3, *[(0, 1)] * 57)).verdict is Verdict.BROKEN


def test_segments_and_the_folded_ones_are_by_customer() -> None:
    """Values of four customers each fold into one row, whose customers may have several."""
    rows = []
    pairs: dict[str, list[tuple[int, int]]] = {"large": [], "(other)": []}
    for one in range(40):
        n, of = one % 3, 3
        plan = "large" if one < 20 else f"small{one % 5}"
        pairs["large" if one < 20 else "(other)"].append((n, of))
        for place in range(of):
            rows.append((f"c{one:04}", "A", place * DAY, plan))
            if place < n:
                rows.append((f"c{one:04}", "Buy", place * DAY + 60, plan))
    log = log_from([row[:3] for row in rows], channels=[row[3] for row in rows])
    asked = DiscoverSettings(
        goal=("Buy",),
        by="channel",
        gap=2 * HOUR,
        deadline=HOUR,
        observed_until=at(99 * DAY * 1_000_000),
    )
    whole = discover(log, asked)
    found = {one.value: one.goal for one in whole.segments.values}
    assert found == {name: by_customer(*some) for name, some in pairs.items()}
    for parts in (2, 7):
        assert discover(log, asked, split=Split(parts=parts)) == whole


def test_a_baseline_keeps_its_intervals() -> None:
    outcome = check(
        journeys(*ALIKE),
        compile_ideal(parse_journey(SHOP, "j.yaml")),
        CheckSettings(observed_until=at(99 * DAY * 1_000_000)),
    )
    before = read_baseline(baseline_text(outcome.baseline), "b.json")
    assert before.share("goal-rate") == by_customer(*ALIKE)
    now = [(10, 10)] * 26 + [(0, 10)] * 14
    found = checked(journeys(*now), baseline=before)
    expected = change(by_customer(*now), by_customer(*ALIKE))
    assert found.baseline.goal_rate == expected
    assert expected.low < 0 < change(share(260, 400), share(140, 300)).low


def test_a_released_check_rounds_an_earlier_interval_too() -> None:
    outcome = check(
        journeys(*ALIKE),
        compile_ideal(parse_journey(SHOP, "j.yaml")),
        CheckSettings(observed_until=at(99 * DAY * 1_000_000)),
    )
    released = checked(journeys(*ALIKE), baseline=outcome.baseline, release=True)
    assert released.baseline.goal_rate.value == 0
    assert released.baseline.goal_rate.low < -0.1


@pytest.mark.parametrize("low", [0.6, None])
def test_a_baseline_with_an_impossible_interval_is_refused(low: float | None) -> None:
    outcome = check(
        journeys(*ALIKE),
        compile_ideal(parse_journey(SHOP, "j.yaml")),
        CheckSettings(observed_until=at(99 * DAY * 1_000_000)),
    )
    first = outcome.baseline.counted[0]
    with pytest.raises(ValueError, match="a share"):
        replace(first, low=low, high=0.7)
