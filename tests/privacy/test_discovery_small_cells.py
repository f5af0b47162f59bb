"""Nothing that a discovery shows rests on fewer than k customers: every list, from the raw rows.

The lists are read back from the JSON; what stands behind each number is counted here once more,
with sets, from the journeys that went in.
"""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from privacy.journeys_at_random import (
    END,
    OTHER,
    START,
    Journey,
    customers_by_flow,
    fold_by_hand,
    renamed,
    some_journeys,
    walks,
)

from cjmine.columns import numbers, strings
from cjmine.errors import Code, PrivacyError
from cjmine.eventlog.build import build_log
from cjmine.eventlog.log import About, Cases, EventLog
from cjmine.reporters.formats import Asked, Format, Subject, TableName, formats_of, tables_of
from cjmine.reporters.registry import render
from cjmine.verbs.discover import discover
from cjmine.verbs.settings import DiscoverSettings
from tests.observing import at

Report = dict[str, Any]
CHANNELS, KINDS = ("wayweb", "waycall", "waymail", None), ("kindone", "kindtwo", "kindsix", None)


@dataclass(frozen=True, slots=True)
class Case:
    """Journeys with the channel of each event and one value of a column, and how to look at them."""

    journeys: list[Journey]
    channels: list[tuple[str | None, ...]]
    kinds: list[str | None]
    goal: str
    min_group: int

    @property
    def customers(self) -> set[int]:
        return {one.customer for one in self.journeys}


@st.composite
def cases(draw: st.DrawFn) -> Case:
    short = draw(some_journeys())
    journeys = [Journey(one.customer, tuple(f"step{name}" for name in one.trace)) for one in short]
    channel = st.sampled_from(CHANNELS[: draw(st.integers(1, 4))])
    return Case(
        journeys,
        [tuple(draw(channel) for _ in one.trace) for one in journeys],
        [draw(st.sampled_from(KINDS)) for _ in journeys],
        draw(st.sampled_from(sorted({name for one in journeys for name in one.trace}))),
        draw(st.integers(2, 5)),
    )


def larger(seed: int) -> Case:
    """A larger case of the same make: rare channels, rare values, busy customers."""
    dice = np.random.default_rng(seed)
    journeys = [
        Journey(one.customer, tuple(f"step{name}" for name in one.trace)) for one in walks(seed)
    ]
    odds = dice.dirichlet([2, 0.5, 0.1, 0.2])
    return Case(
        journeys,
        [
            tuple(CHANNELS[code] for code in dice.choice(4, len(one.trace), p=odds))
            for one in journeys
        ],
        [KINDS[code] for code in dice.choice(4, len(journeys), p=odds)],
        str(dice.choice(sorted({name for one in journeys for name in one.trace}))),
        int(dice.integers(3, 11)),
    )


def log_of(case: Case) -> EventLog:
    """Every journey is a case; the column kind stands on its last event only."""
    events = [
        (number, step, name)
        for number, one in enumerate(case.journeys)
        for step, name in enumerate(one.trace)
    ]
    last = [step == len(case.journeys[number].trace) - 1 for number, step, _ in events]
    return build_log(
        {
            "case": strings([f"j{number:04}" for number, _, _ in events]),
            "customer": strings([f"c{case.journeys[number].customer:03}" for number, _, _ in events]),
            "activity": strings([name for _, _, name in events]),
            "time": numbers(np.array([number * 1000 + step for number, step, _ in events], np.int64)),
            "channel": pa.array([case.channels[number][step] for number, step, _ in events], pa.string()),
            "kind": pa.array(
                [case.kinds[number] if there else None
                 for (number, _, _), there in zip(events, last, strict=True)],
                pa.string(),
            ),
        },
        About(Cases.GIVEN),
    )  # fmt: skip


def reports(case: Case) -> dict[str, str]:
    """What every reporter writes, CSV once for each table."""
    log = log_of(case)
    wishes = DiscoverSettings(
        goal=(case.goal,),
        by="kind",
        min_group=case.min_group,
        declared=(case.goal,),
        deadline=10**12,
        observed_until=at(10**16),  # every journey is counted
    )
    found = discover(log, wishes)
    texts = {
        form.value: render(found, form)
        for form in formats_of(Subject.DISCOVERY)
        if form is not Format.CSV
    }
    return texts | {
        f"csv {table}": render(found, Format.CSV, Asked(table))
        for table in tables_of(Subject.DISCOVERY)
    }


def holds(customers: Iterable[int], min_group: int) -> bool:
    return len(set(customers)) >= min_group


def check(case: Case) -> None:
    written = reports(case)
    report = json.loads(written["json"])
    check_activities(case, report)
    check_flows(case, report)
    check_variants(case, report)
    check_channels(case, report)
    check_switches(case, report)
    check_loops(case, report)
    check_segments(case, report)
    check_goal(case, report)
    check_labels(case, written, report)
    check_tables(written, report)


def shown_activities(report: Report) -> list[str]:
    return [row["activity"] for row in report["activities"]]


