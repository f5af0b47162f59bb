"""Counting part after part in this process."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cjmine.counting.executors import Partial, Question
from cjmine.eventlog.parts import LogPart


class Serial:
    """Counts in this process.

    Facts are kept from question to question where there is one part; else they are made again, so
    that memory follows the part.
    """

    def __init__(self, parts: tuple[LogPart, ...]) -> None:
        self._parts = parts
        self._kept: list[Any] = []

    def ask(self, question: Question[Any, Any, Any, Partial]) -> list[Partial]:
        return [question.count(one, question.shared) for one in self._facts(question)]

    def _facts(self, question: Question[Any, Any, Any, Any]) -> Iterable[Any]:
        if self._kept:
            return self._kept
        made = (question.prepare(part.read(), question.setup) for part in self._parts)
        if len(self._parts) > 1:
            return made
        self._kept = list(made)
        return self._kept

    def close(self) -> None:
        self._kept = []
