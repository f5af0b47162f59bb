"""Temporary files and folders, all known by name from before they exist until after they are gone.

So what ends the process early can undo everything that is half done.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path
from threading import RLock

_undoing: dict[object, Callable[[], None]] = {}
_making = RLock()
_TRIES = 100


def unused_folder() -> Path:
    """The name of a folder that is not there, in the system's temporary folder."""
    return Path(tempfile.gettempdir(), f"cjmine-{_unused()}")


@contextmanager
def temporary_folder(folder: Path | None = None) -> Iterator[Path]:
    """A folder that only this user can open; where no name is given, under an unused one."""
    with _named(str(folder or unused_folder())) as name:
        with _making:
            os.mkdir(name, 0o700)
        yield Path(name)


@contextmanager
def place_in(folder: Path) -> Iterator[Path]:
    """The name of a hidden folder inside another one; what is made there is removed at the end."""
    with _named(os.path.join(folder, f".cjmine-{_unused()}")) as name:
        yield Path(name)


@contextmanager
def temporary_file(folder: Path) -> Iterator[Path]:
    """An empty file that only this user can open, in a folder; it may be moved elsewhere."""
    with _named(os.path.join(folder, f".cjmine-{_unused()}")) as name:
        with _making:
            os.close(os.open(name, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        yield Path(name)


@contextmanager
def nameless_file(way: Path) -> Iterator[FileIO]:
    """An empty file to write and to read; `way` leads to it while it is open.

    Where the system lets open files be read by number, no folder holds it, so that nothing of it
    is left even where the process is killed. Elsewhere it is a file that only this user can open.
    """
    with _named(str(way)) as name:
        with _making:
            handle = os.open(name, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
            if (inside := way_to(handle)) is not None:
                os.unlink(name)
                os.symlink(inside, name)
        with os.fdopen(handle, "w+b", buffering=0) as file:
            yield file


def way_to(handle: int) -> Path | None:
    """The path by which other parts, and processes of ours, open an open file; None: there is none.

    On other systems such a path shares its position with the handle, so that no two can read.
    """
    way = Path(f"/proc/{os.getpid()}/fd/{handle}")
    return way if sys.platform == "linux" and way.exists() else None


@contextmanager
def undone_if_ended(undo: Callable[[], None]) -> Iterator[None]:
    """Within the block the work is half done; this undoes it where the process is ended early."""
    mark = object()
    _undoing[mark] = undo
    try:
        yield
    finally:
        del _undoing[mark]


def undo_all() -> None:
    """Undo what is half done, the last first, and let no other thread begin anything anew."""
    _making.acquire()
    for undo in reversed(tuple(_undoing.values())):
        with suppress(Exception):
            undo()


@contextmanager
def _named(name: str) -> Iterator[str]:
    with undone_if_ended(lambda: remove(name)):
        try:
            yield name
        finally:
            remove(name)


def remove(name: str | Path) -> None:
    """Take away a file or a folder with all that it holds, where it is there."""
    if os.path.isdir(name):
        for _ in range(_TRIES):  # another thread may just be putting something into it
            shutil.rmtree(name, ignore_errors=True)
            if not os.path.isdir(name):
                return
    else:
        with suppress(OSError):
            os.unlink(name)


def _unused() -> str:
    return os.urandom(8).hex()
