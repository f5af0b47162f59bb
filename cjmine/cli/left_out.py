"""Files of a folder that could not be read: the rest was, and the end of the command says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from cjmine.errors import Code, DataError, Problem

_SHOWN = 20
_problems: ContextVar[list[Problem]] = ContextVar("problems")


def leave_out(problems: Iterable[Problem]) -> None:
    """Remember why files were left out, for the end of the command."""
    _problems.get().extend(problems)


@contextmanager
def said_at_the_end() -> Iterator[None]:
    """Run a verb, and raise DataError L131 behind it where files were left out."""
    found: list[Problem] = []
    mark = _problems.set(found)
    try:
        yield
    finally:
        _problems.reset(mark)
    if found:
        files = len({one.place.file for one in found})
        summary = Problem(
            Code.FILES_LEFT,
            f"{files:,} {'file' if files == 1 else 'files'} of a folder could not be read; what is"
            " said is about the rest",
            remedy="mend them or move them away; --strict stops at the first",
        )
        raise DataError(*found[:_SHOWN], summary)
