"""Which names of activities may be said at all: those that enough customers are known to have.

Errors and notes that list names, or find the nearest one, choose among these alone, and a name of
fewer customers is answered exactly as one that the log does not have.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cjmine.analysis.measured_part import MeasuredPart, Measuring, measured_part
from cjmine.counting.groups import Ints, added, grouped
from cjmine.counting.names import united
from cjmine.counting.rounds import IN_THIS_PROCESS, Rounds
from cjmine.counting.split import Split
from cjmine.disclosure.policy import Policy
from cjmine.errors import Code, Place, Problem, UsageError, did_you_mean
from cjmine.eventlog.journeys import WHOLE
from cjmine.eventlog.log import ACTIVITY
from cjmine.eventlog.parts import Log


@dataclass(frozen=True, slots=True)
class LabelsOf:
    """The column whose labels are asked for."""

    column: str


@dataclass(frozen=True, slots=True)
class LabelCounts:
    """The distinct customers of each label."""

    names: tuple[str, ...]
    customers: Ints


def count_labels(part: MeasuredPart, asked: LabelsOf) -> LabelCounts:
    """Count the customers of each label in a part."""
    names = part.log.names(asked.column)
    code = part.log.codes(asked.column)[part.journeys.event]
    by_label = grouped(np.where(code < 0, len(names), code), len(names) + 1)
    owners = by_label.begins(part.owners(by_label.order))
    return LabelCounts(names, by_label.per_group(owners)[:-1])


def shown_labels(
    log: Log, min_group: int, split: Split = IN_THIS_PROCESS, column: str = ACTIVITY
) -> tuple[str, ...]:
    """The activities that at least `min_group` customers have, in order.

    >>> from cjmine.eventlog.build import log_of
    >>> log = log_of([("ann", "Search", 0), ("bob", "Search", 0), ("bob", "Buy", 60)])
    >>> shown_labels(log, 2)
    ('Search',)
    """
    with Rounds(log, measured_part, Measuring(WHOLE), split) as rounds:
        parts = rounds.ask(count_labels, LabelsOf(column), LabelCounts)
    names, places = united([part.names for part in parts])
    customers = added([part.customers for part in parts], places, len(names))
    least = max(min_group, 1)
    return tuple(name for name, many in zip(names, customers, strict=True) if many >= least)


def refuse_absent(names: Sequence[str], option: str, known: Sequence[str], policy: Policy) -> None:
    """Refuse names that somebody typed and no event has, with the nearest name of the log.

    `known` are the activities that may be shown; `option` is where the names were typed. A name of
    too few customers is answered as one that the log does not have.

    Raises UsageError U103 with a problem a name.
    """
    problems = [
        Problem(
            Code.NAME_ABSENT,
            f'no {event_of(policy)} is "{name}"',
            Place(option),
            remedy=did_you_mean(name, known),
        )
        for name in dict.fromkeys(names)
        if name not in known
    ]
    if problems:
        raise UsageError(*problems)


def event_of(policy: Policy) -> str:
    """The events whose names may be shown, for messages.

    >>> event_of(Policy(1, False)), event_of(Policy(10, False))
    ('event', 'event of 10 customers or more')
    """
    return "event" if policy.is_exact else f"event of {policy.min_group} customers or more"
