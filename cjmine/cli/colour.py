"""Colours of verdicts, errors and notes, where a terminal or its user wants them.

NO_COLOR and FORCE_COLOR are settings that many programs share: https://no-color.org and
https://force-color.org. Colour only repeats what a sign or a word says already.
"""

from __future__ import annotations

import os
import re
from typing import TextIO

_RED, _GREEN, _YELLOW, _DIM, _END = "\x1b[31m", "\x1b[32m", "\x1b[33m", "\x1b[2m", "\x1b[0m"
_OF_BEGINNING = (
    (re.compile(r"^(✗ .*|error\[\w+\])", re.MULTILINE), _RED),
    (re.compile(r"^(✓ .*)", re.MULTILINE), _GREEN),
    (re.compile(r"^([?!] .*)", re.MULTILINE), _YELLOW),
    (re.compile(r"^(note\[\w+\])", re.MULTILINE), _DIM),
)


def has_colour(stream: TextIO | None) -> bool:
    """Whether what is written to a stream may have colours; never where NO_COLOR says so."""
    if os.environ.get("NO_COLOR") or stream is None:
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def coloured(text: str, stream: TextIO | None) -> str:
    """The text with its verdicts, errors and notes in colour, where the stream has colours."""
    if not has_colour(stream):
        return text
    for pattern, colour in _OF_BEGINNING:
        text = pattern.sub(rf"{colour}\1{_END}", text)
    return text
