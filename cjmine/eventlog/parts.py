"""Parts of a log: rows of whole customers, which can be counted apart and added up.

No customer is in two parts, so distinct customers of parts add up exactly.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np

from cjmine.columns import numbers
from cjmine.eventlog.log import CUSTOMER, ROLES, About, Cases, EventLog, Offsets
from cjmine.eventlog.stored import Layout

if TYPE_CHECKING:
    from collections.abc import Sequence

ROW_GROUP = 1 << 20  # events; what a process holds at least of a saved log


class LogPart(Protocol):
    """Some customers of a log with all their events."""

    def read(self) -> EventLog:
        """The events of the part."""


class StoredPart(LogPart, Protocol):
    """A part in files: a frozen dataclass that `packed` takes, cheap to hand on."""

    @property
    def path(self) -> str:
        """The file or the folder of the log."""

    @property
    def label(self) -> str:
        """What the log was called."""

    @property
    def files(self) -> tuple[str, ...]:
        """The files that are read."""


class Log(Protocol):
    """A log in memory or a saved one: what is known about it before its events are read."""

    @property
    def about(self) -> About:
        """What the log says about itself."""

    @property
    def events(self) -> int:
        """The number of events."""

    @property
    def attributes(self) -> tuple[str, ...]:
        """The names of the declared attributes."""

    def has(self, column: str) -> bool:
        """Whether the log has a column."""

    def read(self) -> EventLog:
        """The whole log."""

    def parts(self, number: int) -> Sequence[LogPart]:
        """About so many parts of about equal size; at least one."""


@dataclass(frozen=True, slots=True)
class SavedPart:
    """Whole row groups of a saved log, or one of several pieces of them; cheap to hand on.

    The row groups `first` up to `last` are read and cut into `pieces` parts, of which this is the
    one numbered `piece`.
    """

    path: str
    label: str
    first: int
    last: int
    piece: int = 0
    pieces: int = 1

    @property
    def files(self) -> tuple[str, ...]:
        """The one file."""
        return (self.path,)

    def read(self) -> EventLog:
        """Read the part. Raises DataError L122 where the file is damaged or not in order."""
        from cjmine.eventlog.parquet import open_file

        log = open_file(Path(self.path), self.label).groups(self.first, self.last)
        parts = in_memory(log, self.pieces) if self.pieces > 1 else (log,)
        return parts[self.piece] if self.piece < len(parts) else log.rows(0, 0)


@dataclass(frozen=True, slots=True)
class SavedLog:
    """A saved log of which only the description was read.

    `group_rows` holds the events of each row group. `is_cut`: no customer is in two row groups, so
    that each can be read alone.
    """

    path: str
    label: str
    about: About
    layout: Layout
    group_rows: tuple[int, ...]
    is_cut: bool

    @property
    def events(self) -> int:
        """The number of events."""
        return sum(self.group_rows)

    @property
    def attributes(self) -> tuple[str, ...]:
        """The names of the declared attributes."""
        return tuple(name for name in self.layout.columns if name not in ROLES)

    def has(self, column: str) -> bool:
        """Whether the log has a column."""
        return column in self.layout.columns

    def read(self) -> EventLog:
        """The whole log. Raises DataError L122 where the file is damaged or not in order."""
        return self.groups(0, len(self.group_rows))

    def groups(self, first: int, last: int) -> EventLog:
        """The events of some row groups. Raises DataError L122 like `read`."""
        from cjmine.eventlog.parquet import read_rows

        return read_rows(self, first, last)

    def parts(self, number: int) -> tuple[SavedPart, ...]:
        """About so many parts: neighbouring row groups, or pieces of them where there are fewer.

        A file whose row groups share customers is read whole for every part.
        """
        groups = len(self.group_rows)
        if not self.is_cut or number > groups > 0:
            ranges = [(one, one + 1) for one in range(groups)] if self.is_cut else [(0, groups)]
            pieces = -(-number // len(ranges))
            return tuple(
                SavedPart(self.path, self.label, first, last, piece, pieces)
                for first, last in ranges
                for piece in range(pieces)
            )
        bounds = sorted({round(place * groups / number) for place in range(number + 1)})
        return tuple(
            SavedPart(self.path, self.label, first, last)
            for first, last in pairwise(bounds if groups else (0, 0))
        )


def in_memory(log: EventLog, number: int) -> tuple[EventLog, ...]:
    """Cut a log into at most so many parts of about equal size, each of whole customers.

    The parts share the memory of the log, unless customers with several given cases have to be
    brought together first.

    >>> from cjmine.eventlog.build import log_of
    >>> [one.events for one in in_memory(log_of([("a", "X", 0), ("a", "Y", 1), ("b", "X", 0)]), 2)]
    [2, 1]
    """
    if number <= 1 or not log.events:
        return (log,)
    ordered = log if customers_in_order(log) else _by_customer(log)
    return tuple(ordered.rows(first, last) for first, last in pairwise(cuts(ordered, number)))


def customers_in_order(log: EventLog) -> bool:
    """Whether all events of a customer are side by side; given cases can be in another order."""
    return bool((np.diff(_owners(log)) >= 0).all())


def cuts(log: EventLog, number: int) -> list[int]:
    """The rows that bound about so many parts of a log whose customers are in order."""
    owners = _owners(log)
    starts = np.append(np.flatnonzero(np.diff(owners, prepend=-1)), log.events)
    wanted = np.arange(1, number) * log.events // number
    return sorted({0, *starts[np.searchsorted(starts, wanted)].tolist(), log.events})


def _owners(log: EventLog) -> np.ndarray:
    """The customer of each event; for given cases the customer of the first event of its case."""
    customer = log.codes(CUSTOMER)
    if log.about.cases is Cases.CUSTOMER or not log.events:
        return customer
    starts = _case_starts(log)
    return np.repeat(customer[starts], np.diff(np.append(starts, log.events)))


def _case_starts(log: EventLog) -> Offsets:
    return np.flatnonzero(np.diff(log.codes(log.case_column), prepend=-1))


def _by_customer(log: EventLog) -> EventLog:
    order = np.argsort(_owners(log), kind="stable")
    return EventLog(log.table.take(numbers(order)), log.about)
