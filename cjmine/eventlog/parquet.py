"""cjmine's own file: Parquet that pm4py, Disco and Celonis read as a normal event log."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from cjmine.eventlog.described import about_of, damaged, described
from cjmine.eventlog.log import EventLog
from cjmine.eventlog.parts import ROW_GROUP, SavedLog, customers_in_order, cuts
from cjmine.eventlog.stored import (
    layout_of,
    open_writer,
    read_groups,
    repeats_cases,
    stored_table,
    write_groups,
)

if TYPE_CHECKING:
    import pyarrow.parquet as pq

_METADATA, _IS_CUT = b"cjmine", "row_groups_hold_whole_customers"
_MAGIC = b"PAR1"


def write_log(log: EventLog, file: Path) -> None:
    """Write a log; the same log gives the same bytes. The caller makes the write atomic.

    Row groups end where customers end and have dictionaries of their own, so that a few of them
    can be read without the others. The customers are left out where they repeat the cases.
    """
    is_cut, repeats = customers_in_order(log), repeats_cases(log)
    bounds = cuts(log, -(-log.events // ROW_GROUP)) if is_cut else range(0, log.events, ROW_GROUP)
    rows = pairwise(sorted({0, *bounds, log.events}) if log.events else (0, 0))
    write_parts((log.rows(*one) for one in rows), file, is_cut, repeats)


def write_parts(parts: Iterable[EventLog], file: Path, is_cut: bool, repeats: bool) -> None:
    """Write a log that comes in its order in parts, at least one: each is a row group.

    `is_cut`: no customer is in two parts. `repeats`: the customers are the cases.
    """
    with ExitStack() as stack:
        writer: pq.ParquetWriter | None = None
        for part in parts:
            table = stored_table(part, repeats)
            if writer is None:
                about = {**described(part.about), _IS_CUT: is_cut}
                writer = stack.enter_context(open_writer(file, table))
            write_groups(writer, table, ())
        assert writer is not None
        text = json.dumps(about, sort_keys=True, separators=(",", ":"))
        writer.add_key_value_metadata({_METADATA.decode(): text})


def is_log_file(file: Path) -> bool:
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
    return open_file(file, label).read()


def open_file(file: Path, label: str) -> SavedLog:
    """What a saved event log says about itself, without its events. Raises like `read_log`."""
    import pyarrow.parquet as pq

    try:
        metadata = pq.read_metadata(file)
        written = json.loads((metadata.metadata or {})[_METADATA])
        about = about_of(written, label)
        layout = layout_of(metadata.schema.names, about.cases)
        groups = range(metadata.num_row_groups)
        rows = tuple(metadata.row_group(group).num_rows for group in groups)
        is_cut = written.get(_IS_CUT, False) is True
    except MemoryError:
        raise
    except (OSError, pa.ArrowException, ValueError, KeyError, TypeError, AssertionError):
        raise damaged(label, "this is not a readable event log of cjmine") from None
    return SavedLog(str(file), label, about, layout, rows, is_cut)


def read_rows(saved: SavedLog, first: int, last: int) -> EventLog:
    """The events of some row groups of a saved log, in one dictionary. Raises like `read_log`."""
    table = read_groups(saved.path, saved.label, saved.layout, range(first, last))
    log = EventLog(table, saved.about)
    _check_order(log, saved.label)
    return log


def _check_order(log: EventLog, label: str) -> None:
    """The file keeps the order in which it was written; anything else is not ours."""
    case, time = log.codes(log.case_column), log.times
    back = time[1:] < time[:-1]
    back &= case[1:] == case[:-1]
    if back.any() or (case[1:] < case[:-1]).any():
        raise damaged(label, "the events of the log are not in order")
