"""Only regular files are read: a pipe or a device may never end, and reading it may change it."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path


def regular(path: Path) -> Path:
    """The path itself; raises OSError where it is a pipe, a socket or a device.

    >>> regular(Path("/dev/null")).name
    Traceback (most recent call last):
    OSError: [Errno 22] it is a pipe or a device, not a file: '/dev/null'
    """
    kind = path.stat().st_mode
    if not (stat.S_ISREG(kind) or stat.S_ISDIR(kind)):  # opening a folder says so itself
        raise OSError(errno.EINVAL, "it is a pipe or a device, not a file", os.fspath(path))
    return path
