"""The columns of a saved log on disk: the names of the field, row groups with their own names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from cjmine.columns import array, numbers
from cjmine.errors import Code, DataError, Place, Problem
from cjmine.eventlog.described import damaged
from cjmine.eventlog.log import (
    ACTIVITY,
    CASE,
    CUSTOMER,
    DICTIONARY,
    TIME,
    TIMESTAMP,
    Cases,
    EventLog,
    one_chunk,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow.parquet as pq

_NAMES = {CASE: "case:concept:name", ACTIVITY: "concept:name", TIME: "time:timestamp"}
_SOME = 1 << 16  # rows that say how times are written
_OUR_NAMES = {standard: ours for ours, standard in _NAMES.items()}


@dataclass(frozen=True, slots=True)
class Layout:
    """Which columns a saved log has, by cjmine's names.

    `repeats_cases`: the customers are the given cases, and are not stored twice.
    """

    columns: tuple[str, ...]
    cases: Cases
    repeats_cases: bool

    @property
    def is_cut(self) -> bool:
        """Whether the order by cases is one by customers."""
        return self.cases is Cases.CUSTOMER or self.repeats_cases

    def names(self) -> Mapping[str, str]:
        """The stored columns, by cjmine's names, with their names on disk."""
        known = dict(_NAMES)
        if self.cases is Cases.CUSTOMER:
            known[CUSTOMER] = known.pop(CASE)
        stored = [name for name in self.columns if not (self.repeats_cases and name == CUSTOMER)]
        return {name: known.get(name, name) for name in stored}


def layout_of(stored: Iterable[str], cases: Cases) -> Layout:
    """The layout of a saved log from its columns on disk.

    >>> layout_of(["case:concept:name", "concept:name", "time:timestamp"], Cases.CUSTOMER).columns
    ('customer', 'activity', 'time')
    """
    columns = [_OUR_NAMES.get(name, name) for name in stored]
    if cases is Cases.CUSTOMER:
        columns = [CUSTOMER if name == CASE else name for name in columns if name != CUSTOMER]
    repeats = CASE in columns and CUSTOMER not in columns
    if repeats:
        columns.insert(columns.index(CASE) + 1, CUSTOMER)
    return Layout(tuple(columns), cases, repeats)


def standard_table(log: EventLog) -> pa.Table:
    """The log under the column names of the field; it always has the case."""
    table = log.table
    if CASE not in table.column_names:
        table = table.add_column(0, CASE, table.column(CUSTOMER))
    return table.rename_columns([_NAMES.get(name, name) for name in table.column_names])


def repeats_cases(log: EventLog) -> bool:
    """Whether the customers of a log are its cases."""
    if not log.has(CASE):
        return True
    case, customer = (one_chunk(log.table, name) for name in (CASE, CUSTOMER))
    return bool(case.equals(customer))


def stored_table(log: EventLog, repeats: bool) -> pa.Table:
    """The log as it is saved: the standard table, without customers that repeat the cases."""
    table = standard_table(log)
    return table.drop_columns([CUSTOMER]) if repeats else table


def open_writer(file: Path, first: pa.Table) -> pq.ParquetWriter:
    """What writes the row groups of a saved log; the same log gives the same bytes.

    `first` are the first of its rows. Times that are seldom equal are written as differences, which
    takes two thirds of what their dictionary would take.
    """
    import pyarrow.parquet as pq

    time = _NAMES[TIME]
    is_apart = _are_seldom_equal(one_chunk(first, time))
    return pq.ParquetWriter(
        file,
        first.schema,
        compression="zstd",
        use_dictionary=[name for name in first.column_names if not is_apart or name != time],
        column_encoding={time: "DELTA_BINARY_PACKED"} if is_apart else None,
        dictionary_pagesize_limit=1 << 28,
        write_statistics=False,
        store_schema=False,  # without Arrow's own schema every reader sees plain text columns
        write_page_checksum=True,  # bytes that a disk changed would be other events
    )


def _are_seldom_equal(times: pa.Array) -> bool:
    """Whether more than half of some of the times are different."""
    some = np.sort(array(times.slice(0, _SOME).view(pa.int64())))
    return 2 * int(np.count_nonzero(np.diff(some))) > len(some)


