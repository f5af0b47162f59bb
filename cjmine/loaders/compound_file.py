"""A stream in a compound file, the container of the workbooks before 2007: sectors in chains.

A chain is followed for at most as many sectors as there are, so that one that turns back ends.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from mmap import mmap

_SIZES = {9: 512, 12: 4096}
_SMALL = 4096  # streams below this are in small sectors
_SMALL_SECTOR = 64
_MOST = 0xFFFFFFFA  # sectors have numbers below this
_END = 0xFFFFFFFE


def stream_of(data: bytes | mmap, names: Sequence[str]) -> bytes | None:
    """The stream of the first of these names that is there; None where none is.

    Raises ValueError where the file is damaged: a chain of sectors that is broken or has no end.

    >>> stream_of(b"PK", ["Workbook"])
    Traceback (most recent call last):
    ValueError: no compound file
    """
    try:
        return _Sectors(data).stream(names)
    except (struct.error, KeyError, IndexError):
        raise ValueError("no compound file") from None


class _Sectors:
    """The sectors of a file, and for each the one that follows it."""

    def __init__(self, data: bytes | mmap) -> None:
        self._data = data
        self._size = _SIZES[_number(data, 30, "<H")]
        tables = list(struct.unpack_from("<109I", data, 76))
        further = _number(data, 68)
        while further < _MOST:
            *more, further = _numbers(self._sector(further))
            tables += more
            if 4 * len(tables) > len(data):
                raise ValueError("more tables than bytes")
        self._next = _numbers(b"".join(self._sector(one) for one in tables if one < _MOST))

    def stream(self, names: Sequence[str]) -> bytes | None:
        """The stream of the first of these names that is there."""
        entries = self._chain(_number(self._data, 48))
        found: dict[str, tuple[int, int]] = {}
        for place in range(0, len(entries) - 127, 128):
            name = entries[place : place + 64].decode("utf-16-le", "replace").partition("\0")[0]
            found.setdefault(name, (_number(entries, place + 116), _number(entries, place + 120)))
        small = self._chain(_number(entries, 116))
        small_next = _numbers(self._chain(_number(self._data, 60)))
        for name in names:
            if name in found:
                start, size = found[name]
                if size >= _SMALL:
                    return self._chain(start)[:size]
                places = (_SMALL_SECTOR * one for one in _followed(start, small_next))
                return b"".join(small[one : one + _SMALL_SECTOR] for one in places)[:size]
        return None

    def _chain(self, start: int) -> bytes:
        return b"".join(map(self._sector, _followed(start, self._next)))

    def _sector(self, number: int) -> bytes:
        start = self._size * (number + 1)
        return self._data[start : start + self._size]


def _followed(start: int, next_one: Sequence[int]) -> Iterator[int]:
    """The sectors of a chain. Raises IndexError where it is broken, ValueError without an end."""
    for _ in range(len(next_one) + 1):
        if start == _END:
            return
        yield start
        start = next_one[start]
    raise ValueError("a chain of sectors without an end")


def _number(data: bytes | mmap, place: int, form: str = "<I") -> int:
    found: int = struct.unpack_from(form, data, place)[0]
    return found


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])
