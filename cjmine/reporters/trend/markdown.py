"""A trend for a job summary, a wiki or a pull request."""

from __future__ import annotations

from cjmine.reporters.formats import Asked
from cjmine.reporters.language import DASH, Language
from cjmine.reporters.markdown_table import markdown, note, written
from cjmine.reporters.trend import words
from cjmine.reporters.trend.series import Series, series_of
from cjmine.results.trend import Trend

_BARS = 26


def render(found: Trend, asked: Asked) -> str:
    """A trend as Markdown; ends without a line feed."""
    language = asked.language.about(found.privacy).judging(found.judged)
    name = language.say("trend.title") if found.journey is None else found.journey
    series = series_of(found)
    parts = [
        f"## {markdown(name)}",
        language.say(
            "trend.head",
            journey=f"**{markdown(name)}**",
            periods=words.periods(found, len(found.periods), language),
            judged=language.count(len(found.mature)),
        ),
    ]
    if found.since is not None:
        parts.append(markdown(words.since(found.since, language)))
    if found.coverage:
        rows = (
            f"- {words.carrier(one, language)} {markdown(one.name)} {words.coverage(one, language)}"
            for one in found.coverage
        )
        parts += [f"### {language.say('trend.coverage')}", "\n".join(rows)]
    if series:
        parts.append(_table(series, language))
    if found.changes or found.slopes:
        parts += [f"### {language.say('trend.changes')}", _changes(found, language)]
    if found.drifts:
        parts += [f"### {language.say('trend.drift-head')}", _drifts(found, language)]
    elif found.drifts is not None:
        parts.append(language.say("trend.no-drift"))
    if found.notes:
        parts.append(f"### {language.say('report.notes')}")
        parts.append("\n".join(note(one, language) for one in found.notes))
    return "\n\n".join(parts)


def _table(series: list[Series], language: Language) -> str:
    keys = ("head-share", "head-course", "last", "head-limits")
    headings = [language.say(f"trend.{key}") for key in keys]
    return written(headings, (_row(one, language) for one in series), len(series), language)


def _row(one: Series, language: Language) -> list[str]:
    last = one.known[-1] if one.known else None
    return [
        markdown(words.measure(one.measure, one.step, language)),
        one.sparkline(_BARS),
        DASH if last is None else language.share(last.n, last.of),
        words.limits(one.limits, language),
    ]


def _changes(found: Trend, language: Language) -> str:
    rows = [
        (one, f"{words.direction(one, language)}: {words.change(one, language)}")
        for one in found.changes
    ]
    lines = [
        f"- {markdown(words.measure(one.measure, one.step, language))} {markdown(text)}"
        for one, text in rows
    ]
    lines += [
        f"- {markdown(words.measure(one.measure, one.step, language))}"
        f" {markdown(words.slope(one, found.every, language))}"
        for one in found.slopes
    ]
    return "\n".join(lines)


def _drifts(found: Trend, language: Language) -> str:
    lines = []
    for one in found.drifts or ():
        lines.append(f"- {markdown(words.drift(one, language))}")
        lines += [
            f"  - {markdown(pair.from_)} → {markdown(pair.to)}: {words.pair(pair, language)}"
            for pair in one.pairs
        ]
    return "\n".join(lines)
