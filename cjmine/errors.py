"""Every problem that cjmine can name: code, place, message, cause and remedy.

This module is below everything else and imports nothing of cjmine but the codes.
A message shows the place and the shape of a value, never the value: it may be personal data.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import IntEnum

from cjmine.codes import Code as Code


class ExitStatus(IntEnum):
    """What the process returns to the shell (DESIGN section 9; held by a test)."""

    DONE = 0
    BROKEN = 1
    USAGE = 2
    DATA = 3
    PRIVACY = 4
    OUTPUT = 5
    INTERNAL = 70
    INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Place:
    """Where a problem sits. Lines and positions count from 1; a record is a row below the header.

    `column` names a column of the data, `position` is where in its line something begins.
    """

    file: str | None = None
    line: int | None = None
    column: str | None = None
    record: int | None = None
    position: int | None = None

    def __str__(self) -> str:
        spot = self.file or ""
        if self.line is not None:
            spot += f":{self.line}"
        if self.position is not None:
            spot += f":{self.position}"
        extras = []
        if self.record is not None:
            extras.append(f"record {self.record:,}")
        if self.column is not None:
            extras.append(f"column {self.column}")
        if extras:
            spot = ", ".join([spot, *extras] if spot else extras)
        return spot


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: what, where, why, and what to do about it."""

    code: Code
    message: str
    place: Place = field(default_factory=Place)
    cause: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Something the reader of a result should know; not a problem."""

    code: Code
    text: str


class CjmineError(Exception):
    """The base of everything cjmine raises on purpose; carries all problems found together."""

    exit_status = ExitStatus.INTERNAL

    def __init__(self, *problems: Problem) -> None:
        if not problems:
            raise ValueError("an error needs at least one problem")
        self.problems: tuple[Problem, ...] = problems
        super().__init__("; ".join(f"{problem.code}: {problem.message}" for problem in problems))

    def __reduce__(self) -> tuple[type[CjmineError], tuple[Problem, ...]]:
        """The same error in another process, with its problems instead of their text."""
        return type(self), self.problems

    @property
    def code(self) -> Code:
        """The code of the first problem."""
        return self.problems[0].code


class UsageError(CjmineError):
    """The command, an option, the configuration or a journey file is wrong."""

    exit_status = ExitStatus.USAGE


class DataError(CjmineError):
    """The input cannot be used as it is."""

    exit_status = ExitStatus.DATA


class PrivacyError(CjmineError):
    """Refused, because personal data would not be protected."""

    exit_status = ExitStatus.PRIVACY


class OutputError(CjmineError):
    """The result could not be written."""

    exit_status = ExitStatus.OUTPUT


def did_you_mean(wanted: str, available: Sequence[str]) -> str:
    """Name the nearest of the available names, or list them; empty if there are none.

    >>> did_you_mean("Chekout", ["Search", "Checkout"])
    'did you mean "Checkout"?'
    """
    near = nearest(wanted, available)
    if near is not None:
        return f'did you mean "{near}"?'
    return f"available: {listed(available)}" if available else ""


def nearest(wanted: str, available: Sequence[str]) -> str | None:
    """The name that is spelt nearly so; None where none is.

    >>> nearest("Chekout", ["Search", "Checkout"]), nearest("Pay", ["Search"])
    ('Checkout', None)
    """
    folded = {name.casefold(): name for name in available}
    found = get_close_matches(wanted.casefold(), folded, n=1, cutoff=0.6)
    return folded[found[0]] if found else None


def listed(names: Iterable[str], most: int = 12) -> str:
    """Join names for a message and cut a long list short.

    >>> listed(["a", "b", "c"], most=2)
    'a, b and 1 more'
    """
    every = list(names)
    shown = ", ".join(every[:most])
    return f"{shown} and {len(every) - most:,} more" if len(every) > most else shown
