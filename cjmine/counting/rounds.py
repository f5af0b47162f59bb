"""Asking every part of a log the same question, in this process or in a pool of others.

One part is the ordinary case: there is no second path for logs that are counted whole.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from cjmine.counting.packed import packed, unpacked
from cjmine.counting.split import Split
from cjmine.errors import out_of_memory
from cjmine.eventlog.log import EventLog
from cjmine.eventlog.parts import Log, LogPart, SavedPart

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

Setup = TypeVar("Setup")
Facts = TypeVar("Facts")
Shared = TypeVar("Shared")
Partial = TypeVar("Partial")

_SILENT = "ignore:resource_tracker:UserWarning"
IN_THIS_PROCESS = Split(jobs=1)


class Rounds(AbstractContextManager["Rounds[Any, Any]"], Generic[Setup, Facts]):
    """The parts of a log, and what is prepared from each of them before questions are asked.

    `prepare` makes facts from the events of one part. It and every question must be functions of
    a module, since other processes find them by name; `setup`, what is shared and the answers are
    dataclasses that `packed` takes. Facts are kept from round to round where there is one part;
    else they are made again, so that memory follows the part.

    Other processes get the path of a saved log, numbers and Arrow bytes only. A log in memory is
    counted in this process, however many jobs are allowed.
    """

    def __init__(
        self,
        log: Log,
        prepare: Callable[[EventLog, Setup], Facts],
        setup: Setup,
        split: Split = IN_THIS_PROCESS,
    ) -> None:
        self._parts: tuple[LogPart, ...] = tuple(log.parts(split.parts_for(log.events)))
        self._prepare, self._setup = prepare, setup
        self._jobs = min(split.jobs_for(log.events), len(self._parts))
        self._kept: list[Facts] = []
        self._pool: ProcessPoolExecutor | None = None

    def ask(
        self,
        count: Callable[[Facts, Shared], Partial],
        shared: Shared,
        answer: type[Partial],
    ) -> list[Partial]:
        """The answer of every part, in the order of the parts; `answer` is their class.

        Raises what reading a part raises, and DataError L127 where a process has died.
        """
        saved = [part for part in self._parts if isinstance(part, SavedPart)]
        if self._jobs > 1 and len(saved) == len(self._parts):
            return self._ask_others(saved, count, shared, answer)
        return [count(facts, shared) for facts in self._facts()]

    def _facts(self) -> Any:
        if self._kept:
            return self._kept
        made = (self._prepare(part.read(), self._setup) for part in self._parts)
        if len(self._parts) > 1:
            return made
        self._kept = list(made)
        return self._kept

    def _ask_others(
        self,
        parts: list[SavedPart],
        count: Callable[[Facts, Shared], Partial],
        shared: Shared,
        answer: type[Partial],
    ) -> list[Partial]:
        from concurrent.futures.process import BrokenProcessPool

        if self._pool is None:
            self._pool = _pool(self._jobs)
        setup, question = packed(self._setup), packed(shared)
        kinds = type(self._setup), type(shared)
        try:
            waiting = [
                self._pool.submit(_answer, part, self._prepare, setup, count, question, kinds)
                for part in parts
            ]
            return [unpacked(one.result(), answer) for one in waiting]
        except BrokenProcessPool:
            raise out_of_memory("a process that counted a part of the log was ended") from None

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)


def _pool(jobs: int) -> ProcessPoolExecutor:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # Where this process is ended early, the one that takes away what a pool leaves warns of it.
    if _SILENT not in sys.warnoptions:
        sys.warnoptions.append(_SILENT)
    return ProcessPoolExecutor(jobs, get_context("spawn"), initializer=_begin)


def _begin() -> None:
    """Leave interruptions to the process that asks, and end when it has ended."""
    import signal
    from multiprocessing import parent_process
    from threading import Thread

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    assert parent is not None

    def follow() -> None:
        parent.join()
        os._exit(1)

    Thread(target=follow, daemon=True).start()


def _answer(
    part: SavedPart,
    prepare: Callable[[EventLog, Any], Any],
    setup: bytes,
    count: Callable[[Any, Any], Any],
    question: bytes,
    kinds: tuple[type[Any], type[Any]],
) -> bytes:
    """Answer a question about one part, in a process of the pool."""
    facts = prepare(part.read(), unpacked(setup, kinds[0]))
    return packed(count(facts, unpacked(question, kinds[1])))
