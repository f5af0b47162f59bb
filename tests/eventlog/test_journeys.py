"""Cutting journeys: by pauses, at goals, from an entry; no event is lost or counted twice."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from notation import journeys, log, traces
from strategies import cut_rules, logs

from cjmine.eventlog.journeys import WHOLE, CutRules, Journeys, cut
from cjmine.eventlog.log import ACTIVITY, CUSTOMER, Cases, EventLog

MINUTE = 60_000_000
DAY = 86_400_000_000


def test_without_a_rule_a_customer_is_one_journey() -> None:
    found = journeys("""
        ann: Search@0 Buy@300d
        bob: Search
    """)
    assert traces(found) == ["Search Buy", "Search"]
    assert (len(found), found.customers, found.lengths.tolist()) == (2, 2, [2, 1])


def test_a_pause_longer_than_the_gap_begins_a_journey() -> None:
    """A pause of exactly the gap does not."""
    found = journeys("ann: Search@0 View@30m Buy@60m Search@91m", CutRules(gap_us=30 * MINUTE))
    assert traces(found) == ["Search View Buy", "Search"]
    assert found.customers == 1


def test_a_gap_is_measured_between_neighbours_not_from_the_start() -> None:
    found = journeys("ann: A@0 B@20m C@40m D@60m", CutRules(gap_us=30 * MINUTE))
    assert traces(found) == ["A B C D"]


def test_a_journey_ends_with_its_goal() -> None:
    found = journeys("ann: Search Buy Search Buy Call", CutRules(until=("Buy",)))
    assert traces(found) == ["Search Buy", "Search Buy", "Call"]


def test_one_of_several_goals_ends_a_journey_and_two_goals_are_two_journeys() -> None:
    found = journeys("ann: Search Rent Search Buy Buy", CutRules(until=("Buy", "Rent")))
    assert traces(found) == ["Search Rent", "Search Buy", "Buy"]


def test_gap_and_goal_work_together() -> None:
    rules = CutRules(gap_us=DAY, until=("Buy",))
    assert traces(journeys("ann: Search@0 Search@3d Buy@4d Call@4d", rules)) == [
        "Search",
        "Search Buy",
        "Call",
    ]


def test_counting_starts_at_the_first_entry() -> None:
    """What came before is counted and set aside; later entries change nothing."""
    found = journeys("ann: Home Search Buy Search", CutRules(entry=("Search",)))
    assert traces(found) == ["Search Buy Search"]
    assert (found.before_entry, found.without_entry) == (1, 0)


def test_a_journey_without_entry_is_set_aside_and_counted() -> None:
    found = journeys(
        """
        ann: Home Search Buy
        bob: Home Call
        eve: Search
        """,
        CutRules(entry=("Search", "Not in the log")),
    )
    assert traces(found) == ["Search Buy", "Search"]
    assert (found.before_entry, found.without_entry) == (1, 1)
    assert found.customers == 2


def test_the_entry_is_looked_for_in_each_journey_after_cutting() -> None:
    rules = CutRules(gap_us=DAY, entry=("Search",))
    found = journeys("ann: Home@0 Search@1m Call@5d Search@9d Buy@9d", rules)
    assert traces(found) == ["Search", "Search Buy"]
    assert (found.before_entry, found.without_entry) == (1, 1)


def test_nobody_enters_leaves_an_empty_result() -> None:
    found = journeys("ann: Home\nbob: Call", CutRules(entry=("Search",)))
    assert (len(found), found.customers, found.without_entry, found.tied) == (0, 0, 2, 0)


def test_a_process_log_keeps_its_cases() -> None:
    """Rules that cut journeys do not apply; the entry does."""
    text = """
        order-1: Home@0 Search@1 Buy@90d
        order-2: Search@5
    """
    rules = CutRules(gap_us=1, until=("Search",), entry=("Search",))
    assert traces(journeys(text, rules, Cases.GIVEN)) == ["Search Buy", "Search"]


def test_cases_of_one_customer_stand_side_by_side() -> None:
    """Cases are sorted by their own name, which interleaves customers; counting needs them
    together."""
    found = journeys(
        """
        order-1 (zoe): Search Pay
        order-2 (ann): Search Call
        order-3 (zoe): Call
        order-4 (ann): Pay
        """,
        cases=Cases.GIVEN,
    )
    assert traces(found) == ["Search Call", "Pay", "Search Pay", "Call"]
    assert found.customer.tolist() == [0, 0, 1, 1]
    assert found.customers == 2
    assert found.event.tolist() == [2, 3, 5, 0, 1, 4]


@pytest.mark.parametrize(
    ("text", "tied"),
    [
        ("ann: A@1 B@2", 0),
        ("ann: A@1 B@1", 1),
        ("ann: A@1 B@1 C@1 D@7 E@7", 1),
        ("ann: A@1 B@2\nbob: C@2 D@3", 0),
        ("ann: A@1 B@1\nbob: C@1 D@1\neve: E@1", 2),
        ("ann: A@1", 0),
    ],
)
def test_journeys_with_equal_times_are_counted(text: str, tied: int) -> None:
    """Once each; equal times of two journeys are no tie."""
    assert journeys(text).tied == tied


def test_a_tie_across_a_cut_is_no_tie() -> None:
    assert journeys("ann: A@1 Buy@1 C@1", CutRules(until=("Buy",))).tied == 1
    assert journeys("ann: Buy@1 C@1", CutRules(until=("Buy",))).tied == 0


def test_an_empty_log_has_no_journeys() -> None:
    found = journeys("")
    assert (len(found), found.customers, found.tied) == (0, 0, 0)
    assert found.lengths.tolist() == found.journey.tolist() == []
    assert len(journeys("", CutRules(1, ("A",), ("B",)))) == 0


def by_hand(given_log: EventLog, rules: CutRules) -> tuple[list[tuple[int, list[int]]], int, int]:
    """The same rules, event by event: (customer, rows of the log) a journey, and set aside."""
    names, activity = given_log.activities, given_log.codes(ACTIVITY)
    case, customer = given_log.codes(given_log.case_column), given_log.codes(CUSTOMER)
    given_cases = given_log.about.cases is Cases.GIVEN
    cut_journeys: list[list[int]] = []
    for row in range(given_log.events):
        last = row - 1
        fresh = row == 0 or case[row] != case[last]
        if not fresh and not given_cases:
            pause = int(given_log.times[row] - given_log.times[last])
            fresh = rules.gap_us is not None and pause > rules.gap_us
            fresh = fresh or names[activity[last]] in rules.until
        if fresh:
            cut_journeys.append([])
        cut_journeys[-1].append(row)
    cut_journeys.sort(key=lambda rows: customer[rows[0]])
    without = before = 0
    found = []
    for rows in cut_journeys:
        entries = [place for place, row in enumerate(rows) if names[activity[row]] in rules.entry]
        if rules.entry and not entries:
            without += 1
            continue
        first = entries[0] if rules.entry else 0
        before += first
        found.append((int(customer[rows[0]]), rows[first:]))
    return found, without, before


def rows_of(found: Journeys) -> list[tuple[int, list[int]]]:
    return [
        (int(who), found.event[begin:end].tolist())
        for who, begin, end in zip(found.customer, found.starts[:-1], found.starts[1:], strict=True)
    ]


@given(st.data())
def test_cutting_equals_the_rules_taken_event_by_event(data: st.DataObject) -> None:
    given_log = data.draw(logs())
    rules = data.draw(cut_rules(given_log))
    found = cut(given_log, rules)
    expected, without, before = by_hand(given_log, rules)
    assert rows_of(found) == expected
    assert (found.without_entry, found.before_entry) == (without, before)


@given(st.data())
def test_columns_of_journeys_are_those_of_their_events(data: st.DataObject) -> None:
    given_log = data.draw(logs())
    found = cut(given_log, data.draw(cut_rules(given_log)))
    assert found.activity.tolist() == given_log.codes(ACTIVITY)[found.event].tolist()
    assert found.time.tolist() == given_log.times[found.event].tolist()
    owner = given_log.codes(CUSTOMER)[found.event]
    assert owner.tolist() == found.customer[found.journey].tolist()
    assert (np.diff(found.customer) >= 0).all()
    assert found.customers == len(set(found.customer.tolist()))


@given(st.data())
def test_without_an_entry_every_event_is_in_exactly_one_journey(data: st.DataObject) -> None:
    given_log = data.draw(logs())
    rules = data.draw(cut_rules(given_log))
    found = cut(given_log, CutRules(rules.gap_us, rules.until))
    assert sorted(found.event.tolist()) == list(range(given_log.events))
    assert found.lengths.sum() == given_log.events
    assert not len(found) or found.lengths.min() >= 1


@given(logs())
def test_tied_journeys_are_those_with_a_repeated_time(given_log: EventLog) -> None:
    found = cut(given_log, WHOLE)
    tied = sum(
        len({*found.time[begin:end].tolist()}) < end - begin
        for begin, end in zip(found.starts[:-1], found.starts[1:], strict=True)
    )
    assert found.tied == tied


def test_a_case_may_hold_events_of_two_customers() -> None:
    """The journey belongs to the customer of its first event; no event is lost."""
    from strategies import log_from

    given_log = log_from([("zoe", "Search", 1), ("ann", "Call", 2)], cases=["order", "order"])
    found = cut(given_log)
    assert rows_of(found) == [(given_log.names(CUSTOMER).index("zoe"), [0, 1])]
    assert log("ann: A").case_column == CUSTOMER
