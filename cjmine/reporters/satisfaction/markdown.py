"""The tables of a satisfaction for a job summary, a wiki or a pull request."""

from __future__ import annotations

from cjmine.reporters.formats import Asked
from cjmine.reporters.language import Language
from cjmine.reporters.markdown_table import MOST_ROWS, markdown, note, written
from cjmine.reporters.satisfaction.sections import (
    end_rows,
    group_rows,
    moment_rows,
)
from cjmine.reporters.satisfaction.words import (
    duration,
    headline,
    truths,
    weighted,
    who_answered,
)
from cjmine.results.satisfaction import Satisfaction, Score


def render(found: Satisfaction, asked: Asked) -> str:
    """A satisfaction as Markdown; ends without a line feed."""
    language = asked.language.about(found.privacy)
    parts: list[str] = []
    for score in found.scores:
        parts += _score(found, score, language)
    parts += [f"{what}: {markdown(steps)}" for what, steps in truths(found, language)]
    if not found.scores:
        parts.append(language.say("satisfaction.nothing"))
    if found.notes:
        parts.append(f"### {language.say('report.notes')}")
        parts.append("\n".join(note(one, language) for one in found.notes))
    return "\n\n".join(one for one in parts if one)


def _score(found: Satisfaction, score: Score, language: Language) -> list[str]:
    said = (who_answered(score, language), weighted(score, language))
    parts = [f"## {markdown(headline(found, score, language))}", *(markdown(one) for one in said)]
    for title, make in (
        ("groups", group_rows(score, language)),
        ("moments", moment_rows(found, score, language)),
        ("ends", end_rows(score, language)),
    ):
        heads, rows = make
        if rows:
            parts.append(f"### {language.say(f'satisfaction.{title}')}")
            cells = ([markdown(cell) for cell in row] for row in rows[:MOST_ROWS])
            parts.append(written(heads, cells, len(rows), language))
    if said_of := duration(score.duration, language):
        parts.append(markdown(said_of))
    return parts
