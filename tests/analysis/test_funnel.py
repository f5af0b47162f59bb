"""The funnel plot: exact limits, wider by customer, and what is said of funds that do not differ."""

from __future__ import annotations

from math import comb

import numpy as np
import pytest

from cjmine.analysis.portfolio.funnel import (
    MANY,
    Counts,
    design_effects,
    funnel,
    limits,
    spread_of,
)
from cjmine.analysis.squares import Squares


def single(n: int, of: int) -> Counts:
    """A value whose customers have one journey each."""
    return Counts(n, of, Squares(of, n, n))


def chance(first: int, last: int, of: int, share: float) -> float:
    return sum(comb(of, k) * share**k * (1 - share) ** (of - k) for k in range(first, last + 1))


@pytest.mark.parametrize("share", [0.03, 0.2, 0.5, 0.83, 0.97])
@pytest.mark.parametrize("of", [5, 40, 300])
@pytest.mark.parametrize("level", [0.95, 0.998])
def test_limits_are_exact(share: float, of: int, level: float) -> None:
    """Beyond either end lies at most half of what the level leaves; one step further in, more."""
    low, high = (round(end * of) for end in limits(share, of, level))
    tail = (1 - level) / 2
    assert chance(0, low - 1, of, share) <= tail + 1e-12
    assert chance(high + 1, of, of, share) <= tail + 1e-12
    assert low == high or chance(0, low, of, share) > tail - 1e-12
    assert low == high or chance(high, of, of, share) > tail - 1e-12


def test_no_value_is_judged_without_two_others_or_where_nothing_varies() -> None:
    assert funnel([single(3, 10), single(4, 10)]) is None
    assert funnel([]) is None
    assert funnel([single(0, 10)] * 3) is None
    assert funnel([single(10, 10)] * 3) is None


def test_journeys_of_a_customer_count_less() -> None:
    """Customers with four journeys that all end alike are one each: limits are twice as wide."""
    alike = Counts(40, 80, Squares(320, 160, 160))
    assert design_effects([alike] * 3, 0.5) == pytest.approx([4, 4, 4])
    found = funnel([alike] * 3)
    assert found is not None
    low, high = limits(0.5, 80, 0.95)
    assert found.places[0].inner == pytest.approx((0.5 + 2 * (low - 0.5), 0.5 + 2 * (high - 0.5)))
    # One value of single journeys beside them is not widened.
    assert design_effects([alike, alike, single(20, 40)], 0.5)[2] == 1.0


def test_the_spread_counts_from_ten_values_on_and_draws_in_the_ends() -> None:
    wide = [single(20, 100), single(80, 100)] * 5
    assert funnel(wide[: MANY - 1]).spread == 1.0  # type: ignore[union-attr]
    assert funnel(wide).spread == pytest.approx(36, rel=0.01)  # type: ignore[union-attr]
    assert spread_of(np.array([0.1] * 9 + [50.0])) == 1.0
    assert spread_of(np.array([2.0, -2.0] * 5)) == 4.0


def fund(random: np.random.Generator, customers: int, share: float, each: float) -> Counts:
    """Customers with several journeys, who are alike: each has a share of their own."""
    many = random.geometric(1 / each, customers)
    own = random.beta(share * 2, (1 - share) * 2, customers) if each > 1 else share
    having = random.binomial(many, own)
    squares = Squares(int(many @ many), int(many @ having), int(having @ having))
    return Counts(int(having.sum()), int(many.sum()), squares)


def outside(runs: int, funds: int, share: float, each: float) -> float:
    """How often a fund of 40 customers among larger ones is outside the limits at 99.8 %."""
    random = np.random.default_rng([runs, funds, int(100 * share), int(10 * each)])
    found = 0
    for _ in range(runs):
        values = [fund(random, 400, share, each) for _ in range(funds - 1)]
        plot = funnel([fund(random, 40, share, each), *values])
        found += plot is not None and plot.places[0].is_far_outside
    return found / runs


def test_a_fund_of_forty_is_hardly_ever_outside() -> None:
    assert outside(300, 8, 0.83, 1.0) <= 0.01


@pytest.mark.prove
@pytest.mark.parametrize("share", [0.05, 0.3, 0.5, 0.83, 0.95])
@pytest.mark.parametrize("funds", [3, 8, 20])
@pytest.mark.parametrize("each", [1.0, 2.5])
def test_a_fund_of_forty_is_within_in_99_of_100_null_runs(
    share: float, funds: int, each: float
) -> None:
    assert outside(500, funds, share, each) <= 0.01


@pytest.mark.prove
def test_a_fund_that_differs_by_plan_is_found() -> None:
    """Twelve points among eight funds of 400 customers."""
    random = np.random.default_rng(5)
    found = 0
    for _ in range(200):
        values = [fund(random, 400, 0.83, 1.0) for _ in range(7)]
        plot = funnel([fund(random, 400, 0.71, 1.0), *values])
        found += plot is not None and plot.places[0].is_far_outside
    assert found >= 190


def spread_over(runs: int, funds: int, apart: float) -> tuple[float, float]:
    """How often a fund is called another one, and the median spread between funds.

    The shares of the funds vary around 0.83 with a standard deviation of `apart`: all of them do,
    so none is another.
    """
    random = np.random.default_rng([runs, funds, int(1000 * apart)])
    called, spreads = 0, []
    for _ in range(runs):
        own = np.full(funds, 0.83)
        if apart:
            size = 0.83 * 0.17 / apart**2 - 1  # of a beta distribution
            own = random.beta(0.83 * size, 0.17 * size, funds)
        plot = funnel([fund(random, 400, one, 1.0) for one in own.tolist()])
        assert plot is not None
        spreads.append(plot.spread)
        far = [one for one in plot.places if one.is_far_outside]
        called += sum(abs(one.value - plot.share) >= 0.02 for one in far)
    return called / (runs * funds), float(np.median(spreads))


@pytest.mark.prove
@pytest.mark.parametrize("funds", [MANY, 14, 25])
@pytest.mark.parametrize("apart", [0.02, 0.04, 0.08])
def test_funds_that_all_vary_are_seldom_called_another(funds: int, apart: float) -> None:
    """Binomial limits alone would call nearly half of them so at a spread of eight points."""
    called, spread = spread_over(200, funds, apart)
    assert called <= 0.05 and spread > 1.1


@pytest.mark.prove
@pytest.mark.parametrize("funds", [MANY, 14, 25])
def test_funds_that_do_not_vary_have_no_spread(funds: int) -> None:
    """The limits stay those of chance, or nearly so."""
    called, spread = spread_over(500, funds, 0.0)
    assert called <= 0.005 and spread <= 1.1
