"""What customers do more than once: ask after the goal, the same in two channels, many clicks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.analysis.cohorts import Cohorts, cohorts_of, rows
from cjmine.analysis.compared_part import Moments
from cjmine.analysis.contacts import Contacts
from cjmine.analysis.deviation_counts import codes_in
from cjmine.conformance.alignments import NOWHERE
from cjmine.conformance.facts import Facts
from cjmine.counting.groups import Ints
from cjmine.counting.merging import summed
from cjmine.eventlog.named_events import first_of, named

WEEK = 7 * 24 * 3_600_000_000
CLICKS = 3  # events of one step in one journey: more are many


@dataclass(frozen=True, slots=True)
class AgainCounts:
    """Journeys that do something again, among those that do it at all.

    `after_goal`: of completed journeys that were observed for a week after the goal, those with
    contact in that week in the same journey. `channels`, one group a touchpoint: journeys with it,
    and those that have it in two channels. `clicks`, one group a step: journeys with it, and those
    with more than three events of it.
    """

    after_goal: Cohorts
    channels: Cohorts
    clicks: Cohorts

    def __add__(self, other: AgainCounts) -> AgainCounts:
        return summed(self, other)


def count_again(
    facts: Facts, moments: Moments, contacts: Contacts, activities: tuple[str, ...]
) -> AgainCounts:
    """The counts of a part; `activities` are those of the whole log, in order."""
    return AgainCounts(
        after_goal=_after_goal(facts, moments, contacts),
        channels=_channels(facts, activities),
        clicks=_clicks(facts),
    )


def _after_goal(facts: Facts, moments: Moments, contacts: Contacts) -> Cohorts:
    comparison, journeys = facts.comparison, facts.comparison.journeys
    goal = named(journeys, comparison.ideal.journey.goal) & ~comparison.states.is_after
    place = first_of(journeys, goal)
    reached = np.append(journeys.time, 0)[place]
    at = np.flatnonzero(facts.is_counted & (place >= 0) & (reached + WEEK <= moments.until))
    own = journeys.journey
    is_later = np.arange(len(own)) > place[own]
    is_later &= (place[own] >= 0) & (journeys.time - reached[own] <= WEEK)
    called = np.zeros(len(facts), bool)
    called[own[is_later & contacts.flags(journeys) & ~journeys.is_survey]] = True
    nobody = np.zeros(len(at), np.int64)
    return cohorts_of(rows(nobody, facts.customer[at], 1, facts.customers), called[at])


def _channels(facts: Facts, activities: tuple[str, ...]) -> Cohorts:
    comparison, journeys = facts.comparison, facts.comparison.journeys
    wanted = facts.is_counted[journeys.journey] & (journeys.channel >= 0)
    wanted &= ~journeys.is_survey & ~comparison.states.is_after
    at = np.flatnonzero(wanted)
    code = codes_in(activities, journeys.activities)[journeys.activity[at]]
    several = len(journeys.channels) + 1
    pair = journeys.journey[at].astype(np.int64) * len(activities) + code
    key = np.sort(pair * several + journeys.channel[at])
    pair = key[np.flatnonzero(np.diff(key, prepend=-1))] // several
    first = np.flatnonzero(np.diff(pair, prepend=-1))
    many = np.diff(np.append(first, len(pair)))
    journey, touchpoint = np.divmod(pair[first], max(len(activities), 1))
    return cohorts_of(
        rows(touchpoint, facts.customer[journey], len(activities), facts.customers), many > 1
    )


def _clicks(facts: Facts) -> Cohorts:
    """By distinct trace: the events of a step, wherever they come."""
    comparison, steps = facts.comparison, max(facts.step_count, 1)
    traces, label = comparison.variants, comparison.label
    event = np.flatnonzero(label != NOWHERE)
    trace = np.searchsorted(traces.starts, event, "right") - 1
    many = np.bincount(trace * steps + label[event], minlength=len(traces) * steps)
    seen = facts.seen_steps
    times: Ints = many[facts.variant[seen.journey] * steps + seen.step]
    return cohorts_of(
        rows(seen.step, facts.customer[seen.journey], facts.step_count, facts.customers),
        times > CLICKS,
    )
