"""Pieces of what was read: columns of numbers of some events of one source, in memory or spilled.

What is spilled are codes, times and flags: numbers that say nothing without the table of a load,
which stays in memory. So no raw value and no token is ever in a temporary file.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, overload

import numpy as np
import numpy.typing as npt

from cjmine.output import failed

Array = npt.NDArray[Any]
Flags = npt.NDArray[np.bool_]

PIECE = 500_000  # events; what a load that may spill reads before it does
_STRETCH = 1 << 20  # values; short arrays are joined up to so many
FIRST = "first of record"  # which events are the first of their record; without it all are


class Piece:
    """Columns of some events of one source, one value an event, in the order of reading."""

    def __init__(self, columns: Mapping[str, Array]) -> None:
        self._columns: dict[str, Array | Path] = dict(columns)
        self.events = len(next(iter(columns.values()), ()))

    def __repr__(self) -> str:
        return f"Piece({self.events:,} events)"

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(self._columns)

    def has(self, name: str) -> bool:
        """Whether the piece has a column."""
        return name in self._columns

    def column(self, name: str) -> Array:
        """The values of a column, read where it is spilled; they are not to be changed."""
        found = self._columns[name]
        values: Array = np.load(found) if isinstance(found, Path) else found
        return values

    def firsts(self) -> Flags:
        """Which events are the first of their record."""
        return self.column(FIRST) if self.has(FIRST) else np.ones(self.events, bool)

    def put(self, name: str, values: Array) -> None:
        """Give a column other values."""
        found = self._columns.get(name)
        if isinstance(found, Path):
            np.save(found, values)
        else:
            self._columns[name] = values

    def keep(self, wanted: Flags) -> None:
        """Leave out events, in every column."""
        for name in self._columns:
            self.put(name, self.column(name)[wanted])
        self.events = int(np.count_nonzero(wanted))

    def drop(self) -> None:
        """Forget the columns, and delete the files of those that are spilled."""
        for found in self._columns.values():
            if isinstance(found, Path):
                found.unlink()
        self._columns = {}

    def split(self, events: int, without: Collection[str]) -> list[Piece]:
        """Pieces of at most so many events, without some of the columns."""
        columns = {name: self.column(name) for name in self._columns if name not in without}
        return [
            Piece({name: values[start : start + events] for name, values in columns.items()})
            for start in range(0, max(self.events, 1), events)
        ]

    def spill(self, folder: Path, number: int) -> None:
        """Move all columns from memory into files of a folder."""
        for place, name in enumerate(self._columns):
            file = folder / f"{number:06}-{place:02}.npy"
            np.save(file, self.column(name))
            self._columns[name] = file


@dataclass(slots=True)
class Spill:
    """A private folder for pieces: as soon as so many events are in memory, they are spilled.

    It is made when it is needed. Raises OutputError O101 where it cannot be made or is full.
    """

    folder: Path
    events: int = PIECE
    _waiting: list[Piece] = field(default_factory=list, repr=False)
    _in_memory: int = 0
    _spilled: int = 0

    def take(self, piece: Piece) -> None:
        """A piece that is complete; it is spilled now or with those that follow."""
        self._waiting.append(piece)
        self._in_memory += piece.events
        if self._in_memory < self.events:
            return
        with self.writing() as folder:
            for one in self._waiting:
                one.spill(folder, self._spilled)
                self._spilled += 1
        self._waiting, self._in_memory = [], 0

    @contextmanager
    def writing(self) -> Iterator[Path]:
        """The folder, to write into it."""
        try:
            self.folder.mkdir(0o700, exist_ok=True)
            yield self.folder
        except OSError as error:
            place = self.folder.parent
            raise failed("what was read cannot be put aside", place, error) from None


class Column(Sequence[Array]):
    """One column of several pieces; each part of it is read where it is asked for."""

    def __init__(self, pieces: Sequence[Piece], name: str) -> None:
        self._pieces, self._name = pieces, name

    def __len__(self) -> int:
        return len(self._pieces)

    @overload
    def __getitem__(self, place: int) -> Array: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Array]: ...
    def __getitem__(self, place: int | slice) -> Array | Sequence[Array]:
        if isinstance(place, slice):
            return Column(self._pieces[place], self._name)
        return self._pieces[place].column(self._name)


def stretches(parts: Iterable[Array]) -> Iterator[Array]:
    """The same values in the same order, in arrays that are not short unless they are the last.

    >>> [one.tolist() for one in stretches([np.array([1]), np.array([2])])]
    [[1, 2]]
    """
    waiting: list[Array] = []
    values = 0
    for part in parts:
        waiting.append(part)
        values += len(part)
        if values >= _STRETCH:
            yield np.concatenate(waiting) if len(waiting) > 1 else part
            waiting, values = [], 0
    if waiting:
        yield np.concatenate(waiting)


def counted(parts: Iterable[npt.NDArray[np.int32]], codes: int) -> npt.NDArray[np.int64]:
    """How often each of so many codes occurs; negative codes count for none.

    >>> counted([np.array([0, 1, -1], np.int32), np.array([1], np.int32)], 3).tolist()
    [1, 2, 0]
    """
    counts = np.zeros(codes, np.int64)
    for some in stretches(parts):
        found = np.bincount(some[some >= 0])
        counts[: len(found)] += found
    return counts
