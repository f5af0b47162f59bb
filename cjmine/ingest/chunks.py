"""A load whose log is made chunk by chunk, so that memory follows the chunk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from cjmine.columns import labels, numbers
from cjmine.errors import Note, Problem
from cjmine.eventlog.build import build_log
from cjmine.eventlog.log import ACTIVITY, CASE, CUSTOMER, TIME, About, Cases, EventLog
from cjmine.identity.evidence import Evidence
from cjmine.ingest.loaded import RejectedRecord
from cjmine.ingest.pieces import Array, Piece, counted
from cjmine.ingest.source_read import SourceRead
from cjmine.loaders.sniff import Sniffed
from cjmine.privacy.pseudonymise import NOBODY
from cjmine.privacy.tokens import Tokens

CHUNK = 2_000_000  # events


@dataclass(frozen=True, slots=True)
class LatestTime:
    """The time of the last event (microseconds) that a file of a source held; None without one."""

    source: str
    label: str
    format: str
    time: int | None


@dataclass(frozen=True, slots=True)
class Chunks:
    """A load before its log is made: what is known about all of it, and pieces of events.

    `evidence` says which identifiers were seen together, in codes that `tokens` are the tokens of;
    () where nothing says who is who. `labels` holds the names of each column by code, `held` the
    number of events of each customer.
    """

    about: About
    events: int
    rejects: tuple[RejectedRecord, ...] = field(repr=False)
    notes: tuple[Note, ...] = field(repr=False)
    files: tuple[Path, ...]
    left: tuple[Problem, ...]
    latest: tuple[LatestTime, ...]
    evidence: tuple[Evidence, ...] = field(repr=False)
    tokens: Tokens = field(repr=False)
    labels: Mapping[str, tuple[str, ...]] = field(repr=False)
    pieces: tuple[Piece, ...] = field(repr=False)
    held: npt.NDArray[np.int64] = field(repr=False)

    @property
    def customers(self) -> int:
        """How many customers the log has."""
        return int(np.count_nonzero(self.held))

    @property
    def activities(self) -> int:
        """How many activities the log has."""
        parts = (piece.column(ACTIVITY) for piece in self.pieces)
        return int(np.count_nonzero(counted(parts, len(self.labels[ACTIVITY]))))

    @property
    def repeats_cases(self) -> bool:
        """Whether every case is its customer."""
        return self.about.cases is Cases.CUSTOMER or all(
            bool((piece.column(CASE) == piece.column(CUSTOMER)).all()) for piece in self.pieces
        )

    def logs(self, events: int = CHUNK) -> Iterator[EventLog]:
        """The log in chunks of about so many events in the order of reading, at least one.

        Each is sorted and has only the names and tokens that occur in it. Events of one case at
        one time are in the order of the chunks, and in a chunk in theirs.
        """
        for pieces in in_chunks(self.pieces, events):
            yield build_log(self.columns(pieces), self.about)

    def columns(self, pieces: Sequence[Piece]) -> dict[str, pa.Array]:
        """The columns of some events, in the order of reading."""
        columns: dict[str, pa.Array] = {}
        if self.about.cases is Cases.GIVEN:
            columns[CASE] = self.tokens.coded(values_of(pieces, CASE))
        columns[CUSTOMER] = self.tokens.coded(values_of(pieces, CUSTOMER))
        columns[TIME] = numbers(values_of(pieces, TIME))
        for name, names in self.labels.items():
            columns[name] = labels(values_of(pieces, name), names)
        return columns


def latest_times(sources: Sequence[Sniffed], reads: Sequence[SourceRead]) -> tuple[LatestTime, ...]:
    """The last time that was read of each file, by source."""
    found = []
    for one, read in zip(sources, reads, strict=True):
        source = one.source
        latest = max((int(part.max()) for part in read.column(TIME) if len(part)), default=None)
        found.append(LatestTime(source.name, source.label, source.format, latest))
    return tuple(found)


def in_chunks(pieces: Sequence[Piece], events: int) -> Iterator[list[Piece]]:
    """Pieces that follow each other, together at most so many events, or one that has more."""
    chunk: list[Piece] = []
    many = 0
    for piece in pieces:
        if chunk and many + piece.events > events:
            yield chunk
            chunk, many = [], 0
        chunk.append(piece)
        many += piece.events
    yield chunk


def values_of(pieces: Sequence[Piece], name: str) -> Array:
    """The values of a column of several pieces; -1 where a piece has none."""
    return np.concatenate(
        [
            piece.column(name) if piece.has(name) else np.full(piece.events, NOBODY, np.int32)
            for piece in pieces
        ]
    )
