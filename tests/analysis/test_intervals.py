"""Intervals by customer: worked cases, published values, other ways to compute them, and laws."""

from __future__ import annotations

from math import comb, inf, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, binomtest, t
from shares import by_customer, effect, squares, steady_effect

from cjmine.analysis.cohorts import cohorts_of, rows
from cjmine.analysis.differences import change
from cjmine.analysis.intervals import (
    Z95,
    alike_effect,
    design_effect,
    effect_of,
    median_places,
    ratio_interval,
    share,
    share_of,
    student,
    wilson,
)
from cjmine.analysis.median_waits import median_interval, short_waits
from cjmine.analysis.multisets import values
from cjmine.analysis.squares import Squares

counts = st.integers(1, 5000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))
# One pair a customer: journeys that have something, and journeys.
customers = st.lists(
    st.integers(1, 12).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))),
    min_size=1,
    max_size=40,
)


def of_few(many: int) -> float:
    return (t.ppf(0.975, many - 1) / Z95) ** 2


@pytest.mark.parametrize(
    ("n", "of", "low", "high"),
    [
        # Newcombe, Statistics in Medicine 17 (1998), table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_published_intervals(n: int, of: int, low: float, high: float) -> None:
    found = wilson(n, of)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        # Newcombe, Statistics in Medicine 17 (1998), table II, method 10
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((10, 10), (0, 10), 0.6075, 1.0000),
    ],
)
def test_published_differences(one, other, low: float, high: float) -> None:
    found = change(share(*one), share(*other))
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@given(counts)
def test_wilson_is_that_of_scipy(pair: tuple[int, int]) -> None:
    found, known = wilson(*pair), binomtest(*pair).proportion_ci(method="wilson")
    assert (found.low, found.high) == pytest.approx((known.low, known.high), abs=1e-9)


def test_wilson_covers_the_true_share_about_95_times_in_a_hundred() -> None:
    """Counted over all outcomes of 40 trials, for many true shares."""
    found = [wilson(n, 40) for n in range(41)]
    covered = []
    for true in np.linspace(0.02, 0.98, 97):
        chance = [comb(40, n) * true**n * (1 - true) ** (40 - n) for n in range(41)]
        covered.append(sum(p for p, one in zip(chance, found, strict=True)
                           if one.low <= true <= one.high))  # fmt: skip
    assert np.mean(covered) == pytest.approx(0.95, abs=0.01)


def test_four_customers_by_hand() -> None:
    """3 of 4, 1 of 4, 2 of 2, 0 of 2: a share of 1/2, residuals 1, −1, 1, −1.

    Variance 4/3 · 4 / 12² = 1/27, that of 12 single journeys 0.25 / 11: an effect of 44/27. Three
    customers have either outcome; two more with an effect of 40/12 make it 312/135 in all.
    """
    pairs = [(3, 4), (1, 4), (2, 2), (0, 2)]
    assert effect(pairs) == pytest.approx(44 / 27 * of_few(4))
    found = by_customer(*pairs)
    z, sample = t.ppf(0.975, 3), 12 / ((3 * 44 / 27 + 2 * 40 / 12) / 5)
    half = z * sqrt(0.25 / sample + z * z / (4 * sample**2)) / (1 + z * z / sample)
    assert (found.low, found.high) == pytest.approx((0.5 - half, 0.5 + half))


def test_where_no_customer_differs_all_journeys_of_one_may_be_alike() -> None:
    """5 of 5 of each of ten customers: n² / Σn² = 50² / 250 = 10 customers."""
    found = by_customer(*[(5, 5)] * 10)
    assert effect([(5, 5)] * 10) == pytest.approx(5 * of_few(10))
    z = t.ppf(0.975, 9)
    assert (found.value, found.high) == (1.0, 1.0)
    assert found.low == pytest.approx(10 / (10 + z * z))  # Wilson's lower end of 10 of 10


def test_one_customer_says_nothing_of_others() -> None:
    found = by_customer((6, 10))
    assert (found.value, found.low, found.high) == (0.6, 0.0, 1.0)
    assert effect([(6, 10)]) == alike_effect(10, 1, squares([(6, 10)])) == inf


@given(counts.filter(lambda pair: pair[1] > 1))
def test_a_journey_a_customer_is_wilson_with_student(pair: tuple[int, int]) -> None:
    n, of = pair
    assert design_effect(n, of, of, Squares(of, n, n)) == pytest.approx(of_few(of))
    found, plain = share(n, of, of_few(of)), wilson(n, of)
    if of >= 200:
        assert found.low == pytest.approx(plain.low, rel=0.01)
        assert found.high == pytest.approx(plain.high, rel=0.01)


@given(st.lists(st.integers(0, 6), min_size=2, max_size=50))
def test_equal_customers_have_the_variance_of_the_mean_of_their_shares(having: list[int]) -> None:
    """Another way to the same figure: customers with six journeys each are a simple sample."""
    many, n = len(having), sum(having)
    mean = n / (6 * many)
    variance = np.var(np.array(having) / 6, ddof=1) / many
    found = effect([(one, 6) for one in having])
    if len(set(having)) == 1:
        assert found == pytest.approx(6 * of_few(many))
    else:
        alone = mean * (1 - mean) / (6 * many - 1)
        assert found == pytest.approx(max(1.0, variance / alone) * of_few(many))


@given(customers)
def test_few_customers_with_the_rarer_outcome_make_a_share_less_sure(pairs) -> None:
    """Between the effect that they show and that of journeys that all end alike."""
    shown, steady = effect(pairs), steady_effect(pairs)
    alike = alike_effect(sum(of for _, of in pairs), len(pairs), squares(pairs))
    assert shown <= steady <= max(shown, alike)
    if {of for _, of in pairs} == {1}:
        assert steady == pytest.approx(shown)


