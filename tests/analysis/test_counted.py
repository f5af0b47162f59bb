"""What a check counts: journeys that had their full time, and each of them in one place."""

from __future__ import annotations

import pytest
from notation import log
from strategies import log_from

from cjmine.errors import Code, UsageError
from cjmine.ideal.compiled import compile_ideal
from cjmine.ideal.file import parse_journey
from cjmine.results.check import Check, Verdict
from cjmine.results.codec import baseline_text, read_baseline
from cjmine.verbs.check import check
from cjmine.verbs.settings import CheckSettings
from tests.observing import at

DAY = 86_400_000_000
SHOP = """
journey: order
goal: Buy
deadline: 1d
exits: [Stop]
stages:
  - stage: One
    steps: [A, Buy, {step: Review, expect: {drop-off: "<= 20%"}}]
"""


def checked(rows: list[tuple[str, str, float]], ideal: str = SHOP, **how) -> Check:
    found = check(
        log_from(rows),
        compile_ideal(parse_journey(ideal, "journey.yaml")),
        CheckSettings(**{"min_group": 1, "observed_until": at(9 * DAY), **how}),
    )
    return found.checked


def many(number: int, trace: str, name: str, first: int = 0, step: int = 60) -> list:
    """So many customers with one trace each, its events a minute apart."""
    return [
        (f"{name}{one:05}", activity, first + step * place)
        for one in range(number)
        for place, activity in enumerate(trace.split())
    ]


def test_a_step_where_most_journeys_finish_is_no_drop_off():
    rows = [*many(1000, "A Buy Review", "done"), *many(200, "A Review", "lost")]
    found = checked(rows)
    row = found.steps[-1]
    assert (row.step, row.reached, row.finished, row.abandoned) == ("Review", 1200, 1000, 200)
    assert row.drop_off.value == 200 / 1200
    (lost,) = [one for one in found.deviations if one.code is Code.ABANDONED]
    assert (lost.activity, lost.journeys, lost.of) == ("Review", 200, 1200)
    (promise,) = found.expectations
    assert (promise.n, promise.of, promise.verdict) == (200, 1200, Verdict.KEPT)


def test_a_step_where_most_journeys_exit_is_no_drop_off():
    rows = [
        *many(9000, "A Stop", "out"),
        *many(200, "A", "lost"),
        *many(300, "A Buy Review", "on"),
    ]
    row = checked(rows).steps[0]
    assert (row.reached, row.exited, row.abandoned, row.went_on) == (9500, 9000, 200, 300)
    assert row.drop_off.value == 200 / 9500


def test_conformance_is_of_all_journeys_and_counted_of_those_that_had_their_full_time():
    """Late events and open journeys cost what they cost, but not those who are judged."""
    rows = [
        *many(10, "A Buy Review", "done"),
        *many(4, "A x Buy Review", "late", step=86_400),
        *many(5, "A x", "young", first=9 * 86_400 - 300),
    ]
    found = checked(rows)
    assert (found.states.completed, found.states.abandoned, found.states.open) == (10, 4, 5)
    whole, counted = found.conformance, found.counted
    assert (whole.journeys, whole.fitting, whole.log_moves) == (19, 10, 9)
    assert (whole.events, whole.cost) == (30 + 16 + 10, 4 + 5 * 3)
    assert (counted.journeys, counted.customers, counted.fitting) == (14, 14, 10)
    # Within a day the late ones have A and x: both later steps are missing.
    assert (counted.cost, counted.log_moves, counted.model_moves) == (4 * 3, 4, 8)
    assert counted.log_fitness == 1 - 12 / (30 + 8 + 14 * 3)
    assert (found.judged.after, found.judged.later) == (8, 4)
    (note,) = [one.text for one in found.notes if one.code is Code.AFTER_FULL_TIME]
    assert note.endswith("set aside: 8; journeys that reached the goal then: 4")
    assert repr(found.goal.share).endswith("10 of 14")


def test_open_journeys_are_counted_at_their_last_match_and_nowhere_else():
    rows = [*many(3, "A Buy Review", "done"), *many(2, "A Buy", "young", first=9 * 86_400 - 300)]
    found = checked(rows)
    a, buy, _ = found.steps
    assert (a.reached, a.open, buy.reached, buy.open) == (3, 0, 3, 2)
    assert {one.of for one in found.deviations} <= {3}
    for row in found.steps:
        assert row.reached == row.went_on + row.abandoned + row.exited + row.finished


def test_a_goal_reached_by_young_journeys_does_not_count_yet():
    """Half of all succeed at once, half never: however early the log ends, that is the rate."""
    rows = [row for day in range(9) for row in (
        *many(5, "A Buy Review", f"good{day}", first=day * 86_400),
        *many(5, "A", f"bad{day}", first=day * 86_400),
    )]  # fmt: skip
    for until in (2 * DAY, 4 * DAY + 7, 9 * DAY):
        assert checked(rows, observed_until=at(until)).goal.value == 0.5


