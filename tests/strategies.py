"""Random logs for laws that hold on every log: with ties, duplicates, many activities, odd names.

A row is (customer, activity, seconds). Times come from a narrow range, so that ties and exact
duplicates are common, and a wide one now and then.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from cjmine.columns import numbers, strings
from cjmine.eventlog.build import build_log
from cjmine.eventlog.journeys import CutRules
from cjmine.eventlog.log import ACTIVITY, CASE, CHANNEL, CUSTOMER, TIME, About, Cases, EventLog

# The same examples on every run and every machine, however slow; `make prove` takes many more.
USUAL, MANY = 25, 500
settings.register_profile(
    "same",
    derandomize=True,
    deadline=None,
    max_examples=USUAL,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("many", settings.get_profile("same"), max_examples=MANY)
settings.load_profile("same")


def examples(usual: int, **how: Any) -> settings:
    """So many examples in a usual run, and with the profile `many` up to ten times as many."""
    is_usual = settings.default is None or settings.default.max_examples < MANY
    return settings(max_examples=usual if is_usual else max(usual, min(10 * usual, 1000)), **how)


Row = tuple[str, str, int]

HOSTILE = (
    "(other)", "(none)", "(unknown)", "None", "nan", "-1", "", " ", "a,b;c\td", "line\nbreak",
    "'; DROP TABLE events; --", '"quoted"', "=SUM(A1)", "<script>", "[bold]x[/]", "\x00", "\x1b[31m",
    "Übergang", "確認", "\u202egnirts", "e\u0301", "é", "🏠", "x" * 300,
)  # fmt: skip
names = st.sampled_from(HOSTILE) | st.text(
    st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12
)
seconds = st.integers(0, 5) | st.integers(-(10**9), 4 * 10**9)
activities = st.sampled_from([f"step {number}" for number in range(6)])
many_activities = st.integers(0, 700).map(lambda number: f"step {number:03d}")


def customers(most: int = 8) -> st.SearchStrategy[str]:
    return st.integers(0, most - 1).map(lambda number: f"customer {number:03d}")


@st.composite
def rows(
    draw: st.DrawFn,
    most: int = 60,
    activity: st.SearchStrategy[str] = activities | many_activities | names,
    customer: st.SearchStrategy[str] | None = None,
    least: int = 0,
) -> list[Row]:
    """Rows in any order, with ties and duplicates."""
    kind = draw(st.sampled_from([activities, activity]))
    one = st.tuples(customer or customers(), kind, seconds)
    found = draw(st.lists(one, min_size=least, max_size=most))
    again = draw(st.lists(st.sampled_from(found), max_size=5)) if found else []
    return [*found, *again]


def log_from(
    given: Sequence[Row],
    channels: Sequence[str | None] | None = None,
    cases: Sequence[str] | None = None,
) -> EventLog:
    """A log of rows; with `cases` a process log whose first column is the customer."""
    columns: dict[str, pa.Array] = {
        CUSTOMER: strings([row[0] for row in given]),
        ACTIVITY: strings([row[1] for row in given]),
        TIME: numbers(np.array([row[2] * 1_000_000 for row in given], np.int64)),
    }
    if channels is not None:
        columns[CHANNEL] = pa.array(channels, pa.string())
    if cases is not None:
        columns[CASE] = strings(cases)
    return build_log(columns, About(Cases.CUSTOMER if cases is None else Cases.GIVEN))


@st.composite
def logs(draw: st.DrawFn, most: int = 60, least: int = 0) -> EventLog:
    """Logs with or without channels, and with or without given cases.

    Given cases are several a customer, and their names interleave the customers.
    """
    given = draw(rows(most, least=least))
    count = len(given)
    channels = draw(
        st.none()
        | st.lists(st.sampled_from(["web", "call", "mail", None]), min_size=count, max_size=count)
    )
    orders = draw(st.none() | st.lists(st.integers(0, 3), min_size=count, max_size=count))
    if orders is None:
        return log_from(given, channels)
    cases = [f"order {order} of {row[0]}" for order, row in zip(orders, given, strict=True)]
    return log_from(given, channels, cases)


@st.composite
def cut_rules(draw: st.DrawFn, log: EventLog) -> CutRules:
    """Rules that name activities of the log, and one that it lacks."""
    some = st.lists(st.sampled_from([*log.activities, "not in the log"]), max_size=2).map(tuple)
    gap = draw(st.none() | st.integers(1, 4).map(lambda number: number * 1_000_000))
    return CutRules(gap, draw(some), draw(some))
