"""Logs of weeks in which so many of the customers leave at a step, and the journey beside them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from strategies import log_from

from cjmine.eventlog.log import EventLog
from cjmine.ideal.compiled import CompiledIdeal
from cjmine.ideal.file import compiled_journey

FIRST = date(2026, 1, 5)  # a Monday
JOURNEY = """\
journey: order
goal: Buy
deadline: 1d
stages:
  - stage: One
    steps: [Search, Cart, Buy]
"""


def ideal() -> CompiledIdeal:
    return compiled_journey(JOURNEY, "journey.yaml")


def week(number: int) -> str:
    """The Monday of a week, from 0."""
    return (FIRST + timedelta(weeks=number)).isoformat()


def rows_of(lost: Sequence[int], journeys: int = 40) -> list[tuple[str, str, int]]:
    """So many journeys a week, of which so many end at the cart; then one event long after."""
    begin = int(datetime(FIRST.year, FIRST.month, FIRST.day, tzinfo=UTC).timestamp())
    found = []
    for number, leaving in enumerate(lost):
        for place in range(journeys):
            at = begin + number * 7 * 86_400 + place * 3_000
            names = ["Search", "Cart", *(["Buy"] if place >= leaving else [])]
            who = f"w{number:03}c{place:04}"
            found += [(who, name, at + 60 * n) for n, name in enumerate(names)]
    return [*found, ("end", "Search", begin + (7 * len(lost) + 2) * 86_400)]


def log_of_weeks(lost: Sequence[int], journeys: int = 40) -> EventLog:
    return log_from(rows_of(lost, journeys))


STEPS = """\
journey: order
goal: Buy
deadline: 1d
stages:
  - stage: One
    steps: [Search, Cart, Address, Pay, Confirm, Buy]
"""
FUNNEL = ("Search", "Cart", "Address", "Pay", "Confirm", "Buy")
Leaving = Sequence[int]  # how many of a week's customers leave at each step but the last


def log_of_steps(weeks: Sequence[Leaving], journeys: int = 200) -> EventLog:
    """So many journeys a week, and how many of them end at each step; then one long after."""
    begin = int(datetime(FIRST.year, FIRST.month, FIRST.day, tzinfo=UTC).timestamp())
    found = []
    for number, leaving in enumerate(weeks):
        ends = [step for step, many in enumerate(leaving) for _ in range(many)]
        ends += [len(FUNNEL) - 1] * (journeys - len(ends))
        for place, last in enumerate(ends):
            at = begin + number * 7 * 86_400 + (place * 7 % journeys) * 3_000
            who = f"w{number:03}c{place:04}"
            found += [(who, name, at + 60 * n) for n, name in enumerate(FUNNEL[: last + 1])]
    return log_from([*found, ("end", "Search", begin + (7 * len(weeks) + 2) * 86_400)])
