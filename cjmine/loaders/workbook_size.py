"""How large the sheets of a workbook unfold, found out before the reader unfolds them.

The reader makes room for every cell from the first to the last one, so a single cell in the far
corner of a sheet asks for 17 billion. Here the places of the cells are looked up in the packed
sheets themselves; what they say of their own size is not believed.
"""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from cjmine.loaders.budgets import MOST_COLUMNS, over_budget

MOST_EMPTY = 4_000_000  # cells of a sheet that may be empty, or
EMPTY_TIMES = 10  # as many as the filled ones
_PIECE = 1 << 20
_LONGEST_TAG = 1 << 16
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_COLUMN = re.compile(rb'\sr="([A-Za-z]{1,3})[0-9]')
_ROW = re.compile(rb'\sr="[A-Za-z]{0,3}([0-9]{1,9})"')
_ROWS = re.compile(rb"<(?:\w+:)?row[\s/>]")
_ODS = re.compile(
    rb"<(table:table|table:table-row|table:table-cell|table:covered-table-cell)(\s[^<>]*)?>"
)
_REPEATED = re.compile(rb'table:number-(?:columns|rows)-repeated="([0-9]{1,9})"')


@dataclass(slots=True)
class Extent:
    """How far the cells of a sheet reach, and how many there are."""

    rows: int = 0
    columns: int = 0
    cells: int = 0

    def reach(self, rows: int, columns: int, cells: int) -> None:
        """Take in some more cells."""
        self.rows, self.columns = max(self.rows, rows), max(self.columns, columns)
        self.cells += cells

    def check(self, label: str) -> None:
        """Raises DataError L130 where most of a large sheet is empty, or it is too wide."""
        if self.rows * self.columns > max(MOST_EMPTY, EMPTY_TIMES * self.cells):
            raise over_budget(
                label,
                f"a sheet reaches over {self.rows:,} rows and {self.columns:,} columns, and nearly"
                " all of its cells are empty",
                "a cell far outside the table",
                "delete what is right of the table and below it, or export it as CSV",
            )
        if self.columns > MOST_COLUMNS:
            raise over_budget(label, f"a sheet has more than {MOST_COLUMNS:,} columns")


def check_sheets(archive: zipfile.ZipFile, label: str) -> None:
    """Look at every sheet of a packed workbook. Raises DataError L130."""
    for name in archive.namelist():
        lower = name.lower()
        is_sheet = lower.startswith("xl/worksheets/") or lower == "content.xml"
        if not is_sheet and not lower.startswith("xl/sharedstrings"):
            continue
        with archive.open(name) as sheet:
            if not is_sheet:
                for _ in iter(lambda: sheet.read(_PIECE), b""):
                    pass  # that it is no longer than it says is checked at its end
                continue
            if lower.endswith(".bin"):
                found = [_binary(sheet)]
            elif lower == "content.xml":
                found = _open_document(sheet)
            else:
                found = [_markup(sheet)]
        for one in found:
            one.check(label)


def _markup(sheet: IO[bytes]) -> Extent:
    """The cells of a sheet in XML; one without a place is right of the one before it."""
    extent, rows, unplaced = Extent(), 0, 0
    for piece in _tags(sheet):
        letters = _COLUMN.findall(piece)
        columns = max(map(_number, set(letters)), default=0)
        numbers = max(map(int, set(_ROW.findall(piece))), default=0)
        cells = len(_CELL.findall(piece))
        rows += len(_ROWS.findall(piece))
        unplaced += max(0, cells - len(letters))
        extent.reach(max(numbers, rows), max(columns, min(unplaced, MOST_COLUMNS)), cells)
    return extent


def _tags(sheet: IO[bytes]) -> Iterator[bytes]:
    """The bytes of a sheet in pieces that end between two tags."""
    held = b""
    while piece := sheet.read(_PIECE):
        piece = held + piece
        cut = piece.rfind(b"<")
        if cut < 0 or len(piece) - cut > _LONGEST_TAG:
            cut = len(piece)
        held = piece[cut:]
        yield piece[:cut]
    yield held


def _number(letters: bytes) -> int:
    """The number of a column: A is 1, XFD 16,384."""
    found = 0
    for letter in letters.upper():
        found = 26 * found + letter - 64
    return found


def _open_document(sheet: IO[bytes]) -> list[Extent]:
    """The tables of an OpenDocument sheet, where cells and rows are repeated by number."""
    found = [Extent()]
    row = repeated = column = 0
    for piece in _tags(sheet):
        for tag in _ODS.finditer(piece):
            attributes = tag[2] or b""
            times = _REPEATED.search(attributes)
            count = int(times[1]) if times else 1
            if tag[1] == b"table:table":
                found.append(Extent())
                row = repeated = 0
            elif tag[1] == b"table:table-row":
                row, repeated, column = row + repeated, count, 0
            else:
                column += count
                if b"value" in attributes or not attributes.endswith(b"/"):
                    found[-1].reach(row + repeated, column, 1)
    return found


def _binary(sheet: IO[bytes]) -> Extent:
    """The cells of a binary sheet: records of a type, a size and that many bytes."""
    extent, row = Extent(), 0
    while (kind := _varint(sheet, 2)) is not None and (size := _varint(sheet, 4)) is not None:
        body = sheet.read(size)
        if kind == 0 and len(body) >= 4:
            (row,) = struct.unpack_from("<I", body)
        elif 1 <= kind <= 11 and len(body) >= 4:
            (column,) = struct.unpack_from("<I", body)
            extent.reach(row + 1, column + 1, 1)
    return extent


def _varint(sheet: IO[bytes], longest: int) -> int | None:
    """A number in groups of seven bits; None at the end."""
    found = 0
    for place in range(longest):
        byte = sheet.read(1)
        if not byte:
            return None
        found |= (byte[0] & 0x7F) << 7 * place
        if byte[0] < 0x80:
            break
    return found
