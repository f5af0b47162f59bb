"""Who reaches the goal, by the values of a column, with the customers that an interval needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from cjmine.analysis.cohorts import Cohorts, cohorts_of, rows
from cjmine.analysis.intervals import sampled
from cjmine.analysis.squares import Squares
from cjmine.counting.groups import Flags, Ints
from cjmine.results.figures import Counted, Sampled


@dataclass(frozen=True, slots=True)
class GoalCohorts:
    """Judged journeys that reach the goal: a cohort a value, and last one of all journeys.

    The columns have the customers of small values in full, which a union of values needs: one
    row a value and customer, with their journeys and those of them that reach the goal.
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
        """The journeys that reach the goal, of those with one value, or with some small ones."""
        if len(values) == 1:
            return self.cohorts.n(int(values[0])), self.cohorts.of(int(values[0]))
        inside = np.isin(self.value, values)
        owners, owner = np.unique(self.customer[inside], return_inverse=True)
        n, m = (
            np.bincount(owner, column[inside], len(owners)).astype(np.int64)
            for column in (self.journeys, self.reaching)
        )
        reached, of = int(m.sum()), int(n.sum())
        squares = Squares(int(n @ n), int(n @ m), int(m @ m))
        having, rest = int(np.count_nonzero(m)), int(np.count_nonzero(n > m))
        most = int(n.max(initial=0))
        return (
            Counted(reached, having, rest),
            sampled(reached, of, len(owners), min(having, rest), squares, most),
        )


def count_goal_cohorts(
    value: Ints, customer: Ints, reached: Flags, values: int, most: int
) -> GoalCohorts:
    """Count judged journeys by their values; customers are numbered in the order of journeys.

    So many customers make a value large: those of smaller ones are kept.
    """
    people = int(customer[-1]) + 1 if len(customer) else 0
    group = np.concatenate([value, np.full(len(value), values)])
    found = rows(group, np.tile(customer, 2), values + 1, people)
    has = np.tile(reached, 2)
    cohorts = cohorts_of(found, has)
    few = (cohorts.customers_among < most)[found.group] & (found.group < values)
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
