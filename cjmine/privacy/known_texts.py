"""Many distinct texts by number: which texts of a column are known, and what the new ones are.

A Python dictionary takes some 150 bytes a text and is asked text by text; this is asked a column at
a time and takes what the texts take and about 25 bytes each. A text is found by a hash and then
compared, so two texts are never taken for one; the hash is seeded, so no file can plan collisions.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Places = npt.NDArray[np.int32]
Hashes = npt.NDArray[np.uint32]
Bounds = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Number = TypeVar("Number", bound=np.generic)

_SEED, _MIX = (one | np.uint64(1) for one in np.frombuffer(os.urandom(16), np.uint64))
_WORD = 8
_PART = 1 << 18  # texts that are handed out at once
_LEAST = 1 << 10


class _Texts:
    """Texts one behind the other: those between the bounds, and padding to read whole words."""

    def __init__(self, bounds: Bounds, octets: npt.NDArray[np.uint8]) -> None:
        self.bounds, self.octets = bounds, octets
        words = max(len(octets) - _WORD + 1, 0)
        self._words = np.ndarray((words,), "<u8", octets, strides=(1,))

    def word(self, places: npt.NDArray[np.integer], number: int) -> npt.NDArray[np.uint64]:
        """The bytes of a text from 8 × number on, as a number; 0 behind its end."""
        begin = self.bounds[places] + _WORD * number
        left = np.clip(self.bounds[places + 1] - begin, 0, _WORD).astype(np.uint64)
        found: npt.NDArray[np.uint64] = self._words[np.minimum(begin, len(self._words) - 1)]
        kept = np.uint64(64) - np.uint64(8) * left
        return np.where(left > 0, (found << kept) >> kept, np.uint64(0))

    def lengths(self, places: npt.NDArray[np.integer]) -> Bounds:
        """How many bytes each text has."""
        lengths: Bounds = self.bounds[places + 1] - self.bounds[places]
        return lengths


class KnownTexts:
    """Distinct texts, numbered in the order in which they came."""

    def __init__(self) -> None:
        self._count = 0
        self._bounds: Bounds = np.zeros(1, np.int64)
        self._octets = np.zeros(_WORD, np.uint8)
        self._hashes: Hashes = np.zeros(0, np.uint32)
        self._slots: Places = np.full(_LEAST, -1, np.int32)

    def __len__(self) -> int:
        return self._count

    def __repr__(self) -> str:
        return f"KnownTexts({self._count:,} texts)"

    def places(self, column: pa.Array) -> Places:
        """The number of each text of a column without nulls; -1 for one that is not known.

        >>> known = KnownTexts()
        >>> known.add(pa.array(["ann", "bob"])).tolist()
        [0, 1]
        >>> known.places(pa.array(["bob", "", "ann"])).tolist()
        [1, -1, 0]
        """
        found = np.full(len(column), -1, np.int32)
        if not self._count or not len(column):
            return found
        texts, known = _texts_of(column), _Texts(self._bounds, self._octets)
        hashes = _hashes(texts)
        mask = np.uint32(len(self._slots) - 1)
        open_ones, slots = np.arange(len(column)), hashes & mask
        while len(open_ones):
            here = self._slots[slots[open_ones]]
            is_there = here >= 0
            open_ones, here = open_ones[is_there], here[is_there]
            same = self._hashes[here] == hashes[open_ones]
            same[same] = _equal(texts, open_ones[same], known, here[same])
            found[open_ones[same]] = here[same]
            open_ones = open_ones[~same]
            slots[open_ones] = (slots[open_ones] + np.uint32(1)) & mask
        return found

    def add(self, column: pa.Array) -> Places:
        """Take texts that are distinct and not known yet, none of them null; their numbers."""
        texts = _texts_of(column)
        first, last = self._count, self._count + len(column)
        self._bounds = _grown(self._bounds, last + 1)
        begin = int(self._bounds[first])
        size = int(texts.bounds[-1] - texts.bounds[0])
        self._bounds[first : last + 1] = texts.bounds - texts.bounds[0] + begin
        self._octets = _grown(self._octets, begin + size + _WORD)
        self._octets[begin : begin + size] = texts.octets[int(texts.bounds[0]) :][:size]
        self._hashes = _grown(self._hashes, last)
        self._hashes[first:last] = _hashes(texts)
        self._count = last
        if 2 * last > len(self._slots):
            many = _LEAST
            while 2 * last > many:
                many *= 2
            self._slots = np.full(many, -1, np.int32)
            for start in range(0, last, _PART):
                self._enter(np.arange(start, min(start + _PART, last), dtype=np.int32))
        else:
            self._enter(np.arange(first, last, dtype=np.int32))
        return np.arange(first, last, dtype=np.int32)

    def parts(self) -> Iterator[pa.Array]:
        """All texts in their order, as columns of a moderate size."""
        for first in range(0, self._count, _PART):
            last = min(first + _PART, self._count)
            bounds = self._bounds[first : last + 1]
            octets = self._octets[bounds[0] : bounds[-1]].copy()
            ends = pa.py_buffer((bounds - bounds[0]).astype(np.int32))
            yield pa.Array.from_buffers(
                pa.string(), last - first, [None, ends, pa.py_buffer(octets)]
            )

    def _enter(self, places: Places) -> None:
        """Give each text the first slot from that of its hash on that no other has."""
        mask = np.uint32(len(self._slots) - 1)
        slots = self._hashes[places] & mask
        while len(places):
            free = self._slots[slots] < 0
            self._slots[slots[free]] = places[free]
            left = self._slots[slots] != places
            places, slots = places[left], (slots[left] + np.uint32(1)) & mask


def _texts_of(column: pa.Array) -> _Texts:
    bounds = np.zeros(len(column) + 1, np.int64)
    _, ends, data = column.buffers()
    if len(column):
        bounds[:] = np.frombuffer(ends, np.int32)[column.offset :][: len(column) + 1]
    octets = np.frombuffer(data or b"", np.uint8)[bounds[0] : bounds[-1]]
    padded = np.zeros(len(octets) + _WORD, np.uint8)
    padded[: len(octets)] = octets
    return _Texts(bounds - bounds[0], padded)


def _hashes(texts: _Texts) -> Hashes:
    places = np.arange(len(texts.bounds) - 1)
    lengths = texts.lengths(places)
    hashes = lengths.astype(np.uint64) * _SEED
    for number in range(-(-int(lengths.max(initial=0)) // _WORD)):
        longer = places if number == 0 else places[lengths > _WORD * number]
        mixed = (hashes[longer] ^ texts.word(longer, number)) * _MIX
        hashes[longer] = mixed ^ (mixed >> np.uint64(29))
    found: Hashes = (hashes >> np.uint64(32)).astype(np.uint32)
    return found


def _equal(some: _Texts, places: npt.NDArray[np.intp], others: _Texts, at: Places) -> Flags:
    """Which texts of one place are those of another."""
    lengths = some.lengths(places)
    equal: Flags = lengths == others.lengths(at)
    for number in range(-(-int(lengths.max(initial=0)) // _WORD)):
        longer = np.flatnonzero(equal & (lengths > _WORD * number))
        equal[longer] = some.word(places[longer], number) == others.word(at[longer], number)
    return equal


def _grown(values: npt.NDArray[Number], least: int) -> npt.NDArray[Number]:
    """The same values in an array of at least so many places, with room for more."""
    if len(values) >= least:
        return values
    grown = np.zeros(max(least, len(values) + len(values) // 4), values.dtype)
    grown[: len(values)] = values
    return grown
