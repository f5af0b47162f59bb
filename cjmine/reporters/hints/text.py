"""The screen of hints: each with its evidence, and the edits of the journey file as a diff."""

from __future__ import annotations

from cjmine.reporters.escaping import padded, visible
from cjmine.reporters.formats import Asked
from cjmine.reporters.hints.words import (
    edit_name,
    fitting,
    headline,
    held,
    hint_text,
    kept_text,
    tip_name,
)
from cjmine.reporters.terminal import Screen
from cjmine.results.hints import Hint, Hints, Repaired

_COUNT, _TIP = 9, 13


def render(found: Hints, asked: Asked) -> str:
    """Hints as plain text; ends without a line feed."""
    language = asked.language.about(found.privacy)
    screen = Screen(language, asked.width)
    parts = [screen.wrapped(visible(headline(found, language)), "  "), *_hints(found, screen)]
    if found.repaired is not None:
        parts += [_edits(found.repaired, screen), _diff(found, found.repaired)]
    parts.append(screen.notes(found.notes))
    return "\n\n".join("\n".join(part) for part in parts if part)


def _hints(found: Hints, screen: Screen) -> list[list[str]]:
    """The hints, those that like journeys do not decide, and those that the file silences."""
    language = screen.language
    sure = [one for one in found.hints if not one.is_open]
    lines = [line for at, one in enumerate(sure, 1) for line in _hint(f"{at:>2}", one, screen)]
    rest = [line for one in found.hints if one.is_open for line in _hint("  ", one, screen)]
    kept = [kept_text(one, language) for one in found.kept]
    like = held(found, language)
    return [
        lines,
        [language.say("hints.open"), *rest] if rest else [],
        [line for one in kept for line in screen.wrapped(visible(one), "  ")],
        screen.wrapped(visible(like), "  ") if like else [],
    ]


def _hint(place: str, one: Hint, screen: Screen) -> list[str]:
    name = padded(tip_name(one.tip, screen.language), _TIP)
    text = visible(hint_text(one, screen.language))
    return screen.wrapped(f"{place} {name} {text}", " " * (_TIP + 4))


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
