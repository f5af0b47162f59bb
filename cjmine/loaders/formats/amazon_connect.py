"""Amazon Connect contact records: JSON objects, delivered at least once and after each update.

The vendor's field list: Amazon Connect administrator guide, contact records data model. Files of
the stream hold objects glued together. A transfer is a contact of its own, linked by ids.
"""

from __future__ import annotations

from cjmine.loaders.batch import LeftOut
from cjmine.loaders.preset_sql import detailed, moment, moments
from cjmine.loaders.presets import Known, Preset, PresetLoader
from cjmine.loaders.records import JsonFields
from cjmine.sources import Kind

_STRUCTURE = {
    "ContactId": "VARCHAR",
    "PreviousContactId": "VARCHAR",
    "Channel": "VARCHAR",
    "InitiationMethod": "VARCHAR",
    "InitiationTimestamp": "VARCHAR",
    "DisconnectTimestamp": "VARCHAR",
    "DisconnectReason": "VARCHAR",
    "LastUpdateTimestamp": "VARCHAR",
    "TransferCompletedTimestamp": "VARCHAR",
    "Queue": {"Name": "VARCHAR", "EnqueueTimestamp": "VARCHAR", "DequeueTimestamp": "VARCHAR"},
    "Agent": {"ConnectedToAgentTimestamp": "VARCHAR"},
    "CustomerEndpoint": {"Address": "VARCHAR"},
}
_OUTWARD = "r.InitiationMethod IN ('OUTBOUND', 'EXTERNAL_OUTBOUND', 'CALLBACK')"
_FIRST = "r.InitiationMethod IN ('INBOUND', 'API', 'WEBRTC_API')"
_WAITED = "r.Queue.EnqueueTimestamp IS NOT NULL"
_UNANSWERED = f"{_WAITED} AND r.Agent.ConnectedToAgentTimestamp IS NULL"

LOADER = PresetLoader(
    Preset(
        name="amazon-connect",
        title="Amazon Connect contact records",
        fields=JsonFields(_STRUCTURE, ("ContactId", "InitiationMethod", "InitiationTimestamp")),
        customer=(Known("CustomerEndpoint", Kind.PHONE, "r.CustomerEndpoint.Address"),),
        activity="contact started, waiting, answered, abandoned while waiting, transferred",
        moments=moments(
            moment("'Call started'", "r.InitiationTimestamp", _FIRST),
            moment("'Called by us'", "r.InitiationTimestamp", _OUTWARD),
            moment(detailed("Call waiting", "r.Queue.Name"), "r.Queue.EnqueueTimestamp"),
            moment(detailed("Call answered", "r.Queue.Name"), "r.Agent.ConnectedToAgentTimestamp"),
            moment(
                detailed("Call abandoned while waiting", "r.Queue.Name"),
                "coalesce(r.Queue.DequeueTimestamp, r.DisconnectTimestamp)",
                f"{_UNANSWERED} AND r.TransferCompletedTimestamp IS NULL",
            ),
            moment(
                "'Call transferred'",
                "coalesce(r.TransferCompletedTimestamp, r.InitiationTimestamp)",
                "r.TransferCompletedTimestamp IS NOT NULL"
                " OR r.InitiationMethod IN ('TRANSFER', 'QUEUE_TRANSFER')"
                " AND r.PreviousContactId IS NULL",
            ),
        ),
        channel_sql=(
            "CASE r.Channel WHEN 'VOICE' THEN 'call' WHEN 'EMAIL' THEN 'mail'"
            " ELSE lower(r.Channel) END"
        ),
        filtered=((LeftOut.INTERNAL, "r.InitiationMethod IN ('MONITOR', 'DISCONNECT')"),),
        delivery="r.ContactId",
        version="epoch_us(TRY_CAST(r.LastUpdateTimestamp AS TIMESTAMPTZ))",
        dropped=("agents", "recordings", "Attributes (declare one: Attributes.name)"),
        verified=False,
    )
)
