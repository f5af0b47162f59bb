"""Memory of a command: enough is asked for before anything is read, and watched while it works.

Libraries that get no memory for a thread or a buffer end the process without a word, and so does
the system where a control group has used up its memory.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from cjmine.errors import ExitStatus
from cjmine.memory_limit import MemoryLimit, SetBy, memory_limit, out_of_memory, too_little_memory
from cjmine.temporary import undo_all

LEAST_SPACE = 1536 << 20  # bytes
_LOOK_EVERY = 0.02  # seconds
_LEFT = 48 << 20  # bytes of a control group below which a command ends itself


def check_memory() -> None:
    """Raises DataError L127 where the address space of the process is limited to too little.

    Of address space threads and buffers reserve far more than they use.
    """
    if sys.platform == "win32":
        return
    import resource

    for limit in (resource.RLIMIT_AS, resource.RLIMIT_DATA):
        allowed, _ = resource.getrlimit(limit)
        if allowed != resource.RLIM_INFINITY and allowed < LEAST_SPACE:
            raise too_little_memory(allowed, LEAST_SPACE)


@contextmanager
def watched_memory() -> Iterator[None]:
    """Within the block the command ends itself with L127 before its control group is killed."""
    limit = memory_limit()
    if limit.set_by is not SetBy.GROUP or limit.used() is None:
        yield
        return
    from threading import Event, Thread

    done = Event()
    Thread(target=_watch, args=(limit, done), daemon=True).start()
    try:
        yield
    finally:
        done.set()


def _watch(limit: MemoryLimit, done: object) -> None:
    from threading import Event

    from cjmine.cli.screen import show_error

    assert isinstance(done, Event)
    while not done.wait(_LOOK_EVERY):
        used = limit.used()
        if used is None:
            return
        if used > limit.bytes - _LEFT:
            undo_all()
            show_error(out_of_memory(f"{used / 1e9:.1f} GB are in use"))
            if sys.stderr is not None:
                sys.stderr.flush()
            os._exit(ExitStatus.DATA)
