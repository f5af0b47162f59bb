"""How long customers get no message: until the first one, and while they wait for a step.

Messages are the steps that the journey file has by mail, letter, text message or push only, and
what the project declares as answers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.analysis.cohorts import Cohorts, cohorts_of, rows
from cjmine.analysis.multisets import Values, values
from cjmine.conformance.alignments import NOWHERE
from cjmine.conformance.facts import Facts
from cjmine.conformance.states import State
from cjmine.counting.groups import Flags
from cjmine.counting.merging import summed
from cjmine.eventlog.named_events import first_of, named
from cjmine.ideal.journey import IdealJourney
from cjmine.wildcards import fits

_BY_MESSAGE = frozenset(("mail", "letter", "sms", "push"))


def message_names(
    journey: IdealJourney, answers: tuple[str, ...], activities: tuple[str, ...]
) -> tuple[str, ...]:
    """The touchpoints of a log that are messages to the customer."""
    steps = {step.name for step in journey.steps if step.channels}
    sent = {
        step.name
        for step in journey.steps
        if step.channels and _BY_MESSAGE.issuperset(step.channels)
    }
    declared = (name for name in activities if any(fits(name, pattern) for pattern in answers))
    return tuple(sorted({*(sent & steps & {*activities}), *declared}))


@dataclass(frozen=True, slots=True)
class MessageCounts:
    """One group each: lost journeys, of them without any message; journeys with a first message.

    `first_wait` has the times from begin to the first message. By step: the journeys that `waited`
    for it without a message since the match before, and their `waits`.
    """

    lost: Cohorts
    first: Cohorts
    first_wait: Values
    waited: Cohorts
    waits: Values

    def __add__(self, other: MessageCounts) -> MessageCounts:
        return summed(self, other)


def count_messages(facts: Facts, messages: tuple[str, ...]) -> MessageCounts:
    """The counts of a part; nothing is counted where there are no messages."""
    comparison, journeys = facts.comparison, facts.comparison.journeys
    is_message = named(journeys, messages) & ~comparison.states.is_after
    first = first_of(journeys, is_message)
    has = facts.is_counted & bool(messages)
    lost = np.flatnonzero((facts.state == State.ABANDONED) & has)
    told = np.flatnonzero(has & (first >= 0))
    wait = journeys.time[first[told]] - journeys.time[journeys.starts[:-1]][told]
    found = facts.matches
    way = np.flatnonzero(comparison.is_compared)
    at = np.flatnonzero((found.before != NOWHERE) & bool(messages))
    begin, end = way[found.before[at]], way[found.event[at]]
    at_message = np.append(0, np.cumsum(is_message))
    silent = at_message[end] == at_message[begin + 1]
    at, begin, end = at[silent], begin[silent], end[silent]
    step, owner, people = found.step[at], found.journey[at], facts.customers
    since = journeys.time[end] - journeys.time[begin]

    def one_group(journey: np.ndarray, flags: Flags) -> Cohorts:
        nobody = np.zeros(len(journey), np.int64)
        return cohorts_of(rows(nobody, facts.customer[journey], 1, people), flags)

    return MessageCounts(
        lost=one_group(lost, first[lost] < 0),
        first=one_group(told, np.ones(len(told), bool)),
        first_wait=values(np.zeros(len(told), np.int64), wait),
        waited=cohorts_of(
            rows(step, facts.customer[owner], facts.step_count, people), np.ones(len(at), bool)
        ),
        waits=values(step, since),
    )
