"""The directly-follows graph: how often b comes next after a within journeys, and how fast.

Every journey is read as start, its activities, end. A flow is one pair of neighbours in that
reading; so the flows into an activity and the flows out of it both add up to its events.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cjmine.counting.groups import Flags, Ints, dense
from cjmine.eventlog.journeys import Journeys
from cjmine.eventlog.log import Codes


@dataclass(frozen=True, slots=True)
class Flows:
    """All single flows of a cut log, and the pairs that occur, by source and then target.

    `source` and `target` have one entry a pair, as activity codes; the code `outside` is the start
    of a journey as source and its end as target. `pair`, `journey` and `wait` (microseconds, 0 at
    start and end) have one entry a single flow; the flows of one pair are in the order of the log.
    """

    outside: int
    source: Codes
    target: Codes
    pair: npt.NDArray[np.integer]
    journey: Codes
    wait: Ints

    @property
    def count(self) -> Ints:
        """The number of single flows of each pair."""
        return np.bincount(self.pair, minlength=len(self.source))

    @property
    def inner(self) -> Flags:
        """Which pairs lead from an activity to an activity."""
        inner: Flags = np.logical_and(self.source != self.outside, self.target != self.outside)
        return inner


def flows(journeys: Journeys) -> Flows:
    """Find the flows of a cut log.

    Open journeys count as far as they came; an empty log gives no pairs. Equal to pm4py's
    directly-follows graph where order is equal (a test holds it).

    Examples
    --------
    >>> from cjmine.eventlog.build import log_of
    >>> from cjmine.eventlog.journeys import cut
    >>> found = flows(cut(log_of([("a", "Search", 0), ("a", "Buy", 60)])))
    >>> found.count[found.inner].tolist()
    [1]
    """
    outside = len(journeys.activities)
    side = outside + 1
    activity, first, last = journeys.activity, journeys.starts[:-1], journeys.starts[1:] - 1
    kind = np.int32 if side * side < 1 << 31 else np.int64
    follower = np.append(activity[1:], np.int32(outside))
    follower[last] = outside
    code: Ints = np.empty(len(activity) + len(journeys), kind)
    np.multiply(activity, side, out=code[: len(activity)], dtype=kind)
    code[: len(activity)] += follower
    code[len(activity) :] = outside * side + activity[first].astype(np.int64)
    wait = np.zeros(len(code), np.int64)
    np.subtract(journeys.time[1:], journeys.time[:-1], out=wait[: max(len(activity) - 1, 0)])
    wait[last] = 0
    every = np.arange(len(journeys), dtype=np.int32)
    present, pair = dense(code, side * side)
    return Flows(
        outside=outside,
        source=(present // side).astype(np.int32),
        target=(present % side).astype(np.int32),
        pair=pair,
        journey=np.concatenate([journeys.journey, every]),
        wait=wait,
    )
