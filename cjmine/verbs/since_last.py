"""What is new since an earlier trend of the same journey."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from cjmine.errors import Code, Place, Problem, UsageError
from cjmine.results.codec import trend_from_json
from cjmine.results.trend import Drift, LevelChange, SinceLast, Trend
from cjmine.verbs.earlier import result_text

_AWAY = 14  # days


def open_trend(path: Path) -> Trend:
    """An earlier trend. Raises UsageError U102 for what is none; DataError L102."""
    return trend_from_json(result_text(path), path.as_posix())


def since(found: Trend, earlier: Trend) -> SinceLast:
    """What a trend shows that an earlier one did not.

    A change is the same where it is of the same measure and at most two weeks away, a drift where
    both also share a pair: with more journeys they may be dated somewhat earlier or later. Raises
    UsageError U101 for a trend of another journey or of other periods.
    """
    if (found.journey, found.every, found.zone) != (earlier.journey, earlier.every, earlier.zone):
        raise UsageError(
            Problem(
                Code.USAGE,
                "the earlier trend is of another journey, other periods or another zone",
                Place("--since-last"),
                cause="what is new since then could not be said",
                remedy="make it again: cjmine trend LOG -o trend.json",
            )
        )
    until = earlier.mature[-1].until if earlier.mature else None
    drifts, drifts_before = found.drifts or (), earlier.drifts or ()
    gone = sum(not any(_is_same(one, two) for two in found.changes) for one in earlier.changes)
    if found.drifts is not None:
        gone += sum(not any(_is_alike(one, two) for two in drifts) for one in drifts_before)
    return SinceLast(
        until=until,
        periods=tuple(one.from_ for one in found.mature if until is None or one.from_ > until),
        changes=tuple(
            place
            for place, one in enumerate(found.changes)
            if not any(_is_same(one, two) for two in earlier.changes)
        ),
        drifts=tuple(
            place
            for place, one in enumerate(drifts)
            if not any(_is_alike(one, two) for two in drifts_before)
        ),
        gone=gone,
    )


def _is_same(one: LevelChange, other: LevelChange) -> bool:
    same = (one.measure, one.step) == (other.measure, other.step)
    return same and _days(one.at, other.at) <= _AWAY


def _is_alike(one: Drift, other: Drift) -> bool:
    pairs = [{(pair.from_, pair.to) for pair in drift.pairs} for drift in (one, other)]
    shares = bool(pairs[0] & pairs[1]) or not all(pairs)
    return shares and _days(one.at, other.at) <= _AWAY


def _days(one: str, other: str) -> int:
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days)
