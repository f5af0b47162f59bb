"""Workbooks (xlsx, xls, xlsb, ods): the table in a sheet, every cell as text.

Spreadsheets put titles above a table and totals below it, keep numbers as floats and times as
days. A number that is whole is written without a fraction, so that a phone number stays one;
numbers over 15 digits were rounded by the program that wrote them, and are written so.
"""

from __future__ import annotations

import datetime
import re
import struct
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cjmine.errors import Code, DataError, Place, Problem, did_you_mean
from cjmine.loaders.budgets import over_budget
from cjmine.loaders.files import unreadable
from cjmine.loaders.header import looks_like_data, unique_names
from cjmine.loaders.native_reader import silent_reader
from cjmine.loaders.old_workbook import check_old_sheets
from cjmine.loaders.workbook_size import check_sheets
from cjmine.regular_files import regular

LARGEST = 1 << 30
MOST_UNPACKED = 100_000_000  # bytes of a packed workbook, or
UNPACKED_TIMES = 60  # as many times its size; sheets are packed to about a tenth
_HEADER_WITHIN = 30
_LONGEST = 10**15
_MONTHS = 12
_DATE = re.compile(r"\s*(\d{1,2})[-/.](\d{1,2})[-/.]\d")
TOTAL = r"(?i)^\s*(?:eind|sub|grand )?(?:totaal|total|totals|totalen|som|sum)\b"


@dataclass(frozen=True, slots=True)
class SheetTable:
    """The table of a sheet: its columns, and its rows below the header in `row` (from 1).

    `totals` counts rows of totals that were left out; an empty cell is None. `half_dates` names
    columns of which some cells are dates and others texts of dates, with the row of such a text.
    """

    sheet: str
    row: int
    columns: tuple[str, ...]
    rows: list[list[str | None]] = field(repr=False)
    totals: int
    half_dates: tuple[tuple[str, int], ...] = ()


def is_workbook(first: bytes, path: Path) -> bool:
    """Whether the bytes begin a workbook, by content and not by the name of the file."""
    if first.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return True
    if not first.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(path) as file:
            names = set(file.namelist())
    except (zipfile.BadZipFile, OSError, NotImplementedError):
        return False
    return any(name.startswith("xl/workbook") for name in names) or "content.xml" in names


def read_workbook(
    path: Path, label: str, sheet: str | None = None, most: int = MOST_UNPACKED
) -> list[SheetTable]:
    """The tables of the visible sheets that hold one, or of the sheet that is named.

    `most` is how many bytes a packed one may unpack to at any ratio.

    Raises
    ------
    DataError
        L102 or L122 where the workbook cannot be opened, L106 for an unknown sheet, L105 where no
        sheet holds a table, L130 where it would unfold to too much.
    """
    import python_calamine as calamine

    _check_size(path, label, most)
    try:
        with silent_reader():
            read = _sheets(path, label, sheet)
    except calamine.PasswordError:
        raise _unreadable(label, "it is protected by a password", "save it without one") from None
    except DataError:
        raise
    except Exception:  # the reader is not ours, and damaged files fail in many ways
        raise _unreadable(label, "it is damaged, or no workbook", "save it again") from None
    found = tuple(table for name, rows in read.items() if (table := _table(name, rows)) is not None)
    if not found:
        raise DataError(
            Problem(
                Code.HEADER_MISSING,
                "no sheet holds a table with a header",
                Place(label),
                cause=f"sheets looked at: {len(read)}",
            )
        )
    return list(found)


def _sheets(path: Path, label: str, sheet: str | None) -> dict[str, list[list[object]]]:
    """The cells of the visible sheets, or of the sheet that is named. Raises DataError L106."""
    import python_calamine as calamine

    book = calamine.CalamineWorkbook.from_path(str(path))
    visible = [
        one.name for one in book.sheets_metadata if one.visible == calamine.SheetVisibleEnum.Visible
    ]
    if sheet is not None and sheet not in book.sheet_names:
        raise DataError(
            Problem(
                Code.COLUMN_MISSING,
                f'there is no sheet "{sheet}"',
                Place(label),
                remedy=did_you_mean(sheet, book.sheet_names),
            )
        )
    wanted = visible if sheet is None else [sheet]
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in wanted}


