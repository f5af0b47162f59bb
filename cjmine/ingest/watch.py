"""Watching a folder: what arrives there joins a log, file by file."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from cjmine.errors import CjmineError, Code
from cjmine.eventlog.folder.manifest import DeliveredFile, read_manifest
from cjmine.ingest.arrivals import Arrival, arrivals
from cjmine.ingest.loaded import Loaded
from cjmine.log_folders import is_begun

Deliver = Callable[[Path, bool], Loaded]  # a file, and whether the log is there already
_NO_EXPORT = (Code.FORMAT_UNKNOWN, Code.FILE_EMPTY)


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file that arrived, and what became of it: a load, or what was wrong with it."""

    file: Path
    loaded: Loaded | None
    error: CjmineError | None


class Watch:
    """The files of a folder on their way into a log; each is one delivery.

    A file that cannot be loaded does not hold up the others. It is tried again once it has changed,
    and by every new watch; one that is no export is passed over.
    """

    def __init__(self, folder: Path, log: Path, settle: int, deliver: Deliver) -> None:
        self._folder, self._log, self._settle, self._deliver = folder, log, settle, deliver
        self._tried: set[Arrival] = set()

    def look(self) -> Iterator[Arrived]:
        """Deliver what has arrived since the last look, one file after the other."""
        delivered = self._delivered()
        for one in arrivals(self._folder, self._settle, time.time_ns()):
            if one in self._tried or one.is_in(delivered):
                continue
            self._tried.add(one)
            try:
                yield Arrived(one.file, self._deliver(one.file, is_begun(self._log)), None)
            except CjmineError as error:
                if error.code not in _NO_EXPORT:
                    yield Arrived(one.file, None, error)

    def _delivered(self) -> list[DeliveredFile]:
        if not is_begun(self._log):
            return []
        found = read_manifest(self._log, str(self._log))
        return [file for one in found.deliveries for file in one.files]
