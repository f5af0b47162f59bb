"""The smaller tables of contacts as far as they may be shown."""

from __future__ import annotations

import numpy as np

from cjmine.analysis.cohorts import Cohorts
from cjmine.analysis.contact.finished import ContactPlan
from cjmine.analysis.contact.tallies import Tallies
from cjmine.analysis.intervals import share_of
from cjmine.analysis.subject import Subject
from cjmine.counting.groups import Groups, Ints
from cjmine.disclosure.contact_types import cost_by_channel
from cjmine.disclosure.folds import to_fold
from cjmine.disclosure.policy import Policy
from cjmine.disclosure.shown import count, shown
from cjmine.results.contact import (
    AgainRow,
    Busiest,
    ContactBy,
    ContactGroup,
    ContainedRow,
    HourRow,
    Unanswered,
)
from cjmine.results.figures import OTHER, Counted
from cjmine.results.share import Share

UNKNOWN = "(unknown)"


def again_rows(found: Tallies, plan: ContactPlan, policy: Policy) -> tuple[AgainRow, ...]:
    """How many contacts are followed by another: after any, then after each touchpoint."""
    words, rows = plan.asked.words, []
    size = len(words.activities) + 1
    for place, within in enumerate(plan.asked.again.tolist()):
        every = _share(found.again, place * size + size - 1, policy)
        rows.append(_again(None, within, every))
        for number, name in enumerate(words.activities):
            one = _share(found.again, place * size + number, policy)
            if one.of:
                rows.append(_again(name, within, one))
    return tuple(rows)


def unanswered_share(found: Tallies, plan: ContactPlan, policy: Policy) -> Unanswered | None:
    """How many contacts that wait for an answer have none in time; None where none is sent."""
    if not plan.asked.rules.answers:
        return None
    one = _share(found.unanswered, 0, policy)
    return Unanswered(plan.asked.promise / 1e6, one.n, one.of, one.value, one.low, one.high)


def contained_rows(found: Cohorts, subject: Subject, policy: Policy) -> tuple[ContainedRow, ...]:
    """The share of visits to each step that no contact follows, in the order of the ideal."""
    rows = []
    for step in subject.ideal.journey.steps:
        one = _share(found, subject.ideal.space.labels.index(step.name), policy)
        if one.of:
            rows.append(ContainedRow(step.name, one))
    return tuple(rows)


def hour_rows(found: Tallies, policy: Policy) -> tuple[HourRow, ...]:
    """The hours of the week in which enough customers get in touch."""
    rows = []
    for hour in range(len(found.hours.count)):
        contacts = count(found.hours.sum(hour), policy)
        if contacts:
            rows.append(HourRow(hour // 24 + 1, hour % 24, contacts))
    return tuple(rows)


def busiest_hour(
    found: Tallies, hours: tuple[HourRow, ...], contacts: int | None
) -> Busiest | None:
    """The hour with most contacts among those that are shown, beside the mean hour."""
    if not hours or not contacts:
        return None
    most = max(hours, key=lambda one: (one.contacts, -one.weekday, -one.hour))
    mean = contacts / int((found.hours.count > 0).sum())
    return Busiest(most.weekday, most.hour, most.contacts, most.contacts / mean)


def contact_groups(found: Tallies, plan: ContactPlan, policy: Policy) -> tuple[ContactGroup, ...]:
    """Contacts by channel, reason or hour of the day; small groups are put together."""
    words = plan.asked.words
    match plan.listed:
        case ContactBy.CHANNEL:
            names, groups = (*words.channels, UNKNOWN), found.channels
            size = len(names)
            priced = np.diag(found.paid.reshape(-1, size).sum(axis=0)).ravel()
        case ContactBy.REASON:
            names, groups, priced = words.activities, found.reasons, found.priced
        case ContactBy.HOUR:
            names = tuple(f"{hour:02}:00" for hour in range(24))
            groups, priced = found.clock, found.timed
    by_channel = priced.reshape(len(names), -1)
    rows = _folded(names, groups, by_channel, plan, policy)
    if plan.listed is ContactBy.HOUR:
        return tuple(rows)
    return tuple(sorted(rows, key=lambda one: (one.name == OTHER, -one.contacts, one.name)))


def _folded(
    names: tuple[str, ...], groups: Groups, by_channel: Ints, plan: ContactPlan, policy: Policy
) -> list[ContactGroup]:
    hidden = to_fold(groups, policy.min_group)
    rows = []
    for number, name in enumerate(names):
        if groups.occurrences[number] and not hidden[number]:
            contacts = policy.rounded(int(groups.occurrences[number]))
            rows.append(
                ContactGroup(name, contacts, cost_by_channel(by_channel[number], plan, policy))
            )
    folded = hidden.nonzero()[0]
    if len(folded):
        customers = groups.customers_of(folded)
        rest = count(Counted(int(groups.occurrences[folded].sum()), customers), policy)
        if rest is not None:
            cost = cost_by_channel(by_channel[folded].sum(axis=0), plan, policy)
            rows.append(ContactGroup(OTHER, rest, cost))
    return rows


def _again(after: str | None, within: int, one: Share) -> AgainRow:
    return AgainRow(after, within / 1e6, one.n, one.of, one.value, one.low, one.high)


def _share(found: Cohorts, group: int, policy: Policy) -> Share:
    return shown(share_of(found.n(group), found.of(group)), policy)
