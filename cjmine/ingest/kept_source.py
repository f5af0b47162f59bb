"""What decisions about all deliveries need of a source that was read earlier."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa

from cjmine.ingest.settled import Settled
from cjmine.ingest.source_read import SourceRead
from cjmine.loaders.batch import Clock, LeftOut, RawBatch
from cjmine.loaders.loader import Inspection, Opened
from cjmine.loaders.sniff import Sniffed
from cjmine.sources import Extras, Roles, Rows, Source


@dataclass(frozen=True, slots=True)
class NamelessEvents:
    """Events that were left out because nothing says whose they are."""

    activity: str | None
    channel: str | None
    events: int


@dataclass(frozen=True, slots=True)
class KeptSource:
    """A source: its names and roles, and the account of its records before decisions.

    `settled` is what is known of one whose events are in runs, and not beside them.
    """

    name: str
    label: str
    format: str
    roles: Roles
    nobody: tuple[str, ...] | None
    read: int
    rejected: int
    duplicate: int
    filtered: tuple[tuple[LeftOut, int], ...]
    clock: Clock
    placeholders: int
    nameless: tuple[NamelessEvents, ...]
    purged: int = 0
    settled: Settled | None = None

    def sniffed(self) -> Sniffed:
        """The source as loads know it; it cannot be read again."""
        source = Source(
            Rows(pa.schema([]), lambda _columns: ()),
            self.label,
            self.format,
            self.name,
            self.roles,
            extras=Extras(nobody=self.nobody),
        )
        inspection = Inspection("read in an earlier delivery", self.roles)
        return Sniffed(source, "", inspection, Opened(inspection, _nothing), assumed=False)

    def account(self) -> SourceRead:
        """Its account, without pieces yet."""
        return SourceRead(
            read=self.read,
            rejected=self.rejected,
            duplicate=self.duplicate,
            filtered=dict(self.filtered),
            clock=self.clock,
            placeholders=self.placeholders,
            nameless={(one.activity, one.channel): one.events for one in self.nameless},
            purged=self.purged,
        )


def kept_source(
    source: Source, read: SourceRead, known: frozenset[str], settled: Settled | None
) -> KeptSource:
    """What is kept of a source; touchpoints are named only where some customer has them."""
    nameless: dict[tuple[str | None, str | None], int] = {}
    for (activity, channel), events in read.nameless.items():
        key = (activity if activity in known else None, channel)
        nameless[key] = nameless.get(key, 0) + events
    return KeptSource(
        source.name,
        source.label,
        source.format,
        source.roles,
        source.extras.nobody,
        read.read,
        read.rejected,
        read.duplicate,
        tuple(read.filtered.items()),
        read.clock,
        read.placeholders,
        tuple(NamelessEvents(*key, events) for key, events in nameless.items()),
        settled=settled,
    )


def _nothing(_source: Source) -> Iterator[RawBatch]:
    raise AssertionError("a source of an earlier delivery is not read again")
