"""What customers did in the hour before they got in touch.

Callers are customers at their first contact; what they did is compared with like journeys that had
no contact yet (`controls`). Counts of parts add up, so that nothing needs to be drawn by chance.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.analysis.cohorts import Cells, Cohorts, cells, cohorts_of, rows
from cjmine.analysis.contact.done import DoneCounts, count_done, kinds_at
from cjmine.analysis.contact.events import ContactEvents, Way, looked_at
from cjmine.analysis.contact.like_times import HOUR, ages_of, visits_of, ways_of
from cjmine.analysis.contact.visits import next_contacts
from cjmine.analysis.contact.words import Coded
from cjmine.conformance.facts import Facts
from cjmine.conformance.journey_rows import distinct_rows
from cjmine.counting.groups import Flags, Ints
from cjmine.counting.merging import summed


@dataclass(frozen=True, slots=True)
class CallerCounts:
    """Callers, and the touchpoints in the hour before contacts.

    `done` has the callers by what they had done. `followed` has the visits to each touchpoint, and
    those that contact follows within the hour; `contacts` are the contacts that do.
    """

    done: DoneCounts
    contacts: Cells
    followed: Cohorts

    def __add__(self, other: CallerCounts) -> CallerCounts:
        return summed(self, other)


def count_callers(
    facts: Facts, way: Way, found: ContactEvents, fits: Flags, codes: Coded, kind: Ints
) -> CallerCounts:
    """Count contacts and what came before them.

    `fits` flags the events of journeys that are such contacts, and `found` are those of them that
    are looked at; `kind` is that of each journey.
    """
    journeys = facts.comparison.journeys
    owner = facts.customer[found.journey]
    is_first = np.ones(len(owner), bool)
    is_first[1:] = owner[1:] != owner[:-1]
    callers = found.only(np.flatnonzero(is_first))
    age = np.zeros(len(journeys), np.int64)
    age[callers.journey] = callers.time - journeys.time[journeys.starts[callers.journey]]
    calls = np.zeros(len(journeys), bool)
    calls[callers.journey] = True
    events = np.flatnonzero(calls[journeys.journey] & ~journeys.is_survey & ~fits)
    kinds = kinds_at(ways_of(journeys, kind), age, ages_of(age), calls)
    done = count_done(visits_of(journeys, events, codes), age, kinds, codes.activities)
    return CallerCounts(done, *_followed(facts, way, fits, codes))


def _followed(facts: Facts, way: Way, fits: Flags, codes: Coded) -> tuple[Cells, Cohorts]:
    """The contacts in the hour after visits to each touchpoint, and the visits."""
    journeys, states = facts.comparison.journeys, facts.comparison.states
    is_contact = np.zeros(len(way.row), bool)
    is_contact[way.place[journeys.event[fits]]] = True
    visits = looked_at(facts)[journeys.journey] & ~journeys.is_survey & ~states.is_after & ~fits
    found = np.flatnonzero(visits)
    touchpoint, owner = codes.activity[found], facts.customer[journeys.journey[found]]
    then = next_contacts(way, is_contact, way.place[journeys.event[found]])
    soon = then.time - journeys.time[found] <= HOUR
    pair, _ = distinct_rows(touchpoint[soon] * (len(way.row) + 1) + then.place[soon])
    place = pair % (len(way.row) + 1)
    customer = np.cumsum(np.diff(way.customer, prepend=way.customer[:1]) != 0)
    people = int(customer[-1]) + 1 if len(customer) else 0
    size = codes.activities
    contacts = rows(pair // (len(way.row) + 1), customer[place], size, people)
    by_touchpoint = rows(touchpoint, owner, size, facts.customers)
    return cells(contacts), cohorts_of(by_touchpoint, soon)
