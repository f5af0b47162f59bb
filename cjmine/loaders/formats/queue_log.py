"""Asterisk's `queue_log`: what happens to callers in queues, one line a happening, epoch seconds.

The layout is that of the program's own writer (app_queue.c). The number of the caller is only
on the line of entering; the other lines of a call get it from there.
"""

from __future__ import annotations

from cjmine.loaders.batch import LeftOut
from cjmine.loaders.preset_sql import moment, moments
from cjmine.loaders.presets import Known, Preset, PresetLoader, epoch_seconds
from cjmine.loaders.records import LineFields
from cjmine.sources import Kind

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


LOADER = PresetLoader(
    Preset(
        name="queue-log",
        title="Asterisk queue_log",
        fields=LineFields(
            ("epoch", "call", "queue", "agent", "event", "data1", "data2", "data3", "data4"),
            "|",
            r"\d{10}(\.\d+)?\|[^|]*\|[^|]*\|[^|]*\|[A-Z]+(\||$)",
            5,
        ),
        customer=(Known("caller", Kind.PHONE, "caller"), Known("call", Kind.CASE, "r.call")),
        activity="waiting, answered, abandoned while waiting, left, transferred, ended",
        moments=moments(moment(_LABEL, "r.epoch")),
        channel="call",
        filtered=((LeftOut.INTERNAL, f"upper(r.event) NOT IN ({', '.join(map(repr, _MET))})"),),
        delivery="concat_ws('|', r.epoch, r.call, r.queue, r.agent, r.event, r.data1, r.data2)",
        time=epoch_seconds,
        computed="max(CASE WHEN upper(r.event) = 'ENTERQUEUE' THEN nullif(r.data2, '') END)"
        " OVER (PARTITION BY r.call) AS caller",
        dropped=("agents", "rings without answer", "agents logging in and pausing"),
        verified=False,
    )
)
