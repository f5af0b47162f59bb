"""Reading one source: batch by batch through the privacy step, into columns of codes."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from cjmine.columns import array
from cjmine.errors import Code, DataError, Place, Problem
from cjmine.eventlog import log as schema
from cjmine.identity.links import Linked
from cjmine.loaders.batch import ACTIVITY, CASE, CHANNEL, CUSTOMER, TIME, Clock, LeftOut, Reject
from cjmine.loaders.sniff import Sniffed
from cjmine.privacy.protect import NOBODY, TokenTable
from cjmine.sources import Identifier, Kind
from cjmine.workflows.ahead import ahead

Ints = npt.NDArray[np.int32]


@dataclass(slots=True)
class SourceRead:
    """What was read of one source so far."""

    customer: list[Ints] = field(default_factory=list)
    case: list[Ints] = field(default_factory=list)
    activity: list[Ints] = field(default_factory=list)
    time: list[npt.NDArray[np.int64]] = field(default_factory=list)
    others: dict[str, list[Ints]] = field(default_factory=dict)
    read: int = 0
    rejected: int = 0
    duplicate: int = 0
    filtered: dict[LeftOut, int] = field(default_factory=dict)
    rejects: list[Reject] = field(default_factory=list)
    clock: Clock = field(default_factory=Clock)
    placeholders: int = 0

    @property
    def loaded(self) -> int:
        return sum(map(len, self.time))

    def unlinked(self, linked: Linked) -> int:
        """Events of identifiers that no customer table knows."""
        return sum(int((~linked.is_linked[part] | (part < 0)).sum()) for part in self.customer)

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
    table: TokenTable,
    vocabularies: dict[str, Vocabulary],
    zone_required: bool,
    progress: Callable[[str, int], None],
) -> SourceRead:
    """Read a source to its end. Raises DataError L111 where a zone is required and undeclared."""
    source, read = one.source, SourceRead()
    roles = source.roles
    zone = roles.time.zone if roles.time else None
    with closing(ahead(one.loader.read(source))) as batches:
        for batch in batches:
            if zone_required and zone is None and batch.clock.naive:
                raise _zone_undeclared(one)
            events = batch.events
            keep: slice | npt.NDArray[np.intp] = slice(None)
            if roles.customer is not None:
                who = table.protect(events.column(CUSTOMER), roles.customer)
                read.placeholders += who.placeholders
                customer = who.codes
                if roles.case is None:
                    keep = np.flatnonzero(customer != NOBODY)
                    read.add_filtered(LeftOut.NOBODY, len(customer) - len(keep))
                read.customer.append(customer[keep])
            if roles.case is not None:
                cases = table.protect(events.column(CASE), Identifier(roles.case, Kind.CASE))
                read.placeholders += cases.placeholders
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
            for part in batch.filtered:
                read.add_filtered(part.reason, part.records)
            read.read += batch.read
            read.rejected += batch.rejected
            read.duplicate += batch.duplicate
            read.rejects += batch.rejects
            read.clock += batch.clock
            progress(source.label, read.loaded)
    if roles.channel is not None and roles.channel_column is None:
        vocabulary = vocabularies.setdefault(CHANNEL, Vocabulary())
        code = vocabulary.codes.setdefault(roles.channel, len(vocabulary.codes))
        read.others[CHANNEL] = [np.full(read.loaded, code, np.int32)]
    return read


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
