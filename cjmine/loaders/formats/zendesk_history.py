"""Zendesk field history: the changes of a ticket's status, as the customer can see them.

A ticket is closed by the system some days after it was solved: that is no touchpoint.
"""

from __future__ import annotations

from cjmine.loaders.batch import LeftOut
from cjmine.loaders.preset_sql import moment, moments
from cjmine.loaders.presets import Preset, PresetLoader
from cjmine.loaders.records import CsvFields
from cjmine.loaders.zendesk import REQUESTER, BesideTickets

_SPELLINGS = {
    "field": ("field_name", "field"),
    "ticket_id": ("ticket_id",),
    "changed": ("updated", "updated_at", "created_at"),
    "user_id": ("user_id",),
    "value": ("value", "new_value"),
}

LOADER = PresetLoader(
    Preset(
        name="zendesk-history",
        title="Zendesk field history",
        fields=BesideTickets(CsvFields(_SPELLINGS, tuple(_SPELLINGS), certainty=1.0)),
        customer=(REQUESTER,),
        activity="Ticket and its new status",
        moments=moments(moment("'Ticket ' || lower(trim(r.value))", "r.changed")),
        channel="ticket",
        filtered=(
            (LeftOut.INTERNAL, "lower(trim(r.field)) <> 'status'"),
            (LeftOut.AUTOMATIC, "lower(trim(r.value)) IN ('closed', 'deleted')"),
        ),
        dropped=("other fields of tickets",),
    )
)
