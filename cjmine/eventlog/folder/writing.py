"""The one writer of a log folder: files first, then the manifest that makes them part of the log.

What ends early leaves files that no manifest names: readers never see them, the next writer
deletes them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from cjmine.errors import Code, OutputError, Place, Problem
from cjmine.eventlog.folder.manifest import Manifest, Run, read_manifest, write_manifest
from cjmine.eventlog.folder.run_file import write_run
from cjmine.eventlog.log import EventLog
from cjmine.log_folders import KEPT, LOCK, RUNS, holds_only_a_log, is_log_folder, mark_begun
from cjmine.output import write_whole
from cjmine.temporary import remove


class FolderWriter:
    """Adds runs to a log folder, and publishes them together."""

    def __init__(self, folder: Path, manifest: Manifest | None) -> None:
        self.folder, self.manifest = folder, manifest
        self._next = manifest.next_run if manifest is not None else 1

    @property
    def runs(self) -> Path:
        """Where the runs are, and where what is temporary may be."""
        return self.folder / RUNS

    def add(self, parts: Iterable[EventLog], events: int, settled: bool = True) -> Run:
        """Write events as a run, which is part of the log only once a manifest names it.

        The events are those of one log, or of one an interval of prefixes in their order.
        `settled`: no later delivery can change whose they are.
        """
        name = f"{self._next:06d}.parquet"
        self._next += 1
        found: list[Run] = []
        write_whole(
            self.runs / name,
            lambda temporary: found.append(write_run(parts, events, temporary, name, settled)),
        )
        return found[0]

    def unused(self, name: str) -> str:
        """A name for another version of a file beside the runs."""
        self._next += 1
        return f"{name.partition('.')[0].partition('-')[0]}-{self._next - 1:06d}.parquet"

    def keep(self, name: str, write: Callable[[Path], None]) -> str:
        """Write a file beside the runs, which counts only once a manifest names it.

        It gets another name where the log has a file of this one.
        """
        if self.manifest is not None and name in beside_runs(self.manifest):
            name = f"{name.partition('.')[0]}-{self._next:06d}.parquet"
        (self.folder / KEPT).mkdir(mode=0o700, exist_ok=True)
        write_whole(self.folder / KEPT / name, write)
        return name

    def publish(self, manifest: Manifest) -> Manifest:
        """Make this the log: one replacement of one file. What it no longer names is retired."""
        retired = tuple(sorted(_named(self.manifest) - _named(manifest)))
        manifest = replace(manifest, next_run=self._next, retired=retired)
        write_manifest(self.folder, manifest)
        mark_begun(self.folder)
        self.manifest = manifest
        return manifest


@contextmanager
def writing(folder: Path, label: str) -> Iterator[FolderWriter]:
    """A log folder for its one writer: made where it is missing, tidied where it is not.

    A folder that was made is taken away again where nothing was published.

    Raises
    ------
    OutputError
        O104: another process writes this log. O102: the folder holds something else. O101.
    DataError
        L122: its manifest cannot be read.
    """
    was_there = folder.exists()
    _make(folder, label)
    with _locked(folder / LOCK, label):
        manifest = read_manifest(folder, label) if is_log_folder(folder) else None
        for file in leftovers(folder, manifest):
            remove(file)
        try:
            yield FolderWriter(folder, manifest)
        finally:
            if not was_there and not is_log_folder(folder):
                remove(folder)


def leftovers(folder: Path, manifest: Manifest | None) -> list[Path]:
    """Files of a log folder that its manifest does not name: what was ended early, or retired."""
    named = {folder / name for name in _named(manifest)}
    found = sorted(folder.glob(".cjmine-*"))
    for inside in (RUNS, KEPT):
        if (folder / inside).is_dir():
            found += sorted({*(folder / inside).iterdir()} - named)
    return found


def beside_runs(manifest: Manifest) -> frozenset[str]:
    """The files beside the runs that a manifest names."""
    return frozenset(name for one in manifest.deliveries for name in one.beside)


def _named(manifest: Manifest | None) -> frozenset[str]:
    """The files of a log, as its folder has them: runs and kept deliveries share their numbers."""
    if manifest is None:
        return frozenset()
    runs = (f"{RUNS}/{run.file}" for run in manifest.runs)
    return frozenset((*runs, *(f"{KEPT}/{name}" for name in beside_runs(manifest))))


def _make(folder: Path, label: str) -> None:
    try:
        if folder.is_dir() and not is_log_folder(folder) and not holds_only_a_log(folder):
            raise OutputError(
                Problem(
                    Code.OUTPUT_EXISTS,
                    "the folder holds something that is not an event log",
                    Place(label),
                    remedy="name a new folder, or one that cjmine load wrote",
                )
            )
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / RUNS).mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise _not_written("the folder cannot be made", label, error) from None


def _not_written(message: str, label: str, error: OSError) -> OutputError:
    return OutputError(
        Problem(
            Code.OUTPUT_FAILED,
            message,
            Place(label),
            cause=error.strerror or type(error).__name__,
            remedy="check the place, its permissions and the space on the disk",
        )
    )


@contextmanager
def _locked(file: Path, label: str) -> Iterator[None]:
    """Hold a lock that ends with the process, however it ends."""
    import fcntl

    try:
        handle = file.open("ab")
    except OSError as error:
        raise _not_written("the log folder cannot be written", label, error) from None
    with handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise OutputError(
                Problem(
                    Code.LOG_LOCKED,
                    "another process is writing this log",
                    Place(label),
                    remedy="wait until it has ended; reading goes on meanwhile",
                )
            ) from None
        yield
