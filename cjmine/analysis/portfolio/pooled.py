"""Journeys counted together: by phase, owner, level and template, as one count of their union.

A journey of a customer counts once in every group that it is in; a customer once, however many
journeys they have there. No alignment is needed: only the states of journeys are counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from cjmine.analysis.cohorts import Cohorts
from cjmine.analysis.compared_part import Moments, Part
from cjmine.analysis.contacts import Contacts, contact_within
from cjmine.analysis.portfolio.part import PortfolioPart
from cjmine.conformance.states import State, Window, journey_states
from cjmine.counting.groups import Flags, Ints
from cjmine.counting.merging import summed

GOAL, LOST, CONTACT = range(3)
MEASURES = 3
_CHUNK = 1 << 16  # customers that are looked at together


@dataclass(frozen=True, slots=True)
class AskPooled:
    """Which journeys each group holds: for the customers, and for each share in `having`.

    `members[g, j]`: journey j is in group g; `having[m, g, j]`: it also counts in share m of it.
    Journeys are in the order of the families and their members.
    """

    moments: tuple[Moments, ...]
    members: Flags
    having: Flags


@dataclass(frozen=True, slots=True)
class PooledCounts:
    """The shares of each group, its journeys and customers, and the customers of two at a time.

    `shared[a, b]` are the distinct customers that rows a and b have in common; rows are the
    journeys, then the groups.
    """

    goal: Cohorts
    lost: Cohorts
    contact: Cohorts
    journeys: Ints
    customers: Ints
    shared: Ints

    def __add__(self, other: PooledCounts) -> PooledCounts:
        return summed(self, other)


@dataclass(frozen=True, slots=True)
class _Tally:
    """One journey of the portfolio: how many journeys its customers have, and what of them.

    `having` has one row a share.
    """

    customer: Ints
    among: Ints
    having: Ints


def count_pooled(part: PortfolioPart, asked: AskPooled) -> PooledCounts:
    """The counts of a part."""
    number = part.numbered()
    people = int(number.max(initial=-1)) + 1
    tallies = list(_tallies(part, asked.moments, number))
    groups = len(asked.members)
    shares: list[list[Cohorts]] = [[] for _ in range(MEASURES)]
    has = np.zeros((len(tallies) + groups, people), bool)
    journeys = np.zeros(groups, np.int64)
    for row, one in enumerate(tallies):
        has[row, one.customer] = True
    for group in range(groups):
        inside = [tallies[at] for at in np.flatnonzero(asked.members[group]).tolist()]
        everyone = _added([(one.customer, one.among) for one in inside], people)
        has[len(tallies) + group] = everyone > 0
        journeys[group] = everyone.sum()
        for share in range(MEASURES):
            members = np.flatnonzero(asked.having[share, group]).tolist()
            some = [tallies[at] for at in members]
            among = _added([(one.customer, one.among) for one in some], people)
            having = _added([(one.customer, one.having[share]) for one in some], people)
            shares[share].append(cohort_of(among, having))
    goal, lost, contact = (_stacked(one) for one in shares)
    people_of = np.count_nonzero(has[len(tallies) :], axis=1)
    return PooledCounts(goal, lost, contact, journeys, people_of, _shared(has))


def _tallies(part: PortfolioPart, moments: tuple[Moments, ...], number: Ints) -> Iterator[_Tally]:
    for family, when in zip(part.setup.families, moments, strict=True):
        for one in part.members(family):
            yield _tally(one, when, family.contacts, number)


def _tally(part: Part, moments: Moments, contacts: Contacts, number: Ints) -> _Tally:
    """The counted journeys of one part by customer."""
    journeys = part.journeys
    window = Window(moments.since, moments.until)
    states = journey_states(journeys, part.terms, window, moments.full_time)
    counted = np.flatnonzero(states.is_counted)
    owner = number[journeys.customer[counted]]
    begins = np.flatnonzero(np.diff(owner, prepend=-1))  # owners never decrease
    contact = contact_within(journeys, states, contacts)
    state = states.of_journey
    has = np.stack([state == State.COMPLETED, state == State.ABANDONED, contact])[:, counted]
    return _Tally(
        owner[begins],
        np.diff(np.append(begins, len(owner))),
        np.add.reduceat(has, begins, axis=1, dtype=np.int64)
        if len(begins)
        else np.zeros((MEASURES, 0), np.int64),
    )


def _added(rows: list[tuple[Ints, Ints]], people: int) -> Ints:
    """Numbers of some customers added up, one entry a customer of the part."""
    found = np.zeros(people, np.int64)
    for customer, value in rows:
        found[customer] += value  # each customer once a row
    return found


def cohort_of(among: Ints, having: Ints) -> Cohorts:
    """One group, from the journeys of each customer among it and of those that have something.

    >>> cohort_of(np.array([2, 1, 0]), np.array([1, 1, 0])).n(0)
    2
    """
    return Cohorts(
        having=_one(having.sum()),
        among=_one(among.sum()),
        times=_one(having.sum()),
        customers_having=_one(np.count_nonzero(having)),
        customers_among=_one(np.count_nonzero(among)),
        customers_rest=_one(np.count_nonzero(among > having)),
        largest=_one(having.max(initial=0)),
        most=_one(among.max(initial=0)),
        among_squared=_one(int(among @ among)),
        among_having=_one(int(among @ having)),
        having_squared=_one(int(having @ having)),
    )


def _one(value: int | np.integer) -> Ints:
    return np.array([value], np.int64)


def _stacked(found: list[Cohorts]) -> Cohorts:
    nothing = np.zeros(0, np.int64)
    return Cohorts(
        *(
            np.concatenate([nothing, *(getattr(one, field.name) for one in found)])
            for field in fields(Cohorts)
        )
    )


def _shared(has: npt.NDArray[np.bool_]) -> Ints:
    """How many columns two rows have in common; exact, since sums of a chunk are small."""
    found = np.zeros((len(has), len(has)), np.int64)
    for first in range(0, has.shape[1], _CHUNK):
        some = has[:, first : first + _CHUNK].astype(np.float32)
        found += (some @ some.T).astype(np.int64)
    return found
