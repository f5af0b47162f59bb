"""What `priorities` counts in each part of a log; counts of parts add up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.analysis.cohorts import Among, Cohorts, among, cohorts, rows
from cjmine.analysis.compared_part import Part
from cjmine.analysis.contact.events import Rules
from cjmine.analysis.influences import Influences
from cjmine.analysis.like.counts import (
    ItemStrata,
    LikeCounts,
    SwayedCounts,
    all_trials,
    swayed,
    tallied,
)
from cjmine.analysis.like.items import having_items
from cjmine.analysis.like.kinds import AskLike
from cjmine.analysis.like.shown import NOTHING, Shown
from cjmine.analysis.like.together import TogetherCounts, together, together_influences
from cjmine.analysis.like.trials import Surroundings, Trials, surroundings
from cjmine.analysis.overview import Overview, count_overview
from cjmine.analysis.priorities.contacts import KINDS, contact_items
from cjmine.analysis.strata import Strata
from cjmine.conformance.states import State
from cjmine.counting.groups import Ints
from cjmine.counting.merging import summed

GOALS = 2  # journeys that miss the goal, and that reach it


@dataclass(frozen=True, slots=True)
class FirstCounts:
    """The log, all trials by stratum, and who has each item at all.

    `items` has one group an item, of all counted journeys; `goals` two: of those that miss the
    goal, and of those that reach it. `every` are all counted journeys, then by goal.
    """

    overview: Overview
    like: LikeCounts
    items: Cohorts
    goals: Cohorts

    def __add__(self, other: FirstCounts) -> FirstCounts:
        return summed(self, other)


@dataclass(frozen=True, slots=True)
class AskPriorities:
    """The question: what like journeys have in common, and what is contact, where any may be."""

    like: AskLike
    contact: Rules | None


@dataclass(frozen=True, slots=True)
class _Found:
    """The trials of a part with their outcomes, and who has which contact."""

    about: Surroundings
    trials: Trials
    contacts: Shown

    @property
    def outcome(self) -> Ints:
        """Whether the journey of each trial reaches the goal."""
        state = self.about.facts.state[self.trials.journey]
        reached: Ints = (state == State.COMPLETED).astype(np.int64)
        return reached

    @property
    def customer(self) -> Ints:
        """The customer of each journey."""
        return self.about.facts.customer


def _found(part: Part, asked: AskPriorities) -> _Found:
    about, contacts = surroundings(part, asked.like), NOTHING
    if asked.contact is not None:
        contacts = contact_items(about.facts, about.items, asked.contact)
    return _Found(about, all_trials(about, contacts), contacts)


def count_first(part: Part, asked: AskPriorities) -> FirstCounts:
    """The counts of a part."""
    found = _found(part, asked)
    facts, items = found.about.facts, found.about.items
    number = len(items) + len(KINDS)
    item, journey = having_items(facts, items)
    item = np.concatenate([item, found.contacts.item])
    journey = np.concatenate([journey, found.contacts.journey])
    customer, people = facts.customer, facts.customers
    counted = np.flatnonzero(facts.is_counted)
    reaches = (facts.state == State.COMPLETED).astype(np.int64)
    owner = customer[counted]
    every, by_goal = (
        among(np.zeros(len(counted), np.int64), owner, 1, people),
        among(reaches[counted], owner, GOALS, people),
    )

    def having(base: Among, group: Ints, groups: int, denominator: Ints) -> Cohorts:
        return cohorts(base, denominator, rows(group, customer[journey], groups, people))

    nobody = np.zeros(number, np.int64)
    goal = GOALS * item + reaches[journey]
    return FirstCounts(
        overview=count_overview(part, facts, asked.like.moments, asked.like.names.activities),
        like=tallied(found.trials, found.outcome),
        items=having(every, item, number, nobody),
        goals=having(by_goal, goal, GOALS * number, np.arange(GOALS * number) % GOALS),
    )


@dataclass(frozen=True, slots=True)
class AskItems:
    """The question for the items that enough journeys have, with their strata over the whole log.

    `whole` are the strata of all of them together, where that is asked for.
    """

    asked: AskPriorities
    items: tuple[ItemStrata, ...]
    whole: Strata | None = None


def count_swayed(part: Part, question: AskItems) -> SwayedCounts:
    """How the customers of a part sway the items."""
    found = _found(part, question.asked)
    return swayed(found.trials, found.outcome, found.customer, question.items)


def count_together(part: Part, question: AskItems) -> TogetherCounts:
    """The first items of a part together."""
    found = _found(part, question.asked)
    return together(found.trials, found.outcome, found.customer, question.items)


def count_together_swayed(part: Part, question: AskItems) -> Influences:
    """How the customers of a part sway the first items together."""
    assert question.whole is not None
    found = _found(part, question.asked)
    columns = (found.trials, found.outcome, found.customer)
    return together_influences(*columns, question.items, question.whole)
