"""Which activities and which distinct traces a log holds; counts of parts add up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.counting.groups import Flags, Ints
from cjmine.counting.merging import summed
from cjmine.eventlog.sequences import Sequences, narrow, together
from cjmine.eventlog.variants import Variants


@dataclass(frozen=True, slots=True)
class TraceCounts:
    """The distinct traces of a log; `used` flags the activities that occur in them."""

    used: Flags
    traces: Sequences

    def __add__(self, other: TraceCounts) -> TraceCounts:
        return summed(self, other, traces=together(self.traces, other.traces).sequences)


def count_traces(found: Variants, activity: Ints, names: int) -> TraceCounts:
    """Collect traces; `activity` gives the code of each activity among all `names` of the log."""
    used = np.zeros(names, bool)
    used[activity[np.bincount(found.codes, minlength=len(activity)) > 0]] = True
    return TraceCounts(used, Sequences(narrow(activity[found.codes], names), found.starts))
