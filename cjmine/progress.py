"""What long work tells of itself while it goes on.

Workflows tell one `Step` a batch or a stage, never one an event, and whoever called them shows it
or does not. What is told decides nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
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
class Step:
    """Where the work is: a stage, and the file it is busy with.

    `events` is how many events this file gave so far. `share` (0 to 1) is how much of the file is
    done, and `whole` how much of all files, by their bytes; None where nobody can know.
    """

    stage: Stage
    what: str = ""
    events: int = 0
    share: float | None = None
    whole: float | None = None


Progress = Callable[[Step], None]


def unheard(_step: Step) -> None:
    """For work that nobody watches."""
