"""Rows with named columns, whatever file they come from: CSV, JSON lines, Parquet.

A format hands over an open reader and says how each column is spelt in SQL; everything else is
common: settling roles and the time format, streaming, rejects, touchpoints, accounting.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from cjmine.errors import Code, DataError, Place, Problem
from cjmine.loaders.engine import Reader
from cjmine.loaders.loader import Inspection
from cjmine.loaders.roles import Column, assign_roles
from cjmine.loaders.time_sql import TimeSql, time_sql
from cjmine.loaders.time_words import plain_sql
from cjmine.loaders.times import LAST_DAY, Shape, TimeFormat, declared_format, recognise_format
from cjmine.sources import Kind, Roles, Source

SAMPLE_ROWS = 2000


@dataclass(frozen=True, slots=True)
class Table:
    """An open file as a table: a FROM clause, and the SQL of each column as text.

    `valid` is SQL that is true of a record that could be parsed, `blank` one that is no record
    but counts in the numbering. `header_line` is the line
    that names the columns, for messages; `native_time` gives the SQL of a typed time column.
    `records` is about how many there are, 0 where that is unknown.
    """

    reader: Reader
    source_sql: str
    columns: tuple[str, ...]
    spelt: Callable[[str], str]
    header_line: int = 1
    valid: str = "true"
    blank: str = "false"
    native_time: Callable[[str], TimeSql | None] = lambda _: None
    records: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """All that is settled before the first row is read."""

    time: TimeSql
    time_format: TimeFormat | None
    inspection: Inspection

    @property
    def zoned_text(self) -> bool:
        """Whether the times are text with offsets, so that a time without one is a fault."""
        return self.time_format is not None and self.time_format.zoned

    @property
    def zoned(self) -> bool:
        """Whether the times carry offsets, or are typed with a zone."""
        return not self.inspection.local_times

    @property
    def time_column(self) -> str:
        """The column of the time, or the first of several, for messages."""
        assert self.inspection.roles.time is not None
        return self.inspection.roles.time.columns[0]


def plan(table: Table, source: Source, description: str) -> Plan:
    """Settle roles and time format of a table. Raises DataError L106, L107, L108, L110."""
    samples = _samples(table)
    roles, found = assign_roles(samples, source.roles, source.label, table.header_line)
    who = roles.customer
    if who is not None and who.kind is Kind.PHONE and who.region is None:
        roles = replace(roles, customer=replace(who, region=source.extras.region))
    assert roles.time is not None
    native = table.native_time(roles.time.columns[0]) if len(roles.time.columns) == 1 else None
    how = None
    if native is not None:
        written = "typed times"
        time = native
    else:
        how = _time_format(table, roles, samples, source)
        written = str(how)
        time = time_sql(_joined(table, roles.time.columns), how, roles.time.zone)
        if roles.time.format is None and len(how.patterns) == 1 and how.shape is Shape.PARTS:
            roles = replace(roles, time=replace(roles.time, format=how.patterns[0]))
    found = tuple(
        replace(row, because=f"{row.because}; {written}") if row.role == "time" else row
        for row in found
    )
    used = set(_used(roles))
    dropped = tuple(column for column in table.columns if column and column not in used)
    zoned = time.has_offset == "true" or (how is not None and how.zoned)
    inspection = Inspection(description, roles, found, dropped, local_times=not zoned)
    return Plan(time, how, inspection)


def _samples(table: Table) -> list[Column]:
    wanted = ", ".join(table.spelt(column) for column in table.columns)
    rows = table.reader.rows(f"SELECT {wanted} FROM {table.source_sql} LIMIT {SAMPLE_ROWS}")
    by_column = list(zip(*rows, strict=True)) if rows else [() for _ in table.columns]
    return [
        Column(name, tuple(str(value) for value in values if value not in (None, "")))
        for name, values in zip(table.columns, by_column, strict=True)
    ]


def _time_format(
    table: Table, roles: Roles, samples: Sequence[Column], source: Source
) -> TimeFormat:
    assert roles.time is not None
    declared = roles.time.format and declared_format(roles.time.format)
    if declared and declared.shape is not Shape.ISO:
        return declared
    joined = _joined(table, roles.time.columns)
    if len(roles.time.columns) == 1:
        (sampled,) = (one for one in samples if one.name == roles.time.columns[0])
        values = [value.strip() for value in sampled.samples if value.strip()]
    else:
        rows = table.reader.rows(f"SELECT {joined} FROM {table.source_sql} LIMIT {SAMPLE_ROWS}")
        values = [str(value) for (value,) in rows if value not in (None, "")]
    if not any(one.samples for one in samples) or (declared and not values):
        return declared or TimeFormat(Shape.ISO)
    place = Place(source.label, None, roles.time.columns[0])
    how = column_format(table.reader, table.source_sql, joined, values, place, bool(declared))
    if declared and how.shape is not Shape.ISO:
        return declared
    return how


def column_format(
    reader: Reader,
    rows: str,
    written: str,
    values: Sequence[str],
    place: Place,
    undecided: bool = False,
) -> TimeFormat:
    """The format of a time by its first values, looking on where they leave the day open.

    `rows` is a FROM clause and `written` the SQL of the time as text. `undecided` takes ISO 8601
    where nothing is recognised. Raises DataError L108, L110.
    """

    def order(separator: str, is_plain: bool) -> tuple[int, int]:
        text = plain_sql(written) if is_plain else written
        dated = (
            rf"'^([0-9]{{1,2}})[{separator}]([0-9]{{1,2}})[{separator}]([0-9]{{2}}){{1,2}}(?:\D|$)'"
        )
        part = f"TRY_CAST(regexp_extract({text}, {dated}, {{}}) AS INTEGER)"
        largest = f"max({part}) FILTER ({part} <= {LAST_DAY})"
        found = reader.rows(
            f"SELECT {largest.replace('{}', '1')}, {largest.replace('{}', '2')} FROM {rows}"
        )
        first, second = found[0]
        return int(str(first or 0)), int(str(second or 0))

    try:
        how = recognise_format(values, order)
    except DataError as error:
        raise DataError(*(replace(problem, place=place) for problem in error.problems)) from None
    if how is None and not undecided:
        raise DataError(
            Problem(
                Code.TIME_UNREADABLE,
                "the column does not look like a time" if values else "the time column is empty",
                place,
                remedy="name another with --timestamp, or its format with --time-format",
            )
        )
    return how or TimeFormat(Shape.ISO)


def _joined(table: Table, columns: Sequence[str]) -> str:
    """The time as one text; NULL where one of several parts is missing."""
    spelt = [f"nullif(trim({table.spelt(column)}), '')" for column in columns]
    return spelt[0] if len(spelt) == 1 else f"({' || chr(32) || '.join(spelt)})"


def _used(roles: Roles) -> list[str]:
    used = [*roles.keep, *(roles.time.columns if roles.time else ())]
    used += [name for name in (roles.activity, roles.case, roles.channel_column) if name]
    used += [link.column for link in roles.links]
    return [*used, roles.customer.column] if roles.customer else used
