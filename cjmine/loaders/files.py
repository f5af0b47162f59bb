"""Files as they lie on disk: opening them, and looking through them once.

The survey reads every byte before any parser does. It settles for the whole file what a parser
would guess from its beginning (the encoding, the line ends), and finds what parsers lose in
silence: a compressed file that stops early, one endless line, a file that is no text at all.
"""

from __future__ import annotations

import codecs
import gzip
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from errno import EINVAL
from pathlib import Path
from typing import IO, cast

import numpy as np

from cjmine.errors import Code, DataError, Place, Problem
from cjmine.loaders.budgets import MOST_BYTES, check_unpacked
from cjmine.loaders.text_bytes import Encoding, looks_binary, wide_encoding, without_nuls
from cjmine.regular_files import regular
from cjmine.sources import Source

CHUNK = 1 << 20
LONGEST_LINE = 1 << 21
HEAD = 1 << 18
_MOST_NULS = 1 << 26


@dataclass(frozen=True, slots=True)
class Survey:
    """What one pass over the bytes of a file found out."""

    size: int
    lines: int
    encoding: Encoding
    crlf: int
    bare_lf: int
    bare_cr: int = 0
    nuls: int = 0

    @property
    def plain(self) -> bool:
        """Whether a parser may read the file itself: UTF-8, no mark, one kind of line end.

        Nor has it NUL bytes, which logs have that were copied while they were written.
        """
        kinds = sum(1 for count in (self.crlf, self.bare_lf, self.bare_cr) if count)
        return self.encoding is Encoding.UTF8 and kinds <= 1 and not self.nuls


def open_bytes(path: Path) -> IO[bytes]:
    """Open a file for reading, unpacking gzip (known by its first bytes, not by its name)."""
    raw = regular(path).open("rb")
    if raw.read(2) == b"\x1f\x8b":
        raw.close()
        return cast(IO[bytes], gzip.open(path, "rb"))
    raw.seek(0)
    return raw


def is_gzip(path: Path) -> bool:
    """Whether the file is packed with gzip."""
    with regular(path).open("rb") as raw:
        return raw.read(2) == b"\x1f\x8b"


class Chunks:
    """The unpacked bytes of a file, as `chunks` gives them; `through` (0 to 1) is how far it is."""

    def __init__(self, source: Source) -> None:
        self._path, self._label = source.path, source.label
        self._most = source.extras.max_bytes or MOST_BYTES
        self._at = 0
        try:
            self._size = max(self._path.stat().st_size, 1)
        except OSError as error:
            raise unreadable(self._label, error)

    def __iter__(self) -> Iterator[bytes]:
        return chunks(self._path, self._label, self._most, self._reached)

    @property
    def through(self) -> float:
        """The share of the bytes on disk that were read."""
        return min(1.0, self._at / self._size)

    def _reached(self, at: int) -> None:
        self._at = at


def chunks(
    path: Path,
    label: str,
    most: int | None = MOST_BYTES,
    reached: Callable[[int], None] = lambda _at: None,
) -> Iterator[bytes]:
    """The unpacked bytes of a file, a mebibyte at a time; `reached` gets the place on disk.

    `most` is how many bytes a packed file may unpack to at any ratio; None where it was counted
    before. Raises DataError L102, L113, L130.
    """
    size = 0
    try:
        with open_bytes(path) as handle:
            packed = getattr(handle, "fileobj", None)  # what gzip unpacks
            while chunk := handle.read(CHUNK):
                at = (packed or handle).tell()
                size += len(chunk)
                if packed is not None:
                    check_unpacked(label, size, at, most)
                reached(at)
                yield chunk
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise DataError(
            Problem(
                Code.FILE_TRUNCATED,
                "the compressed file ends early or is damaged",
                Place(label),
                cause="an interrupted copy or download",
                remedy="export or copy it again",
            )
        )
    except OSError as error:
        raise unreadable(label, error)


