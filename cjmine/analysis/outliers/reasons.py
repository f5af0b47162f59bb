"""What waves are looked for in: contacts by reason, and touchpoints that are errors."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from cjmine.analysis.cohorts import Cells, cells, rows
from cjmine.analysis.compared_part import Part
from cjmine.analysis.contacts import Contacts
from cjmine.analysis.deviation_counts import codes_in
from cjmine.counting.groups import Flags, Ints
from cjmine.counting.merging import summed
from cjmine.eventlog.journeys import WHOLE, Journeys, cut
from cjmine.ideal.journey import IdealJourney

_MAILED = ("mail", "email", "sms", "letter", "post", "push")
_WORDS = ("error", "errors", "fail", "fails", "failed", "failure", "bug", "outage", "crash")
_MORE_WORDS = ("timeout", "crashed", "exception", "fout", "storing", "mislukt")


def errors_of(names: tuple[str, ...], journey: IdealJourney) -> tuple[str, ...]:
    """The touchpoints that are errors: by declaration, or by a word of their name.

    >>> errors_of(("payment_error", "Terror"), IdealJourney("", (), ()))
    ('payment_error',)
    """
    failed = {one for step in journey.steps if step.failed for one in step.failed.activities}
    return tuple(name for name in names if name in failed or _is_error(name))


def _is_error(name: str) -> bool:
    words = {*_WORDS, *_MORE_WORDS}
    return not words.isdisjoint(re.split(r"[^a-z]+", name.casefold()))


@dataclass(frozen=True, slots=True)
class Reasons:
    """Which events of a log are contacts, which are errors, and which are sent to many.

    `names` are the touchpoints of the whole log, in order. Answers are no contact.
    """

    names: tuple[str, ...]
    contacts: Contacts
    answers: Contacts
    errors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Daily:
    """Events by touchpoint and day: one row a touchpoint of the log, one column a day."""

    contacts: Ints
    errors: Ints
    mailed: Ints

    def __add__(self, other: Daily) -> Daily:
        return summed(self, other)


@dataclass(frozen=True, slots=True)
class LogEvents:
    """All events of a part, by the customer, in no matter which journey.

    What comes before the entry of a journey, or in none, is contact too. Where filters choose
    journeys, only their events.
    """

    journeys: Journeys
    name: Ints
    customer: Ints
    customers: int
    is_contact: Flags
    is_error: Flags
    is_mailed: Flags

    @property
    def kinds(self) -> tuple[Flags, Flags, Flags]:
        """Which events are contacts, errors, and mailed."""
        return self.is_contact, self.is_error, self.is_mailed


def log_events(part: Part, reasons: Reasons) -> LogEvents:
    """The events of a part."""
    is_all = not part.chosen.aside.journeys.any()
    journeys = cut(part.log, WHOLE) if is_all else part.journeys
    name = codes_in(reasons.names, journeys.activities)[journeys.activity]
    contact = reasons.contacts.flags(journeys) & ~journeys.is_survey
    if reasons.answers.names:
        contact &= ~reasons.answers.flags(journeys)
    named = np.array([one in reasons.errors for one in journeys.activities], bool)
    error = named[journeys.activity] & ~contact if len(named) else contact & False
    by = np.array([*(one.casefold() in _MAILED for one in journeys.channels), False], bool)
    owner = np.cumsum(np.diff(journeys.customer, prepend=journeys.customer[:1]) != 0)
    customers = int(owner[-1]) + 1 if len(owner) else 0
    mailed = by[journeys.channel] & ~contact & ~journeys.is_survey
    return LogEvents(journeys, name, owner, customers, contact, error, mailed)


def count_daily(events: LogEvents, names: int, bounds: Ints) -> Daily:
    """Count events by day; `bounds` are the moments at which days begin."""
    days = len(bounds) - 1
    day = np.searchsorted(bounds, events.journeys.time, side="right") - 1
    key = events.name * days + day

    def table(flags: Flags) -> Ints:
        found = np.bincount(key[flags], minlength=names * days)
        return found.astype(np.int64).reshape(names, days)

    return Daily(*(table(flags) for flags in events.kinds))


CONTACT, ERROR, MAILED = range(3)


@dataclass(frozen=True, slots=True)
class AskSpans:
    """The question: who is behind some events, a span a row.

    Events of the touchpoint `name` that are contact, error or mailed (`kind`), from the moment
    `first` up to `end`, in microseconds.
    """

    reasons: Reasons
    name: Ints
    kind: Ints
    first: Ints
    end: Ints


@dataclass(frozen=True, slots=True)
class Spans:
    """The events of each span, and their customers."""

    cells: Cells

    def __add__(self, other: Spans) -> Spans:
        return summed(self, other)


def count_spans(part: Part, asked: AskSpans) -> Spans:
    """The spans of a part."""
    events = log_events(part, asked.reasons)
    time, spans = events.journeys.time, len(asked.name)
    owner = events.customer[events.journeys.journey]
    at: list[Ints] = []
    for name, kind, first, end in zip(asked.name, asked.kind, asked.first, asked.end, strict=True):
        inside = events.kinds[int(kind)] & (events.name == name) & (time >= first) & (time < end)
        at.append(np.flatnonzero(inside))
    span = np.repeat(np.arange(spans), [len(one) for one in at])
    place = np.concatenate([np.zeros(0, np.int64), *at]).astype(np.int64)
    owner = owner[place].astype(np.int64)
    return Spans(cells(rows(span, owner, max(spans, 1), max(events.customers, 1))))
