"""How text fits on a screen of 80 columns: bars, wrapped lines, notes."""

from __future__ import annotations

from collections.abc import Iterator

from cjmine.errors import Note
from cjmine.reporters.escaping import columns, fitted, visible
from cjmine.reporters.language import Language

WIDTH = 80


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


def note_lines(note: Note, language: Language) -> list[str]:
    """A note as it is printed."""
    said = f"{language.note_title(note)}{visible(note.text)}"
    return wrapped(f"  {note.code}  {said}", " " * 8)
