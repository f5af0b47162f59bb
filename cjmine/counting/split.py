"""How a log is divided into parts and processes; light, because `--help` reads it."""

from __future__ import annotations

import os
from dataclasses import dataclass

from cjmine.option import option

IN_ONE_PART = 5_000_000  # events; more are counted part by part
PART = 2_000_000  # events of a part, and events that make a process worth starting
MOST_JOBS = 4


@dataclass(frozen=True, slots=True)
class Split:
    """The number of processes and of parts; None for what suits the size of the log.

    More than one process is for programs that may be started again (`if __name__ == "__main__"`),
    so a library call uses one unless it asks for more.
    """

    jobs: int | None = option(
        None, "Processes for a large saved log; else what suits it.", "N", kind=int, min=1
    )
    parts: int | None = option(None, "Parts of a log.", "N", kind=int, min=1, hidden=True)

    def jobs_for(self, events: int) -> int:
        """The number of processes for so many events.

        >>> Split().jobs_for(1_000_000), Split(jobs=3).jobs_for(1_000_000)
        (1, 3)
        """
        if self.jobs is not None:
            return self.jobs
        return 1 if events <= IN_ONE_PART else min(usable_cores(), MOST_JOBS, events // PART)

    def parts_for(self, events: int) -> int:
        """The number of parts for so many events.

        >>> Split().parts_for(2_000_000), Split().parts_for(20_000_000)
        (1, 10)
        """
        if self.parts is not None:
            return self.parts
        return 1 if events <= IN_ONE_PART else -(-events // PART)


def usable_cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
