"""The screen of a satisfaction: the score, who answered, what goes with it, peak and end."""

from __future__ import annotations

from cjmine.reporters.escaping import columns, padded, visible
from cjmine.reporters.formats import Asked
from cjmine.reporters.language import Language
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
from cjmine.results.satisfaction import STATE, Moment, Satisfaction, Score, ScoreBy

_NAME, _MOMENT = 20, 28


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
    lines = [padded(title, width + 2) + language.say("satisfaction.head-groups", kind=score.kind)]
    for name, row in zip(names, rows, strict=True):
        cells = [
            padded(_response(row, language), 20),
            padded(figure(row, "", score.summary, language), 17),
            mean(row, language),
        ]
        lines.append(f"  {padded(name, width)}{''.join(cells)}".rstrip())
    return lines


def _response(row: ScoreBy, language: Language) -> str:
    if row.response.of is None:
        return language.count(row.n)
    counts = language.say("figure.of", n=language.count(row.n), of=language.count(row.response.of))
    return f"{counts}, {language.share(row.response.n, row.response.of)}"


def _moments(found: Satisfaction, score: Score, screen: Screen) -> list[str]:
    """The steps that go with the score, those that differ most first; then declared × measured."""
    language = screen.language
    rows = [row for row in found.moments if row.kind == score.kind]
    if not rows:
        return []
    rows.sort(key=lambda row: 2 if row.q is None else row.q)
    names = [moment_name(row, language) for row in rows]
    title = language.say("satisfaction.moments")
    width = screen.names([*names, title], _MOMENT)
    lines = [padded(title, width + 2) + language.say("satisfaction.head-moments")]
    for name, row in zip(names, rows, strict=True):
        lines += _moment(name, width, row, screen)
    for what, steps in truths(found, language):
        lines += screen.wrapped(f"  {what}: {visible(steps)}", "    ")
    return lines


def _moment(name: str, width: int, row: Moment, screen: Screen) -> list[str]:
    language = screen.language
    sides = "".join(
        padded(
            language.say(
                "satisfaction.side",
                mean="–" if side.mean is None else language.number(f"{side.mean:.1f}"),
                n=language.count(side.n),
            ),
            13,
        )
        for side in (row.bad, row.good)
    )
    said = verdict(row, language)
    if row.difference is not None:
        said = " ".join((difference(row.difference, language), probability(row.q, language), said))
    line = f"  {padded(name, width)}{sides}"
    if columns(line + said) <= screen.width:
        return [line + said]
    return [line.rstrip(), *screen.wrapped(f"      {said}", " " * 6)]


def _ends(score: Score, screen: Screen) -> list[str]:
    """The four means of peak and end, and long against short journeys."""
    language = screen.language
    if not any(row.n for row in score.ends):
        return []
    heads = [language.say(f"satisfaction.end-{one}") for one in ("good", "bad")]
    width = screen.names([language.say("satisfaction.ends")], _MOMENT)
    lines = [
        padded(language.say("satisfaction.ends"), width + 2)
        + "".join(padded(one, 26) for one in heads).rstrip()
    ]
    for before, key in ((False, "before-good"), (True, "before-bad")):
        cells = [
            padded(end_mean(row, language), 26) for row in score.ends if row.bad_before == before
        ]
        name = language.say(f"satisfaction.{key}")
        lines.append(f"  {padded(name, width)}{''.join(cells)}".rstrip())
    said = duration(score.duration, language)
    return [*lines, *(screen.wrapped(f"  {said}", "    ") if said else [])]
