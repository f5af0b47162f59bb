"""Strata: worked cases, the identity of Kitagawa, and a known simulation."""

from __future__ import annotations

from math import inf, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import confounded

from cjmine.analysis.strata import (
    Mix,
    Strata,
    count_strata,
    e_value,
    lost_ratio,
    standard_difference,
    standardised,
    strata_influences,
)

row = st.tuples(st.integers(0, 3), st.booleans(), st.booleans(), st.integers(0, 9))
mixes = st.sampled_from(Mix)


def columns(given):
    stratum, is_second, has, customer = np.array(given, np.int64).reshape(-1, 4).T
    order = np.argsort(customer, kind="stable")
    return stratum[order], is_second[order] == 1, has[order] == 1, customer[order]


@given(st.lists(row, max_size=60), mixes)
def test_rate_and_mix_add_up_to_the_raw_difference(given, mix) -> None:
    stratum, is_second, has, _ = columns(given)
    found = standardised(count_strata(stratum, is_second, has, 4), mix)
    if found is None:
        assert not any((stratum[is_second] == one).any() for one in stratum[~is_second])
        return
    assert found.rate + found.mix == pytest.approx(found.raw_second - found.raw_first)
    inside = found.journeys + found.second_journeys
    assert inside + found.outside + found.second_outside == len(given)


@given(st.lists(row, max_size=60), st.integers(0, 10), mixes)
def test_parts_give_the_same_bytes(given, cut: int, mix) -> None:
    stratum, is_second, has, customer = columns(given)
    whole = count_strata(stratum, is_second, has, 4)
    first = customer < cut
    parts = [count_strata(stratum[at], is_second[at], has[at], 4) for at in (first, ~first)]
    swayed = [
        strata_influences(whole, mix, stratum[at], is_second[at], has[at], customer[at])
        for at in (first, ~first)
    ]
    known = strata_influences(whole, mix, stratum, is_second, has, customer)
    together = parts[0] + parts[1]
    assert together.second_n.tolist() == whole.second_n.tolist()
    assert (swayed[0] + swayed[1]).squared.tolist() == known.squared.tolist()
    assert (swayed[0] + swayed[1]).customers == known.customers


def test_one_stratum_of_single_journeys_is_the_usual_difference() -> None:
    """40 of 100 against 60 of 120: √(Σ p (1 - p) / n · 220 / 219), 1.96 times to both sides."""
    is_second = np.arange(220) >= 100
    has = np.concatenate([np.arange(100) < 40, np.arange(120) < 60])
    stratum = np.zeros(220, np.int64)
    whole = count_strata(stratum, is_second, has, 1)
    swayed = strata_influences(whole, Mix.POOLED, stratum, is_second, has, np.arange(220))
    found = standard_difference(whole, Mix.POOLED, swayed)
    error = sqrt((0.24 / 100 + 0.25 / 120) * 220 / 219)
    assert found.value == pytest.approx(0.1)
    assert found.high - found.low == pytest.approx(2 * 1.959964 * error, rel=1e-4)


def test_the_mix_of_the_second_group_is_that_of_the_affected() -> None:
    """Strata of 10 and 90, and of 90 and 10: the second group weighs the second stratum by 0.9."""
    found = Strata(np.array([9, 9]), np.array([90, 10]), np.array([2, 36]), np.array([10, 90]))
    at = standardised(found, Mix.SECOND)
    assert at.first == pytest.approx(0.1 * 0.1 + 0.9 * 0.9)
    assert at.second == pytest.approx(0.1 * 0.2 + 0.9 * 0.4)
    assert standardised(found).first == pytest.approx(0.5)


def test_all_or_none_still_vary() -> None:
    whole = Strata(np.array([0]), np.array([50]), np.array([40]), np.array([40]))
    stratum, is_second = np.zeros(90, np.int64), np.arange(90) >= 50
    swayed = strata_influences(whole, Mix.POOLED, stratum, is_second, is_second, np.arange(90))
    found = standard_difference(whole, Mix.POOLED, swayed)
    assert swayed.squared.tolist() == [0]
    assert found.low < found.value - 0.02 < found.value == 1.0


def test_one_customer_and_no_support_say_nothing() -> None:
    stratum, is_second = np.zeros(2, np.int64), np.array([False, True])
    whole = count_strata(stratum, is_second, is_second, 1)
    alone = strata_influences(whole, Mix.POOLED, stratum, is_second, is_second, np.zeros(2, int))
    assert standard_difference(whole, Mix.POOLED, alone).high == inf
    apart = count_strata(np.array([0, 1]), is_second, is_second, 2)
    assert standardised(apart) is None
    assert standard_difference(apart, Mix.POOLED, alone) is None
    assert lost_ratio(apart) is None


def test_e_values() -> None:
    """The example of VanderWeele and Ding (2017): 3.9 (1.8 to 8.7) gives 7.26 and 3.0."""
    assert e_value(3.9) == pytest.approx(7.26, abs=0.005)
    assert e_value(1.8) == pytest.approx(3.0, abs=0.005)
    assert (e_value(1.0), e_value(0.0), e_value(inf)) == (1.0, inf, inf)
    assert lost_ratio(Strata(*(np.array([one]) for one in (10, 10, 5, 10)))) == inf
    with pytest.raises(ValueError, match="not negative"):
        e_value(-0.1)


def confounding(seeds: range, customers: int) -> tuple[float, float]:
    """How often the interval at one mix holds a truth of none, and how often the naive one does."""
    held = naive = 0
    for seed in seeds:
        log = confounded(seed, customers)
        whole = count_strata(log.stratum, log.is_second, log.has, 3)
        columns = (log.stratum, log.is_second, log.has, log.customer)
        swayed = strata_influences(whole, Mix.SECOND, *columns)
        found = standard_difference(whole, Mix.SECOND, swayed)
        held += found.low <= 0 <= found.high
        one = np.zeros(len(log.has), np.int64)
        raw = count_strata(one, log.is_second, log.has, 1)
        swayed = strata_influences(raw, Mix.SECOND, one, *columns[1:])
        found = standard_difference(raw, Mix.SECOND, swayed)
        naive += found.low <= 0 <= found.high
    return held / len(seeds), naive / len(seeds)


def test_a_confounded_difference_is_none_within_strata() -> None:
    held, naive = confounding(range(100), 600)
    assert held >= 0.9
    assert naive < 0.7


@pytest.mark.prove
@pytest.mark.parametrize("customers", [600, 2000])
def test_standardised_differences_are_covered(customers) -> None:
    held, naive = confounding(range(2000), customers)
    print(f"{customers} customers: coverage {held:.1%}, naive {naive:.1%}")
    assert held >= 0.935
