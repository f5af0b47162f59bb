"""From rows of a table to raw batches: rejects, touchpoints, accounting."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cjmine.columns import array, mask
from cjmine.errors import Code, Place
from cjmine.loaders.batch import RawBatch, by_records
from cjmine.loaders.batch_maker import (
    BatchMaker,
    ClockMarks,
    Fault,
    Mask,
    Omission,
    Rows,
    event_columns,
    time_faults,
)
from cjmine.loaders.engine import Scan
from cjmine.loaders.folding import table_activity, web_activity
from cjmine.loaders.null_words import is_no_case, is_no_value
from cjmine.loaders.pages import as_pages
from cjmine.loaders.rounded import rounded_faults, rounded_ids
from cjmine.loaders.row_copies import delivery_sql, with_versions
from cjmine.loaders.tabular import Plan, Table, used_columns
from cjmine.loaders.times import zones_mixed
from cjmine.loaders.touchpoints import Touchpoints, touchpoints_of
from cjmine.loaders.web_rules import no_steps, with_errors
from cjmine.sources import Roles, Source

# Celonis writes the order of events of one time into this column.
_SORTING = "_SORTING"


def read_table(table: Table, plan: Plan, source: Source) -> Iterator[RawBatch]:
    """Stream a table as raw batches, by the roles of the source.

    Raises DataError L109 where offsets come and go.
    """
    batches = _batches(table, plan, source)
    return by_records(batches, table.records) if table.records else batches


def scan_of(table: Table, plan: Plan) -> Callable[[Source], Scan | None]:
    """For a source its scan, where its rows need no order of their own."""

    def scan(source: Source) -> Scan | None:
        if table.file is None or _sorting(table) is not None:
            return None
        return Scan(table.reader, _query(table, plan, source))

    return scan


def columns_read(table: Table, plan: Plan, roles: Roles) -> tuple[str, ...]:
    """The columns that `read_table` asks for, in the order of the table."""
    web = plan.web
    asked = {*used_columns(roles), _sorting(table)}
    asked |= {web.agent, web.status, web.method} if web is not None else set()
    return tuple(column for column in table.columns if column in asked)


def _batches(table: Table, plan: Plan, source: Source) -> Iterator[RawBatch]:
    is_web = source.roles.channel == "web"
    touchpoints = touchpoints_of(source, web_activity if is_web else table_activity)
    maker, first = BatchMaker(), 1
    for rows in table.reader.stream(_query(table, plan, source)):
        _check_zones(rows, plan, source.label, first)
        yield maker.make(_rows(rows, touchpoints, plan, source.roles))
        first += rows.num_rows


def _check_zones(rows: pa.RecordBatch, plan: Plan, label: str, first: int) -> None:
    """A column carries offsets in every row or in none."""
    if plan.zoned:
        return
    offsets = mask(rows.column("has_offset")) & mask(rows.column("valid"))
    found = np.flatnonzero(offsets & ~mask(rows.column("time").is_valid()))
    if len(found):
        raise zones_mixed(Place(label, None, plan.time_column, first + int(found[0])))


def _rows(rows: pa.RecordBatch, touchpoints: Touchpoints, plan: Plan, roles: Roles) -> Rows:
    """One batch of rows on its way to events."""
    label = as_pages(_trimmed(rows.column("label").dictionary_encode()))
    links = [f"link{place}" for place in range(len(roles.links))]
    filled: dict[str, Mask] = {}
    for name in ("customer", "case", *links):
        if name in rows.schema.names:
            coded = rows.column(name).dictionary_encode()
            rows = rows.set_column(rows.schema.get_field_index(name), name, coded)
            filled[name] = _stating(coded, is_no_case) if name == "case" else _filled(coded)
    time, us = rows.column("time"), array(rows.column("time"))
    readable = mask(time.is_valid())
    mixed = (
        ~readable & ~mask(rows.column("has_offset")) if plan.zoned_text else np.zeros_like(readable)
    )
    activity, missing = touchpoints.map(label), Code.VALUE_MISSING
    omissions: tuple[Omission, ...] = ()
    unnamed = ~_stating(label, is_no_value)
    if plan.web is not None:
        agent = rows.column("agent") if plan.web.agent else None
        omissions = no_steps(rows.column("label"), label, agent)
        unnamed &= ~omissions[0].rows
        activity = with_errors(activity, rows.column("status")) if plan.web.status else activity
    events = event_columns(rows, roles, activity, us)
    faults = [
        Fault(~mask(rows.column("valid")), Code.ROW_STRUCTURE, "the record cannot be parsed"),
        Fault(unnamed, missing, "the activity is empty", roles.activity),
        *rounded_faults(events, roles),
        Fault(mixed, Code.ZONES_MIXED, "the time has no offset, the others have", plan.time_column),
        *time_faults(us, readable, plan.time_column),
    ]
    if "id" in rows.schema.names:
        faults += rounded_ids(rows.column("id"), roles.delivery)
    if "odd_version" in rows.schema.names:
        odd = "the version is neither a whole number nor a time"
        odd_version = mask(rows.column("odd_version"))
        faults.append(Fault(odd_version, Code.TIME_UNREADABLE, odd, roles.version))
    if roles.case is not None:
        faults.insert(1, Fault(~filled["case"], missing, "the case is empty", roles.case))
    return Rows(
        events,
        clock=ClockMarks(
            plan.zoned,
            mask(rows.column("skipped")),
            mask(rows.column("doubled")),
            (plan.time_format or plan.time).dates_only,
        ),
        faults=faults,
        omissions=omissions,
        known=None
        if roles.case
        else np.logical_or.reduce([filled[n] for n in ("customer", *links)]),
        blank=mask(rows.column("blank")),
        numbers=array(rows.column("record")) if "record" in rows.schema.names else None,
    )


def _query(table: Table, plan: Plan, source: Source) -> str:
    time, version, roles = plan.time, plan.version, source.roles
    assert roles.activity is not None
    order = _sorting(table)
    label, web = table.spelt(roles.activity), plan.web
    columns = [
        f"{time.written} AS {'written' if version is None else 'moment'}",
        f"{table.valid} AS valid",
        f"{table.blank} AS blank",
        f"{web.request(label, table.spelt) if web else label} AS label",
    ]
    if web is not None and web.agent is not None:
        columns.append(f"{table.spelt(web.agent)} AS agent")
    if web is not None and web.status is not None:
        columns.append(f"{table.spelt(web.status)} AS status")
    if table.file is not None:
        columns.append(f"{table.file} AS file")
    if roles.customer is not None:
        columns.append(f"{table.spelt(roles.customer.column)} AS customer")
    if roles.case is not None:
        columns.append(f"{table.spelt(roles.case)} AS case")
    if roles.channel_column is not None:
        columns.append(f"{table.spelt(roles.channel_column)} AS channel")
    columns += [
        f"{table.spelt(link.column)} AS link{place}" for place, link in enumerate(roles.links)
    ]
    columns += [f"{table.spelt(name)} AS keep{place}" for place, name in enumerate(roles.keep)]
    if order is not None:
        columns.append("row_number() OVER () AS record")
        columns.append(f"TRY_CAST({table.spelt(order)} AS BIGINT) AS sorting")
    sorted_rows = "" if order is None else " ORDER BY time, sorting, record"
    if roles.delivery is not None:
        spelt = table.spelt(roles.delivery)
        columns += [f"{spelt} AS id", f"{delivery_sql(spelt, source)} AS delivery"]
        columns.append(
            "0::BIGINT AS version" if version is None else f"{version.written} AS written"
        )
    rows = f"(SELECT {', '.join(columns)} FROM {table.source_sql})"
    rows = rows if version is None else with_versions(version, rows)
    return (
        f"SELECT * EXCLUDE ({time.helpers}), {time.us} AS time, {time.has_offset} AS has_offset,"
        f" {time.skipped} AS skipped, {time.doubled} AS doubled"
        f" FROM {time.over(rows)}{sorted_rows}"
    )


def _sorting(table: Table) -> str | None:
    """The column that says in which order events of one time come; None where there is none."""
    return next((name for name in table.columns if name.upper() == _SORTING), None)


def _trimmed(labels: pa.DictionaryArray) -> pa.DictionaryArray:
    """Labels without blanks around them, as some systems write behind each comma."""
    return pa.DictionaryArray.from_arrays(
        labels.indices, pc.utf8_trim(labels.dictionary, characters=" \t")
    )


def _stating(column: pa.DictionaryArray, none: Callable[[str], bool]) -> np.ndarray:
    """Which values are there and do not say that there is none; once for each distinct value."""
    named = np.array([not none(value) for value in column.dictionary.to_pylist()], bool)
    rows: np.ndarray = _filled(column)
    rows &= np.append(named, False)[array(column.indices, len(named))]
    return rows


def _filled(column: pa.DictionaryArray) -> np.ndarray:
    """Which values hold more than white space; decided once for each distinct value."""
    distinct = column.dictionary
    filled = (array(pc.binary_length(distinct)) > 0) & ~mask(pc.utf8_is_space(distinct))
    rows: np.ndarray = np.append(filled, False)[array(column.indices, len(distinct))]
    return rows
