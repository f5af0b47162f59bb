"""Rows on their way to the engine, which asks for them batch by batch; it says why they end early.

What goes wrong on the way crosses the engine as text that may quote values, so it is kept here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import pyarrow as pa

from cjmine.errors import CjmineError, Code, DataError, Place, Problem
from cjmine.memory_limit import out_of_memory


class Flow:
    """What gives rows for a query; `failure` is why the last one came to no end."""

    def __init__(
        self,
        name: str,
        schema: pa.Schema,
        batches: Callable[[], Iterable[pa.RecordBatch]],
        label: str,
    ) -> None:
        self.name = name
        self.failure: CjmineError | None = None
        self._schema, self._batches, self._label = schema, batches, label

    def begun(self) -> pa.RecordBatchReader:
        """The rows from the first on."""
        self.failure = None
        return pa.RecordBatchReader.from_batches(self._schema, self._each())

    def _each(self) -> Iterator[pa.RecordBatch]:
        try:
            yield from self._batches()
        except CjmineError as error:
            self.failure = error
            raise
        except MemoryError:
            self.failure = out_of_memory()
            raise
        except Exception as error:
            self.failure = broken_off(self._label, error)
            raise


def broken_off(label: str, error: Exception) -> DataError:
    """The error for rows that stop coming; what another library says may quote values."""
    return DataError(
        Problem(
            Code.FILE_UNREADABLE,
            "the rows stopped coming before their end",
            Place(label),
            cause=type(error).__name__,
            remedy="see what sends them, and begin again: nothing was kept",
        )
    )
