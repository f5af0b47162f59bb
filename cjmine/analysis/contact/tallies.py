"""The contacts of journeys put together: by type, place, reason, channel, hour, what came next."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from cjmine.analysis.cohorts import Cells, Cohorts, cells, cohorts_of, rows
from cjmine.analysis.contact.asked import AskContact
from cjmine.analysis.contact.events import ContactEvents
from cjmine.analysis.contact.hours import HOURS, hours_of_week
from cjmine.analysis.contact.kinds import TYPES, Kinds
from cjmine.analysis.contact.words import Coded
from cjmine.conformance.facts import Facts
from cjmine.counting.groups import Flags, Groups, Ints, counted, grouped, merged
from cjmine.counting.merging import summed
from cjmine.results.contact import FAILURE_DEMAND


@dataclass(frozen=True, slots=True)
class Tallies:
    """Contacts; codes of touchpoints and channels are those of the words of the question.

    `every` has all of them, `types` those of each type, `places` those of each type and place;
    `paid` is their number by type and channel, `need_not` the first six types among all.
    `reasons`, `channels` and `clock` (hours of the day) say who is behind each of them, `priced`
    is the number by reason and channel, `timed` that by hour of the day and channel; `hours` are
    those of the week. `again` has a cohort for each time and touchpoint, and behind the
    touchpoints one for any. `unanswered` are contacts that wait for an answer. Of groups of fewer
    than `most` customers all are kept.
    """

    every: Cells
    types: Cells
    places: Cells
    paid: Ints
    need_not: Cohorts
    reasons: Groups
    channels: Groups
    clock: Groups
    priced: Ints
    timed: Ints
    hours: Cells
    again: Cohorts
    unanswered: Cohorts
    customers: int
    most: int

    def __add__(self, other: Tallies) -> Tallies:
        """Both parts have counted the same."""

        def together(name: str) -> Groups:
            groups = [getattr(part, name) for part in (self, other)]
            places = [np.arange(len(one)) for one in groups]
            return merged(groups, places, (0, self.customers), len(groups[0]), self.most)

        names = ("reasons", "channels", "clock")
        return summed(self, other, most=self.most, **{name: together(name) for name in names})


def count_tallies(
    facts: Facts, found: ContactEvents, kinds: Kinds, codes: Coded, asked: AskContact
) -> Tallies:
    """Put the contacts of a part together."""
    owner, people = facts.customer[found.journey], facts.customers
    most = max(asked.min_group, 1)
    activity, channel = codes.activity[found.event], codes.channel[found.event]
    hour = hours_of_week(found.time, facts.log.about.zone)
    every = np.zeros(len(owner), np.int64)

    def groups(group: Ints, size: int) -> Groups:
        by_group = grouped(group, size)
        return counted(by_group, owner[by_group.order], most)

    def table(group: Ints, size: int) -> Cells:
        return cells(rows(group, owner, size, people))

    def by_channel(group: Ints, size: int) -> Ints:
        return np.bincount(group * codes.channels + channel, minlength=size * codes.channels)

    def share(group: Ints, size: int, has: Flags, among: Ints) -> Cohorts:
        return cohorts_of(rows(group[among], owner[among], size, people), has[among])

    until = asked.moments.until
    soon = found.after - found.time
    again = []
    for within in asked.again.tolist():
        seen = np.flatnonzero(found.time + within <= until)
        again.append(share(activity, codes.activities, soon <= within, seen))
        again.append(share(every, 1, soon <= within, seen))
    waiting = np.flatnonzero(found.waits & (found.time + asked.promise <= until))
    return Tallies(
        every=table(every, 1),
        types=table(kinds.type, len(TYPES)),
        places=table(kinds.type * (kinds.nowhere + 1) + kinds.at, len(TYPES) * (kinds.nowhere + 1)),
        paid=by_channel(kinds.type, len(TYPES)),
        need_not=share(every, 1, kinds.type < len(FAILURE_DEMAND), np.arange(len(owner))),
        reasons=groups(activity, codes.activities),
        channels=groups(channel, codes.channels),
        clock=groups(hour % 24, 24),
        priced=by_channel(activity, codes.activities),
        timed=by_channel(hour % 24, 24),
        hours=table(hour, HOURS),
        again=_stacked(again),
        unanswered=share(every, 1, found.answered - found.time > asked.promise, waiting),
        customers=people,
        most=most,
    )


def _stacked(tables: list[Cohorts]) -> Cohorts:
    """Cohorts one behind the other."""
    names = [one.name for one in fields(Cohorts)]
    return Cohorts(*(np.concatenate([getattr(one, name) for one in tables]) for name in names))