def check_activities(case: Case, report: Report) -> None:
    journeys = renamed(case.journeys, shown_activities(report))
    assert sum(row["events"] for row in report["activities"]) == report["log"]["events"]
    for row in report["activities"]:
        name, k = row["activity"], case.min_group
        having = [one for one in journeys if name in one.trace]
        assert holds((one.customer for one in having), k)
        assert row["journeys"] == len(having)
        assert row["events"] == sum(one.trace.count(name) for one in having)
        for told, place in ((row["starts_here"], 0), (row["ends_here"], -1)):
            there = [one for one in having if one.trace[place] == name]
            assert told in (None, len(there))
            assert not told or holds((one.customer for one in there), k)


def check_flows(case: Case, report: Report) -> None:
    owners = customers_by_flow(renamed(case.journeys, shown_activities(report)))
    inner = {pair: some for pair, some in owners.items() if START not in pair and END not in pair}
    rows = list(report["directly_follows"])
    assert sum(row["count"] for row in rows) == sum(map(len, inner.values()))
    # The last row holds the others, unless it is the loop of the activity other: that has a wait.
    last = rows[-1] if rows and rows[-1]["from"] == rows[-1]["to"] == OTHER else None
    rest = rows.pop() if last and last["median_seconds"] is None else None
    for row in rows:
        some = inner.pop((row["from"], row["to"]))
        assert row["count"] == len(some)
        assert holds(some, case.min_group)
        if row["median_seconds"] is not None:
            assert holds(some, 2 * case.min_group)
        if row["p90_seconds"] is not None:
            assert holds(some, 10 * case.min_group)
    if rest is not None:
        assert rest["p90_seconds"] is None
        behind = [one for some in inner.values() for one in some]
        # Where no single flow is shown, the others are the events less the journeys, in any case.
        assert not rows or holds(behind, case.min_group)


def check_variants(case: Case, report: Report) -> None:
    """The groups are those of the rule, and each holds enough customers."""
    groups = fold_by_hand(case.journeys, case.min_group)
    expected = sorted(
        ([*trace, OTHER] if folded else list(trace), len(some), folded)
        for trace, folded, some in groups
    )
    rows = [(row["activities"], row["journeys"], row["folded"]) for row in report["variants"]]
    assert sorted(rows) == expected
    assert all(holds((one.customer for one in some), case.min_group) for _, _, some in groups)
    assert sum(row["journeys"] for row in report["variants"]) == len(case.journeys)
    told = report["privacy"]["folded_journeys"]
    assert told == sum(row["journeys"] for row in report["variants"] if row["folded"])


def check_channels(case: Case, report: Report) -> None:
    if not report["channels"]:
        assert not any(name for names in case.channels for name in names)
        return
    behind: dict[str, list[int]] = defaultdict(list)
    for number, names in enumerate(case.channels):
        for name in names:
            behind[name or "(unknown)"].append(number)
    check_parts(case, report["channels"], "channel", "events", "journeys", behind)
    assert sum(row["events"] for row in report["channels"]) == report["log"]["events"]


def check_switches(case: Case, report: Report) -> None:
    behind: dict[str, list[int]] = defaultdict(list)
    for number, names in enumerate(case.channels):
        for here, there in zip(names, names[1:], strict=False):
            if here and there and here != there:
                behind[f"{here} {there}"].append(number)
    rows = [row | {"pair": f"{row['from']} {row['to']}"} for row in report["switches"]]
    for row in rows:
        row["pair"] = OTHER if row["from"] == OTHER else row["pair"]
    every = [case.journeys[number].customer for some in behind.values() for number in some]
    if not holds(every, case.min_group):
        assert not rows, "few customers change channel at all: nothing is told"
        return
    check_parts(case, rows, "pair", "count", "journeys", behind)


def check_parts(
    case: Case, rows: Sequence[Report], name: str, count: str, journeys: str,
    behind: dict[str, list[int]],
) -> None:  # fmt: skip
    """Each part, and the others together: counted right, and by enough customers."""
    left = dict(behind)
    for row in sorted(rows, key=lambda row: row[name] == OTHER):
        if row[name] == OTHER:
            some = [number for numbers in left.values() for number in numbers]
            left = {}
        else:
            some = left.pop(row[name])
        assert row[count] == len(some)
        assert row[journeys] == len(set(some))
        assert holds((case.journeys[number].customer for number in some), case.min_group)
    assert not left


def check_loops(case: Case, report: Report) -> None:
    journeys = renamed(case.journeys, shown_activities(report))
    for row in report["loops"]:
        name = row["activity"]
        having = [one for one in journeys if name in one.trace]
        again = [one for one in having if one.trace.count(name) > 1]
        pairs = [(one, list(zip(one.trace, one.trace[1:], strict=False))) for one in again]
        at_once = [one for one, steps in pairs if (name, name) in steps]
        returns = [
            one for one, steps in pairs
            if one.trace.count(name) - 1 > steps.count((name, name))
        ]  # fmt: skip
        assert row["of"] == len(having)
        for told, some in (
            (row["journeys"], again), (row["at_once"], at_once), (row["returns"], returns)
        ):  # fmt: skip
            assert told in (None, len(some))
            assert not told or holds((one.customer for one in some), case.min_group)
        never = [one.customer for one in having if one not in again]
        assert not never or holds(never, case.min_group)


