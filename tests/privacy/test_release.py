"""What `--release` promises: no small count can be computed back, and one customer changes little."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from privacy.release_attack import K, counts_of, program_of
from privacy.released_world import Printed, printed, random_events

from cjmine.disclosure.policy import Policy

PROJECT = Path(__file__).parents[2]
LOGS = 50
SEEDS_AT_ONCE = 10  # in `make test`; `make prove` takes all of them
BASE = 5


def attacked(events: pd.DataFrame, folder: Path, base: int) -> list[int]:
    """How many values each small count can still have, from what is printed of a log."""
    truth = counts_of(printed(events, folder, min_group=1))
    shown = printed(events, folder, release=True)
    small = {name for name, count in truth.items() if count is not None and 0 < count < K}
    program = program_of(shown, small, base)
    wrong = program.holds(
        {
            name: count
            for name, count in truth.items()
            if count is not None and "(other)" not in name
        }
    )
    assert not wrong, "the attack rests on relations that do not hold"
    left = []
    for name in sorted(small & program.numbers.keys()):
        assert counts_of(shown)[name] is None, f"{name} is printed"
        ends = program.ends_of(name)
        assert ends is not None
        left.append(ends[1] - ends[0] + 1)
    return left


def narrowed(seeds: range, folder: Path, base: int = BASE) -> tuple[int, int, int]:
    """Small counts in some random logs: all, computed exactly, narrowed to three values or fewer."""
    left = [one for seed in seeds for one in attacked(random_events(seed), folder, base)]
    return len(left), left.count(1), sum(one <= 3 for one in left)


def test_no_small_count_can_be_computed_back(tmp_path: Path) -> None:
    small, exact, few = narrowed(range(SEEDS_AT_ONCE), tmp_path)
    assert small > 50
    assert exact == 0
    assert few <= small / 10


@pytest.mark.prove
def test_no_small_count_of_many_logs_can_be_computed_back(tmp_path: Path) -> None:
    small, exact, few = narrowed(range(LOGS), tmp_path)
    print(f"{small} small counts: {exact} exact, {few} narrowed to three values or fewer")
    assert exact == 0
    assert few <= small / 10


def test_the_attack_finds_small_counts_where_nothing_is_rounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Policy, "base", property(lambda self: 1))
    _, exact, _ = narrowed(range(SEEDS_AT_ONCE), tmp_path, base=1)
    assert exact > 0


Rows = dict[str, list[Any]]


def rows_of_discovery(found: Printed) -> Rows:
    """What a discovery prints of each touchpoint."""
    rows: Rows = {}
    for row in found.discovery["activities"]:
        rows.setdefault(row["activity"], []).append(row)
    return rows


def rows_of_check(found: Printed) -> Rows:
    """What a check prints of each touchpoint."""
    rows: Rows = {}
    for row in found.check["steps"]:
        rows.setdefault(row["step"], []).append(row)
    for row in found.check["deviations"]:
        counts = (row["class"], row["journeys"], row["occurrences"])
        rows.setdefault(row["activity"], []).append(counts)
    return rows


@dataclass(slots=True)
class Seen:
    """Touchpoints of customers who are in one of two logs, and those whose figures differ."""

    every: int = 0
    discovery: int = 0
    check: int = 0
    either: int = 0


def shown_of_one_customer(seeds: range, folder: Path) -> Seen:
    """For some logs: the same with and without the customer of the event in the middle."""
    seen = Seen()
    for seed in seeds:
        events = random_events(seed)
        customer = events["customer"].iloc[len(events) // 2]
        mine = set(events.loc[events["customer"] == customer, "activity"])
        one = printed(events, folder, release=True)
        other = printed(events[events["customer"] != customer], folder, release=True)
        found = [
            {name for name in mine if rows(one).get(name) != rows(other).get(name)}
            for rows in (rows_of_discovery, rows_of_check)
        ]
        seen.every += len(mine)
        seen.discovery += len(found[0])
        seen.check += len(found[1])
        seen.either += len(found[0] | found[1])
    return seen


def test_one_customer_more_or_less_shows_at_most_half_of_the_touchpoints(tmp_path: Path) -> None:
    seen = shown_of_one_customer(range(20), tmp_path)
    assert seen.discovery <= seen.every / 2
    assert seen.check <= seen.every / 2


@pytest.mark.prove
def test_what_one_customer_of_many_logs_shows_is_what_the_privacy_page_says(tmp_path: Path) -> None:
    seen = shown_of_one_customer(range(LOGS), tmp_path)
    counts = (seen.discovery, seen.check, seen.either)
    discovery, check, either = (f"{count / seen.every:.2f}" for count in counts)
    page = (PROJECT / "docs" / "privacy.md").read_text("utf-8")
    assert f"{discovery} in a discovery, {check} in a check, {either} in both together" in page


def test_one_customer_shows_where_nothing_is_rounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Policy, "base", property(lambda self: 1))
    seen = shown_of_one_customer(range(10), tmp_path)
    assert seen.discovery > seen.every / 2
    assert seen.check > seen.every / 2
