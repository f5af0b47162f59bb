"""cjmine's own file: Parquet that pm4py, Disco and Celonis read as a normal event log."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa

from cjmine.columns import array, numbers
from cjmine.errors import Code, DataError, Note, Place, Problem
from cjmine.eventlog import source_columns
from cjmine.eventlog.log import (
    ACTIVITY,
    CASE,
    CUSTOMER,
    DICTIONARY,
    TIME,
    TIMESTAMP,
    About,
    Cases,
    EventLog,
    Nameless,
    Registered,
    SourceCount,
    one_chunk,
)
from cjmine.eventlog.parts import ROW_GROUP, SavedLog, customers_in_order, cuts

SCHEMA_VERSION = "1"
_METADATA, _IS_CUT = b"cjmine", "row_groups_hold_whole_customers"
_MAGIC = b"PAR1"
_NAMES = {CASE: "case:concept:name", ACTIVITY: "concept:name", TIME: "time:timestamp"}
_OUR_NAMES = {standard: ours for ours, standard in _NAMES.items()}


def standard_table(log: EventLog) -> pa.Table:
    """The log under the column names of the field; it always has the case."""
    table = log.table
    if CASE not in table.column_names:
        table = table.add_column(0, CASE, table.column(CUSTOMER))
    return table.rename_columns([_NAMES.get(name, name) for name in table.column_names])


def write_log(log: EventLog, file: Path) -> None:
    """Write a log; the same log gives the same bytes. The caller makes the write atomic.

    Row groups end where customers end and have dictionaries of their own, so that a few of them
    can be read without the others. The customers are left out where they repeat the cases.
    """
    import pyarrow.parquet as pq

    is_cut = customers_in_order(log)
    table = standard_table(log)
    if repeats_cases(log):
        table = table.drop_columns([CUSTOMER])
    bounds = cuts(log, -(-log.events // ROW_GROUP)) if is_cut else range(0, log.events, ROW_GROUP)
    about = {**_described(log.about), _IS_CUT: is_cut}
    with pq.ParquetWriter(
        file,
        table.schema,
        compression="zstd",
        dictionary_pagesize_limit=1 << 28,
        write_statistics=False,
        store_schema=False,  # without Arrow's own schema every reader sees plain text columns
    ) as writer:
        for first, last in pairwise(sorted({0, *bounds, log.events})):
            group = _with_own_names(table.slice(first, last - first))
            writer.write_table(group, row_group_size=last - first)
        text = json.dumps(about, sort_keys=True, separators=(",", ":"))
        writer.add_key_value_metadata({_METADATA.decode(): text})


def repeats_cases(log: EventLog) -> bool:
    """Whether the customers of a log are its cases."""
    if not log.has(CASE):
        return True
    case, customer = (one_chunk(log.table, name) for name in (CASE, CUSTOMER))
    return bool(case.equals(customer))


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


def is_log(file: Path) -> bool:
    """Whether a file is an event log that cjmine saved."""
    try:
        if not file.is_file():
            return False
        with file.open("rb") as handle:
            if handle.read(len(_MAGIC)) != _MAGIC:
                return False
        import pyarrow.parquet as pq

        return _METADATA in (pq.read_schema(file).metadata or {})
    except (OSError, pa.ArrowException):
        return False


def read_log(file: Path, label: str) -> EventLog:
    """Read a saved event log.

    Raises
    ------
    DataError
        L122: not an event log of cjmine, of a newer version, damaged, or out of order.
    """
    return open_saved(file, label).read()


def open_saved(file: Path, label: str) -> SavedLog:
    """What a saved event log says about itself, without its events. Raises like `read_log`."""
    import pyarrow.parquet as pq

    try:
        metadata = pq.read_metadata(file)
        described = json.loads((metadata.metadata or {})[_METADATA])
        about = _about(described, label)
        columns = [_OUR_NAMES.get(name, name) for name in metadata.schema.names]
        groups = range(metadata.num_row_groups)
        rows = tuple(metadata.row_group(group).num_rows for group in groups)
        is_cut = described.get(_IS_CUT, False) is True
    except MemoryError:
        raise
    except (OSError, pa.ArrowException, ValueError, KeyError, TypeError, AssertionError):
        raise _damaged(label, "this is not a readable event log of cjmine") from None
    if about.cases is Cases.CUSTOMER:
        columns = [CUSTOMER if name == CASE else name for name in columns if name != CUSTOMER]
    repeats = CASE in columns and CUSTOMER not in columns
    if repeats:
        columns.insert(columns.index(CASE) + 1, CUSTOMER)
    return SavedLog(str(file), label, about, tuple(columns), rows, is_cut, repeats)


def read_groups(saved: SavedLog, first: int, last: int) -> EventLog:
    """The events of some row groups of a saved log, in one dictionary. Raises like `read_log`."""
    import pyarrow.parquet as pq

    names = dict(_NAMES)
    if saved.about.cases is Cases.CUSTOMER:
        names[CUSTOMER] = names.pop(CASE)
    stored = [name for name in saved.columns if not (saved.repeats_cases and name == CUSTOMER)]
    wanted = [names.get(name, name) for name in stored]
    text = [name for name in wanted if name != _NAMES[TIME]]
    try:
        with pq.ParquetFile(saved.path, read_dictionary=text) as file:
            table = file.read_row_groups(range(first, last), columns=wanted)
        table = table.select(wanted).rename_columns(stored)
    except MemoryError:  # Arrow's own is one of its exceptions too
        raise
    except (OSError, pa.ArrowException, ValueError, KeyError, TypeError):
        raise _damaged(saved.label, "this is not a readable event log of cjmine") from None
    case = CASE if saved.about.cases is Cases.GIVEN else CUSTOMER
    missing = {case, CUSTOMER, ACTIVITY, TIME} - set(saved.columns)
    if missing or table.schema.field(TIME).type != TIMESTAMP:
        raise _damaged(saved.label, "the event log lacks columns that it must have")
    if saved.repeats_cases:
        table = table.add_column(stored.index(CASE) + 1, CUSTOMER, table.column(CASE))
    if any(table.column(name).null_count for name in (case, CUSTOMER, ACTIVITY, TIME)):
        raise _damaged(saved.label, "the event log lacks values that it must have")
    log = EventLog(_one_dictionary(table), saved.about)
    del table
    pa.default_memory_pool().release_unused()  # what decoding needed is twice the log
    _check_order(log, saved.label)
    return log


def _one_dictionary(table: pa.Table) -> pa.Table:
    table = table.replace_schema_metadata(None)
    if table.column(0).num_chunks > 1:
        table = table.unify_dictionaries().combine_chunks()
    fields = [
        field if field.name == TIME else pa.field(field.name, DICTIONARY) for field in table.schema
    ]
    wanted = pa.schema(fields)
    return table if table.schema.equals(wanted) else table.cast(wanted)


def _check_order(log: EventLog, label: str) -> None:
    """The file keeps the order in which it was written; anything else is not ours."""
    case, time = log.codes(log.case_column), log.times
    back = time[1:] < time[:-1]
    back &= case[1:] == case[:-1]
    if back.any() or (case[1:] < case[:-1]).any():
        raise _damaged(label, "the events of the log are not in order")


def _described(about: About) -> dict[str, object]:
    return {
        "schema": SCHEMA_VERSION,
        "cases": about.cases.value,
        "key_id": about.key_id,
        "observed_from": about.observed_from,
        "observed_until": about.observed_until,
        "sources": [
            [
                source.path,
                source.format,
                source.read,
                source.loaded,
                source.rejected,
                source.duplicate,
                source.filtered,
                source.unlinked,
                source.given,
            ]
            for source in about.sources
        ],
        "zone": about.zone,
        "nameless": [[one.activity, one.channel, one.events] for one in about.nameless],
        "columns": source_columns.written(about.columns),
        "notes": [[note.code.value, note.text] for note in about.notes],
        "registered": _registered(about.registered),
    }


def _registered(found: Registered | None) -> list[int] | None:
    return None if found is None else [found.customers, found.silent]


def _about(described: dict[str, object], label: str) -> About:
    if described["schema"] != SCHEMA_VERSION:
        raise _damaged(label, "the event log was written by a newer version of cjmine")
    sources, notes = described["sources"], described["notes"]
    nameless, registered = described.get("nameless", []), described.get("registered")
    assert isinstance(sources, list) and isinstance(notes, list) and isinstance(nameless, list)
    first, last, key = (
        described["observed_from"],
        described["observed_until"],
        described["key_id"],
    )
    return About(
        cases=Cases(str(described["cases"])),
        sources=tuple(SourceCount(*source) for source in sources),
        key_id=None if key is None else str(key),
        observed_from=first if isinstance(first, int) else None,
        observed_until=last if isinstance(last, int) else None,
        notes=tuple(Note(Code(code), text) for code, text in notes),
        zone=str(described.get("zone", "UTC")),
        nameless=tuple(Nameless(*one) for one in nameless),
        columns=source_columns.read(described.get("columns", [])),
        registered=Registered(*registered) if isinstance(registered, list) else None,
    )


def _damaged(label: str, message: str) -> DataError:
    return DataError(
        Problem(Code.LOG_FORMAT, message, Place(label), remedy="load the exports again")
    )
