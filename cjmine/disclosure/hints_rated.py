"""Hints from what customers said: moments that go with the score, and where scores are best.

They are read off a result that may be shown, and hold no other figure.
"""

from __future__ import annotations

from collections.abc import Iterator

from cjmine.analysis.intervals import share
from cjmine.results.figures import Change
from cjmine.results.hints import Hint, Tip
from cjmine.results.satisfaction import STEP, Moment, Satisfaction, Score
from cjmine.results.verdicts import Verdict


def rated_hints(found: Satisfaction) -> Iterator[Hint]:
    """A hint for each measured moment of truth that is not declared, and for the best step."""
    for one in found.moments:
        if one.verdict is Verdict.LOSS and not one.declared:
            yield from _truth(one)
    for score in found.scores:
        yield from _peak(score)


def _truth(one: Moment) -> Iterator[Hint]:
    if one.bad.n is None or one.good.n is None or one.difference is None:
        return
    change = Change(one.difference.value, one.difference.low, one.difference.high)
    yield _hint(Tip.TRUTH, one.step, one.kind, one.bad.n, one.bad.n + one.good.n, change, one.q)


def _peak(score: Score) -> Iterator[Hint]:
    """The step after which scores are best, where the whole interval is above the figure of all."""
    rows = [
        (row.value, row.n, row.name)
        for row in score.by
        if row.dimension == STEP and row.value is not None and row.n and row.low is not None
        if score.value is not None and row.low > score.value
    ]
    if rows and score.n:
        _, n, name = max(rows, key=lambda row: (row[0], row[1]))
        yield _hint(Tip.PEAK, name, score.kind, min(n, score.n), score.n, None, None)


def _hint(
    tip: Tip, step: str, kind: str, n: int, of: int, effect: Change | None, q: float | None
) -> Hint:
    found = share(n, of)
    assert found.value is not None
    return Hint(
        tip=tip,
        step=step,
        other=kind,
        n=n,
        of=of,
        value=found.value,
        low=found.low,
        high=found.high,
        effect=effect,
        margin=None,
        q=q,
        needed=None,
        seconds=None,
        verdict=None if effect is None else Verdict.LOSS,
        edit=None,
    )
