"""Parts and flows that are too small: totals stay, and what is hidden cannot be computed back.

The audit of flows is a linear program. It knows everything that a discovery publishes about
flows: the events, starts and ends of each activity, the flows that are shown, the row of the
others and the number of journeys. It asks for the least and the most that each hidden flow could
be; where both are equal, the flow is known exactly, although it is hidden.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from privacy.journeys_at_random import (
    END,
    OTHER,
    START,
    Journey,
    customers_by_flow,
    renamed,
    some_journeys,
    walks,
)
from scipy.optimize import linprog
from strategies import log_from

from cjmine.counting.groups import Grouped, counted
from cjmine.disclosure.folds import to_fold
from cjmine.disclosure.policy import Policy
from cjmine.disclosure.refusals import refuse_small_result
from cjmine.errors import Code, PrivacyError
from cjmine.eventlog.log import EventLog
from cjmine.results.discovery import Discovery
from cjmine.verbs.discover import discover
from cjmine.verbs.settings import DiscoverSettings

Pair = tuple[str, str]


# Parts of a whole: activities, channels, segments.


def hidden(owners: Sequence[Sequence[int]], min_group: int) -> list[bool]:
    sizes = np.array([len(part) for part in owners])
    by_part = Grouped(np.arange(sizes.sum()), np.append(0, np.cumsum(sizes)))
    members = np.array([one for part in owners for one in sorted(part)], np.int64)
    return to_fold(counted(by_part, members, min_group), min_group).tolist()


parts = st.lists(st.lists(st.integers(0, 11), max_size=9), min_size=1, max_size=8)


@given(parts, st.integers(1, 5))
def test_shown_parts_and_the_remainder_hold_enough_customers(
    owners: list[list[int]], min_group: int
) -> None:
    assume(len({one for part in owners for one in part}) >= min_group)
    flags = hidden(owners, min_group)
    rest: set[int] = set()
    for part, is_hidden in zip(owners, flags, strict=True):
        if is_hidden:
            rest |= set(part)
        else:
            assert not Policy(min_group).is_small(len(set(part)))
    assert not Policy(min_group).is_small(len(rest))
    assert flags.count(True) != 1, "a remainder of one part is that part"


@given(parts, st.integers(1, 5))
def test_no_more_is_hidden_than_needed(owners: list[list[int]], min_group: int) -> None:
    """Large parts are absorbed from the smallest on, and only until the remainder is large."""
    flags = hidden(owners, min_group)
    absorbed = [
        place
        for place, part in enumerate(owners)
        if flags[place] and not Policy(min_group).is_small(len(set(part))) and part
    ]
    absorbed.sort(key=lambda place: (len(owners[place]), place))
    shown = [place for place, part in enumerate(owners) if not flags[place] and part]
    if absorbed:
        last = absorbed[-1]
        assert all((len(owners[place]), place) > (len(owners[last]), last) for place in shown)
        before = {
            one for place, part in enumerate(owners) if flags[place] and place != last
            for one in part
        }  # fmt: skip
        assert len(before) < min_group


@given(parts, st.integers(2, 5), st.permutations(range(12)))
def test_how_customers_are_numbered_does_not_matter(
    owners: list[list[int]], min_group: int, numbers: list[int]
) -> None:
    other = [[numbers[one] for one in part] for part in owners]
    assert hidden(other, min_group) == hidden(owners, min_group)


@pytest.mark.parametrize(("customers", "min_group"), [(1, 2), (9, 10), (4, 5)])
def test_a_result_about_few_customers_is_refused(customers: int, min_group: int) -> None:
    with pytest.raises(PrivacyError) as caught:
        refuse_small_result(customers, Policy(min_group))
    assert caught.value.code is Code.TOO_FEW_CUSTOMERS
    assert "--min-group" in caught.value.problems[0].remedy


@pytest.mark.parametrize(("customers", "min_group"), [(0, 10), (10, 10), (1, 1), (11, 10)])
def test_a_result_about_enough_customers_or_nobody_is_not(customers: int, min_group: int) -> None:
    refuse_small_result(customers, Policy(min_group))


# Flows: what is published, what is hidden, and the audit.


@dataclass(frozen=True, slots=True)
class Published:
    """What a reader knows about flows; None is withheld."""

    journeys: int
    events: dict[str, int]
    having: dict[str, int]
    starts: dict[str, int | None]
    ends: dict[str, int | None]
    flows: dict[Pair, int]
    others: int


@dataclass(frozen=True, slots=True)
class Audited:
    """A published discovery beside the truth: which small flows it hides."""

    published: Published
    customers: dict[Pair, set[int]]
    small: list[Pair]
    anything_shown: bool


def log_of_journeys(journeys: Sequence[Journey]) -> EventLog:
    """One log in which each journey is a case of its customer."""
    rows = [
        (f"c{one.customer:03}", name, 60 * number + step)
        for number, one in enumerate(journeys)
        for step, name in enumerate(one.trace)
    ]
    cases = [f"j{number:04}" for number, one in enumerate(journeys) for _ in one.trace]
    return log_from(rows, cases=cases)


def discovered(journeys: Sequence[Journey], min_group: int) -> Discovery:
    log = log_of_journeys(journeys)
    return discover(log, DiscoverSettings(min_group=min_group))


def published(found: Discovery) -> Published:
    """What the rows say. The row of the others stands last, if there is one."""
    rows = list(found.directly_follows)
    others = 0
    if rows and (rows[-1].from_, rows[-1].to) == (OTHER, OTHER):
        others = rows.pop().count
    activities = found.activities
    return Published(
        journeys=found.log.journeys,
        events={row.activity: row.events for row in activities},
        having={row.activity: row.journeys for row in activities},
        starts={row.activity: row.starts_here for row in activities},
        ends={row.activity: row.ends_here for row in activities},
        flows={(row.from_, row.to): row.count for row in rows},
        others=others,
    )


def shown_pairs(report: Published) -> set[Pair]:
    starts = {(START, name) for name, count in report.starts.items() if count is not None}
    ends = {(name, END) for name, count in report.ends.items() if count is not None}
    return {*report.flows, *starts, *ends}


def audited(journeys: Sequence[Journey], min_group: int, naive: bool = False) -> Audited:
    """A discovery beside the truth; `naive` blanks the small flows and nothing else."""
    report = published(discovered(journeys, min_group))
    owners = customers_by_flow(renamed(journeys, list(report.events)))
    customers = {pair: set(some) for pair, some in owners.items()}
    if naive:
        large = {
            pair: len(some) for pair, some in owners.items() if len(customers[pair]) >= min_group
        }
        inner = {pair: n for pair, n in large.items() if START not in pair and END not in pair}
        report = replace(
            report,
            flows=inner,
            others=sum(report.flows.values()) + report.others - sum(inner.values()),
            starts={name: _told((START, name), large, owners) for name in report.events},
            ends={name: _told((name, END), large, owners) for name in report.events},
        )
    visible = shown_pairs(report)
    small = [
        pair for pair, some in customers.items() if len(some) < min_group and pair not in visible
    ]
    anything = bool(report.flows or any(report.starts.values()) or any(report.ends.values()))
    return Audited(report, customers, sorted(small), anything)


def _told(pair: Pair, large: dict[Pair, int], owners: dict[Pair, list[int]]) -> int | None:
    return 0 if pair not in owners else large.get(pair)


def determined(case: Audited) -> list[Pair]:
    """The hidden small flows that follow exactly from what is published."""
    report = case.published
    names = list(report.events)
    cells = [
        (source, target)
        for source in (START, *names)
        for target in (*names, END)
        if (source, target) != (START, END)
    ]
    place = {pair: number for number, pair in enumerate(cells)}
    least, most = np.zeros(len(cells)), np.full(len(cells), np.inf)
    known = dict(report.flows)
    known |= {(START, name): n for name, n in report.starts.items() if n is not None}
    known |= {(name, END): n for name, n in report.ends.items() if n is not None}
    for pair, count in known.items():
        least[place[pair]] = most[place[pair]] = count
    for name in names:  # repeated at once: no more than the events beyond the first of a journey
        loop = place[name, name]
        most[loop] = min(most[loop], report.events[name] - report.having[name])
    sums = [([pair[1] == name for pair in cells], report.events[name]) for name in names]
    sums += [([pair[0] == name for pair in cells], report.events[name]) for name in names]
    sums += [([pair[0] == START for pair in cells], report.journeys)]
    sums += [([pair[1] == END for pair in cells], report.journeys)]
    inner = [START not in pair and END not in pair for pair in cells]
    sums += [
        (inner, sum(n for pair, n in known.items() if START not in pair and END not in pair)
         + report.others)
    ]  # fmt: skip
    matrix = np.array([row for row, _ in sums], float)
    right = np.array([total for _, total in sums], float)
    found = []
    for pair in case.small:
        ends = []
        for sign in (1, -1):
            aim = np.zeros(len(cells))
            aim[place[pair]] = sign
            answer = linprog(
                aim,
                A_eq=matrix,
                b_eq=right,
                bounds=np.column_stack([least, most]),
                method="highs",
            )
            assert answer.status == 0, "what is published contradicts itself"
            ends.append(answer.x[place[pair]])
        if abs(ends[0] - ends[1]) < 1e-6:
            found.append(pair)
    return found


def check_flows(journeys: Sequence[Journey], min_group: int) -> None:
    case = audited(journeys, min_group)
    visible = shown_pairs(case.published)
    for pair, some in case.customers.items():
        if pair in visible and pair != (OTHER, OTHER):
            assert not Policy(min_group).is_small(len(some)), pair
    if case.anything_shown:
        assert not determined(case)


def enough(journeys: Sequence[Journey], min_group: int) -> bool:
    return len({one.customer for one in journeys}) >= min_group


@given(some_journeys(), st.integers(2, 5))
def test_no_hidden_small_flow_can_be_computed_back(journeys: list[Journey], min_group: int) -> None:
    """Where everything is hidden, the totals of the log alone may still tell a single loop."""
    assume(enough(journeys, min_group))
    check_flows(journeys, min_group)


@pytest.mark.parametrize("start", range(0, 120, 20))
def test_no_hidden_small_flow_can_be_computed_back_on_larger_logs(start: int) -> None:
    for seed in range(start, start + 20):
        check_flows(walks(seed), 3 + seed % 3)


@pytest.mark.prove
@pytest.mark.parametrize("start", range(1000, 3000, 100))
def test_no_hidden_small_flow_can_be_computed_back_on_many_logs(start: int) -> None:
    for seed in range(start, start + 100):
        check_flows(walks(seed), 3 + seed % 8)


def test_the_audit_catches_naive_blanking() -> None:
    """The control: where small flows are blanked and nothing else, much is computed back."""
    hidden_flows = found = logs = caught = 0
    for seed in range(60):
        case = audited(walks(seed), 3 + seed % 3, naive=True)
        exact = determined(case)
        hidden_flows, found = hidden_flows + len(case.small), found + len(exact)
        logs, caught = logs + bool(case.small), caught + bool(exact)
    assert found > 0.1 * hidden_flows
    assert caught > 0.5 * logs


def test_what_the_audit_finds_is_true() -> None:
    """The control of the control: flows that it computes back have the count that they have."""
    case = audited(walks(3, customers=60, activities=4), 5, naive=True)
    exact = determined(case)
    assert exact
    for pair in exact:
        assert len(case.customers[pair]) < 5


@given(some_journeys(), st.integers(2, 5))
def test_flows_and_activities_add_up(journeys: list[Journey], min_group: int) -> None:
    """Inflow equals outflow equals events; the others' row is exactly what is not shown."""
    assume(enough(journeys, min_group))
    report = published(discovered(journeys, min_group))
    owners = customers_by_flow(renamed(journeys, list(report.events)))
    for pair, count in report.flows.items():
        assert count == len(owners[pair])
    for name in report.events:
        for told, pair in ((report.starts[name], (START, name)), (report.ends[name], (name, END))):
            assert told in (None, len(owners.get(pair, [])))
        assert (
            sum(len(some) for pair, some in owners.items() if pair[1] == name)
            == report.events[name]
        )
    inner = sum(len(some) for pair, some in owners.items() if START not in pair and END not in pair)
    assert sum(report.flows.values()) + report.others == inner
    assert sum(report.events.values()) == sum(len(one.trace) for one in journeys)


@given(
    some_journeys(), st.integers(2, 5), st.permutations(range(14)),
    st.randoms(use_true_random=False),
)  # fmt: skip
def test_what_is_hidden_depends_on_the_journeys_alone(
    journeys: list[Journey], min_group: int, numbers: list[int], random: object
) -> None:
    """Not on the order of the log and not on how customers are numbered."""
    assume(enough(journeys, min_group))
    other = [Journey(numbers[one.customer], one.trace) for one in journeys]
    random.shuffle(other)  # type: ignore[attr-defined]
    assert published(discovered(other, min_group)) == published(discovered(journeys, min_group))


def test_a_start_that_is_shown_as_zero_is_no_hiding_place() -> None:
    """Nobody begins with a, and that 0 is shown; so everybody begins with b, and the one flow from
    a to b follows from the events of b, unless more is hidden."""
    journeys = [Journey(customer, ("b",) * 6) for customer in range(39)]
    journeys += [Journey(customer, (*"bbbbba",)) for customer in range(39, 74)]
    journeys += [Journey(customer, (*"bbbbbaa",)) for customer in range(74, 83)]
    journeys += [Journey(83, (*"baba",))]
    case = audited(journeys, 5)
    assert case.small == [("a", "b")]
    assert not determined(case)
