"""Words for differences, q over a table, and the sample ratio."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chisquare, false_discovery_control
from statsmodels.stats.proportion import proportions_ztest

from cjmine.analysis.differences import Difference, change
from cjmine.analysis.intervals import share
from cjmine.analysis.looks import (
    Better,
    RatioVerdict,
    Verdict,
    is_enough,
    p_value,
    q_values,
    sample_ratio,
    verdict,
)

shares = st.integers(30, 5000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))


@given(st.lists(st.floats(0, 1), min_size=1))
def test_q_is_that_of_scipy(p: list[float]) -> None:
    assert q_values(p) == pytest.approx(false_discovery_control(p))


@given(st.lists(st.none() | st.floats(0, 1)))
def test_rows_that_were_not_looked_at_change_no_q(p: list[float | None]) -> None:
    found = q_values(p)
    assert [one is None for one in found] == [one is None for one in p]
    looked = [one for one in p if one is not None]
    assert [one for one in found if one is not None] == list(q_values(looked))


@given(shares, shares)
def test_p_is_small_exactly_where_the_interval_does_not_hold_zero(one, other) -> None:
    found = change(share(*one), share(*other))
    difference = Difference(found.value, found.low, found.high)
    outside = found.low > 0 or found.high < 0
    assert (p_value(difference) < 0.05) == outside or abs(p_value(difference) - 0.05) < 1e-9
    mirrored = Difference(-found.value, -found.high, -found.low)
    assert p_value(mirrored) == pytest.approx(p_value(difference))


@pytest.mark.parametrize(("one", "other"), [((480, 1000), (510, 1000)), ((90, 900), (130, 900))])
def test_p_is_near_that_of_the_usual_test(one, other) -> None:
    found = change(share(*one), share(*other))
    known = proportions_ztest([one[0], other[0]], [one[1], other[1]])[1]
    assert p_value(Difference(found.value, found.low, found.high)) == pytest.approx(known, rel=0.1)


def test_no_difference_and_no_doubt_have_a_p() -> None:
    assert p_value(Difference(0.0, -1.0, 1.0)) == 1.0
    assert p_value(Difference(2.0, 2.0, 2.0)) == 0.0


@pytest.mark.parametrize(
    ("low", "high", "q", "margin", "higher", "lower"),
    [
        (0.01, 0.09, 0.01, None, "gain", "loss"),
        (-0.09, -0.01, 0.01, None, "loss", "gain"),
        (0.01, 0.09, 0.05, None, "cannot tell", "cannot tell"),
        (-0.01, 0.09, 0.01, None, "cannot tell", "cannot tell"),
        (-0.01, 0.02, 0.5, 0.015, "no harm", "cannot tell"),
        (-0.01, 0.01, 0.5, 0.015, "no harm", "no harm"),
        (-0.01, 0.01, 0.5, 0.01, "cannot tell", "cannot tell"),
        (-0.01, 0.01, None, 0.02, "cannot say", "cannot say"),
    ],
)
def test_the_words(low, high, q, margin, higher, lower) -> None:
    found = Difference((low + high) / 2, low, high)
    assert verdict(found, q, Better.HIGHER, margin) is Verdict(higher)
    assert verdict(found, q, Better.LOWER, margin) is Verdict(lower)


def test_too_few_is_said() -> None:
    assert verdict(None, 0.001, Better.HIGHER) is Verdict.CANNOT_SAY
    assert is_enough(10, 30, 10, 30)
    assert not is_enough(10, 30, 10, 29)
    assert not is_enough(30, 30, 121, 130)
    assert is_enough(0, 500, 30, 500)


@given(
    st.lists(st.integers(0, 10**6), min_size=2, max_size=5).filter(any),
    st.lists(st.integers(1, 9), min_size=5, max_size=5),
)
def test_the_sample_ratio_is_that_of_scipy(customers, planned) -> None:
    weights = planned[: len(customers)]
    found = sample_ratio(customers, weights)
    known = chisquare(customers, np.array(weights) * sum(customers) / sum(weights))
    assert (found.chi2, found.p) == pytest.approx((known.statistic, known.pvalue))


@pytest.mark.parametrize(
    ("customers", "expected"),
    [
        ((5000, 5000), RatioVerdict.AS_PLANNED),
        ((4871, 5129), RatioVerdict.WARNED),  # χ² 6.66
        ((4835, 5165), RatioVerdict.STOP),  # χ² 10.89
        ((0, 0), RatioVerdict.AS_PLANNED),
    ],
)
def test_a_skewed_sample_is_warned_of_and_stops(customers, expected) -> None:
    assert sample_ratio(customers, (0.5, 0.5)).verdict is expected


@pytest.mark.parametrize("planned", [(1.0,), (0.5, 0.0), (0.5, 0.5, 0.5)])
def test_impossible_plans_are_refused(planned) -> None:
    with pytest.raises(ValueError, match="two arms"):
        sample_ratio((10,) if len(planned) == 1 else (10, 20), planned)
