"""Shares: Wilson's interval against published values and brute force, and honest percentages."""

from __future__ import annotations

from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjmine.results.share import Z95, percent, share

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
    found = share(n, of)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@given(counts)
def test_the_ends_are_the_shares_that_a_score_test_just_does_not_reject(
    given_counts: tuple[int, int],
) -> None:
    """The roots of (observed − p)² = z² · p (1 − p) / n."""
    n, of = given_counts
    observed, slack = n / of, Z95**2 / of
    low, high = sorted(np.roots([1 + slack, -(2 * observed + slack), observed**2]).real)
    assert share(n, of).low == pytest.approx(low, abs=1e-9)
    assert share(n, of).high == pytest.approx(high, abs=1e-9)


def test_the_interval_covers_the_true_share_about_95_times_in_a_hundred() -> None:
    """Counted over all outcomes of 40 trials, for many true shares."""
    found = [share(n, 40) for n in range(41)]
    covered = []
    for true in np.linspace(0.02, 0.98, 97):
        chance = [comb(40, n) * true**n * (1 - true) ** (40 - n) for n in range(41)]
        covered.append(sum(p for p, one in zip(chance, found, strict=True)
                           if one.low <= true <= one.high))  # fmt: skip
    assert np.mean(covered) == pytest.approx(0.95, abs=0.01)


@given(counts)
def test_the_share_lies_in_its_interval_and_the_interval_in_0_to_1(
    given_counts: tuple[int, int],
) -> None:
    found = share(*given_counts)
    assert 0 <= found.low <= found.value <= found.high <= 1


@given(counts)
def test_the_other_share_has_the_mirrored_interval(given_counts: tuple[int, int]) -> None:
    n, of = given_counts
    one, other = share(n, of), share(of - n, of)
    assert one.low == pytest.approx(1 - other.high)


def test_nothing_of_nothing_is_undefined() -> None:
    found = share(0, 0)
    assert (found.value, found.low, found.high) == (None, None, None)
    assert repr(found) == "undefined, 0 of 0"


@pytest.mark.parametrize(("n", "of"), [(-1, 3), (4, 3), (1, 0)])
def test_impossible_counts_are_refused(n: int, of: int) -> None:
    with pytest.raises(ValueError, match="0 <= n <= of"):
        share(n, of)


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
    assert repr(share(1745, 4812)) == "36.3 % (34.9 to 37.6), 1,745 of 4,812"
    assert repr(share(0, 20)) == "0.0 % (0.0 to 16.1), 0 of 20"
