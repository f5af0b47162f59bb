"""From the counts of a comparison to its figures: each still knows the customers behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from cjmine.analysis.cohorts import Cohorts
from cjmine.analysis.compare.counts import CompareCounts
from cjmine.analysis.compare.measures import CONTACT as CONTACT_ROW
from cjmine.analysis.compare.measures import FIRST_STEP, GOAL, layout_of
from cjmine.analysis.compare.measures import RETURNED as RETURNED_ROW
from cjmine.analysis.compare.times import TO_GOAL, SidedTimes
from cjmine.analysis.crossed import CrossedCohorts
from cjmine.analysis.deviation_counts import OF_MATCHES, OF_MOVES
from cjmine.analysis.deviations import measured_wait
from cjmine.analysis.differences import Sums, correlation
from cjmine.analysis.intervals import share_of
from cjmine.analysis.median_waits import median_interval
from cjmine.analysis.squares import Squares
from cjmine.ideal.compiled import CompiledIdeal
from cjmine.ideal.deviations import BY_CLASS, DeviationClass
from cjmine.results.compare import CONTACT, DROP_OFF, GOAL_RATE, RETURNED
from cjmine.results.figures import Counted, Measured, Sampled
from cjmine.results.share import WITHHELD, Share


@dataclass(frozen=True, slots=True)
class FoundShare:
    """A share of both sides; `correlation` is that of both, 0 where they have other customers.

    `is_declared`: its name is one of the ideal journey, so that it may be said whatever it counts.
    `control` are the shares of the control where there is one, `row` is the number of the measure.
    """

    row: int
    measure: str
    step: str | None
    is_declared: bool
    first: Share
    second: Share
    correlation: float
    control: tuple[Share, Share] | None = None

    def beside(self, in_first: bool, in_second: bool) -> FoundShare:
        """The same without the share of a side that does not have what it is about."""
        return replace(
            self,
            first=self.first if in_first else WITHHELD,
            second=self.second if in_second else WITHHELD,
        )


@dataclass(frozen=True, slots=True)
class TimeOfSide:
    """The median time of `n` of `of` journeys in seconds, with its interval where it has one."""

    n: Counted
    of: Sampled
    median: Measured | None
    ends: tuple[Measured, Measured] | None


@dataclass(frozen=True, slots=True)
class FoundTime:
    """A median time of both sides: to the goal, or the wait at a step."""

    step: str | None
    first: TimeOfSide
    second: TimeOfSide


def found_shares(
    counts: CompareCounts, ideal: CompiledIdeal, activities: tuple[str, ...]
) -> Iterator[FoundShare]:
    """Every share that is not empty on both sides, the goal first; deviations by class."""
    labels, layout = ideal.space.labels, layout_of(ideal, len(activities))
    places = (*labels, *ideal.choices.names)
    table, rows = counts.measures, layout.rows
    occurs = (table.having[:rows] > 0) | (table.having[rows : 2 * rows] > 0)
    could = (table.among[:rows] > 0) | (table.among[rows : 2 * rows] > 0)

    def found(measure: str, step: str | None, row: int, is_declared: bool = True) -> FoundShare:
        return found_share(table, counts.crossed, rows, measure, step, row, is_declared)

    yield found(GOAL_RATE, None, GOAL)
    for place, step in enumerate(labels):
        if could[FIRST_STEP + place]:
            yield found(DROP_OFF, step, FIRST_STEP + place)
    if occurs[CONTACT_ROW]:
        yield found(CONTACT, None, CONTACT_ROW)
    if occurs[RETURNED_ROW]:
        yield found(RETURNED, None, RETURNED_ROW)
    for one in DeviationClass if labels else ():
        names, first, is_declared = places, layout.moved, True
        if one is DeviationClass.ABANDONED:  # that is the drop-off
            continue
        if one in OF_MOVES:
            first += OF_MOVES.index(one) * layout.places
        elif one in OF_MATCHES:
            names, first = labels, layout.matched + OF_MATCHES.index(one) * layout.steps
        else:
            names, first, is_declared = activities, layout.unexpected, False
        for place in np.flatnonzero(occurs[first : first + len(names)]).tolist():
            measure = f"deviation:{BY_CLASS[one].code.value}"
            yield found(measure, names[place], first + place, is_declared)


def found_share(
    table: Cohorts,
    crossed: CrossedCohorts,
    rows: int,
    measure: str,
    step: str | None,
    row: int,
    is_declared: bool,
) -> FoundShare:
    """One row of a table that has so many rows a side, the first side before the others."""
    alike = correlation(_sums(table, row), _sums(table, rows + row), crossed.of(row))
    cells = range(row, len(table.having), rows)
    first, second, *control = (share_of(table.n(one), table.of(one)) for one in cells)
    beside = (control[0], control[1]) if control else None
    return FoundShare(row, measure, step, is_declared, first, second, alike, beside)


def _sums(table: Cohorts, row: int) -> Sums:
    return Sums(
        int(table.having[row]),
        int(table.among[row]),
        Squares(
            int(table.among_squared[row]),
            int(table.among_having[row]),
            int(table.having_squared[row]),
        ),
    )


def found_times(times: SidedTimes, ideal: CompiledIdeal) -> Iterator[FoundTime]:
    """The time to the goal, and the wait of each step that declares a time."""
    labels = ideal.space.labels
    timed = [step.name for step in ideal.journey.steps if step.within is not None]
    kinds = [(None, TO_GOAL), *((name, 1 + labels.index(name)) for name in timed)]
    for step, kind in kinds:
        first, second = (_time(times, side * (1 + len(labels)) + kind) for side in range(2))
        if first.n or second.n:
            yield FoundTime(step, first, second)


def _time(times: SidedTimes, group: int) -> TimeOfSide:
    measured, (value, often) = times.measured, times.waits.of(group)
    median = measured_wait(value, often, measured, group, 0.5)
    ends = median_interval(value, often, measured, times.short, group) if len(value) else None
    return TimeOfSide(measured.n(group), measured.of(group), median, ends)
