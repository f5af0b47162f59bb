"""Which touchpoints lead to which: who has one comes to the other more often than who has not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cjmine.counting.groups import Flags, Ints, grouped
from cjmine.eventlog.journeys import Journeys
from cjmine.eventlog.log import Codes, Offsets
from cjmine.eventlog.named_events import first_of, last_of

_AS_OFTEN, _MOST = 2, 0.5
Shares = npt.NDArray[np.float64]  # touchpoints × ends
Marks = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Met:
    """What each journey meets, each touchpoint once: where it comes first, in order of touchpoints.

    `touchpoint`, `journey` and `place` (among the events) have one entry a touchpoint of a journey.
    """

    journeys: Journeys
    touchpoint: Codes
    journey: Codes
    place: Offsets


def met_by(journeys: Journeys) -> Met:
    """What each journey meets."""
    by_name = grouped(journeys.activity, len(journeys.activities))
    place = by_name.order[by_name.begins(journeys.journey[by_name.order])]
    return Met(journeys, journeys.activity[place], journeys.journey[place], place)


@dataclass(frozen=True, slots=True)
class Ways:
    """The ways to some ends, which are touchpoints too, by their codes.

    Of the journeys with touchpoint t so large a share comes to the end e after it: `goes_on[t, e]`.
    `leads[t, e]` says whether t leads there, `is_way[t, e]` whether at least half of the journeys
    that come to e had t before too. An end `has_way` if some touchpoint is; where most journeys
    come to it, if half of them begin with another touchpoint.
    """

    ends: Ints
    goes_on: Shares
    leads: Marks
    is_way: Marks
    has_way: Flags


def ways_to(met: Met, ends: Ints, least: int) -> Ways:
    """The ways to some ends.

    A touchpoint leads to an end if journeys that have it come to the end at least twice as often as
    those that do not have it. Where fewer than `least` do not, or most journeys come to the end, it
    is enough that half of those with the touchpoint do.
    """
    journeys, size = met.journeys, len(met.journeys.activities)
    having = np.bincount(met.touchpoint, minlength=size)
    after = np.zeros((size, len(ends)), np.int64)
    begun = np.zeros(len(ends), np.int64)  # journeys to the end that begin with another touchpoint
    first = journeys.activity[journeys.starts[:-1]]
    for column, end in enumerate(ends.tolist()):
        last = last_of(journeys, journeys.activity == end)
        is_before = met.place < last[met.journey]
        after[:, column] = np.bincount(met.touchpoint[is_before], minlength=size)
        after[end, column] = 0
        begun[column] = np.count_nonzero((last >= 0) & (first != end))
    reached, others = having[ends], (len(journeys) - having)[:, None]
    rate = after / np.maximum(having, 1)[:, None]
    rate_of_others = (reached - after) / np.maximum(others, 1)
    is_usual = reached >= _MOST * len(journeys)
    is_enough = (others < least) | is_usual
    leads = np.where(is_enough, rate >= _MOST, rate >= _AS_OFTEN * rate_of_others) & (after > 0)
    is_way = leads & (after >= _MOST * reached)
    has_way = is_way.any(axis=0) | (is_usual & (begun >= _MOST * reached))
    return Ways(ends, rate, leads, is_way, has_way)


def entries_of(met: Met, ways: Ways, wholes: Ints, may_be: Flags) -> list[int | None]:
    """Where the journeys to each end begin: the touchpoint of its way that most of them have first.

    From it journeys go on to the end at least twice as often as to any end of another whole
    journey, if there is such a touchpoint. `wholes` says which whole journey each end is of,
    `may_be` which touchpoints may be named. None where there is none.
    """
    journeys, found = met.journeys, list[int | None]()
    for column, end in enumerate(ways.ends.tolist()):
        elsewhere = ways.goes_on[:, wholes != wholes[column]].max(axis=1, initial=0)
        is_way = ways.is_way[:, column] & may_be
        is_own = is_way & (ways.goes_on[:, column] >= _AS_OFTEN * elsewhere)
        first = first_of(journeys, (is_own if is_own.any() else is_way)[journeys.activity])
        last = last_of(journeys, journeys.activity == end)
        begun = np.bincount(journeys.activity[first[(first >= 0) & (first < last)]])
        found.append(int(begun.argmax()) if len(begun) else None)
    return found


def customers_with(journeys: Journeys) -> Ints:
    """How many customers have each touchpoint."""
    by_name = grouped(journeys.activity, len(journeys.activities))
    return by_name.distinct(journeys.customer[journeys.journey])
