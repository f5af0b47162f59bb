"""Journeys of one log overlap: what the difference of two of them would tell is withheld."""

from __future__ import annotations

from collections.abc import Sequence

from cjmine.analysis.portfolio.members import Member
from cjmine.counting.groups import Flags, Ints
from cjmine.disclosure.policy import Policy


def nearly_alike(
    members: Sequence[Member], is_shown: Flags, shared: Ints, templates: Flags, policy: Policy
) -> set[int]:
    """Which shown journeys have the same goal and cut as an earlier row and nearly its customers.

    `shared` are the customers that two rows have in common: the journeys, then the templates,
    whose members are `templates[t]`. The figures of two such rows would differ by those of fewer
    customers than may be shown. Of two journeys the later is withheld; of a journey and a template
    that it is not a value of, the journey.
    """
    found: set[int] = set()
    journeys = len(members)
    for one in range(journeys):
        if not is_shown[one]:
            continue
        others = [at for at in range(one) if is_shown[at] and at not in found]
        others += [
            journeys + at
            for at, inside in enumerate(templates)
            if inside.any() and not inside[one] and _asks_as(members, one, inside)
        ]
        for other in others:
            is_template = other >= journeys
            if (is_template or members[one].asks_the_same(members[other])) and differs_by_few(
                shared, one, other, policy
            ):
                found.add(one)
    return found


def _asks_as(members: Sequence[Member], one: int, inside: Flags) -> bool:
    return any(members[one].asks_the_same(members[at]) for at in inside.nonzero()[0].tolist())


def differs_by_few(shared: Ints, one: int, other: int, policy: Policy) -> bool:
    """Whether the customers that only one of two rows has are fewer than may be shown."""
    apart = int(shared[one, one] + shared[other, other] - 2 * shared[one, other])
    return policy.is_small(apart)
