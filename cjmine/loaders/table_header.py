"""Which row of a table names its columns, also where it has a name too few or too many.

Programs write the number of a row without a name above it, or a delimiter at the end of each row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from cjmine.loaders.header import looks_like_data


@dataclass(frozen=True, slots=True)
class Misfit:
    """A header whose names are not as many as the fields below it; lines count from 1."""

    header_line: int
    names: int
    row_line: int
    fields: int


@dataclass(frozen=True, slots=True)
class HeaderRow:
    """The names of the columns and how many lines are above them; `named` says that they are names.

    `misfit` is set where the row above the others has names that cannot be theirs, and `apart` says
    that the header has another number of fields than they have.
    """

    skip: int
    names: tuple[str, ...]
    named: bool
    misfit: Misfit | None = None
    apart: bool = False


def header_row(rows: Sequence[tuple[int, list[str]]], width: int) -> HeaderRow:
    """The header of rows of which most have `width` fields, each with the lines above it."""
    wide = [place for place, (_, row) in enumerate(rows) if len(row) == width]
    # Spreadsheets fill title rows up to the width of the table: they are mostly empty.
    first = next((place for place in wide if _mostly_filled(rows[place][1])), wide[0])
    skip, row = rows[first]
    names = _cleaned(row)
    if _are_names(names):
        return HeaderRow(skip, names, True)
    if first == 0:
        return HeaderRow(skip, names, False)
    above, written = rows[first - 1][0], _cleaned(rows[first - 1][1])
    while len(written) > width and not written[-1]:
        written = written[:-1]
    below = [row for _, row in rows[first:] if len(row) == width]
    if len(written) < 2 or not _are_names(written):
        return HeaderRow(skip, names, False)
    apart = len(rows[first - 1][1]) != width
    if len(written) == width or (len(written) == width - 1 and all(not row[-1] for row in below)):
        return HeaderRow(above, written, True, apart=apart)
    if len(written) == width - 1 and _counts_up([row[0] for row in below]):
        return HeaderRow(above, ("", *written), True, apart=True)
    misfit = Misfit(above + 1, len(written), skip + 1, width)
    return HeaderRow(skip, names, False, misfit, apart=True)


def _cleaned(row: Sequence[str]) -> tuple[str, ...]:
    """Names on one line: a break in a quoted name is a blank."""
    return tuple(" ".join(name.lstrip("\ufeff").split()) for name in row)


def _are_names(names: Sequence[str]) -> bool:
    filled = [name for name in names if name]
    return (
        _mostly_filled(names)
        and 2 * len(set(filled)) > len(filled)
        and not any(looks_like_data(name) for name in filled)
    )


def _mostly_filled(row: Sequence[str]) -> bool:
    return 2 * sum(1 for name in row if name.strip()) > len(row)


def _counts_up(values: Sequence[str]) -> bool:
    """Whether values are the numbers of rows, each larger than the one before."""
    if not all(value.isascii() and value.isdigit() for value in values):
        return False
    numbers = [int(value) for value in values]
    return numbers[0] <= 1 and all(one < next_ for one, next_ in pairwise(numbers))
