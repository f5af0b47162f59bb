"""Which figures of ideas may not be shown beside those of others: their difference is of few."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cjmine.analysis.ideas.counts import AskIdeas, IdeaCounts, Places
from cjmine.analysis.ideas.near import Difference, Stretch, Weeks, differences
from cjmine.disclosure.policy import Policy


@dataclass(frozen=True, slots=True)
class Apart:
    """Whether the shares of an idea, and that of the month, may be shown beside those before it."""

    sides: bool = True
    month: bool = True


def apart(
    counts: IdeaCounts, asked: AskIdeas, ideas: Sequence[Places | None], policy: Policy
) -> list[Apart]:
    """What may be shown of each idea, in the order of the register: the first comes first."""
    pairs = zip(asked.overlaps, differences(counts.differences), strict=True)
    few = [set(pair) for pair, found in pairs if is_of_few(*found, policy)]
    shown: set[Stretch] = set()

    def fits(some: Sequence[Stretch]) -> bool:
        every = shown | set(some)
        if any(pair <= every for pair in few):
            return False
        shown.update(some)
        return True

    found = []
    for places in ideas:
        if places is None:
            found.append(Apart())
            continue
        measures = [places.own, *([] if places.control is None else [places.control])]
        sides = fits(
            [Stretch(one, weeks) for one in measures for weeks in (Weeks.BEFORE, Weeks.AFTER)]
        )
        month = sides and fits([Stretch(places.own, Weeks.MONTH)])
        found.append(Apart(sides, month))
    return found


def is_of_few(one: Difference, other: Difference, policy: Policy) -> bool:
    """Whether two shares say what few customers did, who are in one and not in the other.

    Where many are in each and not in the other, the difference of both is of no one group.

    >>> nobody, many = Difference(0, 0, 0), Difference(40, 20, 20)
    >>> is_of_few(Difference(40, 3, 37), nobody, Policy(10)), is_of_few(many, nobody, Policy(10))
    (True, False)
    >>> is_of_few(Difference(40, 3, 37), many, Policy(10))
    False
    """
    return any(
        there.customers < policy.min_group
        and any(policy.is_small(size) for size in (here.customers, here.having, here.rest))
        for here, there in ((one, other), (other, one))
    )
