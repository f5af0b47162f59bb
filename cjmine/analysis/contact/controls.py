"""What like journeys without contact had done at the ages at which customers got in touch.

A case-control study within journeys, matched on time since begin, as Suissa's case-time-control
design (1995) has it. Instead of a few controls drawn for each caller, all like journeys are counted
that are known to go on and had no contact yet: the counts are exact, and add up over parts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.analysis.contact.events import looked_at
from cjmine.analysis.contact.like_times import (
    AGES,
    CELLS,
    ages_of,
    bins_of,
    done_at,
    keys_at,
    visits_of,
)
from cjmine.analysis.contact.words import Coded
from cjmine.analysis.multisets import Values, values
from cjmine.conformance.facts import Facts
from cjmine.counting.groups import Flags, Ints
from cjmine.counting.merging import summed
from cjmine.eventlog.named_events import first_of


@dataclass(frozen=True, slots=True)
class ControlCounts:
    """Like journeys by the key of their kind, and by that key, touchpoint and cell."""

    journeys: Values
    cells: Values

    def __add__(self, other: ControlCounts) -> ControlCounts:
        return summed(self, other)


def count_controls(
    facts: Facts, fits: Flags, codes: Coded, kind: Ints, keys: Ints, wanted: Ints
) -> ControlCounts:
    """Count the journeys that are like callers, whose keys are `keys`, in order.

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
    visits = visits_of(journeys, events, codes)
    seen = looked_at(facts)
    found, cells = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for bin in bins_of(keys):
        age = np.full(len(journeys), AGES[bin])
        key = keys_at(journeys, kind, age, bin)
        place = np.searchsorted(keys, key)
        at_risk = seen & (called > bin) & (ends > AGES[bin]) & (place < len(keys))
        at_risk[at_risk] = keys[place[at_risk]] == key[at_risk]
        done = done_at(visits, age, at_risk)
        found.append(key[at_risk])
        cells.append((key[done.journey] * codes.activities + done.touchpoint) * CELLS + done.cell)
    return ControlCounts(_counted(found), _counted(cells))


def _counted(found: list[Ints]) -> Values:
    every = np.concatenate(found)
    return values(np.zeros(len(every), np.int64), every)
