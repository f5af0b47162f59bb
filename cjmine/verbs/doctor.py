"""Doctor: whether a saved log on disk is whole, and what lies beside it that is no part of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyarrow as pa

from cjmine.disclosure.shown import shown
from cjmine.errors import Code, DataError, Place, Problem
from cjmine.eventlog.folder.folder_log import FolderLog
from cjmine.eventlog.folder.writing import leftovers
from cjmine.eventlog.parts import SavedLog
from cjmine.eventlog.saved import is_log, open_saved
from cjmine.log_folders import KEPT, RUNS
from cjmine.results.doctor import (
    DeliverySeen,
    DoctorReport,
    LeftFile,
    Leftover,
    RunFile,
    Trouble,
)
from cjmine.results.log import moment
from cjmine.verbs.settings import Settings


def examine(path: Path, label: str, settings: Settings) -> DoctorReport:
    """Look at the files of a saved log; its events are not read.

    Raises
    ------
    DataError
        L122: not an event log of cjmine, or its description cannot be read.
    """
    if not is_log(path):
        raise DataError(
            Problem(
                Code.LOG_FORMAT,
                "this is not a saved event log of cjmine",
                Place(label),
                remedy="cjmine sniff FILE says what a file is",
            )
        )
    log = open_saved(path, label)
    found = _of_folder(log, path) if isinstance(log, FolderLog) else _of_file(log, path)
    return shown(replace(found, min_group=settings.min_group), settings.policy)


def _of_file(log: SavedLog, path: Path) -> DoctorReport:
    run = _seen(path, path.name, log.events)
    return _report(log, str(path.name), (run,), (), ())


def _of_folder(log: FolderLog, path: Path) -> DoctorReport:
    manifest = log.manifest
    runs = tuple(_seen(path / RUNS / run.file, run.file, run.events) for run in manifest.runs)
    kept = (name for one in manifest.deliveries for name in one.beside)
    runs += tuple(_seen(path / KEPT / name, f"{KEPT}/{name}", None) for name in kept)
    deliveries = tuple(
        DeliverySeen(one.number, len(one.files), one.events, one.version)
        for one in manifest.deliveries
    )
    left = tuple(
        LeftFile(
            name := file.relative_to(path).as_posix(),
            Leftover.RETIRED if name in manifest.retired else Leftover.UNFINISHED,
            _size(file),
        )
        for file in leftovers(path, manifest)
    )
    return _report(log, f"{path.name}/", runs, deliveries, left)


def _report(
    log: FolderLog | SavedLog,
    name: str,
    runs: tuple[RunFile, ...],
    deliveries: tuple[DeliverySeen, ...],
    left: tuple[LeftFile, ...],
) -> DoctorReport:
    manifest = log.manifest if isinstance(log, FolderLog) else None
    first, last = (manifest.first, manifest.last) if manifest is not None else (None, None)
    return DoctorReport(
        schema="cjmine/doctor/1",
        log=name,
        is_sound=all(run.trouble is None for run in runs),
        key=log.about.key_id,
        events=log.events,
        activities=None if manifest is None else len(manifest.activities),
        observed_from=None if first is None else moment(first),
        observed_until=None if last is None else moment(last),
        bytes=sum(run.bytes for run in runs),
        runs=runs,
        deliveries=deliveries,
        leftovers=left,
        min_group=0,
    )


def _seen(file: Path, name: str, events: int | None) -> RunFile:
    """What the end of a file says of its events, beside what the log says; None is any number."""
    import pyarrow.parquet as pq

    trouble: Trouble | None = None
    try:
        rows = pq.read_metadata(file).num_rows
        if events is not None and rows != events:
            trouble = Trouble.OTHER_EVENTS
    except FileNotFoundError:
        trouble = Trouble.MISSING
    except (OSError, pa.ArrowException):
        trouble = Trouble.UNREADABLE
    return RunFile(name, events, _size(file), trouble)


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0
