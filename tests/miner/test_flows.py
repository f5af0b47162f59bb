"""Flows: equal to pm4py's directly-follows graph, and true to the laws that any graph obeys."""

from __future__ import annotations

from collections import Counter, defaultdict
from statistics import median

import numpy as np
import pm4py
import pytest
from hypothesis import given
from hypothesis import strategies as st
from notation import journeys
from strategies import Row, activities, cut_rules, examples, log_from, logs, many_activities, rows

from cjmine.counting.groups import counted, grouped
from cjmine.eventlog.journeys import CutRules, Journeys, cut
from cjmine.eventlog.variants import variants
from cjmine.miner.flows import Flows, flows
from cjmine.miner.waits import SHARES, cells_of, cells_wanted, count_waits, quantiles_of

END = "(outside)"
plain_rows = rows(activity=activities | many_activities, least=1)


def named(found: Flows, cut_log: Journeys) -> dict[tuple[str, str], int]:
    """Counts by name; the outside of a journey under one name for start and end."""
    names = [*cut_log.activities, END]
    pairs = zip(found.source, found.target, found.count, strict=True)
    return {(names[source], names[target]): int(count) for source, target, count in pairs}


def inner(found: Flows, cut_log: Journeys) -> dict[tuple[str, str], int]:
    return {pair: count for pair, count in named(found, cut_log).items() if END not in pair}


def customers(found: Flows, cut_log: Journeys) -> list[int]:
    """The distinct customers of each pair."""
    by_pair = grouped(found.pair, len(found.source))
    owner = cut_log.customer[found.journey[by_pair.order]]
    return counted(by_pair, owner, 1).customers.tolist()


def quantiles(found: Flows, row: int) -> dict[float, float]:
    """The quantiles of the waits of a pair in microseconds, as discover finds them in two rounds."""
    wait = found.wait[found.pair == row]
    waits = count_waits(np.array([0, len(wait)]), np.ones(len(wait), bool), wait, 1)
    cells = cells_wanted(waits, np.array([0]))
    bounds, values = [0], []
    for cell in cells.tolist():
        values += sorted(
            one
            for one in wait.tolist()
            if cells_of(np.zeros(1, int), np.array([one]), 1)[0] == cell
        )
        bounds.append(len(values))
    found_ = quantiles_of(waits, 0, cells, np.array(bounds), np.array(values))
    return dict(zip(SHARES, found_, strict=True))


def by_hand(cut_log: Journeys) -> dict[tuple[str, str], list[tuple[int, int]]]:
    """(wait, customer) of every single flow, journey by journey."""
    taken = defaultdict(list)
    for number, (begin, end) in enumerate(
        zip(cut_log.starts[:-1], cut_log.starts[1:], strict=True)
    ):
        who = int(cut_log.customer[number])
        names = [END, *(cut_log.activities[code] for code in cut_log.activity[begin:end]), END]
        times = cut_log.time[begin:end].tolist()
        waits = [0, *(later - time for time, later in zip(times[:-1], times[1:], strict=True)), 0]
        for pair, wait in zip(zip(names[:-1], names[1:], strict=True), waits, strict=True):
            taken[pair].append((wait, who))
    return taken


def test_flows_of_a_small_log() -> None:
    cut_log = journeys("""
        ann: Search@0 View@10 View@30 Buy@60
        bob: Search@0 View@50
    """)
    found = flows(cut_log)
    assert named(found, cut_log) == {
        (END, "Search"): 2,
        ("Search", "View"): 2,
        ("View", "View"): 1,
        ("View", "Buy"): 1,
        ("View", END): 1,
        ("Buy", END): 1,
    }
    row = list(named(found, cut_log)).index(("Search", "View"))
    assert quantiles(found, row) == {0.5: 30e6, 0.9: 46e6}
    assert found.wait[found.pair == row].tolist() == [10e6, 50e6]
    assert customers(found, cut_log)[row] == 2


def test_nothing_flows_across_two_journeys() -> None:
    """Neither between customers nor between the journeys of one."""
    cut_log = journeys(
        "ann: Search Buy@1d Search@9d\nbob: View", CutRules(gap_us=2 * 86_400_000_000)
    )
    assert inner(flows(cut_log), cut_log) == {("Search", "Buy"): 1}


def test_one_customer_who_takes_a_flow_often_is_one_customer() -> None:
    cut_log = journeys("ann: View View View\nbob: View View", CutRules())
    found = flows(cut_log)
    row = list(named(found, cut_log)).index(("View", "View"))
    assert (found.count[row], customers(found, cut_log)[row]) == (3, 2)


def test_an_empty_log_has_no_flows() -> None:
    found = flows(journeys(""))
    assert len(found.count) == len(found.wait) == 0
    assert inner(found, journeys("")) == {}


