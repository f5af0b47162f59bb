"""What makes a folder a log folder: all that loaders need to know of them, to pass them over."""

from __future__ import annotations

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


def holds_only_a_log(folder: Path) -> bool:
    """Whether nothing lies in a folder but what loads put there. Raises OSError."""
    names = (one.name for one in folder.iterdir())
    return all(name in _OURS or name.startswith(_TEMPORARY) for name in names)
