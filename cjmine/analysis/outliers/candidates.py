"""What came before a wave: a dated change, a mailing to many, the first day of an error."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from cjmine.analysis.outliers.reasons import ERROR, MAILED, Daily
from cjmine.analysis.outliers.waves import Wave
from cjmine.analysis.periods import Periods
from cjmine.counting.groups import Ints
from cjmine.declared import DatedChange
from cjmine.results.outliers import CandidateKind

_TIMES, _LEAST = 5, 30  # times as many as usual, and so many, are a mailing to many
_USUAL = 28  # days that say what is usual
_NEAR = 7  # days before the begin of a wave
_CHANGE_NEAR = 14


@dataclass(frozen=True, slots=True)
class Before:
    """One candidate: a touchpoint by its place, or a change by its place among those declared.

    `day` is a number of the log's days. `span` is the kind of its events and the days that they
    are on; None for a change.
    """

    kind: CandidateKind
    place: int
    day: int
    span: tuple[int, int, int] | None


def mailings(mailed: Ints) -> list[Before]:
    """The days on which a touchpoint is mailed to five times as many as usual; one row each.

    Usual is the median of the four weeks before.

    >>> sent = np.zeros((1, 40), np.int64)
    >>> sent[0, 35] = 400
    >>> [(one.place, one.day) for one in mailings(sent)]
    [(0, 35)]
    """
    found = []
    for place, day in np.argwhere(mailed >= _LEAST).tolist():
        before = mailed[place, max(0, day - _USUAL) : day]
        usual = float(np.median(before)) if len(before) else float(mailed[place, day])
        if mailed[place, day] >= _TIMES * max(usual, 1.0):
            found.append(Before(CandidateKind.MAILING, place, day, (MAILED, day, day + 1)))
    return found


def first_errors(errors: Ints, waves: dict[int, tuple[Wave, ...]]) -> list[Before]:
    """The first day of each error that the log does not begin with, and the begins of its waves."""
    found = []
    days = errors.shape[1]
    for place in np.flatnonzero(errors.any(axis=1)).tolist():
        first = int(np.flatnonzero(errors[place])[0])
        begins = {one.first for one in waves.get(place, ())}
        if first >= _USUAL:
            begins.add(first)
        whole = (ERROR, 0, days)
        found += [Before(CandidateKind.ERROR, place, day, whole) for day in sorted(begins)]
    return found


def changed(changes: tuple[DatedChange, ...], days: Periods) -> list[Before]:
    """The declared changes that fall into the log."""
    place: dict[date, int] = {day: number for number, day in enumerate(days.days[:-1])}
    return [
        Before(CandidateKind.CHANGE, number, place[one.on], None)
        for number, one in enumerate(changes)
        if one.on in place
    ]


def candidates(
    daily: Daily,
    errors: dict[int, tuple[Wave, ...]],
    changes: tuple[DatedChange, ...],
    days: Periods,
) -> list[Before]:
    """All that may bring a wave, in the order of time."""
    found = [*mailings(daily.mailed), *first_errors(daily.errors, errors), *changed(changes, days)]
    return sorted(found, key=lambda one: (one.day, one.kind.value, one.place))


def before(found: list[Before], wave: Wave, own: int | None) -> list[Before]:
    """The candidates of a wave, the nearest first; an error is none of its `own` wave's."""
    near = [
        one
        for one in found
        if 0 <= wave.first - one.day <= _reach(one.kind)
        and not (one.kind is CandidateKind.ERROR and one.place == own)
    ]
    return sorted(near, key=lambda one: (wave.first - one.day, one.kind.value, one.place))


def _reach(kind: CandidateKind) -> int:
    return _CHANGE_NEAR if kind is CandidateKind.CHANGE else _NEAR