def test_leaving_out_a_customer_at_a_time_gives_the_same_variance() -> None:
    """The jackknife over 400 customers of unequal sizes, within two per cent."""
    random = np.random.default_rng(5)
    of = random.geometric(0.2, 400)
    n = random.binomial(of, random.beta(0.5, 1, 400))
    found = effect(list(zip(n.tolist(), of.tolist(), strict=True))) / of_few(400)
    left = (n.sum() - n) / (of.sum() - of)
    variance = 399 / 400 * ((left - left.mean()) ** 2).sum()
    mean = n.sum() / of.sum()
    assert found == pytest.approx(variance / (mean * (1 - mean) / (of.sum() - 1)), rel=0.02)


@given(customers)
def test_never_surer_than_as_many_customers_would_be(pairs: list[tuple[int, int]]) -> None:
    found = by_customer(*pairs)
    plain = wilson(found.n, found.of)
    assert effect(pairs) >= 1
    assert 0 <= found.low <= plain.low + 1e-12
    assert plain.high - 1e-12 <= found.high <= 1
    assert found.low <= found.value <= found.high


@given(customers)
def test_the_rest_has_the_mirrored_interval(pairs: list[tuple[int, int]]) -> None:
    rest = [(of - n, of) for n, of in pairs]
    one, other = by_customer(*pairs), by_customer(*rest)
    assert effect(pairs) == effect(rest)
    assert (one.low, one.high) == pytest.approx((1 - other.high, 1 - other.low))


@given(customers)
def test_the_effect_can_be_read_from_an_interval(pairs: list[tuple[int, int]]) -> None:
    assert effect_of(by_customer(*pairs)) == pytest.approx(steady_effect(pairs), rel=1e-6)


@given(customers, st.integers(0, 40))
def test_parts_of_a_log_give_the_same_bytes(pairs: list[tuple[int, int]], cut: int) -> None:
    def counted(part: list[tuple[int, int]]):
        customer = np.repeat(np.arange(len(part)), [of for _, of in part])
        has = np.concatenate([np.zeros(0, bool), *(np.arange(of) < n for n, of in part)])
        return cohorts_of(rows(np.zeros(len(customer), np.int64), customer, 1, len(part)), has)

    whole = counted(pairs)
    split = counted(pairs[:cut]) + counted(pairs[cut:])
    expected = by_customer(*pairs)
    for found in (whole, split):
        assert share_of(found.n(0), found.of(0)) == expected
        assert found.of(0).is_led == (2 * max(of for _, of in pairs) ** 2 > squares(pairs).among)


@given(st.integers(6, 400))
def test_the_median_lies_between_its_places_in_95_of_100(values: int) -> None:
    """So many values of as many customers: the chance, from the binomial distribution."""
    low, high = median_places(values, 1.0)
    assert high == values - 1 - low
    assert binom.cdf(high, values, 0.5) - binom.cdf(low, values, 0.5) >= 0.93


def test_customers_who_wait_alike_count_once() -> None:
    """Ten waits of each of 40 customers, all equal: places of 40 values, ten times as far."""
    group, customer = np.zeros(400, np.int64), np.repeat(np.arange(40), 10)
    wait = np.repeat(np.arange(40) * 1_000_000 + 1_000_000, 10)
    found = rows(group, customer, 1, 40)
    every = cohorts_of(found, np.ones(400, bool))
    low, high = median_interval(*values(group, wait).of(0), every, short_waits(found, wait), 0)
    first, last = median_places(40, of_few(40))
    assert abs(low - (first + 1)) <= 2
    assert abs(high - (last + 1)) <= 2
    assert (low.largest, low.values, low.customers) == (100, 4000, 14)


def test_three_waits_have_no_interval() -> None:
    group, wait = np.zeros(3, np.int64), np.array([5, 7, 9])
    found = rows(group, np.arange(3), 1, 3)
    every = cohorts_of(found, np.ones(3, bool))
    assert median_interval(*values(group, wait).of(0), every, short_waits(found, wait), 0) is None


def test_nothing_of_nothing_has_no_interval() -> None:
    found = share(0, 0)
    assert (found.value, found.low, found.high) == (None, None, None)
    assert change(found, share(1, 2)) is None


@pytest.mark.parametrize(("n", "of"), [(-1, 3), (4, 3), (1, 0)])
def test_impossible_counts_are_refused(n: int, of: int) -> None:
    with pytest.raises(ValueError, match="0 <= n <= of"):
        share(n, of)


def test_student_widens_the_interval_of_a_ratio() -> None:
    found = ratio_interval(0.5, 0.1, 11)
    assert (found.low, found.high) == pytest.approx((0.5 - 0.1 * 2.2281, 0.5 + 0.1 * 2.2281), 1e-4)
    assert (ratio_interval(0.99, 0.1, 11).high, ratio_interval(0.9, 0.1, 1).low) == (1.0, 0.0)
    assert student(49) == pytest.approx(t.ppf(0.975, 49))


def test_short_waits_of_parts_add_up_to_those_of_the_whole() -> None:
    """One part has short waits only: they are shorter than all longer powers too."""
    group, customer = np.zeros(6, np.int64), np.array([0, 0, 1, 2, 2, 3])
    wait = np.array([3, 5, 6, 900, 70_000, 1_000])
    whole = short_waits(rows(group, customer, 1, 4), wait)
    one = short_waits(rows(group[:3], customer[:3], 1, 2), wait[:3])
    other = short_waits(rows(group[3:], customer[3:] - 2, 1, 2), wait[3:])
    for name in ("waits", "both", "squared"):
        assert getattr(one + other, name).tolist() == getattr(whole, name).tolist()
