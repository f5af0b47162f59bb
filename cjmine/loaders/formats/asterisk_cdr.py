"""Asterisk call detail records (`Master.csv`): no header, 16 to 21 columns, local time.

The layout is that of the program's own writer (cdr_csv.c). What happened inside a queue is in
`queue_log`, not here: a caller who hangs up while waiting counts as ANSWERED in these records.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass

from cjmine.errors import Code, DataError, Place, Problem
from cjmine.loaders.batch import LeftOut
from cjmine.loaders.delimited import open_delimited
from cjmine.loaders.head import Head
from cjmine.loaders.loader import Recognition
from cjmine.loaders.preset_sql import moment, moments
from cjmine.loaders.presets import Known, Preset, PresetLoader
from cjmine.loaders.records import Records
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


@dataclass(frozen=True, slots=True)
class _CdrFields:
    """The columns by their number; the last ones depend on how Asterisk was built."""

    def recognise(self, head: Head) -> Recognition | None:
        """Whether the first row has an Asterisk row's dates and disposition."""
        row = next(csv.reader(head.text.splitlines()[:5]), [])
        if not 16 <= len(row) <= len(_COLUMNS) or row[14] not in _DISPOSITIONS:
            return None
        if not _TIME.fullmatch(row[9]):
            return None
        return Recognition(1.0, f"{len(row)} columns without a header, as Asterisk writes them")

    def open(self, source: Source, head: Head) -> Records:
        """The records of a file. Raises DataError L102 to L104, L113 to L115, L122."""
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


def _time(written: str, source: Source, _records: Records) -> TimeSql:
    zone = source.roles.time.zone if source.roles.time else None
    pattern = TimeFormat(Shape.PATTERN, ("%Y-%m-%d %H:%M:%S",))
    return time_sql(written, pattern, zone)


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
