"""Peak and end: do the worst moment and the last one go with the score, and does duration?

People judge an experience by its most intense moment and its end, and hardly by how long it took
(Kahneman and others 1993; Redelmeier and Kahneman 1996).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.analysis.looks import LEAST_JOURNEYS
from cjmine.analysis.multisets import Values, values
from cjmine.analysis.satisfaction.counts import LONGS, TIMES
from cjmine.analysis.satisfaction.held_equal import Held, StratumScores, held_equal
from cjmine.analysis.satisfaction.rated import Rated, rated
from cjmine.analysis.score_counts import Question
from cjmine.counting.groups import Ints


@dataclass(frozen=True, slots=True)
class FoundEnd:
    """The scores of customers with or without a bad moment before the last, and a bad last one."""

    bad_before: bool
    bad_end: bool
    rated: Rated


@dataclass(frozen=True, slots=True)
class FoundDuration:
    """Journeys of `seconds` or more against shorter ones, at equal moments and ends."""

    seconds: int
    long: int
    short: int
    held: Held | None


@dataclass(frozen=True, slots=True)
class FoundEnds:
    """The four means; `duration` is None where all journeys took about as long."""

    ends: tuple[FoundEnd, ...]
    duration: FoundDuration | None


def found_ends(scores: Values, question: Question) -> FoundEnds:
    """What scores say of moments and ends; groups are those of `QuestionCounts.ends`."""
    cell, took = np.divmod(scores.group, LONGS)
    ends = []
    for number in range(4):
        mine = cell == number
        one = values(
            np.zeros(np.count_nonzero(mine), np.int64), scores.value[mine], scores.times[mine]
        )
        ends.append(FoundEnd(number > 1, number % 2 > 0, rated(question, one)))
    return FoundEnds(tuple(ends), _duration(scores, cell, took))


def _duration(scores: Values, cell: Ints, took: Ints) -> FoundDuration | None:
    """Long against short, where a round time parts journeys into halves as well as one can."""
    many = np.bincount(took, scores.times, LONGS).astype(np.int64)
    below = np.cumsum(many)[:-1]
    total = int(many.sum())
    at = int(np.argmin(np.abs(2 * below - total)))
    short = int(below[at])
    if not 0 < short < total:
        return None
    is_long = took > at
    sides = [
        StratumScores(cell[side], scores.value[side].astype(np.float64), scores.times[side])
        for side in (is_long, ~is_long)
    ]
    held = (
        held_equal(sides[0], sides[1], 4) if min(short, total - short) >= LEAST_JOURNEYS else None
    )
    return FoundDuration(TIMES[at], total - short, short, held)
