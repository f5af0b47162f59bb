"""Rows with named columns, whatever file they come from: CSV, JSON lines, Parquet.

A format hands over an open reader and says how each column is spelt in SQL; everything else is
common: settling roles and the time format, streaming, rejects, touchpoints, accounting.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from cjmine.errors import Code, DataError, Note, Place, Problem
from cjmine.loaders.declared_names import as_found
from cjmine.loaders.engine import Reader
from cjmine.loaders.loader import Inspection
from cjmine.loaders.role_claims import Column
from cjmine.loaders.roles import TableUnclearError, assign_roles, columns_seen
from cjmine.loaders.row_copies import no_version, version_of_numbers, version_of_times
from cjmine.loaders.time_columns import zone_by_name
from cjmine.loaders.time_sql import TimeSql, surely_read, time_sql
from cjmine.loaders.time_words import plain, plain_sql
from cjmine.loaders.times import LAST_DAY, Shape, TimeFormat, declared_format, recognise_format
from cjmine.loaders.web_columns import WebColumns, web_columns
from cjmine.sources import Kind, Roles, Source, TimeColumn

SAMPLE_ROWS = 2000


@dataclass(frozen=True, slots=True)
class Table:
    """An open file as a table: a FROM clause, and the SQL of each column as text.

    `valid` is SQL that is true of a record that could be parsed, `blank` one that is no record
    but counts in the numbering. `header_line` is the line
    that names the columns, for messages; `native_time` gives the SQL of a typed
    time column in a zone.
    `records` is about how many there are, 0 where that is unknown. `check_time` raises DataError
    where columns hold times that cannot be trusted. `first_rows` gives the first `SAMPLE_ROWS` rows
    where that is sooner done than by a query. `file` is the SQL of the number of a row's file,
    where a query can read several files at once.
    """

    reader: Reader
    source_sql: str
    columns: tuple[str, ...]
    spelt: Callable[[str], str]
    header_line: int = 1
    valid: str = "true"
    blank: str = "false"
    native_time: Callable[[str, str | None], TimeSql | None] = lambda _column, _zone: None
    records: int = 0
    check_time: Callable[[tuple[str, ...]], None] = lambda _columns: None
    first_rows: Callable[[], Sequence[Sequence[object]]] | None = None
    file: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """All that is settled before the first row is read; `web` where rows are web requests.

    `version` reads the versions of records, where a column of them is declared.
    """

    time: TimeSql
    time_format: TimeFormat | None
    inspection: Inspection
    web: WebColumns | None = None
    version: TimeSql | None = None

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
    """Settle roles and time format of a table.

    Raises TableUnclearError: L106, L107, L108, L110, L111.
    """
    samples = _samples(table)
    try:
        return _settled(table, source, description, samples)
    except DataError as error:
        raise TableUnclearError(description, tuple(samples), error.problems) from None


def _settled(table: Table, source: Source, description: str, samples: list[Column]) -> Plan:
    declared = as_found(source.roles, table.columns)
    roles, found = assign_roles(samples, declared, source.label, table.header_line)
    who = roles.customer
    if who is not None and who.kind is Kind.PHONE and who.region is None:
        roles = replace(roles, customer=replace(who, region=source.extras.region))
    assert roles.activity is not None
    web = web_columns(samples, roles.activity)
    if web is not None and roles.channel is None and roles.channel_column is None:
        roles = replace(roles, channel="web")
    when = roles.time
    table.check_time(when.columns if when else ())
    notes: tuple[Note, ...] = ()
    assert when is not None
    alone = when.columns[0] if len(when.columns) == 1 else None
    native = None if alone is None else table.native_time(alone, None)
    written = [] if native is not None else _written(table, when.columns, samples)
    how = None if native is not None else _time_format(table, when, written, samples, source)
    zoned = how.zoned if how is not None else native is not None and not native.is_local
    if not zoned:
        when, notes = zone_by_name(when, source.label, table.header_line)
    if how is not None:
        joined = _joined(table, when.columns)
        is_whole = 0 < table.records < SAMPLE_ROWS
        time = time_sql(joined, how, when.zone, is_whole and surely_read(written, how))
        if when.format is None and len(how.patterns) == 1 and how.shape is Shape.PARTS:
            when = replace(when, format=how.patterns[0])
    else:
        typed = None if alone is None else table.native_time(alone, when.zone)
        assert typed is not None
        time = typed
    roles = replace(roles, time=when)
    version = _version(table, roles, samples, source.label)
    spelt = "typed times" if how is None else str(how)
    found = tuple(
        replace(row, because=f"{row.because}; {spelt}") if row.role == "time" else row
        for row in found
    )
    used = set(used_columns(roles))
    dropped = tuple(column for column in table.columns if column and column not in used)
    inspection = Inspection(
        description,
        roles,
        found,
        dropped,
        local_times=not zoned,
        notes=notes,
        columns=columns_seen(samples),
    )
    return Plan(time, how, inspection, web, version)


def _version(table: Table, roles: Roles, samples: Sequence[Column], label: str) -> TimeSql | None:
    """How versions are read. Raises DataError L108 where they are neither numbers nor times."""
    column, zone = roles.version, roles.time.zone if roles.time else None
    if column is None:
        return None
    if (typed := table.native_time(column, zone)) is not None:
        return version_of_times(typed)
    values, written = _written(table, (column,), samples), _joined(table, (column,))
    if (numbers := version_of_numbers(values, table.spelt(column))) is not None:
        return numbers
    try:
        how = column_format(table.reader, table.source_sql, written, values, Place(label))
    except DataError:
        raise no_version(label, column) from None
    return version_of_times(time_sql(written, how, zone))


def _samples(table: Table) -> list[Column]:
    rows = _first_rows(table) if table.first_rows is None else table.first_rows()
    by_column = list(zip(*rows, strict=True)) if rows else [() for _ in table.columns]
    return [
        Column(name, tuple(str(value) for value in values if value not in (None, "")))
        for name, values in zip(table.columns, by_column, strict=True)
    ]


def _first_rows(table: Table) -> Sequence[Sequence[object]]:
    wanted = ", ".join(table.spelt(column) for column in table.columns)
    return table.reader.rows(f"SELECT {wanted} FROM {table.source_sql} LIMIT {SAMPLE_ROWS}")


def _written(table: Table, columns: Sequence[str], samples: Sequence[Column]) -> list[str]:
    """The times of the first rows as they are read, without blanks around them."""
    if len(columns) == 1:
        (sampled,) = (one for one in samples if one.name == columns[0])
        return [value.strip(" ") for value in sampled.samples if value.strip(" ")]
    rows = table.reader.rows(
        f"SELECT {_joined(table, columns)} FROM {table.source_sql} LIMIT {SAMPLE_ROWS}"
    )
    return [str(value) for (value,) in rows if value not in (None, "")]


def _time_format(
    table: Table,
    when: TimeColumn,
    written: Sequence[str],
    samples: Sequence[Column],
    source: Source,
) -> TimeFormat:
    declared = when.format and declared_format(when.format)
    if declared and declared.shape is not Shape.ISO:
        return declared
    values = [value for value in map(str.strip, written) if value]
    if not any(one.samples for one in samples) or (declared and not values):
        return declared or TimeFormat(Shape.ISO)
    place = Place(source.label, None, when.columns[0])
    joined = _joined(table, when.columns)
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
                cause=_why_no_time(values),
                remedy="name another with --timestamp, or its format with --time-format",
            )
        )
    return how or TimeFormat(Shape.ISO)


def _why_no_time(values: Sequence[str]) -> str:
    """What most values are instead of times, where that is known."""
    spelt = [plain(one.replace(",", ".")) for one in values[:200]]

    def most(shape: str) -> bool:
        found = sum(re.fullmatch(shape, one, re.ASCII) is not None for one in spelt)
        return 2 * found > len(spelt)

    if most(r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\.\d+)?(?: [ap]m)?"):
        return "its values are clock times without a day; two columns are named as DAY+CLOCK"
    if most(r"\d{5}(?:\.\d+)?"):
        return "its values look like the serial days of a spreadsheet; format the cells as dates"
    if most(r".*\d:\d\d.* [a-z]{2,5}"):
        return "its values end on a word that names no zone, or one of several zones, as IST does"
    return ""


def _joined(table: Table, columns: Sequence[str]) -> str:
    """The time as one text; NULL where one of several parts is missing."""
    spelt = [f"nullif(trim({table.spelt(column)}), '')" for column in columns]
    if len(spelt) == 1:
        return spelt[0]
    # Workbooks and databases write a day with a clock of zero, and a clock with the first day.
    day = f"regexp_replace({spelt[0]}, '[ T]00?:00(:00([.]0+)?)?$', '')"
    clocks = [
        rf"regexp_replace({one}, '^(1899-12-3[01]|1900-01-00|1970-01-01)[ T]', '')"
        for one in spelt[1:]
    ]
    return f"({' || chr(32) || '.join([day, *clocks])})"


def used_columns(roles: Roles) -> list[str]:
    """The columns that play a role or are kept."""
    used = [*roles.keep, *(roles.time.columns if roles.time else ())]
    single = (roles.activity, roles.case, roles.channel_column, roles.delivery, roles.version)
    used += [name for name in single if name]
    used += [link.column for link in roles.links]
    return [*used, roles.customer.column] if roles.customer else used
