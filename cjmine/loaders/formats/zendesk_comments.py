"""Zendesk comments: what the customer wrote and what the organisation answered, never the text.

Whose ticket it is, and who works for the organisation, is in the tables of tickets and users
beside it. The first comment of a ticket is the ticket itself; what a trigger or merging wrote is
no reply. Private comments are internal.
"""

from __future__ import annotations

from cjmine.loaders.batch import LeftOut
from cjmine.loaders.preset_sql import moment, moments
from cjmine.loaders.presets import Preset, PresetLoader
from cjmine.loaders.records import CsvFields
from cjmine.loaders.zendesk import REQUESTER, BesideTickets

_SPELLINGS = {
    "id": ("id", "comment_id"),
    "ticket_id": ("ticket_id",),
    "user_id": ("user_id", "author_id"),
    "created": ("created", "created_at"),
    "public": ("public",),
    "body": ("body", "plain_body"),
    "via": ("via_channel", "via"),
    "rel": ("via_source_rel",),
}
_NEEDED = ("id", "ticket_id", "user_id", "created", "public", "body")
_WROTE = "(r.user_id = r.requester OR r.role = 'end-user')"
_BY_ITSELF = (
    "lower(trim(coalesce(r.via, ''))) = 'rule' OR lower(trim(coalesce(r.rel, ''))) = 'merge'"
)
_FIRST = (
    "r.user_id = r.requester AND abs(epoch_us(TRY_CAST(r.created AS TIMESTAMP))"
    " - epoch_us(TRY_CAST(r.opened AS TIMESTAMP))) < 2000000"
)

LOADER = PresetLoader(
    Preset(
        name="zendesk-comments",
        title="Zendesk comments",
        fields=BesideTickets(CsvFields(_SPELLINGS, _NEEDED, certainty=1.0)),
        customer=(REQUESTER,),
        activity="Customer wrote, We replied, or Ticket comment where the writer is not known",
        moments=moments(
            moment(
                f"CASE WHEN {_WROTE} THEN 'Customer wrote' WHEN r.role IN ('agent', 'admin')"
                " OR r.requester <> '' THEN 'We replied' ELSE 'Ticket comment' END",
                "r.created",
            )
        ),
        channel="ticket",
        filtered=(
            (LeftOut.INTERNAL, "lower(trim(coalesce(r.public, 'true'))) IN ('false', '0', 'no')"),
            (LeftOut.AUTOMATIC, f"{_BY_ITSELF} OR {_FIRST}"),
        ),
        delivery="r.id",
        dropped=("the text of comments",),
    )
)
