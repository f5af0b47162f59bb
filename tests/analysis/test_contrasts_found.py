"""What the others share: found where it is planted, and seldom confirmed where nothing is."""

from __future__ import annotations

import numpy as np
import pytest

from cjmine.analysis.looks import FALSE_SHARE, q_values
from cjmine.analysis.outliers.contrasts import Found, Term, find, having
from cjmine.analysis.outliers.journey_table import JudgedJourneys
from cjmine.analysis.outliers.lifts import chance, lift

SIZES = (2, 4, 8, 24, 20)


def table(
    seed: int,
    customers: int = 1000,
    each: float = 1.0,
    outside: float = 0.6,
    effect: float = 0.0,
    alike: float = 0.5,
) -> JudgedJourneys:
    """Journeys with five columns of chance; the second code of the first one adds the effect.

    Columns and outcomes of one customer's journeys are alike, so that journeys are no sample.
    """
    random = np.random.default_rng(seed)
    customer = np.repeat(np.arange(customers), random.geometric(1 / each, customers))
    size = len(customer)

    def drawn(values: int) -> np.ndarray:
        own = random.integers(0, values, customers)[customer]
        return np.where(random.random(size) < alike, own, random.integers(0, values, size))

    codes = np.array([drawn(one) for one in SIZES], np.int32).T
    own = random.random(customers)[customer]
    level = np.where(random.random(size) < alike, own, random.random(size))
    return JudgedJourneys(
        codes=codes,
        customer=customer.astype(np.int32),
        is_second=(random.random(customers) < 0.5)[customer],
        is_completed=np.ones(size, bool),
        is_outside=level < outside + effect * (codes[:, 0] == 1),
        customers=customers,
    )


def confirmed(found: list[Found]) -> list[Found]:
    """Those that the other half confirms, as the gate judges them."""
    halves = [(lift(*one.first[::-1]), lift(*one.second[::-1])) for one in found]
    known = [
        (one, first, second)
        for one, (first, second) in zip(found, halves, strict=True)
        if first is not None and second is not None
    ]
    q = q_values([chance(second) for _, _, second in known])
    return [
        one
        for (one, first, second), sure in zip(known, q, strict=True)
        if sure is not None
        and sure < FALSE_SHARE
        and (first.value > 1) == (second.value > 1)
        and not second.low <= 1 <= second.high
    ]


def confirmed_by_chance(runs: int, **planted: float) -> int:
    found = (find(table(seed, **planted), SIZES, frozenset()) for seed in range(runs))
    return sum(bool(confirmed(one)) for one in found)


def test_what_is_planted_is_found_and_confirmed() -> None:
    found = find(table(1, customers=2000, effect=0.2), SIZES, frozenset())
    assert (Term(0, 1),) in {one.terms for one in confirmed(found)}


def test_what_is_left_out_is_not_looked_at() -> None:
    out = frozenset((Term(0, 0), Term(0, 1)))
    found = find(table(1, customers=2000, effect=0.2), SIZES, out)
    assert not out & {term for one in found for term in one.terms}


def test_the_halves_hold_different_customers_and_add_up() -> None:
    planted = table(1, customers=2000, effect=0.2, each=2.0)
    for one in find(planted, SIZES, frozenset()):
        sizes = [share.of for share in (*one.first, *one.second)]
        assert sum(size or 0 for size in sizes) == len(planted)
        has = having(planted, one.terms)
        assert (one.first[1].of or 0) + (one.second[1].of or 0) == int(has.sum())


def test_a_pair_says_more_than_each_of_its_conditions() -> None:
    found = find(table(2, customers=3000, effect=0.2), SIZES, frozenset())
    assert max(len(one.terms) for one in found[:1]) == 1


def test_nothing_is_found_in_few_journeys() -> None:
    assert find(table(1, customers=40), SIZES, frozenset()) == []


def test_chance_is_seldom_confirmed() -> None:
    assert confirmed_by_chance(40) <= 4


@pytest.mark.prove
@pytest.mark.parametrize("planted", [{}, {"customers": 500, "each": 3.0}, {"outside": 0.1}])
def test_chance_is_confirmed_in_at_most_65_of_1000(planted: dict[str, float]) -> None:
    assert confirmed_by_chance(2000, **planted) <= 0.065 * 2000
