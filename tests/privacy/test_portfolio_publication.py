"""What a portfolio shows of journeys that overlap is one publication: no few can be computed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from notation import log
from portfolio.folders import CLAIM, ORDER, portfolio_in
from privacy.portfolio_attack import Asked, Customer, World, computed

from cjmine.disclosure import portfolio as gate
from cjmine.disclosure.portfolio_publication import Published
from cjmine.verbs.portfolio_report import PortfolioReport, portfolio_report
from cjmine.verbs.portfolio_settings import PortfolioSettings
from cjmine.verbs.settings import ReportSettings

HALF = ("GPay", "GMore")


def some(number: int, *has: str, week: int = 0) -> list[Customer]:
    """Customers with some touchpoints; every second one reaches both goals."""
    return [(week, frozenset((*has, *(HALF if at % 2 else ())))) for at in range(number)]


def nested(few: int) -> World:
    """All who order have a basket, but for a few."""
    return World(
        (*some(140 - few, "Order", "Basket"), *some(few, "Order")),
        (Asked("order", "Order", "GPay"), Asked("basket", "Basket", "GMore")),
    )


def three_rows(few: int) -> World:
    """All who came have a basket or a bill, but for a few: came - basket - bill."""
    return World(
        (*some(60, "Came", "Basket"), *some(50, "Came", "Bill"), *some(few, "Came")),
        (
            Asked("basket", "Basket", "GPay"),
            Asked("bill", "Bill", "GMore"),
            Asked("came", "Came", "GPay"),
        ),
    )


def all_three(few: int) -> World:
    """A few have all three journeys: a + b + c less all together is twice as many."""
    return World(
        (*some(40, "A"), *some(40, "B"), *some(40, "C"), *some(few, "A", "B", "C")),
        (Asked("a", "A", "GPay"), Asked("b", "B", "GPay"), Asked("c", "C", "GMore")),
    )


def two_goals(few: int) -> World:
    """The same customers in two journeys; who pays comes back, but for a few."""
    return World(
        (
            *((0, frozenset(("Order", *HALF))) for _ in range(60)),
            *((0, frozenset(("Order", "GPay"))) for _ in range(few)),
            *((0, frozenset(("Order",))) for _ in range(40)),
        ),
        (Asked("pay", "Order", "GPay"), Asked("more", "Order", "GMore")),
    )


def one_week(few: int) -> World:
    """Many order without a basket, but only a few in one of the weeks."""
    weeks = [some(40, "Order", "Basket", week=week) for week in range(4)]
    alone = [some(few if week == 1 else 20, "Order", week=week) for week in range(4)]
    return World(
        tuple(one for week in (*weeks, *alone) for one in week),
        (Asked("order", "Order", "GPay"), Asked("basket", "Basket", "GPay")),
    )


WORLDS = (nested, three_rows, all_three, two_goals, one_week)


def at_random(seed: int) -> World:
    """Five touchpoints that customers have together or not, in six combinations."""
    dice = np.random.default_rng(seed)
    names = "ABCDE"
    customers: list[Customer] = []
    for _ in range(6):
        has = [name for name in names if dice.random() < 0.6]
        number = int(dice.choice([3, 7, 15, 60]))
        customers += some(number, *has, week=int(dice.integers(0, 2)))
    journeys = [
        Asked(name.lower(), name, HALF[at % 2], f"P{at % 2}", f"o{at % 3}")
        for at, name in enumerate(names)
    ]
    return World((*customers, *some(30, "A"), *some(30, "B")), tuple(journeys))


@pytest.mark.parametrize("release", [False, True])
@pytest.mark.parametrize("few", range(1, 10))
@pytest.mark.parametrize("world", WORLDS)
def test_no_few_are_computed_from_a_portfolio(
    tmp_path: Path, world, few: int, release: bool
) -> None:
    made = world(few)
    found = made.measured(tmp_path, PortfolioSettings(release=release))
    assert computed(made, found, 5 if release else 1) == []
    assert found.journeys[0].goal.n is not None


@pytest.mark.parametrize("seed", range(20))
def test_no_few_are_computed_from_random_portfolios(tmp_path: Path, seed: int) -> None:
    made = at_random(seed)
    found = made.measured(tmp_path, PortfolioSettings())
    assert computed(made, found) == []


@pytest.mark.parametrize("world", WORLDS)
def test_the_attack_finds_them_where_each_journey_is_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, world
) -> None:
    monkeypatch.setattr(gate, "one_publication", lambda journeys, *_: list(journeys))
    monkeypatch.setattr(Published, "takes", lambda *_: True)
    made = world(4)
    assert computed(made, made.measured(tmp_path, PortfolioSettings()))


@pytest.mark.parametrize("world", WORLDS)
def test_what_is_about_enough_is_shown(tmp_path: Path, world) -> None:
    found = world(24).measured(tmp_path, PortfolioSettings())
    assert all(one.goal.n is not None for one in found.journeys)


# The folder.

OPEN = """{lifecycle: [Buy], journeys: [
    {journey: order.yaml, phase: Buy}, {journey: claim.yaml, phase: Buy}]}"""
ALL_AND_SOME = """{lifecycle: [Buy], journeys: [
    {journey: order.yaml}, {template: order.yaml, name: by fund, for: {fund: [A, B]}}]}"""


def written(folder: Path, text: str, files: dict[str, str], rows: list[str]) -> PortfolioReport:
    events = log("\n".join([*rows, "end: News@9d"]))
    return portfolio_report(events, portfolio_in(folder, text, files), ReportSettings())


def orders(number: int, first: str, more: str = "") -> list[str]:
    return [
        f"{first}{n}: Search@{n}m{more}" + (f" Pay@{n + 9}m{more}" if n % 2 else "")
        for n in range(number)
    ]


@pytest.mark.parametrize(("others", "names"), [(30, ["order"]), (0, ["order", "by fund"])])
def test_two_reports_do_not_report_on_the_rest(
    tmp_path: Path, others: int, names: list[str]
) -> None:
    """All orders less those of two funds are those of the third: its steps would be known."""
    rows = [
        *orders(60, "a", "@fund=A"),
        *orders(50, "b", "@fund=B"),
        *orders(others, "c", "@fund=C"),
    ]
    found = written(tmp_path, ALL_AND_SOME, {"order.yaml": ORDER}, rows)
    assert [one.name for one in found.reports] == names
    assert all(one.goal.n is not None for one in found.portfolio.journeys)
    said = {note.text.partition(":")[0] for note in found.portfolio.notes if note.code == "N412"}
    assert said == {"order", "by fund"} - set(names)


@pytest.mark.parametrize(("few", "names"), [(4, ["order"]), (12, ["order", "claim"])])
def test_open_journeys_of_few_are_in_no_second_report(
    tmp_path: Path, few: int, names: list[str]
) -> None:
    """The same customers have both, but a few whose claim is open: reports show how many those are."""
    rows = [f"{row} Claim@{n}h" for n, row in enumerate(orders(60, "c"))]
    rows += [f"d{n}: Claim@{9 * 24 - 5}h" for n in range(few)]
    found = written(tmp_path, OPEN, {"order.yaml": ORDER, "claim.yaml": CLAIM}, rows)
    assert [one.name for one in found.reports] == names
    assert [one.customers for one in found.portfolio.journeys] == [60, 60]
