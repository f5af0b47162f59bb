"""What shows at an event, compared among journeys that have a next event after equally many.

The landmark is the furthest step so far, whether the last attempt failed, and how many events the
journey had since: that bounds how long a journey must have lasted to show the item. At the landmark
both sides have a next event; for those that have the item it is the item, for the others something
else.
"""

from __future__ import annotations

import numpy as np

from cjmine.analysis.like.shown import NOTHING, Shown, shown_items
from cjmine.analysis.like.stuck import is_stuck
from cjmine.analysis.like.trials import BUCKETS, SINCE, Family, Held, Surroundings, Trials
from cjmine.conformance.alignments import NOWHERE
from cjmine.conformance.compare import steps_of_activities
from cjmine.counting.groups import Ints


def trials_after_events(about: Surroundings, more: Shown = NOTHING) -> Trials:
    """One trial for each journey, furthest step and number of events since it.

    Swapped, out of order, replaced, repeated, unexpected; and `more` that events show. How far a
    journey is counts by the touchpoints that it had, since what an alignment makes of them also
    depends on later ones.
    """
    comparison = about.facts.comparison
    journeys, steps = comparison.journeys, about.facts.step_count
    is_way = ~journeys.is_survey & ~comparison.states.is_after
    is_way &= about.facts.is_counted[journeys.journey]
    way = np.flatnonzero(is_way)
    journey = journeys.journey[way].astype(np.int64)
    # How far each event leaves its journey: 0 before any step.
    label = steps_of_activities(journeys.activities, comparison.ideal)[journeys.activity[way]]
    furthest = np.maximum.accumulate(journey * (steps + 1) + label + 1)
    begins = np.flatnonzero(np.diff(furthest, prepend=-1))
    since = np.arange(len(way)) - np.repeat(begins, np.diff(np.append(begins, len(way))))
    where = furthest * BUCKETS + np.searchsorted(SINCE, since, "right")
    has_next = np.append(journey[1:] == journey[:-1], False)[: len(way)]
    here = np.flatnonzero(has_next & (way < about.end[journey]))
    first = np.flatnonzero(np.diff(where[here], prepend=-1))
    trial = np.full(len(way) + 1, NOWHERE)  # of each event; the last for none
    trial[here] = np.repeat(np.arange(len(first)), np.diff(np.append(first, len(here))))
    at = here[first]
    reached, number = np.divmod(where[at] - journey[at] * (steps + 1) * BUCKETS, BUCKETS)
    place = np.where(reached == 0, steps, reached - 1)
    number += BUCKETS * is_stuck(about.facts)[way[at]]
    landmark = about.marks.begin(Family.AFTER) + 2 * BUCKETS * place + number
    # The event at the landmark itself is before what shows next.
    shown = shown_items(about.facts, about.items).beside(more)
    held = _held(about, shown, way, journey, trial, journey[at])
    return about.trials(landmark, journey[at], way[at] + 1, held, about.time[way[at]])


def _held(
    about: Surroundings, shown: Shown, way: Ints, journey: Ints, trial: Ints, owner: Ints
) -> Held:
    """The trial at whose events an item shows next, and all later ones of the journey."""
    position = np.full(len(about.time), NOWHERE)
    position[way] = np.arange(len(way))
    event = position[shown.event]
    is_inside = (event > 0) & (shown.event < about.end[shown.journey])
    before = np.where(is_inside & (journey[event - 1] == shown.journey), event - 1, len(way))
    affected = trial[before]
    many = np.bincount(owner, minlength=len(about.facts))
    last = np.cumsum(many)
    # An item at the first event of a journey is in no trial, and before all of them.
    is_begin = (affected == NOWHERE) & (event >= 0)
    is_begin &= shown.event < about.end[shown.journey]
    first = np.where(is_begin, last[shown.journey] - many[shown.journey], affected)
    times = np.where(first == NOWHERE, 0, last[shown.journey] - first)
    row = np.repeat(np.arange(len(first)), times)
    trials = first[row] + np.arange(len(row)) - np.repeat(np.cumsum(times) - times, times)
    return Held(trials, shown.item[row], trials == affected[row])
