"""Exact quantiles of waits over all parts of a log, in two rounds and little memory.

The first round counts the waits of each flow in buckets whose width is a thirty-second of their
size. That says which buckets hold the wanted quantiles; the second round sends only their waits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from cjmine.counting.groups import Ints, added

SHARES = (0.5, 0.9)
_FRACTION = 5  # bits of a wait that number the buckets of one power of two
_FIRST = (127 << _FRACTION) - 1  # the bucket of one microsecond is 1, that of none is 0
BUCKETS = (64 << _FRACTION) + 1


@dataclass(frozen=True, slots=True)
class Waits:
    """The waits of each flow: how many in each bucket, and how customers spread over them.

    `cell` is flow times BUCKETS plus bucket, sorted, and `many` the number of waits there.
    `least[least_bounds[f]:least_bounds[f + 1]]` are the shortest waits of up to k customers of
    flow f who have the shortest, each customer's own shortest; `most` the longest in the same way.
    `largest` is how many waits the customer with most of them has.
    """

    cell: Ints
    many: Ints
    bounds: Ints
    least: Ints
    most: Ints
    largest: Ints


def cells_of(flow: npt.NDArray[np.integer], wait: Ints, flows: int) -> npt.NDArray[np.integer]:
    """The cell of each wait: the number of its flow times BUCKETS, plus its bucket.

    Buckets never decrease with the wait.

    >>> cells_of(np.array([0, 0, 0, 1]), np.array([0, 1, 2, 2]), 2).tolist()
    [0, 1, 33, 2082]
    """
    bucket = wait.astype(np.float32).view(np.int32)
    bucket >>= 23 - _FRACTION
    bucket -= _FIRST
    np.maximum(bucket, 0, out=bucket)
    if flows * BUCKETS >= 1 << 31:
        return flow.astype(np.int64) * BUCKETS + bucket
    cell = flow.astype(np.int32)
    cell *= BUCKETS
    cell += bucket
    return cell


def count_waits(bounds: Ints, first: npt.NDArray[np.bool_], wait: Ints, most: int) -> Waits:
    """Count the waits of flows.

    The waits of flow f are `wait[bounds[f]:bounds[f + 1]]`, by customer; `first` marks the first
    wait of each customer in a flow. The shortest and longest waits of `most` customers are kept.
    """
    flows = len(bounds) - 1
    flow = np.repeat(np.arange(flows, dtype=np.int32), np.diff(bounds))
    cell, in_cell = _tally(cells_of(flow, wait, flows), flows * BUCKETS)
    del flow
    runs = np.flatnonzero(first)
    bounds = np.searchsorted(runs, bounds)
    if not len(runs):
        return Waits(cell, in_cell, bounds, wait, wait, np.zeros(flows, np.int64))
    kept = np.append(0, np.cumsum(np.minimum(np.diff(bounds), most)))
    return Waits(
        cell,
        in_cell,
        kept,
        _smallest(np.minimum.reduceat(wait, runs), bounds, most),
        _largest(np.maximum.reduceat(wait, runs), bounds, most),
        _most(np.diff(np.append(runs, len(wait))), bounds),
    )


def _tally(code: npt.NDArray[np.integer], codes: int) -> tuple[Ints, Ints]:
    """The codes that occur, sorted, and how often each does."""
    if codes <= 1 << 22:
        many = np.bincount(code, minlength=codes)
        present = np.flatnonzero(many)
        return present, many[present]
    ordered = np.sort(code)
    begins = np.flatnonzero(np.diff(ordered, prepend=-1))
    return ordered[begins].astype(np.int64), np.diff(np.append(begins, len(ordered)))


def merge_waits(
    parts: Sequence[Waits], places: Sequence[npt.NDArray[np.integer]], flows: int, most: int
) -> Waits:
    """The waits of the flows of all parts; `places[p][f]` is the flow that flow f of part p is."""
    cells = [
        place[part.cell // BUCKETS] * BUCKETS + part.cell % BUCKETS
        for part, place in zip(parts, places, strict=True)
    ]
    cell, where = np.unique(np.concatenate(cells), return_inverse=True)
    ends = np.append(0, np.cumsum([len(one) for one in cells]))
    many = added(
        [part.many for part in parts],
        [where[begin:end] for begin, end in pairwise(ends)],
        len(cell),
    )
    owner = np.concatenate(
        [np.repeat(place, np.diff(part.bounds)) for part, place in zip(parts, places, strict=True)]
    )
    order = np.argsort(owner, kind="stable")
    bounds = np.append(0, np.cumsum(np.bincount(owner, minlength=flows)))
    least, longest = (
        np.concatenate([getattr(part, name) for part in parts])[order] for name in ("least", "most")
    )
    largest = np.zeros(flows, np.int64)
    for part, place in zip(parts, places, strict=True):
        np.maximum.at(largest, place, part.largest)
    kept = np.append(0, np.cumsum(np.minimum(np.diff(bounds), most)))
    return Waits(
        cell,
        many,
        kept,
        _smallest(least, bounds, most),
        _largest(longest, bounds, most),
        largest,
    )


def _smallest(values: Ints, bounds: Ints, most: int) -> Ints:
    """The smallest values of each group, in no order within it."""
    ends = zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True)
    found = [_few_smallest(values[begin:end], most) for begin, end in ends]
    return np.concatenate(found) if found else values[:0]


def _few_smallest(values: Ints, most: int) -> Ints:
    if len(values) <= most:
        return values
    sample = values[: most << 6]  # what is larger than so many of them is passed over at once
    if len(sample) < len(values):
        values = values[values <= np.partition(sample, most - 1)[most - 1]]
    return np.partition(values, most - 1)[:most]


def _largest(values: Ints, bounds: Ints, most: int) -> Ints:
    """The largest values of each group, in no order within it."""
    return -_smallest(-values, bounds, most)


def _most(values: Ints, bounds: Ints) -> Ints:
    """The largest value of each group; 0 where it has none."""
    largest = np.zeros(len(bounds) - 1, np.int64)
    filled = np.flatnonzero(np.diff(bounds))
    if len(filled):
        largest[filled] = np.maximum.reduceat(values, bounds[:-1][filled])
    return largest


def spots(count: int) -> list[tuple[int, int, float]]:
    """For each share the two places among so many sorted waits, and how far between them it lies.

    >>> spots(4)
    [(1, 2, 0.5), (2, 3, 0.7000000000000002)]
    """
    exact = [share * (count - 1) for share in SHARES]
    return [(int(spot), -int(-spot // 1), spot - int(spot)) for spot in exact]


def cells_wanted(waits: Waits, flows: Ints) -> Ints:
    """The cells that hold the quantiles of some flows, sorted."""
    before = np.append(0, np.cumsum(waits.many))
    found: set[int] = set()
    for flow in flows.tolist():
        begin, end = np.searchsorted(waits.cell, [flow * BUCKETS, (flow + 1) * BUCKETS])
        count = int(before[end] - before[begin])
        for low, high, _ in spots(count):
            for place in (low, high):
                at = np.searchsorted(before, before[begin] + place, side="right") - 1
                found.add(int(waits.cell[at]))
    return np.array(sorted(found), np.int64)


def quantiles_of(waits: Waits, flow: int, cells: Ints, bounds: Ints, values: Ints) -> list[float]:
    """The quantiles of the waits of a flow in microseconds, interpolated between neighbours.

    `values[bounds[c]:bounds[c + 1]]` are the sorted waits of the cell `cells[c]`.
    """
    begin, end = np.searchsorted(waits.cell, [flow * BUCKETS, (flow + 1) * BUCKETS])
    before = np.append(0, np.cumsum(waits.many[begin:end]))

    def at(place: int) -> int:
        cell = int(np.searchsorted(before, place, side="right")) - 1
        where = int(bounds[np.searchsorted(cells, waits.cell[begin + cell])])
        return int(values[where + place - int(before[cell])])

    return [
        float(at(low)) + part * float(at(high) - at(low))
        for low, high, part in spots(int(before[-1]))
    ]


def customers_beside(waits: Waits, flow: int, wait: float) -> int:
    """The customers on the smaller side of a wait: up to it, or from it on; at most k."""
    inside = slice(waits.bounds[flow], waits.bounds[flow + 1])
    up_to = np.count_nonzero(waits.least[inside] <= wait)
    from_it = np.count_nonzero(waits.most[inside] >= wait)
    return int(min(up_to, from_it))
