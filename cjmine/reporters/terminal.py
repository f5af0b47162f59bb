"""How text fits on a screen of 80 columns: bars, wrapped lines, days, counts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from cjmine.reporters.escaping import columns, fitted

WIDTH = 80
_MONTHS = (  # not the locale's: the same bytes everywhere
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def bar(part: int, whole: int, width: int = 16) -> str:
    """So much of a whole, as a bar of text."""
    filled = round(width * part / whole) if whole else 0
    return "█" * filled + "·" * (width - filled)


def wrapped(text: str, indent: str) -> list[str]:
    """Break a line at blanks so that it fits; a word longer than a line is cut."""
    return list(_lines(text, indent))


def _lines(text: str, indent: str) -> Iterator[str]:
    lead = text[: len(text) - len(text.lstrip())]
    line = lead
    for word in text.strip().split(" "):
        joined = word if line in (lead, indent) and not line.strip() else f" {word}"
        if line.strip() and columns(line + joined) > WIDTH:
            yield line
            line, joined = indent, word
        line += fitted(joined, WIDTH - columns(line)) if columns(line + joined) > WIDTH else joined
    yield line


def day(microseconds: int) -> str:
    """The day of a moment (microseconds, UTC), such as 1 March 2026."""
    found = datetime.fromtimestamp(microseconds // 1_000_000, UTC)
    return f"{found.day} {_MONTHS[found.month - 1]} {found.year}"


def counted(count: int, one: str, many: str | None = None) -> str:
    """A count with its noun."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
