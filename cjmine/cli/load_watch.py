"""`cjmine load --watch`: what arrives in a folder joins a log."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from cjmine.cli.left_out import leave_out
from cjmine.cli.screen import remark, say, say_notes, show_error
from cjmine.errors import Code, ExitStatus, Place, Problem, UsageError
from cjmine.reporters.escaping import visible
from cjmine.shown_paths import shown_path

if TYPE_CHECKING:
    from cjmine.ingest.loaded import Loaded
    from cjmine.ingest.watch import Arrived, Deliver

_BETWEEN_LOOKS = 5  # seconds


def check_watch(folder: Path, has_others: bool, log: Path | None) -> Path:
    """The log that a watched folder goes into. Raises UsageError U101."""
    if log is None or has_others:
        raise UsageError(
            Problem(
                Code.USAGE,
                "a watched folder is appended to a log, without other sources",
                Place("--watch"),
                remedy="cjmine load --watch FOLDER --append log/ --key-file my.key",
            )
        )
    if not folder.is_dir():
        raise UsageError(
            Problem(Code.USAGE, "there is no such folder", Place(str(folder)), remedy="make it")
        )
    return log


def watch(folder: Path, log: Path, settle: int, is_once: bool, deliver: Deliver) -> ExitStatus:
    """Deliver what is there, and what arrives until the command is interrupted.

    The status is that of the first file that could not be loaded.
    """
    from cjmine.ingest.watch import Watch

    watched = Watch(folder, log, settle, deliver)
    status = ExitStatus.DONE
    remark(f"watching {visible(shown_path(folder))}; each whole file joins {shown_path(log)}/")
    while True:
        for one in watched.look():
            _show(one, log)
            if one.error is not None and status is ExitStatus.DONE:
                status = one.error.exit_status
        if is_once:
            return status
        time.sleep(_BETWEEN_LOOKS)


def _show(one: Arrived, log: Path) -> None:
    if one.error is not None:
        show_error(one.error)
        return
    assert one.loaded is not None
    leave_out(one.loaded.left)
    say_notes(one.loaded.notes)
    say(f"{visible(shown_path(one.file))}: {_counts(one.loaded)} joined {shown_path(log)}/")


def _counts(loaded: Loaded) -> str:
    from cjmine.eventlog.log import plural

    sources = loaded.delivery.sources if loaded.delivery is not None else ()
    read, kept = sum(one.read for one in sources), sum(one.loaded for one in sources)
    return f"{kept:,} of {read:,} {plural(read, 'record')}"
