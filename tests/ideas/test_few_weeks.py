"""Ideas with fewer than 13 weeks before: the share before is pulled to those of other steps."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from ideas.logs import STEPS, log_of_steps, week

from cjmine.analysis.compare.weeks import WEEK
from cjmine.analysis.ideas.plan import Span, plan_of
from cjmine.analysis.ideas.shrunken import Level, shrunken
from cjmine.analysis.ideas.spread import Spread, pooled
from cjmine.ideal.file import compiled_journey
from cjmine.ideas.file import parse_register
from cjmine.results.ideas import Ideas, Kept, Lack, MeasuredIdea
from cjmine.verbs.ideas import ideas
from cjmine.verbs.periods import begin_of, end_of
from cjmine.verbs.settings import JudgedSettings

WEEKS = Spread(8, 8, 1.0, 0.0, 14)
# Ten weeks in which about as many leave at every step, then eight with fewer at the cart.
BEFORE, AFTER = [20, 36, 15, 16, 14], [20, 12, 17, 17, 15]


def level(n: int, of: int = 400, effect: float = 1.0) -> Level:
    return Level(n, of, effect, WEEKS)


def measured(line: str, before: int = 10, after: int = 8) -> MeasuredIdea:
    text = f"ideas:\n  - {{id: M-1, title: x, status: running, since: {week(before)}, {line}}}\n"
    log = log_of_steps([BEFORE] * before + [AFTER] * after)
    found: Ideas = ideas(
        log,
        compiled_journey(STEPS, "journey.yaml"),
        parse_register(text, "ideas.yaml"),
        JudgedSettings(min_group=1),
    )
    return found.ideas[0]


def test_a_level_is_pulled_to_the_others() -> None:
    high = shrunken(level(80), [level(40)] * 7)
    low = shrunken(level(20), [level(40)] * 7)
    assert high is not None and low is not None
    assert high.moved < 0 < low.moved and high.others == 7
    assert high.error == pytest.approx((2 / 5) ** 0.5 * -high.moved)


def test_the_example_of_the_definitions() -> None:
    weeks = Spread(8, 8, 1.0, -0.2, 14)
    found = shrunken(Level(80, 400, 1.0, weeks), [Level(40, 400, 1.0, weeks)] * 7)
    assert found is not None and found.dispersion == 1.0
    assert 0.2 + found.moved == pytest.approx(0.189, abs=0.0005)


def test_alike_levels_are_pulled_to_their_mean_as_far_as_is_known() -> None:
    """Without variance between levels the pull is (k - 3) / (k - 1), on the log-odds."""
    found = shrunken(level(41), [level(40)] * 7)
    assert found is not None
    assert found.moved == pytest.approx((7 / 8) * (5 / 7) * -1 / 400, rel=0.01)


def test_levels_that_differ_are_hardly_pulled() -> None:
    apart = [level(n) for n in (10, 40, 90, 160, 240, 320)]
    found = shrunken(level(200), apart)
    assert found is not None and abs(found.moved) < 0.005


def test_many_journeys_are_pulled_less() -> None:
    few = shrunken(level(80), [level(40), level(60), level(50), level(45)])
    many = shrunken(level(8000, 40_000), [level(40), level(60), level(50), level(45)])
    assert few is not None and many is not None and few.moved < many.moved < 0


def test_fewer_than_four_levels_say_nothing() -> None:
    assert shrunken(level(40), [level(40)] * 2) is None
    assert shrunken(level(40), [level(40)] * 3) is not None


def test_weeks_vary_as_those_of_all_steps() -> None:
    """By hand: beyond (1 + 3) / 2, and the correlation (0 + 2 / 16) / (1 - 6 / 16) = 0.2."""
    assert pooled([WEEKS, Spread(8, 8, 3.0, 0.0, 14)]) == pytest.approx(2 * 1.2 / 0.8)
    assert pooled([Spread(8, 8, 0.2, -0.9, 14)]) == 1.0


def test_an_idea_with_few_weeks_before_is_measured() -> None:
    """Nine whole weeks end a day before it, less the last two; the pull makes it smaller."""
    row = measured("step: Cart, metric: drop-off, expected: -9 pp")
    found = row.measured
    assert found is not None and row.lack is None and found.change is not None
    assert (found.weeks_before, found.weeks_after) == (7, 8)
    assert found.shrunken is not None and found.shrunken.others == 4
    before, after = found.before.value, found.after.value
    assert before is not None and after is not None
    assert after < found.shrunken.value < before
    assert found.change.value == pytest.approx(after - found.shrunken.value)
    assert found.verdict is Kept.KEPT
    assert found.naive is not None


@pytest.mark.parametrize("before, is_told", [(6, False), (7, True), (15, True), (16, True)])
def test_four_weeks_before_are_the_least_and_of_13_none_is_pulled(
    before: int, is_told: bool
) -> None:
    row = measured("step: Cart, metric: drop-off, expected: -9 pp", before)
    found = row.measured
    assert found is not None and (row.lack is None) is is_told
    assert is_told or (row.lack is Lack.BEFORE and found.verdict is Kept.CANNOT_TELL)
    assert (found.shrunken is not None) is (4 <= found.weeks_before < 13)


def test_clocks_that_are_put_forward_cost_no_week() -> None:
    """Weeks are of whole days in the zone of the log: that of 29 March is an hour short."""
    zone = "Europe/Amsterdam"
    first, since = begin_of(date(2026, 1, 5), zone), begin_of(date(2026, 4, 6), zone)
    last = end_of(date(2026, 5, 3), zone)
    found = plan_of(Span(first, last, 2 * WEEK, since, begin_of(date(2026, 3, 2), zone), zone))
    days = [date(2026, 1, 5) + timedelta(weeks=n) for n in range(11)]
    kept = [one for one in days if one not in (date(2026, 2, 23), date(2026, 3, 2))]
    assert [one.since for one in found.before] == [begin_of(one, zone) for one in kept]
    assert found.before[-1].until == end_of(date(2026, 3, 22), zone)
    assert len(found.after) == 4 and found.after[-1].until == last
    assert found.month.since == begin_of(date(2026, 2, 9), zone)
    march = begin_of(date(2026, 3, 9), zone)
    until = end_of(date(2026, 4, 5), zone)
    assert len(plan_of(Span(first, until, WEEK, march, march - WEEK, zone)).after) == 4
    assert len(plan_of(Span(first, until - 1, WEEK, march, march - WEEK, zone)).after) == 3


def test_of_a_measure_that_a_log_has_once_only_13_weeks_are_needed() -> None:
    row = measured("metric: goal, expected: +5 pp")
    assert row.lack is Lack.BEFORE and row.measured is not None
    assert row.measured.verdict is Kept.CANNOT_TELL and row.measured.more_weeks is None


def test_a_part_of_what_there_was_is_a_part_of_the_pulled_share() -> None:
    points = measured("step: Cart, metric: drop-off, expected: -9 pp").measured
    found = measured("step: Cart, metric: drop-off, expected: -50 %").measured
    assert points is not None and points.change is not None and points.shrunken is not None
    assert found is not None and found.change is not None
    assert found.change.value == pytest.approx(points.change.value / points.shrunken.value)
