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

NEVER = 1 << 62
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
class Ways:
    """The ages of the events of journeys: those of journey j are `since[starts[j]:starts[j + 1]]`.

    Questions and answers of surveys are no way of the customer's, and are never old enough.
    `of_journey` is the journey of each event; `kind` has one entry a journey.
    """

    since: Ints
    starts: Ints
    of_journey: Ints
    kind: Ints

    def only(self, journeys: Flags) -> Ways:
        """Some of the journeys, numbered anew."""
        kept = journeys[self.of_journey]
        lengths = np.diff(self.starts)[journeys]
        return Ways(
            self.since[kept],
            np.append(0, np.cumsum(lengths)),
            np.repeat(np.arange(len(lengths)), lengths),
            self.kind[journeys],
        )

    def keys(self, age: Ints | int, bin: Ints | int, back: int) -> Ints:
        """One number for the kind of each journey, its age, and how busy it was until before then.

        `bin` is that of the age (one for all journeys, or one entry a journey); events count until
        so long before it (`back`).
        """
        before = _until(self.since, age, self.of_journey, back, self.starts[:-1])
        busy = np.searchsorted(_BUSY, before, side="right")
        return (self.kind * len(AGES) + bin) * (len(_BUSY) + 1) + busy


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

    def only(self, journeys: Flags) -> Visits:
        """Those of some journeys, numbered anew."""
        number = np.cumsum(journeys) - 1
        kept, pairs = journeys[self.of_journey], journeys[self.journey]
        lengths = np.diff(np.append(self.begins, len(self.since)))[pairs]
        return Visits(
            self.since[kept],
            number[self.of_journey[kept]],
            np.cumsum(lengths) - lengths,
            number[self.journey[pairs]],
            self.touchpoint[pairs],
        )


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


def bins_of(keys: Ints) -> list[int]:
    """The bins of ages that some keys have."""
    return sorted(set((keys // (len(_BUSY) + 1) % len(AGES)).tolist()))


def ways_of(journeys: Journeys, kind: Ints) -> Ways:
    """The ways of all journeys; `kind` is that of each."""
    of_journey = journeys.journey.astype(np.int64)
    since = journeys.time - journeys.time[journeys.starts[of_journey]]
    return Ways(np.where(journeys.is_survey, NEVER, since), journeys.starts, of_journey, kind)


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


def done_at(visits: Visits, age: Ints | int, wanted: Flags) -> Done:
    """What the wanted journeys had done at an age: one for all, or one entry a journey."""
    if not len(visits.begins):
        return Done(*[np.zeros(0, np.int64)] * 5)
    ever, old, far = (
        _until(visits.since, age, visits.of_journey, back, visits.begins) for back in (0, HOUR, DAY)
    )
    cell = np.minimum(old, LEVELS - 1) * 2 + (ever > old)
    some = np.flatnonzero((ever > 0) & wanted[visits.journey])
    level, day = np.minimum(far, LEVELS - 1), old - far
    return Done(*(one[some] for one in (visits.journey, visits.touchpoint, cell, level, day)))


def _until(since: Ints, age: Ints | int, of_journey: Ints, back: int, begins: Ints) -> Ints:
    """The events of each run that are older than so long before an age (`back`)."""
    if isinstance(age, int):
        if age <= back or not len(begins):
            return np.zeros(len(begins), np.int64)
        is_old = since < age - back
    else:
        is_old = since < age[of_journey] - back
    found: Ints = np.add.reduceat(is_old, begins, dtype=np.int64) if len(begins) else begins
    return found
