"""What kind of data a source holds, by its format, its channel and what its identifiers are."""

from __future__ import annotations

from cjmine.eventlog.source_columns import SourceColumns
from cjmine.results.privacy import DataKind
from cjmine.sources import Kind

_BY_FORMAT = {
    "access-log": DataKind.WEB,
    "alb": DataKind.WEB,
    "cloudfront": DataKind.WEB,
    "iis": DataKind.WEB,
    "ga4": DataKind.WEB,
    "matomo": DataKind.WEB,
    "amazon-connect": DataKind.CONTACT_CENTRE,
    "genesys": DataKind.CONTACT_CENTRE,
    "asterisk-cdr": DataKind.CALL,
    "contact-centre": DataKind.CALL,
    "queue-log": DataKind.CALL,
    "twilio": DataKind.CALL,
    "twilio-messages": DataKind.SMS,
    "mail": DataKind.MAIL,
    "message-trace": DataKind.MAIL,
    "qualtrics": DataKind.SURVEY,
    "survey": DataKind.SURVEY,
    "salesforce-cases": DataKind.TICKET,
    "zendesk-comments": DataKind.TICKET,
    "zendesk-history": DataKind.TICKET,
    "zendesk-tickets": DataKind.TICKET,
    "zendesk-users": DataKind.TICKET,
    "customers": DataKind.CUSTOMERS,
}
_BY_CHANNEL = {kind.value: kind for kind in DataKind} | {
    "phone": DataKind.CALL,
    "email": DataKind.MAIL,
    "e-mail": DataKind.MAIL,
    "website": DataKind.WEB,
}
_DEVICES = (Kind.COOKIE.value, Kind.IP.value)


def kind_of(source: SourceColumns) -> DataKind:
    """The kind of data of a source; `records` where nothing says more.

    >>> kind_of(SourceColumns("calls", "csv", "call", (), ()))
    <DataKind.CALL: 'call'>
    """
    found = _BY_FORMAT.get(source.format) or _BY_CHANNEL.get((source.channel or "").casefold())
    if found is not None:
        return found
    is_device = any(one.kind in _DEVICES for one in source.kept)
    return DataKind.WEB if is_device else DataKind.RECORDS