def head(path: Path, label: str) -> bytes:
    """The first bytes of a file, unpacked; enough to recognise it. Text has no NUL bytes."""
    try:
        with open_bytes(path) as handle:
            first = handle.read(HEAD)
            if b"\0" not in first or wide_encoding(first) is not None or looks_binary(first):
                return first
            found = without_nuls(first)
            for _ in range(_MOST_NULS // CHUNK):  # a log may begin with a block of them
                if len(found) >= HEAD or not (more := handle.read(CHUNK)):
                    break
                found += without_nuls(more)
            return found[:HEAD] or first
    except (EOFError, zlib.error, gzip.BadGzipFile):
        return next(chunks(path, label), b"")
    except OSError as error:
        raise unreadable(label, error)


def survey(path: Path, label: str, most: int | None = MOST_BYTES) -> Survey:
    """Read a text file once from end to end and say what it is made of.

    `most` is that of `chunks`.

    Raises
    ------
    DataError
        L102 unreadable, L103 empty, L112 a line over 2 MiB, L113 damaged gzip, L130 too large.
    """
    size = lines = newlines = returns = crlf = unbroken = nuls = block = 0
    utf8: codecs.IncrementalDecoder | None = codecs.getincrementaldecoder("utf-8")()
    cp1252 = True
    wide: Encoding | None = None
    binary = False
    last = b""
    for chunk in chunks(path, label, most):
        if not size:
            wide = wide_encoding(chunk)
            binary = wide is None and looks_binary(chunk)
            if binary:
                break
        if wide is None and b"\0" in chunk:
            held = without_nuls(chunk)
            nuls += len(chunk) - len(held)
            block = 0 if held else block + len(chunk)
            if block > _MOST_NULS:
                raise _endless(label, lines + 1)
            chunk = held
        size += len(chunk)
        newlines += int(np.count_nonzero(np.frombuffer(chunk, np.uint8) == 10))
        if b"\r" in chunk or last.endswith(b"\r"):
            returns += chunk.count(b"\r")
            crlf += chunk.count(b"\r\n") + (last[-1:] == b"\r" and chunk[:1] == b"\n")
        end = max(chunk.rfind(b"\n"), chunk.rfind(b"\r")) + 1
        if unbroken + (_first_end(chunk) if end else len(chunk)) > LONGEST_LINE:
            raise _endless(label, lines + 1)
        unbroken = len(chunk) - end if end else unbroken + len(chunk)
        lines = newlines + returns - crlf if wide is None else newlines or returns
        if utf8 is not None and wide is None:
            utf8 = _still_decodes(utf8, chunk)
        if cp1252 and utf8 is None:
            cp1252 = not any(bytes([code]) in chunk for code in (0x81, 0x8D, 0x8F, 0x90, 0x9D))
        last = chunk[-2:]
    if utf8 is not None and wide is None and size:
        utf8 = _still_decodes(utf8, b"", final=True)
    if binary:
        return Survey(0, 0, Encoding.BINARY, 0, 0)
    if not size:
        raise file_empty(label)
    lines += not last.strip(b"\0").endswith((b"\n", b"\r"))
    narrow = Encoding.UTF8 if utf8 else Encoding.CP1252 if cp1252 else Encoding.LATIN1
    if narrow is Encoding.UTF8 and head(path, label).startswith(codecs.BOM_UTF8):
        narrow = Encoding.UTF8_BOM
    return Survey(size, lines, wide or narrow, crlf, newlines - crlf, returns - crlf, nuls)


def file_empty(label: str) -> DataError:
    """The error for a file without a single byte."""
    return DataError(
        Problem(
            Code.FILE_EMPTY,
            "the file is empty",
            Place(label),
            cause="an export that failed, or a copy that was interrupted",
            remedy="export it again, or leave the file out",
        )
    )


def unreadable(label: str, error: OSError) -> DataError:
    """The error for a file that the system does not let us read."""
    if isinstance(error, FileNotFoundError):
        return DataError(Problem(Code.FILE_MISSING, "there is no such file", Place(label)))
    return DataError(
        Problem(
            Code.FILE_UNREADABLE,
            "the file or folder cannot be read",
            Place(label),
            cause=error.strerror or type(error).__name__,
            remedy="copy it into a file" if error.errno == EINVAL else "check its permissions",
        )
    )


def _first_end(chunk: bytes) -> int:
    """Where the first line of a chunk ends; the chunk holds a line end."""
    found = chunk.find(b"\n")
    early = chunk.find(b"\r", 0, found if found >= 0 else None)
    return early if early >= 0 else found


def _still_decodes(
    decoder: codecs.IncrementalDecoder, chunk: bytes, final: bool = False
) -> codecs.IncrementalDecoder | None:
    if chunk.isascii() and not decoder.getstate()[0]:
        return decoder
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return None
    return decoder


def _endless(label: str, line: int) -> DataError:
    return DataError(
        Problem(
            Code.LINE_TOO_LONG,
            f"a line is longer than {LONGEST_LINE >> 20} MiB",
            Place(label, line),
            cause="not a text export, or its line ends were lost",
            remedy="export it again with one record a line",
        )
    )
