"""What makes a folder a log folder: all that loaders need to know of them, to pass them over."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

MANIFEST, RUNS, KEPT, LOCK = "manifest.json", "runs", "kept", "lock"
_OURS = frozenset((MANIFEST, RUNS, KEPT, LOCK))
_TEMPORARY = ".cjmine-"
SCHEMA = "cjmine/log-folder/1"
_ANY_VERSION = SCHEMA.rpartition("/")[0].encode()
_HEAD = 200  # bytes; the schema comes first


def is_log_folder(folder: Path) -> bool:
    """Whether a folder is an event log that cjmine saved, of this version or another.

    >>> is_log_folder(Path("no such folder"))
    False
    """
    try:
        with (folder / MANIFEST).open("rb") as handle:
            return _ANY_VERSION in handle.read(_HEAD)
    except (OSError, ValueError):  # no path has a null byte
        return False


def is_log_place(folder: Path) -> bool:
    """Whether a folder is a log, or what is left of one whose manifest is missing or damaged.

    Its files are no exports, whatever became of the manifest.

    >>> is_log_place(Path("no such folder"))
    False
    """
    try:
        is_laid_out = (folder / RUNS).is_dir() and (folder / LOCK).is_file()
        return is_log_folder(folder) or (is_laid_out and holds_only_a_log(folder))
    except (OSError, ValueError):
        return False


def is_begun(folder: Path) -> bool:
    """Whether a folder holds a log that can be appended to, if only a damaged one.

    What a first load that ended early left is none. Once there was a manifest the lock says so,
    so that a log which lost its manifest is not begun anew over its events.

    >>> is_begun(Path("no such folder"))
    False
    """
    lock = folder / LOCK
    return (folder / MANIFEST).exists() or (is_log_place(folder) and lock.stat().st_size > 0)


def mark_begun(folder: Path) -> None:
    """Let the lock say that there was a manifest; on a full disk it goes without saying."""
    with suppress(OSError):
        (folder / LOCK).write_text("begun\n")


def mark_ended(folder: Path) -> None:
    """Let the lock say that the log is about to be deleted. Raises OSError."""
    (folder / LOCK).write_text("")


def holds_only_a_log(folder: Path) -> bool:
    """Whether nothing lies in a folder but what loads put there. Raises OSError."""
    names = (one.name for one in folder.iterdir())
    return all(name in _OURS or name.startswith(_TEMPORARY) for name in names)
