"""What follows visits: digital visits to a step that no contact follows, and to any touchpoint.

The time to the next contact slides with each visit: a visit before midnight and a call after it are
one minute apart, not on two days.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.analysis.cohorts import Cohorts, cohorts_of, rows
from cjmine.analysis.contact.events import NEVER, Rules, Way, looked_at
from cjmine.analysis.contacts import BY_PEOPLE
from cjmine.conformance.alignments import NOWHERE
from cjmine.conformance.compare import steps_of_activities
from cjmine.conformance.facts import Facts
from cjmine.counting.groups import Flags, Ints


@dataclass(frozen=True, slots=True)
class Next:
    """The next contact of a customer after some events: its moment and its place on the way.

    `NEVER` and -1 where there is none.
    """

    time: Ints
    place: Ints


def next_contacts(way: Way, is_contact: Flags, places: Ints) -> Next:
    """The next of the flagged contacts of a way after events at some places of it."""
    every = np.flatnonzero(is_contact)
    following = np.searchsorted(every, places, "right")
    some = np.flatnonzero(following < len(every))
    contact = every[following[some]]
    theirs = way.customer[contact] == way.customer[places[some]]
    time, place = np.full(len(places), NEVER, np.int64), np.full(len(places), -1, np.int64)
    time[some[theirs]], place[some[theirs]] = way.time[contact[theirs]], contact[theirs]
    return Next(time, place)


def count_contained(facts: Facts, way: Way, rules: Rules, until: int) -> Cohorts:
    """A cohort a step: the digital visits to it, and those that no contact follows in time.

    Only visits that were observed for all that time.
    """
    journeys, states = facts.comparison.journeys, facts.comparison.states
    step = steps_of_activities(journeys.activities, facts.comparison.ideal)[journeys.activity]
    by_hand = np.array([*(name in BY_PEOPLE for name in journeys.channels), False], bool)
    is_contact = rules.contacts.flags(journeys)
    visits = (step != NOWHERE) & ~by_hand[journeys.channel] & ~is_contact
    visits &= ~states.is_after & looked_at(facts)[journeys.journey]
    visits &= (journeys.time + rules.window <= until) & ~journeys.is_survey
    found = np.flatnonzero(visits)
    then = next_contacts(way, way.is_contact, way.place[journeys.event[found]])
    owner = facts.customer[journeys.journey[found]]
    by_step = rows(step[found].astype(np.int64), owner, facts.step_count, facts.customers)
    return cohorts_of(by_step, then.time - journeys.time[found] > rules.window)
