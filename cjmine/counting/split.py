"""How a log is divided into parts and processes; light, because `--help` reads it."""

from __future__ import annotations

import os
from dataclasses import dataclass

from cjmine.option import option

IN_ONE_PART = 5_000_000  # events; more are counted part by part
PART = 2_000_000  # events of a part, and events that make a process worth starting
MOST_JOBS = 4
# What a process holds, measured with `check`: for itself and what is put together, and an event.
_PROCESS, _EVENT = 400 << 20, 300  # bytes
_USABLE = 0.8  # of what the process may have
_LEAST_PART = 100_000  # events


@dataclass(frozen=True, slots=True)
class Split:
    """The number of processes and of parts; None for what suits the log and the memory.

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
        if events <= IN_ONE_PART:
            return 1
        room = int(_usable_memory() / (_PROCESS + PART * _EVENT / 2)) - 1  # one puts together
        return max(1, min(usable_cores(), MOST_JOBS, events // PART, room))

    def parts_for(self, events: int) -> int:
        """The number of parts for so many events.

        >>> Split().parts_for(2_000_000), Split().parts_for(20_000_000)
        (1, 10)
        """
        if self.parts is not None:
            return self.parts
        jobs = self.jobs_for(events)
        room = _usable_memory() / (jobs + (jobs > 1)) - _PROCESS
        most = max(int(room / _EVENT), _LEAST_PART)
        return 1 if events <= min(IN_ONE_PART, most) else -(-events // min(PART, most))


def _usable_memory() -> float:
    from cjmine.memory_limit import memory_limit

    return _USABLE * memory_limit().bytes


def usable_cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
