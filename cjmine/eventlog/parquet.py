"""cjmine's own file: Parquet that pm4py, Disco and Celonis read as a normal event log."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa

from cjmine.errors import Code, DataError, Note, Place, Problem
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
    SourceCount,
)

SCHEMA_VERSION = "1"
_METADATA = b"cjmine"
_MAGIC = b"PAR1"
_NAMES = {CASE: "case:concept:name", ACTIVITY: "concept:name", TIME: "time:timestamp"}
_OUR_NAMES = {standard: ours for ours, standard in _NAMES.items()}


def standard_table(log: EventLog) -> pa.Table:
    """The log under the column names of the field; the case always stands in it."""
    table = log.table
    if CASE not in table.column_names:
        table = table.add_column(0, CASE, table.column(CUSTOMER))
    return table.rename_columns([_NAMES.get(name, name) for name in table.column_names])


def write_log(log: EventLog, file: Path) -> None:
    """Write a log; the same log gives the same bytes. The caller makes the write atomic."""
    table = standard_table(log)
    about = json.dumps(_described(log.about), sort_keys=True, separators=(",", ":"))
    # Without Arrow's own schema in the file every reader sees plain text columns.
    import pyarrow.parquet as pq

    with pq.ParquetWriter(
        file,
        table.schema,
        compression="zstd",
        dictionary_pagesize_limit=1 << 28,
        write_statistics=False,
        store_schema=False,
    ) as writer:
        writer.write_table(table, row_group_size=1 << 22)
        writer.add_key_value_metadata({_METADATA.decode(): about})


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
    import pyarrow.parquet as pq

    try:
        schema = pq.read_schema(file)
        about = _about(json.loads((schema.metadata or {})[_METADATA]), label)
        wanted = [name for name in schema.names if name != CUSTOMER or about.cases is Cases.GIVEN]
        text = [name for name in wanted if name != _NAMES[TIME]]
        table = pq.ParquetFile(file, read_dictionary=text).read(columns=wanted)
    except (OSError, pa.ArrowException, ValueError, KeyError, TypeError, AssertionError):
        raise _damaged(label, "this is not a readable event log of cjmine") from None
    table = table.rename_columns([_OUR_NAMES.get(name, name) for name in table.column_names])
    if about.cases is Cases.CUSTOMER:
        table = table.rename_columns(
            [CUSTOMER if name == CASE else name for name in table.column_names]
        )
    missing = {CUSTOMER, ACTIVITY, TIME} - set(table.column_names)
    if missing or table.schema.field(TIME).type != TIMESTAMP:
        raise _damaged(label, "the event log lacks columns that it must have")
    if any(table.column(name).null_count for name in (CUSTOMER, ACTIVITY, TIME)):
        raise _damaged(label, "the event log lacks values that it must have")
    log = EventLog(_one_dictionary(table), about)
    _check_order(log, label)
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
        "notes": [[note.code.value, note.text] for note in about.notes],
    }


def _about(described: dict[str, object], label: str) -> About:
    if described["schema"] != SCHEMA_VERSION:
        raise _damaged(label, "the event log was written by a newer version of cjmine")
    sources, notes = described["sources"], described["notes"]
    assert isinstance(sources, list) and isinstance(notes, list)
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
    )


def _damaged(label: str, message: str) -> DataError:
    return DataError(
        Problem(Code.LOG_FORMAT, message, Place(label), remedy="load the exports again")
    )