def _table(name: str, rows: Sequence[Sequence[object]]) -> SheetTable | None:
    """The table of a sheet: below the first row that is filled like the widest ones, all names."""
    widest = max((_filled(row) for row in rows[:200]), default=0)
    if widest < 2:
        return None
    for header in range(min(len(rows), _HEADER_WITHIN)):
        names = [_text(cell) for cell in rows[header]]
        written = [text for text in names if text]
        if 2 * len(written) > widest and not any(looks_like_data(text) for text in written):
            break
    else:
        return None
    width = max(column for column, text in enumerate(names) if text) + 1
    columns = unique_names([" ".join((text or "").split()) for text in names[:width]])
    below = [[_text(cell) for cell in row[:width]] for row in rows[header + 1 :]]
    blank: list[str | None] = [None] * width
    kept = [blank if _is_total(row) else row for row in below]
    totals = sum(map(_is_total, below))
    half = tuple(
        (column, header + 2 + text)
        for place, column in enumerate(columns)
        if (text := _text_among_dates([row[place : place + 1] for row in rows[header + 1 :]])) >= 0
    )
    return SheetTable(name, header + 1, columns, kept, totals, half)


def _text_among_dates(cells: Sequence[Sequence[object]]) -> int:
    """Where the first text is in a column of which a spreadsheet took a part for dates, else -1.

    Its sign: no date has a day over 12, and each text of a date has a part over 12.
    """
    days = [cell.day for row in cells for cell in row if isinstance(cell, datetime.date)]
    if not days or max(days) > _MONTHS:
        return -1
    first = -1
    for place, row in enumerate(cells):
        found = _DATE.match(row[0]) if row and isinstance(row[0], str) else None
        if found is not None:
            if max(int(found[1]), int(found[2])) <= _MONTHS:
                return -1
            first = place if first < 0 else first
    return first


def _filled(row: Sequence[object]) -> int:
    return sum(1 for cell in row if cell not in ("", None))


def _is_total(row: Sequence[str | None]) -> bool:
    first = next((cell for cell in row if cell), "")
    return re.match(TOTAL, first) is not None


def _text(cell: object) -> str | None:
    """A cell as text: whole numbers without a fraction, times in ISO form."""
    match cell:
        case None | "":
            return None
        case bool():
            return "TRUE" if cell else "FALSE"
        case float():
            return _number(cell)
        case datetime.datetime():
            return cell.isoformat(" ")
        case datetime.timedelta():
            seconds = round(cell.total_seconds())
            return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
        case _:
            return str(cell).strip() or None


def _number(cell: float) -> str:
    """A number as text; as a power of ten where its last digits are not what was typed.

    Spreadsheets keep 15 digits and put zeros behind; other programs write up to 2 ** 53 exactly.
    """
    exact = abs(cell) < _LONGEST or (abs(cell) < 1 << 53 and cell % 10 != 0)
    if not exact:
        return f"{cell:.9e}"
    return str(int(cell)) if cell.is_integer() else repr(cell)


def _check_size(path: Path, label: str, most: int) -> None:
    """Refuse a workbook that unfolds to too much. Raises DataError L102, L122, L130."""
    try:
        with regular(path).open("rb") as file:
            packed = path.stat().st_size
            if file.read(2) != b"PK":
                if packed > LARGEST:
                    raise _unreadable(label, "it is larger than 1 GiB", "export it as CSV")
                check_old_sheets(path, label, max(most, UNPACKED_TIMES * packed))
                return
        with zipfile.ZipFile(path) as archive:
            size = sum(member.file_size for member in archive.infolist())
            if size > max(most, UNPACKED_TIMES * packed):
                raise over_budget(
                    label,
                    f"the workbook unpacks to {size:,} bytes, over {UNPACKED_TIMES} times its size",
                    remedy="export it as CSV, or let more through: --max-bytes 2GB",
                )
            check_sheets(archive, label, max(most, UNPACKED_TIMES * packed))
    except OSError as error:
        raise unreadable(label, error) from None
    except (
        *(zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error),
        *(ValueError, struct.error),
    ):
        raise _unreadable(label, "it is damaged, or protected by a password", "save it again")


def _unreadable(label: str, cause: str, remedy: str) -> DataError:
    return DataError(
        Problem(Code.LOG_FORMAT, "the workbook cannot be read", Place(label), cause, remedy)
    )
