"""Variants: every journey follows exactly one, and they are listed the commonest first."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from notation import journeys
from strategies import cut_rules, log_from, logs

from cjmine.eventlog.journeys import Journeys, cut
from cjmine.eventlog.variants import Variants, variants

LOG = """
    ann: Search Buy
    bob: Search Call
    cas: Search Buy
    dee: Search
"""


def counted(found: Variants) -> Counter[tuple[str, ...]]:
    return Counter({found.trace(one): int(found.journeys[one]) for one in range(len(found))})


def by_hand(cut_log: Journeys) -> Counter[tuple[str, ...]]:
    bounds = zip(cut_log.starts[:-1], cut_log.starts[1:], strict=True)
    return Counter(
        tuple(cut_log.activities[code] for code in cut_log.activity[begin:end])
        for begin, end in bounds
    )


def test_journeys_with_the_same_activities_in_the_same_order_are_one_variant() -> None:
    found = variants(journeys(LOG))
    assert counted(found) == {("Search", "Buy"): 2, ("Search", "Call"): 1, ("Search",): 1}
    assert found.of_journey.tolist() == [0, 1, 0, 2]
    assert found.lengths.tolist() == [2, 2, 1]


def test_the_commonest_come_first_and_equals_by_name() -> None:
    """A trace stands before those that continue it."""
    found = variants(journeys(LOG))
    ranked = [found.trace(one) for one in found.ranked()]
    assert ranked == [("Search", "Buy"), ("Search",), ("Search", "Call")]


@pytest.mark.parametrize("top", [0, 1, 2, 3, 4, 99])
def test_top_cuts_the_same_list(top: int) -> None:
    found = variants(journeys(LOG))
    assert found.ranked(top) == found.ranked()[:top]


def test_an_empty_log_has_no_variants() -> None:
    found = variants(journeys(""))
    assert (len(found), found.ranked(), found.ranked(3), found.lengths.tolist()) == (0, [], [], [])


@pytest.mark.parametrize("activities", [255, 256, 257, 65_536, 65_537])
def test_traces_are_told_apart_beyond_one_and_two_bytes_a_code(activities: int) -> None:
    """Codes are packed as narrowly as they fit; a code must not wrap around."""
    rows = [("all", f"step {number:05d}", number) for number in range(activities)]
    rows += [("first", rows[0][1], 0), ("last", rows[-1][1], 0), ("once more", rows[0][1], 0)]
    found = variants(cut(log_from(rows)))
    assert sorted(found.journeys.tolist()) == [1, 1, 2]
    assert found.trace(0) == tuple(row[1] for row in rows[:activities])
    assert {found.trace(one) for one in (1, 2)} == {(rows[0][1],), (rows[activities - 1][1],)}


@given(st.data())
def test_variants_are_the_distinct_traces(data: st.DataObject) -> None:
    given_log = data.draw(logs())
    cut_log = cut(given_log, data.draw(cut_rules(given_log)))
    found = variants(cut_log)
    assert counted(found) == by_hand(cut_log)
    assert len(found) == len(counted(found))
    assert found.journeys.sum() == len(cut_log)
    assert np.bincount(found.of_journey, minlength=len(found)).tolist() == found.journeys.tolist()


@given(logs(), st.integers(0, 12))
def test_the_ranking_depends_on_nothing_but_counts_and_names(given_log, top: int) -> None:
    found = variants(cut(given_log))
    expected = sorted(counted(found).items(), key=lambda item: (-item[1], item[0]))
    assert [found.trace(one) for one in found.ranked(top)] == [trace for trace, _ in expected][:top]
