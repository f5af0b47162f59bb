"""Journeys of one kind and age counted by what they had done: callers, or journeys like them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.analysis.contact.like_times import CELLS, DAY, HOUR, LEVELS, Visits, Ways, done_at
from cjmine.analysis.multisets import Values, values
from cjmine.conformance.journey_rows import distinct_rows
from cjmine.counting.groups import Flags, Ints
from cjmine.counting.merging import summed


@dataclass(frozen=True, slots=True)
class DoneCounts:
    """Journeys at some age; every table has one group, and its values are keys.

    `journeys` are counted by their key, `cells` by key, touchpoint and cell. About the day before
    the last hour: `earlier` are the journeys by their key a day before, `levels` by key, touchpoint
    and level; `sums` has the visits of that day by these, and `squares` their squares.
    """

    journeys: Values
    cells: Values
    earlier: Values
    levels: Values
    sums: Values
    squares: Values

    def __add__(self, other: DoneCounts) -> DoneCounts:
        return summed(self, other)


@dataclass(frozen=True, slots=True)
class Kinds:
    """The kind of each journey at an age, as a key, and whether it is counted as one of it.

    `now` is before the last hour, `earlier` before the day before it.
    """

    now: Ints
    earlier: Ints
    is_now: Flags
    is_earlier: Flags

    def only(self, now: Ints, earlier: Ints) -> Kinds:
        """Only journeys that are of some kinds, whose keys are in order."""
        return Kinds(
            self.now,
            self.earlier,
            self.is_now & _among(self.now, now),
            self.is_earlier & _among(self.earlier, earlier),
        )


def kinds_at(ways: Ways, age: Ints | int, bin: Ints | int, which: Flags) -> Kinds:
    """The kinds of journeys at an age, one for all or one entry a journey; `bin` is its bin."""
    now, earlier = (ways.keys(age, bin, back) for back in (HOUR, DAY))
    return Kinds(now, earlier, which, which)


def count_done(visits: Visits, age: Ints | int, kinds: Kinds, touchpoints: int) -> DoneCounts:
    """Count journeys by what they had done at an age: one for all, or one entry a journey."""
    done = done_at(visits, age, kinds.is_now | kinds.is_earlier)
    pair = kinds.now[done.journey] * touchpoints + done.touchpoint
    before = (kinds.earlier[done.journey] * touchpoints + done.touchpoint) * LEVELS + done.level
    now, earlier = kinds.is_now[done.journey], kinds.is_earlier[done.journey]
    some, often = np.flatnonzero(now & (done.cell > 0)), np.flatnonzero(earlier & (done.level > 0))
    active = np.flatnonzero(earlier & (done.day > 0))
    day = done.day[active]
    return DoneCounts(
        journeys=_keyed(kinds.now[kinds.is_now]),
        cells=_keyed(pair[some] * CELLS + done.cell[some]),
        earlier=_keyed(kinds.earlier[kinds.is_earlier]),
        levels=_keyed(before[often]),
        sums=_keyed(before[active], day),
        squares=_keyed(before[active], day * day),
    )


def _among(key: Ints, wanted: Ints) -> Flags:
    place = np.searchsorted(wanted, key)
    found: Flags = np.append(wanted, -1)[place] == key
    return found


def _keyed(key: Ints, times: Ints | None = None) -> Values:
    if times is not None:
        return values(np.zeros(len(key), np.int64), key, times)
    present, many = distinct_rows(key)
    return Values(np.zeros(len(present), np.int64), present, many)


NOTHING_DONE = DoneCounts(*(values(*[np.zeros(0, np.int64)] * 2) for _ in range(6)))
