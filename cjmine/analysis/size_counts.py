"""How much a log holds, and what may be repeated or set aside in it; counts of parts add up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cjmine.analysis.cohorts import Cells, cells, merged_cells, rows
from cjmine.analysis.multisets import Sequences, distinct, narrow, together
from cjmine.eventlog.journeys import Journeys
from cjmine.eventlog.log import EventLog
from cjmine.eventlog.quality import exact_duplicates
from cjmine.eventlog.variants import Variants
from cjmine.results.figures import Counted
from cjmine.results.log import LogSize, moment

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class LogCounts:
    """The size of a log. `used` flags the activities that occur; `tied` counts journeys.

    `equal_events` are those equal to another in everything, where any share their time.
    """

    events: int
    journeys: int
    customers: int
    used: Flags
    traces: Sequences
    tied: Cells
    equal_events: int
    without_entry: int
    before_entry: int


def count_log(
    log: EventLog,
    journeys: Journeys,
    found: Variants,
    customer: Ints,
    activity: Ints,
    names: int,
) -> LogCounts:
    """Count a cut log; `activity` gives the code of each of its activities among all `names`."""
    tied = np.diff(journeys.time) == 0
    tied[journeys.starts[1:-1] - 1] = False
    is_tied = np.zeros(len(journeys), bool)
    is_tied[journeys.journey[1:][tied]] = True
    who = customer[is_tied]
    used = np.zeros(int(activity.max(initial=-1)) + 1, bool)
    used[activity[np.bincount(found.codes, minlength=len(activity)) > 0]] = True
    return LogCounts(
        events=len(journeys.activity),
        journeys=len(journeys),
        customers=journeys.customers,
        used=used,
        traces=distinct(narrow(activity[found.codes], names), found.starts).sequences,
        tied=cells(rows(np.zeros(len(who), np.int64), who, 1, journeys.customers)),
        equal_events=exact_duplicates(log) if len(who) else 0,
        without_entry=journeys.without_entry,
        before_entry=journeys.before_entry,
    )


def merged_log(one: LogCounts, other: LogCounts) -> LogCounts:
    """The counts of two parts together."""
    used = np.zeros(max(len(one.used), len(other.used)), bool)
    used[: len(one.used)] |= one.used
    used[: len(other.used)] |= other.used
    return LogCounts(
        events=one.events + other.events,
        journeys=one.journeys + other.journeys,
        customers=one.customers + other.customers,
        used=used,
        traces=together(one.traces, other.traces).sequences,
        tied=merged_cells(one.tied, other.tied),
        equal_events=one.equal_events + other.equal_events,
        without_entry=one.without_entry + other.without_entry,
        before_entry=one.before_entry + other.before_entry,
    )


def log_size(counts: LogCounts, period: tuple[int, int] | None) -> LogSize:
    """How much was measured, between which moments (microseconds)."""
    return LogSize(
        events=Counted(counts.events, counts.customers),
        journeys=Counted(counts.journeys, counts.customers),
        customers=Counted(counts.customers, counts.customers),
        activities=int(np.count_nonzero(counts.used)),
        variants=len(counts.traces),
        tied_journeys=counts.tied.counted(0),
        observed_from=None if period is None else moment(period[0]),
        observed_until=None if period is None else moment(period[1]),
        without_entry=Counted(counts.without_entry, counts.without_entry),
        before_entry=Counted(counts.before_entry, counts.before_entry),
    )
