"""Where the parts of a log are counted: in this process, or in others that get names and bytes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar, cast

from cjmine.counting.split import Split, only_saved_logs
from cjmine.eventlog.log import EventLog
from cjmine.eventlog.parts import Log, LogPart, StoredPart

Setup = TypeVar("Setup")
Facts = TypeVar("Facts")
Shared = TypeVar("Shared")
Partial = TypeVar("Partial")


@dataclass(frozen=True, slots=True)
class Question(Generic[Setup, Facts, Shared, Partial]):
    """What is asked of every part: `count(prepare(events, setup), shared)`, an `answer`.

    Both are functions of a module, since other processes find them by name; `setup`, `shared` and
    the answers are dataclasses that `packed` takes.
    """

    prepare: Callable[[EventLog, Setup], Facts]
    setup: Setup
    count: Callable[[Facts, Shared], Partial]
    shared: Shared
    answer: type[Partial]


class Executor(Protocol):
    """Something that answers questions about the parts of one log."""

    def ask(self, question: Question[Any, Any, Any, Partial]) -> list[Partial]:
        """The answer of every part, in the order of the parts."""

    def close(self) -> None:
        """Let go of what it holds."""


def executor_for(log: Log, split: Split) -> Executor:
    """The executor that a split asks for; a log in memory is counted in this process.

    Raises UsageError U101 where such a log is to be counted elsewhere, and what connecting raises.
    """
    if split.on is not None:
        return _on_cluster(log, split, split.on)
    parts = log.parts(split.parts_for(log.events))
    jobs = min(split.jobs_for(log.events), len(parts))
    if jobs > 1 and not isinstance(log, EventLog):
        from cjmine.counting.processes import Processes

        return Processes(_stored(parts), jobs)
    from cjmine.counting.serial import Serial

    return Serial(tuple(parts))


def _on_cluster(log: Log, split: Split, place: str) -> Executor:
    if isinstance(log, EventLog):
        raise only_saved_logs()
    from cjmine.counting.spark import OnSpark
    from cjmine.counting.spark_session import connect

    cluster = connect(place)
    number = split.parts or max(split.parts_for(log.events), cluster.cores)
    return OnSpark(_stored(log.parts(number)), cluster)


def _stored(parts: Sequence[LogPart]) -> tuple[StoredPart, ...]:
    """The parts of a log that is not in memory."""
    return tuple(cast(Sequence[StoredPart], parts))
