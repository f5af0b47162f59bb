"""Simulation: intervals of comparisons hold the planted truth, and without one no word is said."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from worlds import DAY, EXIT, GOAL, OPEN, Columns, World, null

from cjmine.analysis.cohorts import Rows, cohorts_of, rows
from cjmine.analysis.contrasts import (
    DIFFERENCE_IN_DIFFERENCES,
    contrast,
    contrast_influences,
    count_cells,
)
from cjmine.analysis.crossed import crossed
from cjmine.analysis.differences import (
    Difference,
    Sums,
    change,
    correlation,
    difference,
    difference_of_means,
    mean,
)
from cjmine.analysis.incidence import (
    Incidence,
    incidence,
    incidence_influences,
    incidence_interval,
    steady_error,
)
from cjmine.analysis.intervals import Interval, alike_effect, poisson, share_of
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
from cjmine.analysis.median_waits import median_interval, short_waits
from cjmine.analysis.multisets import quantile, values
from cjmine.analysis.squares import Squares
from cjmine.results.share import Share

RUNS = 2000


@dataclass(frozen=True)
class Side:
    """The journeys of one side of a comparison."""

    found: Rows
    has: np.ndarray
    share: Share
    sums: Sums


def side(customer: np.ndarray, has: np.ndarray) -> Side:
    found = rows(np.zeros(len(customer), np.int64), customer, 1, int(customer.max(initial=0)) + 1)
    every = cohorts_of(found, has)
    sums = (every.among_squared, every.among_having, every.having_squared)
    squares = Squares(*(int(one[0]) for one in sums))
    n, of = int(every.having[0]), int(every.among[0])
    return Side(found, has, share_of(every.n(0), every.of(0)), Sums(n, of, squares))


def compared(customer, has, is_second, same: bool = False) -> Difference:
    """The second side minus the first; with `same` customers on both sides the correlated form."""
    first, second = (side(customer[at], has[at]) for at in (~is_second, is_second))
    alike = 0.0
    if same:
        size = max(first.found.customers, second.found.customers)
        one, other = (rows(np.zeros(len(at.has), np.int64), customer[where], 1, size)
                      for at, where in ((second, is_second), (first, ~is_second)))  # fmt: skip
        alike = correlation(second.sums, first.sums, crossed(one, second.has, other, first.has).of(0))  # fmt: skip
    found = change(second.share, first.share, alike)
    return Difference(found.value, found.low, found.high)


def named(world: World) -> str:
    return f"{world.customers} customers with {world.each}, goal {world.goal}, alike {world.alike}"


def held(found, truth: float) -> bool:
    return found.low <= truth <= found.high


def shares_covered(world: World, runs: int, same: bool) -> tuple[float, float]:
    """How often the interval holds the planted effect, and its mean width."""
    holds, width = 0, 0.0
    for seed in range(runs):
        log = World(**{**vars(world), "seed": seed}).journeys()
        found = compared(log.customer, log.reaches, log.arm == 1, same)
        holds += held(found, world.effect)
        width += found.high - found.low
    return holds / runs, width / runs


APART = (
    World(customers=120, goal=0.3, effect=0.1),
    World(customers=400, goal=0.05, effect=0.02),
    World(customers=120, each=5, goal=0.4, effect=0.1),
    World(customers=200, each=3, goal=0.8, effect=0.1, alike=0.8),
    World(customers=300, each=2, goal=0.3, arms=(0.8, 0.2)),
    World(customers=200, each=5, goal=0.04, effect=0.02),
    World(customers=100, each=10, goal=0.04),
)
TOGETHER = (
    World(customers=100, each=6, goal=0.4, effect=0.05, arm_by_journey=True),
    World(customers=100, each=10, goal=0.3, effect=0.1, arm_by_journey=True, alike=0.8),
    World(customers=400, each=4, goal=0.1, effect=0.03, arm_by_journey=True),
    World(customers=200, each=2, goal=0.5, arm_by_journey=True, alike=0.2),
    World(customers=100, each=10, goal=0.04, arm_by_journey=True),
)


def test_a_few_differences_are_covered() -> None:
    assert shares_covered(APART[2], 200, same=False)[0] >= 0.9
    close, narrow = shares_covered(TOGETHER[1], 200, same=True)
    wide = shares_covered(TOGETHER[1], 200, same=False)
    assert close >= 0.9
    assert wide[0] > 0.98
    assert narrow < 0.7 * wide[1]


@pytest.mark.prove
@pytest.mark.parametrize("number", range(len(APART)))
def test_differences_of_other_customers_are_covered(number) -> None:
    found, width = shares_covered(APART[number], RUNS, same=False)
    print(f"other customers, {named(APART[number])}: coverage {found:.1%}, width {width:.3f}")
    assert found >= 0.935


@pytest.mark.prove
@pytest.mark.parametrize("number", range(len(TOGETHER)))
def test_differences_of_the_same_customers_are_covered(number) -> None:
    found, width = shares_covered(TOGETHER[number], RUNS, same=True)
    print(f"same customers, {named(TOGETHER[number])}: coverage {found:.1%}, width {width:.3f}")
    assert found >= 0.935


def double_covered(runs: int) -> float:
    """A change that moves the second segment alone, with customers in several cells."""
    holds, weight = 0, DIFFERENCE_IN_DIFFERENCES
    for seed in range(runs):
        log = World(seed=seed, customers=250, each=4, change=70, change_effect=0.1).journeys()
        has = log.reaches
        drawn = np.random.default_rng(seed).random(len(log)) < 0.1
        has = has | (drawn & log.is_after & (log.segment == 1))
        truth = 0.5 * 0.1  # of those without the goal after the change, half of all
        cell = 2 * (log.segment == 0) + log.is_after
        whole = count_cells(cell, has, 4)
        swayed = contrast_influences(whole, weight, cell, has, log.customer)
        holds += held(contrast(whole, weight, swayed), truth)
    return holds / runs


def incidence_covered(world: World, at_days: int, runs: int) -> tuple[float, float]:
    """How often the intervals of goal and exit hold the truth, with open journeys censored."""
    holds, at = np.zeros(2), at_days * DAY
    truth = (
        world.goal * (1 - np.exp(-at_days / world.goal_days)),
        (1 - world.goal) * world.exits * (1 - np.exp(-at_days / world.exit_days)),
    )
    for seed in range(runs):
        log = World(**{**vars(world), "seed": seed}).journeys()
        curve = incidence(values(log.cause, log.time), 2)
        swayed = incidence_influences(curve, log.cause, log.time, log.customer, np.array([at]))
        for number in (GOAL, EXIT):
            value = curve.by(number, at)
            if world.each == 1:
                found = incidence_interval(value, curve.error_by(number, at), curve.known(at))
            else:
                found = by_customer(log, curve, number, at, float(swayed.errors()[number]))
            holds[number] += held(found, truth[number])
    return tuple((holds / runs).tolist())


def by_customer(log: Columns, curve: Incidence, number: int, at: int, error: float) -> Interval:
    """The interval of an incidence where customers have several journeys."""
    each = np.bincount(log.customer)
    ended = np.bincount(log.customer, (log.cause == number) & (log.time <= at), len(each))
    rarer, people = min((ended > 0).sum(), (ended < each).sum()), int((each > 0).sum())
    alike = alike_effect(len(log), people, Squares(int(each @ each), 0, 0))
    error = steady_error(error, curve.error_by(number, at), alike, int(rarer), people)
    return incidence_interval(curve.by(number, at), error, curve.known(at), people, alike)


CURVES = (
    (World(customers=150, days=30, follow_up=0), 7),
    (World(customers=150, days=30, follow_up=0, exits=0.5, goal=0.2), 14),
    (World(customers=150, each=4, days=30, follow_up=0), 7),
    (World(customers=60, each=8, days=30, follow_up=0, goal=0.06, exits=0.05), 7),
)


def values_covered(runs: int) -> tuple[float, float]:
    """How often the intervals of differences of medians and means of waits hold the truth."""
    medians = means = 0
    for seed in range(runs):
        random = np.random.default_rng(seed)
        found, averages, middle = [], [], (3600.0, 5400.0)
        for truth in middle:
            many = random.geometric(0.25, 80)
            customer = np.repeat(np.arange(80), many)
            own = random.normal(0, np.sqrt(0.4), 80)[customer]
            wait = truth * np.exp(own + random.normal(0, np.sqrt(0.6), len(customer)))
            us, group = (wait * 1e6).astype(np.int64), np.zeros(len(wait), np.int64)
            by = rows(group, customer, 1, 80)
            all_values = values(group, us).of(0)
            low, high = median_interval(
                *all_values, cohorts_of(by, np.ones(len(us), bool)), short_waits(by, us), 0
            )
            found.append((quantile(*all_values, 0.5) / 1e6, Interval(low, high)))
            seconds = np.bincount(customer, us // 1_000_000).astype(np.int64)
            squares = Squares(*(int(one @ other) for one, other in ((many, many), (many, seconds), (seconds, seconds))))  # fmt: skip
            averages.append(mean(int(seconds.sum()), len(us), 80, squares))
        medians += held(difference(*found[1], *found[0]), middle[1] - middle[0])
        truth = (middle[1] - middle[0]) * np.exp(0.5)
        means += held(difference_of_means(averages[1], averages[0]), truth)
    return medians / runs, means / runs


def test_a_few_other_intervals_are_covered() -> None:
    assert double_covered(150) >= 0.9
    assert min(incidence_covered(*CURVES[2], 150)) >= 0.88
    assert min(values_covered(100)) >= 0.88


@pytest.mark.prove
def test_differences_in_differences_are_covered() -> None:
    found = double_covered(RUNS)
    print(f"difference in differences: coverage {found:.1%}")
    assert found >= 0.935


@pytest.mark.prove
@pytest.mark.parametrize("number", range(len(CURVES)))
def test_incidences_are_covered(number) -> None:
    found = incidence_covered(*CURVES[number], RUNS)
    print(f"incidence, {named(CURVES[number][0])}: coverage {found[0]:.1%} and {found[1]:.1%}")
    assert min(found) >= 0.935


@pytest.mark.prove
def test_differences_of_medians_and_means_are_covered() -> None:
    medians, means = values_covered(RUNS)
    print(f"coverage of medians {medians:.1%}, of means {means:.1%}")
    assert medians >= 0.935
    assert means >= 0.935


@pytest.mark.prove
@pytest.mark.parametrize("truth", [1.0, 10.0, 100.0])
def test_counts_are_covered(truth) -> None:
    counts = np.random.default_rng(1).poisson(truth, RUNS)
    assert np.mean([held(poisson(int(one)), truth) for one in counts]) >= 0.935


def table(log: Columns, noise: np.random.Generator) -> list[tuple[np.ndarray, np.ndarray]]:
    """The measures of a printed table: which journeys could, and which of them do."""
    every, lost = np.ones(len(log), bool), log.cause != GOAL
    found = [(every, log.reaches)]
    found += [(log.step >= step, lost & (log.step == step)) for step in range(3)]
    found += [(every, log.contacts > 0), (every, log.cause == EXIT), (every, log.cause == OPEN)]
    found += [(log.answered, log.score >= 7), (log.cause == GOAL, log.time > 4 * DAY)]
    return found + [(every, noise.random(len(log)) < share) for share in (0.03, 0.1, 0.3, 0.5)]


def words(world: World, runs: int, same: bool) -> tuple[float, float, float]:
    """How often a world without differences has a word for the goal, and any other; or no plan."""
    goal = other = stopped = 0
    for seed in range(runs):
        log = World(**{**vars(world), "seed": seed}).journeys()
        is_second, found, p = log.arm == 1, [], []
        for among, has in table(log, np.random.default_rng(seed)):
            first, second = (among & at for at in (~is_second, is_second))
            counts = (int(one.sum()) for at in (second, first) for one in (has[at], at))
            one = None
            if is_enough(*counts):
                one = compared(log.customer[among], has[among], is_second[among], same)
            found.append(one)
            p.append(None if one is None else p_value(one))
        said = [verdict(one, q, Better.HIGHER) in (Verdict.GAIN, Verdict.LOSS)
                for one, q in zip(found, [p[0], *q_values(p[1:])], strict=True)]  # fmt: skip
        goal, other = goal + said[0], other + any(said[1:])
        arms = np.bincount(log.arm[np.append(True, np.diff(log.customer) > 0)], minlength=2)
        ratio = sample_ratio(arms.tolist(), world.arms).verdict
        stopped += ratio is not RatioVerdict.AS_PLANNED
    return goal / runs, other / runs, stopped / runs


def test_a_few_worlds_without_differences_have_no_words() -> None:
    assert max(words(null(0, customers=200), 150, same=False)) <= 0.1


@pytest.mark.prove
@pytest.mark.parametrize("customers", [100, 300])
@pytest.mark.parametrize("same", [False, True])
def test_without_differences_few_words_are_said(customers, same) -> None:
    world = null(0, customers=customers, arm_by_journey=same, each=3.0)
    goal, other, stopped = words(world, RUNS, same)
    print(f"{customers} customers, same {same}: goal {goal:.1%}, other {other:.1%}, {stopped:.1%}")
    assert goal <= 0.065
    assert other <= 0.065
    assert stopped <= 0.02
