"""One run of a log folder: a Parquet file of events by prefix, written whole, read in intervals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa

from cjmine.columns import array, flags, numbers
from cjmine.eventlog.folder.manifest import Run
from cjmine.eventlog.folder.prefixes import PREFIXES, prefixes
from cjmine.eventlog.log import CASE, Cases, EventLog, one_chunk
from cjmine.eventlog.parts import ROW_GROUP
from cjmine.eventlog.stored import (
    Layout,
    open_writer,
    read_groups,
    repeats_cases,
    stored_table,
    write_groups,
)
from cjmine.log_folders import RUNS

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


def write_run(log: EventLog, file: Path, name: str, delivery: int) -> Run:
    """Write events as a run; the caller makes the write atomic. Equal logs give equal bytes."""
    table = stored_table(log)
    repeats = log.has(CASE) and repeats_cases(log)
    bounds: list[int] = []
    if log.about.cases is Cases.CUSTOMER or repeats:
        where = prefixes(one_chunk(log.table, log.case_column).dictionary)
        where = where[log.codes(log.case_column)]
        width = PREFIXES // groups_for(log.events)
        counts = np.bincount(where // width, minlength=PREFIXES // width)
        if (np.diff(where) < 0).any():  # tokens of several kinds
            table = table.take(numbers(np.argsort(where, kind="stable")))
        used = np.flatnonzero(counts)
        rows = counts[used].tolist()
        bounds = [0, *(used[1:] * width).tolist(), *([PREFIXES] if rows else [])]
    else:
        rows = [len(one) for one in np.array_split(np.arange(log.events), _whole(log.events))]
    with open_writer(file, table.schema) as writer:
        write_groups(writer, table, np.cumsum(rows).tolist())
    return Run(name, delivery, tuple(log.table.column_names), repeats, tuple(bounds), tuple(rows))


def _whole(events: int) -> int:
    return max(-(-events // ROW_GROUP), 1)


@dataclass(frozen=True, slots=True)
class Slice:
    """Row groups `first` up to `last` of a run; `is_exact`: they hold only what is wanted."""

    run: str
    columns: tuple[str, ...]
    repeats_cases: bool
    first: int
    last: int
    is_exact: bool


def slice_of(run: Run, first: int, last: int) -> Slice | None:
    """The row groups of a run that meet an interval of prefixes; None where none does."""
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
    return Slice(run.file, run.columns, run.repeats_cases, groups.start, groups.stop, is_exact)


def read_slices(
    folder: Path, label: str, cases: Cases, slices: Iterable[Slice], first: int, last: int
) -> list[pa.Table]:
    """The events of slices with prefixes from `first` up to `last`, one table a slice.

    Raises DataError L122 where a file is damaged or was taken away.
    """
    found: list[pa.Table] = []
    for one in slices:
        layout = Layout(one.columns, cases, one.repeats_cases)
        path = str(folder / RUNS / one.run)
        table = read_groups(path, label, layout, range(one.first, one.last))
        if not one.is_exact:
            case = table.column(one.columns[0])
            coded = one_chunk(table, one.columns[0])
            assert case.num_chunks <= 1
            where = prefixes(coded.dictionary)
            inside = (where >= first) & (where < last)
            table = table.filter(flags(inside[array(coded.indices)]))
        found.append(table)
    return found
