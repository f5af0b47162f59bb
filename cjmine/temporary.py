"""Temporary files and folders, all known by name from before they exist until after they are gone.

So whoever ends the process early can remove every one of them, whatever was going on.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import RLock

_known: set[str] = set()
_making = RLock()


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder that only this user can open, in the system's temporary folder."""
    with _named(os.path.join(tempfile.gettempdir(), f"cjmine-{_unused()}")) as name:
        with _making:
            os.mkdir(name, 0o700)
        yield Path(name)


@contextmanager
def temporary_file(folder: Path) -> Iterator[Path]:
    """An empty file that only this user can open, in a folder; it may be moved elsewhere."""
    with _named(os.path.join(folder, f".cjmine-{_unused()}")) as name:
        with _making:
            os.close(os.open(name, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        yield Path(name)


def remove_all() -> None:
    """Remove all there are, and let no thread make another: for the end of the process."""
    _making.acquire()
    for name in tuple(_known):
        _remove(name)


@contextmanager
def _named(name: str) -> Iterator[str]:
    _known.add(name)
    try:
        yield name
    finally:
        _remove(name)
        _known.discard(name)


def _remove(name: str) -> None:
    if os.path.isdir(name):
        shutil.rmtree(name, ignore_errors=True)
    else:
        with suppress(OSError):
            os.unlink(name)


def _unused() -> str:
    return os.urandom(8).hex()
