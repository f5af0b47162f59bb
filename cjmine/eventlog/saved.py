"""A saved event log, whatever it is on disk: one file, or a folder of runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cjmine.eventlog.parquet import is_log_file, open_file
from cjmine.eventlog.parts import SavedLog
from cjmine.log_folders import is_log_place

if TYPE_CHECKING:
    from cjmine.eventlog.folder.folder_log import FolderLog


def is_log(path: Path) -> bool:
    """Whether a file or folder is an event log that cjmine saved, if only a damaged one.

    >>> is_log(Path("no such file"))
    False
    """
    return is_log_place(path) if path.is_dir() else is_log_file(path)


def open_saved(path: Path, label: str) -> SavedLog | FolderLog:
    """What a saved event log says about itself, without its events.

    Raises
    ------
    DataError
        L122: not an event log of cjmine, of a newer version, or damaged.
    """
    if not path.is_dir():
        return open_file(path, label)
    from cjmine.eventlog.folder.folder_log import open_folder

    return open_folder(path, label)
