"""From the shown shares of an idea to how much it changed, and to the word for its promise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil

from cjmine.analysis.compare.words import ShownRow, better
from cjmine.analysis.differences import Difference
from cjmine.analysis.ideas.changes import changed, level, side_difference
from cjmine.analysis.ideas.plan import ENOUGH_BEFORE, LEAST_AFTER, LEAST_BEFORE
from cjmine.analysis.ideas.shrunken import Level, Shrunken, shrunken
from cjmine.analysis.ideas.spread import Spread
from cjmine.analysis.intervals import Z95
from cjmine.analysis.looks import FALSE_SHARE, is_enough, p_value, q_values, verdict
from cjmine.ideas.declared import Promise, PromiseUnit
from cjmine.results.compare import Side
from cjmine.results.ideas import IdeaChange, Kept, Lack, Measurement, ShrunkenBefore
from cjmine.results.verdicts import Verdict

_POWER = Z95 / (Z95 + 0.8416)  # half an interval, as a part of what is then found 4 times of 5
_MOST_WEEKS = 104


@dataclass(frozen=True, slots=True)
class Observed:
    """What may be shown of an idea: its share before and after, the month, how weeks vary.

    `others` are the levels of other steps in the weeks before. `goal` is the share of goals before
    and after, where the harm to it is asked about. `lack` is why nothing is said of the change.
    """

    row: ShownRow
    month: Side
    weeks: Spread
    promise: Promise | None
    goal: ShownRow | None = None
    goal_weeks: Spread | None = None
    harm: float | None = None
    others: tuple[Level, ...] = ()
    lack: Lack | None = None

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
    lack = one.lack or _lack(one.row, weeks)
    pulled = None if lack is not None or weeks.before >= ENOUGH_BEFORE else _pulled(one)
    if lack is None and weeks.before < ENOUGH_BEFORE and pulled is None:
        lack = Lack.BEFORE
    found = None if lack is not None else changed(one.row, weeks, pulled)
    if found is None and lack is None:
        lack = Lack.JOURNEYS
    before = a.value
    if before is not None and pulled is not None:
        before += pulled.moved
    month = side_difference(one.month, a)
    measured = Measurement(
        before=a,
        after=b,
        weeks_before=weeks.before,
        weeks_after=weeks.after,
        shrunken=_shrunken(before, pulled),
        control=None if one.row.control is None else one.row.control.sides,
        unit=one.unit,
        change=None if found is None else _in_unit(found, one.unit, before, b.of, weeks.after),
        p=None if found is None else p_value(found),
        q=None,
        naive=_naive(one, weeks.after),
        is_unusual=month is not None and month.low * month.high > 0,
        verdict=None,
        more_weeks=None,
        goal=_goal(one),
    )
    return Judged(measured, lack)


def _lack(row: ShownRow, weeks: Spread) -> Lack | None:
    """What is missing for a change of the share of a row; so many weeks may still be too few."""
    a, b = row.a, row.b
    if weeks.before < LEAST_BEFORE:
        return Lack.BEFORE
    if weeks.after < LEAST_AFTER:
        return Lack.AFTER
    if not _may_compare(a, b):
        return Lack.JOURNEYS
    beside = None if row.control is None else row.control.sides
    return None if beside is None or _may_compare(beside.a, beside.b) else Lack.JOURNEYS


def _may_compare(a: Side, b: Side) -> bool:
    if a.n is None or a.of is None or b.n is None or b.of is None:
        return False
    return is_enough(a.n, a.of, b.n, b.of)


def _pulled(one: Observed) -> Shrunken | None:
    """Where the share before is pulled to; None with too few others to know."""
    own = level(one.row.a, one.weeks)
    return None if own is None else shrunken(own, one.others)


def _shrunken(before: float | None, pulled: Shrunken | None) -> ShrunkenBefore | None:
    if before is None or pulled is None:
        return None
    return ShrunkenBefore(before, pulled.others)


def _in_unit(
    found: Difference, unit: PromiseUnit, before: float | None, journeys: int | None, weeks: int
) -> IdeaChange | None:
    """A difference of shares in the unit of a promise; None as a part of nothing."""
    scale = _scale(unit, before, journeys, weeks)
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
    weeks = one.goal_weeks
    lacks = weeks.before < ENOUGH_BEFORE or _lack(one.goal, weeks) is not None
    found = None if lacks else changed(one.goal, weeks)
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
    if found.weeks_before < ENOUGH_BEFORE and found.shrunken is None:
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
