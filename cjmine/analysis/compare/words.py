"""From shown figures of two sides to their difference, p, q and word; it sees nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt

from cjmine.analysis.differences import (
    Difference,
    detectable,
    detectable_factor,
    difference,
)
from cjmine.analysis.intervals import Z95, Interval, effect_of
from cjmine.analysis.looks import (
    LEAST_JOURNEYS,
    Better,
    is_enough,
    p_value,
    q_values,
    verdict,
)
from cjmine.results.compare import (
    AS_DESIGNED,
    DONE,
    FITNESS,
    GOAL_RATE,
    RETURNED,
    TIME,
    ComparedRow,
    ControlSides,
    Side,
    SideDifference,
    Unit,
)
from cjmine.results.share import Share
from cjmine.results.verdicts import Verdict

_HIGHER_IS_BETTER = (GOAL_RATE, FITNESS, RETURNED, AS_DESIGNED, DONE)


@dataclass(frozen=True, slots=True)
class Beside:
    """The sides of a control, and how much more the compared journeys changed, where known."""

    sides: ControlSides
    difference: Difference | None


@dataclass(frozen=True, slots=True)
class ShownRow:
    """The figures of both sides that may be shown, how alike they vary, and those of a control."""

    measure: str
    step: str | None
    a: Side
    b: Side
    correlation: float = 0.0
    control: Beside | None = None


def compared_rows(
    rows: Sequence[ShownRow], has_verdict: bool = True, margin: float | None = None
) -> tuple[ComparedRow, ...]:
    """The rows with their differences, and a word for each where words are given at all.

    `margin` is the harm of a share that would not matter. q is over all rows but the goal.
    """
    found = [_compared(row, len(rows)) for row in rows]
    corrected = q_values([None if row.measure == GOAL_RATE else row.p for row in found])
    return tuple(
        replace(row, q=q, verdict=_word(row, q, margin) if has_verdict else None)
        for row, q in zip(found, corrected, strict=True)
    )


def better(measure: str) -> Better:
    """Which way a measure should go."""
    return Better.HIGHER if measure in _HIGHER_IS_BETTER else Better.LOWER


def _compared(row: ShownRow, rows: int) -> ComparedRow:
    unit = Unit.SECONDS if row.measure == TIME else Unit.SHARE
    found = _difference(row)
    p = None if found is None or not _is_enough(row) else p_value(found)
    alpha = 0.05 if row.measure == GOAL_RATE else 0.05 / max(1, rows - 1)
    return ComparedRow(
        measure=row.measure,
        step=row.step,
        unit=unit,
        a=row.a,
        b=row.b,
        difference=_shown_difference(row, found),
        p=p,
        q=None,
        verdict=None,
        detectable=_detectable(row, found, alpha),
        control=None if row.control is None else row.control.sides,
    )


def _shown_difference(row: ShownRow, found: Difference | None) -> SideDifference | None:
    """The value alone where an interval may not be shown; nothing of a contrast without one."""
    if found is not None:
        return SideDifference(found.value, found.low, found.high)
    if row.control is not None or row.a.value is None or row.b.value is None:
        return None
    return SideDifference(row.b.value - row.a.value, None, None)


def _word(row: ComparedRow, q: float | None, margin: float | None) -> Verdict:
    found = row.difference
    if row.p is None or found is None or found.low is None or found.high is None:
        return verdict(None, None, better(row.measure))
    decides = row.p if row.measure == GOAL_RATE else q
    sure = Difference(found.value, found.low, found.high)
    harm = margin if row.unit is Unit.SHARE else None
    return verdict(sure, decides, better(row.measure), harm)


def _difference(row: ShownRow) -> Difference | None:
    if row.control is not None:
        return row.control.difference
    one, other = _sure(row.a), _sure(row.b)
    if one is None or other is None or row.a.value is None or row.b.value is None:
        return None
    return difference(row.b.value, other, row.a.value, one, row.correlation)


def _sure(side: Side) -> Interval | None:
    return None if side.low is None or side.high is None else Interval(side.low, side.high)


def _is_enough(row: ShownRow) -> bool:
    a, b = row.a, row.b
    if row.measure == FITNESS:
        return min(a.of or 0, b.of or 0) >= LEAST_JOURNEYS
    if row.measure == TIME:
        return min(_timed(a), _timed(b)) >= LEAST_JOURNEYS
    pairs = [(a, b)]
    if row.control is not None:
        pairs.append((row.control.sides.a, row.control.sides.b))
    return all(_is_pair_enough(one, other) for one, other in pairs)


def _is_pair_enough(a: Side, b: Side) -> bool:
    if a.n is None or a.of is None or b.n is None or b.of is None:
        return False
    return is_enough(a.n, a.of, b.n, b.of)


def _timed(side: Side) -> int:
    """The journeys with a time; all but a few where the time alone may be shown."""
    return (side.n if side.n is not None else side.of) or 0


def _detectable(row: ShownRow, found: Difference | None, alpha: float) -> float | None:
    """Of shares alone; correlated sides vary less in their difference.

    Beside a control it follows from the interval, which has the variance of all four shares.
    """
    if row.control is not None:
        if found is None:
            return None
        return (found.high - found.low) / 2 / Z95 * detectable_factor(alpha)
    sides = (row.a, row.b)
    if row.measure in (TIME, FITNESS) or any(one.low is None or not one.of for one in sides):
        return None
    n, of = (sum(getattr(one, name) for one in sides) for name in ("n", "of"))
    one, other = (_effective(side) for side in sides)
    least = detectable(n / of, one, other, alpha)
    return None if least is None else least * sqrt(1 - row.correlation)


def _effective(side: Side) -> float:
    assert side.of is not None
    return side.of / effect_of(Share(side.value, side.low, side.high, side.n, side.of))
