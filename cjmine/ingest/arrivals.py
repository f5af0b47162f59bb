"""Which files of a watched folder have arrived: whole, and not in the log yet."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from cjmine.errors import DataError
from cjmine.eventlog.folder.manifest import DeliveredFile
from cjmine.ingest.delivery_checks import place_of
from cjmine.loaders.folders import expand

DONE = ".done"  # a file of this name behind that of an export says that it is whole
_NO_EXPORTS = (DONE, ".toml")


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file as it was seen: its bytes, and when it was changed (nanoseconds since 1970)."""

    file: Path
    size: int
    changed: int

    def is_in(self, delivered: Iterable[DeliveredFile]) -> bool:
        """Whether it was delivered as it is now; what it holds is not read."""
        mine = (self.size, self.changed)
        alike = [one for one in delivered if (one.size, one.changed) == mine]
        return bool(alike) and place_of(self.file) in {one.place for one in alike}


def arrivals(folder: Path, settle: int, now: int) -> list[Arrival]:
    """The files below a folder that are whole, in the order of their names.

    A file is whole where one of its name and `.done` lies beside it, or where it has not changed
    for `settle` (microseconds; `now` is in nanoseconds since 1970). Empty files and configurations
    are none.
    """
    try:
        every = expand(str(folder))
    except DataError:
        return []  # nothing is there yet
    seen = [one for file in every if (one := _seen(file)) is not None]
    return [
        one
        for one in seen
        if now - one.changed >= 1000 * settle or one.file.with_name(one.file.name + DONE).exists()
    ]


def _seen(file: Path) -> Arrival | None:
    if file.name.endswith(_NO_EXPORTS):
        return None
    try:
        found = os.stat(file)
    except OSError:
        return None
    return Arrival(file, found.st_size, found.st_mtime_ns) if found.st_size else None
