"""The screen of hints: the edits of the journey file, and what changes in its text."""

from __future__ import annotations

from cjmine.reporters.escaping import padded, visible
from cjmine.reporters.formats import Asked
from cjmine.reporters.hints.words import edit_name, fitting, headline, held, hint_name, hint_text, kept_text
from cjmine.reporters.terminal import Screen
from cjmine.results.hints import Hint, Hints, Repaired

_COUNT, _TIP = 9, 13


def render(found: Hints, asked: Asked) -> str:
    """Hints as plain text; ends without a line feed."""
    language = asked.language.about(found.privacy)
    screen = Screen(language, asked.width)
    parts = [screen.wrapped(visible(headline(found, language)), "  ")]
    parts += _hints(found, screen)
    if found.repaired is not None:
        parts += [_edits(found.repaired, screen), _diff(found, found.repaired)]
    parts.append(screen.notes(found.notes))
    return "\n\n".join("\n".join(part) for part in parts if part)


def _hints(found: Hints, screen: Screen) -> list[list[str]]:
    """The hints, those that cannot be told yet, and those that the journey file silences."""
    language = screen.language
    sure = [one for one in found.hints if not one.is_open]
    still = [one for one in found.hints if one.is_open]
    lines = [line for place, one in enumerate(sure, 1) for line in _hint(f"{place:>2}", one, screen)]
    rest = [line for one in still for line in _hint("  ", one, screen)]
    if rest:
        rest = [language.say("hints.open"), *rest]
    kept = [
        line
        for one in found.kept
        for line in screen.wrapped(f"  {visible(kept_text(one, language))}", " " * 4)
    ]
    said = [*lines, *rest]
    if any(one.margin is not None for one in found.hints):
        rest += screen.wrapped(f"  {held(found, language)}", "  ")
    return [lines, rest, kept] if said or kept else []


def _hint(place: str, one: Hint, screen: Screen) -> list[str]:
    name = hint_name(one, screen.language)
    text = visible(hint_text(one, screen.language))
    return screen.wrapped(f"{place} {padded(name, _TIP)} {text}", " " * (_TIP + 4))


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
