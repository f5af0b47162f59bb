"""From the shown shares of an idea to how much it changed, and to the word for its promise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil

from cjmine.analysis.compare.words import ShownRow, better
from cjmine.analysis.differences import Difference, difference
from cjmine.analysis.ideas.plan import LEAST_AFTER, LEAST_BEFORE
from cjmine.analysis.ideas.spread import Spread
from cjmine.analysis.intervals import Z95, Interval, effect_of
from cjmine.analysis.looks import FALSE_SHARE, is_enough, p_value, q_values, verdict
from cjmine.ideas.declared import Promise, PromiseUnit
from cjmine.results.compare import Side
from cjmine.results.ideas import IdeaChange, Kept, Lack, Measurement
from cjmine.results.share import Share
from cjmine.results.verdicts import Verdict

_POWER = Z95 / (Z95 + 0.8416)  # half an interval, as a part of what is then found 4 times of 5
_MOST_WEEKS = 104


@dataclass(frozen=True, slots=True)
class Observed:
    """What may be shown of an idea: its share before and after, the month, how weeks vary.

    `goal` is the share of goals before and after, where the harm to it is asked about.
    """

    row: ShownRow
    month: Side
    weeks: Spread
    promise: Promise | None
    goal: ShownRow | None = None
    goal_weeks: Spread | None = None
    harm: float | None = None

    @property
    def unit(self) -> PromiseUnit:
        """What its change is written in."""
        return PromiseUnit.POINTS if self.promise is None else self.promise.unit


@dataclass(frozen=True, slots=True)
class Judged:
    """A measurement, and what it lacks."""

    measured: Measurement
    lack: Lack | None


def judged(every: Sequence[Observed]) -> tuple[Judged, ...]:
    """The ideas with words; q is over all of them that can be said anything of."""
    found = [_judged(one) for one in every]
    q = q_values([one.measured.p for one in found])
    return tuple(
        replace(one, measured=_worded(one, observed, each))
        for one, observed, each in zip(found, every, q, strict=True)
    )


def _judged(one: Observed) -> Judged:
    a, b, weeks = one.row.a, one.row.b, one.weeks
    lack = _lack(a, b, weeks)
    found = None if lack is not None else _difference(one.row, weeks)
    if found is None and lack is None:
        lack = Lack.JOURNEYS
    month = _side_difference(one.month, a)
    measured = Measurement(
        before=a,
        after=b,
        weeks_before=weeks.before,
        weeks_after=weeks.after,
        unit=one.unit,
        change=None if found is None else _in_unit(found, one.unit, a, b, weeks.after),
        p=None if found is None else p_value(found),
        q=None,
        naive=_naive(one, weeks.after),
        is_unusual=month is not None and month.low * month.high > 0,
        verdict=None,
        more_weeks=None,
        goal=_goal(one),
    )
    return Judged(measured, lack)


def _lack(a: Side, b: Side, weeks: Spread) -> Lack | None:
    if weeks.before < LEAST_BEFORE:
        return Lack.BEFORE
    if weeks.after < LEAST_AFTER:
        return Lack.AFTER
    if a.n is None or a.of is None or b.n is None or b.of is None:
        return Lack.JOURNEYS
    return None if is_enough(a.n, a.of, b.n, b.of) else Lack.JOURNEYS


def _difference(row: ShownRow, weeks: Spread) -> Difference | None:
    """The change, with an interval as wide as weeks differ and no narrower than by customer."""
    found = _side_difference(row.b, row.a, row.correlation)
    if found is None:
        return None
    wider = weeks.factor(min(_effect(row.a), _effect(row.b)))
    return Difference(
        found.value,
        found.value - wider * (found.value - found.low),
        found.value + wider * (found.high - found.value),
    )


def _side_difference(now: Side, before: Side, correlation: float = 0.0) -> Difference | None:
    sure, sure_before = _sure(now), _sure(before)
    if sure is None or sure_before is None or now.value is None or before.value is None:
        return None
    return difference(now.value, sure, before.value, sure_before, correlation)


def _sure(side: Side) -> Interval | None:
    return None if side.low is None or side.high is None else Interval(side.low, side.high)


def _effect(side: Side) -> float:
    return max(1.0, effect_of(Share(side.value, side.low, side.high, side.n, side.of)))


def _in_unit(
    found: Difference, unit: PromiseUnit, a: Side, b: Side, weeks: int
) -> IdeaChange | None:
    """A difference of shares in the unit of a promise; None as a part of nothing."""
    scale = _scale(unit, a.value, b.of, weeks)
    if scale is None:
        return None
    return IdeaChange(found.value * scale, found.low * scale, found.high * scale)


def _scale(
    unit: PromiseUnit, before: float | None, journeys: int | None, weeks: int
) -> float | None:
    match unit:
        case PromiseUnit.PERCENT:
            return 1 / before if before else None
        case PromiseUnit.JOURNEYS:
            return journeys / weeks if journeys is not None and weeks else None
    return 1.0


def _naive(one: Observed, weeks: int) -> float | None:
    now, then = one.row.b.value, one.month.value
    scale = _scale(one.unit, then, one.row.b.of, weeks)
    return None if now is None or then is None or scale is None else (now - then) * scale


def _goal(one: Observed) -> Verdict | None:
    """The verdict on the goal, by the interval that weeks give; None where no harm is declared."""
    if one.goal is None or one.goal_weeks is None:
        return None
    lacks = _lack(one.goal.a, one.goal.b, one.goal_weeks) is not None
    found = None if lacks else _difference(one.goal, one.goal_weeks)
    p = None if found is None else p_value(found)
    return verdict(found, p, better(one.goal.measure), one.harm)


def _worded(found: Judged, one: Observed, q: float | None) -> Measurement:
    measured = replace(found.measured, q=q)
    if one.promise is None:
        return measured
    word = kept(measured.change, q, one.promise.value)
    more = _more_weeks(measured, one.promise) if word is Kept.CANNOT_TELL else None
    return replace(measured, verdict=word, more_weeks=more)


def kept(change: IdeaChange | None, q: float | None, promised: float) -> Kept:
    """What became of a promise: by the interval of the change, and its q in the table.

    >>> kept(IdeaChange(-0.046, -0.072, -0.02), 0.01, -0.04).value
    'kept its promise'
    >>> kept(IdeaChange(1, -14, 16), 0.9, -20).value, kept(IdeaChange(-9, -34, 25), 0.5, -30).value
    ('not seen', 'cannot tell')
    """
    if change is None or q is None:
        return Kept.CANNOT_TELL
    worst, best = (change.low, change.high) if promised > 0 else (-change.high, -change.low)
    if worst > 0 and q < FALSE_SHARE:
        return Kept.KEPT if best >= abs(promised) else Kept.LESS
    return Kept.NOT_SEEN if worst <= 0 and best < abs(promised) else Kept.CANNOT_TELL


def _more_weeks(found: Measurement, promise: Promise) -> int | None:
    """After how many more weeks the promise, if kept, would be found in four of five tries.

    The interval narrows with the weeks on both sides, of which only those after become more.
    """
    if found.weeks_before < LEAST_BEFORE:
        return None
    if found.weeks_after < LEAST_AFTER:
        return LEAST_AFTER - found.weeks_after
    if found.change is None:
        return None
    before, after = found.weeks_before, found.weeks_after
    half = (found.change.high - found.change.low) / 2
    by_week = half**2 / (1 / before + 1 / after)
    left = (_POWER * promise.value) ** 2 / by_week - 1 / before if by_week else 1.0
    if left <= 0:
        return None
    more = max(1, ceil(1 / left - after))
    return more if more <= _MOST_WEEKS else None
