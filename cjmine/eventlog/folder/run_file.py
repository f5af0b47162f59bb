"""One run of a log folder: a Parquet file of events by prefix, written whole, read in intervals."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from cjmine.columns import array, flags, numbers
from cjmine.eventlog.folder.manifest import Run
from cjmine.eventlog.folder.prefixes import PREFIXES, prefixes
from cjmine.eventlog.folder.source_order import ORDER, with_order
from cjmine.eventlog.log import ACTIVITY, CASE, Cases, EventLog, one_chunk
from cjmine.eventlog.parts import ROW_GROUP
from cjmine.eventlog.stored import (
    Layout,
    damaged_file,
    open_writer,
    read_groups,
    repeats_cases,
    stored_table,
    write_groups,
)
from cjmine.log_folders import RUNS

if TYPE_CHECKING:
    import pyarrow.parquet as pq

_LARGE_GROUP, _SMALL_GROUP, _FEW = 1 << 18, 1 << 13, 16


def groups_for(events: int) -> int:
    """How many row groups a run of so many events has at most: a power of two.

    A small one has some too, so that a part of the log need not read all of it.

    >>> groups_for(100), groups_for(100_000), groups_for(2_000_000), groups_for(40_000_000)
    (1, 8, 16, 256)
    """
    large = _power(-(-events // _LARGE_GROUP))
    small = _power(events // _SMALL_GROUP + 1) // 2
    return min(max(large, min(small, _FEW), 1), PREFIXES)


def _power(number: int) -> int:
    """The smallest power of two that is no less."""
    return 1 << max(number - 1, 0).bit_length()


def write_run(parts: Iterable[EventLog], events: int, file: Path, name: str, settled: bool) -> Run:
    """Write the events of logs as a run; equal logs give equal bytes.

    There are `events` in all. The logs are one, or one an interval of prefixes in their order;
    `settled`: no later delivery can change whose the events are. The caller makes the write atomic.
    """
    with ExitStack() as stack:
        made = _RunMaker(events, file, name, settled, stack)
        for part in parts:
            made.add(part)
        return made.run()


class _RunMaker:
    """A run that is being written, one log after the other."""

    def __init__(self, events: int, file: Path, name: str, settled: bool, stack: ExitStack) -> None:
        self._events, self._file, self._name, self._stack = events, file, name, stack
        self._settled = settled
        self._width = PREFIXES // groups_for(events)
        self._begins: list[int] = []
        self._rows: list[int] = []
        self._writer: pq.ParquetWriter | None = None
        self._columns: tuple[str, ...] = ()
        self._activities: set[str] = set()
        self._times: list[int] = []
        self._is_cut = self._repeats = False

    def add(self, log: EventLog) -> None:
        """Write the row groups of a log."""
        self._look(log)
        columns = tuple(name for name in log.table.column_names if name != ORDER)
        log = with_order(log)
        repeats = log.about.cases is Cases.CUSTOMER or repeats_cases(log)
        table = stored_table(log, repeats)
        if self._writer is None:
            self._repeats, self._is_cut = repeats and log.has(CASE), repeats
            self._columns = columns
            self._writer = self._stack.enter_context(open_writer(self._file, table))
        if self._is_cut:
            where = prefixes(one_chunk(log.table, log.case_column).dictionary)
            where = where[log.codes(log.case_column)]
            counts = np.bincount(where // self._width, minlength=PREFIXES // self._width)
            if (np.diff(where) < 0).any():  # tokens of several kinds
                table = table.take(numbers(np.argsort(where, kind="stable")))
            used = np.flatnonzero(counts)
            rows = counts[used].tolist()
            self._begins += (used * self._width).tolist()
        else:
            several = max(-(-log.events // ROW_GROUP), 1)
            rows = [len(one) for one in np.array_split(np.arange(log.events), several)]
        write_groups(self._writer, table, np.cumsum(rows).tolist())
        self._rows += rows

    def _look(self, log: EventLog) -> None:
        names, used = log.names(ACTIVITY), np.bincount(log.codes(ACTIVITY))
        self._activities.update(names[code] for code in np.flatnonzero(used).tolist())
        if log.events:
            self._times += [int(log.times.min()), int(log.times.max())]

    def run(self) -> Run:
        """What was written. Raises AssertionError where events are missing or too many."""
        if sum(self._rows) != self._events:
            raise AssertionError("the events of a run do not add up")
        if (np.diff(self._begins) <= 0).any():
            raise AssertionError("the row groups of a run are not apart")
        bounds = [0, *self._begins[1:], *([PREFIXES] if self._begins else [])]
        if not self._is_cut:
            bounds = []
        rows = tuple(row for row in self._rows if row)
        return Run(
            self._name,
            self._columns,
            self._repeats,
            tuple(bounds),
            rows,
            self._settled,
            tuple(sorted(self._activities)),
            min(self._times, default=None),
            max(self._times, default=None),
        )


@dataclass(frozen=True, slots=True)
class Slice:
    """Row groups `first` up to `last` of a run, which hold `events`.

    `is_exact`: they hold only what is wanted.
    """

    run: str
    columns: tuple[str, ...]
    repeats_cases: bool
    first: int
    last: int
    events: int
    is_exact: bool


def slices_of(
    runs: Iterable[Run], first: int, last: int, more: tuple[str, ...]
) -> tuple[Slice, ...]:
    """The row groups of runs that meet an interval of prefixes, at most one slice a run.

    `more` are columns that are read beside those of a log.
    """
    found = (_slice_of(run, first, last, more) for run in runs)
    return tuple(one for one in found if one is not None)


def _slice_of(run: Run, first: int, last: int, more: tuple[str, ...]) -> Slice | None:
    if not run.bounds:
        groups, is_exact = range(len(run.rows)), True
    else:
        meets = [
            group
            for group, (begin, end) in enumerate(pairwise(run.bounds))
            if begin < last and end > first
        ]
        groups = range(meets[0], meets[-1] + 1) if meets else range(0)
        is_exact = bool(meets) and (
            run.bounds[groups.start] >= first and run.bounds[groups.stop] <= last
        )
    if not groups:
        return None
    columns, first, last = (*run.columns, *more), groups.start, groups.stop
    events = sum(run.rows[first:last])
    return Slice(run.file, columns, run.repeats_cases, first, last, events, is_exact)


def read_slices(
    folder: Path, label: str, cases: Cases, slices: Iterable[Slice], first: int, last: int
) -> list[pa.Table]:
    """The events of slices with prefixes from `first` up to `last`, one table a slice.

    Raises DataError L122 where a file is damaged, was taken away, or is another one.
    """
    found: list[pa.Table] = []
    for one in slices:
        layout = Layout(one.columns, cases, one.repeats_cases)
        path = str(folder / RUNS / one.run)
        table = read_groups(path, label, layout, range(one.first, one.last))
        if table.num_rows != one.events:
            raise damaged_file(label, path)
        if not one.is_exact:
            case = table.column(one.columns[0])
            coded = one_chunk(table, one.columns[0])
            assert case.num_chunks <= 1
            where = prefixes(coded.dictionary)
            inside = (where >= first) & (where < last)
            table = table.filter(flags(inside[array(coded.indices)]))
        found.append(table)
    return found
