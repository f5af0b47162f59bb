"""A pseudonymised event log as the files that other tools read: CSV and XES, packed or not.

The columns have the names of the field, which pm4py, Disco and Celonis know. Identifiers are
tokens; times are UTC, ISO 8601. The same log gives the same bytes.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import IO
from xml.sax.saxutils import quoteattr

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from cjmine.columns import array, flags, strings
from cjmine.eventlog.log import ACTIVITY, CASE, CUSTOMER, TIME, EventLog, one_chunk
from cjmine.eventlog.parquet import write_log
from cjmine.eventlog.stored import repeats_cases, stored_table
from cjmine.reporters.escaping import spreadsheet, visible

_AT_ONCE = 100_000
_MOMENT = "%Y-%m-%dT%H:%M:%SZ"
_XES = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849-2016" xes.features="" xmlns="http://www.xes-standard.org/">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
<global scope="trace"><string key="concept:name" value=""/></global>
<global scope="event"><string key="concept:name" value=""/>
<date key="time:timestamp" value="1970-01-01T00:00:00.000Z"/></global>
<classifier name="Activity" keys="concept:name"/>
"""

Flags = npt.NDArray[np.bool_]
Writer = Callable[[EventLog, Path], None]


def writer_of(file: Path) -> Writer | None:
    """What writes a log into a file of this name; None for a suffix that no log has.

    The writer gets a temporary file, so that only the name here says whether it is packed.

    >>> writer_of(Path("log.parquet")) is write_log, writer_of(Path("log.txt"))
    (True, None)
    """
    name = file.name.lower().removesuffix(".gz")
    packed = name != file.name.lower()
    if name.endswith(".parquet") and not packed:
        return write_log
    chosen = {".csv": write_csv, ".xes": write_xes}.get(Path(name).suffix)
    return None if chosen is None else partial(chosen, packed=packed)


def write_csv(log: EventLog, file: Path, packed: bool = False) -> None:
    """Write a log as CSV; a label that a spreadsheet would take for a formula gets a quote."""
    import pyarrow.csv as csv

    table = stored_table(log, repeats_cases(log))
    columns = [_cells(table.column(name)) for name in table.column_names]
    with _opened(file, packed) as sink:
        csv.write_csv(pa.table(columns, table.column_names), sink)


def write_xes(log: EventLog, file: Path, packed: bool = False) -> None:
    """Write a log as XES (IEEE 1849-2016): a trace for each case, its events in order."""
    ordered = log.table
    if CASE in ordered.column_names:
        places = np.argsort(log.codes(CASE), kind="stable")
        ordered = ordered.take(pa.array(places))
    owner = CASE if CASE in ordered.column_names else CUSTOMER
    codes = array(one_chunk(ordered, owner).indices)
    begins = np.diff(codes, prepend=-1) != 0
    ends = np.append(begins[1:], True)[: len(begins)]
    with _opened(file, packed) as sink:
        sink.write(_XES.encode())
        for first, last in pairwise([*range(0, len(codes), _AT_ONCE), len(codes)]):
            part = ordered.slice(first, last - first)
            sink.write(_events(part, owner, begins[first:last], ends[first:last]).encode())
        sink.write(b"</log>\n")


def _events(part: pa.Table, owner: str, begins: Flags, ends: Flags) -> str:
    """Some events as XES, with what opens and closes their traces."""
    empty = pa.scalar("", pa.string())
    heads = [_tags(part.column(owner), "concept:name")]
    if owner == CASE and CUSTOMER in part.column_names:
        heads.append(_tags(part.column(CUSTOMER), CUSTOMER))
    opened = pc.binary_join_element_wise("<trace>\n", *heads, "")
    moments = pc.strftime(part.column(TIME).combine_chunks(), _MOMENT)
    date = pc.binary_join_element_wise('<date key="time:timestamp" value="', moments, '"/>\n', "")
    others = [
        _tags(part.column(name), name)
        for name in part.column_names
        if name not in (CASE, CUSTOMER, ACTIVITY, TIME)
    ]
    lines = pc.binary_join_element_wise(
        pc.if_else(flags(begins), opened, empty),
        "<event>",
        _tags(part.column(ACTIVITY), "concept:name"),
        date,
        *others,
        pc.if_else(flags(ends), "</event>\n</trace>\n", "</event>\n"),
        "",
        null_handling="replace",
        null_replacement="",
    )
    return "".join(lines.to_pylist())


def _tags(column: pa.ChunkedArray, key: str) -> pa.Array:
    """A column as XES attributes; nothing where it is empty."""
    coded = column.combine_chunks()
    if not pa.types.is_dictionary(coded.type):
        coded = coded.cast(pa.string()).dictionary_encode()
    made = [
        f"<string key={quoteattr(key)} value={quoteattr(visible(name))}/>\n"
        for name in coded.dictionary.to_pylist()
    ]
    return pc.take(strings(made), coded.indices)


def _cells(column: pa.ChunkedArray) -> pa.Array:
    """A column as the text of cells."""
    whole = column.combine_chunks()
    if pa.types.is_timestamp(whole.type):
        return pc.strftime(whole, _MOMENT)
    if pa.types.is_dictionary(whole.type):
        made = strings([spreadsheet(name) for name in whole.dictionary.to_pylist()])
        return pc.take(made, whole.indices)
    return whole


@contextmanager
def _opened(file: Path, packed: bool) -> Iterator[IO[bytes] | gzip.GzipFile]:
    """A file for writing; a packed one has neither its name nor a clock in it."""
    with file.open("wb") as raw:
        if not packed:
            yield raw
            return
        with gzip.GzipFile("", "wb", 6, raw, mtime=0) as sink:
            yield sink
