"""Shares over periods: limits, changes of level, and the step at a dated change."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.genmod.families import Binomial
from statsmodels.genmod.generalized_linear_model import GLM

from cjmine.analysis.interrupted import quasi_binomial, step_at
from cjmine.analysis.levels import course, limits

weeks = st.integers(5, 60).flatmap(lambda of: st.tuples(st.integers(1, of - 1), st.just(of)))


def series(seed: int, shares, size: int = 200, spread: float = 0.0):
    """Weekly counts with these shares; `spread` is a noise of weeks on the logit."""
    random = np.random.default_rng(seed)
    shares = np.asarray(shares, float)
    logit = np.log(shares / (1 - shares)) + random.normal(0, spread, len(shares))
    of = random.poisson(size, len(shares))
    return random.binomial(of, 1 / (1 + np.exp(-logit))), of


def test_limits_by_hand() -> None:
    """Level 0.5, σ 0.05; z alternates between -2 and 2: σ_z = 4 / 1.128."""
    found = limits(np.array([40, 60] * 4), np.full(8, 100))
    margin = 3 * 0.05 * 4 / 1.128
    assert found.level == 0.5
    assert found.low == pytest.approx(np.full(8, max(0, 0.5 - margin)))
    calm = limits(np.array([50, 51] * 4), np.full(8, 100))
    assert calm.high - calm.level == pytest.approx(np.full(8, 3 * 0.05), rel=1e-3)


def test_limits_follow_the_size_of_each_period() -> None:
    found = limits(np.array([5, 50] * 4 + [0]), np.array([10, 100] * 4 + [0]))
    assert found.high[0] - 0.5 == pytest.approx(np.sqrt(10) * (found.high[1] - 0.5))
    assert (found.low[-1], found.high[-1]) == (0.0, 1.0)


def test_few_periods_have_no_limits_and_none_of_all_has_no_width() -> None:
    assert limits(np.full(7, 3), np.full(7, 10)) is None
    assert limits(np.append(np.full(7, 3), 0), np.append(np.full(7, 10), 0)) is None
    found = limits(np.zeros(8, np.int64), np.full(8, 10))
    assert (found.level, found.high.max()) == (0.0, 0.0)


def test_a_planted_change_is_dated_and_counted() -> None:
    n, of = series(1, [0.4] * 10 + [0.52] * 8, spread=0.05)
    found = course(n, of)
    (one,) = found.changes
    assert (one.first, one.at, one.end) == (0, 10, 18)
    assert (one.n, one.later_of) == (n[:10].sum(), of[10:].sum())
    assert one.p < 0.05
    assert (found.slopes, found.bounds) == ((), (0, 10))


def test_two_changes_are_each_compared_with_the_level_beside() -> None:
    n, of = series(2, [0.3] * 10 + [0.5] * 10 + [0.3] * 10, size=400)
    found = course(n, of)
    assert [(one.first, one.at, one.end) for one in found.changes] == [(0, 10, 20), (10, 20, 30)]


def test_a_steady_rise_is_a_slope_and_no_change() -> None:
    n, of = series(3, np.linspace(0.3, 0.5, 20), size=400)
    found = course(n, of)
    assert found.changes == ()
    (one,) = found.slopes
    assert one.by_period == pytest.approx(0.2 / 19, abs=0.003)


def test_a_change_has_four_periods_on_both_sides() -> None:
    n, of = series(4, [0.3] * 15 + [0.6] * 3, size=400)
    assert all(4 <= one.at <= 14 for one in course(n, of).changes)
    assert course(n[:7], of[:7]).changes == ()


@pytest.mark.parametrize("size", [0, 1, 20])
def test_what_does_not_vary_has_no_change(size: int) -> None:
    found = course(np.full(size, 5), np.full(size, 10))
    assert (found.changes, found.slopes) == ((), ())
    empty = course(np.zeros(size, np.int64), np.zeros(size, np.int64))
    assert (empty.changes, empty.slopes) == ((), ())


def false_changes(seeds: range, spread: float) -> float:
    """The share of constant series of 18 weeks that are said to change."""
    found = [course(*series(seed, np.full(18, 0.4), spread=spread)) for seed in seeds]
    return float(np.mean([bool(one.changes or one.slopes) for one in found]))


def test_constant_series_seldom_change() -> None:
    assert false_changes(range(100), 0.1) <= 0.1


@given(st.lists(weeks, min_size=9, max_size=30), st.data())
def test_the_regression_is_that_of_statsmodels(given, data) -> None:
    n, of = np.array(given).T
    at = data.draw(st.integers(2, len(n) - 2))
    time, is_after = np.arange(len(n)) - at, np.arange(len(n)) >= at
    design = np.stack([np.ones(len(n)), time, is_after], axis=1).astype(float)
    found = quasi_binomial(design, n, of)
    model = GLM(n / of, design, family=Binomial(), var_weights=of)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a fit without a rest
        known = model.fit(scale="X2", tol=1e-12)
    assert found.coefficients == pytest.approx(known.params, abs=1e-7)
    assert found.dispersion == pytest.approx(known.scale, rel=1e-6, abs=1e-12)
    covariance = found.covariance * found.dispersion
    assert covariance == pytest.approx(known.cov_params(), rel=1e-5, abs=1e-9)


def test_a_rise_before_is_no_effect_of_the_change() -> None:
    n, of = series(5, np.linspace(0.3, 0.5, 20), size=2000)
    found = step_at(n, of, np.arange(20) >= 12)
    assert found.difference.low < 0 < found.difference.high
    assert found.slope > 5 * found.slope_error
    before, after = n[:12].sum() / of[:12].sum(), n[12:].sum() / of[12:].sum()
    assert after - before > 0.08


def test_a_step_on_a_slope_is_what_was_planted() -> None:
    shares = np.linspace(0.3, 0.4, 20) + 0.1 * (np.arange(20) >= 10)
    found = step_at(*series(6, shares, size=3000), np.arange(20) >= 10)
    assert found.difference.low < 0.1 < found.difference.high
    assert found.difference.high - found.difference.low < 0.06
    assert found.without == pytest.approx(0.376, abs=0.02)


def test_no_model_fits() -> None:
    n, of = np.array([0, 0, 0, 0, 5, 6, 7, 5]), np.full(8, 10)
    is_after = np.arange(8) >= 4
    assert step_at(n, of, is_after) is None
    assert step_at(n[3:6], of[3:6], is_after[3:6]) is None
    assert step_at(n, of, np.zeros(8, bool)) is None
    assert step_at(n, np.where(is_after, 0, of), is_after) is None


def step_coverage(seeds: range, spread: float) -> float:
    """How often the interval of the step holds the truth, with a slope and a noise of weeks."""
    held = 0
    is_after = np.arange(20) >= 12
    logit = -0.6 + 0.02 * np.arange(20)
    for seed in seeds:
        random = np.random.default_rng(seed)
        own = logit + 0.3 * is_after
        of = random.poisson(150, 20)
        n = random.binomial(of, 1 / (1 + np.exp(-own - random.normal(0, spread, 20))))
        weight = of[is_after] / of[is_after].sum()
        with_, without = 1 / (1 + np.exp(-own)), 1 / (1 + np.exp(-logit))
        truth = weight @ (with_ - without)[is_after]
        found = step_at(n, of, is_after).difference
        held += found.low <= truth <= found.high
    return held / len(seeds)


def test_a_few_steps_are_covered() -> None:
    assert step_coverage(range(200), 0.1) >= 0.9


@pytest.mark.prove
@pytest.mark.parametrize("spread", [0.0, 0.1, 0.3])
def test_steps_are_covered(spread) -> None:
    held = step_coverage(range(2000), spread)
    print(f"step at a change, noise of weeks {spread}: coverage {held:.1%}")
    assert held >= 0.935


@pytest.mark.prove
@pytest.mark.parametrize("spread", [0.0, 0.2])
def test_constant_series_change_in_at_most_6_5_of_100(spread) -> None:
    found = false_changes(range(2000), spread)
    print(f"constant series, noise of weeks {spread}: {found:.1%} change")
    assert found <= 0.065
