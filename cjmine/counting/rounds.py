"""Asking every part of a log the same question, wherever its parts are counted.

One part is the ordinary case: there is no second path for logs that are counted whole.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, Generic

from cjmine.counting.executors import Facts, Partial, Question, Setup, Shared, executor_for
from cjmine.counting.split import Split
from cjmine.eventlog.log import EventLog
from cjmine.eventlog.parts import Log

IN_THIS_PROCESS = Split(jobs=1)


class Rounds(AbstractContextManager["Rounds[Any, Any]"], Generic[Setup, Facts]):
    """The parts of a log, and what is prepared from each of them before questions are asked.

    `prepare` makes facts from the events of one part. It and every question must be functions of
    a module, since other processes find them by name; `setup`, what is shared and the answers are
    dataclasses that `packed` takes.

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
        self._executor = executor_for(log, split)
        self._prepare, self._setup = prepare, setup

    def ask(
        self,
        count: Callable[[Facts, Shared], Partial],
        shared: Shared,
        answer: type[Partial],
    ) -> list[Partial]:
        """The answer of every part, in the order of the parts; `answer` is their class.

        Raises what reading a part raises, and DataError L127 where a process has died.
        """
        question = Question(self._prepare, self._setup, count, shared, answer)
        return self._executor.ask(question)

    def __exit__(self, *_: object) -> None:
        self._executor.close()
