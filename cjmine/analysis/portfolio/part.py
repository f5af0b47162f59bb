"""A part of a log beside all journeys of a portfolio: each is cut from its own customers' events.

The part is read and its customers are grouped once; journeys are then cut one after the other, so
that memory holds one of them at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from cjmine.analysis.compared_part import Part, Rules, ideal_of
from cjmine.analysis.contacts import Contacts
from cjmine.analysis.measured_part import MeasuredPart, Unseen, seen_part
from cjmine.counting.groups import Ints
from cjmine.eventlog.chosen import EVERYBODY, Filter, choose
from cjmine.eventlog.entered import entered
from cjmine.eventlog.journeys import CutRules, cut
from cjmine.eventlog.log import CUSTOMER, EventLog


@dataclass(frozen=True, slots=True)
class Family:
    """Journeys of one ideal: for each, the conditions by which it is chosen among all of these.

    A journey has one member; a template has one a value that shares its deadline.
    """

    rules: Rules
    members: tuple[Filter, ...]
    contacts: Contacts


@dataclass(frozen=True, slots=True)
class Setup:
    """All journeys that are counted; `own` are the touchpoints that any of them declares."""

    families: tuple[Family, ...]
    own: tuple[str, ...]
    observed_until: int | None


@dataclass(frozen=True, slots=True)
class PortfolioPart:
    """The events of a part that are seen, and the journeys to cut from them."""

    log: EventLog
    unseen: Unseen
    setup: Setup

    def members(self, family: Family) -> Iterator[Part]:
        """The journeys of each member of a family, cut as `check` cuts them."""
        log = entered(self.log, family.rules.entry)
        journeys, ideal = cut(log, family.rules.cut), ideal_of(family.rules)
        for one in family.members:
            yield Part(log, choose(log, journeys, one), ideal, self.unseen)

    def among(self, family: Family) -> Part:
        """The journeys that the members of a family are chosen among."""
        every = replace(family, members=(EVERYBODY,))
        return next(self.members(every))

    @property
    def whole(self) -> MeasuredPart:
        """The part as it is measured without any journey: all events of a customer are one."""
        journeys = cut(self.log, CutRules(own=self.setup.own))
        return MeasuredPart(self.log, choose(self.log, journeys, EVERYBODY), self.unseen)

    def numbered(self) -> Ints:
        """A number from 0 for each customer of the part, by their code in the log; else -1."""
        owner = self.log.codes(CUSTOMER)
        seen = np.zeros(int(owner.max(initial=-1)) + 1, bool)
        seen[owner] = True
        return np.where(seen, np.cumsum(seen) - 1, -1)


def prepared(log: EventLog, setup: Setup) -> PortfolioPart:
    """A part without the events after the end of observation."""
    seen, unseen = seen_part(log, setup.observed_until)
    return PortfolioPart(seen, unseen, setup)
