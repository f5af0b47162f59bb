"""Reading one source: batch by batch through the privacy step, into columns of codes."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from cjmine.columns import array, flags
from cjmine.errors import Code, DataError, Place, Problem
from cjmine.ingest.pieces import FIRST, Array, Piece, Spill
from cjmine.ingest.read_progress import OnBatch
from cjmine.ingest.source_read import SourceRead, Vocabulary
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
    LeftOut,
    RawBatch,
    first_of_records,
)
from cjmine.loaders.sniff import Sniffed
from cjmine.privacy.pseudonymise import NOBODY, TokenTable
from cjmine.sources import Identifier, Kind, Source

Ints = npt.NDArray[np.int32]


class _AtHand:
    """The events of the last batches, which become a piece when they are enough."""

    def __init__(self, read: SourceRead, spill: Spill | None) -> None:
        self._read, self._spill = read, spill
        self._batches: list[dict[str, Array]] = []
        self._waiting = 0
        self.events = 0

    def add(self, batch: dict[str, Array]) -> None:
        """Take the events of a batch; what is enough for a piece is spilled."""
        self._batches.append(batch)
        self._waiting += len(batch[TIME])
        self.events += len(batch[TIME])
        # Of what is delivered more than once all copies are compared, so that it stays in memory.
        if self._spill and DELIVERY not in batch:
            while self._waiting >= self._spill.events:
                self._make_piece(self._spill.events)

    def close(self) -> None:
        """Make a piece of what is left."""
        if self._batches:
            self._make_piece(self._waiting)

    def _make_piece(self, events: int) -> None:
        columns = {
            name: np.concatenate([batch.pop(name) for batch in self._batches])
            for name in tuple(self._batches[0])
        }
        self._batches = [{name: values[events:].copy() for name, values in columns.items()}]
        self._waiting -= events
        piece = Piece({name: values[:events] for name, values in columns.items()})
        self._read.pieces.append(piece)
        if self._spill and not piece.has(DELIVERY):
            self._spill.take(piece)


def read_source(
    one: Sniffed,
    given: Generator[RawBatch, None, None],
    table: TokenTable,
    vocabularies: dict[str, Vocabulary],
    zone_required: bool,
    on_batch: OnBatch,
    spill: Spill | None = None,
) -> SourceRead:
    """Read a source to its end from its batches; `on_batch` is called after each.

    Raises DataError L111 where a zone is required and undeclared.
    """
    source, read = one.source, SourceRead()
    at_hand = _AtHand(read, spill)
    roles = source.roles
    zone = roles.time.zone if roles.time else None
    through: float | None = None
    with closing(given) as batches:
        for batch in batches:
            if zone_required and zone is None and batch.clock.naive:
                raise _zone_undeclared(one)
            at_hand.add(_coded(batch, source, read, table, vocabularies))
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
            on_batch(at_hand.events, through)
    at_hand.close()
    read.rejects.sort(key=lambda reject: reject.record)
    if roles.channel is not None and roles.channel_column is None:
        vocabularies.setdefault(CHANNEL, Vocabulary()).code(roles.channel)
        read.nameless = {(one, roles.channel): many for (one, _), many in read.nameless.items()}
    return read


def _coded(
    batch: RawBatch,
    source: Source,
    read: SourceRead,
    table: TokenTable,
    vocabularies: dict[str, Vocabulary],
) -> dict[str, Array]:
    """The events of a batch that somebody has, in columns of codes; `read` counts the others."""
    events, roles = batch.events, source.roles
    columns: dict[str, Array] = {}
    keep: slice | npt.NDArray[np.intp] = slice(None)
    first = None
    if RECORD in events.schema.names:
        first = first_of_records(array(events.column(RECORD)))
    if roles.customer is not None:
        who = table.pseudonymise(events.column(CUSTOMER), source.identified_by(roles.customer))
        read.placeholders += _records(who.placeholders, first)
        customer = who.codes
        linked = _links(events, tuple(map(source.identified_by, roles.links)), table)
        for codes in linked:
            customer = np.where(customer == NOBODY, codes, customer)
        if roles.case is None:
            somebody = customer != NOBODY
            keep = np.flatnonzero(somebody)
            if len(keep) < len(somebody):
                _add_nameless(read, events.filter(flags(~somebody)))
            read.add_filtered(LeftOut.NOBODY, _records(~somebody, first))
        columns[CUSTOMER] = customer[keep]
        for place, codes in enumerate(linked):
            columns[f"{LINK}{place}"] = codes[keep]
    if roles.case is not None:
        cases = table.pseudonymise(events.column(CASE), Identifier(roles.case, Kind.CASE))
        read.placeholders += _records(cases.placeholders, first)
        columns[CASE] = cases.codes
        if roles.customer is None:
            columns[CUSTOMER] = np.full(len(cases.codes), NOBODY, np.int32)
    columns[ACTIVITY] = vocabularies[ACTIVITY].number(events.column(ACTIVITY))[keep]
    columns[TIME] = array(events.column(TIME))[keep]
    for name in (CHANNEL, *roles.keep):
        if name in events.schema.names:
            vocabulary = vocabularies.setdefault(name, Vocabulary())
            columns[name] = vocabulary.number(events.column(name))[keep]
    if roles.channel is not None and roles.channel_column is None:
        code = vocabularies.setdefault(CHANNEL, Vocabulary()).code(roles.channel)
        columns[CHANNEL] = np.full(len(columns[TIME]), code, np.int32)
    if first is not None:
        columns[FIRST] = first[keep]
    if DELIVERY in events.schema.names:
        columns[DELIVERY] = array(events.column(DELIVERY))[keep]
        columns[VERSION] = array(events.column(VERSION))[keep]
    return columns


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