def test_the_end_of_observation_is_a_wall():
    rows = [*many(3, "A Buy Review", "done"), *many(2, "A Buy", "after", first=5 * 86_400)]
    found = checked(rows, observed_until=at(5 * DAY - 1))
    assert (found.log.journeys, found.log.events, found.judged.unseen) == (3, 9, 4)
    assert "events after the end of observation, not seen: 4" in [one.text for one in found.notes]


def test_another_deadline_can_be_asked_for_and_is_said():
    rows = many(4, "A x Buy Review", "late", step=86_400)
    found = checked(rows, deadline=4 * DAY)
    assert (found.states.completed, found.judged.seconds) == (4, 4 * 86_400)
    (note,) = [one.text for one in found.notes if one.code is Code.DEADLINE_OTHER]
    assert note == "the deadline is 4 days as asked for, not 1 day as the journey file says"
    same = checked(rows, deadline=DAY)
    assert Code.DEADLINE_OTHER not in [one.code for one in same.notes]


BARE = SHOP.replace("deadline: 1d\n", "").replace('"<= 20%"', '{is: "<= 20%", min-customers: 1}')


def test_without_a_deadline_it_is_assumed_from_a_hundred_completed_journeys():
    rows = [*many(100, "A Buy Review", "done"), *many(50, "A Review", "lost")]
    found = checked(rows, BARE)
    assert found.judged.assumed
    assert not found.judged.uncertain
    assert found.judged.seconds == 60
    assert found.expectations[0].verdict is not Verdict.INCONCLUSIVE
    fewer = checked(rows[3:], BARE)
    assert fewer.judged.uncertain
    assert fewer.goal.share.of == 149
    assert fewer.expectations[0].verdict is Verdict.INCONCLUSIVE
    (note,) = [one.text for one in fewer.notes if one.code is Code.DEADLINE_ASSUMED]
    assert "≈" in note
    assert "declare a deadline" in note


def test_an_assumed_full_time_of_more_than_a_quarter_of_the_period_is_uncertain():
    rows = [*many(100, "A Buy Review", "done", step=86_400), *many(50, "A", "lost", step=60)]
    assert not checked(rows, BARE).judged.uncertain
    assert checked(rows, BARE, observed_until=at(4 * DAY - 1)).judged.uncertain


def test_nobody_counted():
    rows = [row for day in range(31) for row in many(10, "A Buy", f"d{day}_", day * 86_400)]
    month = SHOP.replace("1d", "30d")
    found = checked(rows, month, observed_until=at(30 * DAY - 1))
    assert (found.states.open, found.states.completed, found.counted.journeys) == (300, 0, 0)
    assert (found.goal.value, found.counted.log_fitness, found.judged.begun_from) == (None,) * 3
    assert found.verdict is Verdict.INCONCLUSIVE
    (note,) = [one.text for one in found.notes if one.code is Code.NOBODY_COUNTED]
    assert note == (
        "a journey has 30 days and the log spans 30 days: nobody has had them; from 1970-01-31 the"
        " first can be judged, from 1970-02-19 200 customers; until then 300 are under way, or"
        " --deadline 14d"
    )


def test_tails_of_journeys_that_began_before_the_log():
    gap = SHOP.replace("deadline: 1d", "deadline: 1d\ncase: {gap: 2d}")
    rows = [*many(3, "Buy", "tail", first=86_400), *many(4, "A Buy", "full", first=3 * 86_400)]
    assert checked(rows, gap, observed_from=at(0)).states.truncated == 3
    found = checked([*many(1, "A", "first"), *rows], gap)
    assert found.states.truncated == 0
    (note,) = [one.text for one in found.notes if one.code is Code.MAY_BE_TAILS]
    assert "earlier ones: 4; --observed-from" in note
    entry = gap.replace("exits", "entry: A\nexits")
    assert checked(rows, entry, observed_from=at(0)).states.truncated == 0


def test_the_period_judged():
    found = checked(many(3, "A Buy", "a", first=86_400), observed_from=at(DAY // 2))
    judged = found.judged
    assert (judged.begun_from, judged.begun_until) == (
        "1970-01-01T12:00:00Z",
        "1970-01-09T00:00:00Z",
    )


def test_a_baseline_of_another_number_is_refused_with_the_way_out():
    found = check(
        log("ann: A Buy"), compile_ideal(parse_journey(SHOP, "j.yaml")), CheckSettings(min_group=1)
    )
    old = baseline_text(found.baseline).replace("cjmine/baseline/2", "cjmine/baseline/1")
    with pytest.raises(UsageError) as caught:
        read_baseline(old, "old.json")
    cause = caught.value.problems[0].cause
    assert cause == "its figures are defined as by another version of cjmine: save it again"
