"""Linking: an identifier follows the one customer that the table gives it, or nobody."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cjmine.identity.links import Codes, Linked, link

CODES = 12
# Customers are the codes under 4; identifiers the others; -1 is nobody.
pairs = st.lists(
    st.tuples(st.integers(4, CODES - 1) | st.just(-1), st.integers(-1, 3)), max_size=40
)


def codes(values: list[int]) -> Codes:
    return np.array(values, np.int32)


def linked(rows: list[tuple[int, int]]) -> Linked:
    return link(codes([row[0] for row in rows]), codes([row[1] for row in rows]), CODES)


def by_hand(rows: list[tuple[int, int]]) -> tuple[list[int], list[bool], int]:
    """The rule once more, with sets: who has exactly one owner belongs to it."""
    owners: dict[int, set[int]] = {}
    for identifier, customer in rows:
        if identifier >= 0 and customer >= 0:
            owners.setdefault(identifier, set()).add(customer)
    known = {customer for _, customer in rows if customer >= 0}
    owner, is_linked = list(range(CODES)), [code in known for code in range(CODES)]
    for identifier, customers in owners.items():
        if len(customers) == 1:
            owner[identifier] = next(iter(customers))
            is_linked[identifier] = True
    return owner, is_linked, sum(len(customers) > 1 for customers in owners.values())


@given(pairs)
def test_links_are_those_of_the_rule_written_with_sets(rows: list[tuple[int, int]]) -> None:
    found = linked(rows)
    assert (found.owner.tolist(), found.is_linked.tolist(), found.clashes) == by_hand(rows)


@given(pairs, st.randoms(use_true_random=False))
def test_order_and_repetition_of_the_rows_do_not_matter(
    rows: list[tuple[int, int]], random: object
) -> None:
    shuffled = [*rows, *rows[: len(rows) // 2]]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = linked(rows), linked(shuffled)
    assert one.owner.tolist() == other.owner.tolist()
    assert one.is_linked.tolist() == other.is_linked.tolist()
    assert one.clashes == other.clashes


@given(pairs, st.permutations(range(CODES)))
def test_how_the_codes_are_numbered_does_not_matter(
    rows: list[tuple[int, int]], renumbered: list[int]
) -> None:
    def new(code: int) -> int:
        return renumbered[code] if code >= 0 else -1

    before = linked(rows)
    after = linked([(new(one), new(other)) for one, other in rows])
    for code in range(CODES):
        assert after.owner[new(code)] == new(int(before.owner[code]))
        assert after.is_linked[new(code)] == before.is_linked[code]
    assert before.clashes == after.clashes


@given(pairs)
def test_two_customers_never_become_one(rows: list[tuple[int, int]]) -> None:
    """Customers own themselves, whatever the rows say about identifiers that they share."""
    assert linked(rows).owner[:4].tolist() == [0, 1, 2, 3]


@given(pairs)
def test_linking_twice_changes_nothing(rows: list[tuple[int, int]]) -> None:
    owner = linked(rows).owner
    assert owner[owner].tolist() == owner.tolist()


def test_an_identifier_of_two_customers_links_to_neither() -> None:
    """A family's phone: one wrong link would put two people's clicks into one journey."""
    found = linked([(5, 0), (5, 1), (6, 0), (6, 0)])
    assert found.owner.tolist()[5:7] == [5, 0]
    assert found.is_linked.tolist()[5:7] == [False, True]
    assert found.clashes == 1


def test_a_shared_identifier_does_not_join_the_others() -> None:
    """No chains: customers that share one phone keep their own cookies, however many share it."""
    found = linked([(5, 0), (5, 1), (5, 2), (6, 0), (7, 1), (8, 2)])
    assert found.owner.tolist()[5:9] == [5, 0, 1, 2]


def test_an_empty_table_links_nobody() -> None:
    found = linked([])
    assert found.owner.tolist() == list(range(CODES))
    assert not found.is_linked.any() and found.clashes == 0
