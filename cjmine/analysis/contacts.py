"""Which journeys had contact: called, chatted or wrote, as the project says or as channels show."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.conformance.facts import Facts
from cjmine.conformance.states import JourneyStates
from cjmine.counting.groups import Flags
from cjmine.eventlog.journeys import Journeys
from cjmine.eventlog.log import Codes
from cjmine.eventlog.named_events import having
from cjmine.ideal.journey import IdealJourney
from cjmine.wildcards import fits

CHANNELS = ("call", "chat", "mail")
BY_PEOPLE = (*CHANNELS, "email", "sms", "letter", "post", "branch", "store")  # not digital
Names = tuple[str, ...]


def fitting(activities: Names, names: Names) -> Flags:
    """Which activities have one of some names, in which `*` holds for any text.

    >>> fitting(("Call: bill", "Search"), ("Call:*",)).tolist()
    [True, False]
    """
    found = [any(fits(activity, one) for one in names) for activity in activities]
    return np.array(found, bool)


@dataclass(frozen=True, slots=True)
class Contacts:
    """What is contact: names of touchpoints in which `*` holds for any text.

    Without names it is every touchpoint by call, chat or mail, but for those of `own`, which the
    ideal journey declares.
    """

    names: tuple[str, ...] = ()
    own: tuple[str, ...] = ()

    def flags(self, journeys: Journeys) -> Flags:
        """Which events are contact."""
        return self.among(
            journeys.activities, journeys.channels, journeys.activity, journeys.channel
        )

    def among(self, activities: Names, channels: Names, activity: Codes, channel: Codes) -> Flags:
        """Which events are contact, of coded touchpoints and channels (-1 unknown)."""
        if self.names:
            found: Flags = fitting(activities, self.names)[activity]
            return found
        is_channel = np.array([*(name in CHANNELS for name in channels), False], bool)
        is_own = np.array([name in self.own for name in activities], bool)
        by_channel: Flags = is_channel[channel] & ~is_own[activity]
        return by_channel

    def may_occur(self, activities: tuple[str, ...], channels: tuple[str, ...]) -> bool:
        """Whether a log with these touchpoints and channels can have contact at all.

        >>> Contacts().may_occur(("Search",), ("web",))
        False
        >>> Contacts(("Call*",)).may_occur(("Call: bill",), ())
        True
        """
        if self.names:
            return bool(fitting(activities, self.names).any())
        return not set(CHANNELS).isdisjoint(channels)


def contacts_of(names: tuple[str, ...], journey: IdealJourney) -> Contacts:
    """What is contact beside an ideal journey; `names` are those that the project declares."""
    steps = (step.name for step in journey.steps)
    return Contacts(names, (*steps, *journey.goal, *journey.exits, *journey.allow))


def has_contact(facts: Facts, contacts: Contacts) -> Flags:
    """Which journeys have contact within their full time."""
    return contact_within(facts.comparison.journeys, facts.comparison.states, contacts)


def contact_within(journeys: Journeys, states: JourneyStates, contacts: Contacts) -> Flags:
    """The same of journeys that are not compared with the ideal.

    Surveys are none: nobody asked for them.
    """
    found = contacts.flags(journeys) & ~states.is_after & ~journeys.is_survey
    return having(journeys, found)
