"""Twilio calls: the REST list as JSON, or the tables that connectors make of it.

The vendor's field list: Call resource. Legs that Twilio dials for a call point to their parent.
"""

from __future__ import annotations

from cjmine.loaders.batch import LeftOut
from cjmine.loaders.preset_sql import moment, moments
from cjmine.loaders.presets import Known, Preset, PresetLoader
from cjmine.loaders.records import CsvFields, EitherFields, JsonFields
from cjmine.sources import Kind

_SPELLINGS = {
    "sid": ("sid", "id", "call_sid"),
    "parent_call_sid": ("parent_call_sid", "parent_call_id"),
    "direction": ("direction",),
    "status": ("status",),
    "start_time": ("start_time", "date_created", "created_at"),
    "end_time": ("end_time",),
    "caller": ("from",),
    "called": ("to",),
    "duration": ("duration",),
}
_STRUCTURE = {
    **dict.fromkeys(
        ("sid", "parent_call_sid", "direction", "status", "start_time", "end_time"), "VARCHAR"
    ),
    "from": "VARCHAR",
    "to": "VARCHAR",
    "answered_by": "VARCHAR",
}
_MARKS = ("sid", "direction", "status", "start_time", "end_time")
_INWARD = "lower(r.direction) = 'inbound'"
_FAILED = "lower(r.status) IN ('busy', 'no-answer', 'failed', 'canceled')"
_ENDED = "coalesce(nullif(r.end_time, ''), r.start_time)"


def _customer(caller: str, called: str) -> str:
    return f"CASE WHEN {_INWARD} THEN {caller} ELSE {called} END"


LOADER = PresetLoader(
    Preset(
        name="twilio",
        title="Twilio calls",
        fields=EitherFields(
            JsonFields(
                _STRUCTURE,
                ("sid", "direction", "status", "start_time", "end_time"),
                "calls",
                (("caller", "from"), ("called", "to")),
            ),
            CsvFields(_SPELLINGS, (*_MARKS, "caller", "called", "duration")),
        ),
        customer=(Known("from", Kind.PHONE, _customer("r.caller", "r.called")),),
        activity="started or called by us, not answered",
        moments=moments(
            moment("'Call started'", "r.start_time", _INWARD),
            moment("'Called by us'", "r.start_time", f"NOT {_INWARD}"),
            moment("'Call not answered'", _ENDED, _FAILED),
        ),
        channel="call",
        filtered=((LeftOut.FURTHER_LEG, "nullif(trim(r.parent_call_sid), '') IS NOT NULL"),),
        delivery="r.sid",
        version="CASE WHEN nullif(r.end_time, '') IS NOT NULL THEN 1 END",
        dropped=("names of callers", "prices", "recordings"),
    )
)
