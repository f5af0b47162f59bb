"""How large the sheets of an old workbook (.xls) unfold, found out before the reader unfolds them.

A sheet is a stream of records, each with a kind and a size. The reader makes room for every cell
from the first to the last one, and at once for as many as a sheet says that it has; a text that
many cells share is written out for each.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from mmap import ACCESS_READ, mmap
from pathlib import Path

from cjmine.loaders.budgets import over_budget
from cjmine.loaders.compound_file import stream_of
from cjmine.loaders.old_strings import lengths_of_strings
from cjmine.loaders.workbook_size import Extent, check_shared
from cjmine.regular_files import regular

MOST_STATED = 1 << 24  # cells: 65,536 rows of 256 columns are all that such a sheet can have
_END, _SHEET, _SIZE, _STRINGS, _GOES_ON = 0x000A, 0x0085, 0x0200, 0x00FC, 0x003C
_LOCKED, _SHARED, _SEVERAL = 0x002F, 0x00FD, 0x00BD
_CELLS = frozenset((0x0006, 0x00D6, 0x0203, 0x0204, 0x0205, 0x027E, _SHARED, _SEVERAL))


def check_old_sheets(path: Path, label: str, most: int) -> None:
    """Look at every sheet of an old workbook; `most` is how many bytes its texts may have.

    Raises DataError L130, and ValueError where the workbook is damaged.
    """
    with regular(path).open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
        stream = stream_of(data, ("Workbook", "Book"))
    if stream is None:
        raise ValueError("no workbook")
    places: list[int] = []
    strings: list[bytes] = []
    previous = 0
    for kind, body in _records(stream, 0):
        if kind == _LOCKED:
            return  # the reader says so
        if kind == _SHEET:
            places += struct.unpack_from("<I", body)
        elif kind == _STRINGS or (kind == _GOES_ON and previous == _STRINGS):
            strings.append(body)
            kind = _STRINGS
        previous = kind
    lengths = lengths_of_strings(strings)
    shared = walked = 0
    for place in places:
        extent, size = _sheet(stream, place, label, lengths)
        extent.check(label)
        shared, walked = shared + extent.shared, walked + size
        if walked > len(stream):
            raise over_budget(label, "its sheets have the same cells, over and over")
        check_shared(shared, most, label)


def _sheet(stream: bytes, place: int, label: str, lengths: Sequence[int]) -> tuple[Extent, int]:
    """How far a sheet reaches, and how many bytes it has itself."""
    extent, size = Extent(), 0
    for kind, body in _records(stream, place):
        size += len(body) + 4
        if kind in _CELLS and len(body) >= 6:
            row, column = struct.unpack_from("<HH", body)
            cells = (len(body) - 6) // 6 if kind == _SEVERAL else 1
            extent.reach(row + 1, column + cells, cells)
            if kind == _SHARED:
                (text,) = struct.unpack_from("<I", body, 6)
                extent.shared += lengths[text] if text < len(lengths) else 0
        elif kind == _SIZE:
            first, end, left, right = struct.unpack_from("<IIHH" if len(body) > 12 else "<4H", body)
            if end < first or right < left or (end - first) * (right - left) > MOST_STATED:
                raise over_budget(
                    label, "a sheet says that it has more cells than an old workbook can have"
                )
    return extent, size


def _records(stream: bytes, place: int) -> Iterator[tuple[int, bytes]]:
    """The records from a place on, to the end of their part. Raises ValueError where one is cut."""
    while place + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, place)
        place += 4 + size
        if place > len(stream):
            raise ValueError("a record that is cut off")
        yield kind, stream[place - size : place]
        if kind == _END:
            return
