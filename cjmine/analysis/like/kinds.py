"""What like journeys have in common: where and how they begin, when, and declared columns.

Journeys are compared with those of the same kind only (exact strata). A first touchpoint or a
first channel that few journeys have is put together with the other rare ones: else most journeys
that begin oddly would have none to be compared with.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

import numpy as np

from cjmine.analysis.compare.mix import Kinds, kinds_of
from cjmine.analysis.compared_part import Moments, Part
from cjmine.analysis.contacts import Contacts
from cjmine.analysis.deviation_counts import codes_in
from cjmine.counting.groups import Ints
from cjmine.counting.merging import summed

COMMON = 0.05  # of journeys: a first touchpoint, or first channel, that rarer ones are put beside
CONTACTS_BEFORE = 3  # kinds of journeys: without contact before, with one, with more


# What is not held equal where too few journeys would have comparables: the least needed first.
GIVEN_UP = ((), ("entry",), ("entry", "month"), ("entry", "month", "channel"))


@dataclass(frozen=True, slots=True)
class Digits:
    """How strata are numbered: how many months, values of columns, entries and channels there are.

    A stratum is landmark, month, columns, first touchpoint, first channel, contacts before; the
    last counts fastest.
    """

    months: int
    columns: int
    entries: int
    channels: int

    @property
    def kinds(self) -> int:
        """How many kinds of journeys there could be."""
        return self.months * self.columns * self.entries * self.channels

    def coarser(self, stratum: Ints, level: int) -> Ints:
        """Strata in which `GIVEN_UP[level]` need not be equal.

        >>> Digits(2, 1, 2, 1).coarser(np.array([0, 4, 9]), 1).tolist()
        [0, 1, 6]
        """
        given_up = GIVEN_UP[level]
        rest, before = np.divmod(stratum, CONTACTS_BEFORE)
        rest, channel = np.divmod(rest, self.channels)
        rest, entry = np.divmod(rest, self.entries)
        rest, columns = np.divmod(rest, self.columns)
        rest, month = np.divmod(rest, self.months)
        for several, digit, name in (
            (self.months, month, "month"),
            (self.columns, columns, "columns"),
            (self.entries, entry, "entry"),
            (self.channels, channel, "channel"),
        ):
            rest = rest * several
            if name not in given_up:
                rest = rest + digit
        found: Ints = rest * CONTACTS_BEFORE + before
        return found


ONE_KIND = Digits(1, 1, 1, 1)


@dataclass(frozen=True, slots=True)
class AskBegins:
    """The question for the begins of journeys: the names of the whole log."""

    activities: tuple[str, ...]
    channels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Begins:
    """How many journeys begin with each touchpoint, and in each channel; the last is unknown."""

    activity: Ints
    channel: Ints

    def __add__(self, other: Begins) -> Begins:
        return summed(self, other)


def count_begins(part: Part, asked: AskBegins) -> Begins:
    """The begins of the journeys of a part."""
    activity, channel = _begins(part, asked)
    return Begins(
        np.bincount(activity, minlength=len(asked.activities)),
        np.bincount(channel, minlength=len(asked.channels) + 1),
    )


def pooled(many: Ints) -> Ints:
    """The kind of each name by how many journeys begin with it: rare ones are one kind.

    >>> pooled(np.array([60, 3, 36, 1])).tolist()
    [1, 0, 2, 0]
    """
    is_common = many >= max(COMMON * int(many.sum()), 1)
    found: Ints = np.where(is_common, np.cumsum(is_common), 0)
    return found


@dataclass(frozen=True, slots=True)
class AskLike:
    """The question: names and moments of the whole log, and what like journeys have in common.

    `entry` and `channel` are the kinds of the names with which journeys begin (see `pooled`);
    `months` the moments at which months begin.
    """

    moments: Moments
    names: AskBegins
    contacts: Contacts
    entry: Ints
    channel: Ints
    months: Ints
    columns: tuple[Kinds, ...]

    @property
    def digits(self) -> Digits:
        """How strata are numbered."""
        entries, channels = (int(one.max(initial=0)) + 1 for one in (self.entry, self.channel))
        columns = prod(len(one.values) + 1 for one in self.columns)
        return Digits(len(self.months) + 1, columns, entries, channels)

    @property
    def kinds(self) -> int:
        """How many kinds of journeys there could be."""
        return self.digits.kinds


def journey_kinds(part: Part, asked: AskLike) -> Ints:
    """The kind of each journey of a part, a number below `asked.kinds`."""
    activity, channel = _begins(part, asked.names)
    found = kinds_of(part, asked.months, asked.columns).astype(np.int64)
    found = found * (int(asked.entry.max(initial=0)) + 1) + asked.entry[activity]
    return found * (int(asked.channel.max(initial=0)) + 1) + asked.channel[channel]


def _begins(part: Part, names: AskBegins) -> tuple[Ints, Ints]:
    """The first touchpoint and the first channel of each journey, by the names of the log."""
    journeys = part.journeys
    first = journeys.starts[:-1]
    activity = codes_in(names.activities, journeys.activities)[journeys.activity[first]]
    # The last entry is that of an unknown channel, whose code is -1.
    channels = np.append(codes_in(names.channels, journeys.channels), len(names.channels))
    return activity, channels[journeys.channel[first]]
