"""Values that fold into one row: counted as if they were one value, whatever the parts."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from strategies import examples

from cjmine.analysis.goal_cohorts import GoalCohorts, count_goal_cohorts, merge_goal_cohorts
from cjmine.results.figures import Counted, Sampled

VALUES = 4
Journey = tuple[int, int, bool]  # customer, value, whether the goal is reached
journeys = st.lists(
    st.tuples(st.integers(0, 11), st.integers(0, VALUES - 1), st.booleans()), min_size=1
).map(sorted)


def counted(found: list[Journey], most: int) -> GoalCohorts:
    columns = [list(column) for column in zip(*found, strict=True)] or [[], [], []]
    customer, value = (np.array(column, np.int64) for column in columns[:2])
    return count_goal_cohorts(value, customer, np.array(columns[2], bool), VALUES, most)


def told(found: tuple[Counted, Sampled]) -> tuple[object, ...]:
    n, of = found
    return int(n), n.customers, n.rest, int(of), of.customers, of.effect, of.alike, of.is_led


@given(journeys, st.integers(1, 5), st.integers(0, 12))
@examples(60)
def test_small_values_and_a_large_one_are_counted_as_one(found, most, cut) -> None:
    """A large value is in the row of small ones where these are too few alone."""
    people = [{who for who, one, _ in found if one == value} for value in range(VALUES)]
    first = [one for one in found if one[0] < cut]
    second = [(who - cut, value, has) for who, value, has in found if who >= cut]
    same = np.arange(VALUES)
    in_parts = merge_goal_cohorts(
        [counted(first, most), counted(second, most)], [same, same], [0, cut], VALUES
    )
    for values in (two for size in (2, 3) for two in combinations(range(VALUES), size)):
        if sum(len(people[value]) >= most for value in values) > 1:
            continue
        as_one = [(who, values[0], has) for who, value, has in found if value in values]
        known = told(counted(as_one, most).of_values(np.array(values[:1])))
        assert told(counted(found, most).of_values(np.array(values))) == known
        assert told(in_parts.of_values(np.array(values))) == known
