"""Microsoft 365 message trace: about 16 rows a mail, UTF-16 text, split over several exports.

A mail is loaded once, by its Message-ID: in the extended report by the row of its receipt, in a
summary by its first row. The field lists are those of the vendor's description of the enhanced
summary, the extended report and Get-MessageTrace. Times are UTC.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from cjmine.loaders.batch import LeftOut
from cjmine.loaders.connections import quote_text
from cjmine.loaders.head import Head
from cjmine.loaders.loader import Recognition
from cjmine.loaders.mail_roles import mail_activity
from cjmine.loaders.preset_sql import moment, moments
from cjmine.loaders.presets import Known, Preset, PresetLoader
from cjmine.loaders.records import CsvFields, Records
from cjmine.sources import Kind, Source

_SPELLINGS = {
    "received": (
        "origin_timestamp_utc",
        "origin_timestamp",
        "date_time_utc",
        "Received",
        "date-time",
    ),
    "sender": ("sender_address", "SenderAddress", "sender-address"),
    "recipients": (
        *("recipient_status", "recipient_address", "RecipientAddress", "recipient-address"),
    ),
    "status": ("Status", "recipient_status"),
    "subject": ("message_subject", "Subject", "message-subject"),
    "message": ("message_id", "MessageId", "message-id"),
    "directionality": ("directionality",),
    "event": ("event_id", "event-id"),
    "return_path": ("return_path", "return-path"),
}


@dataclass(frozen=True, slots=True)
class _TraceFields:
    """The rows, with the direction of each mail and the first recipient on the other side."""

    table: CsvFields

    def recognise(self, head: Head) -> Recognition | None:
        """By the columns that every kind of trace has."""
        return self.table.recognise(head)

    def open(self, source: Source, head: Head) -> Records:
        """The records of a file; the source's own domains decide what goes out."""
        records = self.table.open(source, head)
        own = " OR ".join(
            f"ends_with({{0}}, {quote_text('@' + domain)})"
            f" OR ends_with({{0}}, {quote_text('.' + domain)})"
            for domain in (one.lower().lstrip("@.") for one in source.extras.own_domains)
        )
        sender = "lower(trim(coalesce(r.sender, '')))"
        from_us = f"({own.format(sender)})" if own else "false"
        outward = (
            "CASE WHEN lower(trim(coalesce(r.directionality, ''))) IN"
            " ('2', 'outgoing', 'originating', 'outbound') THEN true"
            " WHEN lower(trim(coalesce(r.directionality, ''))) IN"
            f" ('1', 'incoming', 'inbound') THEN false ELSE {from_us} END"
        )
        # a@b##Receive, Deliver;c@d##… or a;b
        each = (
            "list_filter(list_transform(string_split(coalesce(r.recipients, ''), ';'),"
            " lambda x: lower(trim(split_part(x, '##', 1)))), lambda x: contains(x, '@'))"
        )
        other = f"list_filter({each}, lambda x: NOT ({own.format('x') if own else 'false'}))[1]"
        sql = (
            f"(SELECT * EXCLUDE (r), struct_insert(r, outward := {outward},"
            f" other := {other}) AS r FROM {records.sql})"
        )
        return replace(records, sql=sql)


_MACHINE = (
    "trim(coalesce(r.return_path, '')) = '<>' OR trim(coalesce(r.sender, '')) IN ('<>', '')"
    " OR regexp_matches(lower(r.sender), '^(mailer-daemon|postmaster|microsoftexchange)')"
)
_NOT_RECEIPT = "r.event IS NOT NULL AND upper(trim(r.event)) <> 'RECEIVE'"

LOADER = PresetLoader(
    Preset(
        name="message-trace",
        title="Microsoft 365 message trace",
        fields=_TraceFields(CsvFields(_SPELLINGS, ("received", "sender", "recipients", "message"))),
        customer=(
            Known("address", Kind.EMAIL, "CASE WHEN r.outward THEN r.other ELSE r.sender END"),
        ),
        activity='"in: …" or "out: …" for the rules; else Mail received or Mail sent',
        moments=moments(
            moment(
                "concat(CASE WHEN r.outward THEN 'out: ' ELSE 'in: ' END, coalesce(r.subject, ''))",
                "r.received",
            )
        ),
        channel="mail",
        filtered=((LeftOut.TRACE_ROW, _NOT_RECEIPT), (LeftOut.BOT, _MACHINE)),
        delivery="nullif(trim(r.message, '<> '), '') || '|' || lower(trim(coalesce(r.sender, '')))",
        delivery_namespace="mail",
        time_fields=("received",),
        default=mail_activity,
        doubts=(
            (
                "count(*) IN (1000, 20000, 50000)",
                "the trace has exactly as many rows as a report may have: ask for shorter periods",
            ),
        ),
        dropped=("the text of subjects", "servers and addresses of machines", "sizes"),
        verified=False,
    )
)
