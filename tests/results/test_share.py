"""Shares: figures that belong together, and honest percentages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjmine.analysis.intervals import share
from cjmine.results.share import Share, percent


def test_nothing_of_nothing_is_undefined() -> None:
    assert repr(share(0, 0)) == "undefined, 0 of 0"


@pytest.mark.parametrize(
    "figures",
    [
        (0.5, 0.4, 0.6, 2, 3),  # another share
        (0.5, 0.6, 0.7, 1, 2),  # outside its interval
        (0.5, -0.1, 0.7, 1, 2),
        (0.5, 0.1, None, 1, 2),
        (None, None, None, 3, 2),
        (None, 0.1, 0.2, 0, 0),
        (0.5, 0.4, 0.6, None, None),
    ],
)
def test_figures_of_no_share_are_refused(figures: tuple) -> None:
    with pytest.raises(ValueError, match="a share"):
        Share(*figures)


def test_an_interval_alone_can_be_withheld() -> None:
    assert repr(Share(0.5, None, None, 1, 2)) == "50.0 %, 1 of 2"


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
