"""The screen of hints: the edits of the journey file, and what changes in its text."""

from __future__ import annotations

from cjmine.reporters.escaping import padded, visible
from cjmine.reporters.formats import Asked
from cjmine.reporters.hints.words import edit_name, fitting, headline
from cjmine.reporters.terminal import Screen
from cjmine.results.hints import Hints, Repaired

_COUNT = 9


def render(found: Hints, asked: Asked) -> str:
    """Hints as plain text; ends without a line feed."""
    language = asked.language.about(found.privacy)
    screen = Screen(language, asked.width)
    parts = [screen.wrapped(visible(headline(found, language)), "  ")]
    if found.repaired is not None:
        parts += [_edits(found.repaired, screen), _diff(found, found.repaired)]
    parts.append(screen.notes(found.notes))
    return "\n\n".join("\n".join(part) for part in parts if part)


def _edits(found: Repaired, screen: Screen) -> list[str]:
    """The share that fits before and after, and a line an edit."""
    language = screen.language
    lines = screen.wrapped(fitting(found, language), "  ")
    wide = screen.names((edit_name(row, language) for row in found.edits), 60)
    for row in found.edits:
        sign = "+" if row.journeys is not None else ""
        count = sign + language.count(row.journeys)
        lines.append(f"  {padded(edit_name(row, language), wide)}{count:>{_COUNT}}")
    return lines


def _diff(found: Hints, repaired: Repaired) -> list[str]:
    """What changes in the file, as it can be applied; lines are never broken."""
    if not repaired.diff:
        return []
    name = visible(found.journey_file)
    return [f"--- {name}", f"+++ {name}", *map(visible, repaired.diff.split("\n"))]
