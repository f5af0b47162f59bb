"""What was read of one source: its account, and columns of codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from cjmine.columns import array
from cjmine.ingest.far_times import far_times
from cjmine.ingest.pieces import FIRST, Column, Piece, counted
from cjmine.ingest.settled import InRuns
from cjmine.ingest.steps_back import steps_back
from cjmine.loaders.batch import CUSTOMER, TIME, Clock, LeftOut, Reject
from cjmine.privacy.pseudonymise import NOBODY

Ints = npt.NDArray[np.int32]
Named = tuple[str | None, str | None]  # the touchpoint and the channel of events


@dataclass(slots=True)
class SourceRead:
    """What was read of one source so far: its account, and pieces of columns of codes.

    The columns of a piece are CUSTOMER, ACTIVITY and TIME, and where the source has them CASE,
    CHANNEL, kept attributes, `LINK` + number (further identifiers), FIRST, DELIVERY and VERSION.
    Of a settled source of an earlier delivery there are none: its events are `in_runs`.
    `nameless` counts the events of nobody that were left out, by their touchpoint and channel;
    `purged` the records of an earlier delivery of which a purge has removed the events;
    `without_id` those that lack the id by which others are recognised.
    """

    pieces: list[Piece] = field(default_factory=list)
    read: int = 0
    rejected: int = 0
    duplicate: int = 0
    filtered: dict[LeftOut, int] = field(default_factory=dict)
    rejects: list[Reject] = field(default_factory=list)
    clock: Clock = field(default_factory=Clock)
    placeholders: int = 0
    nobody_numbers: int = 0
    nameless: dict[Named, int] = field(default_factory=dict)
    purged: int = 0
    without_id: int = 0
    in_runs: InRuns | None = None

    @property
    def events(self) -> int:
        if self.in_runs is not None:
            return int(self.in_runs.events.sum())
        return sum(piece.events for piece in self.pieces)

    @property
    def given(self) -> int | None:
        """How many events the records gave; None means one each."""
        if self.in_runs is not None:
            return self.in_runs.account.given
        return self.events if self.has(FIRST) else None

    @property
    def steps_back(self) -> int:
        """How many events stood behind a later one."""
        if self.in_runs is not None:
            return self.in_runs.account.steps_back
        return steps_back(self.column(TIME))

    @property
    def far(self) -> int:
        """How many times are far from the others."""
        if self.in_runs is not None:
            return self.in_runs.account.far
        return far_times(self.column(TIME))

    @property
    def loaded(self) -> int:
        """How many records became events."""
        if self.in_runs is not None:
            return self.in_runs.account.loaded
        if not self.has(FIRST):
            return self.events + self.purged
        return self.purged + sum(int(np.count_nonzero(part)) for part in self.column(FIRST))

    def has(self, name: str) -> bool:
        """Whether the source has a column."""
        return any(piece.has(name) for piece in self.pieces)

    def column(self, name: str) -> Column:
        """The values of a column, one array a piece."""
        return Column(self.pieces, name)

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


def held(reads: Sequence[SourceRead], codes: int) -> npt.NDArray[np.int64]:
    """How many events of some sources each of so many customers has."""
    counts = counted((part for read in reads for part in read.column(CUSTOMER)), codes)
    for read in reads:
        if read.in_runs is not None:
            counts[read.in_runs.customers] += read.in_runs.events
    return counts


class Vocabulary:
    """Numbers for the distinct labels of one column, over all sources."""

    def __init__(self) -> None:
        self.codes: dict[str, int] = {}

    def code(self, name: str) -> int:
        """The number of a label."""
        return self.codes.setdefault(name, len(self.codes))

    def number(self, column: pa.DictionaryArray) -> Ints:
        names = column.dictionary.to_pylist()
        known = np.fromiter((self.code(name) for name in names), np.int32, len(names))
        numbers: Ints = np.append(known, np.int32(NOBODY))[array(column.indices, len(names))]
        return numbers
