"""Zendesk tickets: a ticket is a state, not a history; it holds that it was opened, and how."""

from __future__ import annotations

from cjmine.loaders.preset_sql import moment, moments
from cjmine.loaders.presets import Known, Preset, PresetLoader
from cjmine.loaders.zendesk import TICKETS
from cjmine.sources import Kind

LOADER = PresetLoader(
    Preset(
        name="zendesk-tickets",
        title="Zendesk tickets",
        fields=TICKETS,
        customer=(Known("requester_id", Kind.USER, "'zendesk:' || trim(r.requester_id)"),),
        activity="ticket opened; what came after is told by comments and field history",
        moments=moments(moment("'Ticket opened'", "r.created_at")),
        channel_sql=(
            "CASE lower(coalesce(r.via_channel, '')) WHEN 'email' THEN 'mail' WHEN 'voice' THEN"
            " 'call' WHEN 'phone' THEN 'call' WHEN '' THEN 'ticket' ELSE lower(r.via_channel) END"
        ),
        delivery="r.id",
        version="epoch_us(TRY_CAST(r.updated_at AS TIMESTAMPTZ))",
        dropped=("subjects and descriptions", "names and addresses", "tags and fields"),
    )
)
