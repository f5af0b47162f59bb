"""Simulation: the weighted figure covers what all who were asked would say, where the raw misses.

Customers answer less where their journey went worse: through the state when asked, the channel, a
contact. And the difference of a moment covers the truth where bad passings come together.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from cjmine.analysis.differences import difference_of_means
from cjmine.analysis.intervals import Interval
from cjmine.analysis.satisfaction.held_equal import StratumScores, held_equal
from cjmine.analysis.satisfaction.rated import mean_of, rated, worth_of
from cjmine.analysis.satisfaction.tallies import Tally, tally
from cjmine.analysis.satisfaction.weights import weighted
from cjmine.analysis.score_counts import Question
from cjmine.disclosure.policy import Policy
from cjmine.disclosure.satisfaction import interval_of
from cjmine.disclosure.satisfaction_rows import rating_of
from cjmine.scales import Scale, Summary

RUNS = 2000
SIZES = (4, 3, 2)  # states, channels, contact before
SHARES = np.array([0.55, 0.1, 0.2, 0.15])
CHANNELS = np.array([0.6, 0.3, 0.1])


@dataclass(frozen=True)
class Cell:
    """Cells of customers: how many are in each, who answers, and what they think."""

    share: np.ndarray
    response: np.ndarray
    mood: np.ndarray  # between 0 and 1


def cells() -> Cell:
    """Every cell answers less the worse its mood is."""
    state, channel, contact = np.unravel_index(np.arange(np.prod(SIZES)), SIZES)
    share = SHARES[state] * CHANNELS[channel] * np.array([0.8, 0.2])[contact]
    mood = np.array([0.75, 0.4, 0.35, 0.25])[state] + np.array([0.05, 0.0, -0.1])[channel]
    mood = mood - 0.1 * contact
    return Cell(share, 0.1 + 0.7 * mood, mood)


def scored(random: np.random.Generator, mood: np.ndarray, scale: Scale) -> np.ndarray:
    """Scores on a scale: a mood that varies from customer to customer."""
    wide = scale.high - scale.low
    drawn = random.beta(4 * mood, 4 * (1 - mood))
    return np.rint(scale.low + wide * drawn)


def truth(scale: Scale) -> float:
    """What customers of all cells are worth on average, from very many of them."""
    found, random = cells(), np.random.default_rng(1)
    question = Question(scale.metric, scale)
    each = [
        worth_of(scored(random, np.full(50_000, one), scale), question).mean() for one in found.mood
    ]
    return float(found.share @ np.array(each))


def asked(seed: int, customers: int, scale: Scale) -> Tally:
    random, found = np.random.default_rng(seed), cells()
    cell = random.choice(len(found.share), customers, p=found.share)
    score = scored(random, found.mood[cell], scale)
    score[random.random(customers) > found.response[cell]] = np.nan
    return tally(cell, score)


def raw(found: Tally, scale: Scale) -> Interval:
    one = rating_of(rated(Question(scale.metric, scale), found.where(_all).scores), Policy(1))
    assert one.low is not None and one.high is not None
    return Interval(one.low, one.high)


def _all(groups: np.ndarray) -> np.ndarray:
    return groups >= 0


def coverage(customers: int, scale: Scale, runs: int) -> tuple[float, float]:
    """How often the raw interval holds the truth, and how often the weighted one does."""
    points = 100 if scale.summary is Summary.POINTS else 1
    value, question = points * truth(scale), Question(scale.metric, scale)
    held = np.zeros(2)
    for seed in range(runs):
        found = asked(seed, customers, scale)
        one = weighted(found, SIZES, question)
        assert one is not None
        for at, sure in enumerate((raw(found, scale), interval_of(one, scale))):
            held[at] += sure.low <= value <= sure.high
    return held[0] / runs, held[1] / runs


CASES = [
    (Scale.NPS, 800), (Scale.NPS, 4000), (Scale.CSAT_5, 800), (Scale.CES_7, 800),
    (Scale.CSAT_10, 4000),
]  # fmt: skip


@pytest.mark.prove
@pytest.mark.parametrize(("scale", "customers"), CASES)
def test_the_weighted_figure_covers_where_the_raw_one_misses(scale: Scale, customers: int) -> None:
    misses, covers = coverage(customers, scale, RUNS)
    assert covers >= 0.935
    assert misses < 0.5


def test_a_few_weighted_figures_cover() -> None:
    """The same with fewer runs: 200 of which each may miss with chance 0.05."""
    misses, covers = coverage(800, Scale.NPS, 200)
    assert covers >= 0.9
    assert misses < 0.5


@dataclass(frozen=True)
class Passing:
    """Scores of one customer each; bad passings are commoner where the score is low anyway."""

    stratum: np.ndarray
    is_bad: np.ndarray
    score: np.ndarray

    def side(self, bad: bool) -> StratumScores:
        mine = self.is_bad == bad
        return StratumScores(self.stratum[mine], self.score[mine], np.ones(mine.sum(), np.int64))


def passing(seed: int, customers: int, effect: float) -> Passing:
    """Six strata: three states, with and without a bad passing of another step."""
    random = np.random.default_rng(seed)
    stratum = random.choice(6, customers, p=[0.4, 0.1, 0.2, 0.1, 0.1, 0.1])
    is_bad = random.random(customers) < np.array([0.05, 0.2, 0.1, 0.3, 0.3, 0.5])[stratum]
    mean = np.array([8.5, 7.0, 6.5, 5.5, 5.0, 4.0])[stratum] + effect * is_bad
    score = np.clip(np.rint(random.normal(mean, 1.5)), 0, 10)
    return Passing(stratum, is_bad, score)


def differences(customers: int, effect: float, runs: int) -> tuple[float, float]:
    """How often the naive difference holds the truth, and how often that held equal does."""
    many = passing(1, 2_000_000, effect)
    counts = np.bincount(many.stratum[many.is_bad], minlength=6)
    means = [
        np.bincount(many.stratum[rows], many.score[rows], 6)
        / np.bincount(many.stratum[rows], minlength=6)
        for rows in (many.is_bad, ~many.is_bad)
    ]
    value = float(counts / counts.sum() @ (means[0] - means[1]))
    held = np.zeros(2)
    for seed in range(runs):
        found = passing(2 + seed, customers, effect)
        sides = found.side(True), found.side(False)
        naive = difference_of_means(*(mean_of(one.value, one.times) for one in sides))
        one = held_equal(*sides, 6)
        assert one is not None
        for at, sure in enumerate((naive, one.difference)):
            held[at] += sure.low <= value <= sure.high
    return held[0] / runs, held[1] / runs


@pytest.mark.prove
@pytest.mark.parametrize("effect", [0.0, -1.0])
@pytest.mark.parametrize("customers", [400, 2000])
def test_a_moment_covers_where_bad_passings_come_together(customers: int, effect: float) -> None:
    misses, covers = differences(customers, effect, RUNS)
    assert covers >= 0.935
    assert misses < 0.2


def test_a_few_moments_cover() -> None:
    misses, covers = differences(400, 0.0, 200)
    assert covers >= 0.9
    assert misses < 0.2
