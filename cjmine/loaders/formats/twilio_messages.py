"""Twilio messages (SMS and chat): the REST list as JSON, or the tables that connectors make."""

from __future__ import annotations

from cjmine.loaders.batch import LeftOut
from cjmine.loaders.preset_sql import moment, moments
from cjmine.loaders.presets import Known, Preset, PresetLoader
from cjmine.loaders.records import CsvFields, EitherFields, JsonFields
from cjmine.sources import Kind

_SPELLINGS = {
    "sid": ("sid", "id", "message_sid"),
    "direction": ("direction",),
    "status": ("status",),
    "sent": ("date_sent", "created_at", "date_created"),
    "segments": ("num_segments",),
    "sender": ("from",),
    "receiver": ("to",),
}
_KEYS = ("sid", "direction", "status", "date_sent", "num_segments")
_INWARD = "lower(r.direction) = 'inbound'"

LOADER = PresetLoader(
    Preset(
        name="twilio-messages",
        title="Twilio messages",
        fields=EitherFields(
            JsonFields(
                {**dict.fromkeys(_KEYS, "VARCHAR"), "from": "VARCHAR", "to": "VARCHAR"},
                _KEYS,
                "messages",
                (("sender", "from"), ("receiver", "to"), ("sent", "date_sent")),
            ),
            CsvFields(_SPELLINGS, tuple(_SPELLINGS)),
        ),
        customer=(
            Known("from", Kind.PHONE, f"CASE WHEN {_INWARD} THEN r.sender ELSE r.receiver END"),
        ),
        activity="SMS received, SMS sent",
        moments=moments(
            moment(f"CASE WHEN {_INWARD} THEN 'SMS received' ELSE 'SMS sent' END", "r.sent")
        ),
        channel="sms",
        filtered=(
            (LeftOut.UNDELIVERED, "lower(r.status) IN ('failed', 'undelivered', 'canceled')"),
        ),
        delivery="r.sid",
        dropped=("the text of messages", "prices"),
    )
)
