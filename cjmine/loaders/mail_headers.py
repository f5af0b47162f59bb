"""Mailboxes as text: where a message starts, and what its headers say.

Nothing below a header block is ever kept. Whatever the bytes are, these functions answer "none"
rather than raise: mail is old, often broken, and sometimes hostile.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from cjmine.errors import Code
from cjmine.loaders.mail_separators import (
    LOOKED_AHEAD,
    envelope_time,
    header_name,
    headers_follow,
    is_bare,
    is_of_git,
)
from cjmine.loaders.text_bytes import without_nuls

if TYPE_CHECKING:
    from email.parser import BytesHeaderParser

LONGEST_LINE = 1 << 20
LARGEST_HEADERS = 1 << 18
LONGEST_TEXT = 4_000
MOST_RECEIVED = 30

_NOT_TEXT = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+")
# Each of these matches or gives up in one go: a header is up to 256 KiB of anything.
_QUOTED = re.compile(r'"((?:[^"\\]|\\.?)*+)(?:"(@?)|\Z)', re.DOTALL)
_COMMENT = re.compile(r"\([^()]*(?:\)|\Z)")
_ADDRESS = re.compile(r"[^\x00-\x20\x7f<>()\[\],;:\\\"@]{1,255}@\w[\w.-]{0,253}")


@dataclass(frozen=True, slots=True)
class RawMessage:
    """One message of a mailbox: its number and line (from 1), its envelope time, its headers.

    `fault` and `reason` are set for a message that is too large to be looked at.
    """

    number: int
    line: int
    envelope: str | None = field(repr=False)
    headers: bytes = field(repr=False)
    fault: Code | None = None
    reason: str = ""


def split(pieces: Iterable[bytes]) -> Iterator[RawMessage]:
    """The messages of a mailbox, in order; memory stays bounded whatever the pieces hold.

    A message starts at the first line that is not blank, and at each line that separates messages.
    Other lines that begin with "From " belong to the body around them.
    """
    reading = _Reading()
    number, blank = 0, True
    lines = _Ahead(_lines(pieces))
    of_git = False
    for line in lines:
        number += 1
        if line is not None and line.startswith(b"From") and not line.startswith(b"From:"):
            of_git = is_of_git(line) if not reading.line else of_git
            if _separates(line, blank, lines, of_git):
                if reading.line:
                    yield reading.finished()
                reading = _Reading(reading.number + 1, number, envelope_time(line))
                blank = False
                continue
        blank = line is not None and len(line) < 2 and line in (b"", b"\r")
        if not reading.line:
            if blank:
                continue
            reading = _Reading(1, number)
        if line is None:
            reading.refuse(Code.LINE_TOO_LONG, "a line is longer than 1 MiB")
        elif reading.in_headers:
            reading.take(line, blank)
    if reading.line:
        yield reading.finished()


def _separates(line: bytes, blank: bool, lines: _Ahead, of_git: bool) -> bool:
    """Whether a line begins a message; `blank` says that the line above is, or that there is none.

    Patches of git are messages only in a mailbox that begins with one.
    """
    if is_of_git(line):
        return of_git and blank
    if envelope_time(line) is not None:
        return blank or headers_follow(lines.next(LOOKED_AHEAD))
    return is_bare(line) and headers_follow(lines.next(LOOKED_AHEAD))


class _Ahead:
    """Lines one by one, and a look at those that come next."""

    def __init__(self, lines: Iterator[bytes | None]) -> None:
        self._lines, self._held = lines, deque[bytes | None]()

    def __iter__(self) -> Iterator[bytes | None]:
        return self

    def __next__(self) -> bytes | None:
        return self._held.popleft() if self._held else next(self._lines)

    def next(self, most: int) -> list[bytes | None]:
        """The next lines, which stay where they are."""
        self._held.extend(islice(self._lines, most - len(self._held)))
        return list(islice(self._held, most))


class _Reading:
    """The message that is being read."""

    __slots__ = (
        "_envelope", "_fault", "_lines", "_reason", "_size", "in_headers", "line", "number"
    )  # fmt: skip

    def __init__(self, number: int = 0, line: int = 0, envelope: str | None = None) -> None:
        self.number, self.line, self._envelope = number, line, envelope
        self.in_headers = True
        self._lines: list[bytes] = []
        self._size = 0
        self._fault: Code | None = None
        self._reason = ""

    def take(self, line: bytes, blank: bool) -> None:
        """Keep a header line; a blank one ends the headers."""
        if blank:
            self.in_headers = False
        elif self._lines or not line.startswith((b"From ", b">From ")):
            self._size += len(line) + 1
            self._lines.append(line)
            if self._size > LARGEST_HEADERS:
                self.refuse(Code.ROW_STRUCTURE, "the headers are larger than 256 KiB")

    def refuse(self, fault: Code, reason: str) -> None:
        """Give the message up; the first fault stays."""
        if self._fault is None:
            self._fault, self._reason = fault, reason
        self.in_headers = False
        self._lines.clear()

    def finished(self) -> RawMessage:
        """The message, now that its last line is read."""
        headers = b"\n".join(self._lines)
        return RawMessage(
            self.number, self.line, self._envelope, headers, self._fault, self._reason
        )


def _lines(pieces: Iterable[bytes]) -> Iterator[bytes | None]:
    """The lines without their line feed; None is one that is too long to keep."""
    held, endless, first = b"", False, True
    for piece in map(without_nuls, pieces):  # else a line behind a block of them is no separator
        lines = (held + (piece.removeprefix(b"\xef\xbb\xbf") if first else piece)).split(b"\n")
        first = False
        held = lines.pop()
        for line in lines:
            yield None if endless or len(line) > LONGEST_LINE else line
            endless = False
        if len(held) > LONGEST_LINE:
            held, endless = b"", True
    if held or endless:
        yield None if endless else held


class Headers:
    """The headers of one message, decoded when asked for; names in any case, first one wins.

    `received` are all lines that mail servers added, the last server first.
    """

    __slots__ = ("_raw", "received")

    def __init__(self, block: bytes) -> None:
        self._raw: dict[str, str] = {}
        self.received: list[str] = []
        for name, value in _parser().parsebytes(block).raw_items():
            self._raw.setdefault(name.lower(), str(value))
            if name.lower() == "received" and len(self.received) < MOST_RECEIVED:
                self.received.append(_one_line(str(value)))

    def plain(self, name: str) -> str:
        """The value on one line, encoded words left as they are; "" if there is none."""
        value = self._raw.get(name.lower(), "")
        return _one_line(value if value.isascii() else _from_bytes(_to_bytes(value)))

    def text(self, name: str) -> str:
        """The value with its encoded words decoded, at most 4,000 characters; "" if none."""
        value = self.plain(name)[:LONGEST_TEXT]
        return _decoded(value) if "=?" in value else value

    def addresses(self, name: str) -> list[str]:
        """The e-mail addresses of a header, in order."""
        value = self.plain(name)
        return addresses(value) or (addresses(self.text(name)) if "=?" in value else [])


@cache
def _parser() -> BytesHeaderParser:
    """The parser of the standard library, which is only imported when there is mail."""
    from email.parser import BytesHeaderParser
    from email.policy import compat32

    return BytesHeaderParser(policy=compat32)


def addresses(value: str) -> list[str]:
    """The e-mail addresses in a list such as `Jan <jan@example.nl>, piet@example.nl`.

    An address in a display name or a comment is not one; a group's name is passed over.

    >>> addresses('"info@example.com" <jan@example.nl>, Team: piet@example.nl;')
    ['jan@example.nl', 'piet@example.nl']
    """
    bare = _QUOTED.sub(lambda found: f"{found[1]}@" if found[2] else " ", value)
    found = []
    for part in re.split("[,;]", _COMMENT.sub(" ", bare)):
        address = _ADDRESS.search(part.rpartition("<")[2])
        if address:
            found.append(address[0].rstrip(".-"))
    return found


def _decoded(value: str) -> str:
    from email.errors import MessageError
    from email.header import decode_header

    try:
        words = decode_header(value)
    except (MessageError, ValueError):
        return value
    parts = []
    for word, charset in words:
        # Typed as bytes or text, depending on whether the header holds encoded words at all.
        data: bytes | str = word
        if isinstance(data, str):
            parts.append(data)
            continue
        # Text between encoded words comes back in an encoding of Python's own.
        encoding = (charset or "raw-unicode-escape").partition("*")[0]
        try:
            parts.append(data.decode(encoding))
        except (LookupError, ValueError):
            parts.append(_from_bytes(data))
    return _one_line("".join(parts))


def _one_line(value: str) -> str:
    # Some charsets decode to halves of characters, which no column of text can hold.
    whole = value if value.isascii() else value.encode("utf-8", "replace").decode()
    return _NOT_TEXT.sub(" ", whole).strip()


def _to_bytes(value: str) -> bytes:
    return value.encode("utf-8", "surrogateescape")


def _from_bytes(data: bytes) -> str:
    """Text of undeclared encoding: UTF-8 if it can be, else what Windows would have written."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def first_lines(first: bytes) -> list[bytes]:
    """The first lines of a mailbox, blank ones on top left out."""
    text = first.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    return text.split(b"\n", 100)[:100] if text else []


def leading_names(lines: list[bytes]) -> list[str]:
    """The names of the headers up to the first line that is none; folded lines are passed over."""
    names: list[str] = []
    for line in lines:
        if names and line[:1] in (b" ", b"\t"):
            continue
        name = header_name(line)
        if name is None:
            break
        names.append(name)
    return names
