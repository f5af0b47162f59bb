"""Ideas born in bad weeks: the naive figure shows a gain, the measure does not."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from ideas.worlds import World, born_in_the_worst

from cjmine.analysis.ideas.words import judged
from cjmine.results.ideas import Kept

PROMISE = -0.04
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
