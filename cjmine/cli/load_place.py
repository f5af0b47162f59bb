"""Where `cjmine load` puts a log: a folder, or a file of a kind."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cjmine.errors import Code, Place, Problem, UsageError
from cjmine.reporters.escaping import visible
from cjmine.shown_paths import shown_path

if TYPE_CHECKING:
    from cjmine.eventlog.parts import Log
    from cjmine.reporters.log_files import Writer


@dataclass(frozen=True, slots=True)
class LogPlace:
    """The place of a log; a folder has no `writer` of files."""

    path: Path
    writer: Writer | None

    @property
    def shown(self) -> str:
        """How screens name it."""
        named = visible(shown_path(self.path))
        return f"{named}/" if self.writer is None else named


def log_place(output: str | None, append: Path | None) -> LogPlace:
    """Where the log goes: a name that ends in a slash, or a folder that is there, is a folder.

    Raises UsageError U101 where none or two places are named, an address, or a file of another
    kind.
    """
    from cjmine.loaders.store_addresses import is_address

    if output is not None and append is not None:
        raise _no_log("a log is written (-o) or appended to (--append), not both")
    if is_address(output or ""):
        raise _no_log("a log is written on this machine, or where it is mounted")
    if append is not None:
        return LogPlace(append, None)
    if output is None:
        raise _no_log("say where the log goes: a folder, or a .parquet, .csv or .xes file")
    path = Path(output)
    if output.endswith(("/", os.sep)) or path.is_dir():
        return LogPlace(path, None)
    from cjmine.reporters.log_files import writer_of

    writer = writer_of(path)
    if writer is None:
        raise _no_log("say where the log goes: a folder, or a .parquet, .csv or .xes file")
    return LogPlace(path, writer)


def _no_log(message: str) -> UsageError:
    return UsageError(
        Problem(
            Code.USAGE,
            message,
            Place("--output"),
            remedy="-o log/ can grow with --append log/; -o log.parquet is one file;"
            " log.csv, log.xes and their .gz are for other tools",
        )
    )


def size_of(log: Log) -> str:
    """How large a log is, in words; of a folder what its manifest says."""
    from cjmine.eventlog.folder.folder_log import FolderLog

    if not isinstance(log, FolderLog):
        return f"{log!r}".replace("<cjmine.EventLog ", "").rstrip(">")
    from cjmine.eventlog.log import plural

    found = log.manifest
    counts = (
        (found.events, "event"),
        (len(found.activities), "activity"),
        (len(found.deliveries), "delivery"),
    )
    return ", ".join(f"{many:,} {plural(many, noun)}" for many, noun in counts)
