"""How text fits on a screen: wrapped lines, notes, columns of names, bars."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cjmine.errors import Note
from cjmine.reporters.escaping import columns, fitted, visible
from cjmine.reporters.language import Language
from cjmine.reporters.notes import note_text

NARROW, WIDE = 80, 160


@dataclass(frozen=True, slots=True)
class Screen:
    """What a text is written for: a language, and so many columns.

    Files and pipes have 80, so that their bytes are the same everywhere; a terminal has what it
    has, from 80 to 160: longer lines are hard to read.
    """

    language: Language
    width: int = NARROW

    def wrapped(self, text: str, indent: str) -> list[str]:
        """Break a line at blanks so that it fits; a word longer than a line is cut.

        >>> from cjmine.reporters.language import english
        >>> len(Screen(english()).wrapped("a line of words " * 9, "")), Screen(english(), 150).width
        (2, 150)
        """
        return list(self._lines(text, indent))

    def _lines(self, text: str, indent: str) -> Iterator[str]:
        lead = text[: len(text) - len(text.lstrip())]
        line = lead
        for word in text.strip().split(" "):
            joined = word if line in (lead, indent) and not line.strip() else f" {word}"
            if line.strip() and columns(line + joined) > self.width:
                yield line
                line, joined = indent, word
            fits = columns(line + joined) <= self.width
            line += joined if fits else fitted(joined, self.width - columns(line))
        yield line

    def note(self, note: Note) -> list[str]:
        """A note as it is printed."""
        said = visible(note_text(note, self.language))
        return self.wrapped(f"  {note.code}  {said}", " " * 8)

    def notes(self, notes: Iterable[Note]) -> list[str]:
        """Notes below a heading: those on the data by their codes alone, the others in full."""
        lines: list[str] = []
        on_data = []
        for one in notes:
            if one.code.is_about_data:
                on_data.append(one.code)
            else:
                lines += self.note(one)
        if on_data:
            counts = {"notes": self.language.counted("note", len(on_data))}
            codes = ", ".join(sorted(set(on_data)))
            said = self.language.say("screen.data-notes", codes=codes, **counts)
            lines += self.wrapped(f"  {said}", " " * 8)
        return [self.language.say("report.notes"), *lines] if lines else []

    def names(self, names: Iterable[str], least: int) -> int:
        """How wide a column of names is: as the longest needs, as far as there is room.

        `least` columns are its part of a narrow screen, so all beyond 80 are its room.

        >>> from cjmine.reporters.language import english
        >>> Screen(english()).names(["a" * 40], 26), Screen(english(), 120).names(["a" * 40], 26)
        (26, 41)
        """
        longest = max((columns(visible(one)) for one in names), default=0)
        return min(max(longest + 1, least), least + self.width - NARROW)

    def bar(self, least: int, used: int) -> int:
        """How wide a bar is: `least` columns, and up to twice as many of the room left.

        `used` of the room beyond 80 columns are taken by something else.
        """
        return least + max(0, min(least, self.width - NARROW - used))


def bar(part: int, whole: int, width: int) -> str:
    """So much of a whole, as a bar of text."""
    filled = round(width * part / whole) if whole else 0
    return "█" * filled + "·" * (width - filled)
