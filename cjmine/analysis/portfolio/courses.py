"""The goal of journeys over time as it is shown: of several together, and whether it changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from cjmine.analysis.levels import LEAST_FOR_LIMITS
from cjmine.analysis.trend.levels import PRIMARY, Levels, is_followed, levels_of
from cjmine.counting.groups import Ints
from cjmine.results.portfolio import Movement, TrendPoint
from cjmine.results.share import Share
from cjmine.results.trend import Every

Points = tuple[TrendPoint, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """What a goal did, and the first day of the period from which on it did."""

    movement: Movement
    since: str | None = None


def mature(bounds: Ints, full_time: int | None, until: int) -> int:
    """How many periods are over for so long that every journey of them had its full time.

    `bounds` are the moments between periods, `until` is the end of the log.

    >>> mature(np.array([0, 7, 14, 21]), 5, 20), mature(np.array([0, 7]), None, 20)
    (2, 0)
    """
    if full_time is None:
        return 0
    return int(np.count_nonzero(bounds[1:] - 1 + full_time <= until))


def together(courses: Sequence[Points]) -> Points:
    """The goal of several journeys by period, as sums of the counts that are shown of each.

    Journeys with more than a tenth of their periods withheld are left out as a whole, so that all
    periods are about the same journeys. It ends with the last period that all others have. One
    journey alone is as it is shown.

    >>> one = TrendPoint("2026-03-02", 6, 10, 0.6)
    >>> together([(one,), (TrendPoint("2026-03-02", 2, 10, 0.2),)])[0].value
    0.4
    """
    some = [one for one in courses if one]
    if len(some) == 1:
        return some[0]
    known = [one for one in some if _is_shown(one)]
    return tuple(_sum(points) for points in zip(*known, strict=False))


def _is_shown(points: Points) -> bool:
    return is_followed(
        [Share(None, None, None, None, 1) if one.n is None else _share(one) for one in points]
    )


def _sum(points: Sequence[TrendPoint]) -> TrendPoint:
    day = points[0].from_
    n, of = 0, 0
    for one in points:
        if one.n is None or one.of is None:
            return TrendPoint(day, None, None, None)
        n, of = n + one.n, of + one.of
    return TrendPoint(day, n, of, n / of if of else None)


def moved(courses: Sequence[Points], every: Every) -> list[Moved]:
    """What the goal of each row did last, by the rules of `trend`: each is a look of its own.

    The latest change of level or slope that `trend` finds says gained or lost; where it finds none
    in eight judged periods or more, the goal is steady. Where fewer are shown, that cannot be told.
    """
    shares = [[_share(one) for one in points] for points in courses]
    levels = levels_of(shares, [PRIMARY] * len(shares), every)
    return [_moved(*row) for row in zip(courses, shares, levels, strict=True)]


def _moved(points: Points, shares: Sequence[Share], found: Levels) -> Moved:
    if not found.is_followed or sum(bool(one.of) for one in shares) < LEAST_FOR_LIMITS:
        return Moved(Movement.CANNOT_TELL)
    at, by = max(_steps(found), default=(0, 0.0))
    if not by:
        return Moved(Movement.STEADY)
    return Moved(Movement.GAINED if by > 0 else Movement.LOST, points[at].from_)


def _steps(found: Levels) -> Iterator[tuple[int, float]]:
    """From which period on the goal changes, and by how much."""
    for one in found.changes:
        yield one.at, one.later_n / one.later_of - one.n / one.of
    for slope in found.slopes:
        yield slope.first, slope.by_period


def _share(one: TrendPoint) -> Share:
    if one.n is None:
        return Share(None, None, None, None, one.of)
    return Share(one.value, None, None, one.n, one.of)