def write_groups(writer: pq.ParquetWriter, table: pa.Table, bounds: Iterable[int]) -> None:
    """Write a table as row groups that end at the bounds, each with names of its own."""
    for first, last in pairwise(sorted({0, *bounds, table.num_rows})):
        group = _with_own_names(table.slice(first, last - first))
        writer.write_table(group, row_group_size=last - first)
        del group
        pa.default_memory_pool().release_unused()  # what encoding needed is as large again


def read_groups(path: str, label: str, layout: Layout, groups: Iterable[int]) -> pa.Table:
    """The events of some row groups under cjmine's names, in one dictionary a column.

    Raises
    ------
    DataError
        L122: the file is damaged, or lacks columns or values that a log must have.
    """
    import pyarrow.parquet as pq

    names = layout.names()
    wanted = list(names.values())
    text = [name for name in wanted if name != _NAMES[TIME]]
    try:
        with pq.ParquetFile(path, read_dictionary=text, page_checksum_verification=True) as file:
            table = file.read_row_groups(list(groups), columns=wanted)
        table = table.select(wanted).rename_columns(list(names))
    except MemoryError:  # Arrow's own is one of its exceptions too
        raise
    except (OSError, pa.ArrowException, ValueError, KeyError, TypeError):
        raise damaged_file(label, path) from None
    case = CASE if layout.cases is Cases.GIVEN else CUSTOMER
    missing = {case, CUSTOMER, ACTIVITY, TIME} - set(layout.columns)
    if missing or table.schema.field(TIME).type != TIMESTAMP:
        raise damaged(label, "the event log lacks columns that it must have")
    if layout.repeats_cases:
        table = table.add_column(list(names).index(CASE) + 1, CUSTOMER, table.column(CASE))
    if any(table.column(name).null_count for name in (case, CUSTOMER, ACTIVITY, TIME)):
        raise damaged(label, "the event log lacks values that it must have")
    table = _one_dictionary(table)
    pa.default_memory_pool().release_unused()  # what decoding needed is twice the log
    return table


def customers_with(
    path: str, label: str, column: str
) -> Iterator[tuple[pa.DictionaryArray, pa.DictionaryArray]]:
    """The customers and one other column of a log without given cases, row group by row group.

    Raises DataError L122 where the file is damaged.
    """
    import pyarrow.parquet as pq

    wanted = [_NAMES[CASE], column]
    try:
        with pq.ParquetFile(path, read_dictionary=wanted, page_checksum_verification=True) as file:
            for group in range(file.num_row_groups):
                table = file.read_row_group(group, columns=wanted)
                yield one_chunk(table, wanted[0]), one_chunk(table, column)
    except (OSError, pa.ArrowException, KeyError):
        raise damaged_file(label, path) from None


def damaged_file(label: str, path: str) -> DataError:
    """The error L122: a file of a saved log cannot be read, or is not that of the log."""
    return DataError(
        Problem(
            Code.LOG_FORMAT,
            "the events of the log cannot be read",
            Place(label),
            cause=f"{Path(path).name} is missing, damaged or another one",
            remedy="bring it back from a copy, or load the exports again",
        )
    )


def _one_dictionary(table: pa.Table) -> pa.Table:
    table = table.replace_schema_metadata(None)
    if table.column(0).num_chunks > 1:
        table = table.unify_dictionaries().combine_chunks()
    fields = [
        field if field.name == TIME else pa.field(field.name, DICTIONARY) for field in table.schema
    ]
    wanted = pa.schema(fields)
    return table if table.schema.equals(wanted) else table.cast(wanted)


def _with_own_names(table: pa.Table) -> pa.Table:
    """The same rows, with dictionaries that hold only the names that occur in them."""
    arrays = [_own_names(one_chunk(table, name)) for name in table.column_names]
    return pa.table(arrays, schema=table.schema)


def _own_names(column: pa.Array) -> pa.Array:
    if column.type != DICTIONARY:
        return column
    codes = array(column.indices, -1)
    used = np.zeros(len(column.dictionary) + 1, bool)
    used[codes] = True
    own = np.append(np.cumsum(used[:-1], dtype=np.int32) - 1, np.int32(-1))[codes]
    names = column.dictionary.take(numbers(np.flatnonzero(used[:-1])))
    return pa.DictionaryArray.from_arrays(numbers(own, own < 0), names)
