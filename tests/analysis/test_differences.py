"""Differences by known intervals: oracles, worked cases, and laws."""

from __future__ import annotations

from math import inf, sqrt
from warnings import catch_warnings, simplefilter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm, ttest_ind
from scipy.stats import poisson as poisson_law
from shares import by_customer, squares
from statsmodels.stats.proportion import confint_proportions_2indep

from cjmine.analysis.cohorts import rows
from cjmine.analysis.crossed import crossed
from cjmine.analysis.differences import (
    Mean,
    Sums,
    change,
    correlation,
    detectable,
    difference,
    difference_of_means,
    mean,
)
from cjmine.analysis.intervals import Interval, poisson, share
from cjmine.analysis.squares import Squares

counts = st.integers(1, 5000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))
# One row a customer: journeys that have something, and journeys, on both sides.
pair = st.integers(0, 6).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))
walked = st.lists(pair.filter(lambda one: one[1] > 0), min_size=1)
both_sides = st.lists(st.tuples(pair, pair), min_size=2, max_size=25)


@given(counts, counts)
def test_differences_are_those_of_statsmodels(one, other) -> None:
    found = change(share(*one), share(*other))
    known = confint_proportions_2indep(*one, *other, method="newcomb", compare="diff")
    assert (found.low, found.high) == pytest.approx(known, abs=1e-9)


@given(walked, walked, st.floats(-1, 1))
def test_swapped_sides_give_the_mirrored_difference(one, other, alike) -> None:
    now, before = by_customer(*one), by_customer(*other)
    found, mirrored = change(now, before, alike), change(before, now, alike)
    expected = (-mirrored.value, -mirrored.high, -mirrored.low)
    assert (found.value, found.low, found.high) == pytest.approx(expected, abs=1e-12)


@given(both_sides)
def test_the_correlation_is_that_of_the_influences(sides) -> None:
    """Written out customer by customer, and counted from rows, whole and in two parts."""
    influence, found = [], []
    for side in (0, 1):
        m, n = np.array([one[side] for one in sides]).T
        if not n.sum():
            return
        influence.append((m - m.sum() / n.sum() * n) / n.sum())
        found.append(Sums(int(m.sum()), int(n.sum()), squares([one[side] for one in sides])))
    u, v = influence
    size = sqrt((u @ u) * (v @ v))
    expected = u @ v / size if size > 1e-12 else 0.0
    sums = crossed(*by_side(sides, 0), *by_side(sides, 1))
    assert correlation(*found, sums.of(0)) == pytest.approx(expected, abs=1e-9)
    parts = [crossed(*by_side(part, 0), *by_side(part, 1)) for part in (sides[:7], sides[7:])]
    assert (parts[0] + parts[1]).of(0) == sums.of(0)


def by_side(sides, side: int):
    m, n = np.array([one[side] for one in sides], np.int64).reshape(-1, 2).T
    customer = np.repeat(np.arange(len(sides)), n)
    has = np.concatenate([np.zeros(0, bool), *(np.arange(of) < k for k, of in zip(m, n, strict=True))])  # fmt: skip
    return rows(np.zeros(len(customer), np.int64), customer, 1, len(sides)), has


def test_several_groups_are_crossed_each_with_itself() -> None:
    """Customer 0 is in both groups before and in the second after; customer 1 only before."""
    before = rows(np.array([0, 1, 1, 1]), np.array([0, 0, 0, 1]), 3, 2)
    after = rows(np.array([1, 1, 2]), np.array([0, 0, 1]), 3, 2)
    has, then = np.array([True, True, False, True]), np.array([True, True, True])
    found = crossed(before, has, after, then)
    assert found.among.tolist() == [0, 4, 0]
    assert found.among_having.tolist() == [0, 4, 0]
    assert found.having_among.tolist() == [0, 2, 0]
    assert found.having.tolist() == [0, 2, 0]


def test_what_varies_together_has_a_narrow_difference() -> None:
    now, before = share(50, 100), share(40, 100)
    apart, together = change(now, before), change(now, before, 0.8)
    against = change(now, before, -0.8)
    assert together.high - together.low < 0.5 * (apart.high - apart.low)
    assert against.high - against.low > 1.3 * (apart.high - apart.low)


def test_differences_of_medians_combine_their_intervals() -> None:
    """Medians of 60 s (50 to 90) and 30 s (20 to 45): down √(10² + 15²), up √(30² + 10²)."""
    found = difference(60, Interval(50, 90), 30, Interval(20, 45))
    assert (found.value, found.low, found.high) == pytest.approx(
        (30, 30 - sqrt(325), 30 + sqrt(1000))
    )


@given(st.lists(st.integers(0, 90), min_size=3), st.lists(st.integers(0, 90), min_size=3))
def test_means_of_single_values_are_those_of_welch(one, other) -> None:
    found = [mean(sum(all_), len(all_), len(all_), single(all_)) for all_ in (one, other)]
    if not found[0].error and not found[1].error:
        return
    between = difference_of_means(*found)
    with catch_warnings():
        simplefilter("ignore", RuntimeWarning)  # one side may be the same value throughout
        known = ttest_ind(one, other, equal_var=False).confidence_interval()
    assert (between.low, between.high) == pytest.approx((known.low, known.high))


def single(all_: list[int]) -> Squares:
    return Squares(len(all_), sum(all_), sum(one * one for one in all_))


def test_a_mean_of_one_customer_says_nothing_of_others() -> None:
    found = difference_of_means(Mean(3.0, 0.0, 1), Mean(1.0, 0.1, 9))
    assert (found.value, found.low, found.high) == (2.0, -inf, inf)
    with pytest.raises(ValueError, match="needs a value"):
        mean(0, 0, 0, Squares(0, 0, 0))


def test_values_of_one_customer_are_alike() -> None:
    """Ten customers with the same value ten times: the error of ten values, not of a hundred."""
    value = np.arange(10)
    found = mean(int(10 * value.sum()), 100, 10, Squares(1000, int(100 * value.sum()), int(100 * (value @ value))))  # fmt: skip
    assert found.error == pytest.approx(np.std(value, ddof=1) / sqrt(10))


@given(st.integers(0, 500))
def test_counts_are_exact(count: int) -> None:
    found = poisson(count)
    assert poisson_law.cdf(count, found.high) == pytest.approx(0.025)
    assert count == found.low == 0 or poisson_law.sf(count - 1, found.low) == pytest.approx(0.025)


def test_counts_that_vary_more_are_less_sure() -> None:
    plain, wider = poisson(100), poisson(100, overdispersion=4.0)
    assert (wider.low, wider.high) == pytest.approx((2 * plain.low - 100, 2 * plain.high - 100))
    assert poisson(1, overdispersion=9.0).low == 0.0
    assert poisson(100, overdispersion=0.5) == plain
    with pytest.raises(ValueError, match="0 <= count"):
        poisson(-1)


@given(st.floats(0.05, 0.95), st.integers(30, 5000), st.integers(30, 5000))
def test_the_detectable_difference_is_found_in_four_of_five(p, one, other) -> None:
    found = detectable(p, one, other)
    error = sqrt(p * (1 - p) * (1 / one + 1 / other))
    assert norm.sf(norm.ppf(0.975) - found / error) == pytest.approx(0.8)
    assert detectable(p, one, other, alpha=0.005) > found


def test_nothing_has_no_detectable_difference() -> None:
    assert detectable(0.0, 100, 100) is None
    assert detectable(0.5, 0, 100) is None
