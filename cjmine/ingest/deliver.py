"""A delivery goes into a log folder: what is known already is left out, the rest is added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cjmine.errors import Code, DataError, Note, Place, Problem, UsageError, listed
from cjmine.eventlog.folder.compact import compact
from cjmine.eventlog.folder.deliveries import with_delivery
from cjmine.eventlog.folder.folder_log import FolderLog
from cjmine.eventlog.folder.manifest import DeliveredFile, Manifest, Watermark
from cjmine.eventlog.folder.writing import FolderWriter, writing
from cjmine.eventlog.log import About
from cjmine.ingest.chunks import Chunks
from cjmine.ingest.inputs import Inputs, find_inputs
from cjmine.ingest.load import load_chunks
from cjmine.ingest.loaded import Loaded
from cjmine.ingest.pieces import Spill
from cjmine.ingest.reject_budget import RejectBudget
from cjmine.ingest.same_files import digest
from cjmine.ingest.source_flags import SourceFlags
from cjmine.log_folders import is_log_folder
from cjmine.privacy.pseudonyms import Key
from cjmine.progress import Phase, Progress, ProgressEvent, no_progress
from cjmine.sentences import Sentence
from cjmine.sources import File
from cjmine.temporary import temporary_folder_in


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
    changes before the whole delivery is on disk, and then all at once.

    Raises
    ------
    UsageError
        U101: there is no log to append to.
    DataError
        L123: the log has another key, or cases of another kind; and what `load` raises.
    OutputError
        O101, O102; O104 where another process writes this log.
    """
    if target.appends:
        _check_there(target)
    with writing(target.folder, target.label) as writer:
        before = writer.manifest if target.appends else None
        if before is not None and before.about.key_id != key.id:
            raise _other_key(target, before)
        inputs = find_inputs(arguments, flags, progress)
        files = _digests(inputs)
        inputs, notes = _without_known(inputs, files, before)
        if not inputs.sources:
            assert before is not None
            return Loaded(FolderLog(str(target.folder), target.label, before), notes=notes)
        with temporary_folder_in(writer.runs) as folder:
            chunks = load_chunks(inputs, key, budget, True, progress, Spill(folder))
            progress(ProgressEvent(Phase.WRITE, target.label))
            return _published(target, writer, before, chunks, list(files.values()), notes)


def _published(
    target: Target,
    writer: FolderWriter,
    before: Manifest | None,
    chunks: Chunks,
    files: Sequence[DeliveredFile],
    notes: tuple[Note, ...],
) -> Loaded:
    if before is not None:
        _check_unlinked(target, before.about, chunks.about)
    joined = with_delivery(
        before, writer.add, chunks.logs(), chunks.about, files, _watermarks(chunks)
    )
    writer.publish(joined)
    manifest = compact(writer) or joined
    return Loaded(
        FolderLog(str(target.folder), target.label, manifest),
        chunks.rejects,
        (*notes, *chunks.notes),
        chunks.files,
        chunks.left,
        chunks.about,
    )


def _watermarks(chunks: Chunks) -> list[Watermark]:
    latest: dict[str, int] = {}
    for one in chunks.latest:
        if one.time is not None:
            latest[one.source] = max(one.time, latest.get(one.source, one.time))
    return [Watermark(source, time) for source, time in latest.items()]


def _digests(inputs: Inputs) -> dict[int, DeliveredFile]:
    """The files among the sources, by their place, with their digests."""
    origins = [one.source.origin for one in inputs.sources]
    return {
        place: DeliveredFile(inputs.sources[place].source.label, digest(origin.path))
        for place, origin in enumerate(origins)
        if isinstance(origin, File)
    }


def _without_known(
    inputs: Inputs, files: dict[int, DeliveredFile], before: Manifest | None
) -> tuple[Inputs, tuple[Note, ...]]:
    """The inputs that the log has not, and a note of those that it has."""
    if before is None:
        return inputs, ()
    had = {file.sha256: one.number for one in before.deliveries for file in one.files}
    known = {place: had[file.sha256] for place, file in files.items() if file.sha256 in had}
    notes = tuple(
        Sentence.HAD_BEFORE.note(listed((files[place].path for place in places), 6), number)
        for number in sorted(set(known.values()))
        if (places := [place for place, one in known.items() if one == number])
    )
    for place in known:
        del files[place]
    return inputs.without(set(known), []), notes


def _check_unlinked(target: Target, *abouts: About) -> None:
    """A later delivery could say whose earlier events are; they would have to move."""
    if any(
        about.registered is not None or any(one.unlinked is not None for one in about.sources)
        for about in abouts
    ):
        raise DataError(
            Problem(
                Code.SOURCES_DISAGREE,
                "a log whose identifiers are linked to customers cannot be appended to",
                Place(target.label),
                cause="a delivery can say whose earlier events are",
                remedy=f"load all deliveries at once: cjmine load FILE… -o {target.label}/",
            )
        )


def _check_there(target: Target) -> None:
    if not is_log_folder(target.folder):
        raise UsageError(
            Problem(
                Code.USAGE,
                "there is no log folder to append to",
                Place(target.label),
                remedy=f"begin one: cjmine load FILE… -o {target.label}/",
            )
        )


def _other_key(target: Target, before: Manifest) -> DataError:
    return DataError(
        Problem(
            Code.SOURCES_DISAGREE,
            "the log was made with another key",
            Place(target.label),
            cause="a customer would have two pseudonyms",
            remedy=f"use the key {before.about.key_id}: --key-file FILE",
        )
    )
