"""What curves of ends are made of, counted in a part of a log: times by cause, and who has them.

Journeys are in groups, by the values of a column or all in one. Customers are counted by when
they first end so, and by when their last journey did: so it is known at every time how many are
behind a share, and behind its complement.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from cjmine.analysis.cohorts import Cohorts, Rows, cohorts_of, rows
from cjmine.analysis.dropoff.ends import NEVER, Ends
from cjmine.analysis.goal_cohorts import placed
from cjmine.analysis.multisets import Values, values
from cjmine.counting.groups import Flags, Groups, Ints, counted, grouped, merged
from cjmine.counting.merging import summed
from cjmine.counting.names import united


@dataclass(frozen=True, slots=True)
class CurveCounts:
    """Followed journeys by group; groups have the names, and last those without a value.

    There are so many `causes`. `ends` are times by group and cause, that of open journeys last.
    `first` and `whole` have one time a customer, group and kind of end (causes, open, any end):
    when the first of the customer's journeys ended so, and when the last did where all of them
    did. `seen` is when the last of them was seen. `every` has the customers of groups, of whom
    those of fewer than `most` are kept.
    """

    causes: int
    customers: int
    most: int
    names: tuple[str, ...]
    ends: Values
    first: Values
    whole: Values
    seen: Values
    journeys: Cohorts
    every: Groups

    @property
    def kinds(self) -> int:
        """The kinds of ends: the causes, open, and any end."""
        return self.causes + 2

    @property
    def groups(self) -> int:
        """The number of groups."""
        return len(self.names) + 1

    def __add__(self, other: CurveCounts) -> CurveCounts:
        names, places = united([self.names, other.names])
        places = [np.append(place, len(names)) for place in places]
        groups = len(names) + 1
        return summed(
            self._at(places[0], groups),
            other._at(places[1], groups),
            causes=self.causes,
            most=self.most,
            names=names,
            every=merged((self.every, other.every), places, (0, self.customers), groups, self.most),
        )

    def _at(self, place: Ints, groups: int) -> CurveCounts:
        """The same with other numbers of groups; `every` is as it was."""
        return replace(
            self,
            ends=_moved(self.ends, place, self.causes + 1),
            first=_moved(self.first, place, self.kinds),
            whole=_moved(self.whole, place, self.kinds),
            seen=_moved(self.seen, place, 1),
            journeys=placed(self.journeys, place, groups),
        )


def _moved(found: Values, place: Ints, width: int) -> Values:
    group = place[found.group // width] * width + found.group % width
    return values(group, found.value, found.times)


def count_curves(
    ends: Ends,
    causes: int,
    customer: Ints,
    customers: int,
    group: Ints,
    names: tuple[str, ...],
    most: int,
) -> CurveCounts:
    """Count followed journeys; `customer` and `group` are theirs.

    The group of a journey without a value is the number of the names; `customers` is the number
    of all customers of the part.
    """
    groups = len(names) + 1
    found = rows(group, customer, groups, customers)
    by_group = grouped(group, groups)
    return CurveCounts(
        causes=causes,
        customers=customers,
        most=most,
        names=names,
        ends=values(group * (causes + 1) + ends.cause, ends.time),
        first=_first(found, ends, causes),
        whole=_whole(found, ends, causes),
        seen=values(found.group, _by_run(found, ends.time, np.maximum)),
        journeys=cohorts_of(found, np.zeros(len(group), bool)),
        every=counted(by_group, customer[by_group.order], most),
    )


def _first(found: Rows, ends: Ends, causes: int) -> Values:
    """When the first of a customer's journeys in a group ended so; not where none did."""
    times = [
        _by_run(found, np.where(_is_kind(ends, kind, causes), ends.time, NEVER), np.minimum)
        for kind in range(causes + 2)
    ]
    return _known(found, times)


def _whole(found: Rows, ends: Ends, causes: int) -> Values:
    """When the last of a customer's journeys in a group ended so; not where not all did."""
    times = [
        _by_run(found, np.where(_is_kind(ends, kind, causes), ends.time, NEVER), np.maximum)
        for kind in range(causes + 2)
    ]
    return _known(found, times)


def _is_kind(ends: Ends, kind: int, causes: int) -> Flags:
    found: Flags = ends.cause < causes if kind > causes else ends.cause == kind
    return found


def _by_run(found: Rows, time: Ints, choose: np.ufunc) -> Ints:
    """The least or the greatest time of the rows of each run."""
    if not len(found.begins):
        return np.zeros(0, np.int64)
    chosen: Ints = choose.reduceat(time[found.order], found.begins)
    return chosen


def _known(found: Rows, times: list[Ints]) -> Values:
    kinds = len(times)
    group = np.concatenate([found.group * kinds + kind for kind in range(kinds)])
    time = np.concatenate(times)
    some = time < NEVER
    return values(group[some], time[some])
