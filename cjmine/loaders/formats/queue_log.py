"""Asterisk's `queue_log`: what happens to callers in queues, one line a happening, epoch seconds.

Databases keep it as a table with a header, whose times are epoch seconds or local. The layout is
that of the program's own writer (app_queue.c). The number of the caller is only on the line of
entering; the other lines of a call get it from there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from cjmine.loaders.batch import LeftOut
from cjmine.loaders.head import Head
from cjmine.loaders.loader import Recognition
from cjmine.loaders.preset_sql import moment, moments
from cjmine.loaders.preset_times import recognised
from cjmine.loaders.presets import Known, Preset, PresetLoader, epoch_seconds
from cjmine.loaders.records import CsvFields, LineFields, Records
from cjmine.loaders.time_sql import TimeSql
from cjmine.sources import Kind, Source

_MET = {
    "ENTERQUEUE": "Call waiting",
    "CONNECT": "Call answered",
    "ABANDON": "Call abandoned while waiting",
    "EXITWITHTIMEOUT": "Call waiting ended without answer",
    "EXITEMPTY": "Call waiting ended without answer",
    "EXITWITHKEY": "Call left the queue by menu",
    "ATTENDEDTRANSFER": "Call transferred",
    "BLINDTRANSFER": "Call transferred",
    "TRANSFER": "Call transferred",
    "COMPLETEAGENT": "Call ended",
    "COMPLETECALLER": "Call ended",
}
_CASES = " ".join(f"WHEN '{event}' THEN '{name}'" for event, name in _MET.items())
_LABEL = f"concat(CASE upper(r.event) {_CASES} END, ': ', r.queue)"


_LINES = LineFields(
    ("epoch", "call", "queue", "agent", "event", "data1", "data2", "data3", "data4"),
    "|",
    r"\d{10}(\.\d+)?\|[^|]*\|[^|]*\|[^|]*\|[A-Z]+(\||$)",
    5,
)
_TABLE = CsvFields(
    {
        "epoch": ("time", "epoch", "timestamp", "eventdate", "created"),
        "call": ("callid", "call id", "uniqueid"),
        "queue": ("queuename", "queue name", "queue"),
        "agent": ("agent",),
        "event": ("event", "verb"),
        "data": ("data",),
        **{f"data{place}": (f"data{place}", f"data {place}") for place in range(1, 5)},
    },
    ("epoch", "call", "queue", "agent", "event"),
    certainty=0.95,
)


@dataclass(frozen=True, slots=True)
class _Either:
    """The lines of the file, or a table with a header."""

    def recognise(self, head: Head) -> Recognition | None:
        """Whether the lines have the shape, or the header has the names and data behind them."""
        named = _TABLE.recognise(head)
        if named is not None and any(one in _TABLE.found(head.columns or ()) for one in _DATA):
            return named
        return _LINES.recognise(head)

    def open(self, source: Source, head: Head) -> Records:
        """The records of a file. Raises what `LineFields` and `CsvFields` raise."""
        if _TABLE.recognise(head) is None:
            return _LINES.open(source, head)
        records = _TABLE.open(source, head)
        # Old versions write all data into one column.
        parts = ", ".join(
            f"data{place} := coalesce(r.data{place}, nullif(split_part(r.data, '|', {place}), ''))"
            for place in range(1, 5)
        )
        return replace(
            records,
            sql=f"(SELECT * EXCLUDE (r), struct_update(r, {parts}) AS r FROM {records.sql})",
        )


_DATA = ("data", "data1", "data2")


def _time(written: str, source: Source, records: Records) -> TimeSql:
    if records.fields is None:
        return epoch_seconds(written, source, records)
    return recognised("r.epoch", written, source, records)


LOADER = PresetLoader(
    Preset(
        name="queue-log",
        title="Asterisk queue_log",
        fields=_Either(),
        customer=(Known("caller", Kind.PHONE, "caller"), Known("call", Kind.CASE, "r.call")),
        activity="waiting, answered, abandoned while waiting, left, transferred, ended",
        moments=moments(moment(_LABEL, "r.epoch")),
        channel="call",
        filtered=((LeftOut.INTERNAL, f"upper(r.event) NOT IN ({', '.join(map(repr, _MET))})"),),
        delivery="concat_ws('|', r.epoch, r.call, r.queue, r.agent, r.event, r.data1, r.data2)",
        time=_time,
        local=True,
        computed="max(CASE WHEN upper(r.event) = 'ENTERQUEUE' THEN nullif(r.data2, '') END)"
        " OVER (PARTITION BY r.call) AS caller",
        dropped=("agents", "rings without answer", "agents logging in and pausing"),
        verified=False,
    )
)
