"""By whom the journeys of two ideas differ: figures of weeks that overlap are one publication.

Who has the shares of one measure in two stretches of weeks knows their difference. It is counted
for every two that overlap and are not the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from cjmine.analysis.compare.sides import Window
from cjmine.conformance.facts import Facts
from cjmine.counting.groups import Flags, Ints

if TYPE_CHECKING:
    from cjmine.analysis.ideas.counts import FollowedRows, Measure


class Weeks(StrEnum):
    """Which weeks of the plan of an idea."""

    BEFORE = "before"
    AFTER = "after"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Stretch:
    """The journeys of one measure, by its number, in some weeks."""

    measure: int
    weeks: Weeks


@dataclass(frozen=True, slots=True)
class Difference:
    """Customers of journeys that are in one stretch and not in another.

    `having` have a journey there that has what the share is about, `rest` one that does not.
    """

    customers: int
    having: int
    rest: int


Overlap = tuple[Stretch, Stretch]
_COUNTS = 6  # of each overlap: the three of a difference, either way


def overlaps(measures: Sequence[Measure], shown: Sequence[int]) -> tuple[Overlap, ...]:
    """Every two stretches of one share that overlap in time, among the measures that are shown."""
    every = [Stretch(measure, weeks) for measure in shown for weeks in Weeks]
    return tuple(pair for pair in combinations(every, 2) if _overlap(measures, *pair))


def _overlap(measures: Sequence[Measure], one: Stretch, other: Stretch) -> bool:
    a, b = measures[one.measure], measures[other.measure]
    if (a.row, a.contacts) != (b.row, b.contacts):
        return False
    of_one, of_other = _windows(a, one.weeks), _windows(b, other.weeks)
    if not of_one or not of_other:
        return False
    if (of_one, a.where, a.outside) == (of_other, b.where, b.outside):
        return False
    return of_one[0].since <= of_other[-1].until and of_other[0].since <= of_one[-1].until


def _windows(measure: Measure, weeks: Weeks) -> tuple[Window, ...]:
    match weeks:
        case Weeks.BEFORE:
            return measure.plan.before
        case Weeks.AFTER:
            return measure.plan.after
    return (measure.plan.month,)


def count_differences(
    facts: Facts,
    begin: Ints,
    measures: Sequence[Measure],
    followed: Sequence[FollowedRows],
    pairs: Sequence[Overlap],
) -> Ints:
    """The customers of a part by whom stretches differ, six numbers a pair (see `differences`)."""
    flags = {
        one: _flags(facts, begin, measures[one.measure], followed[one.measure], one.weeks)
        for one in dict.fromkeys(one for pair in pairs for one in pair)
    }
    found: list[int] = []
    for pair in pairs:
        for one, other in (pair, pair[::-1]):
            (inside, has), (elsewhere, _) = flags[one], flags[other]
            some = inside & ~elsewhere
            found += [_people(facts, each) for each in (some, some & has, some & ~has)]
    return np.array(found, np.int64)


def _flags(
    facts: Facts, begin: Ints, measure: Measure, found: FollowedRows, weeks: Weeks
) -> tuple[Flags, Flags]:
    """Which journeys of a part are in a stretch, and which have what its share is about."""
    at = begin[found.journey]
    inside = np.zeros(len(at), bool)
    for window in _windows(measure, weeks):
        inside |= (at >= window.since) & (at <= window.until)
    every, has = np.zeros(len(facts), bool), np.zeros(len(facts), bool)
    every[found.journey[inside]] = True
    has[found.journey[found.has]] = True
    return every, has


def _people(facts: Facts, some: Flags) -> int:
    return int(np.count_nonzero(np.bincount(facts.customer[some], minlength=1)))


def differences(counts: Ints) -> Iterator[tuple[Difference, Difference]]:
    """Those of each pair: in the first stretch and not in the second, and the other way round."""
    for one in counts.reshape(-1, _COUNTS).tolist():
        yield Difference(*one[:3]), Difference(*one[3:])
