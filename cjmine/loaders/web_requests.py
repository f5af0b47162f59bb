"""Web requests, whatever server logged them: what is no customer's step, and what a step is called.

Bots, assets and connections without a request are left out and counted; a request that failed
(status 400 and up) is another touchpoint than one that worked. Query strings never come this far.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cjmine.columns import array, flags, mask, numbers, strings
from cjmine.errors import Code
from cjmine.loaders.batch import RawBatch, by_records
from cjmine.loaders.batch_maker import (
    BatchMaker,
    ClockMarks,
    Fault,
    Rows,
    event_columns,
    time_faults,
)
from cjmine.loaders.engine import Reader, Scan
from cjmine.loaders.folding import web_activity
from cjmine.loaders.head import Head
from cjmine.loaders.loader import Inspection, Opened
from cjmine.loaders.pages import as_pages
from cjmine.loaders.rounded import rounded_faults
from cjmine.loaders.touchpoints import Touchpoints, touchpoints_of
from cjmine.loaders.web_rules import no_steps, with_errors
from cjmine.sources import Roles, Source

_OPEN_CLIENTS = (
    (
        "several",
        "several fields are in front, and which is the client is not plain: declare as customer"
        ' "host" (the last) or "forwarded" (the first)',
    ),
    ("no_client", "the client is neither an address nor the name of a host"),
)


def open_requests(
    source: Source,
    head: Head,
    inspection: Inspection,
    query: Callable[[str, Source], str],
    with_clients: Callable[[pa.RecordBatch, Source], pa.RecordBatch] | None = None,
    by_line: bool = True,
) -> Opened:
    """A log whose lines a query takes apart, given a FROM clause of lines and the source.

    `with_clients` settles what the query leaves open about clients; `by_line` says that the query
    takes each line by itself, whatever is above it.
    """
    about = head.survey
    reader = Reader(source.path, source.label, about)

    def read(given: Source) -> Iterator[RawBatch]:
        rows = reader.stream(query(reader.lines, given))
        if with_clients is not None:
            rows = (with_clients(some, given) for some in rows)
        return by_records(read_requests(rows, given), about.lines)

    def scan(given: Source) -> Scan | None:
        return Scan(reader, query(reader.lines, given)) if by_line else None

    return Opened(inspection, read, reader.rest, scan)


def read_requests(rows: Iterable[pa.RecordBatch], source: Source) -> Iterator[RawBatch]:
    """Raw batches of the lines of one log.

    The columns are blank, shaped, customer, time, request, status, agent, and where the log has
    them `link` + number, delivery, and `several` and `no_client` of lines that leave the client
    open. `request` is the method and the path without its query;
    `customer`, links and `keep` + number
    are "-" or null where there is none. The record number is the line
    number; of a request that a log brings twice the first counts.
    """
    touchpoints = touchpoints_of(source, web_activity)
    maker, line = BatchMaker(), 1
    for some in rows:
        yield maker.make(_rows(some, touchpoints, source.roles, line))
        line += some.num_rows


def _rows(rows: pa.RecordBatch, touchpoints: Touchpoints, roles: Roles, first: int) -> Rows:
    """The lines of one batch; `first` is the number of its first line."""
    plain = pc.replace_substring_regex(rows.column("request"), r"^GET ", "")
    request = as_pages(plain.dictionary_encode())
    time, us = rows.column("time"), array(rows.column("time"))
    activity = with_errors(touchpoints.map(request), rows.column("status"))
    known = np.zeros(rows.num_rows, bool)
    who = ("customer", *(f"link{place}" for place in range(len(roles.links))))
    for name in (*who, *(f"keep{place}" for place in range(len(roles.keep)))):
        column = _named(rows.column(name))
        known |= mask(column.is_valid()) & (name in who)
        rows = rows.set_column(rows.schema.get_field_index(name), name, column)
    if "delivery" in rows.schema.names:
        rows = rows.append_column("version", numbers(np.zeros(rows.num_rows, np.int64)))
    unshaped = Fault(
        ~mask(rows.column("shaped")), Code.ROW_STRUCTURE, "not a whole line of the log"
    )
    events = event_columns(rows, roles, activity, us)
    return Rows(
        events,
        clock=ClockMarks(zoned=True),
        faults=[
            unshaped,
            *(
                Fault(mask(rows.column(name)), Code.ROW_STRUCTURE, reason, roles.customer.column)
                for name, reason in _OPEN_CLIENTS
                if name in rows.schema.names and roles.customer
            ),
            *rounded_faults(events, roles),
            *time_faults(us, mask(time.is_valid()), "time", "the time cannot be read"),
        ],
        omissions=no_steps(rows.column("request"), request, rows.column("agent")),
        known=known,
        blank=mask(rows.column("blank")),
        lines=np.arange(first, first + rows.num_rows),
    )


def _named(column: pa.Array) -> pa.Array:
    """The same names; null where a dash or nothing means that there is none."""
    none = mask(pc.is_in(column, strings(["", "-"])))
    nothing = pa.nulls(len(column), column.type)  # a plain None would import pandas
    return pc.if_else(flags(none), nothing, column) if none.any() else column
