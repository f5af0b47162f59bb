"""A preset: what a format's fields mean, as SQL over the records of the shared engine.

Adding a format that stores records is filling in a `Preset`; recognising, reading, rejects,
several events a record, identifiers, channels and the account are common.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Protocol

from cjmine.errors import Code, DataError, Place, Problem, did_you_mean
from cjmine.loaders.batch import Head, Inspection, LeftOut, RawBatch, Recognition, RoleFound
from cjmine.loaders.moments import Reading, read_moments
from cjmine.loaders.preset_sql import query, sql_of
from cjmine.loaders.records import Records
from cjmine.loaders.times import TimeSql, known_zone, utc_time_sql
from cjmine.sources import Identifier, Kind, Roles, Source, TimeColumn


@dataclass(frozen=True, slots=True)
class Known:
    """An identifier that a format knows: its name for declarations, its kind, its SQL.

    `linked` says that it links the customer by itself, without being declared.
    """

    name: str
    kind: Kind
    sql: str
    linked: bool = False


@dataclass(frozen=True, slots=True)
class Wrong:
    """A reason to reject a record: SQL that is true of it, and what to say."""

    when: str
    code: Code
    reason: str
    column: str | None = None


class Fields(Protocol):
    """Where records come from: `JsonFields`, `CsvFields` or one's own."""

    def recognise(self, head: Head) -> Recognition | None:
        """Whether a file has these fields."""

    def open(self, source: Source) -> AbstractContextManager[Records]:
        """The records of a file."""


def _utc(written: str, _source: Source, _records: Records) -> TimeSql:
    return utc_time_sql(written)


@dataclass(frozen=True, slots=True)
class Preset:
    """One format as data.

    `moments` is SQL over the struct `r`: a list of `moment`s. `customer` are the identifiers, the
    one that names the customer first. `left` gives reasons to leave a record out, the first that
    holds, and `wrong` reasons to reject it. `delivery` and `version` tell redelivered records.
    `time` makes the SQL that reads the stamp of a moment; `local` says that times need a zone.
    `beside` are further columns over all records, such as a number within a group, and `order`
    puts records of one time in order. `attributes` are values that are always kept, by name.
    Formats of one `space` deliver the same records. `doubts` are conditions on the whole file
    that make it look cut off, and what to say of it.
    """

    name: str
    title: str
    fields: Fields
    customer: tuple[Known, ...]
    moments: str
    activity: str
    channel: str = ""
    channel_sql: str | None = None
    left: tuple[tuple[LeftOut, str], ...] = ()
    wrong: tuple[Wrong, ...] = ()
    delivery: str | None = None
    version: str = "0"
    time: Callable[[str, Source, Records], TimeSql] = _utc
    local: bool = False
    beside: str | None = None
    order: str | None = None
    space: str | None = None
    doubts: tuple[tuple[str, str], ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
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

    def inspect(self, source: Source) -> Inspection:
        """The roles are given by the format; the customer and the channel can be declared."""
        preset = self.preset
        with preset.fields.open(source) as records:
            roles = _settled(preset, records, source)
            local = preset.local and records.zone is None
            doubts = tuple(
                said
                for when, said in preset.doubts
                if records.reader.rows(f"SELECT {when} FROM {records.sql} WHERE NOT blank")[0][0]
            )
        assert roles.customer is not None
        who = roles.customer
        because = "declared" if source.roles.customer else "the format"
        found = [
            RoleFound(f"customer ({who.kind})", who.column, because),
            *(RoleFound(f"link ({one.kind})", one.column, "the format") for one in roles.links),
            RoleFound("time", "time", "local time, without a zone" if local else "UTC"),
            RoleFound("activity", "moments", preset.activity),
        ]
        described = f"{preset.title}, {records.description}"
        if not preset.verified:
            described += "; unverified: not yet tried on a real export"
        given = frozenset(
            ("activity", *(() if preset.local else ("time",)), *_given_channel(preset))
        )
        return Inspection(described, roles, tuple(found), preset.dropped, given, doubts)

    def read(self, source: Source) -> Iterator[RawBatch]:
        """Stream the records as the moments that the customer met."""
        preset = self.preset
        with preset.fields.open(source) as records:
            how = Reading(
                source,
                naive=preset.local and records.zone is None,
                by_lines=records.by_lines,
                default=preset.default,
                wrong=tuple((one.code, one.reason, one.column) for one in preset.wrong),
            )
            rows = records.reader.stream(query(preset, records, source))
            yield from records.finish(read_moments(rows, how))


def _given_channel(preset: Preset) -> tuple[str, ...]:
    return ("channel",) if preset.channel_sql else ()


def _identifier(known: Known, region: str | None) -> Identifier:
    return Identifier(known.name, known.kind, region if known.kind is Kind.PHONE else None)


def _settled(preset: Preset, records: Records, source: Source) -> Roles:
    declared = source.roles
    first = preset.customer[0]
    region = source.extras.region
    customer = declared.customer or _identifier(first, region)
    links = declared.links or tuple(
        _identifier(known, customer.region or region)
        for known in preset.customer
        if known.linked and known.name != customer.column
    )
    zone = known_zone(declared.time.zone) if declared.time and declared.time.zone else None
    written = declared.time.format if declared.time else None
    always = tuple(name for name, _ in preset.attributes if name not in declared.keep)
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
