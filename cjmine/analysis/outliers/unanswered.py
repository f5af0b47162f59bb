"""The black hole: who asked, had no answer within the promise, and has nothing later."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.analysis.cohorts import Cohorts, cohorts_of, rows
from cjmine.analysis.contacts import Contacts
from cjmine.analysis.outliers.reasons import LogEvents
from cjmine.counting.groups import Flags, Ints
from cjmine.counting.merging import summed
from cjmine.declared import DeclaredContact
from cjmine.ideal.journey import IdealJourney

_AT_ONCE = ("call", "chat")  # these are answered while they last


@dataclass(frozen=True, slots=True)
class Asking:
    """Touchpoints that ask for an answer, and how long that may take (microseconds).

    `contact` is the promise for contacts, None where nothing says what answers them. `steps` are
    those that the ideal says what must follow within which time.
    """

    contact: int | None
    steps: tuple[str, ...]
    promises: tuple[str, ...]

    @property
    def is_known(self) -> bool:
        """Whether anything can be unanswered."""
        return self.contact is not None or bool(self.steps)

    def promise(self, name: str) -> int | None:
        """How long an answer to a step may take; None where it asks for none."""
        if name not in self.steps:
            return None
        return int(self.promises[self.steps.index(name)])


def asking(declared: DeclaredContact, journey: IdealJourney, names: tuple[str, ...]) -> Asking:
    """What asks for an answer: contacts where the log has answers, and steps with a time limit."""
    answers = Contacts(declared.answers)
    has_answers = bool(declared.answers) and answers.may_occur(names, ())
    found: dict[str, int] = {}
    before: str | None = None
    for step in journey.steps:
        limit = step.within
        after = before if limit is None or limit.after is None else limit.after
        if limit is not None and limit.max is not None and after is not None:
            found[after] = max(limit.max, found.get(after, 0))
        before = step.name
    return Asking(
        declared.promise if has_answers else None,
        tuple(found),
        tuple(str(one) for one in found.values()),
    )


@dataclass(frozen=True, slots=True)
class UnansweredCounts:
    """Journeys without an answer and with nothing later, of those that asked long enough ago.

    `again` flags those of them that asked more than once.
    """

    lost: Cohorts
    again: Cohorts

    def __add__(self, other: UnansweredCounts) -> UnansweredCounts:
        return summed(self, other)


def count_unanswered(events: LogEvents, asked: Asking, until: int) -> UnansweredCounts:
    """Count the journeys of a part; `until` is where the log ends (microseconds).

    A journey is lost from sight where it ends with asking: with one try, or with several and
    nothing between them. Calls and chats are answered while they last, so they do not ask.
    """
    journeys = events.journeys
    promise = _promises(events, asked)
    asks = promise >= 0
    late = np.flatnonzero(asks & (journeys.time + promise <= until))
    among = np.zeros(len(journeys), bool)
    among[journeys.journey[late]] = True
    other = np.flatnonzero(~asks & ~journeys.is_survey)
    last = journeys.starts[:-1] - 1
    last[journeys.journey[other]] = other  # the last of a journey is written last
    tail = np.flatnonzero(asks & (np.arange(len(asks)) > last[journeys.journey]))
    tries = np.bincount(journeys.journey[tail], minlength=len(journeys))
    first = np.full(len(journeys), -1, np.int64)
    first[journeys.journey[tail[::-1]]] = tail[::-1]
    is_lost = (first >= 0) & among
    begun = first[is_lost]
    is_lost[is_lost] = journeys.time[begun] + promise[begun] <= until
    return UnansweredCounts(
        _cohorts(events, among, is_lost), _cohorts(events, is_lost, is_lost & (tries > 1))
    )


def _cohorts(events: LogEvents, among: Flags, having: Flags) -> Cohorts:
    at = np.flatnonzero(among)
    owner = events.customer[at].astype(np.int64)
    found = rows(np.zeros(len(at), np.int64), owner, 1, max(events.customers, 1))
    return cohorts_of(found, having[at])


def _promises(events: LogEvents, asked: Asking) -> Ints:
    """How long an answer to each event may take; -1 where it asks for none."""
    journeys = events.journeys
    by_name = np.array([asked.promise(one) or -1 for one in journeys.activities], np.int64)
    found = by_name[journeys.activity] if len(by_name) else np.zeros(0, np.int64)
    if asked.contact is not None:
        at_once = np.array([*(one in _AT_ONCE for one in journeys.channels), False], bool)
        waits = events.is_contact & ~at_once[journeys.channel]
        found = np.where(waits, np.maximum(found, asked.contact), found)
    return found
