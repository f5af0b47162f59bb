"""The curves of groups of journeys: the shares that ended by some time, and who is behind them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from cjmine.analysis.dropoff.curve_counts import CurveCounts
from cjmine.analysis.incidence import Incidence, incidence, incidence_interval, steady_error
from cjmine.analysis.influences import Floats, Influences
from cjmine.analysis.intervals import Interval
from cjmine.analysis.multisets import Numbers, Values
from cjmine.counting.groups import Ints
from cjmine.results.figures import Counted, Sampled

ALL = -1


@dataclass(frozen=True)
class Behind:
    """How many customers have some time, as the first or the last of their journeys."""

    time: Numbers
    upto: Ints

    def until(self, time: int) -> int:
        """The customers whose time has come."""
        at = int(np.searchsorted(self.time, time, "right"))
        return int(self.upto[at - 1]) if at else 0

    @property
    def all(self) -> int:
        """All of them."""
        return int(self.upto[-1]) if len(self.upto) else 0


def _behind(found: Values, group: int) -> Behind:
    time, times = found.of(group)
    return Behind(time, np.cumsum(times))


@dataclass(frozen=True)
class Curve:
    """The incidence of the causes in one group of journeys.

    `errors` has one row a cause and one column a time of `at`; it is empty where each customer has
    one journey. Kinds of ends are the causes, then open, then any end.
    """

    group: int
    found: Incidence
    journeys: Sampled
    first: tuple[Behind, ...]
    whole: tuple[Behind, ...]
    seen: Behind
    at: Ints
    errors: Floats

    @property
    def causes(self) -> int:
        """The number of causes; the kind of open journeys."""
        return self.found.causes

    @property
    def any(self) -> int:
        """The kind of any end."""
        return self.found.causes + 1

    @property
    def is_repeated(self) -> bool:
        """Whether a customer has several journeys."""
        return self.journeys.customers < self.journeys

    @cached_property
    def last(self) -> int:
        """Until when the journey that was followed longest was seen, in microseconds."""
        return int(self.seen.time[-1]) if len(self.seen.time) else 0

    def is_known(self, time: int) -> bool:
        """Whether journeys were followed so long, or all have ended before."""
        survival = self.found.survival
        return time <= self.last or (len(survival) > 0 and float(survival[-1]) <= 0)

    def ended(self, kind: int, time: int) -> Counted:
        """The journeys that ended so until a time, with the customers behind them and the rest."""
        customers = self.first[kind].until(time)
        rest = self.journeys.customers - self.whole[kind].until(time)
        return Counted(self.events(kind, time), customers, rest)

    def events(self, kind: int, time: int) -> int:
        """How many journeys ended so until a time."""
        if kind == self.causes:
            return int(np.searchsorted(self.found.censored, time, "right"))
        events = self.found.events if kind == self.any else self.found.events[kind : kind + 1]
        return int(events[:, : self.found.moment(time) + 1].sum())

    def young(self, time: int) -> Counted:
        """The open journeys that are not so old."""
        return self.ended(self.causes, time - 1)

    def at_risk(self, time: int) -> Counted:
        """The journeys that had not ended before a time and were still seen."""
        before = self.events(self.any, time - 1) + self.events(self.causes, time - 1)
        return Counted(int(self.journeys) - before, self.seen.all - self.seen.until(time - 1))

    def under_way(self, time: int) -> Counted:
        """The journeys that are known to be under way at a time: seen so long, and not ended."""
        ended, left = self.events(self.any, time), self.events(self.causes, time - 1)
        still = self.first[self.causes]
        customers = self.seen.all - self.seen.until(time)
        customers += still.until(time) - still.until(time - 1)
        return Counted(int(self.journeys) - ended - left, customers)

    def error(self, cause: int, time: int) -> float:
        """The standard error of a share at one of the times."""
        alone = self.found.error_by(cause, time)
        if not self.is_repeated:
            return alone
        error = float(self.errors[cause, np.searchsorted(self.at, time)])
        ended, journeys = self.ended(cause, time), self.journeys
        assert ended.rest is not None
        rarer = min(ended.customers, ended.rest)
        return steady_error(error, alone, journeys.alike, rarer, journeys.customers)

    def interval(self, value: float, error: float, time: int) -> Interval:
        """The interval of a share at a time."""
        customers = self.journeys.customers if self.is_repeated else None
        known = self.found.known(time)
        return incidence_interval(value, error, known, customers, self.journeys.alike)

    def swayed(self, at: Ints, found: Influences) -> Curve:
        """The same curve with the errors that influences of customers give."""
        return replace(self, at=at, errors=found.errors().reshape(self.causes, len(at)))


def curve_of(counts: CurveCounts, group: int, number: int) -> Curve:
    """The curve of a group; `number` is what it is called in further questions."""
    width, kinds = counts.causes + 1, counts.kinds
    first, last = np.searchsorted(counts.ends.group, (group * width, (group + 1) * width))
    ends = Values(
        counts.ends.group[first:last] - group * width,
        counts.ends.value[first:last],
        counts.ends.times[first:last],
    )
    return Curve(
        number,
        incidence(ends, counts.causes),
        counts.journeys.of(group),
        tuple(_behind(counts.first, group * kinds + kind) for kind in range(kinds)),
        tuple(_behind(counts.whole, group * kinds + kind) for kind in range(kinds)),
        _behind(counts.seen, group),
        np.zeros(0, np.int64),
        np.zeros((counts.causes, 0)),
    )
