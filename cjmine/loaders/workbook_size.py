"""How large the sheets of a workbook unfold, found out before the reader unfolds them.

The reader makes room for every cell from the first to the last one, so a single cell in the far
corner of a sheet asks for 17 billion; a text that many cells share is written out for each. Here
the places of the cells are looked up in the packed sheets themselves; what they say of their own
size is not believed.
"""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO

from cjmine.loaders.budgets import MOST_COLUMNS, over_budget
from cjmine.loaders.workbook_parts import pieces_of_tags, records, shared_in, shared_texts

MOST_EMPTY = 4_000_000  # cells of a sheet that may be empty, or
EMPTY_TIMES = 10  # as many as the filled ones
_SHARED = 7  # the kind of a cell of a binary sheet whose text is with those that are shared
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
    """How far the cells of a sheet reach, how many there are, and the bytes of texts they share."""

    rows: int = 0
    columns: int = 0
    cells: int = 0
    shared: int = 0

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


def check_sheets(archive: zipfile.ZipFile, label: str, most: int) -> None:
    """Look at every sheet of a packed workbook; `most` is how many bytes its texts may have.

    Raises DataError L130.
    """
    names = [(name, name.lower()) for name in archive.namelist()]
    lengths = [
        length
        for name, lower in names
        if lower.startswith("xl/sharedstrings")
        for length in shared_texts(archive, name)
    ]
    shared = 0
    for name, lower in names:
        if not lower.startswith("xl/worksheets/") and lower != "content.xml":
            continue
        with archive.open(name) as sheet:
            if lower.endswith(".bin"):
                found = [_binary(sheet, lengths)]
            elif lower == "content.xml":
                found = _open_document(sheet)
            else:
                found = [_markup(sheet)]
        for one in found:
            one.check(label)
        if found[0].cells * max(lengths, default=0) > most - shared and lower.endswith(".xml"):
            found[0].shared = shared_in(archive, name, lengths)
        shared += sum(one.shared for one in found)
        check_shared(shared, most, label)


def check_shared(shared: int, most: int, label: str) -> None:
    """Raises DataError L130 where the texts of a workbook are long because cells share them."""
    if shared > most:
        raise over_budget(
            label,
            f"the texts of its cells have over {most:,} bytes, nearly all of them the same",
            remedy="export it as CSV, or let more through: --max-bytes 2GB",
        )


def _markup(sheet: IO[bytes]) -> Extent:
    """The cells of a sheet in XML; one without a place is right of the one before it."""
    extent, rows, unplaced = Extent(), 0, 0
    for piece in pieces_of_tags(sheet):
        letters = _COLUMN.findall(piece)
        columns = max(map(_number, set(letters)), default=0)
        numbers = max(map(int, set(_ROW.findall(piece))), default=0)
        cells = len(_CELL.findall(piece))
        rows += len(_ROWS.findall(piece))
        unplaced += max(0, cells - len(letters))
        extent.reach(max(numbers, rows), max(columns, min(unplaced, MOST_COLUMNS)), cells)
    return extent


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
    at = copies = 0
    filled = -1
    for piece in pieces_of_tags(sheet):
        for tag in _ODS.finditer(piece):
            if filled >= 0:
                found[-1].shared += (at + tag.start() - filled) * copies
                filled = -1
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
                    filled, copies = at + tag.end(), count * repeated - 1
        at += len(piece)
    found[-1].shared += (at - filled) * copies if filled >= 0 else 0
    return found


def _binary(sheet: IO[bytes], lengths: Sequence[int]) -> Extent:
    """The cells of a binary sheet, which name the texts that they share by number."""
    extent, row = Extent(), 0
    for kind, body in records(sheet):
        if kind == 0 and len(body) >= 4:
            (row,) = struct.unpack_from("<I", body)
        elif 1 <= kind <= 11 and len(body) >= 4:
            (column,) = struct.unpack_from("<I", body)
            extent.reach(row + 1, column + 1, 1)
            if kind == _SHARED and len(body) >= 12:
                (text,) = struct.unpack_from("<I", body, 8)
                extent.shared += lengths[text] if text < len(lengths) else 0
    return extent
