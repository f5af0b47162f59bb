"""The beginning of a file, by which formats recognise it."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from cjmine.errors import DataError
from cjmine.loaders.budgets import MOST_BYTES, MOST_COLUMNS
from cjmine.loaders.dialect import Dialect, recognise_dialect
from cjmine.loaders.files import Survey, chunks, survey
from cjmine.loaders.files import head as first_bytes
from cjmine.loaders.text_bytes import Encoding, head_text
from cjmine.loaders.workbook import MOST_UNPACKED, SheetTable, is_workbook, read_workbook

_LINES = 50


@dataclass(frozen=True)
class Head:
    """The first bytes of a file, and what every format asks of them, found out once."""

    path: Path
    label: str
    first: bytes = field(repr=False)
    text: str = field(repr=False)
    max_bytes: int | None = None

    @classmethod
    def of(cls, path: Path, label: str, max_bytes: int | None = None) -> Head:
        """The beginning of a file. Raises DataError L101, L102, L113.

        `max_bytes` is how many bytes a packed file may unpack to at any ratio; None leaves it to
        its reader.
        """
        first = first_bytes(path, label)
        return cls(path, label, first, head_text(first), max_bytes)

    @property
    def most_bytes(self) -> int:
        """How many bytes it may unpack to at any ratio, where gzip packed it."""
        return self.max_bytes or MOST_BYTES

    @cached_property
    def survey(self) -> Survey:
        """What one pass over the whole file finds. Raises DataError as `survey` does."""
        return survey(self.path, self.label, self.most_bytes)

    @cached_property
    def decoding(self) -> Survey | None:
        """What must be done to JSON before a parser reads it: UTF-16 or NUL bytes; None if nothing.

        Raises DataError L102, L113, L130.
        """
        if self.first[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            return Survey(len(self.first), 0, Encoding.UTF16_BOM, 0, 0)
        nuls = sum(chunk.count(0) for chunk in chunks(self.path, self.label, self.most_bytes))
        return Survey(len(self.first), 0, Encoding.UTF8, 0, 0, nuls=nuls) if nuls else None

    @property
    def nuls(self) -> int:
        """How many NUL bytes were passed over; 0 where no format asked for them."""
        asked = [self.__dict__.get(name) for name in ("survey", "decoding")]
        return max((one.nuls for one in asked if one is not None), default=0)

    @cached_property
    def dialect(self) -> Dialect | None:
        """How the text is delimited; None if it is not."""
        return recognise_dialect(self.text)

    @cached_property
    def is_workbook(self) -> bool:
        """Whether it is a workbook, by its content."""
        return is_workbook(self.first, self.path)

    @cached_property
    def columns(self) -> tuple[str, ...] | None:
        """The columns of the table that begins here; None where it is none."""
        if self.is_workbook:
            try:
                return self.sheets[0].columns
            except DataError:
                return None
        form = self.dialect
        if form is None or not form.has_header or len(form.columns) > MOST_COLUMNS:
            return None
        return form.columns

    @cached_property
    def sheets(self) -> list[SheetTable]:
        """The tables of a workbook's visible sheets. Raises DataError as `read_workbook` does."""
        return read_workbook(self.path, self.label, most=self.max_bytes or MOST_UNPACKED)

    @cached_property
    def _lines(self) -> list[str]:
        first = re.split(r"\r\n?|\n", self.text, maxsplit=_LINES)[:_LINES]
        return [line for line in first if line.strip()]

    def most_lines(self, shape: re.Pattern[str]) -> bool:
        """Whether six in ten of the first fifty lines match, blank ones apart."""
        hits = sum(1 for line in self._lines if shape.match(line))
        return bool(self._lines) and hits >= 0.6 * len(self._lines)

    @property
    def beginning(self) -> str:
        """The text without a byte order mark and blanks in front."""
        return self.text.lstrip("\ufeff \t\r\n")
