"""The screen of a comparison: the goal, what differs, and what the sides could show at all."""

from __future__ import annotations

from cjmine.reporters.comparison.said import below, left_out, power, ratio, sizes
from cjmine.reporters.comparison.words import (
    difference,
    figure,
    group_name,
    measure,
    on_screen,
    short_names,
    title,
    word,
)
from cjmine.reporters.escaping import columns, padded, visible
from cjmine.reporters.formats import Asked
from cjmine.reporters.terminal import Screen
from cjmine.results.compare import Compared, ComparedRow
from cjmine.results.log import LogSize
from cjmine.results.verdicts import Verdict

_NAME, _SIDE, _DIFFERENCE = 25, 7, 24


def render(found: Compared, asked: Asked) -> str:
    """A comparison as plain text; ends without a line feed."""
    language = asked.language.about(found.privacy).judging(found.judged)
    screen = Screen(language, asked.width)
    kept, rest = on_screen(found)
    rows = [*kept, *rest] if asked.every else kept
    parts = [_head(found, screen), _table(rows, found, screen)]
    under = []
    for said in below(found, language):
        under += screen.wrapped(visible(said), "  ")
    if rest and not asked.every:
        few = sum(row.verdict is Verdict.CANNOT_SAY for row in rest)
        counts = {"n": language.count(len(rest) - few), "few": language.count(few)}
        under += screen.wrapped(language.say("compare.more", **counts), "  ")
    if least := power(found, screen.language):
        under += screen.wrapped(visible(least), "  ")
    if found.gained or found.lost:
        gained, lost = (language.count(len(many)) for many in (found.gained, found.lost))
        second = visible(group_name(1, found, language))
        variants = language.say("compare.variants", gained=gained, lost=lost, side=second)
        under += screen.wrapped(variants, "  ")
    parts.append(under)
    parts.append(
        [line for one in left_out(found, language) for line in screen.wrapped(visible(one), "  ")]
    )
    notes = [
        line for note in found.notes if not note.code.is_about_data for line in screen.note(note)
    ]
    if notes:
        parts.append([language.say("report.notes"), *notes])
    return "\n\n".join("\n".join(part) for part in parts if part)


def _head(found: Compared, screen: Screen) -> list[str]:
    language = screen.language
    lines = screen.wrapped(visible(title(found, language)), "  ")
    lines += screen.wrapped(f"  {visible(sizes(found, language))}", "    ")
    if said := ratio(found, language):
        lines += screen.wrapped(f"  {said}", "    ")
    lines += screen.wrapped(f"  {_judged(found, screen)}", "    ")
    return lines


def _judged(found: Compared, screen: Screen) -> str:
    language, size = screen.language, found.log
    within = language.seconds(found.judged.seconds)
    return language.say("compare.judged", within=within, period=_period(size, screen))


def _period(size: LogSize, screen: Screen) -> str:
    return screen.language.period(size.days, size.zone)


def _table(rows: list[ComparedRow], found: Compared, screen: Screen) -> list[str]:
    language = screen.language
    names = [measure(row, found, language) for row in rows]
    wide = screen.names(names, _NAME)
    sides = short_names(found, language, _SIDE)
    head = " ".join(f"{' ' * max(0, _SIDE - columns(one))}{one}" for one in sides)
    lines = [f"{'':<{wide}}{head}  {language.say('compare.head-difference')}"]
    for row, name in zip(rows, names, strict=True):
        figures = " ".join(f"{figure(side, row, language):>{_SIDE}}" for side in (row.a, row.b))
        line = f"{padded(name, wide)}{figures}  {difference(row, language):<{_DIFFERENCE}}"
        said = word(row, language)
        if columns(line) + 1 + columns(said) > screen.width:
            lines.append(line.rstrip())
            line = " " * (wide + 2 * _SIDE + 3 + _DIFFERENCE)
        lines.append(f"{line} {said}".rstrip())
    return lines
