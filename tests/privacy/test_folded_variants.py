"""Rare variants fold into what they begin with: every group holds k customers, nothing is lost."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from privacy.journeys_at_random import Journey, Trace, fold_by_hand, some_journeys, walks

from cjmine.counting.groups import Groups, counted, grouped
from cjmine.disclosure.variants import VariantGroup, fold_variants

# What a reader sees of a group: the first activities, whether others follow, how many journeys.
Shown = tuple[Trace, bool, int]
sizes = st.integers(2, 5)


@dataclass(frozen=True)
class Traces:
    codes: np.ndarray
    starts: np.ndarray
    groups: Groups


def coded(journeys: list[Journey], min_group: int) -> Traces:
    """As discover hands it over: variants by first occurrence, customers never decreasing."""
    ordered = sorted(journeys, key=lambda one: one.customer)
    names = sorted({name for one in journeys for name in one.trace})
    variants = list(dict.fromkeys(one.trace for one in ordered))
    by_variant = grouped(np.array([variants.index(one.trace) for one in ordered]), len(variants))
    customer = np.array([one.customer for one in ordered])
    return Traces(
        np.array([names.index(name) for trace in variants for name in trace], np.int32),
        np.append(0, np.cumsum([len(trace) for trace in variants])),
        counted(by_variant, customer[by_variant.order], min_group),
    )


def folded(journeys: list[Journey], min_group: int) -> list[Shown]:
    traces = coded(journeys, min_group)
    names = sorted({name for one in journeys for name in one.trace})

    def shown(group: VariantGroup) -> Shown:
        start = traces.starts[group.variant]
        codes = traces.codes[start : start + group.length]
        return tuple(names[code] for code in codes), group.is_folded, group.journeys

    return sorted(map(shown, fold_variants(traces.codes, traces.starts, traces.groups, min_group)))


@given(some_journeys(), sizes)
def test_groups_are_those_of_the_rule_written_with_sets(
    journeys: list[Journey], min_group: int
) -> None:
    expected = [(trace, more, len(some)) for trace, more, some in fold_by_hand(journeys, min_group)]
    assert folded(journeys, min_group) == sorted(expected)


@pytest.mark.parametrize("seed", range(25))
def test_groups_are_those_of_the_rule_on_larger_logs(seed: int) -> None:
    journeys = walks(seed)
    for min_group in (2, 5, 10):
        expected = [
            (trace, more, len(some)) for trace, more, some in fold_by_hand(journeys, min_group)
        ]
        assert folded(journeys, min_group) == sorted(expected)


@given(some_journeys(), sizes)
def test_no_group_rests_on_few_customers_and_no_journey_is_lost(
    journeys: list[Journey], min_group: int
) -> None:
    """The groups of the rule hold enough customers; only a log with fewer in all has no way out."""
    found = fold_by_hand(journeys, min_group)
    assert sum(len(some) for _, _, some in found) == len(journeys)
    assert sum(group[2] for group in folded(journeys, min_group)) == len(journeys)
    if len({one.customer for one in journeys}) >= min_group:
        for _, _, some in found:
            assert len({one.customer for one in some}) >= min_group
    else:
        assert folded(journeys, min_group) == [((), True, len(journeys))]


@given(some_journeys(), sizes, st.randoms(use_true_random=False))
@example([Journey(0, ("a",)), Journey(1, ("b",)), Journey(2, ("a", "b"))], 2, None)
def test_the_order_of_journeys_does_not_matter(
    journeys: list[Journey], min_group: int, random: object
) -> None:
    shuffled = journeys[::-1]
    if random is not None:
        random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert folded(shuffled, min_group) == folded(journeys, min_group)


@given(some_journeys(), sizes, st.permutations(range(14)))
def test_how_customers_are_numbered_does_not_matter(
    journeys: list[Journey], min_group: int, numbers: list[int]
) -> None:
    other = [Journey(numbers[one.customer], one.trace) for one in journeys]
    assert folded(other, min_group) == folded(journeys, min_group)


@given(some_journeys())
def test_groups_of_one_show_every_variant(journeys: list[Journey]) -> None:
    variants = {one.trace for one in journeys}
    expected = [(trace, False, sum(one.trace == trace for one in journeys)) for trace in variants]
    assert folded(journeys, 1) == sorted(expected)


def test_customers_count_and_not_journeys() -> None:
    """One busy customer is no group, however often the journey is repeated."""
    busy = [Journey(0, ("a", "b"))] * 50
    others = [Journey(customer, ("c",)) for customer in range(1, 6)]
    assert folded([*busy, *others], 5) == [((), True, 55)]
    others.append(Journey(0, ("c",)))
    many = [Journey(customer, ("d",)) for customer in range(10)]
    assert folded([*busy, *others, *many], 5) == [((), True, 56), (("d",), False, 10)]


def test_a_remainder_absorbs_the_smallest_group() -> None:
    journeys = [Journey(customer, ("a",)) for customer in range(3)]
    journeys += [Journey(customer, ("b",)) for customer in range(4)]
    journeys += [Journey(9, ("c",))]
    assert folded(journeys, 3) == [((), True, 4), (("b",), False, 4)]
