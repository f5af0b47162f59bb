"""Cumulative incidence: worked cases, lifelines as the oracle, and laws."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lifelines import AalenJohansenFitter

from cjmine.analysis.incidence import incidence, incidence_influences, incidence_interval
from cjmine.analysis.intervals import share, wilson
from cjmine.analysis.multisets import values

CAUSES = 3
journeys = st.lists(st.tuples(st.integers(0, CAUSES), st.integers(0, 12)), max_size=60)


def columns(given: list[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    cause, time = np.array(given, np.int64).reshape(-1, 2).T
    return cause, time


def curve(cause: np.ndarray, time: np.ndarray):
    return incidence(values(cause, time), CAUSES)


def random_log(seed: int, is_tied: bool) -> tuple[np.ndarray, np.ndarray]:
    """Journeys in few moments; where not `is_tied` those of one moment end by one cause."""
    random = np.random.default_rng(seed)
    size, most = int(random.integers(20, 300)), int(random.integers(3, 60))
    time = random.integers(0, most, size)
    cause = random.integers(0, CAUSES, size) if is_tied else time * 7 % CAUSES
    return np.where(random.random(size) < random.uniform(0, 0.7), CAUSES, cause), time


def oracle(cause: np.ndarray, time: np.ndarray, number: int, variance: bool) -> AalenJohansenFitter:
    """Times begin at 1, since lifelines drops what ends at 0; open journeys a quarter later."""
    durations = time + 1 + np.where(cause == CAUSES, 0.25, 0.0)
    fitter = AalenJohansenFitter(seed=1, calculate_variance=variance)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of jitter
        return fitter.fit(durations, (cause + 1) % (CAUSES + 1), event_of_interest=number + 1)


def check_values(seed: int) -> None:
    """Lifelines shifts ends at one moment by a ten-thousandth: all are over a tenth later."""
    cause, time = random_log(seed, is_tied=True)
    found = curve(cause, time)
    for number in range(CAUSES):
        known = oracle(cause, time, number, variance=False).cumulative_density_
        at = np.searchsorted(known.index, found.time + 1.1, "right") - 1
        assert found.value[number] == pytest.approx(known.iloc[at, 0].to_numpy(), abs=1e-9)


def check_variances(seed: int) -> None:
    cause, time = random_log(seed, is_tied=False)
    found = curve(cause, time)
    compared = 0
    for number in range(CAUSES):
        known = oracle(cause, time, number, variance=True)
        at = np.searchsorted(known.variance_.index, found.time + 1.0)
        variance = known.variance_.to_numpy()[at]
        ends = known.confidence_interval_.to_numpy()[at]
        finite = np.isfinite(variance) & (variance > 1e-12)
        compared += np.count_nonzero(finite)
        assert found.error[number][finite] ** 2 == pytest.approx(variance[finite], abs=1e-9)
        for place in np.flatnonzero(finite & np.isfinite(ends).all(axis=1)):
            value, error = float(found.value[number, place]), float(found.error[number, place])
            interval = incidence_interval(value, error, 1)
            assert (interval.low, interval.high) == pytest.approx(ends[place], abs=1e-9)
    assert compared > 3


@pytest.mark.parametrize("seed", range(10))
def test_ten_random_logs_with_ties_are_those_of_lifelines(seed: int) -> None:
    check_values(seed)
    check_variances(seed)


@pytest.mark.prove
@pytest.mark.parametrize("seed", range(10, 50))
def test_fifty_random_logs_with_ties_are_those_of_lifelines(seed: int) -> None:
    check_values(seed)
    check_variances(seed)


def test_eight_journeys_by_hand() -> None:
    """At 2: goal of 8. At 3: exit and an open one of 7, which counts. At 5: goal of 5."""
    cause = np.array([0, 1, CAUSES, 0, CAUSES, CAUSES, CAUSES, CAUSES])
    time = np.array([2, 3, 3, 5, 9, 9, 9, 9])
    found = curve(cause, time)
    assert found.time.tolist() == [2, 3, 5]
    assert found.at_risk.tolist() == [8, 7, 5]
    assert found.value[0].tolist() == pytest.approx([1 / 8, 1 / 8, 1 / 8 + 3 / 4 / 5])
    assert found.value[1].tolist() == pytest.approx([0, 1 / 8, 1 / 8])
    assert [found.under_way(at) for at in (1, 2, 4, 9)] == pytest.approx([1, 7 / 8, 3 / 4, 3 / 5])
    assert [found.by(0, at) for at in (1, 2, 10**9)] == pytest.approx([0, 1 / 8, 0.275])
    assert [found.known(at) for at in (2, 3, 4, 9, 10)] == [8, 8, 7, 7, 3]


@given(journeys)
def test_causes_and_those_under_way_add_up_to_all(given) -> None:
    cause, time = columns(given)
    found = curve(cause, time)
    for at in range(-1, 14):
        shares = [found.by(number, at) for number in range(CAUSES)]
        assert sum(shares) + found.under_way(at) == pytest.approx(1.0, abs=1e-12)
        assert min(shares) >= 0


@given(journeys.filter(bool), st.integers(0, 12))
def test_where_all_are_followed_it_is_the_share(given, at: int) -> None:
    """Without open journeys: n of all, with the variance p (1 - p) / n, either way counted."""
    cause, time = columns(given)
    cause = np.minimum(cause, CAUSES - 1)
    found, size = curve(cause, time), len(cause)
    both = incidence_influences(found, cause, time, np.arange(size), np.array([at]))
    for number in range(CAUSES):
        p = np.count_nonzero((cause == number) & (time <= at)) / size
        error = np.sqrt(p * (1 - p) / size)
        assert found.by(number, at) == pytest.approx(p)
        assert found.error_by(number, at) == pytest.approx(error, abs=1e-7)
        if size > 1:
            few = np.sqrt(size / (size - 1))
            assert both.errors()[number] == pytest.approx(error * few, abs=1e-7)


@given(journeys.filter(bool), st.integers(0, 12))
def test_an_influence_is_what_a_slightly_heavier_journey_changes(given, at: int) -> None:
    """A thousand copies of each journey, and one more of one: its influence, times a thousand."""
    cause, time = columns(given)
    found = curve(cause, time)
    many = np.full(len(cause), 100_000)
    expected = np.zeros(CAUSES)
    for place in range(len(cause)):
        more = many.copy()
        more[place] += 1
        heavier = incidence(values(cause, time, more), CAUSES)
        change = [heavier.by(number, at) - found.by(number, at) for number in range(CAUSES)]
        expected += (100_000 * np.array(change)) ** 2
    squared = incidence_influences(
        found, cause, time, np.arange(len(cause)), np.array([at])
    ).squared
    assert squared / 2.0**60 == pytest.approx(expected, rel=1e-3, abs=1e-6)


@given(journeys, st.integers(0, 20), st.data())
def test_parts_give_the_same_bytes(given, cut: int, data) -> None:
    cause, time = columns(given)
    size = len(cause)
    owner = st.integers(0, 6)
    customer = np.sort(np.array(data.draw(st.lists(owner, min_size=size, max_size=size)), np.int64))
    first = customer < cut
    whole = values(cause, time)
    split = values(cause[first], time[first]) + values(cause[~first], time[~first])
    one, other = incidence(whole, CAUSES), incidence(split, CAUSES)
    for name in ("time", "at_risk", "events", "value", "error", "survival", "censored"):
        assert getattr(one, name).tolist() == getattr(other, name).tolist()
    at = np.array([0, 4, 12])
    parts = [
        incidence_influences(one, cause[mask], time[mask], customer[mask] - offset, at)
        for mask, offset in ((first, 0), (~first, min(cut, 99)))
    ]
    together, known = parts[0] + parts[1], incidence_influences(one, cause, time, customer, at)
    assert together.squared.tolist() == known.squared.tolist()
    assert together.customers == known.customers == len(set(customer.tolist()))


def test_journeys_of_one_customer_that_end_alike_count_once() -> None:
    """Forty customers with ten equal journeys each: the error of forty."""
    random = np.random.default_rng(3)
    cause, time = random.integers(0, CAUSES + 1, 40), random.integers(0, 30, 40)
    at = np.array([10, 29])
    alone = incidence_influences(curve(cause, time), cause, time, np.arange(40), at)
    cause, time = np.repeat(cause, 10), np.repeat(time, 10)
    found = incidence_influences(curve(cause, time), cause, time, np.repeat(np.arange(40), 10), at)
    assert found.errors() == pytest.approx(alone.errors())
    assert (found.errors()[:2] > 2.5 * curve(cause, time).error_by(0, 10)).all()


@pytest.mark.parametrize("time", [[], [3, 3, 7]])
def test_without_ends_all_are_under_way(time: list[int]) -> None:
    found = curve(np.full(len(time), CAUSES), np.array(time, np.int64))
    assert (found.by(0, 5), found.error_by(0, 5), found.under_way(5)) == (0.0, 0.0, 1.0)
    swayed = incidence_influences(found, np.full(len(time), CAUSES), np.array(time, np.int64),
                        np.arange(len(time)), np.array([5]))  # fmt: skip
    assert swayed.squared.tolist() == [0, 0, 0]


def test_all_may_end_at_once() -> None:
    found = curve(np.array([0, 0, 0]), np.zeros(3, np.int64))
    assert (found.by(0, 0), found.under_way(0), found.error_by(0, 0)) == (1.0, 0.0, 0.0)


def test_none_and_all_have_the_interval_of_a_share() -> None:
    assert incidence_interval(0.0, 0.0, 40) == wilson(0, 40)
    assert incidence_interval(1.0, 0.0, 40) == wilson(40, 40)
    assert incidence_interval(0.0, 0.0, 40, 10, 4.0).high == share(0, 40, 4.0).high
    one = incidence_interval(0.4, 0.1, 40, customers=1)
    assert (one.low, one.high) == (0.0, 1.0)
    few, many = incidence_interval(0.4, 0.1, 40, 5), incidence_interval(0.4, 0.1, 40)
    assert few.low < many.low < 0.4 < many.high < few.high
