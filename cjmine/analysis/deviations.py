"""Every deviation as a row, and the times of the steps that declare one; nothing is folded yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from cjmine.analysis.cohorts import Cohorts
from cjmine.analysis.deviation_counts import OF_MATCHES, OF_MOVES, DeviationCounts, Few
from cjmine.analysis.median_waits import median_interval
from cjmine.analysis.multisets import Numbers, quantile
from cjmine.counting.groups import Ints
from cjmine.ideal.compiled import CompiledIdeal
from cjmine.ideal.deviations import BY_CLASS, DeviationClass
from cjmine.results.check import DeviationRow, TimingRow
from cjmine.results.figures import Counted, Measured, Sampled

IsAccepted = Callable[[DeviationClass, str], bool]


@dataclass(frozen=True, slots=True)
class Deviating:
    """One deviation that occurs: its class, its row, and its number among the groups of `few`."""

    of_class: DeviationClass
    row: DeviationRow
    group: int


@dataclass(frozen=True, slots=True)
class DeviationTable:
    """All deviations; `few` has the journeys of small groups in full, `of` those that could."""

    rows: tuple[Deviating, ...]
    few: Few
    of: Counted


def deviation_table(
    counts: DeviationCounts, ideal: CompiledIdeal, activities: tuple[str, ...], accepts: IsAccepted
) -> DeviationTable:
    """Every deviation that occurs, by class in the order of precedence."""
    steps = ideal.space.labels
    places = (*steps, *ideal.choices.names)
    unexpected = len(counts.moved.having)
    matched = unexpected + len(counts.unexpected.having)
    rows: list[Deviating] = []
    for one in DeviationClass:
        names, table, begin, group = steps, counts.moved, 0, 0
        if one in OF_MOVES:
            names, begin = places, OF_MOVES.index(one) * len(places)
            group = begin
        elif one in OF_MATCHES:
            table, begin = counts.matched, OF_MATCHES.index(one) * len(steps)
            group = matched + begin
        else:
            names, table, group = activities, counts.unexpected, unexpected
        occurs = np.flatnonzero(table.having[begin : begin + len(names)])
        rows += [
            Deviating(
                one, _row(one, names[place], table, begin + place, ideal, accepts), group + place
            )
            for place in occurs.tolist()
        ]
    of = Counted(counts.counted_journeys, counts.counted_customers)
    return DeviationTable(tuple(rows), counts.few, of)


def _row(
    one: DeviationClass,
    name: str,
    table: Cohorts,
    group: int,
    ideal: CompiledIdeal,
    accepts: IsAccepted,
) -> DeviationRow:
    return DeviationRow(
        code=BY_CLASS[one].code,
        class_=one.value,
        activity=name,
        journeys=table.n(group),
        occurrences=table.occurrences(group),
        of=table.of(group),
        accepted=accepts(one, name),
        friction=one is DeviationClass.UNEXPECTED and name in ideal.journey.friction,
    )


def cohort_of(
    counts: DeviationCounts, one: DeviationClass, step: int, ideal: CompiledIdeal
) -> tuple[Counted, Sampled]:
    """The journeys with a deviation at a step, and of how many."""
    steps = len(ideal.space.labels)
    if one in OF_MOVES:
        places = steps + len(ideal.choices.first)
        table, group = counts.moved, OF_MOVES.index(one) * places + step
    else:
        table, group = counts.matched, OF_MATCHES.index(one) * steps + step
    return table.n(group), table.of(group)


def timing_rows(counts: DeviationCounts, ideal: CompiledIdeal) -> tuple[TimingRow, ...]:
    """How long the steps took that declare a time."""
    labels = ideal.space.labels
    rows = []
    for step in ideal.journey.steps:
        within = step.within
        if within is None:
            continue
        number = labels.index(step.name)
        late, early = (
            cohort_of(counts, one, number, ideal)[0]
            for one in (DeviationClass.LATE, DeviationClass.EARLY)
        )
        median, p90 = (seconds(counts, number, share) for share in (0.5, 0.9))
        measured, (value, times) = counts.measured, counts.waits.of(number)
        ends = median_interval(value, times, measured, counts.short_waits, number)
        rows.append(
            TimingRow(
                step=step.name,
                after=within.after or "",
                of=measured.of(number),
                measured=measured.n(number),
                median_seconds=median,
                median_low_seconds=ends and ends[0],
                median_high_seconds=ends and ends[1],
                p90_seconds=p90,
                late=late if within.max is not None else None,
                early=early if within.min is not None else None,
                overdue=counts.overdue.counted(number) if within.after is not None else None,
            )
        )
    return tuple(rows)


def seconds(counts: DeviationCounts, step: int, share: float) -> Measured | None:
    """A quantile of the waits of a step; None without any."""
    value, times = counts.waits.of(step)
    return measured_wait(value, times, counts.measured, step, share)


def measured_wait(
    value: Numbers, times: Ints, measured: Cohorts, step: int, share: float
) -> Measured | None:
    """A quantile of waits (microseconds) in seconds, with those on its smaller side."""
    if not len(value):
        return None
    customers = round(min(share, 1 - share) * int(measured.customers_having[step]))
    values, largest = int(measured.having[step]), int(measured.largest[step])
    return Measured(quantile(value, times, share) / 1e6, customers, values, largest)
