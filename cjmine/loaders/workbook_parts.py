"""The parts of a packed workbook as they come: tags, records, and the texts that cells share."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from typing import IO

_PIECE = 1 << 20
_LONGEST_TAG = 1 << 16
_TEXT = re.compile(rb"<(?:\w+:)?si[\s/>]")
_ITEM = 19  # the kind of a record that is a shared text
_SHARED = re.compile(
    rb"""<(?:\w+:)?c\s[^<>]*?\bt\s*=\s*["']s["'][^<>]*>"""
    rb"(?:\s*<(?:\w+:)?f[^<>]*(?:/>|>[^<>]*</(?:\w+:)?f>))?"
    rb"\s*<(?:\w+:)?v[^<>]*>\s*([0-9]{1,9})"
)


def pieces_of_tags(part: IO[bytes]) -> Iterator[bytes]:
    """The bytes of a part in pieces that end between two tags."""
    held = b""
    while piece := part.read(_PIECE):
        piece = held + piece
        cut = piece.rfind(b"<")
        if cut < 0 or len(piece) - cut > _LONGEST_TAG:
            cut = len(piece)
        held = piece[cut:]
        yield piece[:cut]
    yield held


def records(part: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """The records of a binary part: a kind and its bytes."""
    while (kind := _varint(part, 2)) is not None and (size := _varint(part, 4)) is not None:
        yield kind, part.read(size)


def shared_texts(archive: zipfile.ZipFile, name: str) -> Iterator[int]:
    """How many bytes each shared text has, at most."""
    with archive.open(name) as part:
        if name.lower().endswith(".bin"):
            yield from (len(body) for kind, body in records(part) if kind == _ITEM)
            return
        at, begun = 0, -1
        for piece in pieces_of_tags(part):
            for found in _TEXT.finditer(piece):
                if begun >= 0:
                    yield at + found.start() - begun
                begun = at + found.start()
            at += len(piece)
        if begun >= 0:
            yield at - begun


def shared_in(archive: zipfile.ZipFile, name: str, lengths: Sequence[int]) -> int:
    """The bytes of all shared texts of a sheet, each as often as a cell refers to it."""
    held, total = b"", 0
    with archive.open(name) as part:
        for piece in pieces_of_tags(part):
            end = 0
            for found in _SHARED.finditer(held + piece):
                text, end = int(found[1]), found.end()
                total += lengths[text] if text < len(lengths) else 0
            held = (held + piece)[max(end, len(held + piece) - _LONGEST_TAG) :]
    return total


def _varint(part: IO[bytes], longest: int) -> int | None:
    """A number in groups of seven bits; None at the end."""
    found = 0
    for place in range(longest):
        byte = part.read(1)
        if not byte:
            return None
        found |= (byte[0] & 0x7F) << 7 * place
        if byte[0] < 0x80:
            break
    return found
