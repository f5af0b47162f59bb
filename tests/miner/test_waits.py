"""Quantiles of waits are exact however a log is divided, and know the customers beside them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjmine.analysis.flows import FoundWaits, _sorted_waits, merge_found
from cjmine.counting.groups import grouped
from cjmine.miner.waits import (
    BUCKETS,
    SHARES,
    Waits,
    cells_of,
    cells_wanted,
    count_waits,
    customers_beside,
    merge_waits,
    quantiles_of,
)

waits_ = st.integers(0, 9) | st.integers(0, 10**6) | st.integers(0, 10**15)
items = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 9), waits_), min_size=1, max_size=60)
Item = tuple[int, int, int]  # flow, customer, wait
FLOWS = 4


def counted(some: list[Item], most: int) -> Waits:
    flow, customer, wait = (np.array(column, np.int64) for column in zip(*some, strict=True))
    by_flow = grouped(flow, FLOWS)
    first = by_flow.begins(customer[by_flow.order])
    return count_waits(by_flow.bounds, first, wait[by_flow.order], most)


def found(some: list[Item], cells: np.ndarray) -> FoundWaits:
    places = {cell: number for number, cell in enumerate(cells.tolist())}
    inside = [
        (places[cell], wait)
        for flow, _, wait in some
        if (cell := int(cells_of(np.array([flow]), np.array([wait]), FLOWS)[0])) in places
    ]
    cell, wait = (np.array([one[n] for one in inside], np.int64) for n in (0, 1))
    return _sorted_waits(cell, wait, len(cells))


@given(items, st.integers(1, 4), st.integers(1, 12))
def test_quantiles_are_exact_in_any_number_of_parts(
    some: list[Item], parts: int, most: int
) -> None:
    """Equal to interpolation in the sorted waits; no customer is in two parts."""
    some.sort(key=lambda one: one[1])
    divided = [
        inside
        for part in range(parts)
        if (inside := [one for one in some if one[1] % parts == part])
    ]
    places = [np.arange(FLOWS)] * len(divided)
    whole = merge_waits([counted(part, most) for part in divided], places, FLOWS, most)
    flows = np.array(sorted({one[0] for one in some}))
    cells = cells_wanted(whole, flows)
    values = merge_found([found(part, cells) for part in divided])
    for flow in flows.tolist():
        of_flow = [one for one in some if one[0] == flow]
        ordered = np.array(sorted(one[2] for one in of_flow))
        exact = quantiles_of(whole, flow, cells, values.bounds, values.values)
        for share, quantile in zip(SHARES, exact, strict=True):
            assert quantile == pytest.approx(float(np.quantile(ordered, share)), rel=1e-12)
            up_to = {one[1] for one in of_flow if one[2] <= quantile}
            from_it = {one[1] for one in of_flow if one[2] >= quantile}
            expected = min(len(up_to), len(from_it), most)
            assert customers_beside(whole, flow, quantile) == expected
        busiest = max(sum(one[1] == who for one in of_flow) for who in range(10))
        assert whole.largest[flow] == busiest


@given(st.lists(st.integers(0, 2**62), min_size=2, max_size=50))
def test_buckets_keep_the_order_of_waits(waits: list[int]) -> None:
    ordered = np.array(sorted(waits))
    buckets = cells_of(np.zeros(len(ordered), int), ordered, 1)
    assert (np.diff(buckets) >= 0).all()
    assert buckets.min() >= 0 and buckets.max() < BUCKETS
