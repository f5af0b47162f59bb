"""Simulation: the goal rate is that of the full time, however early a log ends."""

from __future__ import annotations

import numpy as np
import pytest
from strategies import log_from

from cjmine.verbs.discover import discover
from cjmine.verbs.settings import DiscoverSettings
from tests.observing import at

DAY = 86_400
SHARE, MEAN = 0.6, 6 * DAY  # who ever reaches the goal, and how long that takes (exponential)


def simulated(seed: int, days: int) -> list[tuple[str, str, int]]:
    """Customers who begin at any moment of a period, as a log that ends with it shows them."""
    random = np.random.default_rng(seed)
    begin = random.integers(0, days * DAY, 400)
    reach = begin + random.exponential(MEAN, 400).astype(np.int64) + 1
    rows = [(f"c{one:03}", "A", int(time)) for one, time in enumerate(begin)]
    succeeds = (random.random(400) < SHARE) & (reach <= days * DAY)
    rows += [(f"c{one:03}", "Goal", int(reach[one])) for one in np.flatnonzero(succeeds)]
    return rows


def shares(logs: int, days: int, deadline: int) -> tuple[float, float]:
    """The mean goal rate minus the true one, and how often the interval covers it."""
    truth = SHARE * (1 - np.exp(-deadline * DAY / MEAN))
    how = DiscoverSettings(
        goal=("Goal",),
        min_group=1,
        deadline=deadline * DAY * 1_000_000,
        observed_until=at(days * DAY * 1_000_000),
    )
    found = [discover(log_from(simulated(seed, days)), how).goal for seed in range(logs)]
    covered = [one.low <= truth <= one.high for one in found]
    return float(np.mean([one.value for one in found]) - truth), float(np.mean(covered))


@pytest.mark.parametrize(("days", "deadline"), [(90, 14), (90, 30), (30, 14)])
def test_a_few_logs_are_not_biased(days, deadline):
    """40 logs: the mean of their shares is within three standard errors of the truth."""
    bias, covered = shares(40, days, deadline)
    counted = 400 * (1 - deadline / days)
    assert abs(bias) < 3 * np.sqrt(0.25 / counted / 40)
    assert covered >= 0.8


@pytest.mark.prove
@pytest.mark.parametrize(("days", "deadline"), [(90, 14), (90, 30), (30, 14)])
def test_five_hundred_logs_are_within_half_a_point_and_covered(days, deadline):
    bias, covered = shares(500, days, deadline)
    print(f"{days} days, deadline {deadline}: bias {100 * bias:+.2f} pp, coverage {covered:.1%}")
    assert abs(bias) <= 0.005
    assert covered >= 0.93
