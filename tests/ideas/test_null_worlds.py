"""Ideas born in bad weeks: the naive figure shows a gain, the measure does not."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from ideas.worlds import Born, Steps, World, born_in_the_worst, few_weeks

from cjmine.analysis.ideas.words import judged
from cjmine.results.ideas import Kept

PROMISE = -0.04
COVERED = 0.935
HONEST = (Kept.NOT_SEEN, Kept.CANNOT_TELL)
WORLDS = {
    "few journeys": World(40, 0.2),
    "many journeys": World(200, 0.2),
    "four weeks after": World(60, 0.3, after=4),
    "weeks that vary": World(200, 0.2, noise=0.2),
    "weeks that are alike": World(200, 0.2, noise=0.3, alike=0.5),
    "many that are alike": World(1000, 0.1, noise=0.2, alike=0.3, after=4),
}


def runs(world: World, many: int) -> tuple[Counter[Kept | None], float, float]:
    """How often each word comes, how often the naive figure shows a gain, and its mean."""
    random = np.random.default_rng(20_26)
    found = [judged([born_in_the_worst(world, random, PROMISE)])[0].measured for _ in range(many)]
    naive = np.array([one.naive for one in found], float)
    words = Counter(one.verdict for one in found)
    return words, float((naive < 0).mean()), float(naive.mean() / (naive.std() / many**0.5))


@pytest.mark.parametrize("world", WORLDS.values(), ids=WORLDS)
def test_an_idea_from_a_bad_week_is_not_called_a_gain(world: World) -> None:
    words, gains, distance = runs(world, 200)
    assert sum(words[one] for one in HONEST) >= 0.94 * 200
    assert gains > 0.6 and distance < -3


@pytest.mark.prove
@pytest.mark.parametrize("world", WORLDS.values(), ids=WORLDS)
def test_an_idea_from_a_bad_week_is_not_called_a_gain_in_2000_runs(world: World) -> None:
    words, gains, distance = runs(world, 2000)
    assert sum(words[one] for one in HONEST) >= 0.94 * 2000
    assert gains > 0.65 and distance < -10


def test_an_idea_that_works_is_seen() -> None:
    """A fall of the logit by 0.35 from a share of 20 % is 5 points: the promise was 4."""
    words, _, _ = runs(World(200, 0.2, noise=0.1, effect=-0.35), 200)
    assert words[Kept.KEPT] >= 0.8 * 200
    assert words[Kept.NOT_SEEN] <= 0.02 * 200


def test_an_idea_that_works_less_is_said_to() -> None:
    """A fall of 2 points of the 6 that were promised, over many journeys."""
    random = np.random.default_rng(3)
    world = World(4000, 0.2, effect=-0.13)
    found = [judged([born_in_the_worst(world, random, -0.06)])[0].measured for _ in range(100)]
    assert Counter(one.verdict for one in found)[Kept.LESS] >= 95


VARYING = {
    "few journeys": World(60, 0.2),
    "weeks that vary": World(200, 0.2, noise=0.2),
    "weeks that are alike": World(200, 0.2, noise=0.3, alike=0.5),
    "four weeks after": World(1000, 0.1, noise=0.2, alike=0.3, after=4),
}
FEW = [(known, apart) for known in (6, 8, 10) for apart in (0.0, 1.0)]


def few_words(found: Steps, born: Born, many: int) -> tuple[Counter[Kept | None], float, float]:
    """How often each word comes, how often the interval holds the truth, the mean naive change."""
    random = np.random.default_rng(20_26)
    words: Counter[Kept | None] = Counter()
    held, naive = 0, 0.0
    for _ in range(many):
        observed, truth = few_weeks(found, born, random, PROMISE)
        one = judged([observed])[0].measured
        words[one.verdict] += 1
        held += one.change is None or one.change.low <= truth <= one.change.high
        naive += one.naive or 0.0
    return words, held / many, naive / many


@pytest.mark.parametrize("born", [Born.WEEK, Born.STEP, Born.STEP_AND_WEEK])
@pytest.mark.parametrize("world", VARYING.values(), ids=VARYING)
def test_of_few_weeks_an_idea_from_a_bad_one_is_not_called_a_gain(world: World, born: Born) -> None:
    words, _, naive = few_words(Steps(world, 6, 0.5), born, 100)
    assert sum(words[one] for one in HONEST) >= 0.94 * 100
    assert naive < -0.005


@pytest.mark.prove
@pytest.mark.parametrize("known, apart", FEW)
@pytest.mark.parametrize("born", [Born.WEEK, Born.STEP, Born.STEP_AND_WEEK])
@pytest.mark.parametrize("world", VARYING.values(), ids=VARYING)
def test_of_few_weeks_no_bad_one_makes_a_gain_in_1000_runs(
    world: World, born: Born, known: int, apart: float
) -> None:
    words, _, _ = few_words(Steps(world, known, apart), born, 1000)
    assert sum(words[one] for one in HONEST) >= 0.94 * 1000


@pytest.mark.prove
@pytest.mark.parametrize("effect", [0.0, -0.4])
@pytest.mark.parametrize("known, apart", FEW)
@pytest.mark.parametrize("world", VARYING.values(), ids=VARYING)
def test_intervals_of_few_weeks_hold_the_truth(
    world: World, known: int, apart: float, effect: float
) -> None:
    """Where nothing was chosen for being bad, at least 93.5 of 100 do."""
    found = Steps(replace(world, effect=effect), known, apart)
    assert few_words(found, Born.ANYWHERE, 1000)[1] >= COVERED


@pytest.mark.parametrize("apart", [0.0, 0.5])
def test_of_few_weeks_an_idea_that_works_is_seen(apart: float) -> None:
    """With 13 weeks as the least, none of these could be told."""
    found = Steps(World(200, 0.2, noise=0.1, effect=-0.6), 10, apart)
    words, _, _ = few_words(found, Born.WEEK, 200)
    assert words[Kept.KEPT] + words[Kept.LESS] >= 0.9 * 200
    assert words[Kept.NOT_SEEN] <= 0.02 * 200
