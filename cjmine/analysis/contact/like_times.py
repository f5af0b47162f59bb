"""What journeys had done at some age, and which of them are alike then.

Alike are journeys of one kind (first touchpoint and channel, month of begin, declared columns), as
old, and with about as many events before the last hour: heavy users are compared with heavy users.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.analysis.contact.words import Coded
from cjmine.counting.groups import Flags, Ints
from cjmine.eventlog.journeys import Journeys

HOUR = 3_600_000_000
DAY = 25 * HOUR  # the hour before, and the day before that hour
_FIRST, _APART = 10_000_000, 1.2
# Ages of journeys in microseconds, one a bin, and where bins end: a fifth apart is ±10 %.
AGES: Ints = np.rint(_FIRST * _APART ** np.arange(100)).astype(np.int64)
_ENDS: Ints = np.rint(_FIRST * _APART ** (np.arange(99) + 0.5)).astype(np.int64)
_BUSY = np.array([1, 3, 7, 15, 31])  # from so many events before the last hour on, a bucket each
LEVELS = 3  # how often a touchpoint was visited before some time: never, once, more often
CELLS = 2 * LEVELS  # how often before the last hour, and whether in it


@dataclass(frozen=True, slots=True)
class Visits:
    """Events that are no contact, put together by journey and touchpoint: pairs.

    Pair p begins at `begins[p]` of `since`, the ages of its events; it is of `journey[p]` and
    `touchpoint[p]`. `of_journey` is that of each event.
    """

    since: Ints
    of_journey: Ints
    begins: Ints
    journey: Ints
    touchpoint: Ints


@dataclass(frozen=True, slots=True)
class Done:
    """What journeys had done at an age: one row a journey and touchpoint, where it had it at all.

    `cell` says how often before the last hour, and whether in it; `level` how often before the last
    day, and `day` counts the visits of the day before the last hour.
    """

    journey: Ints
    touchpoint: Ints
    cell: Ints
    level: Ints
    day: Ints


def ages_of(since: Ints) -> Ints:
    """The bin of each age in microseconds.

    >>> ages_of(np.array([0, 10_000_000, 13_000_000])).tolist()
    [0, 0, 1]
    """
    found: Ints = np.searchsorted(_ENDS, since, side="right")
    return found


def visits_of(journeys: Journeys, events: Ints, codes: Coded) -> Visits:
    """Some events of journeys, by their places in order."""
    journey = journeys.journey[events].astype(np.int64)
    key = journey * codes.activities + codes.activity[events]
    order = np.argsort(key, kind="stable")
    ordered, owner = key[order], journey[order]
    begins = np.flatnonzero(np.diff(ordered, prepend=-1))
    pair = ordered[begins]
    since = journeys.time[events[order]] - journeys.time[journeys.starts[owner]]
    return Visits(since, owner, begins, pair // codes.activities, pair % codes.activities)


def done_at(visits: Visits, age: Ints, wanted: Flags) -> Done:
    """What the wanted journeys had done at an age of each of them (one entry a journey)."""
    if not len(visits.begins):
        return Done(*[np.zeros(0, np.int64)] * 5)
    then = age[visits.of_journey]
    ever, old, far = (
        np.add.reduceat(visits.since < then - back, visits.begins, dtype=np.int64)
        for back in (0, HOUR, DAY)
    )
    cell = np.minimum(old, LEVELS - 1) * 2 + (ever > old)
    some = np.flatnonzero((ever > 0) & wanted[visits.journey])
    level, day = np.minimum(far, LEVELS - 1), old - far
    return Done(*(one[some] for one in (visits.journey, visits.touchpoint, cell, level, day)))


def keys_at(journeys: Journeys, kind: Ints, age: Ints, bin: Ints | int, back: int) -> Ints:
    """One number for the kind of each journey, its age, and how busy it was until before then.

    `bin` is that of the ages; events count until so long before (`back`).
    """
    since = journeys.time - journeys.time[journeys.starts[journeys.journey]]
    is_old = ~journeys.is_survey & (since < (age - back)[journeys.journey])
    before = np.zeros(len(kind), np.int64)
    if len(kind):
        before = np.add.reduceat(is_old, journeys.starts[:-1], dtype=np.int64)
    busy = np.searchsorted(_BUSY, before, side="right")
    return (kind * len(AGES) + bin) * (len(_BUSY) + 1) + busy


def bins_of(keys: Ints) -> list[int]:
    """The bins of ages that some keys have."""
    return sorted(set((keys // (len(_BUSY) + 1) % len(AGES)).tolist()))