def test_two_activities_only_once_are_told_apart_among_thousands() -> None:
    """More pairs than fit in 32 bits: a pair code must not wrap around."""
    count = 70_000
    cut_log = cut(log_from([("ann", f"step {number:05d}", number) for number in range(count)]))
    found = flows(cut_log)
    assert len(found.count) == count + 1
    assert found.source[found.inner].tolist() == list(range(count - 1))
    assert found.target[found.inner].tolist() == list(range(1, count))


@examples(20)
@given(plain_rows)
def test_counts_starts_ends_and_variants_equal_those_of_pm4py(given_rows: list[Row]) -> None:
    given_log = log_from(given_rows)
    frame = given_log.to_pandas()
    cut_log = cut(given_log)
    found = flows(cut_log)
    graph, starts, ends = pm4py.discover_dfg(frame)
    ours = named(found, cut_log)
    assert inner(found, cut_log) == graph
    assert {pair[1]: count for pair, count in ours.items() if pair[0] == END} == starts
    assert {pair[0]: count for pair, count in ours.items() if pair[1] == END} == ends
    distinct = variants(cut_log)
    assert {
        distinct.trace(one): int(distinct.journeys[one]) for one in range(len(distinct))
    } == pm4py.get_variants(frame)


@examples(20)
@given(plain_rows)
def test_the_median_wait_equals_that_of_pm4py(given_rows: list[Row]) -> None:
    given_log = log_from(given_rows)
    cut_log = cut(given_log)
    found = flows(cut_log)
    graph, _, _ = pm4py.discover_performance_dfg(given_log.to_pandas(), perf_aggregation_key="all")
    names = cut_log.activities
    ours = {
        (names[found.source[row]], names[found.target[row]]): quantiles(found, row)[0.5] / 1e6
        for row in np.flatnonzero(found.inner)
    }
    assert ours == {pair: pytest.approx(measures["median"]) for pair, measures in graph.items()}


@given(st.data())
def test_counts_customers_and_waits_equal_those_taken_one_by_one(data: st.DataObject) -> None:
    given_log = data.draw(logs())
    cut_log = cut(given_log, data.draw(cut_rules(given_log)))
    found = flows(cut_log)
    expected = by_hand(cut_log)
    pairs = list(named(found, cut_log))
    assert set(pairs) == set(expected)
    for row, pair in enumerate(pairs):
        waits = [wait for wait, _ in expected[pair]]
        who = [customer for _, customer in expected[pair]]
        assert found.count[row] == len(waits)
        assert customers(found, cut_log)[row] == len(set(who))
        taken = found.pair == row
        assert Counter(cut_log.customer[found.journey[taken]].tolist()) == Counter(who)
        if END not in pair:
            assert sorted(found.wait[taken].tolist()) == sorted(waits)
            assert quantiles(found, row)[0.5] == pytest.approx(median(waits))


@given(st.data())
def test_what_flows_in_flows_out_and_is_an_event(data: st.DataObject) -> None:
    given_log = data.draw(logs())
    cut_log = cut(given_log, data.draw(cut_rules(given_log)))
    found = flows(cut_log)
    side = len(cut_log.activities) + 1
    into, out = (
        np.bincount(end, weights=found.count, minlength=side)
        for end in (found.target, found.source)
    )
    events = np.bincount(cut_log.activity, minlength=side)
    events[-1] = len(cut_log)
    assert into.tolist() == out.tolist() == events.tolist()
    assert found.count.sum() == len(cut_log.activity) + len(cut_log)


@given(plain_rows, st.permutations(range(8)))
def test_who_the_customers_are_changes_nothing(given_rows: list[Row], order: list[int]) -> None:
    renamed = [(f"customer {order[int(row[0][-3:])]:03d}", row[1], row[2]) for row in given_rows]
    one, other = (cut(log_from(rows)) for rows in (given_rows, renamed))
    assert named(flows(one), one) == named(flows(other), other)
    assert customers(flows(one), one) == customers(flows(other), other)


@given(plain_rows, plain_rows)
def test_counts_of_logs_of_different_customers_add_up(left: list[Row], right: list[Row]) -> None:
    """What lets the same kernels run part by part."""
    right = [(f"another {row[0]}", row[1], row[2]) for row in right]
    parts = [cut(log_from(rows)) for rows in (left, right)]
    whole = cut(log_from([*left, *right]))
    added: Counter[tuple[str, str]] = Counter()
    for part in parts:
        added.update(named(flows(part), part))
    assert named(flows(whole), whole) == added


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 5)), max_size=80))
def test_groups_hold_their_items_in_order_and_count_owners_once(
    items: list[tuple[int, int]],
) -> None:
    items.sort(key=lambda item: item[1])
    group = np.array([item[0] for item in items], np.int64)
    owner = np.array([item[1] for item in items], np.int64)
    found = grouped(group, 301)
    distinct = found.distinct(owner)
    assert found.sizes.sum() == len(items)
    for number in range(301):
        inside = [place for place, item in enumerate(items) if item[0] == number]
        assert found.order[found.bounds[number] : found.bounds[number + 1]].tolist() == inside
        assert distinct[number] == len({items[place][1] for place in inside})
