"""Shares: Wilson's interval against published values and brute force, and honest percentages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import brentq
from scipy.stats import binomtest

from cjmine.analysis.ratio import Z95, Ratio, percent

counts = st.integers(1, 5000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))


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
    found = Ratio(n, of)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@given(counts)
def test_the_interval_holds_the_shares_that_a_score_test_would_not_reject(
    given_counts: tuple[int, int],
) -> None:
    """Solved as an equation: |observed − p| = z · sqrt(p (1 − p) / n) at both ends."""
    n, of = given_counts
    found = Ratio(n, of)

    def distance(p: float) -> float:
        return (n / of - p) ** 2 - Z95**2 * p * (1 - p) / of

    low = 0.0 if n == 0 else brentq(distance, 0.0, n / of, xtol=1e-14)
    high = 1.0 if n == of else brentq(distance, n / of, 1.0, xtol=1e-14)
    assert found.low == pytest.approx(low, abs=1e-9)
    assert found.high == pytest.approx(high, abs=1e-9)


@given(counts)
def test_the_interval_is_that_of_scipy(given_counts: tuple[int, int]) -> None:
    n, of = given_counts
    expected = binomtest(n, of).proportion_ci(0.95, method="wilson")
    assert Ratio(n, of).low == pytest.approx(expected.low, abs=1e-12)
    assert Ratio(n, of).high == pytest.approx(expected.high, abs=1e-12)


@given(counts)
def test_the_share_lies_in_its_interval_and_the_interval_in_0_to_1(
    given_counts: tuple[int, int],
) -> None:
    found = Ratio(*given_counts)
    assert 0 <= found.low <= found.value <= found.high <= 1


@given(counts)
def test_the_other_share_has_the_mirrored_interval(given_counts: tuple[int, int]) -> None:
    n, of = given_counts
    one, other = Ratio(n, of), Ratio(of - n, of)
    assert one.low == pytest.approx(1 - other.high)


def test_nothing_of_nothing_is_undefined() -> None:
    found = Ratio(0, 0)
    assert (found.value, found.low, found.high) == (None, None, None)
    assert repr(found) == "undefined, 0 of 0"


@pytest.mark.parametrize(("n", "of"), [(-1, 3), (4, 3), (1, 0)])
def test_impossible_counts_are_refused(n: int, of: int) -> None:
    with pytest.raises(ValueError, match="0 <= n <= of"):
        Ratio(n, of)


@given(st.integers(1, 10**12).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_a_percentage_never_claims_nobody_or_everybody_wrongly(
    given_counts: tuple[int, int],
) -> None:
    """0 % and 100 % are shown exactly where they are true, at any number of places."""
    n, of = given_counts
    for places in (0, 1, 2, 3):
        number = percent(n, of, places).removesuffix(" %")
        if n == 0:
            assert float(number) == 0
        elif n == of:
            assert float(number) == 100
        elif number[0] == "<":
            assert n / of < float(number[1:]) / 100
        elif number[0] == ">":
            assert n / of > float(number[1:]) / 100
        else:
            assert 0 < float(number) < 100
            assert abs(float(number) - 100 * n / of) <= 0.5000001 * 10**-places


@pytest.mark.parametrize(
    ("n", "of", "places", "shown"),
    [
        (1, 3, 1, "33.3 %"),
        (1, 2001, 1, "<0.1 %"),
        (1, 1999, 1, "0.1 %"),
        (2000, 2001, 1, ">99.9 %"),
        (1, 201, 0, "<1 %"),
        (200, 201, 0, ">99 %"),
        (0, 5, 0, "0 %"),
        (5, 5, 1, "100.0 %"),
        (0, 0, 1, "–"),
    ],
)
def test_percentages_as_people_read_them(n: int, of: int, places: int, shown: str) -> None:
    assert percent(n, of, places) == shown


def test_a_ratio_prints_what_it_rests_on() -> None:
    assert repr(Ratio(1745, 4812)) == "36.3 % (34.9 to 37.6), 1,745 of 4,812"
    assert repr(Ratio(0, 20)) == "0.0 % (0.0 to 16.1), 0 of 20"
