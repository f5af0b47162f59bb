"""Contrasts of shares by customer, and the incident of a web shop as difference in differences."""

from __future__ import annotations

from math import inf, sqrt

import numpy as np
import pandas as pd
import pytest
from real_logs import real

from cjmine.analysis.contrasts import (
    DIFFERENCE_IN_DIFFERENCES,
    CellShares,
    contrast,
    contrast_influences,
    count_cells,
)


def found_in(cell, has, customer, weight):
    whole = count_cells(cell, has, len(weight))
    return contrast(whole, weight, contrast_influences(whole, weight, cell, has, customer))


@pytest.mark.real_data
def test_the_checkout_incident_of_a_shop() -> None:
    """Sessions on mobile that buy, before and during, against those on other platforms."""
    events = pd.read_csv(real("clicks/ecom.csv.gz"), parse_dates=["timestamp"])
    events["buys"] = events["event"] == "purchase"
    session = events.groupby("session_id").agg(
        user=("user_id", "first"), begin=("timestamp", "min"),
        platform=("platform", "first"), buys=("buys", "any"),
    )  # fmt: skip
    day = session["begin"].dt.strftime("%Y-%m-%d")
    is_during = (day >= "2024-04-09") & (day <= "2024-05-09")
    session = session[day <= "2024-05-09"].assign(during=is_during)
    is_control = session["platform"] != "mobile"
    cell = (2 * is_control + session["during"]).to_numpy(np.int64)
    customer = pd.factorize(session["user"])[0].astype(np.int64)
    has = session["buys"].to_numpy()
    assert np.bincount(cell).tolist() == [349, 331, 692, 622]
    found = found_in(cell, has, customer, DIFFERENCE_IN_DIFFERENCES)
    assert round(100 * found.value, 2) == -8.54
    assert (round(100 * found.low, 1), round(100 * found.high, 1)) == (-14.2, -2.9)


def test_two_cells_of_single_journeys_by_hand() -> None:
    """30 of 100 against 45 of 100: 0.15 ± 1.96 √(0.21 / 100 + 0.2475 / 100)."""
    cell = np.repeat([0, 1], 100)
    has = np.concatenate([np.arange(100) < 30, np.arange(100) < 45])
    found = found_in(cell, has, np.arange(200), np.array([-1.0, 1.0]))
    assert found.value == pytest.approx(0.15)
    margin = 1.959964 * sqrt((0.21 + 0.2475) / 100 * 200 / 199)
    assert (found.low, found.high) == pytest.approx((0.15 - margin, 0.15 + margin), abs=1e-6)


def test_the_same_customers_on_both_sides_are_surer_of_the_difference() -> None:
    """Customers who always end alike, but for a few: most of what varies is common to both."""
    random = np.random.default_rng(4)
    own = random.random(300) < 0.4
    has = np.concatenate([own, own ^ (random.random(300) < 0.05)])
    cell, weight = np.repeat([0, 1], 300), np.array([-1.0, 1.0])
    whole = count_cells(cell, has, 2)
    same = contrast_influences(whole, weight, cell, has, np.tile(np.arange(300), 2))
    apart = contrast_influences(whole, weight, cell, has, np.arange(600))
    assert same.errors()[0] < 0.4 * apart.errors()[0]


def test_parts_give_the_same_bytes() -> None:
    random = np.random.default_rng(5)
    customer = np.sort(random.integers(0, 40, 200))
    cell, has = random.integers(0, 4, 200), random.random(200) < 0.3
    whole, first = count_cells(cell, has, 4), customer < 17
    parts = [count_cells(cell[at], has[at], 4) for at in (first, ~first)]
    assert (parts[0] + parts[1]).n.tolist() == whole.n.tolist()
    swayed = [
        contrast_influences(whole, DIFFERENCE_IN_DIFFERENCES, cell[at], has[at], customer[at])
        for at in (first, ~first)
    ]
    known = contrast_influences(whole, DIFFERENCE_IN_DIFFERENCES, cell, has, customer)
    assert (swayed[0] + swayed[1]).squared.tolist() == known.squared.tolist()
    assert (swayed[0] + swayed[1]).customers == known.customers == 40


def test_an_empty_cell_and_a_single_customer_say_nothing() -> None:
    weight = np.array([-1.0, 1.0])
    alone = contrast_influences(CellShares(np.array([1, 1]), np.array([2, 2])), weight,
                                np.array([0, 0, 1, 1]), np.array([True, False] * 2),
                                np.zeros(4, np.int64))  # fmt: skip
    assert contrast(CellShares(np.array([1, 0]), np.array([2, 0])), weight, alone) is None
    assert contrast(CellShares(np.array([1, 1]), np.array([2, 2])), weight, alone).low == -inf
    unweighed = np.array([-1.0, 0.0])
    assert contrast(CellShares(np.array([1, 0]), np.array([2, 0])), unweighed, alone) is not None


def test_few_customers_have_the_interval_of_student() -> None:
    """Twenty single journeys in each of two cells: √(p (1 - p) / 20 · 40 / 39), t with 39."""
    cell, has = np.repeat([0, 1], 20), np.tile(np.arange(20) < 8, 2)
    found = found_in(cell, has, np.arange(40), np.array([-1.0, 1.0]))
    assert found.high == pytest.approx(2.022691 * sqrt(2 * 0.24 / 20 * 40 / 39), abs=1e-6)
