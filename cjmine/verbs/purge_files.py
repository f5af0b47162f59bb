"""Which files a purge is about: saved logs, and files in which their events are too."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from os import SEEK_END
from pathlib import Path

from cjmine.errors import Code, DataError, Place, Problem
from cjmine.eventlog.saved import is_log
from cjmine.log_folders import is_log_place
from cjmine.results.purge import Obstacle
from cjmine.sources import Kind

_TOKEN = re.compile(rb"\b(?:%s)_[b-t]{32}\b" % "|".join(Kind).encode())
_PARQUET = b"PAR1"  # the first and the last bytes of a file
_LOOKED_AT = 1 << 16  # bytes; the first event of a log is in them
_OTHER_LOGS = (".csv", ".xes", ".csv.gz", ".xes.gz")


@dataclass(frozen=True, slots=True)
class Found:
    """A file, how it is called, and why it cannot be purged; a saved log has no obstacle."""

    path: Path
    label: str
    obstacle: Obstacle | None = None


def purge_files(arguments: Sequence[str]) -> list[Found]:
    """The saved logs that arguments name, or that are in folders, each file once.

    A folder is searched with all below it; links to folders are not followed. Event logs in other
    formats are found by their tokens. Raises DataError L101 where a file is missing.
    """
    found: dict[Path, Found] = {}
    for argument in arguments:
        path = Path(argument)
        if not path.exists():
            raise DataError(Problem(Code.FILE_MISSING, "there is no such file", Place(argument)))
        is_searched = path.is_dir() and not is_log_place(path)
        every = _below(path) if is_searched else [_named(path)]
        for one in every:
            found.setdefault(one.path.resolve(), one)
    return list(found.values())


def _named(path: Path) -> Found:
    if is_log(path):
        return Found(path, str(path))
    if _is_cut_off(path):
        return Found(path, str(path), Obstacle.UNREADABLE)
    why = Obstacle.OTHER_FORMAT if _has_tokens(path) else Obstacle.NO_LOG
    return Found(path, str(path), why)


def _below(folder: Path) -> Iterator[Found]:
    every = sorted(folder.rglob("*"))
    folders = {path for path in every if path.is_dir() and is_log_place(path)}
    for path in every:
        if path in folders:
            yield Found(path, str(path))
        if not path.is_file() or folders.intersection(path.parents):
            continue
        if is_log(path):
            yield Found(path, str(path))
        elif path.name.lower().endswith(_OTHER_LOGS) and _has_tokens(path):
            yield Found(path, str(path), Obstacle.OTHER_FORMAT)
        elif _is_cut_off(path):
            yield Found(path, str(path), Obstacle.UNREADABLE)


def _is_cut_off(path: Path) -> bool:
    """Whether a Parquet file lacks its end, so that no reader opens it; it may hold events still.

    False where it cannot be read.
    """
    try:
        with path.open("rb") as handle:
            if handle.read(len(_PARQUET)) != _PARQUET:
                return False
            handle.seek(-len(_PARQUET), SEEK_END)
            return handle.read() != _PARQUET
    except OSError:
        return False


def _has_tokens(path: Path) -> bool:
    """Whether the beginning of a file holds a token; False where it cannot be read."""
    try:
        with gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb") as handle:
            return _TOKEN.search(handle.read(_LOOKED_AT)) is not None
    except (OSError, EOFError):
        return False
