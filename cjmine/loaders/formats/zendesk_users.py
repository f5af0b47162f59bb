"""Zendesk users: no events, but the table that says who works for the organisation."""

from __future__ import annotations

from cjmine.loaders.batch import LeftOut
from cjmine.loaders.presets import Known, Preset, PresetLoader
from cjmine.loaders.zendesk import USERS
from cjmine.sources import Kind

LOADER = PresetLoader(
    Preset(
        name="zendesk-users",
        title="Zendesk users",
        fields=USERS,
        customer=(Known("id", Kind.USER, "'zendesk:' || trim(r.id)"),),
        activity="none: it is looked things up in",
        moments="[]",
        channel="ticket",
        filtered=((LeftOut.LOOKUP, "true"),),
        dropped=("names and addresses",),
    )
)
