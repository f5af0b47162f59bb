"""The contacts of journeys, each with the contact before and after it, and when it was answered.

What comes before and after is looked for among all events of the customer in the log, in whichever
journey, so that a contact in the next journey is one more contact.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from cjmine.analysis.contacts import Contacts, Names, fitting
from cjmine.conformance.facts import Facts
from cjmine.conformance.states import State
from cjmine.counting.groups import Flags, Ints
from cjmine.eventlog.log import ACTIVITY, CHANNEL, CUSTOMER, Cases, EventLog
from cjmine.eventlog.surveys import survey_events

NEVER = 1 << 62  # so that times of any age can be taken off
LONG_AGO = -NEVER


@dataclass(frozen=True, slots=True)
class Rules:
    """What is contact, what answers it, and how long things matter; times in microseconds.

    `answers` are names of touchpoints, in which `*` holds for any text. `answered` are the channels
    in which there are answers: only contacts in these wait for one, a call is answered while it
    lasts. `friction` are touchpoints that show trouble. `own` are those of the customer's way by
    declaration. What comes so long (`window`) after something may be because of it; what comes
    within `again` after an answer is the same matter.
    """

    contacts: Contacts
    answers: Names
    answered: Names
    friction: Names
    own: Names
    window: int
    again: int


@dataclass(frozen=True, slots=True)
class Way:
    """The events of a log without surveys, those of one customer side by side and in time.

    `place` is where each event of the log is among them, -1 for a survey.
    """

    row: Ints
    customer: Ints
    time: Ints
    is_contact: Flags
    place: Ints


@dataclass(frozen=True, slots=True)
class ContactEvents:
    """The contacts of the journeys that are looked at, in order of journeys: one entry a contact.

    `event` is its place among the events of journeys, `before` and `after` the moments of the
    contact of the same customer before it and after it, `answered` that of its answer, and
    `before_answered` that of the contact before (`LONG_AGO` and `NEVER` without one). `waits`: it
    is one that an answer is sent to.
    """

    event: Ints
    journey: Ints
    time: Ints
    waits: Flags
    answered: Ints
    before: Ints
    before_answered: Ints
    after: Ints

    def only(self, rows: Ints) -> ContactEvents:
        """Some of the contacts, by their rows."""
        return ContactEvents(*(getattr(self, one.name)[rows] for one in fields(self)))


def looked_at(facts: Facts) -> Flags:
    """Which journeys are looked at: those that are counted.

    Where no journey can reach a goal, none has a full time: then all that are not truncated.
    """
    if facts.comparison.states.full_time is not None:
        return facts.is_counted
    found: Flags = facts.state != State.TRUNCATED
    return found


def way_of(log: EventLog, rules: Rules) -> Way:
    """The way of each customer through a log."""
    customer, time = log.codes(CUSTOMER), log.times
    order = np.arange(len(customer))
    if log.about.cases is Cases.GIVEN:
        order = np.lexsort((time, customer))
    row = order[~survey_events(log, rules.own)[order]]
    place = np.full(len(customer), -1, np.int64)
    place[row] = np.arange(len(row))
    channel = log.codes(CHANNEL) if log.has(CHANNEL) else np.full(len(customer), -1, np.int32)
    channels = log.names(CHANNEL) if log.has(CHANNEL) else ()
    activity = log.codes(ACTIVITY)
    found = rules.contacts.among(log.activities, channels, activity, channel)
    return Way(row, customer[row].astype(np.int64), time[row], found[row], place)


def contact_events(facts: Facts, way: Way, rules: Rules) -> ContactEvents:
    """The contacts of the journeys that are looked at, within their full time."""
    log, journeys, states = facts.log, facts.comparison.journeys, facts.comparison.states
    found = rules.contacts.flags(journeys) & ~journeys.is_survey & ~states.is_after
    found &= looked_at(facts)[journeys.journey]
    event = np.flatnonzero(found)
    every = np.flatnonzero(way.is_contact)
    at = np.searchsorted(every, way.place[journeys.event[event]])
    waits = _waits(log, rules)[way.row[every]]
    answered = _answered(log, way, every, waits, rules)
    customer, time = way.customer[every], way.time[every]
    same = customer[1:] == customer[:-1]
    before = np.full(len(every), LONG_AGO, np.int64)
    before[1:][same] = time[:-1][same]
    before_answered = np.full(len(every), LONG_AGO, np.int64)
    before_answered[1:][same] = answered[:-1][same]
    after = np.full(len(every), NEVER, np.int64)
    after[:-1][same] = time[1:][same]
    return ContactEvents(
        event=event,
        journey=journeys.journey[event].astype(np.int64),
        time=journeys.time[event],
        waits=waits[at],
        answered=answered[at],
        before=before[at],
        before_answered=before_answered[at],
        after=after[at],
    )


def _waits(log: EventLog, rules: Rules) -> Flags:
    """Which events of a log, if they are contact, are in a channel in which answers are sent."""
    if not rules.answers:
        return np.zeros(log.events, bool)
    if not log.has(CHANNEL):
        return np.ones(log.events, bool)
    in_channel = np.array([*(name in rules.answered for name in log.names(CHANNEL)), False])
    found: Flags = in_channel[log.codes(CHANNEL)]
    return found


def _answered(log: EventLog, way: Way, every: Ints, waits: Flags, rules: Rules) -> Ints:
    """When each contact is answered: at once, or with the next answer to the customer."""
    answered = way.time[every].copy()
    is_answer = fitting(log.activities, rules.answers)[log.codes(ACTIVITY)[way.row]]
    answers = np.flatnonzero(is_answer)
    asked = np.flatnonzero(waits)
    following = np.searchsorted(answers, every[asked], "right")
    when = np.full(len(asked), NEVER, np.int64)
    some = np.flatnonzero(following < len(answers))
    answer = answers[following[some]]
    is_theirs = way.customer[answer] == way.customer[every[asked[some]]]
    when[some[is_theirs]] = way.time[answer[is_theirs]]
    answered[asked] = when
    return answered
