"""Reading ahead: the next item is made in a thread while the present one is worked on."""

from __future__ import annotations

import sys
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from queue import Empty, Full, Queue
from threading import Event, Thread
from typing import TypeVar

Item = TypeVar("Item")
_WAITING = 1
_END = object()


def prefetch(items: Iterable[Item]) -> Generator[Item, None, None]:
    """The same items in the same order, made by a thread that stays a little ahead.

    What the thread raises is raised here. Leaving early stops the thread.

    >>> list(prefetch(range(3)))
    [0, 1, 2]
    """
    queue: Queue[object] = Queue(_WAITING)
    stop = Event()

    def put(item: object) -> bool:
        while not stop.is_set():
            try:
                queue.put(item, timeout=0.1)
            except Full:
                continue
            return True
        return False

    def work() -> None:
        try:
            for item in items:
                if not put(item):
                    return
            put(_END)
        except BaseException as error:
            put(_Raised(error))

    thread = Thread(target=work, daemon=True)
    with _eager_switching():
        thread.start()
        try:
            while True:
                item = _next(queue, thread)
                if item is _END:
                    return
                if isinstance(item, _Raised):
                    raise item.error
                yield item  # type: ignore[misc]
        finally:
            stop.set()
            thread.join()
            if isinstance(items, Generator):
                items.close()  # an exception on its way may hold on to it


class _Raised:
    """An exception on its way to the other side."""

    def __init__(self, error: BaseException) -> None:
        self.error = error


def _next(queue: Queue[object], thread: Thread) -> object:
    while True:
        try:
            return queue.get(timeout=1.0)
        except Empty:
            if not thread.is_alive() and queue.empty():
                return _END


@contextmanager
def _eager_switching() -> Iterator[None]:
    """Let the threads take turns more often than every five milliseconds."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(0.0001)
    try:
        yield
    finally:
        sys.setswitchinterval(before)
