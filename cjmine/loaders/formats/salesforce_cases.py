"""Salesforce cases, by Data Loader (UTC) or as a report (local time, with a footer).

A case is a state, not a history: it holds that it was opened and that it was closed. Ids have 15
signs in reports and 18 in the interface; the first 15 are the id, and upper and lower case matter.
"""

from __future__ import annotations

from cjmine.errors import Code
from cjmine.loaders.batch import LeftOut
from cjmine.loaders.moments import RejectRule
from cjmine.loaders.preset_sql import detailed, moment, moments
from cjmine.loaders.preset_times import recognised
from cjmine.loaders.presets import Known, Preset, PresetLoader
from cjmine.loaders.records import CsvFields, Records
from cjmine.loaders.time_sql import TimeSql
from cjmine.sources import Kind, Source

_SPELLINGS = {
    "id": ("Id", "Case ID", "CaseId"),
    "number": ("CaseNumber", "Case Number", "Casenummer"),
    "opened": ("CreatedDate", "Date/Time Opened", "Opened Date", "Created Date"),
    "closed": ("ClosedDate", "Date/Time Closed", "Closed Date"),
    "origin": ("Origin", "Case Origin"),
    "reason": ("Reason", "Case Reason", "Type"),
    "contact": ("ContactId", "Contact ID"),
    "email": ("SuppliedEmail", "Contact Email", "Web Email", "ContactEmail"),
    "phone": ("SuppliedPhone", "Contact Phone", "Web Phone", "ContactPhone"),
    "status": ("Status",),
}
_FOOTER = (
    "r.opened IS NULL AND (coalesce(r.number, r.id) IS NULL OR NOT regexp_full_match("
    "trim(coalesce(r.number, r.id)), '[A-Za-z0-9-]+'))"
)


def _time(written: str, source: Source, records: Records) -> TimeSql:
    return recognised("r.opened", written, source, records)


LOADER = PresetLoader(
    Preset(
        name="salesforce-cases",
        title="Salesforce cases",
        fields=CsvFields(_SPELLINGS, ("number", "opened", "origin"), padded=True),
        customer=(
            Known("ContactId", Kind.USER, "'salesforce:' || left(trim(r.contact), 15)"),
            Known("email", Kind.EMAIL, "r.email", linked=True),
            Known("phone", Kind.PHONE, "r.phone", linked=True),
        ),
        activity="case opened with its reason, case closed",
        moments=moments(
            moment(detailed("Case opened", "r.reason"), "r.opened"),
            moment("'Case closed'", "r.closed"),
        ),
        channel_sql=(
            "CASE lower(trim(coalesce(r.origin, ''))) WHEN 'phone' THEN 'call'"
            " WHEN 'telefoon' THEN 'call' WHEN 'email' THEN 'mail' WHEN 'e-mail' THEN 'mail'"
            " WHEN '' THEN 'case' ELSE lower(trim(r.origin)) END"
        ),
        filtered=((LeftOut.TOTALS, _FOOTER),),
        rejected=(
            RejectRule("r.opened IS NULL", Code.VALUE_MISSING, "the time is empty", "CreatedDate"),
        ),
        delivery="CASE WHEN r.id IS NOT NULL THEN left(trim(r.id), 15) ELSE trim(r.number) END",
        # A case that was closed is newer than the same case while it was open.
        version="CASE WHEN nullif(trim(r.closed), '') IS NOT NULL"
        " THEN 1 + coalesce(epoch_us(TRY_CAST(r.closed AS TIMESTAMP)), 0) END",
        time=_time,
        time_fields=("opened", "closed"),
        local=True,
        dropped=("subjects, descriptions and names", "owners"),
        verified=False,
    )
)
