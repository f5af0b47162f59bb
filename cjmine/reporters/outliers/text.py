"""The screen of outliers: coverage first, then what is shared, who is lost, and waves."""

from __future__ import annotations

from cjmine.reporters.escaping import padded, visible
from cjmine.reporters.formats import Asked
from cjmine.reporters.outliers.words import (
    came_before,
    chance,
    condition,
    contrasts,
    coverage,
    headline,
    lost,
    times,
    unconfirmed,
    wave_name,
    wave_size,
)
from cjmine.reporters.terminal import Screen
from cjmine.results.outliers import Lift, Outliers

_NAME, _CELL = 30, 22


def render(found: Outliers, asked: Asked) -> str:
    """Outliers as plain text; ends without a line feed."""
    language = asked.language.about(found.privacy)
    screen = Screen(language, asked.width)
    parts = [
        screen.wrapped(visible(headline(found, language)), "  "),
        _coverage(found, screen),
        _contrasts(found, screen),
        [line for one in lost(found, language) for line in screen.wrapped(one, "  ")],
        *_waves(found, screen),
        screen.notes(found.notes),
        language.say("outliers.legend").split("\n"),
    ]
    return "\n\n".join("\n".join(part) for part in parts if part)


def _coverage(found: Outliers, screen: Screen) -> list[str]:
    if not found.coverage:
        return []
    language = screen.language
    lines = [language.say("outliers.coverage")]
    for one in found.coverage:
        lines += screen.wrapped(f"  {visible(coverage(one, language))}", "    ")
    return lines


def _contrasts(found: Outliers, screen: Screen) -> list[str]:
    language, rows = screen.language, contrasts(found)
    lines: list[str] = []
    if rows:
        wide = screen.names((condition(one, language) for one in rows), _NAME)
        heads = [language.say(f"outliers.head-{one}") for one in ("times", "other-half")]
        shared = language.say("outliers.head-shared")
        cells = "".join(padded(head, _CELL) for head in heads)
        lines.append(f"{padded(shared, wide + 2)}{cells}".rstrip())
        for one in rows:
            name = padded(condition(one, language), wide)
            halves = (times(half, language) for half in (one.found, one.confirmed))
            cells = "".join(padded(half, _CELL) for half in halves) + chance(one.q, language)
            lines.append(f"  {name}{cells}".rstrip())
            lines += screen.wrapped(f"      {_shares(one.found, screen)}", " " * 6)
    said = unconfirmed(found, language)
    return [*lines, *(screen.wrapped(said, "  ") if said else [])]


def _shares(one: Lift, screen: Screen) -> str:
    language = screen.language
    return language.say(
        "outliers.shares",
        with_=", ".join(language.ratio_parts(one.with_)),
        without=", ".join(language.ratio_parts(one.without)),
    )


def _waves(found: Outliers, screen: Screen) -> list[list[str]]:
    if found.waves is None:
        return []
    language = screen.language
    if not found.waves:
        return [[language.say("outliers.no-wave")]]
    parts = []
    for one in found.waves:
        lines = screen.wrapped(visible(wave_name(one, language)), "    ")
        lines += screen.wrapped(f"    {wave_size(one, language)}", "    ")
        lines += screen.wrapped(f"    {visible(came_before(one, language))}", "      ")
        parts.append(lines)
    return [[language.say("outliers.waves")], *parts]
