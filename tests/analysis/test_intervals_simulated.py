"""Simulation: 95 % intervals hold the truth where journeys of one customer are alike."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from worlds import World

from cjmine.analysis.cohorts import cohorts_of, rows
from cjmine.analysis.differences import change
from cjmine.analysis.intervals import share_of, wilson
from cjmine.analysis.median_waits import median_interval, short_waits
from cjmine.analysis.multisets import values
from cjmine.results.share import Share

ALIKE = 0.4  # the correlation of two journeys of one customer


def one_share(random: np.random.Generator, truth: float, journeys: np.ndarray) -> Share:
    """The share of a log whose customers have rates of their own (beta), and so many journeys."""
    spread = 1 / ALIKE - 1
    rate = random.beta(truth * spread, (1 - truth) * spread, len(journeys))
    customer = np.repeat(np.arange(len(journeys)), journeys)
    has = random.random(len(customer)) < rate[customer]
    group = np.zeros(len(customer), np.int64)
    found = cohorts_of(rows(group, customer, 1, len(journeys)), has)
    return share_of(found.n(0), found.of(0))


def coverage(truth: float, customers: int, logs: int, unequal: bool = False) -> tuple[float, float]:
    """How often the interval holds the truth, and how often Wilson's of all journeys would."""
    random = np.random.default_rng(12)
    held = plain = 0
    for _ in range(logs):
        journeys = np.full(customers, 10)
        if unequal:
            journeys = random.geometric(0.1, customers)
        found = one_share(random, truth, journeys)
        alone = wilson(found.n, found.of)
        held += found.low <= truth <= found.high
        plain += alone.low <= truth <= alone.high
    return held / logs, plain / logs


def difference_coverage(customers: int, logs: int) -> float:
    """How often the interval of a difference holds that of 40 % and 25 %."""
    random = np.random.default_rng(13)
    journeys, held = np.full(customers, 10), 0
    for _ in range(logs):
        now, before = (one_share(random, truth, journeys) for truth in (0.4, 0.25))
        found = change(now, before)
        held += found.low <= 0.15 <= found.high
    return held / logs


def median_coverage(customers: int, alike: float, logs: int) -> float:
    """How often the interval holds the median of waits whose logarithms correlate so."""
    random = np.random.default_rng(14)
    truth, held = 3.6e9, 0
    for _ in range(logs):
        journeys = random.geometric(0.1, customers)
        customer = np.repeat(np.arange(customers), journeys)
        own = random.normal(0, np.sqrt(alike), customers)
        rest = random.normal(0, np.sqrt(1 - alike), len(customer))
        wait = (truth * np.exp(own[customer] + rest)).astype(np.int64)
        group = np.zeros(len(wait), np.int64)
        found = rows(group, customer, 1, customers)
        every = cohorts_of(found, np.ones(len(wait), bool))
        spread = values(group, wait)
        low, high = median_interval(*spread.of(0), every, short_waits(found, wait), 0)
        held += low <= truth / 1e6 <= high
    return held / logs


def test_a_few_logs_are_covered() -> None:
    held, plain = coverage(0.4, 50, 300)
    assert held >= 0.9
    assert plain < 0.75
    assert difference_coverage(50, 200) >= 0.9
    assert 0.9 <= median_coverage(50, 0.4, 200) < 0.99


@pytest.mark.prove
@pytest.mark.parametrize("customers", [50, 100, 200])
@pytest.mark.parametrize("truth", [0.1, 0.25, 0.4, 0.5, 0.75])
def test_shares_are_covered_from_50_customers_with_10_journeys_each(truth, customers) -> None:
    held, plain = coverage(truth, customers, 3000)
    print(f"{truth:.0%}, {customers} customers: coverage {held:.1%}, of journeys alone {plain:.1%}")
    assert held >= 0.93


@pytest.mark.prove
@pytest.mark.parametrize("truth", [0.25, 0.4, 0.5])
def test_shares_are_covered_where_customers_have_unequal_numbers_of_journeys(truth) -> None:
    held, plain = coverage(truth, 100, 3000, unequal=True)
    print(f"{truth:.0%}, unequal: coverage {held:.1%}, of journeys alone {plain:.1%}")
    assert held >= 0.93


def rare_coverage(world: World, logs: int) -> float:
    """How often the interval holds the share of a world that reaches the goal."""
    held = 0
    for seed in range(logs):
        log = replace(world, seed=seed).journeys()
        group = np.zeros(len(log), np.int64)
        found = cohorts_of(rows(group, log.customer, 1, world.customers), log.reaches)
        one = share_of(found.n(0), found.of(0))
        held += one.low <= world.goal <= one.high
    return held / logs


def test_rare_things_of_few_customers_are_covered() -> None:
    assert rare_coverage(World(customers=50, each=10, goal=0.04), 200) >= 0.9


@pytest.mark.prove
@pytest.mark.parametrize(
    ("customers", "each", "goal"),
    [(200, 3, 0.03), (300, 2, 0.02), (100, 5, 0.04), (50, 10, 0.04), (100, 5, 0.1), (100, 5, 0.9)],
)
def test_rare_things_are_covered(customers, each, goal) -> None:
    """At least ten journeys of each outcome are expected."""
    held = rare_coverage(World(customers=customers, each=each, goal=goal), 2000)
    print(f"{goal:.0%}, {customers} customers with {each}: coverage {held:.1%}")
    assert held >= 0.935


@pytest.mark.prove
def test_differences_are_covered() -> None:
    held = difference_coverage(50, 3000)
    print(f"difference of two logs of 50 customers: coverage {held:.1%}")
    assert held >= 0.93


@pytest.mark.prove
@pytest.mark.parametrize("customers", [50, 200])
@pytest.mark.parametrize("alike", [0.1, 0.4, 0.8])
def test_medians_are_covered(customers, alike) -> None:
    held = median_coverage(customers, alike, 2000)
    print(f"median, {customers} customers, correlation {alike}: coverage {held:.1%}")
    assert held >= 0.93
