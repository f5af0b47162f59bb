"""What a worker of a cluster does: it reads parts of a log where they lie and answers with bytes.

A refusal travels as an answer, since what is raised would be tried again and quoted with its text.
"""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyarrow as pa

from cjmine.columns import array
from cjmine.counting.packed import packed
from cjmine.counting.shipped import Task, Value, name_of
from cjmine.errors import CjmineError, Code, DataError, Place, Problem
from cjmine.eventlog.parts import StoredPart

ROW = "place long, answer binary, refused binary"


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file of a log as the machine that asks sees it."""

    path: str
    size: int


@dataclass(frozen=True, slots=True)
class Sent:
    """A question, the parts it is about, and the files where they lie."""

    task: Task
    parts: tuple[Value, ...]
    files: tuple[StoredFile, ...]

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Answer about the parts whose places arrive: one row of `ROW` each."""
        for batch in batches:
            for place in array(batch.column(0)).tolist():
                yield self._row(place)

    def _row(self, place: int) -> pa.RecordBatch:
        try:
            part = self.parts[place].read()
            self._check_files(part)
            return _row(place, self.task.answer(part), b"")
        except MemoryError:
            return _row(place, b"", packed(Refused("", ())))
        except CjmineError as error:
            return _row(place, b"", packed(Refused(name_of(type(error)), error.problems)))

    def _check_files(self, part: StoredPart) -> None:
        """Raises DataError L151 where this worker sees another file than the asking machine."""
        for file in self.files:
            cause = _difference(file) if file.path in part.files else ""
            if cause:
                raise DataError(
                    Problem(
                        Code.PATH_UNSEEN,
                        "a worker of the cluster cannot read the log",
                        Place(part.label),
                        cause=f"{cause} at {file.path} on {platform.node()}",
                        remedy="the workers must see the log under the same path",
                    )
                )


def _difference(file: StoredFile) -> str:
    try:
        size = os.stat(file.path).st_size
    except OSError:
        return "nothing is seen"
    if size != file.size:
        return "another file lies"
    return "" if os.access(file.path, os.R_OK) else "a file that may not be read lies"


def _row(place: int, answer: bytes, refused: bytes) -> pa.RecordBatch:
    columns = [pa.array([place], pa.int64())]
    columns += [pa.array([one], pa.binary()) for one in (answer, refused)]
    return pa.record_batch(columns, names=["place", "answer", "refused"])


@dataclass(frozen=True, slots=True)
class Refused:
    """An error of ours: the name of its class and its problems; no name where memory ran out."""

    kind: str
    problems: tuple[Problem, ...]


def greet(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """One row of `ROW` a partition, whatever arrives: a worker is there and can count."""
    for _ in batches:
        pass
    yield _row(0, b"", b"")
