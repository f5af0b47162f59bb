"""Counting parts on a cluster: one task a part, which Spark gives again where a worker dies."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import Any, cast

from cjmine.counting.executors import Partial, Question
from cjmine.counting.packed import unpacked
from cjmine.counting.shipped import found, task_of, value_of
from cjmine.counting.spark_failures import ended
from cjmine.counting.spark_session import Cluster
from cjmine.counting.worker import Refused, Sent, StoredFile
from cjmine.eventlog.parts import StoredPart


class OnSpark:
    """Counts on a cluster, whose workers read the log under the path that it has here."""

    def __init__(self, parts: tuple[StoredPart, ...], cluster: Cluster) -> None:
        absolute = [replace(cast(Any, part), path=os.path.abspath(part.path)) for part in parts]
        paths = sorted({path for part in absolute for path in part.files})
        self._parts = tuple(value_of(part) for part in absolute)
        self._files = tuple(StoredFile(path, os.stat(path).st_size) for path in paths)
        self._cluster = cluster

    def ask(self, question: Question[Any, Any, Any, Partial]) -> list[Partial]:
        """Raises DataError L127, L151, L152 and L153 besides what counting a part raises."""
        sent = Sent(task_of(question), self._parts, self._files)
        rows = sorted(self._cluster.rows(sent, len(self._parts)))
        for _, _, refused in rows:
            if refused:
                raise _error(unpacked(refused, Refused))
        return [unpacked(answer, question.answer) for _, answer, _ in rows]

    def close(self) -> None:
        """The connection outlives the question: the next one of this process takes it up."""


def _error(refused: Refused) -> Exception:
    if not refused.kind:
        return ended("a worker of the cluster had too little memory for a part")
    error: Exception = found(refused.kind)(*refused.problems)
    return error
