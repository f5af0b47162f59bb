"""The courses of followed shares: where each changes, and the limits it keeps in between.

Both come from the shares of the periods alone, so that a saved result has the same as a log.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from cjmine.analysis.intervals import effect_of, share
from cjmine.analysis.levels import (
    LEAST_A_SIDE,
    LEAST_DAYS_A_SIDE,
    Course,
    LevelChange,
    Slope,
    course,
    limits,
)
from cjmine.analysis.looks import FALSE_SHARE, q_values
from cjmine.counting.groups import Ints
from cjmine.results.share import Share
from cjmine.results.trend import Every

PRIMARY = "goal-rate"
_MOST_WITHHELD = 10  # of 100 periods; to leave more out would choose periods by their outcome
_NOTHING = Course((), ())


@dataclass(frozen=True, slots=True)
class Levels:
    """One share over the judged periods: its changes and slopes, and the limits of each period.

    `is_followed`: enough of its periods are shown to look for any.
    """

    changes: tuple[LevelChange, ...]
    slopes: tuple[Slope, ...]
    limits: tuple[tuple[float, float] | None, ...]
    is_followed: bool = True


def levels_of(
    shares: Sequence[Sequence[Share]], measures: Sequence[str], every: Every
) -> list[Levels]:
    """The levels of some shares over the same periods, each a row of the table looked at.

    A change or slope counts where its q over all rows is below 0.05; the goal is one look of its
    own. A share of which more than a tenth of the periods is withheld has neither these nor
    limits.
    """
    least = LEAST_DAYS_A_SIDE if every is Every.DAY else LEAST_A_SIDE
    usable = [is_followed(row) for row in shares]
    found = [
        course(*_counts(row), least) if is_usable else _NOTHING
        for row, is_usable in zip(shares, usable, strict=True)
    ]
    q = iter(_looks(found, measures))
    levels = []
    for row, one, measure, is_usable in zip(shares, found, measures, usable, strict=True):
        changes, slopes = one.changes, one.slopes
        if measure != PRIMARY:
            changes = tuple(each for each in changes if next(q) < FALSE_SHARE)
            slopes = tuple(each for each in slopes if next(q) < FALSE_SHARE)
        ends = _limits(row, changes, slopes) if is_usable else (None,) * len(row)
        levels.append(Levels(changes, slopes, ends, is_usable))
    return levels


def _looks(found: Sequence[Course], measures: Sequence[str]) -> Iterator[float]:
    """The q of each change and slope but those of the goal; a row without any is a look too."""
    p: list[float] = []
    quiet = 0
    for one, measure in zip(found, measures, strict=True):
        if measure != PRIMARY:
            looked = [*(each.p for each in one.changes), *(each.p for each in one.slopes)]
            p += looked
            quiet += not looked
    q = q_values([*p, *(1.0 for _ in range(quiet))])
    return (one for one in q[: len(p)] if one is not None)


def pooled(shares: Sequence[Share]) -> Share:
    """Several shares as one, by their counts; their intervals say how alike journeys are.

    Customers who are in several of them count as several.

    >>> pooled([share(10, 40), share(30, 60)])
    40.0 % (30.9 to 49.8), 40 of 100
    """
    known = [one for one in shares if one.n is not None and one.of]
    n, of = (sum(getattr(one, name) for one in known) for name in ("n", "of"))
    if any(one.low is None for one in known) or not of:
        return Share(n / of if of else None, None, None, n, of)
    effect = sum(effect_of(one) * (one.of or 0) for one in known) / of
    return share(n, of, effect)


def is_followed(row: Sequence[Share]) -> bool:
    """Whether at most a tenth of the periods with journeys is withheld."""
    shown = [one for one in row if one.of]
    withheld = sum(one.n is None for one in shown)
    return 100 * withheld <= _MOST_WITHHELD * len(shown)


def _counts(row: Sequence[Share]) -> tuple[Ints, Ints]:
    """The counts of the periods; one that is not shown is one without journeys."""
    known = [(one.n, one.of) if one.n is not None and one.of else (0, 0) for one in row]
    return np.array([n for n, _ in known], np.int64), np.array([of for _, of in known], np.int64)


def _limits(
    row: Sequence[Share], changes: Sequence[LevelChange], slopes: Sequence[Slope]
) -> tuple[tuple[float, float] | None, ...]:
    """The limits of each period; none where a share rises or falls steadily."""
    n, of = _counts(row)
    found: list[tuple[float, float] | None] = [None] * len(row)
    for first, end in pairwise([0, *(one.at for one in changes), len(row)]):
        level = limits(n[first:end], of[first:end])
        slides = any(one.first < end and one.end > first for one in slopes)
        if level is None or slides:
            continue
        for place, pair in enumerate(zip(level.low.tolist(), level.high.tolist(), strict=True)):
            if of[first + place]:
                found[first + place] = pair
    return tuple(found)
