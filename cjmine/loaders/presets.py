"""A preset: what a format's fields mean, as SQL over the records of the shared engine.

Adding a format that stores records is filling in a `Preset`; recognising, reading, rejects,
several events a record, identifiers, channels and the account are common.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Protocol

from cjmine.errors import Code, DataError, Place, Problem, did_you_mean
from cjmine.loaders.batch import LeftOut, RawBatch, by_records
from cjmine.loaders.head import Head
from cjmine.loaders.loader import Inspection, Opened, Recognition, RoleFound
from cjmine.loaders.moments import Reading, RejectRule, read_moments
from cjmine.loaders.preset_sql import query, sql_of
from cjmine.loaders.records import Records
from cjmine.loaders.roles import masked
from cjmine.loaders.time_sql import TimeSql, time_sql, utc_time_sql
from cjmine.loaders.times import Shape, TimeFormat, known_zone
from cjmine.scales import SCALE, SCORE
from cjmine.sentences import Sentence
from cjmine.sources import Identifier, Kind, Roles, Source, TimeColumn


@dataclass(frozen=True, slots=True)
class Known:
    """An identifier that a format knows: its name for declarations, its kind, its SQL.

    `linked` says that it links the customer by itself, without being declared. In a table it goes
    by the name of its column.
    """

    name: str
    kind: Kind
    sql: str
    linked: bool = False

    def column(self, records: Records) -> str:
        """The name by which it can be declared."""
        plain = self.sql.removeprefix("r.")
        return (records.fields or {}).get(plain, self.name)

    def is_in(self, records: Records) -> bool:
        """Whether the export has it; taken for granted where the fields are not known."""
        used = re.findall(r"\br\.(\w+)", self.sql)
        return records.fields is None or not used or any(one in records.fields for one in used)


class Fields(Protocol):
    """Where records come from: `JsonFields`, `CsvFields` or one's own."""

    def recognise(self, head: Head) -> Recognition | None:
        """Whether a file has these fields."""

    def open(self, source: Source, head: Head) -> Records:
        """The records of a file."""


def _utc(written: str, _source: Source, _records: Records) -> TimeSql:
    return utc_time_sql(written)


def epoch_seconds(written: str, _source: Source, _records: Records) -> TimeSql:
    """The time of a moment that is written in seconds since 1970."""
    return time_sql(written, TimeFormat(Shape.EPOCH, zoned=True, per_unit=1_000_000), None)


@dataclass(frozen=True, slots=True)
class Preset:
    """One format as data.

    `moments` is SQL over the struct `r`: a list of `moment`s. `customer` are the identifiers, the
    one that names the customer first. `filtered` gives reasons to leave a record out, the first
    that holds counts, and `rejected` reasons to refuse it. Records of one `delivery` key are the
    same record, and the highest `version` is the newest; formats with one `delivery_namespace`
    deliver the same records. `time` makes the SQL that reads the time of a moment; `local` says
    that times need a zone. `computed` are further columns over all records, such as a number within
    a group, and `order` sorts records of one time. `attributes` are values that are always kept, by
    name; `has_answers`: moments may be answers of a survey, whose score and scale are kept.
    `doubts` are conditions on the whole file that make it look cut off, and the words for each.
    `time_fields` are the fields that hold the time.
    """

    name: str
    title: str
    fields: Fields
    customer: tuple[Known, ...]
    moments: str
    activity: str
    channel: str = ""
    channel_sql: str | None = None
    filtered: tuple[tuple[LeftOut, str], ...] = ()
    rejected: tuple[RejectRule, ...] = ()
    delivery: str | None = None
    version: str = "0"
    time: Callable[[str, Source, Records], TimeSql] = _utc
    local: bool = False
    computed: str | None = None
    order: str | None = None
    delivery_namespace: str | None = None
    doubts: tuple[tuple[str, str], ...] = ()
    time_fields: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    has_answers: bool = False
    default: Callable[[str], str | None] | None = None
    dropped: tuple[str, ...] = ()
    verified: bool = True


