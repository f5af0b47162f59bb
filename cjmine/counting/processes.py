"""Counting parts in a pool of processes on this machine."""

from __future__ import annotations

import os
import sys
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Any

from cjmine.counting.executors import Partial, Question
from cjmine.counting.packed import unpacked
from cjmine.counting.shipped import Task, Value, task_of, value_of
from cjmine.eventlog.parts import StoredPart
from cjmine.memory_limit import out_of_memory

_SILENT = "ignore:resource_tracker:UserWarning"


class Processes:
    """Counts in so many processes, which end with this one and leave interruptions to it."""

    def __init__(self, parts: tuple[StoredPart, ...], jobs: int) -> None:
        self._parts, self._jobs = [value_of(part) for part in parts], jobs
        self._pool: ProcessPoolExecutor | None = None

    def ask(self, question: Question[Any, Any, Any, Partial]) -> list[Partial]:
        """Raises DataError L127 where a process has died."""
        if self._pool is None:
            self._pool = _pool(self._jobs)
        task = task_of(question)
        try:
            waiting = [self._pool.submit(_answer, task, part) for part in self._parts]
            return [unpacked(one.result(), question.answer) for one in waiting]
        except BrokenProcessPool:
            raise out_of_memory("a process that counted a part of the log was ended") from None

    def close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)


def _answer(task: Task, part: Value) -> bytes:
    return task.answer(part.read())


def _pool(jobs: int) -> ProcessPoolExecutor:
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
