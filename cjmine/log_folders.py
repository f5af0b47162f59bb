"""What makes a folder a log folder: all that loaders need to know of them, to pass them over."""

from __future__ import annotations

from pathlib import Path

MANIFEST, RUNS, KEPT = "manifest.json", "runs", "kept"
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
