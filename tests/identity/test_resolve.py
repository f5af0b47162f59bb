"""Linking identifiers: equal to the slow oracle, whatever the order of the evidence."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from identity.oracle import Oracle, Row
from strategies import examples

from cjmine.analysis.identity import identity_of
from cjmine.identity.evidence import Evidence, Nodes
from cjmine.identity.resolve import Resolved, resolve

CODES = 14
LIMIT = 3


def nodes_of(customers: set[int], devices: set[int], order: list[int]) -> Nodes:
    places = np.arange(len(order))
    return Nodes(
        np.isin(places, list(customers)),
        np.isin(places, list(devices)),
        np.array(order, np.int64),
    )


def evidence_of(rows: list[Row]) -> list[Evidence]:
    """Rows with a time and rows without, as two rules."""
    found = []
    for rule, some in (
        ("table", [row for row in rows if row[2] is None]),
        ("export", [row for row in rows if row[2] is not None]),
    ):
        times = None if rule == "table" else np.array([t for _, _, t in some], np.int64)
        left, right = (np.array([row[side] for row in some], np.int32) for side in (0, 1))
        found.append(Evidence(rule, left, right, times))
    return found


@st.composite
def worlds(draw: st.DrawFn) -> tuple[set[int], set[int], list[int], list[Row]]:
    """Some customers, some devices, some personal identifiers, and who was seen with whom."""
    customers = set(range(draw(st.integers(0, 5))))
    # A customer may be known by a cookie: then that cookie is a customer, and no device.
    devices = set(range(10, CODES)) | draw(st.sets(st.sampled_from(range(5))))
    order = draw(st.permutations(range(CODES)))
    code = st.integers(-1, CODES - 1)
    when = st.none() | st.integers(0, 6)
    rows = draw(st.lists(st.tuples(code, code, when), max_size=12))
    # Chance alone hardly ever makes a hub: one code is seen with some others.
    centre, others = draw(code), draw(st.sets(code, max_size=8))
    rows += [(centre, other, draw(when)) for other in sorted(others)]
    return customers, devices, list(order), rows


@examples(100)
@given(worlds(), st.lists(st.tuples(st.integers(-1, CODES - 1), st.integers(-15, 8)), max_size=20))
def test_equal_to_the_oracle(
    world: tuple[set[int], set[int], list[int], list[Row]], events: list[tuple[int, int]]
) -> None:
    """Owners, hubs, clashes, shared devices and every event agree with plain Python."""
    customers, devices, order, rows = world
    slow = Oracle(customers, devices, order, rows, LIMIT)
    found = resolve(evidence_of(rows), nodes_of(customers, devices, order), LIMIT, backward=10)
    assert found.owner.tolist() == [slow.owner[code] for code in range(CODES)]
    assert set(found.hubs.tolist()) == slow.hubs
    assert set(found.clashes.tolist()) == slow.clashes
    assert set(found.shared.tolist()) == slow.shared
    codes = np.array([code for code, _ in events], np.int32)
    times = np.array([when for _, when in events], np.int64)
    assert found.owners(codes, times).tolist() == [slow.of_event(*event) for event in events]


@examples(35)
@given(worlds(), st.randoms(use_true_random=False))
def test_the_order_of_rows_and_codes_does_not_matter(
    world: tuple[set[int], set[int], list[int], list[Row]], chance: random.Random
) -> None:
    """Rows shuffled and doubled, codes renamed: the same owners under the other names."""
    customers, devices, order, rows = world
    before = resolve(evidence_of(rows), nodes_of(customers, devices, order), LIMIT)
    name = list(range(CODES))
    chance.shuffle(name)
    renamed = [(a if a < 0 else name[a], b if b < 0 else name[b], t) for a, b, t in rows * 2]
    chance.shuffle(renamed)
    new_order = [0] * CODES
    for code in range(CODES):
        new_order[name[code]] = order[code]
    after = resolve(
        evidence_of(renamed),
        nodes_of({name[c] for c in customers}, {name[c] for c in devices}, new_order),
        LIMIT,
    )
    assert [name[owner] for owner in before.owner.tolist()] == [
        after.owner.tolist()[name[code]] for code in range(CODES)
    ]


def small(rows: list[Row], customers: int = 2, devices: tuple[int, ...] = (4, 5)) -> Resolved:
    """Customers 0 and 1, personal identifiers 2 and 3, devices 4 and 5."""
    nodes = nodes_of(set(range(customers)), set(devices), list(range(6)))
    return resolve(evidence_of(rows), nodes, hub_limit=3, backward=10)


def owners(found: Resolved, *events: tuple[int, int]) -> list[int]:
    codes, times = zip(*events, strict=True)
    return found.owners(np.array(codes, np.int32), np.array(times, np.int64)).tolist()


def test_a_phone_leads_to_the_customer_through_an_address() -> None:
    """The table knows the address; a form held address and phone: the phone is the customer's."""
    assert small([(2, 0, None), (2, 3, 7)]).owner.tolist()[:4] == [0, 1, 0, 0]


