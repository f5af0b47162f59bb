"""Workbooks of the old kind (.xls), written by hand: no library in reach writes them."""

from __future__ import annotations

import struct
from collections.abc import Sequence

_SECTOR = 512
_END, _FREE, _IS_FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_BOF, _EOF, _SHEET, _SIZE, _TEXT, _NUMBER = 0x0809, 0x000A, 0x0085, 0x0200, 0x0204, 0x0203
_STRINGS, _SHARED = 0x00FC, 0x00FD

Cell = tuple[int, int, str | float]


def old_workbook(
    *sheets: Sequence[Cell], size: tuple[int, int] | None = None, shared: str = "", times: int = 1
) -> bytes:
    """A workbook of sheets, each of cells (row, column, value) that count from 0.

    `size` is what a sheet says of its own rows and columns; a cell that holds `shared` refers to it.
    Each sheet is listed so many `times`.
    """
    return in_container(_stream(sheets, size, shared, times))


def in_container(stream: bytes, loop: bool = False) -> bytes:
    """A compound file with one stream; `loop` lets its last sector be followed by its first."""
    stream = stream.ljust(4096, b"\0")
    length = -(-len(stream) // _SECTOR)
    tables = -(-(length + 1) // 127)  # a table of 128 sectors has its own among them
    first = tables + 1
    next_one = [*[_IS_FAT] * tables, _END, *range(first + 1, first + length), _END]
    if loop:
        next_one[-1] = first
    next_one += [_FREE] * (tables * 128 - len(next_one))
    header = struct.pack(
        "<8s16sHHHHH6xIIIIIIIII",
        *(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6),
        *(0, tables, tables, 0, 4096, _END, 0, _END, 0),
    )
    header += struct.pack("<109I", *range(tables), *[_FREE] * (109 - tables))
    entries = _entry("Root Entry", 5, _END, 0, 1) + _entry("Workbook", 2, first, len(stream))
    return (
        header
        + struct.pack(f"<{len(next_one)}I", *next_one)
        + entries.ljust(_SECTOR, b"\0")
        + stream.ljust(length * _SECTOR, b"\0")
    )


def _entry(name: str, kind: int, first: int, size: int, child: int = _FREE) -> bytes:
    written = name.encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII36xIQ", written, len(written) + 2, kind, 1, _FREE, _FREE, child, first, size
    )


def _stream(
    sheets: Sequence[Sequence[Cell]], size: tuple[int, int] | None, shared: str, times: int
) -> bytes:
    begin = _record(_BOF, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 6))
    strings = b""
    if shared:
        told = struct.pack("<IIHB", 1, 1, len(shared), 0) + shared.encode("latin-1")
        strings = _record(_STRINGS, told)
    names = [f"S{number:05}".encode() for number in range(len(sheets) * times)]
    place = len(begin) + len(strings) + sum(12 + len(name) for name in names) + 4
    listed, parts = b"", b""
    for number, cells in enumerate(sheets):
        for name in names[number * times : (number + 1) * times]:
            told = struct.pack("<IBBBB", place + len(parts), 0, 0, len(name), 0)
            listed += _record(_SHEET, told + name)
        parts += _sheet(cells, size, shared)
    return begin + strings + listed + _record(_EOF, b"") + parts


def _sheet(cells: Sequence[Cell], size: tuple[int, int] | None, shared: str) -> bytes:
    rows, columns = size or (max(c[0] for c in cells) + 1, max(c[1] for c in cells) + 1)
    found = _record(_BOF, struct.pack("<HHHHII", 0x0600, 16, 0, 0, 0, 6))
    found += _record(_SIZE, struct.pack("<IIHHH", 0, rows, 0, min(columns, 0xFFFF), 0))
    return found + b"".join(_cell(*cell, shared) for cell in cells) + _record(_EOF, b"")


def _cell(row: int, column: int, value: str | float, shared: str) -> bytes:
    front = struct.pack("<HHH", row, column, 0)
    if isinstance(value, float):
        return _record(_NUMBER, front + struct.pack("<d", value))
    if shared and value == shared:
        return _record(_SHARED, front + struct.pack("<I", 0))
    return _record(_TEXT, front + struct.pack("<HB", len(value), 0) + value.encode("latin-1"))


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body
