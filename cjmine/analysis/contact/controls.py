"""What like journeys without contact had done at the ages at which customers got in touch.

A case-control study within journeys, matched on time since begin, as Suissa's case-time-control
design (1995) has it. Instead of a few controls drawn for each caller, all like journeys are counted
that are known to go on and had no contact yet: the counts are exact, and add up over parts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.analysis.contact.done import NOTHING_DONE, DoneCounts, count_done, kinds_at
from cjmine.analysis.contact.events import looked_at
from cjmine.analysis.contact.like_times import AGES, ages_of, bins_of, visits_of, ways_of
from cjmine.analysis.contact.words import Coded
from cjmine.conformance.facts import Facts
from cjmine.counting.groups import Flags, Ints
from cjmine.counting.merging import merged
from cjmine.eventlog.named_events import first_of


@dataclass(frozen=True, slots=True)
class LikeKeys:
    """The keys of callers in order: before the last hour, and before the day before it."""

    now: Ints
    earlier: Ints


def count_controls(
    facts: Facts, fits: Flags, codes: Coded, kind: Ints, like: LikeKeys, wanted: Ints
) -> DoneCounts:
    """Count the journeys that are like callers, whose kinds are `like`.

    `fits` flags the contacts among the events of journeys, `kind` has one entry a journey; `wanted`
    are the touchpoints that are asked for.
    """
    journeys = facts.comparison.journeys
    begin = journeys.time[journeys.starts[:-1]]
    first = first_of(journeys, fits)
    called = np.where(first < 0, len(AGES), ages_of(journeys.time[first] - begin))
    is_way = ~journeys.is_survey & ~facts.comparison.states.is_after
    ends = np.full(len(journeys), -1, np.int64)
    every = np.flatnonzero(is_way)
    ends[journeys.journey[every]] = journeys.time[every]  # the last of a journey is written last
    ends -= begin
    is_wanted = np.zeros(codes.activities, bool)
    is_wanted[wanted] = True
    events = np.flatnonzero(is_wanted[codes.activity] & ~journeys.is_survey & ~fits)
    visits, ways = visits_of(journeys, events, codes), ways_of(journeys, kind)
    seen, found = looked_at(facts), []
    for bin in bins_of(like.now):
        age = int(AGES[bin])
        is_like = seen & (called > bin) & (ends > age)
        # Who is not like callers now will not be later: the fewer they get, the faster it goes.
        if 4 * np.count_nonzero(is_like) < 3 * len(is_like):
            visits, ways = visits.only(is_like), ways.only(is_like)
            called, ends = called[is_like], ends[is_like]
            seen = is_like = np.ones(len(ends), bool)
        kinds = kinds_at(ways, age, bin, is_like).only(like.now, like.earlier)
        found.append(count_done(visits, age, kinds, codes.activities))
    return merged(found or [NOTHING_DONE])
