"""The screen of a satisfaction: the score, who answered, what goes with it, peak and end."""

from __future__ import annotations

from cjmine.reporters.escaping import columns, padded, visible
from cjmine.reporters.formats import Asked
from cjmine.reporters.language import DASH, Language
from cjmine.reporters.satisfaction.words import (
    difference,
    dimension,
    duration,
    end_mean,
    figure,
    group_name,
    headline,
    mean,
    moment_name,
    probability,
    truths,
    verdict,
    weighted,
    who_answered,
)
from cjmine.reporters.terminal import Screen
from cjmine.results.satisfaction import STATE, Rating, Satisfaction, Score, ScoreBy

_NAME, _CELL = 18, 22  # columns of the table of groups: its names, its cells
_MOMENT, _SIDE, _END = 44, 16, 25


def render(found: Satisfaction, asked: Asked) -> str:
    """A satisfaction as plain text; ends without a line feed."""
    language = asked.language.about(found.privacy)
    screen = Screen(language, asked.width)
    parts: list[list[str]] = []
    for score in found.scores:
        parts += [
            _head(found, score, screen),
            *_groups(found, score, screen),
            _moments(found, score, screen),
            _ends(score, screen),
        ]
    if not found.scores:
        parts.append(screen.wrapped(language.say("satisfaction.nothing"), "  "))
    parts.append(_truths(found, screen))
    parts += [screen.notes(found.notes), language.say("satisfaction.legend").split("\n")]
    return "\n\n".join("\n".join(part) for part in parts if part)


def _head(found: Satisfaction, score: Score, screen: Screen) -> list[str]:
    language = screen.language
    said = (who_answered(score, language), weighted(score, language))
    lines = screen.wrapped(visible(headline(found, score, language)), "  ")
    return [*lines, *(line for one in said if one for line in screen.wrapped(f"  {one}", "    "))]


def _groups(found: Satisfaction, score: Score, screen: Screen) -> list[list[str]]:
    """The groups by state, and by what was asked for."""
    wanted = dict.fromkeys((STATE, *([found.by] if found.by else [])))
    tables = ([row for row in score.by if row.dimension == one] for one in wanted)
    return [_table(rows, score, screen) for rows in tables if rows]


def _table(rows: list[ScoreBy], score: Score, screen: Screen) -> list[str]:
    language = screen.language
    names = [group_name(row, language) for row in rows]
    title = dimension(rows[0].dimension, language)
    width = screen.names([*names, title], _NAME)
    heads = (language.say("satisfaction.head-response"), score.kind)
    lines = [_cells(title, width + 2, heads, language.say("satisfaction.head-mean"))]
    for name, row in zip(names, rows, strict=True):
        cells = (_response(row, language), figure(row, "", score.summary, language))
        if columns(visible(name)) >= width:
            lines += screen.wrapped(f"  {visible(name)}", "  ")
            name = ""
        lines.append(f"  {_cells(name, width, cells, mean(row, language))}")
    return lines


def _cells(name: str, width: int, cells: tuple[str, str], last: str) -> str:
    """A line of the table of groups."""
    return f"{padded(name, width)}{''.join(padded(one, _CELL) for one in cells)}{last}".rstrip()


def _response(row: ScoreBy, language: Language) -> str:
    if row.response.of is None:
        return language.count(row.n)
    counts = language.say("figure.of", n=language.count(row.n), of=language.count(row.response.of))
    return f"{counts}, {language.share(row.response.n, row.response.of)}"


def _moments(found: Satisfaction, score: Score, screen: Screen) -> list[str]:
    """The steps that go with the score, the surest first, and those of which nothing is said."""
    language = screen.language
    rows = [row for row in found.moments if row.kind == score.kind]
    said = [row for row in rows if row.q is not None]
    said.sort(key=lambda row: row.q or 0)
    if not rows:
        return []
    names = [moment_name(row, language) for row in said]
    title = language.say("satisfaction.moments")
    width = screen.names([*names, title], _MOMENT)
    heads = (language.say(f"satisfaction.head-{one}") for one in ("bad", "good"))
    lines = [padded(title, width + 2) + "".join(padded(one, _SIDE) for one in heads).rstrip()]
    for name, row in zip(names, said, strict=True):
        sides = "".join(padded(_side(one, language), _SIDE) for one in (row.bad, row.good))
        lines.append(f"  {padded(name, width)}{sides}".rstrip())
        words = (difference(row.difference, language), probability(row.q, language))
        lines += screen.wrapped(f"      {' '.join(words)}: {verdict(row, language)}", " " * 6)
    few = [
        f"{visible(moment_name(row, language))} {language.count(row.bad.n)}"
        for row in rows
        if row.q is None
    ]
    if few:
        text = language.say("satisfaction.too-few", each="; ".join(few))
        lines += screen.wrapped(f"  {text}", "    ")
    return lines


def _side(side: Rating, language: Language) -> str:
    """The mean of one side, and how many gave it."""
    shown = DASH if side.mean is None else language.number(f"{side.mean:.1f}")
    return language.say("satisfaction.mean-of", mean=shown, n=language.count(side.n))


def _truths(found: Satisfaction, screen: Screen) -> list[str]:
    """The steps that are declared as moments of truth, and those that are measured."""
    rows = truths(found, screen.language)
    return [
        line for what, steps in rows for line in screen.wrapped(f"{what}: {visible(steps)}", "  ")
    ]


def _ends(score: Score, screen: Screen) -> list[str]:
    """The four means of peak and end, and long against short journeys."""
    language = screen.language
    if not any(row.n for row in score.ends):
        return []
    title = language.say("satisfaction.ends")
    names = [language.say(f"satisfaction.before-{one}") for one in ("good", "bad")]
    width = screen.names([title, *names], _MOMENT - _SIDE)
    heads = (language.say(f"satisfaction.end-{one}") for one in ("good", "bad"))
    lines = [padded(title, width + 2) + "".join(padded(one, _END) for one in heads).rstrip()]
    for before, name in enumerate(names):
        cells = [
            padded(end_mean(row, language), _END) for row in score.ends if row.bad_before == before
        ]
        lines.append(f"  {padded(name, width)}{''.join(cells)}".rstrip())
    said = duration(score.duration, language)
    return [*lines, *(screen.wrapped(f"  {said}", "    ") if said else [])]