def test_a_shared_computer_is_of_whoever_logged_in_last() -> None:
    """Two customers on one cookie: each event belongs to the last login before it."""
    found = small([(4, 0, 100), (4, 1, 200)])
    assert found.shared.tolist() == [4]
    assert owners(found, (4, 150), (4, 200), (4, 999)) == [0, 1, 1]
    before = owners(found, (4, 95), (4, 90), (4, 89))
    assert before == [0, 0, 4], "before the first login: ten units, no more"


def test_an_identifier_that_was_cut_owns_nothing_on_a_shared_device() -> None:
    """A clash was seen on the computer too: the events stay with whoever was seen before it."""
    found = small([(2, 0, None), (2, 1, None), (4, 0, 100), (4, 2, 150), (4, 1, 200)])
    assert found.clashes.tolist() == [2] and found.shared.tolist() == [4]
    assert owners(found, (4, 160)) == [0]


def test_a_cookie_of_one_customer_is_hers_at_all_times() -> None:
    """One login is enough where nobody else was ever seen on the device."""
    assert owners(small([(4, 0, 100)]), (4, 1), (4, 10**9)) == [0, 0]


def test_a_phone_of_two_customers_is_a_clash() -> None:
    """A household's number names neither of the two."""
    found = small([(2, 0, None), (2, 1, None)])
    assert found.clashes.tolist() == [2]
    assert found.owner[2] == 2


def test_a_switchboard_links_nobody() -> None:
    """A number beside more customers than the limit is a hub: cut, and not a bridge either."""
    rows: list[Row] = [(6, customer, None) for customer in range(4)]
    nodes = nodes_of(set(range(4)), set(), list(range(8)))
    found = resolve(evidence_of([*rows, (6, 7, 5)]), nodes, hub_limit=3)
    assert found.hubs.tolist() == [6]
    assert found.owner.tolist() == list(range(8))


def test_as_many_as_the_limit_are_no_hub() -> None:
    """Three addresses of one person, limit three: linked; a fourth makes the phone a hub."""
    nodes = nodes_of({0}, set(), list(range(6)))
    rows: list[Row] = [(1, 0, None), *((1, other, 5) for other in (2, 3, 4))]
    found = resolve(evidence_of(rows), nodes, hub_limit=3)
    assert found.owner.tolist() == [0, 0, 0, 0, 0, 5] and not len(found.hubs)
    found = resolve(evidence_of([*rows, (5, 1, 5)]), nodes, hub_limit=3)
    assert found.owner.tolist() == list(range(6)) and found.hubs.tolist() == [1]


def test_a_customer_that_a_table_names_counts_as_linked() -> None:
    """Nothing else is known of customer 0, and nothing at all of 1."""
    nodes, codes = nodes_of({0}, set(), [0, 1]), np.array([0, 1, -1], np.int32)
    known = np.array([True, False])
    found = identity_of([], nodes, codes, np.zeros(3, np.int64), codes, known)
    assert found.linked == 1


def test_nothing_links_nothing() -> None:
    """No evidence: everybody is a customer of their own, and nobody is known."""
    nodes = nodes_of(set(), set(), [0, 1])
    found = resolve([], nodes)
    assert found.owner.tolist() == [0, 1]
    assert not found.linked.any()
    assert found.owners(np.zeros(0, np.int32), np.zeros(0, np.int64)).tolist() == []


def test_an_address_of_two_customers_that_are_cookies_is_shared_in_time() -> None:
    """The customers of this table are cookies; events of their network address follow them."""
    nodes = nodes_of({0, 1}, {0, 1, 2}, list(range(3)))
    found = resolve(evidence_of([(2, 0, 100), (2, 1, 200)]), nodes, hub_limit=3, backward=10)
    assert owners(found, (2, 150), (2, 250)) == [0, 1]


def test_what_a_rule_does_is_the_difference_without_it() -> None:
    """Two rules, two events each changes: leaving one out gives one customer more."""
    nodes = nodes_of({0}, set(), [0, 1, 2])
    table = Evidence("table", np.array([1], np.int32), np.array([0], np.int32))
    form = replace(table, rule="form", left=np.array([2], np.int32), time=np.array([3]))
    codes, times = np.array([0, 1, 1, 2], np.int32), np.zeros(4, np.int64)
    sources = np.array([0, 0, 1, 1], np.int32)
    nobody = np.zeros(3, bool)
    found = identity_of([table, form], nodes, codes, times, sources, nobody)
    assert (found.customers, found.identifiers, found.linked) == (1, 3, 4)
    assert found.across == 1
    assert [(one.rule, one.pairs, one.events) for one in found.rules] == [
        ("table", 1, 2),
        ("form", 1, 1),
    ]
    assert [(one.customers_without, one.across_without) for one in found.rules] == [(2, 2), (2, 1)]
