"""How much the share of an idea changed, with an interval that holds how much weeks differ."""

from __future__ import annotations

from math import hypot

from cjmine.analysis.compare.words import ShownRow
from cjmine.analysis.differences import Difference, difference
from cjmine.analysis.ideas.shrunken import Level, Shrunken
from cjmine.analysis.ideas.spread import Spread
from cjmine.analysis.intervals import Interval, effect_of, student
from cjmine.analysis.looks import LEAST_JOURNEYS, LEAST_OUTCOMES
from cjmine.results.compare import Side
from cjmine.results.share import Share


def changed(row: ShownRow, weeks: Spread, pulled: Shrunken | None = None) -> Difference | None:
    """The change, with an interval as wide as weeks differ and no narrower than by customer.

    Beside a control it is how much more the share changed than there. A level before that is
    `pulled` moves the change the other way, and widens it by what is not known of the pull.
    """
    if row.control is not None:
        found = row.control.difference
    else:
        found = side_difference(row.b, row.a, row.correlation)
    if found is None:
        return None
    effect, moved, margin = min(_effect(row.a), _effect(row.b)), 0.0, 0.0
    if pulled is None:
        wider = weeks.factor(effect)
    else:
        wider = weeks.factor(effect, pulled.dispersion)
        moved, margin = pulled.moved, student(weeks.freedom) * pulled.error
    value = found.value - moved
    down, up = (wider * end for end in (found.value - found.low, found.high - found.value))
    return Difference(value, value - hypot(down, margin), value + hypot(up, margin))


def side_difference(now: Side, before: Side, correlation: float = 0.0) -> Difference | None:
    """The difference of two shares; None where an interval of either is not shown."""
    sure, sure_before = _sure(now), _sure(before)
    if sure is None or sure_before is None or now.value is None or before.value is None:
        return None
    return difference(now.value, sure, before.value, sure_before, correlation)


def level(before: Side, weeks: Spread) -> Level | None:
    """A share that is shown, as one of several levels; None of too few journeys."""
    n, of = before.n, before.of
    if n is None or of is None or before.low is None:
        return None
    if of < LEAST_JOURNEYS or min(n, of - n) < LEAST_OUTCOMES:
        return None
    return Level(n, of, _effect(before), weeks)


def _sure(side: Side) -> Interval | None:
    return None if side.low is None or side.high is None else Interval(side.low, side.high)


def _effect(side: Side) -> float:
    return max(1.0, effect_of(Share(side.value, side.low, side.high, side.n, side.of)))
