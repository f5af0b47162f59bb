"""`-` among the logs: what comes through the pipe, as a file that is gone when the command ends.

Readers look at a file before they read it, and some read it twice; a pipe can be read once.
"""

from __future__ import annotations

import os
import select
import stat
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

from cjmine.errors import Code, DataError, OutputError, Place, Problem, UsageError

if TYPE_CHECKING:
    from pathlib import Path

_LOGS = ("logs", "files", "inputs")  # what commands call the logs that they read
STDIN = "-"
_NAME = "stdin"  # how outputs call it
_CHUNK = 1 << 20
_WAITING = 0.5  # seconds until signals are looked at


@contextmanager
def with_stdin(given: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What was given to a command, with a file in the place of `-`.

    A file that stdin is redirected from is read where it is; what comes through a pipe is spooled
    into a file without a name. Raises UsageError U101 where `-` is named twice or stdin is a
    terminal, DataError L102 where it cannot be read, OutputError O101 where the spool is full.
    """
    name = next((one for one in _LOGS if STDIN in (given.get(one) or ())), None)
    if name is None:
        yield given
        return
    logs = list(given[name])
    if logs.count(STDIN) > 1 or sys.stdin is None or sys.stdin.isatty():
        raise UsageError(
            Problem(
                Code.USAGE,
                "stdin is one log, which comes through a pipe",
                Place(STDIN),
                remedy="for example: zcat calls.csv.gz | cjmine discover -",
            )
        )
    from cjmine.temporary import temporary_folder

    with ExitStack() as held:
        way = held.enter_context(temporary_folder()) / _NAME
        _lead_to_stdin(way, held)
        logs[logs.index(STDIN)] = str(way)
        yield given | {name: logs}


def _lead_to_stdin(way: Path, held: ExitStack) -> None:
    """Let a path lead to what stdin holds, until what is held is let go."""
    from cjmine.temporary import nameless_file, way_to

    handle = sys.stdin.fileno()
    inside = way_to(handle)
    is_file = stat.S_ISREG(os.fstat(handle).st_mode)
    if is_file and inside is not None and not os.lseek(handle, 0, os.SEEK_CUR):
        way.symlink_to(inside)
        return
    try:
        spool = held.enter_context(nameless_file(way))
        for chunk in _chunks(handle):
            left = memoryview(chunk)
            while left:
                left = left[spool.write(left) :]
    except OSError as error:
        raise OutputError(
            Problem(
                Code.OUTPUT_FAILED,
                "what comes through stdin cannot be kept until it is read",
                Place(STDIN),
                cause=error.strerror or type(error).__name__,
                remedy="have TMPDIR name a folder with more room, or load from a file",
            )
        )


def _chunks(handle: int) -> Iterator[bytes]:
    """What comes, as it comes; a signal between two reads does not wait for the next bytes."""
    try:
        while True:
            ready, _, _ = select.select([handle], [], [], _WAITING)
            if ready:
                if not (chunk := os.read(handle, _CHUNK)):
                    return
                yield chunk
    except OSError as error:
        raise DataError(
            Problem(
                Code.FILE_UNREADABLE,
                "stdin cannot be read to its end",
                Place(STDIN),
                cause=error.strerror or type(error).__name__,
                remedy="pipe what a command writes: zcat calls.csv.gz | cjmine discover -",
            )
        )
