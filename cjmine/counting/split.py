"""How a log is divided into parts and processes; light, because `--help` reads it."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass

from cjmine.errors import Code, Place, Problem, UsageError
from cjmine.option import option

IN_ONE_PART = 5_000_000  # events; more are counted part by part
PART = 1_000_000  # events of a part: larger ones take more memory, and no less time
_WORTH = 2_000_000  # events that make a process worth starting
MOST_JOBS = 4
# What a process holds, measured with `check`: for itself and what is put together, and an event.
_PROCESS, _EVENT = 400 << 20, 300  # bytes
_USABLE = 0.8  # of what the process may have
_LEAST_PART = 100_000  # events
_HOST = r"(?:[\w.-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?"
_PLACE = re.compile(rf"spark|sc://{_HOST}/?|spark://{_HOST}(?:,{_HOST})*")
_REMOTE = "--on spark, with the whole address (tokens, cluster) in SPARK_REMOTE"


def place_of(typed: str, option: str) -> str:
    """A cluster as it may be named. Raises UsageError U101 for anything else.

    Tokens are no part of it: other users of the machine see what is typed.

    >>> place_of("spark://10.0.0.7:7077", "--on")
    'spark://10.0.0.7:7077'
    """
    if _PLACE.fullmatch(typed):
        return typed
    if typed.startswith("sc://"):
        message, remedy = "a Spark Connect server is named by host and port only", _REMOTE
    else:
        message, remedy = "this is no place to count at", "spark, spark://HOST:PORT, sc://HOST:PORT"
    raise UsageError(Problem(Code.USAGE, message, Place(option), remedy=remedy))


def only_saved_logs() -> UsageError:
    """The error U101 where exports, or a log in memory, are to be counted on a cluster."""
    return UsageError(
        Problem(
            Code.USAGE,
            "a cluster counts saved logs only",
            Place("--on"),
            cause="workers get no events, and no key to make pseudonyms of exports",
            remedy="cjmine load … -o log/, then name log/",
        )
    )


@dataclass(frozen=True, slots=True)
class Split:
    """Where a log is counted, in how many processes and parts; None for what suits the memory.

    More than one process is for programs that may be started again (`if __name__ == "__main__"`),
    so a library call uses one unless it asks for more. `on` names a cluster of Spark instead.
    `weight` is the memory that an event takes, in what plain counting takes.
    """

    jobs: int | None = option(
        None, "Processes for a large saved log; else what suits it.", "N", kind=int, min=1
    )
    parts: int | None = option(None, "Parts of a log.", "N", kind=int, min=1, hidden=True)
    on: str | None = option(
        None,
        "Count a saved log on Spark: spark, spark://HOST:PORT, sc://HOST:PORT.",
        "PLACE",
        read=place_of,
    )
    weight: int = 1

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
        return max(1, min(usable_cores(), MOST_JOBS, events // _WORTH, room))

    def parts_for(self, events: int) -> int:
        """The number of parts for so many events.

        >>> Split().parts_for(4_000_000), Split(weight=2).parts_for(4_000_000)
        (1, 8)
        """
        if self.parts is not None:
            return self.parts
        if self.on is not None:
            return max(self.weight * -(-events // PART), 1)
        jobs = self.jobs_for(events)
        room = _usable_memory() / (jobs + (jobs > 1)) - _PROCESS
        most = max(int(room / _EVENT), _LEAST_PART)
        if self.weight * events <= min(IN_ONE_PART, most):
            return 1
        return self.weight * -(-events // min(PART, most))

    def is_whole(self, events: int) -> bool:
        """Whether so many events are read at once and counted in this process."""
        return self.on is None and self.parts_for(events) == 1


def _usable_memory() -> float:
    from cjmine.memory_limit import memory_limit

    return _USABLE * memory_limit().bytes


def usable_cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
