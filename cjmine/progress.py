"""Progress of long work: what the verbs report while they run.

One `ProgressEvent` a batch or a phase, never one an event of a log. It changes no result; the
caller decides whether to show it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Phase(StrEnum):
    """The parts of a run, in the words in which they are shown."""

    LOOK = "looking at"
    READ = "reading"
    LINK = "linking customers"
    BUILD = "building the log"
    ALIGN = "aligning"
    COUNT = "counting"
    DRAW = "drawing"
    WRITE = "writing"


@dataclass(frozen=True, slots=True)
class ProgressEvent:
    """Where the work is: a phase, and the file that is read or written.

    `events` is how many events this file gave so far. `share` (0 to 1) is how much of the file is
    done, and `whole` how much of all files, by their bytes; None where it is unknown.
    """

    phase: Phase
    what: str = ""
    events: int = 0
    share: float | None = None
    whole: float | None = None


Progress = Callable[[ProgressEvent], None]


def no_progress(_event: ProgressEvent) -> None:
    """Report nothing: the default."""
