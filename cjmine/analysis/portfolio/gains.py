"""What fixing several journeys would gain together, and where gains do not add up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import sqrt

from cjmine.analysis.portfolio.members import Member
from cjmine.results.priorities import Amount


@dataclass(frozen=True, slots=True)
class Gain:
    """What fixing a journey, or a value of a template, would gain."""

    member: Member
    amount: Amount


def of_others(amounts: Sequence[Amount]) -> Amount:
    """Gains of different customers together: variances add up (Zou and Donner 2008).

    >>> of_others([Amount(10, 6, 13), Amount(20, 17, 24)])
    Amount(value=30, low=25.0, high=35.0)
    """
    value = sum(one.value for one in amounts)
    below = sqrt(sum((one.value - one.low) ** 2 for one in amounts))
    above = sqrt(sum((one.high - one.value) ** 2 for one in amounts))
    return Amount(value, value - below, value + above)


def of_the_same(amounts: Sequence[Amount]) -> Amount:
    """Gains of customers who may be the same: half widths add up, which is the widest.

    >>> of_the_same([Amount(10, 6, 13), Amount(20, 17, 24)])
    Amount(value=30, low=23, high=37)
    """
    return Amount(
        sum(one.value for one in amounts),
        sum(one.low for one in amounts),
        sum(one.high for one in amounts),
    )


def together(gains: Sequence[Gain]) -> Amount | None:
    """The gain of a group: None without any, and where two of its journeys count the same goals.

    Values of a template have different customers; journeys may have the same ones.
    """
    if not gains or any(_count_the_same(*two) for two in combinations(gains, 2)):
        return None
    by_entry: dict[str, list[Amount]] = {}
    for one in gains:
        by_entry.setdefault(one.member.entry.name, []).append(one.amount)
    return of_the_same([of_others(one) if len(one) > 1 else one[0] for one in by_entry.values()])


def counting_the_same(gains: Sequence[Gain]) -> Iterator[tuple[str, str]]:
    """Pairs of journeys, by name, whose gains do not add up."""
    pairs = (
        (one.member.entry.name, other.member.entry.name)
        for one, other in combinations(gains, 2)
        if _count_the_same(one, other)
    )
    yield from dict.fromkeys(pairs)


def _count_the_same(one: Gain, other: Gain) -> bool:
    """Whether two journeys have a goal in common, other than as values of one template."""
    a, b = one.member, other.member
    assert a.ideal is not None and b.ideal is not None
    has_same_goal = not set(a.ideal.journey.goal).isdisjoint(b.ideal.journey.goal)
    return has_same_goal and a.entry is not b.entry
