"""The SQL that reads written times and turns them into UTC."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cjmine.loaders.connections import quote_text
from cjmine.loaders.time_words import ZONE, named_sql, plain_sql
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
_SURE = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)(?:[T ](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,6})?)?"
    r"(?P<zone>Z|[+-](?:0\d|1[0-4]):[0-5]\d)?)?",
    re.ASCII,
)
_HALF_DAYS = ("%Y-%m-%d %I:%M %p", "%Y-%m-%d %I:%M:%S %p", "%Y-%m-%d %I:%M:%S.%f %p")
_HAS_ZONE = f"regexp_matches(respelt, ' ({ZONE})$')"


@dataclass(frozen=True, slots=True)
class TimeSql:
    """SQL that reads a time, in layers so that nothing is computed twice.

    `written` is the innermost, over the columns of the file; each of `layers` is a name and SQL
    made of "written" and the names before it. The others are made of all of these: microseconds in
    UTC, and what is worth counting. `has_offset` matters where `us` is NULL: in a column without
    offsets it is true for a time with one, in a column with offsets it is false for a time without
    one. `is_local` says that times go by way of a local time.
    """

    written: str
    us: str
    has_offset: str
    layers: tuple[tuple[str, str], ...] = ()
    skipped: str = "false"
    doubled: str = "false"
    dates_only: bool = False
    is_local: bool = False

    def over(self, rows: str) -> str:
        """The FROM clause of rows that have "written", with the layers."""
        for name, sql in self.layers:
            rows = f"(SELECT *, {sql} AS {name} FROM {rows})"
        return rows

    @property
    def helpers(self) -> str:
        """The names of columns that only reading the time needs."""
        return ", ".join(("written", *(name for name, _ in self.layers)))


def surely_read(values: Iterable[str], how: TimeFormat) -> bool:
    """Whether the format alone reads all of some times: ISO 8601, of days that exist.

    >>> surely_read(["2026-05-12T08:30:00Z"], TimeFormat(Shape.ISO, zoned=True))
    True
    """
    return how.shape is Shape.ISO and all(_is_sure(one, how.zoned) for one in values)


def _is_sure(value: str, zoned: bool) -> bool:
    found = _SURE.fullmatch(value)
    if found is None or zoned is not bool(found["zone"]):
        return False
    try:
        date.fromisoformat(found["day"])
    except ValueError:
        return False
    return True


def time_sql(written: str, how: TimeFormat, zone: str | None, all_at_once: bool = False) -> TimeSql:
    """The SQL that reads a time from text; `us` is NULL where a value does not fit.

    What the format does not read at once is respelt (`time_words`) and tried again. Where it is
    known that there is none, `all_at_once` leaves that out, which takes long to plan.
    """
    if how.shape is Shape.EPOCH:
        # DECIMAL keeps a fraction exact and has room for what no clock shows.
        exact = f"TRY_CAST(written AS DECIMAL(38, 6)) * {how.per_unit}"
        return TimeSql(written, f"TRY(TRY_CAST(trunc({exact}) AS BIGINT))", "true")
    respelt = "NULL::VARCHAR"
    if not all_at_once:
        respelt = named_sql("written") if how.shape is Shape.PATTERN else plain_sql("written")
    layers = (
        ("read", _read_at_once(how)),
        ("respelt", f"CASE WHEN read IS NULL THEN {respelt} END"),
    )
    offset = f"({_OFFSET_SQL.format(c='written')} OR {_HAS_ZONE})"
    again = _pattern_again(how) if how.shape is Shape.PATTERN else _plain_local(how.day_first)
    if how.zoned:
        if how.shape is Shape.PATTERN:
            return TimeSql(written, f"epoch_us(coalesce(read, {again}))", "true", layers)
        return TimeSql(
            written,
            f"epoch_us(coalesce(read, {_plain_zoned(again)}))",
            f"CASE WHEN read IS NOT NULL OR {offset} THEN true ELSE {again} IS NULL END",
            layers,
        )
    local = f"coalesce(read, CASE WHEN NOT {_HAS_ZONE} THEN {again} END)"
    diagnosis = f"CASE WHEN local IS NULL THEN {offset} ELSE false END"
    return local_time_sql(written, local, diagnosis, zone, before=layers)


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
    written: str,
    local: str,
    has_offset: str,
    zone: str | None,
    dates_only: bool = False,
    before: tuple[tuple[str, str], ...] = (),
) -> TimeSql:
    """The SQL that takes a local time to UTC, and marks the hours that a clock change spoils.

    `before` are layers of which `local` is made.
    """
    layers = (*before, ("local", local))
    if zone is None or zone == "UTC":
        return TimeSql(
            written, "epoch_us(local)", has_offset, layers, dates_only=dates_only, is_local=True
        )
    there = f"timezone({quote_text(zone)}, local)"
    back = f"timezone({quote_text(zone)}, {there})"
    return TimeSql(
        written,
        f"epoch_us({there})",
        has_offset,
        layers,
        skipped=f"coalesce({back} <> local, false)",
        doubled=f"coalesce(timezone({quote_text(zone)}, {there} - INTERVAL 1 HOUR) = local, false)",
        dates_only=dates_only,
        is_local=True,
    )


def _read_at_once(how: TimeFormat) -> str:
    """The time of "written" by the format alone: a time in UTC if zoned, else a local one."""
    kind = "TIMESTAMPTZ" if how.zoned else "TIMESTAMP"
    if how.zoned and how.shape is Shape.ISO:
        read = f"coalesce(TRY_CAST(written AS TIMESTAMPTZ), TRY_CAST({_ISO} AS TIMESTAMPTZ))"
        return f"CASE WHEN {_OFFSET_SQL.format(c='written')} THEN {read} END"
    # The engine's own names of zones change with the season: CET would be two hours in summer.
    patterns = [quote_text(one) for one in how.patterns if "%Z" not in one]
    strict = f"try_strptime(written, [{', '.join(patterns)}])" if patterns else "NULL"
    if any("%n" in one for one in patterns):
        # A cast would round, and .9999999 would become the next second.
        strict = f"make_timestamp(epoch_ns({strict}) // 1000)"
    strict = f"{strict}::{kind}"
    if how.shape is Shape.ISO:
        offset = _OFFSET_SQL.format(c="written")
        return f"coalesce({strict}, CASE WHEN NOT {offset} THEN TRY_CAST({_ISO} AS TIMESTAMP) END)"
    return strict


_ISO = _ISO_SQL.format(c="written")


def _pattern_again(how: TimeFormat) -> str:
    """The time of "respelt" by a declared pattern whose words are respelt likewise."""
    kind = "TIMESTAMPTZ" if how.zoned else "TIMESTAMP"
    (declared,) = how.patterns
    pattern = re.sub("%[aA][.,]* *", "", declared).replace("%B", "%b")
    pattern = re.sub(r"%b\.", "%b", re.sub(" *%Z", " %z", pattern))
    pattern = re.sub(r"(%-?.)|([^%]+)", lambda part: part[1] or part[2].lower(), pattern)
    read = f"try_strptime(respelt, {quote_text(pattern)})::{kind}"
    if "%Z" in declared:  # what is left of names of zones are regions, such as europe/amsterdam
        region = pattern.replace("%z", "%Z")
        read = f"coalesce({read}, try_strptime(respelt, {quote_text(region)})::{kind})"
    if "%H" not in pattern:
        return read
    midnight = f"try_strptime(replace(respelt, '24:00', '00:00'), {quote_text(pattern)})::{kind}"
    at_24 = r"regexp_matches(respelt, '\b24:00\b')"
    return f"coalesce({read}, CASE WHEN {at_24} THEN {midnight} + INTERVAL 1 DAY END)"


def _plain_local(day_first: bool | None) -> str:
    """The local time of "respelt" in plain form, without its zone."""
    text = f"regexp_replace(respelt, ' ({ZONE})$', '')"
    text = rf"regexp_replace({text}, '^(\d{{4}})[./](\d{{1,2}})[./](\d{{1,2}})', '\1-\2-\3')"
    if day_first is not None:
        day, month = (r"\1", r"\2") if day_first else (r"\2", r"\1")
        for year, century in ((r"\d{4}", ""), (r"[0-6]\d", "20"), (r"[7-9]\d", "19")):
            date = rf"'^(\d{{1,2}})[-/.](\d{{1,2}})[-/.]({year})\b'"
            text = rf"regexp_replace({text}, {date}, '{century}\3-{month}-{day}')"
    half_days = ", ".join(map(quote_text, _HALF_DAYS))
    # A cast would read 8:30 pm as half past eight in the morning.
    iso = rf"""CASE WHEN p LIKE '%m' THEN try_strptime(p, [{half_days}])::TIMESTAMP
               WHEN regexp_matches(p, '^\d{{4}}-') THEN TRY_CAST(p AS TIMESTAMP) END"""
    return f"list_transform([{text}], lambda p: {iso})[1]"


def _plain_zoned(local: str) -> str:
    """The moment of "respelt" in plain form, by its own zone; NULL where it has none."""
    zone = f"regexp_extract(respelt, '( (?:{ZONE}))$', 1)"
    text = f"strftime({local}, '%Y-%m-%d %H:%M:%S.%f') || z"
    read = f"CASE WHEN z <> '' THEN TRY_CAST({text} AS TIMESTAMPTZ) END"
    return f"list_transform([regexp_replace({zone}, ' ([+-])', '\\1')], lambda z: {read})[1]"
