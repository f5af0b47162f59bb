"""The expectations of a check on the screen: what was asked, where that is written, the answer."""

from __future__ import annotations

from cjmine.ideal.journey import Level
from cjmine.reporters.check.words import (
    SIGNS,
    expectation,
    found_in_words,
    journeys_of,
    points,
    since_baseline,
    tally,
    why,
)
from cjmine.reporters.escaping import columns, fitted, padded, visible
from cjmine.reporters.language import Language
from cjmine.reporters.terminal import NARROW, Screen
from cjmine.results.check import Check
from cjmine.results.expectations import ExpectationRow, Verdict

_INDENT = " " * 8


def drawn(found: Check, screen: Screen) -> list[str]:
    """The expectations that are not simply kept, the broken first, and how many ended how."""
    if not found.expectations:
        return []
    language, file = screen.language, found.journey_file
    order = (Verdict.BROKEN, Verdict.WARNED, Verdict.INCONCLUSIVE, Verdict.ACCEPTED)
    rows = [row for verdict in order for row in found.expectations if row.verdict is verdict]
    needed = (columns(_asked(row, language)) + columns(_place(row, file)) + 2 for row in rows)
    edge = min(max([NARROW, *needed]), screen.width)
    lines = [line for row in rows for line in _expectation(row, file, edge, screen)]
    said = language.say("screen.expectations", tally=tally(found, language))
    return lines + screen.wrapped(said, "  ")


def _asked(row: ExpectationRow, language: Language) -> str:
    return f"{SIGNS[row.verdict]} {row.code}  {visible(expectation(row, language))}"


def _place(row: ExpectationRow, file: str) -> str:
    return visible(f"{file}:{row.line}") if row.line else visible(file)


def _expectation(row: ExpectationRow, file: str, edge: int, screen: Screen) -> list[str]:
    """What is expected, its place up to the column `edge`, and what was found."""
    language, place = screen.language, _place(row, file)
    lines = screen.wrapped(_asked(row, language), _INDENT)
    if len(lines) == 1 and columns(lines[0]) + columns(place) + 2 <= edge:
        lines = [padded(lines[0], edge - columns(place)) + place]
    else:
        lines.append(_INDENT + fitted(place, screen.width - len(_INDENT)))
    found = found_in_words(row, language)
    said = language.say("screen.expected", budget=visible(row.budget), found=found)
    if row.share is not None:
        said += f"   {journeys_of(row.share, language)}"
    if row.change is not None and row.share is not None:
        said += f"   {since_baseline(points(row.change, language), language)}"
    lines += screen.wrapped(_INDENT + said, _INDENT)
    is_plain = row.verdict is Verdict.WARNED and row.level is Level.WARN
    reason = "" if is_plain else why(row, language)
    return lines + (screen.wrapped(_INDENT + visible(reason), _INDENT) if reason else [])
