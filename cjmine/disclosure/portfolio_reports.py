"""Which journeys of a portfolio have a report of their own, beside the page and other reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from cjmine.analysis.portfolio.members import Member
from cjmine.analysis.portfolio.tallies import Figure
from cjmine.counting.groups import Flags, Ints
from cjmine.disclosure.portfolio_journeys import ShownJourney
from cjmine.disclosure.portfolio_publication import Published


@dataclass(frozen=True, slots=True)
class Reported:
    """The names of the journeys and templates with a report, and of those with scores in it."""

    names: frozenset[str]
    scored: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Report:
    """The customers of a report: those that have any journey of it, and those that are counted."""

    member: Member
    present: Ints
    counted: Ints

    def overlaps(self, other: _Report) -> bool:
        """Whether both answer the same questions about some of the same customers, but not all.

        Then every figure of one, less that of the other, is about those that only one has.
        """
        mine = (self.present > 0, self.counted > 0)
        others = (other.present > 0, other.counted > 0)
        is_same = all((one == another).all() for one, another in zip(mine, others, strict=True))
        shares = any((one & another).any() for one, another in zip(mine, others, strict=True))
        return self.member.asks_the_same(other.member) and shares and not is_same


def reported_of(
    alone: Sequence[ShownJourney],
    journeys: Sequence[ShownJourney],
    page: Published,
) -> Reported:
    """Which journeys and templates may have one, and what customers answered in it.

    `alone` are the journeys as each of them would be shown, `journeys` as they are beside each
    other; `page` takes what the reports say of their customers.
    """
    policy = page.counts.policy
    present = Published.of(page.kinds, policy)
    taken: list[_Report] = []
    for inside in _entries(journeys):
        at = np.flatnonzero(inside)
        one = _Report(
            journeys[int(at[0])].finished.member,
            page.union(Figure.PRESENT, inside),
            page.union(Figure.COUNTED, inside),
        )
        if policy.min_group > 1:
            # A report has all of these.
            if any(_apart(journeys[place]) != _apart(alone[place]) for place in at.tolist()):
                continue
            if any(one.overlaps(other) for other in taken):
                continue
        # What one report says of its own journeys under way is decided by its check.
        if present.takes_columns(one.present) and page.takes_columns(one.counted):
            taken.append(one)
    names = frozenset(one.member.entry.name for one in taken)
    both = zip(alone, journeys, strict=True)
    unscored = {one.finished.member.entry.name for own, one in both if own.scores != one.scores}
    return Reported(names, names - unscored)


def _apart(one: ShownJourney) -> tuple[object, ...]:
    return one.customers, one.lost, one.contact


def _entries(journeys: Sequence[ShownJourney]) -> Iterator[Flags]:
    """The shown journeys of each entry of the file, in its order."""
    shown = np.array([one.check is not None for one in journeys], bool)
    names = [one.finished.member.entry.name for one in journeys]
    for name in dict.fromkeys(names):
        inside = shown & np.array([one == name for one in names], bool)
        if inside.any():
            yield inside
