"""Why customers get in touch: the contacts of a whole log by their touchpoint."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cjmine.analysis.cohorts import rows
from cjmine.analysis.contacts import Contacts
from cjmine.analysis.portfolio.tallies import Tally, reason_column
from cjmine.counting.groups import Groups, Ints, counted, grouped, merged
from cjmine.eventlog.journeys import Journeys
from cjmine.eventlog.named_events import named


@dataclass(frozen=True, slots=True)
class AskReasons:
    """What is contact: what the project declares, and what the portfolio lists as reasons.

    `names` is the number of activities of the whole log. Of each reason up to `most` customers
    are kept.
    """

    contacts: Contacts
    listed: tuple[str, ...]
    names: int
    most: int


@dataclass(frozen=True, slots=True)
class ReasonCounts:
    """The contacts by activity of the whole log; `customers` are all those of the part."""

    groups: Groups
    customers: int
    most: int

    def __add__(self, other: ReasonCounts) -> ReasonCounts:
        places = np.arange(len(self.groups))
        both = (self.groups, other.groups)
        found = merged(both, (places, places), (0, self.customers), len(places), self.most)
        return ReasonCounts(found, self.customers + other.customers, self.most)


def count_reasons(journeys: Journeys, code: Ints, asked: AskReasons) -> ReasonCounts:
    """Count a part; `code` is the place of each of its activities in those of the whole log."""
    at = _contacts(journeys, asked)
    number = np.cumsum(np.diff(journeys.customer, prepend=-1) != 0) - 1
    owner = number[journeys.journey[at]]
    by_reason = grouped(code[journeys.activity[at]], asked.names)
    groups = counted(by_reason, owner[by_reason.order], asked.most)
    return ReasonCounts(groups, journeys.customers, asked.most)


def reason_tallies(
    journeys: Journeys, code: Ints, number: Ints, asked: AskReasons
) -> Iterator[Tally]:
    """How often each customer gets in touch, a column a reason.

    `code` is that of `count_reasons`, `number` is that of each customer by their code.
    """
    at = _contacts(journeys, asked)
    owner = number[journeys.customer[journeys.journey[at]]]
    found = rows(code[journeys.activity[at]], owner, asked.names, int(number.max(initial=0)) + 1)
    ends = [*found.firsts[1:].tolist(), len(found.begins)][: len(found.firsts)]
    for reason, first, end in zip(found.present.tolist(), found.firsts.tolist(), ends, strict=True):
        customer, times = found.customer[first:end], found.many[first:end]
        yield Tally(reason_column(reason), np.zeros_like(customer), customer, times)


def _contacts(journeys: Journeys, asked: AskReasons) -> npt.NDArray[np.intp]:
    """The events that are contact."""
    is_contact = asked.contacts.flags(journeys) | named(journeys, asked.listed)
    return np.flatnonzero(is_contact & ~journeys.is_survey)
