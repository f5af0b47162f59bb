"""Which steps go with the score: passed badly against passed well, held equal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from cjmine.analysis.looks import LEAST_JOURNEYS
from cjmine.analysis.satisfaction.counts import GOOD, SIDES, STRATA
from cjmine.analysis.satisfaction.held_equal import (
    LEAST_SUPPORTED,
    Held,
    StratumScores,
    held_equal,
)
from cjmine.analysis.satisfaction.passings import WAYS
from cjmine.analysis.satisfaction.rated import Rated, worth_of
from cjmine.analysis.satisfaction.tallies import Tally
from cjmine.analysis.score_counts import Question
from cjmine.ideal.compiled import CompiledIdeal
from cjmine.results.satisfaction import Bad


@dataclass(frozen=True, slots=True)
class FoundMoment:
    """A step passed badly in one way, and the same step passed well.

    `held` is the difference of the mean scores, bad minus good, and `figure` that of what answers
    are worth; None where there are too few answers, or too few like ones, to say anything.
    """

    step: int
    what: Bad
    bad: Rated
    good: Rated
    held: Held | None
    figure: Held | None


def found_moments(found: Tally, question: Question, ideal: CompiledIdeal) -> Iterator[FoundMoment]:
    """The moments of the steps in their order, of ways that somebody who answered met."""
    for step in range(len(ideal.space.labels)):
        good = _side(found, step, GOOD)
        for way, what in enumerate(WAYS):
            bad = _side(found, step, way)
            if len(bad.value):
                sides = (_rated(question, bad), _rated(question, good))
                held = _held(bad, good) if min(one.n for one in sides) >= LEAST_JOURNEYS else None
                figure = None
                if held is not None:
                    worth = [_worth(question, one) for one in (bad, good)]
                    figure = held_equal(worth[0], worth[1], STRATA)
                yield FoundMoment(step, what, *sides, held, figure)


def _side(found: Tally, step: int, side: int) -> StratumScores:
    scores = found.scores
    rows = np.flatnonzero(scores.group // STRATA == step * SIDES + side)
    return StratumScores(
        scores.group[rows] % STRATA, scores.value[rows].astype(np.float64), scores.times[rows]
    )


def _rated(question: Question, side: StratumScores) -> Rated:
    return Rated(question, side.value, side.times)


def _worth(question: Question, side: StratumScores) -> StratumScores:
    return StratumScores(side.stratum, worth_of(side.value, question), side.times)


def _held(bad: StratumScores, good: StratumScores) -> Held | None:
    """The difference, where enough of the bad passings have like good ones."""
    found = held_equal(bad, good, STRATA)
    return found if found is not None and found.supported >= LEAST_SUPPORTED else None
