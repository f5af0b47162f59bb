"""One computation in a thread while the caller does another."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import Generic, TypeVar

Result = TypeVar("Result")


class Meanwhile(Generic[Result]):
    """Starts a computation at once; `result` waits for it and raises what it raised.

    Worth it for work on large columns, which NumPy and Arrow do without holding up others.

    >>> Meanwhile(lambda: 6 * 7).result()
    42
    """

    def __init__(self, work: Callable[[], Result]) -> None:
        self._results: list[Result] = []
        self._errors: list[BaseException] = []
        self._thread = Thread(target=self._run, args=(work,), daemon=True)
        self._thread.start()

    def _run(self, work: Callable[[], Result]) -> None:
        try:
            self._results.append(work())
        except BaseException as error:
            self._errors.append(error)

    def result(self) -> Result:
        """The outcome of the computation."""
        self._thread.join()
        if self._errors:
            raise self._errors[0]
        return self._results[0]
