"""The line of each key of a TOML document; the parser of the standard library forgets it.

Only for documents that the parser accepted: nothing is checked here.
"""

from __future__ import annotations

import re

KeyPath = tuple[str | int, ...]

_TEXT = r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\])*"|\'[^\']*\''
_GAP = re.compile(r"(?:\s|#[^\n]*)*")
_KEY = re.compile(rf"\s*({_TEXT}|[A-Za-z0-9_-]+)\s*(\.?)", re.DOTALL)
_SCALAR = re.compile(rf"(?:{_TEXT}|[^,\]}}\n#\"'])+", re.DOTALL)


def key_lines(text: str) -> dict[KeyPath, int]:
    r"""The line (from 1) of every key, table and array element, by its path.

    >>> key_lines('[a]\nb = [{ c = 1 }]')[("a", "b", 0, "c")]
    2
    """
    return _Scanner(text.replace("\r\n", "\n")).found


class _Scanner:
    def __init__(self, text: str) -> None:
        self._text, self._at = text, 0
        self._tables: dict[KeyPath, int] = {}
        self.found: dict[KeyPath, int] = {}
        here: KeyPath = ()
        self._skip()
        while self._at < len(text):
            if text.startswith("[[", self._at):
                here = self._header(2)
            elif text[self._at] == "[":
                here = self._header(1)
            else:
                self._pair(here)
            self._skip()

    def _skip(self) -> None:
        gap = _GAP.match(self._text, self._at)
        self._at = gap.end() if gap else self._at

    def _mark(self, path: KeyPath, start: int) -> None:
        line = self._text.count("\n", 0, start) + 1
        for length in range(1, len(path) + 1):
            self.found.setdefault(path[:length], line)

    def _key(self) -> list[str]:
        parts = []
        while match := _KEY.match(self._text, self._at):
            self._at = match.end()
            parts.append(match[1].strip("\"'"))
            if not match[2]:
                break
        return parts

    def _header(self, brackets: int) -> KeyPath:
        start = self._at
        self._at += brackets
        *above, last = self._key()
        self._at += brackets
        path: KeyPath = ()
        for part in above:
            path = (*path, part)
            if path in self._tables:
                path = (*path, self._tables[path])
        path = (*path, last)
        if brackets == 2:
            self._tables[path] = self._tables.get(path, -1) + 1
            path = (*path, self._tables[path])
        self._mark(path, start)
        return path

    def _pair(self, here: KeyPath) -> None:
        start = self._at
        path = (*here, *self._key())
        self._mark(path, start)
        self._skip()
        self._at += 1
        self._value(path)

    def _value(self, path: KeyPath) -> None:
        self._skip()
        opening = self._text[self._at]
        if opening not in "[{":
            scalar = _SCALAR.match(self._text, self._at)
            self._at = scalar.end() if scalar else self._at + 1
            return
        self._at += 1
        place = 0
        while True:
            self._skip()
            sign = self._text[self._at]
            if sign in "]}":
                self._at += 1
                return
            if sign == ",":
                self._at += 1
            elif opening == "{":
                self._pair(path)
            else:
                self._mark((*path, place), self._at)
                self._value((*path, place))
                place += 1
