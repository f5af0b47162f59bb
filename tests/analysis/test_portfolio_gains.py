"""Gains of several journeys together, and where they do not add up."""

from __future__ import annotations

from pathlib import Path

import pytest
from portfolio.folders import CLAIM, ORDER, portfolio_in

from cjmine.analysis.portfolio.gains import Gain, counting_the_same, of_others, together
from cjmine.results.priorities import Amount

TEXT = """{lifecycle: [Buy], journeys: [
    {journey: order.yaml},
    {journey: claim.yaml},
    {template: other.yaml, for: {fund: [A, B]}},
    {journey: again.yaml}]}"""
FILES = {
    "order.yaml": ORDER,
    "claim.yaml": CLAIM,
    "other.yaml": CLAIM.replace("Paid", "Done"),
    "again.yaml": ORDER.replace("deadline: 1d", "deadline: 9d"),
}
FOUR = Amount(40, 30, 55)


@pytest.fixture
def gains(tmp_path: Path) -> list[Gain]:
    return [Gain(one, FOUR) for one in portfolio_in(tmp_path, TEXT, FILES).members]


def test_values_add_their_variances_and_journeys_their_widths(gains: list[Gain]) -> None:
    order, claim, a, b, _ = gains
    assert together([]) is None and together([order]) == FOUR
    assert together([order, claim]) == Amount(80, 60, 110)
    values = together([a, b])
    assert values is not None and values == of_others([FOUR, FOUR])
    assert (values.value, values.low) == (80, pytest.approx(80 - 10 * 2**0.5))
    whole = together([order, a, b])
    assert whole is not None and whole.low == pytest.approx(30 + values.low)


def test_the_same_goals_do_not_add_up(gains: list[Gain]) -> None:
    order, claim, a, b, again = gains
    assert together([order, claim, again]) is None
    assert list(counting_the_same(gains)) == [("order", "again")]
    assert list(counting_the_same([claim, a, b])) == []


def test_any_order_gives_the_same_sum(gains: list[Gain]) -> None:
    order, claim, a, b, _ = gains
    assert together([order, claim, a, b]) == together([order, claim, b, a])
    found, turned = together([order, a, b]), together([b, a, order])
    assert found is not None and turned is not None
    assert (found.value, found.low) == (turned.value, pytest.approx(turned.low))
