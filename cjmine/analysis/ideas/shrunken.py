"""The level before an idea where few weeks are known: pulled towards what other steps had.

A step that was chosen because it looked bad looks worse than it is (the winner's curse). Empirical
Bayes takes levels of one kind, such as the drop-off of every step, as drawn from one distribution:
its variance is known from how much they differ beyond chance (DerSimonian and Laird 1986), and a
level that few journeys are behind is pulled to its mean. So chosen levels are not biased (Efron
2011). How far to pull is itself uncertain: that widens the interval (Morris 1983).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from cjmine.analysis.ideas.spread import Spread, pooled
from cjmine.analysis.influences import Floats

LEAST_LEVELS = 4  # of which fewer say nothing of how much levels differ


@dataclass(frozen=True, slots=True)
class Level:
    """Journeys of one step in the weeks before: `n` of `of` have something.

    `effect` is the design effect of their customers; `weeks` say how weeks vary.
    """

    n: int
    of: int
    effect: float
    weeks: Spread


@dataclass(frozen=True, slots=True)
class Shrunken:
    """How far a share is pulled by so many `others`, and the standard error of that pull.

    `dispersion` is that of all: few weeks of one step say little of how weeks differ.
    """

    moved: float
    error: float
    others: int
    dispersion: float


def shrunken(own: Level, others: Sequence[Level]) -> Shrunken | None:
    """How far the level of one step is pulled towards those of others; None with fewer than three.

    Levels are log-odds; none varies less than all do together. With k levels the pull is
    (k - 3) / (k - 1) of what it would be if their distribution were known.

    >>> weeks = Spread(10, 10, 1.0, 0.0, 18)
    >>> found = shrunken(Level(40, 100, 1.0, weeks), [Level(20, 100, 1.0, weeks)] * 7)
    >>> found and (round(found.moved, 3), round(found.error, 3), found.others)
    (-0.057, 0.036, 7)
    """
    levels = [own, *others]
    if len(levels) < LEAST_LEVELS:
        return None
    common = pooled([one.weeks for one in levels])
    having = np.array([one.n for one in levels]) + 0.5
    rest = np.array([one.of - one.n for one in levels]) + 0.5
    varying = np.array([max(common, one.effect, one.weeks.dispersion) for one in levels])
    odds, variance = np.log(having / rest), varying * (1 / having + 1 / rest)
    between = _between(odds, variance)
    weight = 1 / (variance + between)
    middle = float(weight @ odds / weight.sum())
    few = (len(levels) - 3) / (len(levels) - 1)
    pull = few * float(variance[0] * weight[0])
    at = float(odds[0])
    moved = _share(at + pull * (middle - at)) - _share(at)
    error = sqrt(2 / (len(levels) - 3)) * abs(moved)
    return Shrunken(moved, error, len(others), common)


def _between(odds: Floats, variance: Floats) -> float:
    """The variance between levels, by moments: what they vary beyond chance."""
    weight = 1 / variance
    middle = weight @ odds / weight.sum()
    beyond = weight @ (odds - middle) ** 2 - (len(odds) - 1)
    return max(0.0, float(beyond / (weight.sum() - weight @ weight / weight.sum())))


def _share(odds: float) -> float:
    return float(1 / (1 + np.exp(-odds)))
