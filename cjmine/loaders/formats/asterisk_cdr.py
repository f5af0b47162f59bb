"""Asterisk call detail records: `Master.csv` without a header, or a table with one; local time.

The layout of the file is that of the program's own writer (cdr_csv.c); tables of databases have its
names, and often no times of answer and end, which follow from the durations. What happened inside
a queue is in `queue_log`, not here: a caller who hangs up while waiting counts as ANSWERED here.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, replace

from cjmine.errors import Code, DataError, Place, Problem
from cjmine.loaders.batch import LeftOut
from cjmine.loaders.delimited import open_delimited
from cjmine.loaders.head import Head
from cjmine.loaders.loader import Recognition
from cjmine.loaders.preset_sql import moment, moments
from cjmine.loaders.presets import Known, Preset, PresetLoader
from cjmine.loaders.records import CsvFields, Records
from cjmine.loaders.time_sql import TimeSql, time_sql
from cjmine.loaders.times import Shape, TimeFormat
from cjmine.sources import Kind, Source

_COLUMNS = (
    *("accountcode", "src", "dst", "dcontext", "clid", "channel", "dstchannel"),
    *("lastapp", "lastdata", "started", "answer", "ended", "duration", "billsec", "disposition"),
    *("amaflags", "uniqueid", "userfield", "peeraccount", "linkedid", "sequence"),
)
_DISPOSITIONS = ("ANSWERED", "NO ANSWER", "BUSY", "FAILED", "CONGESTION", "UNKNOWN")
_TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")


_OF_TABLE = CsvFields(
    {
        **{name: (name,) for name in _COLUMNS},
        "started": ("calldate", "start", "started", "start time", "call date"),
        "answer": ("answer", "answered", "answer time", "answerdate"),
        "ended": ("end", "ended", "end time", "hangup", "enddate"),
    },
    ("started", "src", "dst", "disposition", "uniqueid", "billsec"),
    certainty=1.0,
)
_CLOCK = "'%Y-%m-%d %H:%M:%S'"


@dataclass(frozen=True, slots=True)
class _CdrFields:
    """The columns by their number; the last ones depend on how Asterisk was built."""

    def recognise(self, head: Head) -> Recognition | None:
        """Whether the first row has an Asterisk row's dates and disposition, or its names."""
        if (named := _OF_TABLE.recognise(head)) is not None:
            return named
        row = next(csv.reader(head.text.splitlines()[:5]), [])
        if not 16 <= len(row) <= len(_COLUMNS) or row[14] not in _DISPOSITIONS:
            return None
        if not _TIME.fullmatch(row[9]):
            return None
        return Recognition(1.0, f"{len(row)} columns without a header, as Asterisk writes them")

    def open(self, source: Source, head: Head) -> Records:
        """The records of a file. Raises DataError L102 to L104, L113 to L115, L122."""
        if _OF_TABLE.recognise(head) is not None:
            return _with_ends(_OF_TABLE.open(source, head))
        width = len(next(csv.reader(head.text.splitlines()[:5]), []))
        if not 16 <= width <= len(_COLUMNS):
            raise DataError(
                Problem(
                    Code.LOG_FORMAT,
                    f"the first row has {width} columns; Asterisk writes 16 to 21",
                    Place(source.label, 1),
                    remedy="read another order as csv, with columns = […] in cjmine.toml",
                )
            )
        file = open_delimited(source, head, _COLUMNS[:width])
        table = file.table
        fields = ", ".join(
            f"{name} := {table.spelt(name) if name in table.columns else 'NULL::VARCHAR'}"
            for name in _COLUMNS
        )
        sql = (
            "(SELECT row_number() OVER () AS record, true AS valid, false AS blank,"
            f" struct_pack({fields}) AS r FROM {table.source_sql})"
        )

        def value(column: str) -> str | None:
            return f"r.{column}" if column in _COLUMNS else None

        return Records(
            table.reader, sql, value, _COLUMNS, f"{width} columns", file.numbered,
            count=table.records,
        )  # fmt: skip


def _with_ends(records: Records) -> Records:
    """The records of a table with the times of answer and end that their durations give."""
    began = "TRY_CAST(r.started AS TIMESTAMP)"

    def later(seconds: str) -> str:
        return f"strftime({began} + to_seconds(TRY_CAST({seconds} AS BIGINT)), {_CLOCK})"

    # A queue answers a call itself: that is no answer by a person, and has a duration all the same.
    waited = "TRY_CAST(r.duration AS BIGINT) - TRY_CAST(r.billsec AS BIGINT)"
    answered = f"CASE WHEN r.disposition = 'ANSWERED' THEN {later(waited)} END"
    more = (
        f"answer := coalesce(nullif(trim(r.answer), ''), {answered}),"
        f" ended := coalesce(nullif(trim(r.ended), ''), {later('r.duration')})"
    )
    sql = f"(SELECT * EXCLUDE (r), struct_update(r, {more}) AS r FROM {records.sql})"
    return replace(records, sql=sql)


def _time(written: str, source: Source, _records: Records) -> TimeSql:
    zone = source.roles.time.zone if source.roles.time else None
    return time_sql(written, TimeFormat(Shape.ISO), zone)


_CALL = "coalesce(nullif(r.linkedid, ''), nullif(r.uniqueid, ''), concat_ws('|', r.src, r.started))"
_FIRST, _ANSWERED = "leg = 1", "r.disposition = 'ANSWERED' AND r.dstchannel <> ''"
_IN_QUEUE = "lower(r.lastapp) = 'queue'"
_NUMBER = "CASE WHEN r.src <> '' THEN r.src ELSE regexp_extract(r.clid, '<([^>]*)>', 1) END"

LOADER = PresetLoader(
    Preset(
        name="asterisk-cdr",
        title="Asterisk call detail records",
        fields=_CdrFields(),
        customer=(
            Known("src", Kind.PHONE, _NUMBER),
            Known("call", Kind.CASE, f"'asterisk:' || {_CALL}"),
        ),
        activity="started, answered, not answered, transferred; queues are told by queue_log",
        moments=moments(
            moment("'Call started'", "r.started", _FIRST),
            moment("'Call answered'", "r.answer", f"{_FIRST} AND NOT {_IN_QUEUE} AND {_ANSWERED}"),
            moment("'Voicemail'", "r.answer", "lower(r.lastapp) = 'voicemail'"),
            moment(
                "'Call not answered'",
                "r.ended",
                f"{_FIRST} AND NOT {_IN_QUEUE} AND r.disposition <> 'ANSWERED'",
            ),
            moment("'Call transferred'", "r.answer", f"NOT ({_FIRST}) AND {_ANSWERED}"),
        ),
        channel="call",
        filtered=((LeftOut.FURTHER_LEG, f"NOT ({_FIRST}) AND NOT coalesce({_ANSWERED}, false)"),),
        delivery="concat_ws('|', r.uniqueid, r.src, r.dst, r.channel, r.dstchannel, r.started,"
        " r.answer, r.ended, r.sequence)",
        time=_time,
        local=True,
        computed=f"row_number() OVER (PARTITION BY {_CALL} ORDER BY r.started,"
        " TRY_CAST(r.sequence AS BIGINT), record) AS leg",
        dropped=("names of callers", "channels", "accounts"),
        verified=False,
    )
)
