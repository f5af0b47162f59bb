"""What changed in a trend, from figures that are shown: differences with what is near them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from cjmine.analysis.differences import change, correlation
from cjmine.analysis.trend.finished import FinishedTrend
from cjmine.analysis.trend.levels import Levels
from cjmine.analysis.trend.measures import Series
from cjmine.declared import DatedChange
from cjmine.disclosure.policy import Policy
from cjmine.disclosure.shown import shown, two_digits
from cjmine.results.trend import LevelChange, Near, Slope

_NEAR = 14  # days between a change of a figure and the dated change that is named beside it


def changes_of(
    found: FinishedTrend,
    places: Sequence[int],
    levels: Sequence[Levels],
    mature: Sequence[int],
    policy: Policy,
) -> tuple[LevelChange, ...]:
    """Every change of level, in the order of the series and then of time.

    Both levels are shares of all their journeys; customers who have some on both sides count for
    the interval of the difference.
    """
    rows = []
    for series, level in zip(places, levels, strict=True):
        for one in level.changes:
            first, at, end = (_period(mature, place) for place in (one.first, one.at, one.end))
            sides = found.between(first, at), found.between(at, end)
            before, after = (shown(found.share_among(series, side), policy) for side in sides)
            if before.value is None or after.value is None:
                continue
            alike = correlation(*found.journeys.crossed(series, *sides))
            alike = two_digits(alike) if policy.release else alike
            named = found.subject.series[series]
            day = found.periods.first_day(at)
            rows.append(
                LevelChange(
                    named.measure,
                    named.step,
                    day,
                    before,
                    after,
                    change(after, before, alike),
                    one.p,
                    near(day, found.subject.dated),
                )
            )
    return tuple(rows)


def shown_limits(
    found: FinishedTrend, series: int, level: Levels, mature: Sequence[int], policy: Policy
) -> Levels:
    """The same levels, without the limits of one that is of too few customers."""
    if not any(level.limits):
        return level
    limits = list(level.limits)
    edges = [0, *(one.at for one in level.changes), len(limits)]
    for first, end in pairwise(edges):
        among = found.between(_period(mature, first), _period(mature, end))
        if shown(found.share_among(series, among), policy).n is None:
            limits[first:end] = [None] * (end - first)
    return replace(level, limits=tuple(limits))


def slopes_of(
    series: Sequence[Series], levels: Sequence[Levels], days: Sequence[tuple[str, str]]
) -> tuple[Slope, ...]:
    """Every slope, in the order of the series; `days` are the first and last of each period."""
    return tuple(
        Slope(
            one.measure,
            one.step,
            days[each.first][0],
            days[each.end - 1][1],
            each.by_period,
            each.p,
        )
        for one, level in zip(series, levels, strict=True)
        for each in level.slopes
    )


def _period(mature: Sequence[int], place: int) -> int:
    """The period of a place among the judged ones; past the last, the one after it."""
    return mature[place] if place < len(mature) else mature[-1] + 1


def near(day: str, dated: Sequence[DatedChange]) -> Near | None:
    """The dated change that is nearest to a day, at most two weeks away."""
    there = date.fromisoformat(day)
    days = [((there - one.on).days, one) for one in dated]
    close = sorted((abs(away), away, one.what, one) for away, one in days if abs(away) <= _NEAR)
    if not close:
        return None
    _, away, what, one = close[0]
    return Near(one.on.isoformat(), what, abs(away), away < 0)
