"""Weeks of shares in which nothing changes, and ideas that are born in the worst of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np

from cjmine.analysis.compare.words import ShownRow
from cjmine.analysis.ideas.changes import level
from cjmine.analysis.ideas.plan import ENOUGH_BEFORE, MONTH
from cjmine.analysis.ideas.spread import spread_of
from cjmine.analysis.ideas.words import Observed
from cjmine.analysis.influences import Floats
from cjmine.analysis.intervals import share
from cjmine.counting.groups import Flags, Ints
from cjmine.ideas.declared import Promise, PromiseUnit
from cjmine.results.compare import Side

BEFORE = 2 * ENOUGH_BEFORE


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
    noise = _noise(world, (1, total), random)[0]
    logit = np.log(world.level / (1 - world.level)) + world.noise * noise
    logit[BEFORE:] += world.effect
    of = random.poisson(world.journeys, total)
    n = random.binomial(of, 1 / (1 + np.exp(-logit)))
    last = slice(ENOUGH_BEFORE, BEFORE)
    worst = ENOUGH_BEFORE + int(np.argmax(n[last] / of[last]))
    is_before = np.arange(total) < BEFORE
    is_before[worst - 1 : worst + 1] = False
    is_after = np.arange(total) >= BEFORE
    kept = is_before | is_after
    row = ShownRow("drop-off", "Pay", side(n, of, is_before), side(n, of, is_after))
    month = side(n, of, slice(worst + 1 - MONTH, worst + 1))
    weeks = spread_of(n[kept], of[kept], is_after[kept])
    return Observed(row, month, weeks, Promise(promise, PromiseUnit.POINTS))


@dataclass(frozen=True, slots=True)
class Steps:
    """A world of several steps with few weeks before: levels vary by `apart` on the log-odds.

    So many weeks `known` lie before, the worst of which an idea is born in.
    """

    world: World
    known: int
    apart: float = 0.0
    steps: int = 8


class Born(Enum):
    """Which step an idea is about, and which week it is born in."""

    ANYWHERE = "any step, the last week"
    WEEK = "one step, its worst week"
    STEP = "the worst step, its worst week"
    STEP_AND_WEEK = "the worst of all weeks of all steps"


def few_weeks(
    found: Steps, born: Born, random: np.random.Generator, promise: float
) -> tuple[Observed, float]:
    """An idea with few weeks before it, beside the levels of other steps; and its true effect."""
    world, known = found.world, found.known
    total = known + world.after
    centre = np.log(world.level / (1 - world.level)) + found.apart * random.normal(size=found.steps)
    logit = centre[:, None] + world.noise * _noise(world, (found.steps, total), random)
    of = random.poisson(world.journeys, logit.shape)
    n = random.binomial(of, 1 / (1 + np.exp(-logit)))
    step, worst = _born(born, n[:, :known], of[:, :known], random)
    n[step, known:] = random.binomial(
        of[step, known:], 1 / (1 + np.exp(-logit[step, known:] - world.effect))
    )
    is_before, is_after = np.arange(total) < known, np.arange(total) >= known
    is_before[max(0, worst - 1) : worst + 1] = False
    kept = is_before | is_after
    sides = [side(n[at], of[at], is_before) for at in range(found.steps)]
    weeks = [spread_of(n[at][kept], of[at][kept], is_after[kept]) for at in range(found.steps)]
    levels = [level(*both) for both in zip(sides, weeks, strict=True)]
    month = side(n[step], of[step], slice(max(0, worst + 1 - MONTH), worst + 1))
    observed = Observed(
        ShownRow("drop-off", "Pay", sides[step], side(n[step], of[step], is_after)),
        month,
        weeks[step],
        Promise(promise, PromiseUnit.POINTS),
        others=tuple(one for at, one in enumerate(levels) if at != step and one is not None),
    )
    return observed, _mean(world, centre[step] + world.effect) - _mean(world, centre[step])


def _born(born: Born, n: Ints, of: Ints, random: np.random.Generator) -> tuple[int, int]:
    shares = n / np.maximum(1, of)
    if born is Born.STEP_AND_WEEK:
        step, week = np.unravel_index(int(np.argmax(shares)), shares.shape)
        return int(step), int(week)
    if born is Born.STEP:
        step = int(np.argmax(n.sum(1) / of.sum(1)))
    else:
        step = int(random.integers(len(n)))
    last = n.shape[1] - 1
    return step, last if born is Born.ANYWHERE else int(np.argmax(shares[step]))


def _noise(world: World, shape: tuple[int, int], random: np.random.Generator) -> Floats:
    """Standard normal by week, each like the week before as far as weeks are alike."""
    found = random.normal(size=shape)
    for week in range(1, shape[1]):
        found[:, week] *= np.sqrt(1 - world.alike**2)
        found[:, week] += world.alike * found[:, week - 1]
    return found


def _mean(world: World, logit: float) -> float:
    """The mean share of weeks whose log-odds vary around a level."""
    at = np.linspace(-5, 5, 201)
    weight = np.exp(-(at**2) / 2)
    return float(weight @ (1 / (1 + np.exp(-logit - world.noise * at))) / weight.sum())
