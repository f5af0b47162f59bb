"""A delivery goes into a log folder: what is known already is left out, the rest is added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from cjmine.errors import Note, listed
from cjmine.eventlog.folder.compact import compact
from cjmine.eventlog.folder.deliveries import check_cases, decided_anew, with_delivery
from cjmine.eventlog.folder.folder_log import FolderLog
from cjmine.eventlog.folder.manifest import DeliveredFile, Delivery, Manifest, Watermark
from cjmine.eventlog.folder.writing import FolderWriter, writing
from cjmine.eventlog.log import Cases
from cjmine.ingest.chunks import Chunks
from cjmine.ingest.database_marks import asked_of, only_databases, since_last
from cjmine.ingest.delivery_checks import (
    brought,
    check_joins,
    check_key,
    check_there,
    counted_twice,
    kept_files,
    without_known,
)
from cjmine.ingest.earlier import with_earlier
from cjmine.ingest.gather import Gathered, decide, read_all
from cjmine.ingest.inputs import find_inputs
from cjmine.ingest.kept_delivery import KeptDelivery, veil, write_delivery
from cjmine.ingest.kept_tables import write_tables
from cjmine.ingest.load import chunks_of
from cjmine.ingest.loaded import Loaded
from cjmine.ingest.ordered import numbered, runs_of
from cjmine.ingest.pieces import Spill
from cjmine.ingest.reject_budget import RejectBudget
from cjmine.ingest.settled import settled_sources
from cjmine.ingest.source_flags import SourceFlags
from cjmine.ingest.zones import declared_zones
from cjmine.log_folders import KEPT
from cjmine.privacy.pseudonyms import Key
from cjmine.progress import Phase, Progress, ProgressEvent, no_progress
from cjmine.sentences import Sentence
from cjmine.temporary import place_in
from cjmine.version import VERSION


@dataclass(frozen=True, slots=True)
class Target:
    """A log folder; `appends`: what it holds stays, and the delivery joins it."""

    folder: Path
    label: str
    appends: bool


def deliver(
    target: Target,
    arguments: Sequence[str],
    flags: SourceFlags,
    key: Key,
    budget: RejectBudget,
    progress: Progress = no_progress,
) -> Loaded:
    """Load exports into a log folder; the log as it is then.

    Files that the log has already, by their content, are left out with a note. Nothing of the log
    changes before the whole delivery is on disk, and then all at once. Where deliveries can change
    whose events of others are, these are decided anew, from what was kept of them.

    Raises
    ------
    UsageError
        U101: there is no log to append to.
    DataError
        L123: the log has another key, cases of another kind, or kept too little of deliveries that
        this one can change; and what `load` raises.
    OutputError
        O101, O102; O104 where another process writes this log.
    """
    if target.appends:
        check_there(target.folder, target.label)
    with writing(target.folder, target.label) as writer:
        before = writer.manifest if target.appends else None
        if before is not None:
            check_key(before, key, target.label)
        inputs = since_last(find_inputs(arguments, flags, progress), before)
        known = brought(inputs, before)
        files = known.files
        inputs, notes = without_known(inputs, files, before)
        if not inputs.sources:
            assert before is not None
            return _unchanged(target, writer, before, notes)
        with place_in(writer.runs) as folder:
            spill = Spill(folder)
            found = read_all(inputs, key, budget, True, progress, spill)
            if before is not None and only_databases(inputs) and not found.events:
                new = Sentence.NOTHING_NEW.note(listed(one.source.label for one in inputs.sources))
                return _unchanged(target, writer, before, (*notes, new))
            notes = (*notes, *counted_twice(found, known))
            if before is not None:
                check_cases(before.about, Cases.GIVEN if found.given else Cases.CUSTOMER)
            delivery = _Delivered(target, writer, before, found, list(files.values()))
            return delivery.publish(key, spill, notes, progress)


def _unchanged(
    target: Target, writer: FolderWriter, before: Manifest, notes: tuple[Note, ...]
) -> Loaded:
    """The log that a delivery brings nothing to; compacted, where a load was killed before that."""
    manifest = compact(writer) or before
    return Loaded(FolderLog(str(target.folder), target.label, manifest), notes=notes)


class _Delivered:
    """A delivery that was read, on its way into the log."""

    def __init__(
        self,
        target: Target,
        writer: FolderWriter,
        before: Manifest | None,
        found: Gathered,
        files: list[DeliveredFile],
    ) -> None:
        self._target, self._writer, self._before = target, writer, before
        self._found, self._files = found, files
        self._number = 1 if before is None else len(before.deliveries) + 1

    def publish(
        self, key: Key, spill: Spill, notes: tuple[Note, ...], progress: Progress
    ) -> Loaded:
        """Decide, write the events, and make them part of the log."""
        found, earlier = self._found, self._before.deliveries if self._before is not None else ()
        settled = settled_sources(found)
        is_settled = all(settled) and not found.inputs.customers
        decides = not is_settled or not all(one.settled for one in earlier)
        if decides and found.given:
            settled = tuple(False for _ in settled)
        kept = self._kept() if decides else ()
        veil(found, key)
        file, tables = self._keep(settled)
        everything = self._with_earlier(kept, spill) if kept else found
        decide(everything, spill)
        chunks = chunks_of(everything, key, progress)
        own = sum(read.events for read in everything.reads[-len(found.reads) :])
        progress(ProgressEvent(Phase.WRITE, self._target.label))
        first = 0 if kept else sum(one.sources for one in earlier)
        others = len(everything.reads) - len(found.reads)
        places = frozenset(others + place for place, one in enumerate(settled) if one)
        runs = tuple(
            self._writer.add(parts, events, is_alike)
            for is_alike, some in numbered(chunks, everything.reads, first, places)
            for parts, events in runs_of(some, spill)
        )
        delivery = Delivery(
            self._number,
            own,
            VERSION,
            len(found.reads),
            is_settled,
            tuple(self._files),
            _watermarks(chunks, len(found.reads)),
            file,
            tables,
            asked_of(found.inputs),
            declared_zones(found.inputs.sources),
        )
        if kept:
            assert self._before is not None
            joined = decided_anew(self._before, runs, chunks.about, delivery)
        else:
            joined = with_delivery(self._before, runs, chunks.about, delivery)
        self._writer.publish(joined)
        manifest = compact(self._writer) or joined
        return Loaded(
            FolderLog(str(self._target.folder), self._target.label, manifest),
            chunks.rejects,
            (*notes, *chunks.notes),
            chunks.files,
            chunks.left,
            replace(chunks.about, sources=chunks.about.sources[others:]),
        )

    def _kept(self) -> tuple[KeptDelivery, ...]:
        """Earlier deliveries, to decide them anew. Raises DataError L122, L123."""
        if self._before is None:
            return ()
        label = self._target.label
        files = kept_files(self._before, self._target.folder / KEPT, label)
        kept = tuple(KeptDelivery(file, label) for file in files)
        check_joins(self._found, [one for each in kept for one in each.sources], label)
        return kept

    def _keep(self, settled: Sequence[bool]) -> tuple[str, str | None]:
        """Keep the delivery as it was read; the names of its files."""
        name = f"{self._number:06d}"
        delivery = partial(write_delivery, self._found, settled)
        kept = self._writer.keep(f"{name}.parquet", delivery)
        if not self._found.inputs.customers:
            return kept, None
        tables = partial(write_tables, self._found)
        return kept, self._writer.keep(f"{name}-tables.parquet", tables)

    def _with_earlier(self, kept: Sequence[KeptDelivery], spill: Spill) -> Gathered:
        assert self._before is not None
        folder, label = self._target.folder, self._target.label
        return with_earlier(self._found, folder, label, self._before, kept, spill)


def _watermarks(chunks: Chunks, sources: int) -> tuple[Watermark, ...]:
    """The latest time of each source of this delivery, the last of those that were read."""
    latest: dict[str, int] = {}
    for one in chunks.latest[-sources:]:
        if one.time is not None:
            latest[one.source] = max(one.time, latest.get(one.source, one.time))
    return tuple(Watermark(source, time) for source, time in latest.items())
