"""The SQL that reads written times and turns them into UTC."""

from __future__ import annotations

from dataclasses import dataclass

from cjmine.loaders.engine import quote_text
from cjmine.loaders.times import Shape, TimeFormat

_OFFSET_SQL = (
    "regexp_matches({c},"
    " ':[0-9]{{2}}([.,][0-9]+)?[ ]?([Zz]|UTC|GMT|[+-][0-9]{{2}}(:?[0-9]{{2}})?)$')"
)
# What the engine's own casts do not read: dots between the parts of the date, a comma before
# the fraction, a blank before the offset.
_ISO_SQL = (
    r"regexp_replace(regexp_replace(replace({c}, ',', '.'), ' ([+-][0-9:]+)$', '\1'),"
    r" '^([0-9]{{4}})[./]([0-9]{{1,2}})[./]([0-9]{{1,2}})', '\1-\2-\3')"
)


@dataclass(frozen=True, slots=True)
class TimeSql:
    """SQL that reads a time, in three layers so that nothing is computed twice.

    `written` is the innermost, over the columns of the file; `local` is made of "written"; the
    others are made of "written" and "local": microseconds in UTC, and what is worth counting.
    `has_offset` matters where `us` is NULL: in a column without offsets it is true for a time with
    one, in a column with offsets it is false for a time without one.
    """

    written: str
    us: str
    has_offset: str
    local: str = "NULL"
    skipped: str = "false"
    doubled: str = "false"
    dates_only: bool = False


def time_sql(written: str, how: TimeFormat, zone: str | None) -> TimeSql:
    """The SQL that reads a time from text; `us` is NULL where a value does not fit."""
    offset = _OFFSET_SQL.format(c="written")
    if how.shape is Shape.EPOCH:
        # DECIMAL keeps a fraction exact and has room for what no clock shows.
        exact = f"TRY_CAST(written AS DECIMAL(38, 6)) * {how.per_unit}"
        return TimeSql(written, f"TRY(TRY_CAST(trunc({exact}) AS BIGINT))", "true")
    if how.zoned:
        if how.shape is Shape.ISO:
            loose = _ISO_SQL.format(c="written")
            read = f"coalesce(TRY_CAST(written AS TIMESTAMPTZ), TRY_CAST({loose} AS TIMESTAMPTZ))"
            naive = f"TRY_CAST({loose} AS TIMESTAMP)"
            return TimeSql(
                written,
                f"epoch_us(CASE WHEN {offset} THEN {read} END)",
                f"CASE WHEN {offset} THEN true ELSE {naive} IS NULL END",
            )
        patterns = ", ".join(quote_text(pattern) for pattern in how.patterns)
        return TimeSql(written, f"epoch_us(try_strptime(written, [{patterns}]))", "true")
    diagnosis = f"CASE WHEN local IS NULL THEN {offset} ELSE false END"
    return local_time_sql(written, _local_sql("written", how, offset), diagnosis, zone)


def utc_time_sql(written: str) -> TimeSql:
    """The SQL that reads the times of systems that write UTC, with or without saying so.

    ISO 8601 in any precision, and the dates of mail headers.
    """
    mail = "%a, %d %b %Y %H:%M:%S %z"
    return TimeSql(
        written,
        "coalesce(epoch_us(TRY_CAST(written AS TIMESTAMPTZ)),"
        f" epoch_us(try_strptime(written, {quote_text(mail)})))",
        "true",
    )


def local_time_sql(
    written: str, local: str, has_offset: str, zone: str | None, dates_only: bool = False
) -> TimeSql:
    """The SQL that takes a local time to UTC, and marks the hours that a clock change spoils."""
    if zone is None or zone == "UTC":
        return TimeSql(written, "epoch_us(local)", has_offset, local, dates_only=dates_only)
    there = f"timezone({quote_text(zone)}, local)"
    back = f"timezone({quote_text(zone)}, {there})"
    return TimeSql(
        written,
        f"epoch_us({there})",
        has_offset,
        local,
        skipped=f"coalesce({back} <> local, false)",
        doubled=f"coalesce(timezone({quote_text(zone)}, {there} - INTERVAL 1 HOUR) = local, false)",
        dates_only=dates_only,
    )


def _local_sql(column: str, how: TimeFormat, offset: str) -> str:
    patterns = ", ".join(quote_text(pattern) for pattern in how.patterns)
    strict = f"try_strptime({column}, [{patterns}])" if patterns else "NULL"
    if "%n" in patterns:
        # A cast would round, and .9999999 would become the next second.
        strict = f"make_timestamp(epoch_ns({strict}) // 1000)"
    strict = f"{strict}::TIMESTAMP"
    if how.shape is Shape.ISO:
        read = f"TRY_CAST({_ISO_SQL.format(c=column)} AS TIMESTAMP)"
        loose = f"CASE WHEN NOT {offset} THEN {read} END"
        return f"coalesce({strict}, {loose})"
    return strict
