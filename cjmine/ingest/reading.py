"""Reading one source: batch by batch through the privacy step, into columns of codes."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from cjmine.columns import array, flags
from cjmine.errors import Code, DataError, Place, Problem
from cjmine.eventlog import log as schema
from cjmine.ingest.read_progress import OnBatch
from cjmine.loaders.batch import (
    ACTIVITY,
    CASE,
    CHANNEL,
    CUSTOMER,
    DELIVERY,
    LINK,
    RECORD,
    TIME,
    VERSION,
    Clock,
    LeftOut,
    RawBatch,
    Reject,
    first_of_records,
)
from cjmine.loaders.sniff import Sniffed
from cjmine.privacy.pseudonymise import NOBODY, TokenTable
from cjmine.sources import Identifier, Kind

Ints = npt.NDArray[np.int32]
Named = tuple[str | None, str | None]  # the touchpoint and the channel of events


@dataclass(slots=True)
class SourceRead:
    """What was read of one source so far: one entry a batch in each list, one value an event.

    `first` marks the first event of each record, and is empty where a record is one event;
    `links` holds the further identifiers, `delivery` and `version` identify redelivered records.
    `nameless` counts the events of nobody that were left out, by their touchpoint and channel.
    """

    customer: list[Ints] = field(default_factory=list)
    case: list[Ints] = field(default_factory=list)
    activity: list[Ints] = field(default_factory=list)
    time: list[npt.NDArray[np.int64]] = field(default_factory=list)
    others: dict[str, list[Ints]] = field(default_factory=dict)
    links: list[list[Ints]] = field(default_factory=list)
    first: list[npt.NDArray[np.bool_]] = field(default_factory=list)
    delivery: list[npt.NDArray[np.uint64]] = field(default_factory=list)
    version: list[npt.NDArray[np.int64]] = field(default_factory=list)
    read: int = 0
    rejected: int = 0
    duplicate: int = 0
    filtered: dict[LeftOut, int] = field(default_factory=dict)
    rejects: list[Reject] = field(default_factory=list)
    clock: Clock = field(default_factory=Clock)
    placeholders: int = 0
    nobody_numbers: int = 0
    nameless: dict[Named, int] = field(default_factory=dict)

    @property
    def events(self) -> int:
        return sum(map(len, self.time))

    @property
    def loaded(self) -> int:
        """How many records became events."""
        return sum(int(part.sum()) for part in self.first) if self.first else self.events

    def columns(self) -> list[list[npt.NDArray[Any]]]:
        """Every column that has values, to be thinned or put in order alike."""
        every = [self.customer, self.case, self.activity, self.time, self.first]
        every += [self.delivery, self.version, *self.others.values(), *self.links]
        return [column for column in every if column]  # type: ignore[misc]

    def keep(self, wanted: npt.NDArray[np.bool_]) -> None:
        """Leave out events, in every column."""
        for column in self.columns():
            column[:] = [np.concatenate(column)[wanted]]

    def add_nameless(self, activity: pa.Array, channel: pa.Array | None) -> None:
        """Count events that are left out because nothing says whose they are."""
        if channel is None:
            channel = pa.nulls(len(activity), pa.string())
        # Grouping by Arrow itself would load pandas.
        coded = [
            column.cast(pa.string()).dictionary_encode(null_encoding="encode")
            for column in (activity, channel)
        ]
        names, channels = (one.dictionary.to_pylist() for one in coded)
        first, second = (array(one.indices).astype(np.int64) for one in coded)
        many = np.bincount(first * len(channels) + second)
        for pair in np.flatnonzero(many).tolist():
            key = (names[pair // len(channels)], channels[pair % len(channels)])
            self.nameless[key] = self.nameless.get(key, 0) + int(many[pair])

    def add_filtered(self, reason: LeftOut, records: int) -> None:
        if records:
            self.filtered[reason] = self.filtered.get(reason, 0) + records


class Vocabulary:
    """Numbers for the distinct labels of one column, over all sources."""

    def __init__(self) -> None:
        self.codes: dict[str, int] = {}

    def number(self, column: pa.DictionaryArray) -> Ints:
        names = column.dictionary.to_pylist()
        known = np.fromiter(
            (self.codes.setdefault(name, len(self.codes)) for name in names), np.int32, len(names)
        )
        numbers: Ints = np.append(known, np.int32(NOBODY))[array(column.indices, len(names))]
        return numbers


def read_source(
    one: Sniffed,
    given: Generator[RawBatch, None, None],
    table: TokenTable,
    vocabularies: dict[str, Vocabulary],
    zone_required: bool,
    on_batch: OnBatch,
) -> SourceRead:
    """Read a source to its end from its batches; `on_batch` is called after each.

    Raises DataError L111 where a zone is required and undeclared.
    """
    source, read = one.source, SourceRead()
    roles = source.roles
    zone = roles.time.zone if roles.time else None
    through: float | None = None
    with closing(given) as batches:
        for batch in batches:
            if zone_required and zone is None and batch.clock.naive:
                raise _zone_undeclared(one)
            events = batch.events
            keep: slice | npt.NDArray[np.intp] = slice(None)
            first = None
            if RECORD in events.schema.names:
                first = first_of_records(array(events.column(RECORD)))
            if roles.customer is not None:
                who = table.pseudonymise(
                    events.column(CUSTOMER), source.identified_by(roles.customer)
                )
                read.placeholders += _records(who.placeholders, first)
                customer = who.codes
                links = tuple(map(source.identified_by, roles.links))
                linked = _links(events, links, table)
                for codes in linked:
                    customer = np.where(customer == NOBODY, codes, customer)
                if roles.case is None:
                    somebody = customer != NOBODY
                    keep = np.flatnonzero(somebody)
                    if len(keep) < len(somebody):
                        _add_nameless(read, events.filter(flags(~somebody)))
                    read.add_filtered(LeftOut.NOBODY, _records(~somebody, first))
                read.customer.append(customer[keep])
                read.links = read.links or [[] for _ in linked]
                for column, codes in zip(read.links, linked, strict=True):
                    column.append(codes[keep])
            if roles.case is not None:
                cases = table.pseudonymise(events.column(CASE), Identifier(roles.case, Kind.CASE))
                read.placeholders += _records(cases.placeholders, first)
                read.case.append(cases.codes)
                if roles.customer is None:
                    read.customer.append(np.full(len(cases.codes), NOBODY, np.int32))
            read.activity.append(
                vocabularies[schema.ACTIVITY].number(events.column(ACTIVITY))[keep]
            )
            read.time.append(array(events.column(TIME))[keep])
            for name in (CHANNEL, *roles.keep):
                if name in events.schema.names:
                    vocabulary = vocabularies.setdefault(name, Vocabulary())
                    read.others.setdefault(name, []).append(
                        vocabulary.number(events.column(name))[keep]
                    )
            if first is not None:
                read.first.append(first[keep])
            if DELIVERY in events.schema.names:
                read.delivery.append(array(events.column(DELIVERY))[keep])
                read.version.append(array(events.column(VERSION))[keep])
            if batch.nameless is not None:
                _add_nameless(read, batch.nameless)
            for part in batch.filtered:
                read.add_filtered(part.reason, part.records)
            read.read += batch.read
            read.rejected += batch.rejected
            read.duplicate += batch.duplicate
            read.rejects += batch.rejects
            read.clock += batch.clock
            through = batch.through if batch.through is not None else through
            on_batch(read.events, through)
    read.rejects.sort(key=lambda reject: reject.record)
    if roles.channel is not None and roles.channel_column is None:
        vocabulary = vocabularies.setdefault(CHANNEL, Vocabulary())
        code = vocabulary.codes.setdefault(roles.channel, len(vocabulary.codes))
        read.others[CHANNEL] = [np.full(read.events, code, np.int32)]
        read.nameless = {(one, roles.channel): many for (one, _), many in read.nameless.items()}
    return read


def _add_nameless(read: SourceRead, events: pa.RecordBatch) -> None:
    has_channel = CHANNEL in events.schema.names
    read.add_nameless(events.column(ACTIVITY), events.column(CHANNEL) if has_channel else None)


def _records(events: npt.NDArray[np.bool_], first: npt.NDArray[np.bool_] | None) -> int:
    """How many records the marked events are of; `first` marks the first event of each."""
    return int((events if first is None else events & first).sum())


def _links(events: pa.RecordBatch, links: tuple[Identifier, ...], table: TokenTable) -> list[Ints]:
    """The codes of the further identifiers, in the order of their declaration."""
    return [
        table.pseudonymise(events.column(f"{LINK}{place}"), identifier).codes
        for place, identifier in enumerate(links)
    ]


def _zone_undeclared(one: Sniffed) -> DataError:
    time = one.source.roles.time
    return DataError(
        Problem(
            Code.ZONE_UNDECLARED,
            "the times carry no zone, and none is declared",
            Place(one.source.label, None, time.columns[0] if time else None),
            cause="a log that is kept must not guess: one hour off moves every wait",
            remedy="--tz Europe/Amsterdam (or UTC), or timezone in cjmine.toml",
        )
    )
