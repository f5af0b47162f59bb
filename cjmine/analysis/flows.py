"""Flows between activities: how often, by how many customers, and how fast."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cjmine.counting.groups import Flags, Groups, Ints, counted, distinct, grouped, merged
from cjmine.miner.flows import Flows
from cjmine.miner.waits import (
    BUCKETS,
    SHARES,
    Waits,
    cells_of,
    count_waits,
    customers_beside,
    merge_waits,
    quantiles_of,
)
from cjmine.results.discovery import FlowRow
from cjmine.results.figures import OTHER, Counted, Measured


@dataclass(frozen=True, slots=True)
class FlowCounts:
    """The flows of a log: `source` and `target` are codes, `outside` the start or the end."""

    outside: int
    source: Ints
    target: Ints
    groups: Groups
    waits: Waits

    @property
    def inner(self) -> Flags:
        """Which flows lead from an activity to an activity."""
        inner: Flags = np.logical_and(self.source != self.outside, self.target != self.outside)
        return inner

    @property
    def keys(self) -> Ints:
        """One number a flow, in order."""
        return self.source * (self.outside + 1) + self.target


@dataclass(frozen=True, slots=True)
class WantedWaits:
    """Cells of waits by the names of their activities; in the order of their cells."""

    source: tuple[str, ...]
    target: tuple[str, ...]
    bucket: Ints


@dataclass(frozen=True, slots=True)
class FoundWaits:
    """The sorted waits of each cell that was wanted: `values[bounds[c]:bounds[c + 1]]`."""

    bounds: Ints
    values: Ints


def count_flows(found: Flows, customer: np.ndarray, most: int) -> FlowCounts:
    """Count the flows of a part; `customer` has one entry a journey."""
    by_pair = grouped(found.pair, len(found.source))
    owner = customer[found.journey[by_pair.order]]
    groups, first = counted(by_pair, owner, most), by_pair.begins(owner)
    wait, bounds = found.wait[by_pair.order], by_pair.bounds
    del by_pair, owner  # the largest columns here, and of no use for the waits
    return FlowCounts(
        found.outside,
        found.source.astype(np.int64),
        found.target.astype(np.int64),
        groups,
        count_waits(bounds, first, wait, most),
    )


def merge_flows(
    parts: Sequence[FlowCounts],
    places: Sequence[Ints],
    offsets: Sequence[int],
    outside: int,
    most: int,
) -> FlowCounts:
    """The flows of all parts; `places` gives the codes of the whole, start and end too."""
    side = outside + 1
    keys = [
        place[part.source] * side + place[part.target]
        for part, place in zip(parts, places, strict=True)
    ]
    present = distinct(np.concatenate(keys))
    rows = [np.searchsorted(present, key) for key in keys]
    return FlowCounts(
        outside,
        present // side,
        present % side,
        merged([part.groups for part in parts], rows, offsets, len(present), most),
        merge_waits([part.waits for part in parts], rows, len(present), most),
    )


def find_waits(found: Flows, names: Sequence[str], wanted: WantedWaits) -> FoundWaits:
    """The waits of a part that are in the wanted cells."""
    codes = {name: code for code, name in enumerate(names)}
    keys = found.source.astype(np.int64) * (found.outside + 1) + found.target
    rows = {key: row for row, key in enumerate(keys.tolist())}
    here = np.full(len(wanted.bucket), -1, np.int64)
    ends = zip(wanted.source, wanted.target, wanted.bucket.tolist(), strict=True)
    for cell, (source, target, bucket) in enumerate(ends):
        if source in codes and target in codes:
            row = rows.get(codes[source] * (found.outside + 1) + codes[target])
            here[cell] = -1 if row is None else row * BUCKETS + bucket
    asked = np.flatnonzero(here >= 0)
    code = cells_of(found.pair, found.wait, len(keys))
    inside, which = _among(code, here[asked], len(keys) * BUCKETS)
    return _sorted_waits(asked[which], found.wait[inside], len(here))


def _among(code: npt.NDArray[np.integer], wanted: Ints, codes: int) -> tuple[Ints, Ints]:
    """The places whose code is wanted, and which of the wanted it is; codes are below a limit."""
    if codes <= 1 << 22:
        number = np.full(codes, -1, np.int32)
        number[wanted] = np.arange(len(wanted))
        found = number[code]
        inside = np.flatnonzero(found >= 0)
        return inside, found[inside].astype(np.int64)
    inside = np.flatnonzero(np.isin(code, wanted))
    order = np.argsort(wanted)
    return inside, order[np.searchsorted(wanted[order], code[inside])]


def merge_found(parts: Sequence[FoundWaits]) -> FoundWaits:
    """The wanted waits of all parts."""
    cells = len(parts[0].bounds) - 1
    cell = np.concatenate([np.repeat(np.arange(cells), np.diff(part.bounds)) for part in parts])
    return _sorted_waits(cell, np.concatenate([part.values for part in parts]), cells)


def _sorted_waits(cell: np.ndarray, wait: Ints, cells: int) -> FoundWaits:
    order = np.lexsort((wait, cell))
    bounds = np.append(0, np.cumsum(np.bincount(cell, minlength=cells)))
    return FoundWaits(bounds, wait[order])


def edges(
    found: FlowCounts, hidden: Flags, names: int
) -> tuple[list[Counted | int | None], list[Counted | int | None]]:
    """The journeys that begin with each activity, and that end on it; None where it is hidden."""

    def beside(outer: Ints, inner: Ints) -> list[Counted | int | None]:
        counts: list[Counted | int | None] = [0] * names
        for row in np.flatnonzero(outer == found.outside).tolist():
            counts[inner[row]] = None if hidden[row] else _count(found, row)
        return counts

    return beside(found.source, found.target), beside(found.target, found.source)


def _count(found: FlowCounts, row: int) -> Counted:
    return Counted(int(found.groups.occurrences[row]), found.groups.customers[row])


def flow_rows(
    names: Sequence[str],
    found: FlowCounts,
    hidden: Flags,
    cells: Ints,
    waits: FoundWaits,
    customers: int,
) -> tuple[FlowRow, ...]:
    """All flows between activities, the commonest first; those that are hidden are one row.

    `customers` are those of the whole log.
    """
    source, target = found.source.tolist(), found.target.tolist()
    rows = np.flatnonzero(found.inner & ~hidden).tolist()
    rows.sort(
        key=lambda row: (
            -int(found.groups.occurrences[row]),
            names[source[row]],
            names[target[row]],
        )
    )
    shown = [
        FlowRow(
            names[source[row]],
            names[target[row]],
            _count(found, row),
            *_measured(found, row, cells, waits),
        )
        for row in rows
    ]
    rest = np.flatnonzero(found.inner & hidden)
    if len(rest):
        count = int(found.groups.occurrences[rest].sum())
        # With no other row it is the events less the journeys, which is a figure about everybody.
        behind = found.groups.customers_of(rest) if rows else customers
        shown.append(FlowRow(OTHER, OTHER, Counted(count, behind), None, None))
    return tuple(shown)


def _measured(
    found: FlowCounts, row: int, cells: Ints, waits: FoundWaits
) -> tuple[Measured, Measured]:
    """Median and 90th percentile in seconds, with the customers on the smaller side of each."""
    count, largest = int(found.groups.occurrences[row]), int(found.waits.largest[row])
    customers = int(found.groups.customers[row])
    quantiles = quantiles_of(found.waits, row, cells, waits.bounds, waits.values)

    def beside(wait: float, share: float) -> int:
        """At least the one customer whose wait it is."""
        in_share = int(min(share, 1 - share) * customers)
        return max(1, min(customers_beside(found.waits, row, wait), in_share))

    median, p90 = (
        Measured(wait / 1e6, beside(wait, share), count, largest)
        for wait, share in zip(quantiles, SHARES, strict=True)
    )
    return median, p90
