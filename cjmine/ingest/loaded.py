"""What a load gives: the log, the records that were rejected, and notes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cjmine.errors import Note, Problem
from cjmine.eventlog.log import About, EventLog
from cjmine.eventlog.parts import Log

if TYPE_CHECKING:
    from cjmine.loaders.batch import Reject


@dataclass(frozen=True, slots=True)
class RejectedRecord:
    """A rejected record of a file: place and reason, never content."""

    file: str
    reject: Reject


@dataclass(frozen=True, slots=True)
class Loaded:
    """A load: the log, and what happened on the way.

    `source` can be counted part by part; of a saved log only its description was read. `files`
    are those that were read, `left` says why files of a folder were left out. `delivery` is what
    this load says of itself where it joined a log that holds more.
    """

    source: Log
    rejects: tuple[RejectedRecord, ...] = ()
    notes: tuple[Note, ...] = ()
    files: tuple[Path, ...] = ()
    left: tuple[Problem, ...] = ()
    delivery: About | None = None

    @property
    def log(self) -> EventLog:
        """The whole log; a saved one is read. Raises DataError L122 where it is damaged."""
        return self.source.read()

    @property
    def notes_beside_the_log(self) -> tuple[Note, ...]:
        """The notes that the log does not carry, so that no result of it repeats them."""
        carried = {note.code for note in self.source.about.notes}
        return tuple(note for note in self.notes if note.code not in carried)
