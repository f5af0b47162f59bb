"""Outputs are whole or absent: temporary file beside the target, flushed to disk, then renamed.

What holds figures or events of customers can be read by its owner alone, unless it was released.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from enum import Enum
from pathlib import Path

from cjmine.errors import Code, OutputError, Place, Problem
from cjmine.temporary import temporary_file


class Access(Enum):
    """Who may read a new file; one that is replaced keeps its permissions."""

    OWNER = 0o600
    SHARED = 0o666  # less what the umask of the process takes away

    @classmethod
    def of(cls, release: bool) -> Access:
        """Who may read a result: what was made for release is for others too."""
        return cls.SHARED if release else cls.OWNER


def remove_whole(file: Path) -> None:
    """Delete a file, and have the folder know it on disk. Raises OutputError O101."""
    try:
        file.unlink()
        _sync_folder(file.parent)
    except OSError as error:
        raise failed("the file cannot be deleted", file, error) from None


def write_whole(file: Path, write: Callable[[Path], None], access: Access = Access.OWNER) -> None:
    """Let `write` fill a temporary file, and put it in place only when it is complete.

    Raises
    ------
    OutputError
        O101: the folder is missing or not writable, the disk is full.
    """
    try:
        with temporary_file(file.parent) as temporary:
            write(temporary)
            with open(temporary, "rb+") as handle:
                os.fsync(handle.fileno())
            mode = file.stat().st_mode & 0o777 if file.exists() else access.value & ~_umask()
            os.chmod(temporary, mode)
            os.replace(temporary, file)
            _sync_folder(file.parent)
    except OSError as error:
        raise failed("the file cannot be written", file, error) from None


def failed(message: str, file: Path, error: OSError) -> OutputError:
    """The error O101 of what could not be written or deleted."""
    return OutputError(
        Problem(
            Code.OUTPUT_FAILED,
            message,
            Place(str(file)),
            cause=error.strerror or type(error).__name__,
            remedy="check the folder, its permissions and the space on the disk",
        )
    )


def write_text(file: Path, text: str, access: Access = Access.OWNER) -> None:
    """Write a text whole or not at all."""
    write_bytes(file, text.encode("utf-8"), access)


def write_bytes(file: Path, data: bytes, access: Access = Access.OWNER) -> None:
    """Write bytes whole or not at all."""
    write_whole(file, lambda temporary: _fill(temporary, data), access)


def _fill(temporary: Path, data: bytes) -> None:
    temporary.write_bytes(data)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _sync_folder(folder: Path) -> None:
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            with suppress(OSError):  # some network file systems cannot; the file is in place
                os.fsync(descriptor)
        finally:
            os.close(descriptor)
