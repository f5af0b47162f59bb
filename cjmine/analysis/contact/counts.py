"""What `contact` counts in each part of a log; counts of parts add up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.analysis.cohorts import Cohorts, cohorts_of, rows
from cjmine.analysis.compared_part import Part, facts_of
from cjmine.analysis.contact.asked import AskContact
from cjmine.analysis.contact.callers import CallerCounts, count_callers
from cjmine.analysis.contact.controls import LikeKeys, count_controls
from cjmine.analysis.contact.done import DoneCounts
from cjmine.analysis.contact.events import ContactEvents, Way, contact_events, looked_at, way_of
from cjmine.analysis.contact.expected import (
    ExpectedCounts,
    SwayedTypes,
    TypeItems,
    count_expected,
    count_swayed_types,
)
from cjmine.analysis.contact.kinds import Kinds, kinds_of
from cjmine.analysis.contact.known import KnownCounts, count_known
from cjmine.analysis.contact.tallies import Tallies, count_tallies
from cjmine.analysis.contact.visits import count_contained
from cjmine.analysis.contact.words import coded_events
from cjmine.analysis.contacts import Names, fitting
from cjmine.analysis.dropoff.next_events import Vocabulary
from cjmine.analysis.like.kinds import journey_kinds
from cjmine.analysis.like.trials import Surroundings
from cjmine.analysis.overview import Overview, count_overview
from cjmine.conformance.facts import Facts
from cjmine.counting.groups import Flags, Ints
from cjmine.counting.merging import summed


@dataclass(frozen=True, slots=True)
class ContactCounts:
    """All counts; `having` are the journeys with contact among those that are looked at.

    `contained` has the visits to each step that no contact follows, `expected` the trials that say
    how many contacts like journeys have.
    """

    overview: Overview
    having: Cohorts
    tallies: Tallies
    contained: Cohorts
    known: KnownCounts
    callers: CallerCounts
    expected: ExpectedCounts

    def __add__(self, other: ContactCounts) -> ContactCounts:
        return summed(self, other)


def count_contact(part: Part, asked: AskContact) -> ContactCounts:
    """The counts of a part."""
    facts = facts_of(part, asked.moments)
    way = way_of(facts.log, asked.rules)
    found, kinds = _contacts(facts, way, asked)
    codes = coded_events(part.journeys, asked.words)
    kind = journey_kinds(part, asked.like)
    fits = _fits(facts, asked)
    fitting_ones = found.only(np.flatnonzero(fits[found.event]))
    has = np.zeros(len(part.journeys), bool)
    has[found.journey] = True
    seen = np.flatnonzero(looked_at(facts))
    everyone = rows(np.zeros(len(seen), np.int64), facts.customer[seen], 1, facts.customers)
    return ContactCounts(
        overview=count_overview(part, facts, asked.moments, asked.words.activities),
        having=cohorts_of(everyone, has[seen]),
        tallies=count_tallies(facts, found, kinds, codes, asked),
        contained=count_contained(facts, way, asked.rules, asked.moments.until),
        known=count_known(facts.log, way, asked.words),
        callers=count_callers(facts, way, fitting_ones, fits, codes, kind),
        expected=count_expected(
            Surroundings(facts, asked.like, kind),
            found,
            kinds,
            asked.rules.friction,
            asked.rules.window,
        ),
    )


def _contacts(facts: Facts, way: Way, asked: AskContact) -> tuple[ContactEvents, Kinds]:
    """The contacts that are looked at, with their types."""
    found = contact_events(facts, way, asked.rules)
    kinds = kinds_of(facts, found, asked.rules, asked.waves)
    if asked.after is None:
        return found, kinds
    some = np.flatnonzero(kinds.last == asked.after)
    return found.only(some), kinds.only(some)


def _fits(facts: Facts, asked: AskContact) -> Flags:
    """Which events of journeys are contacts before which it is looked at what customers did."""
    journeys = facts.comparison.journeys
    fits = asked.rules.contacts.flags(journeys) & ~journeys.is_survey
    if asked.before:
        fits &= fitting(journeys.activities, asked.before)[journeys.activity]
    return fits & ~facts.comparison.states.is_after


@dataclass(frozen=True, slots=True)
class AskLikeJourneys:
    """The second question: what like journeys did, for the kinds of callers and touchpoints."""

    asked: AskContact
    like: LikeKeys
    wanted: Ints
    items: TypeItems


@dataclass(frozen=True, slots=True)
class SecondCounts:
    """What like journeys without contact did, and how customers sway what is expected."""

    controls: DoneCounts
    swayed: SwayedTypes

    def __add__(self, other: SecondCounts) -> SecondCounts:
        return summed(self, other)


def count_like(part: Part, question: AskLikeJourneys) -> SecondCounts:
    """The like journeys of a part."""
    asked = question.asked
    facts = facts_of(part, asked.moments)
    found, kinds = _contacts(facts, way_of(facts.log, asked.rules), asked)
    codes = coded_events(part.journeys, asked.words)
    fits = _fits(facts, asked)
    kind = journey_kinds(part, asked.like)
    return SecondCounts(
        count_controls(facts, fits, codes, kind, question.like, question.wanted),
        count_swayed_types(
            Surroundings(facts, asked.like, kind),
            found,
            kinds,
            asked.rules.friction,
            asked.rules.window,
            question.items,
        ),
    )


@dataclass(frozen=True, slots=True)
class AskAnswers:
    """The question for the channels of answers: names of touchpoints, in which `*` is any text."""

    words: Vocabulary
    answers: Names


@dataclass(frozen=True, slots=True)
class AnswerCounts:
    """The events that are answers by channel; the last is unknown."""

    channels: Ints

    def __add__(self, other: AnswerCounts) -> AnswerCounts:
        return summed(self, other)


def count_answers(part: Part, asked: AskAnswers) -> AnswerCounts:
    """The answers in a part, which must be known of all parts before contacts are counted."""
    journeys = part.journeys
    codes = coded_events(journeys, asked.words)
    is_answer = fitting(journeys.activities, asked.answers)[journeys.activity]
    return AnswerCounts(np.bincount(codes.channel[is_answer], minlength=codes.channels))
