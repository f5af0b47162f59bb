"""Waves: found where they are planted, dated to the day, and seldom where there are none."""

from __future__ import annotations

import numpy as np
import pytest

from cjmine.analysis.outliers.expected import expected
from cjmine.analysis.outliers.waves import excess_interval, waves

WEEK = np.array([1.2, 1.1, 1.0, 1.0, 1.1, 0.7, 0.6])
DAYS = 150


def counts(random, mean, rows=1, days=DAYS, dispersion=1.0, growth=0.0):
    level = mean * np.resize(WEEK, days) * np.exp(np.linspace(0, growth, days))
    if dispersion > 1:
        level = random.gamma(level / (dispersion - 1), dispersion - 1, (rows, days))
    return random.poisson(level, (rows, days))


def test_a_planted_wave_is_dated_to_the_day():
    quiet = np.tile([4, 5, 3, 4, 5, 2, 1], 20)
    loud = quiet.copy()
    loud[70:73] += 30
    ((found,),) = waves(loud[None])
    assert (found.first, found.last, found.n) == (70, 72, 12 + 90)
    assert found.expected == pytest.approx(12)
    assert found.dispersion == 1
    assert found.p == 1 / 2000


def test_a_wave_of_three_weeks_does_not_raise_what_is_expected_of_its_later_days():
    quiet = np.tile([4, 5, 3, 4, 5, 2, 1], 20)
    loud = quiet.copy()
    loud[70:91] += 8
    ((found,),) = waves(loud[None])
    assert (found.first, found.last) == (70, 90)
    assert found.expected == pytest.approx(3 * 24)


def test_two_waves_are_both_found_in_order_of_time():
    loud = np.tile([4, 5, 3, 4, 5, 2, 1], 20)
    loud[[40, 41]] += 25
    loud[[100, 101]] += 60
    assert [(one.first, one.last) for one in waves(loud[None])[0]] == [(40, 41), (100, 101)]


def test_the_first_four_weeks_and_empty_series_have_none():
    early = np.tile([4, 5, 3, 4, 5, 2, 1], 10)
    early[20] += 60
    assert waves(early[None]) == ((),)
    assert waves(np.zeros((2, 100), np.int64)) == ((), ())
    assert waves(np.zeros((0, 100), np.int64)) == ()
    assert waves(np.full((1, 10), 50)) == ((),)


def test_a_change_of_level_is_no_wave_and_splits_the_series():
    """What stays is for `trend`; a wave after it is dated beside the new level."""
    series = np.tile([4, 5, 3, 4, 5, 2, 1], 24)
    series[80:] *= 3
    assert waves(series[None]) == ((),)
    series[140:143] += 60
    ((found,),) = waves(series[None])
    assert (found.first, found.last) == (140, 142)


def test_expected_counts_follow_a_trend():
    days = np.arange(140)
    growing = 50 * np.exp(np.log(1.05) * days / 7)
    found = expected(growing[None]).daily[0]
    assert found[56 - 28 :] == pytest.approx(growing[56:], rel=0.02)


def test_the_same_counts_give_the_same_waves():
    random = np.random.default_rng(4)
    daily = counts(random, 3.0, rows=3)
    daily[1, 90:93] += 30
    assert waves(daily) == waves(daily.copy())
    assert [len(row) for row in waves(daily)] == [0, 1, 0]


def test_the_excess_has_the_interval_of_an_overdispersed_count():
    loud = np.tile([4, 5, 3, 4, 5, 2, 1], 20)
    loud[70:73] += 30
    low, high = excess_interval(waves(loud[None])[0][0])
    assert low < 90 < high
    assert high - low == pytest.approx(2 * 1.96 * np.sqrt(102), rel=0.05)


def false_waves(runs, rows, seed, **planted):
    random = np.random.default_rng(seed)
    return sum(any(waves(counts(random, rows=rows, **planted))) for _ in range(runs))


def test_series_without_waves_seldom_have_one():
    assert false_waves(100, 1, 11, mean=2.0) <= 6
    assert false_waves(100, 1, 12, mean=8.0, dispersion=3.0) <= 6


@pytest.mark.prove
@pytest.mark.parametrize(
    ("rows", "planted"),
    [
        (1, {"mean": 2.0}),
        (1, {"mean": 0.15}),
        (1, {"mean": 10.0, "dispersion": 3.0}),
        (1, {"mean": 1.5, "dispersion": 3.0}),
        (1, {"mean": 8.0, "growth": 1.5}),
        (1, {"mean": 3.0, "days": 60}),
        (8, {"mean": 1.5, "dispersion": 3.0}),
        (8, {"mean": 2.0}),
    ],
)
def test_false_waves_in_2000_series(rows, planted):
    runs = 2000 // rows
    assert false_waves(runs, rows, 5, **planted) <= 0.06 * runs


@pytest.mark.prove
def test_a_wave_of_four_times_the_usual_is_found_and_dated():
    random = np.random.default_rng(8)
    found = 0
    for _ in range(500):
        daily = counts(random, 3.0)
        daily[0, 80:83] += random.poisson(9, 3)
        found += any(abs(one.first - 80) <= 2 for one in waves(daily)[0])
    assert found >= 450
