"""`-` among the logs: what comes through the pipe, as a file that is gone when the command ends.

Readers look at a file before they read it, and some read it twice; a pipe can be read once.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from cjmine.errors import Code, Place, Problem, UsageError

_LOGS = ("logs", "files", "inputs")  # what commands call the logs that they read
STDIN = "-"
_NAME = "stdin"  # how outputs call it


@contextmanager
def with_stdin(given: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What was given to a command, with a file in the place of `-`.

    The file is in a folder that only this user can open. Raises UsageError U101 where `-` is named
    twice, or stdin is a terminal.
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

    with temporary_folder() as folder:
        with (folder / _NAME).open("wb") as spool:
            shutil.copyfileobj(sys.stdin.buffer, spool, 1 << 20)
        logs[logs.index(STDIN)] = str(folder / _NAME)
        yield given | {name: logs}
