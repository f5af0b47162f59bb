"""Bytes as text: whether they are text at all, and in which encoding."""

from __future__ import annotations

import codecs
from enum import StrEnum


class Encoding(StrEnum):
    """The encodings that are recognised, by the names Python knows them by."""

    UTF8 = "utf-8"
    UTF8_BOM = "utf-8-sig"
    UTF16_LE = "utf-16-le"
    UTF16_BE = "utf-16-be"
    UTF16_BOM = "utf-16"
    CP1252 = "cp1252"
    LATIN1 = "latin-1"
    BINARY = "binary"


def head_text(first: bytes) -> str:
    """The beginning of a file as text, whatever its encoding; empty if it is no text."""
    if (wide := wide_encoding(first)) is not None:
        return first.decode(wide, errors="replace").lstrip("\ufeff")
    if looks_binary(first):
        return ""
    try:
        text = codecs.getincrementaldecoder("utf-8-sig")().decode(first)
    except UnicodeDecodeError:
        text = first.decode("cp1252", errors="replace")
    return text


def wide_encoding(first: bytes) -> Encoding | None:
    """UTF-16 by its mark, or by the pattern of its NUL bytes where the mark is missing."""
    if first[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return Encoding.UTF16_BOM
    sample = first[:4096]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if len(sample) >= 4 and odd > 0.4 * len(sample) / 2 and even < 0.05 * len(sample) / 2:
        return Encoding.UTF16_LE
    if len(sample) >= 4 and even > 0.4 * len(sample) / 2 and odd < 0.05 * len(sample) / 2:
        return Encoding.UTF16_BE
    return None


def without_nuls(text: bytes) -> bytes:
    """Text of one byte a sign without NUL bytes, which no text has."""
    return text.translate(None, b"\0") if b"\0" in text else text


def looks_binary(first: bytes) -> bool:
    """Whether bytes are no text; among NUL bytes, text has no other control characters."""
    sample = without_nuls(first)[:8192]
    control = sum(sample.count(bytes([code])) for code in (*range(9), *range(14, 27), 127))
    most = 0 if b"\0" in first[:8192] else 0.02 * len(sample)
    return control > most or first.startswith(b"SQLite format 3\0")
