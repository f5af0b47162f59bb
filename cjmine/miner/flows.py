"""The directly-follows graph: how often b comes next after a within journeys, and how fast.

Every journey is read as start, its activities, end. A flow is one pair of neighbours in that
reading; so the flows into an activity and the flows out of it both add up to its events.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cjmine.eventlog.journeys import Journeys
from cjmine.eventlog.log import Codes

Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Grouped:
    """Items sorted by group: group g holds the items `order[bounds[g]:bounds[g + 1]]`.

    Within a group the items keep their order.
    """

    order: npt.NDArray[np.intp]
    bounds: Counts

    @property
    def sizes(self) -> Counts:
        """The number of items of each group."""
        return np.diff(self.bounds)

    def distinct(self, owner: npt.NDArray[np.integer]) -> Counts:
        """The number of distinct owners of each group; owners never decrease along the items."""
        return self.distinct_in_order(owner[self.order])

    def distinct_in_order(self, owner: npt.NDArray[np.integer]) -> Counts:
        """The same, of owners that stand in the order of the groups already."""
        fresh = np.ones(len(owner), bool)
        np.not_equal(owner[1:], owner[:-1], out=fresh[1:])
        fresh[self.bounds[:-1][self.sizes > 0]] = True
        return np.diff(np.searchsorted(np.flatnonzero(fresh), self.bounds))


def grouped(group: npt.NDArray[np.integer], groups: int) -> Grouped:
    """Sort items by group number, keeping their order within a group."""
    narrow = group.astype(_narrowest(groups), copy=False)
    order = np.argsort(narrow, kind="stable")
    sizes = np.bincount(group, minlength=groups)
    return Grouped(order, np.append(0, np.cumsum(sizes)))


def distinct_customers(by_group: Grouped, journeys: Journeys) -> Counts:
    """The number of distinct customers of each group of events."""
    if journeys.customers == len(journeys):
        return by_group.distinct(journeys.journey)
    return by_group.distinct(journeys.customer[journeys.journey])


def _narrowest(values: int) -> npt.DTypeLike:
    """The smallest type for numbers below a limit: two bytes and less sort in linear time."""
    return np.uint8 if values <= 1 << 8 else np.uint16 if values <= 1 << 16 else np.int64


@dataclass(frozen=True, slots=True)
class Flows:
    """All flows of a log, one row a pair that occurs, by source and then target.

    `source` and `target` are activity codes; the code `outside` stands for the start of a
    journey as source and for its end as target. `customers` counts distinct ones. `members`
    gives for each single flow, sorted by row (`bounds`), the customer who took it.
    """

    outside: int
    source: Codes
    target: Codes
    count: Counts
    customers: Counts
    bounds: Counts
    members: Codes
    waits: npt.NDArray[np.int64]

    @property
    def inner(self) -> npt.NDArray[np.bool_]:
        """Which rows lead from an activity to an activity."""
        inner: npt.NDArray[np.bool_] = np.logical_and(
            self.source != self.outside, self.target != self.outside
        )
        return inner

    def quantiles(self, row: int, *shares: float) -> tuple[float, ...]:
        """Quantiles of the waits of a row in microseconds, interpolated between neighbours."""
        waits = self.waits[self.bounds[row] : self.bounds[row + 1]]
        return tuple(float(value) for value in _quantiles(waits, shares))


def flows(journeys: Journeys) -> Flows:
    """Count the flows of a cut log.

    Open journeys count as far as they came; an empty log gives no rows. Equal to pm4py's
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
    code: npt.NDArray[np.int64] = np.empty(len(activity) + len(journeys), kind)
    np.multiply(activity, side, out=code[: len(activity)], dtype=kind)
    code[: len(activity)] += follower
    code[len(activity) :] = outside * side + activity[first].astype(np.int64)
    waits = np.zeros(len(code), np.int64)
    np.subtract(journeys.time[1:], journeys.time[:-1], out=waits[: max(len(activity) - 1, 0)])
    customer = np.concatenate([journeys.customer[journeys.journey], journeys.customer])
    present, dense = _dense(code, side * side)
    by_pair = grouped(dense, len(present))
    members = customer[by_pair.order]
    return Flows(
        outside=outside,
        source=(present // side).astype(np.int32),
        target=(present % side).astype(np.int32),
        count=by_pair.sizes,
        customers=by_pair.distinct_in_order(members),
        bounds=by_pair.bounds,
        members=members,
        waits=waits[by_pair.order],
    )


def _dense(code: Counts, codes: int) -> tuple[Counts, npt.NDArray[np.integer]]:
    """The codes that occur, sorted, and the place of each code among them."""
    if codes > 1 << 22:
        present, dense = np.unique(code, return_inverse=True)
        return present, dense
    seen = np.zeros(codes, bool)
    seen[code] = True
    present = np.flatnonzero(seen)
    place = np.zeros(codes, _narrowest(len(present)))
    place[present] = np.arange(len(present))
    return present, place[code]


def _quantiles(waits: Counts, shares: tuple[float, ...]) -> list[float]:
    exact = [share * (len(waits) - 1) for share in shares]
    needed = sorted({place for spot in exact for place in (int(spot), -int(-spot // 1))})
    parted = np.partition(waits, needed)
    return [
        float(parted[int(spot)])
        + (spot - int(spot)) * float(parted[-int(-spot // 1)] - parted[int(spot)])
        for spot in exact
    ]
