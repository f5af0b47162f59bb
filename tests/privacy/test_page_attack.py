"""Nothing on the page of a portfolio, or in the reports beside it, gives few customers away."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from privacy.page_attack import Asked, Who, World, given_away
from privacy.release_attack import K

from cjmine.disclosure.differences import Publication
from cjmine.verbs.portfolio_report import portfolio_report
from cjmine.verbs.settings import ReportSettings

REASONS = ("Call_bill", "Call_move", "Call_other")


def at_random(seed: int) -> World:
    """Six journeys, one of them a template, of customers in some combinations."""
    dice = np.random.default_rng(seed)
    names, customers = "ABCDE", []
    for _ in range(int(dice.integers(4, 9))):
        entries = [name for name in names if dice.random() < 0.6] or ["A"]
        reason = REASONS[int(dice.integers(3))] if dice.random() < 0.4 else None
        week = int(dice.integers(0, 3))
        for _ in range(int(dice.choice([2, 4, 7, 12, 30, 80]))):
            ends = [goal for goal in ("G1", "G2") if dice.random() < 0.5]
            stops = ["Stop"] if not ends and dice.random() < 0.5 else []
            answer = int(dice.choice([2, 8, 10])) if dice.random() < 0.7 else None
            has = frozenset([*entries, *ends, *stops])
            called = reason if dice.random() < 0.8 else None
            customers.append(Who(week, "XYZ"[int(dice.integers(3))], has, called, answer))
    if len(customers) < K:  # so few are refused whatever they did
        return at_random(seed + 1000)
    return World(tuple(customers), journeys(), homes=(("Call bill", "a"), ("Call move", "b")))


def journeys() -> tuple[Asked, ...]:
    """Journeys that overlap; every second one has the same goal."""
    return (
        Asked("a", "A", "G1", "P0", "o0"),
        Asked("b", "B", "G2", "P1", "o1", parent="a"),
        Asked("c", "C", "G1", "P0", "o2", parent="a"),
        Asked("d", "D", "G2", "P1", "o0"),
        Asked("e", "E", "G1", "P0", "o1", funds=("X", "Y")),
    )


@pytest.mark.parametrize("seed", range(8))
def test_nothing_on_the_page_gives_few_away(tmp_path: Path, seed: int) -> None:
    world = at_random(seed)
    assert given_away(world, *world.page(tmp_path)) == []


@pytest.mark.prove
@pytest.mark.parametrize("seed", range(100, 400))
def test_nothing_on_many_pages_gives_few_away(tmp_path: Path, seed: int) -> None:
    world = at_random(seed)
    assert given_away(world, *world.page(tmp_path)) == []


# Figures that are about enough each, but not beside each other: each world gives it one way.


def alike(number: int, *has: str, **more: object) -> list[Who]:
    """Customers of whom every second one reaches the first goal, every third the other."""
    ends = [[], ["G1"], ["G2"], ["G1"], [], ["G1", "G2"]]
    return [
        Who(**{"week": 0, "fund": "X", **more}, has=frozenset([*has, *ends[at % 6]]))
        for at in range(number)
    ]


def goal_is_the_next_entry() -> World:
    """Who reaches the goal of one journey begins the other, but for four."""
    return World(
        (
            *(Who(0, "X", frozenset(["A", "B", "G1"])) for _ in range(40)),
            *(Who(0, "X", frozenset(["A", "G1"])) for _ in range(4)),
            *(Who(0, "X", frozenset(["A"])) for _ in range(30)),
            *(Who(0, "X", frozenset(["D"])) for _ in range(30)),
        ),
        (Asked("a", "A", "G1", "P0", "o0"), Asked("b", "B", "G2", "P0", "o1")),
    )


def few_did_not_answer() -> World:
    """All customers of a journey answer, but for four."""
    return World(
        (
            *alike(60, "A", answer=10),
            *alike(40, "A", answer=2),
            *alike(4, "A"),
            *alike(30, "D"),
        ),
        (Asked("a", "A", "G1", "P0", "o0"), Asked("d", "D", "G2", "P0", "o1")),
    )


def few_are_promoters_of_one_alone() -> World:
    """The same customers answer about two journeys, but for four promoters and forty others."""
    return World(
        (
            *alike(60, "A", "B", answer=10),
            *alike(40, "A", "B", answer=2),
            *alike(4, "A", answer=10),
            *alike(40, "A", answer=2),
            *alike(60, "A", "B"),
        ),
        (Asked("a", "A", "G1", "P0", "o0"), Asked("b", "B", "G2", "P0", "o1")),
    )


def few_contacts_in_no_journey() -> World:
    """All who get in touch have the journey, but for four."""
    return World(
        (
            *alike(60, "A", reason="Call_bill"),
            *alike(50, "A"),
            *alike(4, "D", reason="Call_bill"),
            *alike(50, "D"),
        ),
        (Asked("a", "A", "G1", "P0", "o0"), Asked("b", "B", "G2", "P0", "o1")),
        homes=(("Call bill", "a"),),
    )


def few_in_the_last_week() -> World:
    """A trend shows two weeks; four customers began after them."""
    weeks = [alike(number, "A", week=week) for week, number in enumerate((60, 60, 4))]
    return World(
        (*weeks[0], *weeks[1], *weeks[2], *alike(40, "D", week=2)),
        (Asked("a", "A", "G1", "P0", "o0"),),
    )


WORLDS = (
    goal_is_the_next_entry,
    few_did_not_answer,
    few_are_promoters_of_one_alone,
    few_contacts_in_no_journey,
    few_in_the_last_week,
)


@pytest.mark.parametrize("world", WORLDS)
def test_figures_of_different_sorts_give_no_few_away(tmp_path: Path, world) -> None:
    made = world()
    page, reports = made.page(tmp_path)
    assert given_away(made, page, reports) == []
    assert page["journeys"][0]["goal"]["n"] is not None


@pytest.mark.parametrize("world", [*WORLDS, lambda: at_random(4)])
def test_the_attack_finds_them_without_the_publication(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, world
) -> None:
    monkeypatch.setattr(Publication, "taking", lambda self, *_: self)
    made = world()
    assert given_away(made, *made.page(tmp_path))


def test_a_report_is_without_scores_that_are_not_whole_on_the_page(tmp_path: Path) -> None:
    settings = ReportSettings(command="cjmine report portfolio.yaml log")
    found = portfolio_report(*few_are_promoters_of_one_alone().asked(tmp_path), settings)
    shown = {
        row.journey: all(band.answers is not None for one in row.scores for band in one.bands)
        for row in found.portfolio.journeys
    }
    assert shown == {"a": True, "b": False}
    reports = {one.name: one.report.checked for one in found.reports}
    assert {name: bool(one and one.map.scores) for name, one in reports.items()} == shown
