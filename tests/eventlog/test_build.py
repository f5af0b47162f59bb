"""Building a log: the stated order of events, and dictionaries in the order of names."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from notation import log
from strategies import Row, log_from, logs, rows

from cjmine.columns import labels, numbers
from cjmine.eventlog.build import build_log, log_of
from cjmine.eventlog.log import ACTIVITY, CHANNEL, CUSTOMER, TIME, About, Cases


def rows_of(found) -> list[Row]:
    """(customer, activity, seconds) of every event, in the order of the log."""
    names, customers = found.names(ACTIVITY), found.names(CUSTOMER)
    return [
        (customers[who], names[what], int(us) // 1_000_000)
        for who, what, us in zip(
            found.codes(CUSTOMER), found.codes(ACTIVITY), found.times, strict=True
        )
    ]


def test_events_stand_by_customer_and_time_whatever_the_input() -> None:
    found = log("""
        zoe: Search@30 Buy@10
        ann: Call@99 Search@5
    """)
    assert rows_of(found) == [
        ("ann", "Search", 5),
        ("ann", "Call", 99),
        ("zoe", "Buy", 10),
        ("zoe", "Search", 30),
    ]


def test_events_at_one_time_keep_the_order_of_the_source() -> None:
    found = log("""
        ann: Second_name@5 First_name@5 Early@1
    """)
    assert [row[1] for row in rows_of(found)] == ["Early", "Second name", "First name"]


def test_a_process_log_is_ordered_by_case_not_by_customer() -> None:
    found = log(
        """
        order-2 (ann): Pay@1
        order-1 (zoe): Pay@2 Ship@3
        """,
        Cases.GIVEN,
    )
    assert [row[0] for row in rows_of(found)] == ["zoe", "zoe", "ann"]
    assert found.table.column_names[:4] == ["case", "customer", "activity", "time"]


@given(rows())
def test_the_order_is_that_of_a_stable_sort(given_rows: list[Row]) -> None:
    """Equal to Python's own sort by (customer, time), which keeps the order of equals."""
    expected = sorted(given_rows, key=lambda row: (row[0].encode(), row[2]))
    assert rows_of(log_from(given_rows)) == expected


@pytest.mark.parametrize("unit", [1, 1_000_000])
@pytest.mark.parametrize("span", [10, 10**13, 9 * 10**18])
@pytest.mark.parametrize("customers", [1, 70_000])
def test_the_order_is_the_same_however_far_times_are_apart(
    unit: int, span: int, customers: int
) -> None:
    """Customers and times that fit into one number, and those that do not."""
    chance = np.random.default_rng(7)
    times = chance.integers(-span // 2, span // 2, 90_000) // unit * unit
    who = chance.integers(0, customers, len(times)).astype(np.int32)
    names = [f"c{number:06d}" for number in range(customers)]
    activity = labels(np.arange(len(times), dtype=np.int32), [f"{n}" for n in range(len(times))])
    columns = {CUSTOMER: labels(who, names), ACTIVITY: activity, TIME: numbers(times)}
    found = build_log(columns, About(Cases.CUSTOMER))
    order = np.lexsort((times, who))
    assert found.times.tolist() == times[order].tolist()
    placed = [int(name) for name in np.array(found.names(ACTIVITY))[found.codes(ACTIVITY)]]
    assert placed == order.tolist()


@given(rows(), st.randoms(use_true_random=False))
def test_the_order_of_customers_in_the_input_does_not_matter(given_rows, random) -> None:
    """Rows of different customers may be shuffled; each customer's own rows keep their order."""
    lines: dict[str, list[Row]] = {}
    for row in given_rows:
        lines.setdefault(row[0], []).append(row)
    shuffled: list[Row] = []
    while lines:
        one = random.choice(sorted(lines))
        shuffled.append(lines[one].pop(0))
        if not lines[one]:
            del lines[one]
    assert log_from(given_rows).table.equals(log_from(shuffled).table)


@given(logs())
def test_every_dictionary_is_sorted_and_holds_no_unused_name(found) -> None:
    for name in found.table.column_names:
        if name != "time":
            used = sorted(set(found.codes(name).tolist()) - {-1})
            assert used == list(range(len(found.names(name))))
            assert list(found.names(name)) == sorted(found.names(name), key=str.encode)


def test_dictionary_coded_and_plain_input_give_the_same_log() -> None:
    """Loaders hand over dictionaries of their own order, with names that nothing uses."""
    from cjmine.eventlog.build import build_log

    plain = {
        CUSTOMER: pa.array(["b", "a", "b"]),
        ACTIVITY: pa.array(["Search", "Buy", None]),
        "time": pa.array([2, 1, 3], pa.int64()),
    }
    coded = dict(plain)
    coded[ACTIVITY] = pa.DictionaryArray.from_arrays(
        pa.array([3, 0, None], pa.int32()), ["Buy", "unused", "Zoo", "Search"]
    )
    about = About(Cases.CUSTOMER)
    assert build_log(plain, about).table.equals(build_log(coded, about).table)


def test_an_unknown_channel_is_null_and_stays_with_its_event() -> None:
    found = log("ann: Call@9@call Search@1")
    assert found.names(CHANNEL) == ("call",)
    assert found.codes(CHANNEL).tolist() == [-1, 0]


def test_attributes_follow_their_events() -> None:
    found = log("""
        ann: Search@9@plan=gold Search@3@plan=free
    """)
    assert found.attributes == ("plan",)
    assert [found.names("plan")[code] for code in found.codes("plan")] == ["free", "gold"]


def test_an_empty_log_is_a_log() -> None:
    found = log_of([])
    assert (found.events, found.activities, found.period) == (0, (), None)
    assert repr(found) == "<cjmine.EventLog 0 events, 0 customers, 0 activities>"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("ann: Search", "1 event, 1 customer, 1 activity"),
        ("ann: Search Buy\nbob: Buy", "3 events, 2 customers, 2 activities"),
    ],
)
def test_a_log_says_its_size_in_grammatical_words(text: str, shown: str) -> None:
    assert repr(log(text)) == f"<cjmine.EventLog {shown}>"


def test_the_period_is_declared_or_from_first_to_last_event() -> None:
    text = "ann: Search@2 Buy@9\nbob: Search@1"
    assert log(text).period == (1_000_000, 9_000_000)
    declared = About(Cases.CUSTOMER, observed_from=0, observed_until=60_000_000)
    assert log(text, about=declared).period == (0, 60_000_000)
    half = About(Cases.CUSTOMER, observed_from=0)
    assert log(text, about=half).period == (0, 9_000_000)
