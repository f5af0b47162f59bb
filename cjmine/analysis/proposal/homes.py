"""Which journey a contact belongs to: by the touchpoint before it, and where that one leads."""

from __future__ import annotations

import numpy as np

from cjmine.analysis.proposal.ways import Ways
from cjmine.counting.groups import Flags, Ints, grouped
from cjmine.eventlog.journeys import Journeys

_MOST, _SOME = 0.5, 0.4


def steps_before(journeys: Journeys, is_step: Flags) -> Ints:
    """The touchpoint of the last step before each event of a journey; -1 where there is none."""
    step = np.maximum.accumulate(np.where(is_step, np.arange(len(is_step)), -1))
    before = np.append(-1, step)[: len(step)]
    is_inside = before >= journeys.starts[:-1][journeys.journey]
    found: Ints = np.where(is_inside, journeys.activity[before], -1)
    return found


def belonging(way: Journeys, ways: Ways) -> Ints:
    """The end that each touchpoint belongs to, as a column of the ways; -1 where it is none.

    Among the ends to which it leads, it is the one that most often comes next. An end belongs to
    itself.
    """
    size = len(ways.ends)
    column = np.full(len(way.activities), size)
    column[ways.ends] = np.arange(size)
    place = np.arange(len(way.activity))
    following = np.where(column[way.activity] < size, place, len(place))
    following = np.minimum.accumulate(following[::-1])[::-1]
    has_next = following < way.starts[1:][way.journey]
    then = np.full(len(place), size)
    then[has_next] = column[way.activity[following[has_next]]]
    pair = way.activity.astype(np.int64) * (size + 1) + then
    came = np.bincount(pair, minlength=len(column) * (size + 1)).reshape(-1, size + 1)
    came = came[:, :size] * ways.leads
    found: Ints = np.full(len(column), -1)
    if size:
        found = np.where(came.any(axis=1), came.argmax(axis=1), -1)
    found[ways.ends] = np.arange(size)
    return found


def homes_of(journeys: Journeys, asked: Flags, ends: Ints, wholes: Ints, least: int) -> Ints:
    """The end that each touchpoint of contact belongs to, by its number; -1 where it is none.

    Parameters
    ----------
    asked
        Which events are contacts of journeys that have a step at all.
    ends
        The end that the step before each event belongs to; -1 where it is none.
    wholes
        Of each end, the end of the journey that it is a part of; else itself.

    Of the contacts after a step that belongs to any end at least half are after one that belongs to
    this end, or else to the whole journey with its parts. They are two of five contacts or more, of
    at least `least` customers.
    """
    size = len(journeys.activities)
    reason, near = journeys.activity[asked], ends[asked]
    customer = journeys.customer[journeys.journey[asked]]
    every, of_any = (np.bincount(reason[one], minlength=size) for one in (near >= -1, near >= 0))
    home = np.full(size, -1)
    for found in (near, np.append(wholes, -1)[near]):
        for end in range(len(wholes)):
            by_name = grouped(np.where(found == end, reason, size), size + 1)
            is_enough = by_name.distinct(customer)[:-1] >= least
            many = by_name.sizes[:-1]
            is_most = (many >= _MOST * of_any) & (many >= _SOME * every)
            home[(home < 0) & is_enough & is_most] = end
    return home