@dataclass(frozen=True, slots=True)
class PresetLoader:
    """Reads every format that is given as a preset."""

    preset: Preset

    @property
    def name(self) -> str:
        """The format's name in `cjmine.toml`."""
        return self.preset.name

    @property
    def title(self) -> str:
        """The format in words."""
        return self.preset.title

    def recognise(self, head: Head) -> Recognition | None:
        """By the fields that only this format has."""
        return self.preset.fields.recognise(head)

    def open(self, source: Source, head: Head) -> Opened:
        """The roles are given by the format; the customer and the channel can be declared."""
        preset, records = self.preset, self.preset.fields.open(source, head)
        roles = _settled(preset, records, source)
        time = preset.time("m.stamp", replace(source, roles=roles), records)
        # Only times without an offset go by way of a local time.
        local = preset.local and records.zone is None and time.is_local

        def read(given: Source) -> Iterator[RawBatch]:
            """Stream the records as the moments that the customer met."""
            how = Reading(given, local, records.by_lines, preset.default, preset.rejected)
            rows = records.reader.stream(query(preset, records, given.roles, time))
            batches = records.finish(read_moments(rows, how))
            return by_records(batches, records.count) if records.count else batches

        inspection = _inspection(preset, records, source.roles, roles, local)
        zone = source.roles.time.zone if source.roles.time else None
        if preset.local and records.zone and zone not in (None, records.zone):
            note = Sentence.EXPORT_ZONE.note(source.label, records.zone)
            inspection = replace(inspection, notes=(note,))
        return Opened(inspection, read, records.reader.rest)


def _inspection(
    preset: Preset, records: Records, declared: Roles, roles: Roles, local: bool
) -> Inspection:
    fields = records.fields or {}
    when = " + ".join(fields[one] for one in preset.time_fields if one in fields) or "time"
    unread = tuple(name for name in records.columns if name not in fields.values())
    doubts = tuple(
        said
        for when, said in preset.doubts
        if records.reader.rows(f"SELECT {when} FROM {records.sql} WHERE NOT blank")[0][0]
    )
    assert roles.customer is not None
    who = roles.customer
    because = "declared" if declared.customer else "the format"
    found = [
        RoleFound(
            f"customer ({who.kind})", who.column, because, masked(_sample(preset, records, roles))
        ),
        *(RoleFound(f"link ({one.kind})", one.column, "the format") for one in roles.links),
        RoleFound("time", when, "local time, without a zone" if local else "UTC"),
        RoleFound("activity", "moments", preset.activity),
    ]
    described = f"{preset.title}, {records.description}"
    if not preset.verified:
        described += "; unverified: not yet tried on a real export"
    return Inspection(
        described,
        roles,
        tuple(found),
        unread if records.fields is not None else preset.dropped,
        frozenset(("activity", "time", "channel")),
        doubts,
        local_times=local,
        fields=tuple(fields.values()),
    )


def _sample(preset: Preset, records: Records, roles: Roles) -> str:
    """A customer of the first records, to be shown masked."""
    assert roles.customer is not None
    rows = f"(SELECT * FROM {records.sql} LIMIT 200)"
    if preset.computed is not None:
        rows = f"(SELECT *, {preset.computed} FROM {rows})"
    value = sql_of(preset, records, roles.customer.column)
    found = records.reader.rows(
        f"SELECT {value} FROM {rows} WHERE valid AND NOT blank AND {value} <> '' LIMIT 1"
    )
    return str(found[0][0]) if found else ""


def _identifier(known: Known, records: Records, region: str | None) -> Identifier:
    wanted = region if known.kind is Kind.PHONE else None
    return Identifier(known.column(records), known.kind, wanted)


def _settled(preset: Preset, records: Records, source: Source) -> Roles:
    declared = source.roles
    there = [known for known in preset.customer if known.is_in(records)] or preset.customer[:1]
    region = source.extras.region
    customer = declared.customer or _identifier(there[0], records, region)
    links = declared.links or tuple(
        _identifier(known, records, customer.region or region)
        for known in there
        if known.linked and customer.column not in (known.name, known.column(records))
    )
    zone = known_zone(declared.time.zone) if declared.time and declared.time.zone else None
    written = declared.time.format if declared.time else None
    kept = [name for name, _ in preset.attributes]
    kept += [SCORE, SCALE] if preset.has_answers else []
    always = tuple(name for name in kept if name not in declared.keep)
    by_column = declared.channel_column or (
        "channel" if preset.channel_sql and not declared.channel else None
    )
    roles = replace(
        declared,
        time=TimeColumn(("time",), written, zone),
        activity="moments",
        customer=customer,
        links=links,
        channel=None if by_column else declared.channel or preset.channel or None,
        channel_column=by_column,
        keep=(*always, *declared.keep),
    )
    wanted = [customer.column, *(one.column for one in links), *roles.keep]
    wanted += [by_column] if by_column else []
    names = [known.name for known in preset.customer]
    problems = [
        Problem(
            Code.COLUMN_MISSING,
            f'{preset.title} has no field "{column}"',
            Place(source.label),
            remedy=did_you_mean(column, [*names, *records.columns]),
        )
        for column in wanted
        if sql_of(preset, records, column) is None
    ]
    if problems:
        raise DataError(*problems)
    return roles
