"""The tables of a portfolio for a job summary, a wiki or a pull request."""

from __future__ import annotations

from collections.abc import Callable

from cjmine.reporters.formats import Asked
from cjmine.reporters.language import Language
from cjmine.reporters.markdown_table import markdown, markdown_table, note
from cjmine.reporters.portfolio.lines import in_words, pooled_state, state
from cjmine.reporters.portfolio.tables import (
    JOURNEYS,
    OWNERS,
    PHASES,
    REASONS,
    SCORES,
    VALUES,
    ValueOf,
)
from cjmine.reporters.portfolio.words import coverage, funnel, headline, reason_name, standing
from cjmine.results.portfolio import PooledRow, Portfolio, PortfolioJourney, ReasonRow


def render(found: Portfolio, asked: Asked) -> str:
    """A portfolio as Markdown; ends without a line feed."""
    language = asked.language.about(found.privacy)
    say = language.say
    parts = [f"## {markdown(headline(found, language))}"]
    if found.journeys:
        parts.append(markdown_table(JOURNEYS, found, language, _journey(language)))
    for title, table, rows in (
        ("phases", PHASES, found.phases),
        ("owners", OWNERS, found.owners),
    ):
        if rows:
            parts += [f"### {say(f'portfolio.{title}')}"]
            parts.append(markdown_table(table, found, language, _pooled(language)))
    if found.templates:
        parts.append(f"### {say('portfolio.templates')}")
        parts += [markdown(funnel(one, language)) for one in found.templates]
        parts.append(markdown_table(VALUES, found, language, _value(language)))
    if any(one.scores for one in found.journeys):
        parts += [f"### {say('portfolio.scores')}", markdown_table(SCORES, found, language)]
    if said := coverage(found, language):
        parts += [f"### {say('portfolio.reasons')}", markdown(said)]
        parts.append(markdown_table(REASONS, found, language, _reason(language)))
    if found.findings:
        parts.append(f"### {say('portfolio.to-manage')}")
        parts.append("\n".join(note(one.note, language) for one in found.findings))
    if found.notes:
        parts.append(f"### {say('report.notes')}")
        parts.append("\n".join(note(one, language) for one in found.notes))
    return "\n\n".join(parts)


def _journey(language: Language) -> Callable[[str, PortfolioJourney], str | None]:
    return lambda key, row: _word(key, row, state(row, language), language)


def _pooled(language: Language) -> Callable[[str, PooledRow], str | None]:
    return lambda key, row: _word(key, row, pooled_state(row, language), language)


def _word(key: str, row: PortfolioJourney | PooledRow, said: str, language: Language) -> str | None:
    words = in_words(key, row, said, language)
    return None if words is None else markdown(words)


def _value(language: Language) -> Callable[[str, ValueOf], str | None]:
    return lambda key, row: markdown(standing(row.row, language)) if key == "verdict" else None


def _reason(language: Language) -> Callable[[str, ReasonRow], str | None]:
    return lambda key, row: markdown(reason_name(row, language)) if key == "reason" else None
