"""Who reaches the goal, by the values of a column, with the customers that an interval needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from cjmine.analysis.cohorts import Cohorts, cohorts_of, rows
from cjmine.analysis.intervals import sampled
from cjmine.analysis.squares import Squares
from cjmine.counting.groups import Flags, Ints, dense
from cjmine.results.figures import Counted, Sampled


@dataclass(frozen=True, slots=True)
class GoalCohorts:
    """Judged journeys that reach the goal: a cohort a value, and last one of all journeys.

    The columns are about every customer of a small value, which a union of values needs: one row
    a value and customer, large values included, with the journeys and those that reach the goal.
    """

    cohorts: Cohorts
    value: Ints
    customer: Ints
    journeys: Ints
    reaching: Ints

    def every(self) -> tuple[Counted, Sampled]:
        """The journeys that reach the goal, of all."""
        last = len(self.cohorts.among) - 1
        return self.cohorts.n(last), self.cohorts.of(last)

    def of_values(self, values: Ints) -> tuple[Counted, Sampled]:
        """The journeys that reach the goal, of those with one value, or with some small ones.

        One value among several may be large, as that is which few journeys are folded into.
        """
        if len(values) == 1:
            return self.cohorts.n(int(values[0])), self.cohorts.of(int(values[0]))
        inside = np.isin(self.value, values)
        customer = self.customer[inside]
        owners, owner = dense(customer, int(customer.max(initial=-1)) + 1)
        n, m = (
            np.bincount(owner, column[inside], len(owners)).astype(np.int64)
            for column in (self.journeys, self.reaching)
        )
        union = _Sums.of(n, m)
        known = np.bincount(self.value, minlength=len(self.cohorts.among))
        for large in values[known[values] < self.cohorts.customers_among[values]].tolist():
            of_large = self.value == large
            counted = _Sums.of(self.journeys[of_large], self.reaching[of_large])
            union = union.with_others(_Sums.of_group(self.cohorts, large), counted)
        return (
            Counted(union.reached, union.reaching, union.rest),
            sampled(
                union.reached,
                union.journeys,
                union.customers,
                min(union.reaching, union.rest),
                union.squares,
                union.most,
            ),
        )


@dataclass(frozen=True, slots=True)
class _Sums:
    """What is counted of the customers of a value or several."""

    journeys: int
    reached: int
    customers: int
    reaching: int
    rest: int
    most: int
    squares: Squares

    @classmethod
    def of(cls, n: Ints, m: Ints) -> _Sums:
        """Customers with n journeys each, m of which reach the goal."""
        return cls(
            int(n.sum()),
            int(m.sum()),
            len(n),
            int(np.count_nonzero(m)),
            int(np.count_nonzero(n > m)),
            int(n.max(initial=0)),
            Squares(int(n @ n), int(n @ m), int(m @ m)),
        )

    @classmethod
    def of_group(cls, cohorts: Cohorts, group: int) -> _Sums:
        """All customers of one value."""
        n, of = cohorts.n(group), int(cohorts.among[group])
        assert n.rest is not None
        return cls(
            of,
            int(n),
            int(cohorts.customers_among[group]),
            n.customers,
            n.rest,
            int(cohorts.most[group]),
            Squares(
                int(cohorts.among_squared[group]),
                int(cohorts.among_having[group]),
                int(cohorts.having_squared[group]),
            ),
        )

    def with_others(self, every: _Sums, counted: _Sums) -> _Sums:
        """These customers and those of a value that are not `counted` among them yet."""
        return _Sums(
            self.journeys + every.journeys - counted.journeys,
            self.reached + every.reached - counted.reached,
            self.customers + every.customers - counted.customers,
            self.reaching + every.reaching - counted.reaching,
            self.rest + every.rest - counted.rest,
            max(self.most, every.most),
            Squares(
                self.squares.among + every.squares.among - counted.squares.among,
                self.squares.both + every.squares.both - counted.squares.both,
                self.squares.having + every.squares.having - counted.squares.having,
            ),
        )


def count_goal_cohorts(
    value: Ints, customer: Ints, reached: Flags, values: int, most: int
) -> GoalCohorts:
    """Count judged journeys by their values; customers are numbered in the order of journeys.

    So many customers make a value large: those of smaller ones are kept, with all their values.
    """
    people = int(customer[-1]) + 1 if len(customer) else 0
    group = np.concatenate([value, np.full(len(value), values)])
    found = rows(group, np.tile(customer, 2), values + 1, people)
    has = np.tile(reached, 2)
    cohorts = cohorts_of(found, has)
    is_value = found.group < values
    kept = np.zeros(people, bool)
    kept[found.customer[(cohorts.customers_among < most)[found.group] & is_value]] = True
    few = kept[found.customer] & is_value
    many, reaching = found.many, found.sums(has)
    return GoalCohorts(
        cohorts,
        found.group[few],
        found.customer[few].astype(np.int64),
        many[few],
        reaching[few],
    )


def merge_goal_cohorts(
    parts: Sequence[GoalCohorts], places: Sequence[Ints], offsets: Sequence[int], values: int
) -> GoalCohorts:
    """The same over all parts; value v of part p has the number `places[p][v]` in the whole.

    `offsets[p]` is added to the numbers of the customers of part p.
    """
    at_home = [
        placed(part.cohorts, np.append(place, values), values + 1)
        for part, place in zip(parts, places, strict=True)
    ]
    whole = at_home[0]
    for one in at_home[1:]:
        whole += one
    value = [place[part.value] for part, place in zip(parts, places, strict=True)]
    customer = [part.customer + offset for part, offset in zip(parts, offsets, strict=True)]
    return GoalCohorts(
        whole,
        np.concatenate(value).astype(np.int64),
        np.concatenate(customer),
        np.concatenate([part.journeys for part in parts]),
        np.concatenate([part.reaching for part in parts]),
    )


def placed(found: Cohorts, place: Ints, groups: int) -> Cohorts:
    """The same cohorts at other numbers; no two at the same."""
    columns = {}
    for field in fields(Cohorts):
        column = np.zeros(groups, np.int64)
        column[place] = getattr(found, field.name)
        columns[field.name] = column
    return Cohorts(**columns)
