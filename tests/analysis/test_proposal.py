"""What a log proposes, in worlds whose journeys, goals and reasons for contact are known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from worlds import Interleaved

from cjmine.analysis.proposal.courses import in_order
from cjmine.analysis.proposal.pauses import pause_of
from cjmine.declared import DeclaredContact
from cjmine.portfolio.proposed import ProposedPortfolio
from cjmine.verbs.init_portfolio import MOST_JOURNEYS, propose_portfolio
from cjmine.verbs.settings import CutSettings

HOUR = 3_600_000_000
CALLS = DeclaredContact(("Call: *",))
WORLDS = {
    "usual": Interleaved(),
    "few customers": Interleaved(customers=200, calls=0.4),
    "all take all": Interleaved(takes=1.0),
    "many journeys each": Interleaved(takes=0.8, each=4.0),
    "most give up": Interleaved(goes_on=0.5),
    "days between any two": Interleaved(slow=True),
    "five services": Interleaved(services=("Card", "Loan", "Move", "Claim", "Tax")),
}


def proposed(world: Interleaved, contact: DeclaredContact = CALLS) -> ProposedPortfolio:
    return propose_portfolio(world.log(), (), contact, (), CutSettings())


def homes(found: ProposedPortfolio) -> dict[str, str | None]:
    return {
        one.reason: None if one.journey is None else found.journeys[one.journey].goals[0]
        for one in found.reasons
    }


def is_right(world: Interleaved, contact: DeclaredContact) -> bool:
    """The goals are the journeys; parts and reasons are where their service is; others nowhere."""
    found = proposed(world, contact)
    goals = {one.goals[0]: one for one in found.journeys}
    whole = {name for name, one in goals.items() if one.part_of is None}
    parts = [
        (one, found.journeys[one.part_of]) for one in found.journeys if one.part_of is not None
    ]
    service = {name: name.split()[-1] for name in homes(found) if name.startswith("Call: a")}
    return (
        whole == {f"{one} done" for one in world.services}
        and all(part.goals[0].split()[0] == of.goals[0].split()[0] for part, of in parts)
        and all((homes(found)[name] or "").startswith(one) for name, one in service.items())
        and all(home is None for name, home in homes(found).items() if name not in service)
    )


def rights(world: Interleaved, contact: DeclaredContact, runs: int) -> int:
    return sum(is_right(replace(world, seed=seed), contact) for seed in range(runs))


@pytest.mark.parametrize("world", WORLDS.values(), ids=WORLDS)
def test_goals_of_interleaved_journeys_are_found_and_reasons_are_homed(world: Interleaved) -> None:
    assert rights(world, CALLS, 10) >= 9


@pytest.mark.prove
@pytest.mark.parametrize("contact", [CALLS, DeclaredContact()], ids=["declared", "by channel"])
@pytest.mark.parametrize("world", WORLDS.values(), ids=WORLDS)
def test_the_same_in_95_of_100_runs(world: Interleaved, contact: DeclaredContact) -> None:
    assert rights(world, contact, 100) >= 95


def test_a_touchpoint_that_any_customer_has_at_any_time_is_no_journey() -> None:
    """The newsletter is a mail after which customers pause, but nothing leads to it."""
    goals = {one.goals[0] for one in proposed(Interleaved()).journeys}
    assert "Newsletter" not in goals and "Home" not in goals


def test_a_journey_begins_where_its_own_way_does() -> None:
    """All begin at home, which leads to every goal alike; the page of the service is its own."""
    for one in proposed(Interleaved(customers=2000)).journeys:
        assert one.entry == f"{one.goals[0].split()[0]} page"
    assert {one.entry for one in proposed(Interleaved(services=("Card",))).journeys} == {"Home"}


def test_what_answers_contact_is_neither_goal_nor_reason() -> None:
    world = Interleaved(services=("Card",))
    answered = DeclaredContact(("Call: *",), ("Card done",))
    found = proposed(world, answered)
    assert "Card done" not in {one.goals[0] for one in found.journeys} | homes(found).keys()


def test_at_most_ten_journeys_are_proposed_of_most_customers() -> None:
    """Whole journeys before parts; each of twelve services has both."""
    world = Interleaved(services=tuple(f"S{number}" for number in range(12)), takes=0.3)
    found = proposed(world)
    assert len(found.journeys) == MOST_JOURNEYS
    assert all(one.part_of is None for one in found.journeys)


def test_waits_of_two_kinds_are_split_between_them() -> None:
    """Minutes within a visit and days between; of one kind, a tenth are pauses."""
    random = np.random.default_rng(1)
    minutes, days = random.exponential(HOUR / 20, 900), random.exponential(90 * HOUR, 100)
    found = pause_of(np.concatenate([minutes, days]).astype(np.int64))
    assert found is not None and HOUR / 3 < found < 10 * HOUR
    one_kind = random.exponential(90 * HOUR, 1000).astype(np.int64)
    found = pause_of(one_kind)
    assert found is not None and np.mean(one_kind > found) == pytest.approx(0.1, abs=0.01)


@pytest.mark.parametrize("waits", [[], [5], [0, 0]])
def test_waits_that_say_nothing_split_nothing(waits: list[int]) -> None:
    found = pause_of(np.array(waits, np.int64))
    assert found == (max(waits) if waits else None)


def test_an_order_that_goes_round_is_taken_as_it_comes() -> None:
    """Each of three comes before the next; a fourth comes after all of them."""
    is_clear = np.zeros((4, 4), bool)
    is_clear[[0, 1, 2, 0, 1, 2], [1, 2, 0, 3, 3, 3]] = True
    assert in_order([3, 0, 1, 2], is_clear) == [3, 0, 1, 2]
    is_clear[2, 0] = False
    assert in_order([3, 2, 1, 0], is_clear) == [0, 1, 2, 3]