def few_on_a_side(case: Case, numbers_: Sequence[int]) -> bool:
    sides: dict[bool, set[int]] = {True: set(), False: set()}
    for number in numbers_:
        one = case.journeys[number]
        sides[case.goal in one.trace].add(one.customer)
    return any(0 < len(side) < case.min_group for side in sides.values())


def check_segments(case: Case, report: Report) -> None:
    behind: dict[str, list[int]] = defaultdict(list)
    for number, kind in enumerate(case.kinds):
        behind[kind or "(none)"].append(number)
    rows = report["segments"]["values"]
    assert sum(row["journeys"] for row in rows) == len(case.journeys)
    for row in sorted(rows, key=lambda row: row["value"] == OTHER):
        if row["value"] == OTHER:
            some = [number for numbers_ in behind.values() for number in numbers_]
        else:
            some = behind.pop(row["value"])
        assert row["journeys"] == len(some)
        assert holds((case.journeys[number].customer for number in some), case.min_group)
        if few_on_a_side(case, some):
            assert set(row["goal"].values()) == {None}
        elif row["goal"]["n"] is not None:
            assert row["goal"]["n"] == sum(case.goal in case.journeys[n].trace for n in some)


def check_goal(case: Case, report: Report) -> None:
    every = range(len(case.journeys))
    told = {name: report["goal"][name] for name in ("value", "low", "high", "n", "of")}
    if few_on_a_side(case, every):
        assert set(told.values()) == {None}
    else:
        assert told["n"] == sum(case.goal in one.trace for one in case.journeys)


def check_labels(case: Case, written: dict[str, str], report: Report) -> None:
    """No reporter prints the name of what only few customers did."""
    k = case.min_group
    behind: dict[str, set[int]] = defaultdict(set)
    for one, names, kind in zip(case.journeys, case.channels, case.kinds, strict=True):
        for label in (*one.trace, *names, kind):
            if label is not None:
                behind[label].add(one.customer)
    for label, customers in behind.items():
        if len(customers) < k and label != case.goal:
            for form, text in written.items():
                assert label not in text, f"{label} in {form}"


def check_tables(written: dict[str, str], report: Report) -> None:
    """The CSV tables say what the JSON says; so what holds for the one holds for the other."""
    names = {
        TableName.ACTIVITIES: "activities", TableName.DIRECTLY_FOLLOWS: "directly_follows",
        TableName.CHANNELS: "channels", TableName.SWITCHES: "switches", TableName.LOOPS: "loops",
    }  # fmt: skip
    for table, name in names.items():
        header, *rows = csv.reader(io.StringIO(written[f"csv {table}"]))
        expected = [
            ["" if row[key] is None else str(row[key]) for key in header] for row in report[name]
        ]
        assert rows == expected
    _, *rows = csv.reader(io.StringIO(written[f"csv {TableName.VARIANTS}"]))
    assert rows == [
        [
            str(row["journeys"]),
            str(int(row["folded"])),
            " > ".join(row["activities"]),
            str(row["number"] or ""),
        ]
        for row in report["variants"]
    ]


@given(cases())
def test_no_number_rests_on_few_customers(case: Case) -> None:
    if len(case.customers) < case.min_group:
        with pytest.raises(PrivacyError) as caught:
            reports(case)
        assert caught.value.code is Code.TOO_FEW_CUSTOMERS
        return
    check(case)


@pytest.mark.parametrize("start", range(0, 60, 10))
def test_no_number_rests_on_few_customers_on_larger_logs(start: int) -> None:
    for seed in range(start, start + 10):
        check(larger(seed))


@pytest.mark.prove
@pytest.mark.parametrize("start", range(1000, 6000, 250))
def test_no_number_rests_on_few_customers_on_thousands_of_logs(start: int) -> None:
    for seed in range(start, start + 250):
        check(larger(seed))


@given(cases())
def test_one_busy_customer_never_makes_a_group(case: Case) -> None:
    """What one customer does twenty times more is shown as little as before."""
    assume(len(case.customers) >= case.min_group)
    busy = case.journeys[0]
    loud = Case(
        [*case.journeys, *[busy] * 20],
        [*case.channels, *[case.channels[0]] * 20],
        [*case.kinds, *[case.kinds[0]] * 20],
        case.goal,
        case.min_group,
    )
    check(loud)


def test_a_build_that_counts_journeys_instead_of_customers_is_caught(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The control: the same check fails where a group is k journeys, be they of one customer."""
    from cjmine.counting.groups import Grouped, grouped

    monkeypatch.setattr(Grouped, "begins", lambda self, owner: np.ones(len(owner), bool))
    caught = 0
    for seed in range(20):
        try:
            check(larger(seed))
        except AssertionError:
            caught += 1
    assert caught >= 10
    assert grouped(np.array([0, 0]), 1).distinct(np.array([5, 5])).tolist() == [2]
