"""Journeys counted together: by phase, owner, level and template, as one count of their union.

A journey of a customer counts once in every group that it is in; a customer once, however many
journeys they have there. No alignment is needed: only the states of journeys are counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

import numpy as np

from cjmine.analysis.cohorts import Cohorts
from cjmine.analysis.compared_part import Moments, Part
from cjmine.analysis.contacts import Contacts, contact_within
from cjmine.analysis.portfolio.part import PortfolioPart
from cjmine.conformance.states import State, Window, journey_states
from cjmine.counting.groups import Flags, Ints
from cjmine.counting.merging import summed

GOAL, LOST, CONTACT = range(3)
MEASURES = 3


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
    """The shares of each group, its journeys and its distinct customers."""

    goal: Cohorts
    lost: Cohorts
    contact: Cohorts
    journeys: Ints
    customers: Ints

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
    journeys, customers = np.zeros((2, groups), np.int64)
    for group in range(groups):
        inside = [tallies[at] for at in np.flatnonzero(asked.members[group]).tolist()]
        everyone = _added([(one.customer, one.among) for one in inside], people)
        journeys[group] = everyone.sum()
        customers[group] = np.count_nonzero(everyone)
        for share in range(MEASURES):
            members = np.flatnonzero(asked.having[share, group]).tolist()
            some = [tallies[at] for at in members]
            among = _added([(one.customer, one.among) for one in some], people)
            having = _added([(one.customer, one.having[share]) for one in some], people)
            shares[share].append(cohort_of(among, having))
    goal, lost, contact = (_stacked(one) for one in shares)
    return PooledCounts(goal, lost, contact, journeys, customers)


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
