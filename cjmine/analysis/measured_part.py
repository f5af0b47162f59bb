"""One part of a log, cut into journeys: what every count of discover begins with."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from cjmine.eventlog.chosen import EVERYBODY, Chosen, Filter, choose
from cjmine.eventlog.journeys import CutRules, Journeys, cut
from cjmine.eventlog.log import CUSTOMER, EventLog
from cjmine.miner.flows import Flows, flows


@dataclass(frozen=True, slots=True)
class Unseen:
    """The events after the end of observation, and the customers who have them."""

    events: int = 0
    customers: int = 0


def seen_part(log: EventLog, until: int | None) -> tuple[EventLog, Unseen]:
    """A part without the events after a moment, and these as a count."""
    if until is None:
        return log, Unseen()
    owners = log.codes(CUSTOMER)[log.times > until]
    if not len(owners):
        return log, Unseen()
    people = int(np.count_nonzero(np.bincount(owners)))
    return log.seen_until(until), Unseen(len(owners), people)


@dataclass(frozen=True, eq=False)
class MeasuredPart:
    """The events of a part that are seen, the journeys that are chosen, and what is not seen."""

    log: EventLog
    chosen: Chosen
    unseen: Unseen = Unseen()
    _renamed: dict[tuple[tuple[str, ...], str], MeasuredPart] = field(
        default_factory=dict, init=False, repr=False
    )

    @property
    def journeys(self) -> Journeys:
        """The journeys that are counted."""
        return self.chosen.journeys

    @cached_property
    def customer(self) -> npt.NDArray[np.int32]:
        """The customer of each journey, numbered from 0 in order."""
        fresh = np.diff(self.journeys.customer, prepend=-1) != 0
        return np.cumsum(fresh, dtype=np.int32) - np.int32(1)

    @cached_property
    def flows(self) -> Flows:
        """The flows of the journeys, kept for the waits that are asked for later."""
        return flows(self.journeys)

    def renamed(self, folded: tuple[str, ...], other: str) -> MeasuredPart:
        """The part with some activities as one more, by its name; the last answer is kept."""
        if (folded, other) not in self._renamed:
            names = self.journeys.activities
            activity = self.journeys.activity
            if folded:
                hidden = set(folded)
                code = [len(names) if name in hidden else at for at, name in enumerate(names)]
                activity = np.array([*code, len(names)], np.int32)[activity]
            journeys = replace(self.journeys, activity=activity, activities=(*names, other))
            self._renamed.clear()
            chosen = replace(self.chosen, journeys=journeys)
            self._renamed[folded, other] = MeasuredPart(self.log, chosen, self.unseen)
        return self._renamed[folded, other]

    def owners(self, events: npt.NDArray[np.integer]) -> npt.NDArray[np.int32]:
        """The customers of some events."""
        journey = self.journeys.journey[events]
        owners: npt.NDArray[np.int32] = journey
        if self.journeys.customers < len(self.journeys):
            owners = self.customer[journey]
        return owners


@dataclass(frozen=True, slots=True)
class Measuring:
    """How a log is cut into journeys, and which of them are counted."""

    rules: CutRules
    filters: Filter = EVERYBODY


def measured_part(log: EventLog, asked: Measuring) -> MeasuredPart:
    """Cut a part of a log into journeys, and choose among them."""
    seen, unseen = seen_part(log, asked.rules.observed_until)
    return MeasuredPart(seen, choose(seen, cut(seen, asked.rules), asked.filters), unseen)
