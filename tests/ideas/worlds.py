"""Weeks of shares in which nothing changes, and ideas that are born in the worst of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.analysis.compare.words import ShownRow
from cjmine.analysis.ideas.plan import LEAST_BEFORE, MONTH
from cjmine.analysis.ideas.spread import spread_of
from cjmine.analysis.ideas.words import Observed
from cjmine.analysis.intervals import share
from cjmine.counting.groups import Flags, Ints
from cjmine.ideas.declared import Promise, PromiseUnit
from cjmine.results.compare import Side

BEFORE = 2 * LEAST_BEFORE


@dataclass(frozen=True, slots=True)
class World:
    """How weeks vary: journeys a week, the level, noise of the logit, how alike weeks are."""

    journeys: int
    level: float
    noise: float = 0.0
    alike: float = 0.0
    after: int = 8
    effect: float = 0.0


def side(n: Ints, of: Ints, weeks: Flags | slice) -> Side:
    found = share(int(n[weeks].sum()), int(of[weeks].sum()))
    return Side(found.n, found.of, found.value, found.low, found.high)


def born_in_the_worst(world: World, random: np.random.Generator, promise: float) -> Observed:
    """An idea about a share that should fall, from the worst of the 13 weeks before it began.

    Weeks 0 to 25 are before; the idea is noted in the worst of the last 13, and begins at week 26.
    The week in which it was noted and the one before are left out.
    """
    total = BEFORE + world.after
    noise = np.empty(total)
    noise[0] = random.normal()
    for week in range(1, total):
        fresh = random.normal() * np.sqrt(1 - world.alike**2)
        noise[week] = world.alike * noise[week - 1] + fresh
    logit = np.log(world.level / (1 - world.level)) + world.noise * noise
    logit[BEFORE:] += world.effect
    of = random.poisson(world.journeys, total)
    n = random.binomial(of, 1 / (1 + np.exp(-logit)))
    last = slice(LEAST_BEFORE, BEFORE)
    worst = LEAST_BEFORE + int(np.argmax(n[last] / of[last]))
    is_before = np.arange(total) < BEFORE
    is_before[worst - 1 : worst + 1] = False
    is_after = np.arange(total) >= BEFORE
    kept = is_before | is_after
    row = ShownRow("drop-off", "Pay", side(n, of, is_before), side(n, of, is_after))
    month = side(n, of, slice(worst + 1 - MONTH, worst + 1))
    weeks = spread_of(n[kept], of[kept], is_after[kept])
    return Observed(row, month, weeks, Promise(promise, PromiseUnit.POINTS))
