"""Which journeys are stuck: the last thing they tried failed, or was friction."""

from __future__ import annotations

import numpy as np

from cjmine.conformance.alignments import NOWHERE
from cjmine.conformance.compare import steps_of_activities
from cjmine.conformance.facts import Facts
from cjmine.counting.groups import Flags
from cjmine.eventlog.named_events import named


def is_stuck(facts: Facts) -> Flags:
    """Whether the journey of each event is stuck after it: one flag an event of journeys.

    The last event of a step, or of friction, was a failed one or friction. A customer who calls
    after a failure is so compared with others whose attempt failed, and not with those who had no
    trouble.
    """
    comparison = facts.comparison
    journeys, declared = comparison.journeys, comparison.ideal.journey
    is_trouble = named(journeys, declared.friction)
    is_marker = steps_of_activities(journeys.activities, comparison.ideal) != NOWHERE
    marked: Flags = is_marker[journeys.activity] | is_trouble
    way = np.flatnonzero(comparison.is_compared)
    for step in declared.steps:
        if step.failed is not None and step.name in comparison.ideal.space.labels:
            events = facts.failed(step)
            is_trouble[way[events.event[events.deviates]]] = True
    last = np.maximum.accumulate(np.where(marked, np.arange(len(marked)), NOWHERE))
    is_own = last >= journeys.starts[journeys.journey]
    found: Flags = is_own & np.append(is_trouble, False)[last]
    return found
